//! The connectors whose access lists a line means: Receive connectors of servers, and Send connectors.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::shared::identity as joined;
use crate::cmdlet::shared::{crud, identity};
use crate::cmdlet::transaction::Draft;
use crate::organization::{SendConnector, dn};
use crate::param::Record;
use crate::permission::Side;
use crate::powershell::quote;

/// A connector with an access list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A Receive connector: its server's name and its own.
    Receive(String, String),
    /// A Send connector.
    Send(String),
}

impl Holder {
    /// What it is called.
    #[must_use]
    pub fn identity(&self) -> String {
        match self {
            Holder::Receive(server, name) => joined(server, name),
            Holder::Send(name) => name.clone(),
        }
    }

    /// The rights that it looks at.
    #[must_use]
    pub fn side(&self) -> Side {
        match self {
            Holder::Receive(..) => Side::Receive,
            Holder::Send(_) => Side::Send,
        }
    }
}

/// What a change is about.
pub struct Holders {
    /// The connectors, each once.
    pub found: Vec<Holder>,
    /// A wildcard or several identities: asked about even without `-Confirm`.
    pub many: bool,
}

/// The connectors that are shown.
///
/// # Errors
/// Exit 4 where a name matches nothing.
pub fn shown(texts: &[String], call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<Holder>, Problem> {
    identity::each_once(texts, |text| {
        let sends = send_connectors(text, call, draft)?;
        let receives = if sends.is_empty() {
            identity::connectors(text, call, draft)?
        } else {
            identity::find(text, call, draft)?
        };
        Ok(receives.into_iter().map(receive).chain(sends).collect())
    })
}

/// The connectors that a change is about.
///
/// # Errors
/// Exit 4 where a name matches nothing, exit 2 where it is on several servers, or of a Send connector too.
pub fn changed(texts: &[String], call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Holders, Problem> {
    let mut many = texts.len() > 1;
    let found = identity::each_once(texts, |text| {
        let sends = send_connectors(text, call, draft)?;
        let receives = if sends.is_empty() {
            let targets = identity::targets_of(&[text.to_owned()], call, draft)?;
            many |= targets.many;
            targets.found
        } else {
            identity::find(text, call, draft)?
        };
        if let (Some((server, name)), false) = (receives.first(), sends.is_empty()) {
            return Err(of_both(text, &joined(server, name), call, draft)?);
        }
        Ok(receives.into_iter().map(receive).chain(sends).collect())
    })?;
    Ok(Holders { found, many })
}

fn receive((server, name): identity::Found) -> Holder {
    Holder::Receive(server, name)
}

/// The Send connector of that name, Guid or distinguished name. A wildcard means Receive connectors.
fn send_connectors(text: &str, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<Holder>, Problem> {
    if identity::is_wildcard(text) {
        return Ok(Vec::new());
    }
    let scene = crud::scene(call, draft)?;
    let all = draft.members::<SendConnector>()?;
    Ok(crud::find(text, all, &scene).into_iter().map(|at| Holder::Send(all[at].name.clone())).collect())
}

fn of_both(text: &str, receive: &str, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Problem, Problem> {
    let scene = crud::scene(call, draft)?;
    let all = draft.members::<SendConnector>()?;
    let send = crud::find(text, all, &scene).first().map(|at| dn(&all[*at], &scene)).unwrap_or_default();
    let message = format!("the identity `{text}` is a Receive connector and a Send connector");
    let hint = format!(
        "{} is the Receive connector, {} the Send connector",
        quote::bash(receive),
        quote::bash(&send)
    );
    Ok(Problem::new(Exit::NotUnderstood, message).hint(hint).about("Identity"))
}

/// The Send connector of that name.
///
/// # Errors
/// Where the file cannot be read.
pub fn send_connector(name: &str, draft: &mut Draft<'_>) -> Result<Option<SendConnector>, Problem> {
    Ok(draft.members::<SendConnector>()?.iter().find(|one| one.name() == name).cloned())
}

/// Puts a Send connector in the place of the one of its name.
///
/// # Errors
/// What the rules refuse.
pub fn put(changed: SendConnector, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let mut all = draft.members::<SendConnector>()?.to_vec();
    if let Some(place) = all.iter_mut().find(|one| one.name == changed.name) {
        *place = changed;
    }
    draft.put_members(all, &call.context)
}
