//! Whole texts: statements of pipelines of commands, as PowerShell reads a file.
//!
//! A variable that is set once to a literal stands for that literal from there on, as a whole value, inside double
//! quotes and as a splat. Nothing is computed: what only PowerShell can compute is refused with its place, and every
//! such place of a text is reported at once. A line that begins with `#exch ` is a comment to PowerShell and a command
//! here.

use super::chars::{ends_word, is_blank, is_newline, is_quote};
use super::cursor::Cursor;
use super::error::{ReadError, Trouble};
use super::read::elements;
use super::skip::skip_statement;
use super::value::{Element, Literal, Span, Text, Value, Written};
use super::variable::Variables;

/// What a text does, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// Its pipelines; assignments are part of the values already.
    pub pipelines: Vec<Pipeline>,
}

/// Commands, each with the objects of the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// Values that the first command takes from the pipeline: `'Relay','Other' | …`.
    pub input: Option<Value>,
    /// At least one.
    pub commands: Vec<Command>,
    /// Where it stands.
    pub span: Span,
    /// It is written in a comment that begins with `#exch `, so that PowerShell does not run it.
    pub hidden: bool,
}

/// A command's name and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The name as written.
    pub name: String,
    /// Parameters and arguments, in the order written.
    pub elements: Vec<Element>,
    /// Where name and elements stand.
    pub span: Span,
}

/// Reads a text of which nothing is refused.
///
/// # Errors
/// Every place that is refused, as [`read`] gives them.
pub fn script(text: &str) -> Result<Script, Vec<ReadError>> {
    let (script, errors) = read(text);
    if errors.is_empty() { Ok(script) } else { Err(errors) }
}

/// Reads a text: what can be read of it, and every place that is refused, in the order of the text: what needs
/// PowerShell, what only PowerShell 7 reads, a variable that is not set or set twice. A mistake that PowerShell itself
/// reports ends the reading, since what follows it cannot be relied on.
#[must_use]
pub fn read(text: &str) -> (Script, Vec<ReadError>) {
    let mut variables = Variables::default();
    let mut read = Script::default();
    let mut errors = Vec::new();
    let mut at = 0;
    while let Some(start) = next_statement(text, at, &mut errors) {
        match statement(text, start, &variables) {
            Ok((Statement::Pipeline(pipeline), end)) => {
                read.pipelines.push(pipeline);
                at = end;
            }
            Ok((Statement::Assignment { name, value, span }, end)) => {
                if !variables.set(&name, value) {
                    errors.push(ReadError { trouble: Trouble::SetTwice(name), span });
                }
                at = end;
            }
            Err(error) => {
                let fatal = is_syntax(&error.trouble);
                if let Some(name) = assigned(text, start) {
                    variables.set(&name, Value { literal: Literal::Null, span: error.span });
                }
                let resume = skip_statement(text, start.at, error.span.start);
                errors.push(error);
                if fatal {
                    break;
                }
                at = resume;
            }
        }
    }
    (read, errors)
}

/// Where a statement begins, and whether a comment hides it from PowerShell.
#[derive(Clone, Copy, Debug)]
struct Start {
    at: usize,
    hidden: bool,
}

enum Statement {
    Pipeline(Pipeline),
    Assignment { name: String, value: Value, span: Span },
}

const HIDDEN: &str = "#exch ";

/// Skips spaces, line breaks, semicolons and comments, but for a comment that is a command here.
fn next_statement(text: &str, from: usize, errors: &mut Vec<ReadError>) -> Option<Start> {
    let mut cursor = Cursor::new(text, from);
    loop {
        cursor.take_while(|c| c.is_whitespace() || c == ';');
        if begins_hidden(text, &cursor) {
            return Some(Start { at: cursor.at() + HIDDEN.len(), hidden: true });
        }
        match cursor.peek() {
            None => return None,
            Some('#' | '`') => {}
            Some('<') if cursor.second() == Some('#') => {}
            Some(_) => return Some(Start { at: cursor.at(), hidden: false }),
        }
        let before = cursor.at();
        if let Err(error) = cursor.skip_blanks() {
            errors.push(error);
            return None;
        }
        if cursor.at() == before {
            return Some(Start { at: before, hidden: false });
        }
    }
}

/// Whether `#exch ` stands here as the first thing on its line.
fn begins_hidden(text: &str, cursor: &Cursor<'_>) -> bool {
    let line = text.get(..cursor.at()).unwrap_or_default().rsplit(is_newline).next().unwrap_or_default();
    line.chars().all(is_blank)
        && cursor.rest().get(..HIDDEN.len()).is_some_and(|head| head.eq_ignore_ascii_case(HIDDEN))
}

fn statement(text: &str, start: Start, variables: &Variables) -> Result<(Statement, usize), ReadError> {
    // A command in a comment ends with its line, whatever is open there.
    let rest = text.get(start.at..).unwrap_or_default();
    let line = rest.split(is_newline).next().unwrap_or_default().len();
    let text = if start.hidden { text.get(..start.at + line).unwrap_or_default() } else { text };
    let mut cursor = Cursor::new(text, start.at);
    cursor.variables = Some(variables);
    if let Some((name, after)) = assignment(&cursor) {
        let begin = cursor.at();
        cursor.rewind(after);
        cursor.skip_lines(false)?;
        let value = cursor.assigned_value()?;
        cursor.skip_blanks()?;
        cursor.statement_ends()?;
        return Ok((Statement::Assignment { name, value, span: cursor.span(begin) }, cursor.at()));
    }
    let pipeline = cursor.pipeline(start.hidden)?;
    Ok((Statement::Pipeline(pipeline), cursor.at()))
}

/// `$name =`: the name, and the byte offset after the equals sign.
fn assignment(cursor: &Cursor<'_>) -> Option<(String, usize)> {
    let mut ahead = cursor.clone();
    if ahead.peek() != Some('$') {
        return None;
    }
    let (name, plain) = ahead.variable_name();
    let name = name.to_owned();
    ahead.skip_blanks().ok()?;
    let sets = plain && ahead.peek() == Some('=') && ahead.second() != Some('=');
    ahead.bump();
    sets.then(|| (name, ahead.at()))
}

fn assigned(text: &str, start: Start) -> Option<String> {
    assignment(&Cursor::new(text, start.at)).map(|(name, _)| name)
}

impl Cursor<'_> {
    fn assigned_value(&mut self) -> Result<Value, ReadError> {
        let start = self.at();
        if self.peek().is_none_or(|c| matches!(c, ';' | '}' | ')')) {
            return Err(self.error(Trouble::Expression, start));
        }
        self.computed(0)
    }

    fn statement_ends(&self) -> Result<(), ReadError> {
        match self.peek() {
            None | Some(';') => Ok(()),
            Some(c) if is_newline(c) => Ok(()),
            Some('|') => Err(self.error(Trouble::Expression, self.at())),
            Some(c) => Err(self.error(Trouble::Unexpected(c.to_string()), self.at())),
        }
    }

    fn pipeline(&mut self, hidden: bool) -> Result<Pipeline, ReadError> {
        let start = self.at();
        let input = self.input()?;
        let mut commands = Vec::new();
        if input.is_none() {
            commands.push(self.command()?);
        }
        loop {
            self.skip_blanks()?;
            self.refuse_newer()?;
            if self.peek() != Some('|') {
                break;
            }
            self.bump();
            let pipe = self.at();
            self.skip_lines(false)?;
            if self.peek().is_none_or(|c| matches!(c, '|' | ';' | ')' | '}')) {
                return Err(self.error_at(Trouble::EmptyPipe, pipe));
            }
            commands.push(self.command()?);
        }
        self.statement_ends()?;
        match (commands.last(), &input) {
            (Some(Command { span: Span { end, .. }, .. }), _) => {
                let span = Span { start, end: *end };
                Ok(Pipeline { input, commands, span, hidden })
            }
            (None, Some(value)) => Err(ReadError { trouble: Trouble::UnusedValue, span: value.span }),
            (None, None) => Err(self.error(Trouble::EmptyPipe, start)),
        }
    }

    /// Literal values before the first pipe.
    fn input(&mut self) -> Result<Option<Value>, ReadError> {
        let computes = match (self.peek(), self.second()) {
            (Some('@'), Some(c)) => matches!(c, '(' | '{') || is_quote(c),
            (Some(c), _) => is_quote(c) || matches!(c, '$' | '(') || c.is_ascii_digit(),
            (None, _) => false,
        };
        if computes { self.computed(0).map(Some) } else { Ok(None) }
    }

    /// A command, its call operator read over where it calls nothing but a name.
    fn command(&mut self) -> Result<Command, ReadError> {
        self.refuse_language()?;
        let start = self.at();
        let called = match (self.peek(), self.second()) {
            (Some('&'), Some(c)) => c != '&',
            (Some('.'), Some(c)) => is_blank(c),
            _ => false,
        };
        let operator = self.clone();
        if called {
            self.bump();
            self.skip_blanks()?;
        }
        let named = self.at();
        let read = elements(self.clone())?;
        let mut elements = read.elements.into_iter();
        let first = elements.next();
        let name_end = first.as_ref().map_or(named, |element| span_of(element).end);
        let name = match first {
            Some(Element::Argument(Value { literal: Literal::Text(text), .. }))
                if (called || text.written == Written::Bare) && text.text != "--%" =>
            {
                text.text
            }
            Some(Element::Parameter { name, attached: None, .. }) if !called => format!("-{name}"),
            _ if called => return Err(operator.error(Trouble::Call, start)),
            _ => return Err(self.error(Trouble::Expression, named)),
        };
        let elements: Vec<Element> = elements.collect();
        if let Some(verbatim) = elements.iter().find(|element| is_verbatim(element)) {
            return Err(ReadError { trouble: Trouble::Expression, span: span_of(verbatim) });
        }
        let end = elements.last().map_or(name_end, |element| span_of(element).end);
        self.rewind(read.end);
        Ok(Command { name, elements, span: Span { start, end } })
    }

    /// What a statement can begin with that is the language's own, and not a command.
    fn refuse_language(&mut self) -> Result<(), ReadError> {
        let start = self.at();
        match (self.peek(), self.second()) {
            (Some('|'), _) => Err(self.error_at(Trouble::EmptyPipe, start)),
            (Some('&'), Some('&')) => Err(self.error(Trouble::NewerShell("&&".to_owned()), start)),
            (Some(c @ (')' | '}')), _) => Err(self.error(Trouble::Unexpected(c.to_string()), start)),
            (Some(','), _) => {
                self.bump();
                self.skip_lines(false)?;
                self.refuse_type()?;
                Err(self.error(Trouble::Expression, start))
            }
            (Some('['), _) => {
                self.refuse_type()?;
                Err(self.error(Trouble::Expression, start))
            }
            (Some('{' | '@' | '!' | '+' | '>' | '<'), _) => Err(self.error(Trouble::Expression, start)),
            _ => {
                let mut ahead = self.clone();
                let word = ahead.take_while(|c| !ends_word(c));
                match KEYWORDS.iter().find(|known| known.eq_ignore_ascii_case(word)) {
                    Some(known) => Err(ahead.error(Trouble::Keyword((*known).to_owned()), start)),
                    None => Ok(()),
                }
            }
        }
    }

    /// A `[` with no name after it.
    fn refuse_type(&self) -> Result<(), ReadError> {
        let unnamed = self.second().is_none_or(|c| !c.is_alphabetic() && c != '_');
        if self.peek() == Some('[') && unnamed {
            return Err(self.error_at(Trouble::MissingTypeName, self.at() + 1));
        }
        Ok(())
    }

    /// What joins pipelines in PowerShell 7 alone: `&&`, `||`, and a `|` at the start of the next line.
    fn refuse_newer(&mut self) -> Result<(), ReadError> {
        let start = self.at();
        for chain in ["&&", "||"] {
            if self.rest().starts_with(chain) {
                self.eat(chain);
                return Err(self.error(Trouble::NewerShell(chain.to_owned()), start));
            }
        }
        if self.peek().is_some_and(is_newline) {
            let mut ahead = self.clone();
            ahead.skip_lines(false)?;
            if ahead.peek() == Some('|') {
                let at = ahead.at();
                return Err(ahead.error(Trouble::NewerShell("|".to_owned()), at));
            }
        }
        Ok(())
    }
}

/// `--%` and what follows it: Windows PowerShell has it for programs, and a cmdlet is none.
fn is_verbatim(element: &Element) -> bool {
    let Element::Argument(Value { literal: Literal::Text(text), .. }) = element else { return false };
    text.written == Written::Verbatim || (text.written == Written::Bare && text.text == "--%")
}

fn span_of(element: &Element) -> Span {
    match element {
        Element::Parameter { attached, span, .. } => {
            let end = attached.as_ref().map_or(span.end, |value| value.span.end);
            Span { start: span.start, end: end.max(span.end) }
        }
        Element::EndOfParameters(span) => *span,
        Element::Argument(value) => value.span,
    }
}

/// The words that begin a statement of the language (about_Language_Keywords).
const KEYWORDS: [&str; 31] = [
    "begin",
    "break",
    "catch",
    "class",
    "continue",
    "data",
    "define",
    "do",
    "dynamicparam",
    "else",
    "elseif",
    "end",
    "enum",
    "exit",
    "filter",
    "finally",
    "for",
    "foreach",
    "from",
    "function",
    "hidden",
    "if",
    "in",
    "param",
    "process",
    "return",
    "switch",
    "throw",
    "trap",
    "try",
    "using",
];

/// Whether PowerShell itself reports the mistake, so that it reads no further either.
fn is_syntax(trouble: &Trouble) -> bool {
    !matches!(
        trouble,
        Trouble::Expression
            | Trouble::Redirection
            | Trouble::Escape(_)
            | Trouble::Keyword(_)
            | Trouble::NewerShell(_)
            | Trouble::UnsetVariable(_)
            | Trouble::SetTwice(_)
            | Trouble::Splat(_)
            | Trouble::UnusedValue
            | Trouble::Call
    )
}

/// A text that was not written with quotes.
pub(super) fn is_bare(text: &Text) -> bool {
    matches!(text.written, Written::Bare | Written::Number)
}
