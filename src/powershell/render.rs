//! A script back to text: one line a pipeline, every value a literal, quoted where reading would make it another.

use std::fmt::{self, Display, Formatter};

use super::chars::{ends_word, is_dash, is_quote};
use super::quote;
use super::read::line;
use super::script::{Command, Pipeline, Script, is_bare};
use super::value::{Element, Literal, Text, Value};

impl Display for Script {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.pipelines.iter().try_for_each(|pipeline| writeln!(f, "{pipeline}"))
    }
}

impl Display for Pipeline {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.hidden {
            f.write_str("#exch ")?;
        }
        let input = self.input.iter().map(computed);
        let parts: Vec<String> = input.chain(self.commands.iter().map(ToString::to_string)).collect();
        f.write_str(&parts.join(" | "))
    }
}

impl Display for Command {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let plain =
            !self.name.chars().any(|c| ends_word(c) || is_quote(c) || matches!(c, '`' | '$' | '<' | '>'));
        if plain {
            f.write_str(&self.name)?
        } else {
            write!(f, "& {}", quote::quoted(&self.name))?
        }
        self.elements.iter().try_for_each(|element| match element {
            Element::Parameter { name, attached: None, .. } => write!(f, " -{name}"),
            Element::Parameter { name, attached: Some(value), .. } => {
                write!(f, " -{name}:{}", argument(value))
            }
            Element::EndOfParameters(_) => f.write_str(" --"),
            Element::Argument(value) => write!(f, " {}", argument(value)),
        })
    }
}

/// A value where a command's argument stands.
fn argument(value: &Value) -> String {
    match &value.literal {
        Literal::Text(text) if stays_bare(text) => text.text.clone(),
        Literal::Text(text) => quote::quoted(&text.text),
        Literal::List(values) if values.len() > 1 && values.iter().all(is_simple) => {
            let values: Vec<String> = values.iter().map(argument).collect();
            values.join(",")
        }
        _ => computed(value),
    }
}

/// A value where PowerShell computes, in which a bare word would be a command.
fn computed(value: &Value) -> String {
    match &value.literal {
        Literal::Text(text) => quote::quoted(&text.text),
        Literal::Bool(true) => "$true".to_owned(),
        Literal::Bool(false) => "$false".to_owned(),
        Literal::Null => "$null".to_owned(),
        Literal::List(values) => {
            let values: Vec<String> = values.iter().map(computed).collect();
            format!("@({})", values.join(","))
        }
        Literal::Table(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}={}", quote::quoted(&entry.key), computed(&entry.value)))
                .collect();
            format!("@{{{}}}", entries.join(";"))
        }
    }
}

fn is_simple(value: &Value) -> bool {
    !matches!(value.literal, Literal::List(_))
}

/// Whether a bare text is read again as it is.
fn stays_bare(text: &Text) -> bool {
    is_bare(text)
        && !text.text.starts_with(is_dash)
        && !text.text.contains(is_quote)
        && line(&format!("x {}", text.text)).is_ok_and(|elements| match elements.as_slice() {
            [_, Element::Argument(Value { literal: Literal::Text(read), .. })] => *read == *text,
            _ => false,
        })
}
