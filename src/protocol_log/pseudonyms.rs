//! Pseudonyms for what names a person or a company: the same one for the same name, in one run.
//!
//! What the rules decide by stays what it is: an address goes to another one that no range tells from it, a mail domain
//! that is no accepted domain to another such one, and names that the store describes stay.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use foldhash::fast::RandomState;
use jiff::Timestamp;
use memchr::memmem;

use super::mentions::{DIGITS, Mentions, PART, parts};
use super::vocabulary;

/// What stands in place of what is left out.
pub const REMOVED: &str = "(removed)";
/// The fewest characters of a label of a domain that is looked for elsewhere: `com` and `co` are everybody's.
const LABEL: usize = 4;

/// The most letters of a word that is looked up without a copy.
const LONGEST: usize = 24;

/// Where addresses begin that are of another kind than those before: private, loopback, link-local, multicast.
static KINDS: &[IpAddr] = &[
    IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    v4(10, 0),
    v4(11, 0),
    v4(127, 0),
    v4(128, 0),
    v4(169, 254),
    v4(169, 255),
    v4(172, 16),
    v4(172, 32),
    v4(192, 168),
    v4(192, 169),
    v4(224, 0),
    IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    v6(0x2000),
    v6(0xfc00),
    v6(0xfe00),
    v6(0xfe80),
    v6(0xfec0),
    v6(0xff00),
];
/// Where pseudonyms begin, in the runs that hold one of these: addresses for documentation, and private ones that few
/// networks use.
static STARTS: [IpAddr; 7] = [
    IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1)),
    IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
    IpAddr::V4(Ipv4Addr::new(10, 200, 0, 1)),
    IpAddr::V4(Ipv4Addr::new(172, 30, 0, 1)),
    IpAddr::V4(Ipv4Addr::new(192, 168, 200, 1)),
    IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
];

const fn v4(first: u8, second: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(first, second, 0, 0))
}

const fn v6(first: u16) -> IpAddr {
    IpAddr::V6(Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0))
}

/// Whether the store describes an account, however it is written.
pub type IsKnown = Box<dyn Fn(&str) -> bool>;

/// What of a log is no secret, or what a decision hangs on. Names are in small letters.
#[derive(Default)]
pub struct Known {
    /// First addresses of runs whose addresses are all within the same ranges.
    cuts: BTreeSet<IpAddr>,
    /// Addresses of servers, which stay.
    servers: HashSet<IpAddr>,
    /// The organization's servers, each by its short and its full name, and its NetBIOS domain.
    pub hosts: HashSet<String>,
    /// Mail domains that stay, with whether domains below stay too.
    pub domains: HashMap<String, bool>,
    /// Accounts and mailboxes that the store describes.
    pub names: HashSet<String>,
    /// Whether the store describes an account, however it is written.
    pub account: Option<IsKnown>,
    /// Texts that the store has and servers say, such as banners and the names of connectors.
    pub texts: Vec<String>,
    /// Whether a connector refuses recipients in the top-level domains that RFC 2606 reserves.
    pub refuses_reserved: bool,
}

impl Known {
    /// The address of a server, as a run of its own, which goes to itself.
    pub fn keep(&mut self, address: IpAddr) {
        self.servers.insert(address);
        self.cuts.insert(address);
        self.cuts.extend(after(address));
    }

    /// A range: its addresses are distinguished from those beside it.
    pub fn range(&mut self, first: IpAddr, last: IpAddr) {
        self.cuts.insert(first);
        self.cuts.extend(after(last));
    }

    fn has_name(&self, name: &str) -> bool {
        self.names.contains(&name.to_lowercase()) || self.account.as_ref().is_some_and(|has| has(name))
    }

    fn has_domain(&self, domain: &str) -> bool {
        let above = std::iter::successors(domain.split_once('.'), |(_, rest)| rest.split_once('.'));
        self.domains.contains_key(domain)
            || above.map(|(_, rest)| rest).any(|name| self.domains.get(name) == Some(&true))
    }
}

/// Pseudonyms of one kind, by what they stand for in small letters.
#[derive(Default)]
struct Series {
    given: HashMap<String, String, RandomState>,
    count: usize,
}

impl Series {
    /// The pseudonym of a name: what `make` makes of the next number that gives none that `is_taken`.
    fn of(&mut self, name: &str, make: impl Fn(usize) -> String, is_taken: impl Fn(&str) -> bool) -> String {
        let folded = name.to_lowercase();
        if let Some(known) = self.given.get(&folded) {
            return known.clone();
        }
        let made = loop {
            self.count += 1;
            let made = make(self.count);
            if !is_taken(&made) {
                break made;
            }
        };
        self.given.insert(folded, made.clone());
        made
    }
}

/// The pseudonyms that were given.
pub struct Pseudonyms {
    known: Known,
    /// The parts of names that stay without their domains, which no pseudonym may be.
    locals: HashSet<String>,
    /// Words that name nobody: those that servers say by themselves, and those of what stays, which is one text as well.
    common: HashSet<String, RandomState>,
    kept_text: String,
    /// What the session that is read names.
    pub(super) mentions: Mentions,
    addresses: HashMap<IpAddr, IpAddr, RandomState>,
    kept: HashSet<IpAddr, RandomState>,
    /// How many were given of each run of addresses, by its first.
    given: HashMap<IpAddr, u128>,
    names: Series,
    domains: Series,
    hosts: Series,
    messages: Series,
}

impl Pseudonyms {
    /// None yet.
    #[must_use]
    pub fn new(mut known: Known) -> Self {
        known.cuts.extend(KINDS);
        let local = |name: &String| {
            let bare = name.rsplit('\\').next().unwrap_or_default();
            bare.split('@').next().unwrap_or_default().to_owned()
        };
        let texts = known.hosts.iter().chain(known.domains.keys()).chain(&known.names).chain(&known.texts);
        let texts: Vec<String> = texts.map(|text| text.to_lowercase()).collect();
        let whole = texts.iter().map(String::as_str);
        let words = texts.iter().flat_map(|text| parts(text));
        Pseudonyms {
            common: owned(vocabulary::words()).chain(owned(words.chain(whole))).collect(),
            kept_text: texts.join("\n"),
            mentions: Mentions::default(),
            locals: known.names.iter().map(local).collect(),
            known,
            addresses: HashMap::default(),
            kept: HashSet::default(),
            given: HashMap::new(),
            names: Series::default(),
            domains: Series::default(),
            hosts: Series::default(),
            messages: Series::default(),
        }
    }

    /// Leaves an address as it is, unless it has a pseudonym: one of a server that the store does not have.
    pub fn keep(&mut self, address: IpAddr) {
        if let Entry::Vacant(place) = self.addresses.entry(address) {
            place.insert(address);
            self.kept.insert(address);
        }
    }

    /// Another address of the same run, each one once.
    pub fn address(&mut self, address: IpAddr) -> IpAddr {
        if let Some(known) = self.addresses.get(&address) {
            return *known;
        }
        let first = self.known.cuts.range(..=address).next_back().copied().unwrap_or(address);
        let next = self.known.cuts.range(address..).find(|cut| **cut > address).copied();
        let last = next.filter(|next| next.is_ipv4() == first.is_ipv4()).map_or(greatest(first), before);
        let (low, high) = (number(first), number(last));
        let mut start = STARTS.iter().filter(|one| one.is_ipv4() == first.is_ipv4()).map(|one| number(*one));
        let start = start.find(|one| (low..=high).contains(one));
        let start = start.unwrap_or(if low < high { low + 1 } else { low });
        let given = self.given.entry(first).or_default();
        let pseudonym = loop {
            // Past the last one it goes on with the first: a run has as many pseudonyms as addresses.
            let at = match given.checked_sub(high - start + 1) {
                None => start + *given,
                Some(past) => low + past % (high - low + 1),
            };
            *given += 1;
            let pseudonym = of_number(at, first);
            if !self.kept.contains(&pseudonym) {
                break pseudonym;
            }
        };
        self.addresses.insert(address, pseudonym);
        pseudonym
    }

    /// An account or the part of an address before the `@`.
    pub fn name(&mut self, name: &str) -> String {
        // A part in quotes is the same mailbox as without: "John Smith"@fabrikam.com.
        let name = name.trim_matches('"');
        if name.is_empty() {
            return String::new();
        }
        let locals = &self.locals;
        let made = self.names.of(name, |count| format!("user{count}"), |made| locals.contains(made));
        self.learn(name, PART, &made);
        made
    }

    /// Notes that somebody is called like that, wherever the session says it again.
    fn learn(&mut self, name: &str, least: usize, pseudonym: &str) {
        let Pseudonyms { mentions, common, kept_text, .. } = self;
        mentions.learn(&name.to_lowercase(), least, pseudonym, |word, within| match within {
            true => {
                vocabulary::is_part(word) || memmem::find(kept_text.as_bytes(), word.as_bytes()).is_some()
            }
            false => common.contains(word),
        });
    }

    /// Notes words that are removed, wherever the session says them again.
    pub(super) fn remove(&mut self, text: &str) {
        let ends = |one: char| one.is_whitespace() || ",;<>()[]{}\"'=/".contains(one);
        let words = text.split(ends).filter(|word| word.parse::<Timestamp>().is_err());
        words.for_each(|word| self.learn(word, LABEL, REMOVED));
    }

    /// Whether a word in small letters names nobody: servers say it, or the store has it.
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// Whether a word stays wherever it stands, which most do: a number of few digits, or letters that name nobody.
    pub(super) fn stays(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        if bytes.iter().all(u8::is_ascii_digit) {
            return bytes.len() < DIGITS;
        }
        let mut small = [0; LONGEST];
        let Some(small) = small.get_mut(..bytes.len()) else { return false };
        let letters = bytes.iter().zip(&mut *small).all(|(byte, small)| {
            *small = byte.to_ascii_lowercase();
            byte.is_ascii_alphabetic()
        });
        letters && std::str::from_utf8(small).is_ok_and(|word| self.common.contains(word))
    }

    /// The pseudonym of a word in small letters that was the name of somebody or of something.
    pub(super) fn mentioned(&self, word: &str) -> Option<String> {
        // A letter is a word of sentences, whoever is called like that.
        if word.chars().count() < 2 || self.is_common(word) {
            return None;
        }
        let of_session = self.mentions.of_word(word).map(str::to_owned);
        let is_name = word.chars().any(char::is_alphabetic);
        let before =
            || [&self.names, &self.hosts, &self.domains].into_iter().find_map(|all| all.given.get(word));
        of_session.or_else(|| before().filter(|_| is_name).cloned())
    }

    /// An account as logged: `DOMAIN\name`, `name@domain`, or a name.
    pub fn account(&mut self, account: &str) -> String {
        if account.is_empty() || self.known.has_name(account) {
            return account.to_owned();
        }
        let windows = account.split_once('\\').filter(|_| !account.starts_with('"'));
        if let Some((domain, name)) = windows {
            let is_server = self.known.hosts.contains(name.to_lowercase().trim_end_matches('$'));
            if is_server || domain.eq_ignore_ascii_case("NT AUTHORITY") {
                return account.to_owned();
            }
            return format!("{}\\{}", self.netbios(domain), self.name(name));
        }
        match account.rsplit_once('@') {
            Some((name, domain)) => self.mailbox(name, domain),
            None => self.name(account),
        }
    }

    fn netbios(&mut self, domain: &str) -> String {
        if self.known.hosts.contains(&domain.to_lowercase()) {
            return domain.to_owned();
        }
        self.domain(domain).split('.').next().unwrap_or_default().to_uppercase()
    }

    /// A mail address.
    pub fn mailbox(&mut self, name: &str, domain: &str) -> String {
        let whole = format!("{name}@{domain}");
        if self.known.has_name(&whole) {
            return whole;
        }
        format!("{}@{}", self.name(name), self.domain(domain))
    }

    /// A mail domain.
    pub fn domain(&mut self, domain: &str) -> String {
        let folded = domain.to_lowercase();
        if domain.is_empty() || self.known.has_domain(&folded) {
            return domain.to_owned();
        }
        let literal = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let (tag, literal) = match literal.map(|text| (text.get(..5), text)) {
            Some((Some(tag), text)) if tag.eq_ignore_ascii_case("IPv6:") => (tag, text.get(5..)),
            other => ("", other.map(|(_, text)| text)),
        };
        if let Some(address) = literal.and_then(|text| text.parse().ok()) {
            return format!("[{tag}{}]", self.address(address));
        }
        let known = &self.known;
        let ending = ending(&folded, known.refuses_reserved);
        let made =
            self.domains.of(domain, |count| format!("domain{count}{ending}"), |made| known.has_domain(made));
        let label = made.split('.').next().unwrap_or_default();
        let labels = folded.rsplit_once('.').map_or("", |(labels, _)| labels);
        for part in labels.split('.').filter(|part| part.chars().count() >= LABEL) {
            self.learn(part, LABEL, label);
        }
        self.learn(&folded, usize::MAX, &made);
        made
    }

    /// A host's name. Under a domain that has a pseudonym or stays, it is under that.
    pub fn host(&mut self, host: &str) -> String {
        let folded = host.to_lowercase();
        if host.is_empty() || self.known.hosts.contains(&folded) || self.known.domains.contains_key(&folded) {
            return host.to_owned();
        }
        // A computer of no domain is one to its own accounts: PC7\ann.
        if self.domains.given.contains_key(&folded) && !self.hosts.given.contains_key(&folded) {
            return self.domain(host);
        }
        let Some((first, rest)) = host.split_once('.') else { return self.label(&folded) };
        if rest.contains('.') || self.known.has_domain(&rest.to_lowercase()) {
            format!("{}.{}", self.label(&first.to_lowercase()), self.domain(rest))
        } else {
            self.domain(host)
        }
    }

    fn label(&mut self, label: &str) -> String {
        let known = &self.known;
        let made = self.hosts.of(label, |count| format!("host{count}"), |made| known.hosts.contains(made));
        self.learn(label, PART, &made);
        made
    }

    /// The identifier of a message, without its brackets.
    pub fn message(&mut self, id: &str) -> String {
        let host = id.rsplit_once('@').map(|(_, host)| self.host(host)).unwrap_or_default();
        self.messages.of(id, |count| format!("message{count}@{host}"), |_| false)
    }

    /// How many addresses, names and domains have one, and how many addresses have none, as runs of one address.
    #[must_use]
    pub fn counts(&self) -> [usize; 4] {
        let is_cut = |address: IpAddr| self.known.cuts.contains(&address);
        let is_alone = |address: IpAddr| is_cut(address) && after(address).is_none_or(is_cut);
        let of_client = self.addresses.keys().filter(|address| !self.kept.contains(*address));
        let (alone, others): (Vec<&IpAddr>, Vec<&IpAddr>) = of_client.partition(|one| is_alone(**one));
        let ranges = alone.iter().filter(|one| !self.known.servers.contains(**one)).count();
        [others.len(), self.names.given.len(), self.domains.given.len(), ranges]
    }
}

fn owned<'t>(words: impl Iterator<Item = &'t str>) -> impl Iterator<Item = String> {
    words.map(str::to_owned)
}

/// What the pseudonym of a domain ends with, so that the rules tell it from others as they do the domain: a single label
/// is one, and a domain that RFC 2606 reserves is in such a domain.
fn ending(domain: &str, refuses_reserved: bool) -> &'static str {
    let domain = domain.trim_end_matches('.');
    let top = domain.rsplit('.').next().unwrap_or_default();
    let is_second = ["example.com", "example.net", "example.org"]
        .iter()
        .any(|second| domain.strip_suffix(second).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    match top {
        _ if !domain.contains('.') => "",
        "test" | "example" | "invalid" | "localhost" => ".example",
        _ if is_second => ".example.com",
        _ if refuses_reserved => ".internal",
        _ => ".example",
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// The address of that number, of the family of `like`.
fn of_number(number: u128, like: IpAddr) -> IpAddr {
    match like {
        IpAddr::V4(_) => Ipv4Addr::from_bits(u32::try_from(number).unwrap_or(u32::MAX)).into(),
        IpAddr::V6(_) => Ipv6Addr::from_bits(number).into(),
    }
}

fn greatest(like: IpAddr) -> IpAddr {
    of_number(u128::MAX, like)
}

fn after(address: IpAddr) -> Option<IpAddr> {
    (address != greatest(address)).then(|| of_number(number(address) + 1, address))
}

fn before(address: IpAddr) -> IpAddr {
    of_number(number(address).saturating_sub(1), address)
}
