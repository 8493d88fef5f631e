//! Get-Help: the page of a cmdlet or a part of it; of several, their list.

use super::{pages as help, rule_text, topics};
use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::CMDLETS;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::help::pages::matching;
use crate::cmdlet::help::topics::{TOPICS, Topic};
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Document, Example, Help, Page, TextLayout, View};
use crate::param::{Completes, Group, Kind, Param, Verb, param};
use crate::text::{LIKE, nearest};

const GET: &[Verb] = &[Verb::Get];

static NAME: Param = param(
    "Name",
    Kind::Text,
    "A cmdlet, the beginning of its name, a noun, a wildcard, a topic, or a rule such as S3",
)
.completes(Completes::Cmdlet)
.on(GET)
.position(1, GET)
.group(Group::Identity);
static FULL: Param = param("Full", Kind::Switch, "All about every parameter").group(Group::Other);
static EXAMPLES: Param = param("Examples", Kind::Switch, "The examples alone").group(Group::Other);
static PARAMETER: Param =
    param("Parameter", Kind::Text, "All about this parameter; wildcards are allowed").group(Group::Other);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "Help",
    synopsis: "Show help on a cmdlet or a topic",
    help: Help::new(
        "Shows what a cmdlet does, its syntax, its parameters by group with their defaults and bounds, and examples that run. A topic describes what several cmdlets share: `dialect`, `relay`, `exit-codes` and others; the number of a rule, as `S3` in an answer, is a topic too. Without a name it lists every cmdlet and every topic, from no store. At a terminal, what is longer than the screen goes through `$EXCH_PAGER`, `$PAGER` or `less`.",
        &[
            Example::new("get-help new-receiveconnector", "Shows the page of a cmdlet, a line a parameter."),
            Example::new(
                "get-help set-receiveconnector -Parameter 'Max*'",
                "Shows all about some parameters: type, default by version, bounds.",
            ),
            Example::new("get-help receiveconnector", "Lists the cmdlets of a noun."),
            Example::new("get-help exit-codes", "Shows a topic."),
            Example::new("get-help S3", "Shows the rule that an answer names."),
        ],
    )
    .columns(|| help::COLUMNS.to_vec()),
    params: || vec![&NAME, &FULL, &EXAMPLES, &PARAMETER],
    effect: Effect::Tells,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let Some(name) = call.args.text(&NAME) else { return Ok(Outcome::to_read(help::overview())) };
    if let Some(topic) = topics::of(&name) {
        if call.args.has(&PARAMETER) {
            return Err(no_parameters(topic.name));
        }
        return Ok(Outcome::to_read(Document::Topic(Box::new(topic.chapter()))));
    }
    if let Some(rule) = rule_text::chapter(&name) {
        if call.args.has(&PARAMETER) {
            return Err(no_parameters(&name));
        }
        return Ok(Outcome::to_read(Document::Topic(Box::new(rule))));
    }
    let found = matching(&name.replace(['–', '—', '―'], "-"));
    match found.as_slice() {
        [] if near(&name).is_some() => Err(unknown(&name)),
        [] => match about(&name) {
            found if found.is_empty() => Err(unknown(&name)),
            found => Ok(Outcome::of(found)),
        },
        [one] => {
            let page = help::page(one);
            let view = view(call, &page)?;
            Ok(Outcome::to_read(Document::Page(Box::new(page), view)))
        }
        several => Ok(Outcome::of(several.iter().map(|cmdlet| help::object(cmdlet)).collect())),
    }
}

fn view(call: &Call<'_>, page: &Page) -> Result<View, Problem> {
    let on = |switch| call.args.flag(switch) == Some(true);
    match call.args.text(&PARAMETER) {
        Some(text) => parameters(&text, page).map(View::Parameters),
        None if on(&FULL) => Ok(View::Full),
        None if on(&EXAMPLES) => Ok(View::Examples),
        None => Ok(View::Brief),
    }
}

/// The parameters that `text` means: the one of that name or alias, else those that fit or begin so.
fn parameters(text: &str, page: &Page) -> Result<Vec<&'static Param>, Problem> {
    let typed = text.trim_start_matches('-').to_lowercase();
    let named = |param: &&Param| param.name.to_lowercase() == typed || param.alias == Some(typed.as_str());
    if let Some(one) = page.params.iter().copied().find(|param| named(param)) {
        return Ok(vec![one]);
    }
    let fits = |param: &&'static Param| {
        identity::matches(&typed, param.name) || param.name.to_lowercase().starts_with(&typed)
    };
    let found: Vec<&'static Param> = page.params.iter().copied().filter(fits).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let cmdlet = page.name.to_lowercase();
    let hint = match nearest(&typed, page.params.iter().map(|param| param.name.to_owned()), LIKE) {
        Some(near) => format!("exch get-help {cmdlet} -Parameter {near}"),
        None => format!("exch get-help {cmdlet} lists its parameters"),
    };
    let message = format!("No parameter matches criteria '{text}'");
    Err(Problem::new(Exit::NotFound, message).hint(hint).about(PARAMETER.name))
}

fn no_parameters(topic: &str) -> Problem {
    let message = format!("parameter Parameter: the topic `{topic}` has no parameters");
    Problem::new(Exit::NotFound, message).hint(format!("exch get-help {topic}")).about(PARAMETER.name)
}

/// The cmdlets whose description has the word, and the topics that do.
fn about(word: &str) -> Vec<Object> {
    let word = word.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&word);
    let described = |cmdlet: &&&Cmdlet| has(cmdlet.synopsis) || has(cmdlet.help.description);
    let cmdlets = CMDLETS.iter().filter(described).map(|cmdlet| help::object(cmdlet));
    let sheet = TextLayout { width: TextLayout::PLAIN, bold: false };
    let says = |topic: &&&Topic| has(&Document::Topic(Box::new(topic.chapter())).render(&sheet));
    cmdlets.chain(TOPICS.iter().filter(says).map(|topic| help::topic_object(topic))).collect()
}

/// The cmdlet or the topic with the nearest name.
fn near(name: &str) -> Option<String> {
    let topics = TOPICS.iter().map(|topic| topic.name.to_owned());
    nearest(name, CMDLETS.iter().map(|cmdlet| cmdlet.name()).chain(topics), LIKE)
}

fn unknown(name: &str) -> Problem {
    let message = format!("Get-Help could not find '{name}': no cmdlet, topic or rule has that name");
    let hint = match near(name) {
        Some(near) => format!("exch get-help {}", near.to_lowercase()),
        None => "exch get-help lists every cmdlet".to_owned(),
    };
    Problem::new(Exit::NotFound, message).hint(hint).about(NAME.name)
}
