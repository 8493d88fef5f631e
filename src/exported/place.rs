//! Where an object stands in the directory, read out of its distinguished name or of its canonical one.

/// The parts of a directory name that say something here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The object's own name.
    pub name: String,
    /// The container that it stands in: `SMTP Receive Connectors`.
    pub container: String,
    /// The server that it belongs to.
    pub server: Option<String>,
    /// The Exchange organization.
    pub organization: Option<String>,
    /// The forest's DNS name; none for an Edge Transport server's own directory.
    pub domain: Option<String>,
}

impl Place {
    /// Of a distinguished name (`CN=…,CN=…`), of a canonical one (`contoso.com/Configuration/…`), or of `SERVER\Name`.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        if text.len() > 3 && text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("CN=")) {
            return Self::of_path(
                &split(text, ',').iter().map(|part| value(part)).collect::<Vec<_>>(),
                domain(text),
            );
        }
        if text.contains("/Configuration/") {
            let mut path = split(text, '/');
            path.reverse();
            let domain = path.pop().filter(|domain| domain.contains('.'));
            return Self::of_path(&path, domain);
        }
        let (server, name) = text.split_once('\\')?;
        let is_short = !server.is_empty() && !name.is_empty() && !name.contains('\\');
        is_short.then(|| Place { name: name.to_owned(), server: Some(server.to_owned()), ..Place::default() })
    }

    /// Names from the object up.
    fn of_path(path: &[String], domain: Option<String>) -> Option<Self> {
        let before = |container: &str| {
            let at = path.iter().position(|name| name.eq_ignore_ascii_case(container))?;
            path.get(at.checked_sub(1)?).cloned()
        };
        Some(Place {
            name: path.first()?.clone(),
            container: path.get(1).cloned().unwrap_or_default(),
            server: before("Servers"),
            organization: before("Microsoft Exchange"),
            domain,
        })
    }
}

/// Parts between separators, with what a backslash protects.
fn split(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == separator {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.extend(if c == '\\' { chars.next() } else { Some(c) });
        }
    }
    parts
}

fn value(part: &str) -> String {
    part.split_once('=').map_or(part, |(_, value)| value).to_owned()
}

/// `DC=contoso,DC=com` at the end.
fn domain(text: &str) -> Option<String> {
    let parts = split(text, ',');
    let labels: Vec<&str> = parts.iter().filter_map(|part| part.strip_prefix("DC=")).collect();
    (!labels.is_empty()).then(|| labels.join("."))
}
