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
    /// `@'` or `@"`.
    #[error("a here-string is not read here")]
    HereString,
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
            Trouble::Expression => Some(
                "write the value itself, in single quotes where it is text, or use the PowerShell module",
            ),
            Trouble::OpenQuote(_) => Some("a quote inside a quoted text is written twice"),
            Trouble::AfterComma | Trouble::AfterCommaInBrackets | Trouble::MissingArgument => {
                Some("end the list without a comma")
            }
            Trouble::Redirection | Trouble::MissingFile => Some("put text with < or > in single quotes"),
            Trouble::JoinedLine => Some("write a space before the backtick"),
            Trouble::Escape(_) => Some("write the character itself"),
            Trouble::HereString => Some("put the text in single quotes, line breaks included"),
            Trouble::Unrecognized => Some("put text that begins with @ in single quotes"),
            _ => None,
        }
    }
}
