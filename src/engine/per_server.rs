//! Objects of every server, printed while they are read: what was printed of one server is forgotten before the next
//! one is read, so that memory does not grow with the store.

use super::{Options, left_out, show};
use crate::answer::{Exit, Problem};
use crate::cmdlet::{Draft, Outcome, PerServer};
use crate::output::{Format, Stream, Ui};

/// The text of a store up to this size is printed as a whole: an error in its last file prints nothing.
const AT_ONCE: usize = 8 << 20;

/// Prints the objects. `notices` says what there is to say of the files that were read so far, before their objects.
///
/// # Errors
/// Where a server cannot be read. Of a large store, the objects of those before are printed then.
pub(super) fn run(
    servers: &PerServer,
    draft: &mut Draft<'_>,
    options: &Options,
    notices: &mut dyn FnMut(&mut Ui<'_>),
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    let Some(mut stream) = stream(options) else {
        let made: Result<Vec<_>, _> =
            servers.servers.iter().map(|name| servers.objects(name, draft)).collect();
        notices(ui);
        show(&Outcome::of(made?.into_iter().flatten().collect()), options, ui)?;
        return Ok(Exit::Done);
    };
    let mut text = String::new();
    for name in &servers.servers {
        let made = servers.objects(name, draft).and_then(|objects| {
            objects.into_iter().try_for_each(|object| {
                text.push_str(&stream.put(object, ui.screen())?);
                Ok(())
            })
        });
        if let Err(problem) = made {
            notices(ui);
            return Err(problem);
        }
        draft.forget(name);
        if text.len() > AT_ONCE {
            notices(ui);
            ui.data(&text)?;
            text.clear();
            if ui.closed() {
                return Ok(Exit::Done);
            }
        }
    }
    notices(ui);
    let rest = stream.end(ui.screen())?;
    ui.data(&(text + &rest))?;
    left_out(stream.absent(), ui);
    Ok(Exit::Done)
}

/// Tables and lists are made of all objects: their columns are as wide as the widest.
fn stream(options: &Options) -> Option<Stream<'_>> {
    let is_each = matches!(options.format, Format::Json | Format::Csv | Format::Name);
    is_each.then(|| Stream::new(options.format, &options.properties, Stream::MANY))
}
