//! Why literal text could not be read, in PowerShell's own sentence where it has one.

use super::value::Span;
use thiserror::Error;

/// What is wrong with a text, without its place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Trouble {
    /// A variable, an operator, a block, a command in parentheses: only PowerShell can compute it.
    #[error("only PowerShell can compute this")]
    Expression,
    /// A quote that is never closed; holds the straight form of it.
    #[error("The string is missing the terminator: {0}.")]
    OpenQuote(char),
    /// A `<#` that is never closed.
    #[error("The terminator '#>' is missing from the multiline comment.")]
    OpenComment,
    /// Nothing stands after a comma of an argument.
    #[error("Missing expression after ',' in pipeline element.")]
    AfterComma,
    /// Nothing stands after a comma in brackets.
    #[error("Missing expression after ','.")]
    AfterCommaInBrackets,
    /// A comma or `&` where an argument should begin.
    #[error("Missing argument in parameter list.")]
    MissingArgument,
    /// `-Name:` with nothing after it; holds it as typed.
    #[error("Parameter {0} requires an argument.")]
    ParameterArgument(String),
    /// Something that cannot stand here.
    #[error("Unexpected token '{0}' in expression or statement.")]
    Unexpected(String),
    /// `()`.
    #[error("An expression was expected after '('.")]
    EmptyParentheses,
    /// A `(` that is never closed.
    #[error("Missing closing ')' in expression.")]
    OpenParenthesis,
    /// A `@{` that is never closed.
    #[error("Missing closing '}}' in statement block or type definition.")]
    OpenBrace,
    /// A key without `=`.
    #[error("Missing '=' operator after key in hash literal.")]
    MissingEquals,
    /// A key without value.
    #[error("Missing statement after '=' in hash literal.")]
    MissingStatement,
    /// A key twice.
    #[error("Duplicate keys '{0}' are not allowed in hash literals.")]
    DuplicateKey(String),
    /// `>` with nothing after it.
    #[error("Missing file specification after redirection operator.")]
    MissingFile,
    /// An `@` that begins nothing.
    #[error("Unrecognized token in source text.")]
    Unrecognized,
    /// A redirection, or `<` and `>` in a bare word.
    #[error("a redirection is not read here")]
    Redirection,
    /// `|`, `&&` or `||`.
    #[error("a pipeline is not read here")]
    Pipeline,
    /// A second command after `;` or a line break.
    #[error("one command was expected, and another one follows")]
    Statements,
    /// Text on the line of a here-string's opening `@'` or `@"`.
    #[error("No characters are allowed after a here-string header but before the end of the line.")]
    HereStringHeader,
    /// A here-string that is never closed; holds its quote.
    #[error("The string is missing the terminator: {0}@.")]
    OpenHereString(char),
    /// A pipe with nothing before or after it.
    #[error("An empty pipe element is not allowed.")]
    EmptyPipe,
    /// A `[` that begins no type.
    #[error("Missing type name after '['.")]
    MissingTypeName,
    /// `if`, `foreach` and the other words of the language; holds the word.
    #[error("only PowerShell can run `{0}`")]
    Keyword(String),
    /// `&&`, `||`, or a `|` that begins a line; holds it.
    #[error(
        "`{0}` is read here by PowerShell 7 alone, and the Exchange Management Shell is Windows PowerShell 5.1"
    )]
    NewerShell(String),
    /// A variable that no line above has set; holds its name.
    #[error("no line above sets the variable ${0}")]
    UnsetVariable(String),
    /// A variable that is set a second time; holds its name.
    #[error("the variable ${0} is set twice")]
    SetTwice(String),
    /// A splatted variable that is not a hashtable or a list; holds its name.
    #[error("@{0} needs a variable that holds a hashtable @{{…}} or a list")]
    Splat(String),
    /// A literal that stands alone, so that nothing happens with it.
    #[error("a value by itself does nothing")]
    UnusedValue,
    /// `&` or `.` before something that is not a cmdlet's name.
    #[error("only PowerShell can call this")]
    Call,
    /// An escape that Windows PowerShell and PowerShell 7 read differently.
    #[error("the escape `{0} means one thing in Windows PowerShell and another in PowerShell 7")]
    Escape(char),
    /// A backtick at the end of a line with no blank before it.
    #[error("the backtick at the end of the line is part of the word before it")]
    JoinedLine,
    /// Brackets in brackets beyond reason.
    #[error("brackets are nested too deeply")]
    Depth,
}

/// A text that was refused, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{trouble}")]
pub struct ReadError {
    /// What is wrong.
    pub trouble: Trouble,
    /// Where.
    pub span: Span,
}

impl ReadError {
    /// What to type instead, where there is more to say than the sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self.trouble {
            Trouble::Expression => Some("write the value itself, in single quotes where it is text"),
            Trouble::OpenQuote(_) => Some("a quote inside a quoted text is written twice"),
            Trouble::AfterComma | Trouble::AfterCommaInBrackets | Trouble::MissingArgument => {
                Some("end the list without a comma")
            }
            Trouble::Redirection | Trouble::MissingFile => Some("put text with < or > in single quotes"),
            Trouble::JoinedLine => Some("write a space before the backtick"),
            Trouble::Escape(_) => Some("write the character itself"),
            Trouble::HereStringHeader => Some("begin the text on the line after the opening quote"),
            Trouble::OpenHereString(_) => Some("the closing quote and @ begin a line of their own"),
            Trouble::NewerShell(_) => Some("write each command on a line of its own; a pipe ends the line"),
            Trouble::UnsetVariable(_) => Some("set it to a literal above: $name = 'value'"),
            Trouble::SetTwice(_) => Some("give the second value a variable of its own"),
            Trouble::Keyword(_) => Some("write the lines out, or use PowerShell"),
            Trouble::UnusedValue => Some("put a cmdlet after it, as in 'Relay' | Get-ReceiveConnector"),
            Trouble::Call => Some("write the cmdlet's name alone"),
            Trouble::Unrecognized => Some("put text that begins with @ in single quotes"),
            _ => None,
        }
    }
}
