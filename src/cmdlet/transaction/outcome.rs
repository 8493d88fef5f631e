//! What a cmdlet says came of it.

use super::Draft;
use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::help::export::Export;
use crate::cmdlet::runbook::End;
use crate::cmdlet::shared::filter::Condition;
use crate::cmdlet::transaction::batch::Batch;
use crate::cmdlet::transaction::logs::LogFiles;
use crate::manual::Document;
use crate::param::Finding;
use crate::picture::Drawing;

/// Objects of many servers, made one server at a time: a server is forgotten before the next one is read.
#[derive(Clone, Debug)]
pub struct PerServer {
    /// The servers, in order.
    pub servers: Vec<String>,
    /// The objects of one server.
    pub make: fn(&str, &mut Draft<'_>) -> Result<Vec<Object>, Problem>,
    /// What must hold of them.
    pub condition: Option<Condition>,
}

impl PerServer {
    /// The objects of one server.
    ///
    /// # Errors
    /// Where its file cannot be read, and those of the condition.
    pub fn objects(&self, server: &str, draft: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        let made = (self.make)(server, draft)?;
        match &self.condition {
            Some(condition) => condition.keep(made),
            None => Ok(made),
        }
    }
}

/// The outcome of one call.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Objects to print.
    pub objects: Vec<Object>,
    /// Something to read in place of objects, or of their table.
    pub document: Option<Document>,
    /// What the lines of a runbook print, each with the end of its pipeline.
    pub printed: Vec<(Vec<Object>, End)>,
    /// The picture that -Output asks for, as svg or html.
    pub picture: Option<Drawing>,
    /// The cmdlet lines that -Output powershell asks for.
    pub script: Option<String>,
    /// Rows of a file to answer one after the other, in place of objects.
    pub rows: Option<Batch>,
    /// Protocol logs to read session by session, in place of objects.
    pub logs: Option<LogFiles>,
    /// Objects that are made one server at a time, in place of objects.
    pub per_server: Option<PerServer>,
    /// Files to write for the user, before anything is printed.
    pub export: Option<Export>,
    /// Whether the cmdlet itself heeded -Property, so that every column of its rows is printed.
    pub heeds_property: bool,
    /// Warnings of the rules.
    pub warnings: Vec<Finding>,
    /// Sentences for stderr.
    pub notices: Vec<String>,
    /// [`Exit::Done`], or [`Exit::No`] for a question answered no.
    pub exit: Exit,
}

impl Outcome {
    /// An outcome that prints `objects`.
    #[must_use]
    pub fn of(objects: Vec<Object>) -> Self {
        Outcome { objects, ..Outcome::default() }
    }

    /// The same with the objects of every server made, for who hands them on.
    ///
    /// # Errors
    /// Where a server's file cannot be read.
    pub fn whole(mut self, draft: &mut Draft<'_>) -> Result<Self, Problem> {
        if let Some(all) = self.per_server.take() {
            for server in &all.servers {
                self.objects.extend(all.objects(server, draft)?);
            }
        }
        Ok(self)
    }

    /// What the cmdlet does that nothing but a run of its own carries out: within a runbook it would be left out, and
    /// nobody would see that.
    #[must_use]
    pub(crate) fn done_alone(&self) -> Option<&'static str> {
        let does = [
            (self.rows.is_some(), "reads a file of rows"),
            (self.logs.is_some(), "reads protocol logs"),
            (self.export.is_some(), "writes a file"),
            (self.script.is_some(), "prints a text"),
            (self.picture.is_some(), "draws a picture"),
        ];
        does.into_iter().find(|(does, _)| *does).map(|(_, says)| says)
    }

    /// An outcome that prints something to read.
    #[must_use]
    pub(crate) fn to_read(document: Document) -> Self {
        Outcome { document: Some(document), ..Outcome::default() }
    }
}
