//! Extended rights on connectors: what Add-ADPermission can grant and what each decides (rule P8).

use std::hash::{Hash, Hasher};

use crate::text;

/// Which end of a transfer looks at a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Receive connectors.
    Receive,
    /// Send connectors: on a Receive connector it does nothing.
    Send,
    /// The directory, where it decides who administers the connector.
    Directory,
}

/// One right: an extended one, or one over the directory object.
#[derive(Debug)]
pub struct Right {
    /// Its name as printed.
    pub name: &'static str,
    /// The rightsGuid of its controlAccessRight, where public sources confirm it.
    pub guid: Option<&'static str>,
    /// The end that looks at it.
    pub side: Side,
    /// Other spellings that documents use; accepted, never printed.
    pub aka: &'static [&'static str],
    /// What it decides, in one sentence.
    pub decides: &'static str,
}

impl Right {
    /// Whether it is an extended right.
    #[must_use]
    pub(crate) fn is_extended(&self) -> bool {
        self.side != Side::Directory
    }

    /// Whether whoever has it has every extended right.
    #[must_use]
    pub(crate) fn holds_all_extended(&self) -> bool {
        self.name == EXTENDED_RIGHT || self.name == "GenericAll"
    }

    /// Whether an entry for it decides about `right`.
    #[must_use]
    pub fn covers(&self, right: &Right) -> bool {
        self == right || right.is_extended() && self.holds_all_extended()
    }

    /// Its place in [`RIGHTS`]; their number for any other.
    #[must_use]
    pub fn place(&self) -> usize {
        RIGHTS.iter().position(|right| std::ptr::eq(right, self)).unwrap_or(RIGHTS.len())
    }
}

/// Rights are the ones of [`RIGHTS`] and [`ACCESS_RIGHTS`] and no others.
impl PartialEq for Right {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.name == other.name
    }
}

impl Eq for Right {}

impl Hash for Right {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// The extended right called `name`, in any case, by another spelling of it or by its Guid.
#[must_use]
pub fn right(name: &str) -> Option<&'static Right> {
    let plain = name.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(name);
    let fits = |right: &&Right| {
        right.name.eq_ignore_ascii_case(name)
            || right.aka.iter().any(|aka| aka.eq_ignore_ascii_case(name))
            || right.guid.is_some_and(|guid| guid.eq_ignore_ascii_case(plain))
    };
    RIGHTS.iter().find(fits)
}

/// The access right called `name`, in any case.
#[must_use]
pub fn access_right(name: &str) -> Option<&'static Right> {
    ACCESS_RIGHTS.iter().find(|right| right.name.eq_ignore_ascii_case(name))
}

/// The names most like `typed`, the likest first.
#[must_use]
pub fn near_rights(typed: &str) -> Vec<&'static str> {
    // What all names begin with makes none of them likelier.
    let core = |name: &str| name.to_lowercase().replace("ms-exch-", "").replace("smtp-", "");
    let typed = core(typed);
    let mut names: Vec<(f64, &'static str)> = RIGHTS
        .iter()
        .map(|right| (text::likeness(&typed, &core(right.name)), right.name))
        .filter(|(likeness, _)| *likeness >= text::LIKE)
        .collect();
    names.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    names.into_iter().map(|(_, name)| name).take(3).collect()
}

/// Every right that is known.
pub static RIGHTS: &[Right] = &[
    Right {
        name: "ms-Exch-SMTP-Submit",
        guid: Some("a18293f1-0685-4540-aa63-e32df421b3a2"),
        side: Side::Receive,
        aka: &[],
        decides: "Needed to submit at all: without it MAIL FROM and AUTH fail.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-Any-Recipient",
        guid: Some("5c82f031-4e4c-4326-88e1-8c4f0cad9de5"),
        side: Side::Receive,
        aka: &[],
        decides: "Relay: recipients outside the accepted domains.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-Authentication-Flag",
        guid: Some("1c75aca8-b56b-48b3-a021-858a29fa877b"),
        side: Side::Receive,
        aka: &[],
        decides: "AUTH= on MAIL FROM is honoured and the message counts as internal; otherwise external.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-Any-Sender",
        guid: Some("b857b50b-94a2-4b53-93f6-41cebd2fced0"),
        side: Side::Receive,
        aka: &[],
        decides: "No sender spoofing check for senders outside the organisation's domains.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender",
        guid: Some("c22841f4-96cb-498a-ac02-f9a87c74eb14"),
        side: Side::Receive,
        aka: &["ms-Exch-Accept-Authoritative-Domain-Sender"],
        decides: "Senders in the organisation's own domains are let through.",
    },
    Right {
        name: "ms-Exch-Bypass-Anti-Spam",
        guid: Some("d19299b4-86c2-4c9a-8fa7-acb70c63023a"),
        side: Side::Receive,
        aka: &[],
        decides: "No antispam filtering.",
    },
    Right {
        name: "ms-Exch-Bypass-Message-Size-Limit",
        guid: Some("6760cfc5-70f4-4ae8-bc39-9522d86ac69b"),
        side: Side::Receive,
        aka: &[],
        decides: "Connector's message size limit does not apply.",
    },
    Right {
        name: "ms-Exch-SMTP-Send-Exch50",
        guid: Some("11716db4-9647-4bce-8922-1f99e526cb41"),
        side: Side::Send,
        aka: &[],
        decides: "XEXCH50 may be sent.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-Exch50",
        guid: Some("e373fb21-d851-4d15-af23-982f09f2400b"),
        side: Side::Receive,
        aka: &["ms-Exch-Accept-Exch50"],
        decides: "XEXCH50 is accepted (data for Exchange 2003 and older).",
    },
    Right {
        name: "ms-Exch-Accept-Headers-Routing",
        guid: Some("04031f4f-7c36-43ea-9b49-4bd0f5f1e6af"),
        side: Side::Receive,
        aka: &[],
        decides: "Received and Resent-* headers are kept.",
    },
    Right {
        name: "ms-Exch-Accept-Headers-Forest",
        guid: Some("a7a9ea66-e08c-4e23-8fe7-68c40e49c6c0"),
        side: Side::Receive,
        aka: &[],
        decides: "X-MS-Exchange-Forest-* headers are kept.",
    },
    Right {
        name: "ms-Exch-Accept-Headers-Organization",
        guid: Some("c307dccd-6676-4d19-95c8-d1567fab9820"),
        side: Side::Receive,
        aka: &[],
        decides: "X-MS-Exchange-Organization-* headers are kept.",
    },
    Right {
        name: "ms-Exch-Send-Headers-Routing",
        guid: Some("eb8c07ad-b5ad-49c3-831e-bc439cca4c2a"),
        side: Side::Send,
        aka: &[],
        decides: "Received headers are sent on.",
    },
    Right {
        name: "ms-Exch-Send-Headers-Forest",
        guid: Some("b3f9f977-552c-4ee6-9781-59280a81417b"),
        side: Side::Send,
        aka: &[],
        decides: "X-MS-Exchange-Forest-* headers are sent on.",
    },
    Right {
        name: "ms-Exch-Send-Headers-Organization",
        guid: Some("2f7d0e23-f951-4ed0-8e71-39b6a22fa298"),
        side: Side::Send,
        aka: &[],
        decides: "X-MS-Exchange-Organization-* headers are sent on.",
    },
    Right {
        name: "ms-Exch-SMTP-Send-XShadow",
        guid: Some("5bc2acab-ad7d-4878-b6cd-3122a47c6a1c"),
        side: Side::Send,
        aka: &[],
        decides: "Reserved: shadow redundancy, sending side.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-XShadow",
        guid: Some("811d004b-e2ed-4024-8953-0f0fb0612e47"),
        side: Side::Receive,
        aka: &[],
        decides: "Reserved: shadow redundancy verbs. Since 2010.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-XProxyFrom",
        guid: Some("5bee2b72-50d7-49c7-ba66-39a25daa1e92"),
        side: Side::Receive,
        aka: &[],
        decides: "Reserved: front end hands over the original client's data. Since 2013.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-XSessionParams",
        guid: None,
        side: Side::Receive,
        aka: &[],
        decides: "Reserved. Since 2013.",
    },
    Right {
        name: "ms-Exch-SMTP-Send-XMessageContext-ADRecipientCache",
        guid: None,
        side: Side::Send,
        aka: &[],
        decides: "Reserved. Since 2013; the documentation lists it in the group ExchangeServers.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-XMessageContext-ADRecipientCache",
        guid: None,
        side: Side::Receive,
        aka: &[],
        decides: "Reserved. Since 2013.",
    },
    Right {
        name: "ms-Exch-SMTP-Send-XMessageContext-ExtendedProperties",
        guid: None,
        side: Side::Send,
        aka: &[],
        decides: "Reserved. Since 2013; the documentation lists it in the group ExchangeServers.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-XMessageContext-ExtendedProperties",
        guid: None,
        side: Side::Receive,
        aka: &[],
        decides: "Reserved. Since 2013.",
    },
    Right {
        name: "ms-Exch-SMTP-Send-XMessageContext-FastIndex",
        guid: None,
        side: Side::Send,
        aka: &[],
        decides: "Reserved. Since 2013; the documentation lists it in the group ExchangeServers.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-XMessageContext-FastIndex",
        guid: None,
        side: Side::Receive,
        aka: &[],
        decides: "Reserved. Since 2013.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-XAttr",
        guid: None,
        side: Side::Receive,
        aka: &[],
        decides: "Reserved. Since 2013.",
    },
    Right {
        name: "ms-Exch-SMTP-Accept-XSysProbe",
        guid: None,
        side: Side::Receive,
        aka: &[],
        decides: "Reserved: monitoring probes. Since 2013.",
    },
];

/// The access right that extended rights are given by; without one of them it holds them all.
pub const EXTENDED_RIGHT: &str = "ExtendedRight";

const fn access(name: &'static str, decides: &'static str) -> Right {
    Right { name, guid: None, side: Side::Directory, aka: &[], decides }
}

/// Rights over the directory object of a connector, as `-AccessRights` names them.
pub static ACCESS_RIGHTS: [Right; 19] = [
    access("AccessSystemSecurity", "Auditing is read and changed."),
    access("CreateChild", "Objects are made below it."),
    access("DeleteChild", "Objects below it are deleted."),
    access("ListChildren", "Objects below it are listed."),
    access("Self", "Validated writes."),
    access("ReadProperty", "Properties are read."),
    access("WriteProperty", "Properties are changed."),
    access("DeleteTree", "It is deleted with everything below it."),
    access("ListObject", "It is listed."),
    access(EXTENDED_RIGHT, "Every extended right."),
    access("Delete", "It is deleted."),
    access("ReadControl", "Its access list is read."),
    access("GenericExecute", "ReadControl and ListChildren."),
    access("GenericWrite", "ReadControl, WriteProperty and Self."),
    access("GenericRead", "ReadControl, ListChildren, ReadProperty and ListObject."),
    access("WriteDacl", "Its access list is changed."),
    access("WriteOwner", "Its owner is changed."),
    access("GenericAll", "Every right, extended ones too."),
    access("Synchronize", "It is waited for."),
];

/// Their names.
pub static ACCESS_RIGHT_NAMES: [&str; ACCESS_RIGHTS.len()] = {
    let (mut names, mut at) = ([""; ACCESS_RIGHTS.len()], 0);
    while at < names.len() {
        names[at] = ACCESS_RIGHTS[at].name;
        at += 1;
    }
    names
};
