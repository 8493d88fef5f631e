//! Objects of every server, printed while they are read: what was printed of one server is forgotten before the next
//! one is read, so that memory does not grow with the store.

use super::{Options, left_out, show};
use crate::answer::{Exit, Object, Problem};
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
    let mut printed = Printed { stream: stream(options), objects: Vec::new(), text: String::new() };
    for name in &servers.servers {
        let made = servers.objects(name, draft);
        if let Err(problem) = made.and_then(|objects| printed.take(objects, ui)) {
            notices(ui);
            return Err(problem);
        }
        if printed.stream.is_some() {
            draft.forget(name);
        }
        if printed.text.len() > AT_ONCE {
            notices(ui);
            ui.data(&printed.text)?;
            printed.text.clear();
            if ui.closed() {
                return Ok(Exit::Done);
            }
        }
    }
    notices(ui);
    match printed.stream {
        Some(mut stream) => {
            let rest = stream.end(ui.screen())?;
            ui.data(&(printed.text + &rest))?;
            left_out(stream.absent(), ui);
        }
        None => show(&Outcome::of(printed.objects), options, ui)?,
    }
    Ok(Exit::Done)
}

/// Tables and lists are made of all objects: their columns are as wide as the widest.
fn stream(options: &Options) -> Option<Stream<'_>> {
    let is_each = matches!(options.format, Format::Json | Format::Csv | Format::Name);
    is_each.then(|| Stream::new(options.format, &options.properties, Stream::MANY))
}

struct Printed<'o> {
    stream: Option<Stream<'o>>,
    objects: Vec<Object>,
    text: String,
}

impl Printed<'_> {
    fn take(&mut self, objects: Vec<Object>, ui: &Ui<'_>) -> Result<(), Problem> {
        let Some(stream) = &mut self.stream else {
            self.objects.extend(objects);
            return Ok(());
        };
        for object in objects {
            self.text.push_str(&stream.put(object, ui.screen())?);
        }
        Ok(())
    }
}
