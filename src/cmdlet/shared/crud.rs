//! What the cmdlets for the organization's nouns share: finding objects by identity, making, changing, removing
//! and showing them.

use std::marker::PhantomData;

use uuid::Uuid;

use super::identity;
use crate::answer::{Exit, Object, Problem, TableView};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::receive_connector::set::something_to_set;
use crate::cmdlet::receive_connector::shared::{apply_args, replaced};
use crate::cmdlet::shared::identity::matches;
use crate::cmdlet::shared::identity_list::given;
use crate::cmdlet::shared::not_found::nearest;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::connector::rules::missing_in_version;
use crate::organization::edge_subscription::SWITCHED_OFF;
use crate::organization::{EdgeSubscription, Member, Scene, dn};
use crate::param::{Finding, same_name};
use crate::powershell::quote;

/// From where the organization's objects are looked at: the local server, where there is one.
///
/// # Errors
/// Where its file cannot be read.
pub fn scene(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Scene, Problem> {
    let local = identity::local_server(call, draft)?.map(|host| host.server.clone());
    Ok(Scene { directory: draft.directory().clone(), local })
}

/// The same for a change, which a subscribed Edge Transport server refuses where its subscription brings the
/// organization's objects (AD2, SC15).
fn scene_of_change(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Scene, Problem> {
    let scene = scene(call, draft)?;
    let Cmdlet { verb, noun, .. } = call.cmdlet;
    let mut rows = SWITCHED_OFF.iter().filter(|off| off.noun == *noun && off.verbs.contains(verb));
    let typed = |name: &&&str| call.args.iter().any(|(param, _)| param.name == **name);
    let Some(off) = rows.next() else { return Ok(scene) };
    let parameter = off.parameters.iter().find(typed);
    match scene.local.as_ref().filter(|_| off.parameters.is_empty() || parameter.is_some()) {
        Some(edge) if edge.is_edge() && is_subscribed(draft, &edge.name)? => {
            Err(switched_off(call, &edge.name, parameter.copied()))
        }
        _ => Ok(scene),
    }
}

/// Whether an Edge Transport server is subscribed.
///
/// # Errors
/// Where the subscriptions cannot be read.
pub(crate) fn is_subscribed(draft: &mut Draft<'_>, server: &str) -> Result<bool, Problem> {
    Ok(draft.members::<EdgeSubscription>()?.iter().any(|one| same_name(&one.name, server)))
}

fn switched_off(call: &Call<'_>, edge: &str, parameter: Option<&'static str>) -> Problem {
    let what = match parameter {
        Some(name) => format!("parameter {name}: {} cannot change it", call.cmdlet.name()),
        None => format!("{} is switched off", call.cmdlet.name()),
    };
    let message = format!(
        "{what} on the Edge Transport server {edge}: it is subscribed, and has what the organization has"
    );
    Problem::new(Exit::Refused, message)
        .hint("change it as a server of the organization, with EXCH_SERVER set to its name")
        .about(parameter.unwrap_or("Identity"))
}

/// C12: refuses what was given and the local server's edition has not.
///
/// # Errors
/// Every such parameter.
pub(crate) fn check_given(args: &Args, scene: &Scene) -> Result<(), Problem> {
    let Some(server) = &scene.local else { return Ok(()) };
    let missing = args.iter().filter(|(param, _)| !param.exists_in(server.release()));
    let problem = Problem::of_all(missing.map(|(param, _)| missing_in_version(param, server)));
    problem.map_or(Ok(()), Err)
}

/// Checks what the local server refuses of a change whatever else is given: its subscription (AD2, SC15), and the
/// parameters of its version (C12).
///
/// # Errors
/// The refusal.
pub fn possible(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let scene = scene_of_change(call, draft)?;
    check_given(&call.args, &scene)
}

/// How objects of a noun of the organization are shown.
struct Shown<N>(PhantomData<N>);

impl<N: Member> Shown<N> {
    const VIEW: &'static TableView = &TableView::new(N::NAME, N::TABLE, "Identity");
}

/// An object as Get- shows it.
pub fn object<N: Member>(object: &N, scene: &Scene) -> Object {
    Object::of(Shown::<N>::VIEW, object, scene, scene.version())
}

/// The objects that an identity means, by their places: a name, Guid or distinguished name is one, a wildcard
/// any number.
///
/// # Errors
/// Exit 4 where a name matches nothing.
pub fn places<N: Member>(text: &str, all: &[N], scene: &Scene) -> Result<Vec<usize>, Problem> {
    let found = find(text, all, scene);
    if found.is_empty() && !is_wildcard(text) { Err(not_found::<N>(text, all)) } else { Ok(found) }
}

/// The objects that an identity means, by their places; none where it matches nothing.
pub fn find<N: Member>(text: &str, all: &[N], scene: &Scene) -> Vec<usize> {
    let fits = |object: &N| match text.trim_matches(['{', '}']).parse::<Uuid>() {
        Ok(guid) => object.metadata().guid == Some(guid),
        Err(_) if text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("CN=")) => {
            dn(object, scene).eq_ignore_ascii_case(text)
        }
        Err(_) => object.goes_by(text, scene),
    };
    let places = |fits: &dyn Fn(&N) -> bool| -> Vec<usize> {
        all.iter().enumerate().filter(|(_, object)| fits(object)).map(|(at, _)| at).collect()
    };
    // A name may hold a star of its own: an accepted domain is often called as its domain.
    let exact = places(&fits);
    if exact.is_empty() && is_wildcard(text) {
        return places(&|object| matches(text, object.name()));
    }
    exact
}

/// Whether an identity means anything.
///
/// # Errors
/// Where the file cannot be read.
pub fn is_there<N: Member>(text: &str, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<bool, Problem> {
    let scene = scene(call, draft)?;
    Ok(!find(text, draft.members::<N>()?, &scene).is_empty())
}

fn is_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

fn not_found<N: Member>(text: &str, all: &[N]) -> Problem {
    let noun = N::NAME;
    let message = format!(
        "The operation couldn't be performed because object '{text}' couldn't be found: no such {noun}"
    );
    let problem = Problem::new(Exit::NotFound, message).about("Identity");
    match nearest(text, all.iter().map(N::name)) {
        Some(near) => problem.hint(format!("did you mean {}?", quote::bash(near))),
        None => problem.hint(format!("exch get-{} lists what there is", noun.to_lowercase())),
    }
}

/// Get-: the objects that were named, else all.
///
/// # Errors
/// Exit 4 where a name matches nothing.
pub fn get<N: Member>(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let scene = scene(call, draft)?;
    let all = draft.members::<N>()?;
    let named = if N::SINGLE { Vec::new() } else { identities(&call.args) };
    if named.is_empty() {
        return Ok(Outcome::of(all.iter().map(|one| object(one, &scene)).collect()));
    }
    let mut objects = Vec::new();
    for text in named {
        objects.extend(places(&text, all, &scene)?.iter().map(|at| object(&all[*at], &scene)));
    }
    Ok(Outcome::of(objects))
}

/// What was given as Identity, whatever the noun.
fn identities(args: &Args) -> Vec<String> {
    given(args).map(|param| args.texts(param)).unwrap_or_default()
}

/// New-: puts what `args` say among the others and shows it; `settle` may change it, with a look at the draft. In `args` names
/// of other objects may have been looked up.
///
/// # Errors
/// Exit 5 where an object of its name is there, or the first refusal of the rules.
pub fn new<N: Member>(
    call: &Call<'_>,
    args: &Args,
    draft: &mut Draft<'_>,
    settle: impl FnOnce(&mut Draft<'_>, &mut N, &[N], &Scene) -> Result<Vec<Finding>, Problem>,
) -> Result<Outcome, Problem> {
    let scene = scene_of_change(call, draft)?;
    check_given(args, &scene)?;
    let mut made = N::blank();
    let mut warnings = apply_args(&mut made, args)?;
    let mut all = draft.members::<N>()?.to_vec();
    warnings.extend(settle(draft, &mut made, &all, &scene)?);
    if let Some(taken) = all.iter().find(|object| same_name(object.name(), made.name())) {
        let (noun, name) = (N::NAME, taken.name());
        let set = format!("exch set-{} {} changes it", noun.to_lowercase(), quote::bash(name));
        let message = format!("the {noun} \"{name}\" is there already");
        return Err(Problem::new(Exit::Conflict, message).hint(set).about("Name"));
    }
    all.push(made);
    draft.put_members(all, &call.context)?;
    let shown = draft.members::<N>()?.last().map(|made| object(made, &scene));
    Ok(Outcome { warnings, ..Outcome::of(shown.into_iter().collect()) })
}

/// The places that a change is about, each asked about where several were meant.
fn agreed<N: Member>(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    scene: &Scene,
    operation: &'static str,
) -> Result<Vec<usize>, Problem> {
    if N::SINGLE {
        return Ok(vec![0]);
    }
    let removes = operation == "Remove";
    let all = draft.members::<N>()?.to_vec();
    let named = identities(&call.args);
    let many = named.len() > 1 || named.iter().any(|text| is_wildcard(text));
    let mut agreed = Vec::new();
    for text in named {
        for at in places(&text, &all, scene)? {
            let target = all[at].name().to_owned();
            let question =
                Question { operation, target, along: Vec::new(), removes, always: many || removes };
            if !agreed.contains(&at) && draft.confirm(question) {
                agreed.push(at);
            }
        }
    }
    Ok(agreed)
}

/// Set-: changes what `args` say on the objects that were named; `settle` does what rows do not, on the place of each among
/// all. In `args` names of other objects may have been looked up.
///
/// # Errors
/// Exit 4 where a name matches nothing, or the first refusal of the rules.
pub fn set<N: Member>(
    call: &Call<'_>,
    args: &Args,
    draft: &mut Draft<'_>,
    settle: impl Fn(&mut Draft<'_>, &mut Vec<N>, usize, &Scene) -> Result<Vec<Finding>, Problem>,
) -> Result<Outcome, Problem> {
    something_to_set_of::<N>(call)?;
    let scene = scene_of_change(call, draft)?;
    check_given(args, &scene)?;
    let places = agreed::<N>(call, draft, &scene, "Set")?;
    let mut all = draft.members::<N>()?.to_vec();
    let mut outcome = Outcome { notices: unmatched::<N>(args, &places), ..Outcome::default() };
    for at in &places {
        let before = all[*at].clone();
        let mut warnings = apply_args(&mut all[*at], args)?;
        warnings.extend(replaced(&before, &all[*at], args, before.name()));
        warnings.extend(settle(draft, &mut all, *at, &scene)?);
        let among = |warning: Finding| if places.len() > 1 { warning.on(before.name()) } else { warning };
        outcome.warnings.extend(warnings.into_iter().map(among));
    }
    draft.put_members(all, &call.context)?;
    let all = draft.members::<N>()?;
    // The only object of its noun is known: Get- shows it.
    let shown = places.iter().filter(|_| !N::SINGLE);
    outcome.objects = shown.map(|at| object(&all[*at], &scene)).collect();
    Ok(outcome)
}

/// A parameter of the noun's own that is no row is something to set too.
fn something_to_set_of<N: Member>(call: &Call<'_>) -> Result<(), Problem> {
    let own = (call.cmdlet.params)();
    let given = |name: &str| name != "Identity" && call.args.iter().any(|(param, _)| param.name == name);
    if own.iter().any(|param| given(param.name)) { Ok(()) } else { something_to_set::<N>(&call.args) }
}

/// What to say of wildcards of which none matches anything.
fn unmatched<N: Member>(args: &Args, places: &[usize]) -> Vec<String> {
    let wild = identities(args).into_iter().filter(|text| places.is_empty() && is_wildcard(text));
    wild.map(|text| format!("no {} matches `{text}`", N::NAME)).collect()
}

/// Remove-: takes the objects away that were named, each after a question; `refuse` says which cannot go.
///
/// # Errors
/// Exit 4 where a name matches nothing, or what `refuse` says.
pub fn remove<N: Member>(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    refuse: impl Fn(&N) -> Option<Problem>,
) -> Result<Outcome, Problem> {
    let scene = scene_of_change(call, draft)?;
    let places = agreed::<N>(call, draft, &scene, "Remove")?;
    let all = draft.members::<N>()?.to_vec();
    if let Some(problem) = places.iter().find_map(|at| refuse(&all[*at])) {
        return Err(problem);
    }
    let stays = all.into_iter().enumerate().filter(|(at, _)| !places.contains(at));
    draft.put_members(stays.map(|(_, object)| object).collect::<Vec<N>>(), &call.context)?;
    Ok(Outcome { notices: unmatched::<N>(&call.args, &places), ..Outcome::default() })
}
