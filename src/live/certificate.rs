//! The certificate of a server, as far as an administrator asks for it.

use std::net::IpAddr;

use jiff::Timestamp;
use x509_cert::der::Decode;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Whom it is for, as a distinguished name (RFC 4514).
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Its subject alternative names: DNS names, then addresses.
    pub names: Vec<String>,
    /// From when it is valid.
    pub not_before: Timestamp,
    /// Until when it is valid.
    pub not_after: Timestamp,
}

impl Certificate {
    /// Reads a certificate of X.509 in DER; nothing where it is none.
    #[must_use]
    pub fn read(der: &[u8]) -> Option<Self> {
        let read = x509_cert::Certificate::from_der(der).ok()?;
        let own = read.tbs_certificate();
        let moment = |time: x509_cert::time::Time| {
            Timestamp::from_second(i64::try_from(time.to_unix_duration().as_secs()).ok()?).ok()
        };
        let alternative: Option<(bool, SubjectAltName)> = own.get_extension().ok()?;
        let alternative = alternative.map(|(_, names)| names.0).unwrap_or_default();
        let (mut names, mut addresses) = (Vec::new(), Vec::new());
        for name in alternative {
            match name {
                GeneralName::DnsName(name) => names.push(name.to_string()),
                GeneralName::IpAddress(octets) => addresses.extend(address(octets.as_bytes())),
                _ => {}
            }
        }
        names.extend(addresses);
        Some(Certificate {
            subject: own.subject().to_string(),
            issuer: own.issuer().to_string(),
            names,
            not_before: moment(own.validity().not_before)?,
            not_after: moment(own.validity().not_after)?,
        })
    }

    /// Whether one of its names is this one, or stands for it with `*` in place of the first label (RFC 9525).
    #[must_use]
    pub(crate) fn is_for(&self, name: &str) -> bool {
        let parent = name.split_once('.').map(|(_, parent)| parent);
        self.names.iter().any(|own| match own.strip_prefix("*.") {
            Some(own) => parent.is_some_and(|parent| parent.eq_ignore_ascii_case(own)),
            None => own.eq_ignore_ascii_case(name),
        })
    }

    /// Whether it names itself as its issuer.
    #[must_use]
    pub(crate) fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }
}

fn address(octets: &[u8]) -> Option<String> {
    let four = <[u8; 4]>::try_from(octets).map(IpAddr::from);
    let address = four.or_else(|_| <[u8; 16]>::try_from(octets).map(IpAddr::from));
    address.ok().map(|address| address.to_string())
}
