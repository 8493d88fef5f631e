//! Objects of every server, printed while they are read: what was printed of one server is forgotten before the next
//! one is read, so that memory does not grow with the store.

use std::slice;
use std::thread;

use super::{Options, left_out, show};
use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::{Draft, Outcome, PerServer};
use crate::output::{Format, Screen, Stream, Ui};

/// The text of a store up to this size is printed as a whole: an error in its last file prints nothing.
const AT_ONCE: usize = 8 << 20;

/// About so many objects are made text by another thread while the next ones are read.
const GROUP: usize = 500;

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
    let (mut names, mut text) = (servers.servers.iter(), String::new());
    let mut group = Vec::new();
    loop {
        let (next, done) = {
            let (mut done, screen) = (None, ui.screen());
            let next = thread::scope(|scope| {
                if !group.is_empty() && !names.as_slice().is_empty() {
                    // Where the system has no more threads, it is done below.
                    let _ = thread::Builder::new()
                        .spawn_scoped(scope, || done = Some(printed(&mut stream, &mut group, screen)));
                }
                objects(servers, &mut names, draft)
            });
            (next, done.unwrap_or_else(|| printed(&mut stream, &mut group, screen)))
        };
        match done.and_then(|done| Ok((done, next?))) {
            Ok((done, next)) => (text, group) = (text + &done, next),
            Err(problem) => {
                notices(ui);
                return Err(problem);
            }
        }
        if group.is_empty() {
            break;
        }
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

/// The objects of the next servers; none where there are no more.
fn objects(
    servers: &PerServer,
    names: &mut slice::Iter<'_, String>,
    draft: &mut Draft<'_>,
) -> Result<Vec<Object>, Problem> {
    let mut made = Vec::new();
    while made.len() < GROUP {
        let Some(name) = names.next() else { break };
        made.extend(servers.objects(name, draft)?);
        draft.forget(name);
    }
    Ok(made)
}

/// The text of objects.
fn printed(stream: &mut Stream<'_>, objects: &mut Vec<Object>, screen: &Screen) -> Result<String, Problem> {
    let mut text = String::new();
    for object in objects.drain(..) {
        text.push_str(&stream.put(object, screen)?);
    }
    Ok(text)
}

/// Tables and lists are made of all objects: their columns are as wide as the widest.
fn stream(options: &Options) -> Option<Stream<'_>> {
    let is_each = matches!(options.format, Format::Json | Format::Csv | Format::Name);
    is_each.then(|| Stream::new(options.format, &options.properties, Stream::MANY))
}
