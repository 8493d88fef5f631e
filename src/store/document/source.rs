//! A document's text: its encoding, its line ends, and the line and column of a byte.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::error::{DocumentError, Fault, Flaw};

const BOM: &str = "\u{feff}";

/// Text as it came from a file, without its byte order mark.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    file: &'a str,
    text: &'a str,
    bom: bool,
}

impl<'a> Source<'a> {
    pub fn read(bytes: &'a [u8], file: &'a str) -> Result<Self, DocumentError> {
        let marked = bytes.strip_prefix(BOM.as_bytes());
        let body = marked.unwrap_or(bytes);
        match std::str::from_utf8(body) {
            Ok(text) => Ok(Source { file, text, bom: marked.is_some() }),
            Err(error) => {
                let valid = body.get(..error.valid_up_to()).and_then(|head| std::str::from_utf8(head).ok());
                let source = Source { file, text: valid.unwrap_or_default(), bom: false };
                Err(source.broken(vec![not_utf8(body, source.text.len())]))
            }
        }
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    pub fn file(&self) -> &'a str {
        self.file
    }

    /// The document as a tree whose keys and values know their bytes.
    pub fn parse(&self) -> Result<Spanned<DeTable<'a>>, DocumentError> {
        DeTable::parse(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            self.broken(vec![Flaw { at, message, hint: None, rule: None }])
        })
    }

    /// The line end that new lines get: the one that the file begins with.
    pub fn eol(&self) -> &'static str {
        let first = self.text.find('\n').and_then(|at| self.text.get(..at));
        if first.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" }
    }

    /// The text with its byte order mark.
    pub fn whole(&self, text: &str) -> String {
        if self.bom { format!("{BOM}{text}") } else { text.to_owned() }
    }

    pub fn broken(&self, mut flaws: Vec<Flaw>) -> DocumentError {
        flaws.sort_by_key(|flaw| flaw.at);
        let mut place = Place { source: *self, line: 1, line_start: 0, seen: 0 };
        DocumentError::Broken(flaws.into_iter().map(|flaw| place.fault(flaw)).collect())
    }

    pub(crate) fn unkeepable(&self, flaw: Flaw) -> DocumentError {
        let mut place = Place { source: *self, line: 1, line_start: 0, seen: 0 };
        DocumentError::Unkeepable(Box::new(place.fault(flaw)))
    }
}

/// Counts lines and columns of bytes that come in ascending order, in one walk through the text.
struct Place<'a> {
    source: Source<'a>,
    line: usize,
    line_start: usize,
    seen: usize,
}

impl Place<'_> {
    fn fault(&mut self, flaw: Flaw) -> Fault {
        let text = self.source.text;
        let at = (self.seen..=flaw.at.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let at = at.unwrap_or(self.seen);
        let between = text.get(self.seen..at).unwrap_or_default();
        self.line += between.matches('\n').count();
        if let Some(newline) = between.rfind('\n') {
            self.line_start = self.seen + newline + 1;
        }
        self.seen = at;
        let column = text.get(self.line_start..at).unwrap_or_default().chars().count() + 1;
        let Flaw { message, hint, rule, .. } = flaw;
        Fault { file: self.source.file.to_owned(), line: self.line, column, message, hint, rule }
    }
}

fn not_utf8(body: &[u8], at: usize) -> Flaw {
    let wide = body.starts_with(&[0xff, 0xfe]) || body.starts_with(&[0xfe, 0xff]);
    let hint = if wide {
        "it looks like UTF-16, which Windows PowerShell's > writes: save it as UTF-8"
    } else {
        "save the file as UTF-8"
    };
    Flaw::new(at, "the text is not UTF-8 from here on", hint)
}

/// Where the line that holds byte `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// Where the line that holds byte `at` ends, past its line end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|tail| tail.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

/// The bytes of `range`; nothing where they are none of the text's.
pub(super) fn slice<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or_default()
}
