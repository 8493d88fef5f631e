//! The kinds of objects that exports hold: how each is recognized, and which cmdlet exports it.

use enumset::{EnumSet, EnumSetType};
use strum::{EnumString, IntoStaticStr, VariantNames};

use super::Item;
use crate::param::Closed;

/// A kind of exported objects, by its noun.
#[derive(EnumSetType, Debug, PartialOrd, Ord, Hash, VariantNames, IntoStaticStr, EnumString)]
#[expect(missing_docs, reason = "the product's own nouns")]
pub enum ExportKind {
    ExchangeServer,
    ReceiveConnector,
    ADPermission,
    SendConnector,
    AcceptedDomain,
    TransportConfig,
    EdgeSubscription,
}

impl Closed for ExportKind {}

/// How a kind is recognized.
struct Marks {
    /// The last parts of its types' names.
    types: &'static [&'static str],
    /// Properties that together no other kind has.
    properties: &'static [&'static str],
}

impl ExportKind {
    /// Its noun.
    #[must_use]
    pub fn noun(self) -> &'static str {
        self.into()
    }

    /// Its objects by number: `1 receive connector`.
    #[must_use]
    pub fn counted(self, count: usize) -> String {
        let (one, several) = match self {
            ExportKind::ExchangeServer => ("server", "servers"),
            ExportKind::ReceiveConnector => ("receive connector", "receive connectors"),
            ExportKind::ADPermission => ("access list entry", "access list entries"),
            ExportKind::SendConnector => ("send connector", "send connectors"),
            ExportKind::AcceptedDomain => ("accepted domain", "accepted domains"),
            ExportKind::TransportConfig => ("transport configuration", "transport configurations"),
            ExportKind::EdgeSubscription => ("Edge subscription", "Edge subscriptions"),
        };
        format!("{count} {}", if count == 1 { one } else { several })
    }

    /// The command that exports it whole.
    #[must_use]
    pub(crate) fn export_command(self) -> String {
        let noun = self.noun();
        match self {
            ExportKind::ADPermission => {
                "@(Get-ReceiveConnector) + @(Get-SendConnector) | ForEach-Object { Get-ADPermission $_.DistinguishedName } | Export-Clixml ADPermission.xml".to_owned()
            }
            _ => format!("Get-{noun} | Export-Clixml {noun}.xml"),
        }
    }

    fn marks(self) -> Marks {
        let (types, properties): (&[&str], &[&str]) = match self {
            ExportKind::ExchangeServer => (&["ExchangeServer", "Server"], &["Fqdn", "ServerRole"]),
            ExportKind::ReceiveConnector => (&["ReceiveConnector"], &["Bindings", "RemoteIPRanges"]),
            ExportKind::ADPermission => (&["ADAcePresentationObject"], &["User", "ExtendedRights"]),
            ExportKind::SendConnector => (&["SmtpSendConnectorConfig", "SendConnector"], &["AddressSpaces"]),
            ExportKind::AcceptedDomain => (&["AcceptedDomain"], &["DomainName", "DomainType"]),
            ExportKind::TransportConfig => {
                (&["TransportConfigContainer"], &["MaxRecipientEnvelopeLimit", "TLSReceiveDomainSecureList"])
            }
            ExportKind::EdgeSubscription => (&["EdgeSubscription"], &[]),
        };
        Marks { types, properties }
    }

    /// The kind of an object: by its types, else by its properties.
    #[must_use]
    pub fn of(item: &Item) -> Option<ExportKind> {
        let types = || item.types.iter().map(|name| name.rsplit('.').next().unwrap_or(name));
        let by_type = |kind: &ExportKind| {
            types().any(|name| kind.marks().types.iter().any(|known| known.eq_ignore_ascii_case(name)))
        };
        // Properties that no other kind has together; where there are none, types alone tell.
        let by_property = |kind: &ExportKind| {
            let properties = kind.marks().properties;
            !properties.is_empty() && properties.iter().all(|name| item.cell(name).is_some())
        };
        let known = EnumSet::<ExportKind>::all();
        known.iter().find(by_type).or_else(|| known.iter().find(by_property))
    }
}
