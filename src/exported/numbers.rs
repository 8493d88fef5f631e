//! Enumerations as numbers, as ConvertTo-Json writes them.
//!
//! Seen beside their names in an export of Exchange 2019: those of AuthMechanism up to ExchangeServer, PermissionGroups
//! up to ExchangeLegacyServers, TransportRole, SizeEnabled, MessageRateSource, ProtocolLoggingLevel and DomainType. The
//! others go on by the same step.

use strum::VariantNames;

use crate::connector::TransportRole;
use crate::organization::send_connector::{ErrorPolicy, TlsAuthLevel};

/// Lists of names whose numbers are not their places, counted from 0.
const OTHERS: [(&[&str], &[u64]); 2] =
    [(TransportRole::VARIANTS, &[32, 16_384]), (TlsAuthLevel::VARIANTS, &[1, 2, 3])];

/// The name of a closed list that a number stands for.
pub(super) fn choice(names: &'static [&'static str], number: u64) -> Option<&'static str> {
    let others = OTHERS.iter().find(|(known, _)| *known == names);
    let place = match others {
        Some((_, numbers)) => numbers.iter().position(|known| *known == number),
        None => usize::try_from(number).ok(),
    };
    names.get(place?).copied()
}

/// The names of a list of flags that a number stands for: a bit each, in the list's order. `reported` names come after
/// those that can be set.
pub(super) fn flags(
    names: &'static [&'static str],
    reported: &'static [&'static str],
    number: u64,
) -> Option<Vec<&'static str>> {
    // The first policy is the word for none of the others, and has no bit.
    let without_bit = usize::from(names == ErrorPolicy::VARIANTS);
    if number == 0 && without_bit == 1 {
        return names.first().map(|name| vec![*name]);
    }
    let all: Vec<&'static str> = names.iter().skip(without_bit).chain(reported).copied().collect();
    let known = 1_u64.checked_shl(u32::try_from(all.len()).ok()?)? - 1;
    let set = |(at, name): (usize, &'static str)| (number >> at & 1 == 1).then_some(name);
    (number & !known == 0).then(|| all.into_iter().enumerate().filter_map(set).collect())
}
