//! What a log can show of a refusal: the reply that it words, and whether the log has everything that it depends on.

use super::steps::{RULES, Refusal};
use crate::param::Version;

impl Refusal {
    /// The refusals whose reply a server of that version words like the line, with or without enhanced status codes.
    #[must_use]
    pub(crate) fn worded(line: &str, version: Version) -> Vec<Refusal> {
        let is_worded = |refusal: &Refusal| refusal.reply().is_some_and(|reply| reply.begins(line, version));
        RULES.iter().map(|rule| rule.refusal).filter(is_worded).collect()
    }

    /// Whether it depends on what no protocol log has: other sessions at the same time, the message itself, the state of
    /// the service.
    #[must_use]
    pub(crate) fn needs_more_than_a_log(self) -> bool {
        use Refusal::{
            BareLinefeed, Connections, ConnectionsPerSource, ExtendedProtection, HeaderSender,
            HeaderSenderAnonymous, HeaderSize, Hops, LocalHops, MessageRate, NoRange, NotActive, NotBound,
            Size,
        };
        matches!(
            self,
            NotBound
                | NoRange
                | Connections
                | ConnectionsPerSource
                | NotActive
                | MessageRate
                | ExtendedProtection
                | HeaderSender
                | HeaderSenderAnonymous
                | HeaderSize
                | Hops
                | LocalHops
                | Size
                | BareLinefeed
        )
    }

    /// Whether a right of the session would have prevented it.
    #[must_use]
    pub(crate) fn needs_a_right(self) -> bool {
        use Refusal::{DeclaredSize, HeaderSender, Relay, Sender, Size, SubmitAccount, SubmitIdentified};
        matches!(self, SubmitAccount | SubmitIdentified | Relay | Sender | HeaderSender | DeclaredSize | Size)
    }
}
