//! Reads what `Export-Clixml` writes, as far as the fixtures go: objects as names and plain values.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::HashMap;
use std::path::Path;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A value of an exported property. Whatever has a text of its own (`ToString`) is that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clixml {
    /// `Nil`.
    Null,
    /// `B`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// `S`, and objects by their text: `36 MB (37,748,736 bytes)`, `Tls, Integrated`, `Unlimited`, `5000`.
    Text(String),
    /// `G`.
    Guid(String),
    /// `DT`, in RFC 3339: with `Z` where the product means UTC, else with the exporting server's offset.
    Time(String),
    /// `LST`.
    List(Vec<Clixml>),
}

/// The exported objects of a file with their properties in order, without those that remoting adds.
pub fn objects(path: &Path) -> Vec<Vec<(String, Clixml)>> {
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
    let text = std::fs::read_to_string(path).unwrap();
    let root = tree(&text);
    let mut named = HashMap::new();
    root.remember(&mut named);
    root.children
        .iter()
        .flat_map(|objects| &objects.children)
        .filter_map(|object| object.child("Props"))
        .map(|props| props.children.iter().map(|p| (p.name.clone(), p.value(&named))).collect())
        .collect()
}

/// An element.
#[derive(Clone, Default)]
struct Node {
    tag: String,
    name: String,
    reference: String,
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn of(start: &BytesStart<'_>) -> Self {
        let attribute = |key: &str| {
            start.try_get_attribute(key).unwrap().map_or_else(String::new, |found| {
                found.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned()
            })
        };
        Node {
            tag: start.name().as_ref().to_owned(),
            name: attribute("N"),
            reference: attribute("RefId"),
            ..Node::default()
        }
    }

    fn child(&self, tag: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.tag == tag)
    }

    /// Notes every object that a `Ref` may point to. (`TN` and `TNRef` count on their own.)
    fn remember<'a>(&'a self, named: &mut HashMap<&'a str, &'a Node>) {
        if self.tag == "Obj" {
            named.insert(&self.reference, self);
        }
        self.children.iter().for_each(|child| child.remember(named));
    }

    fn value(&self, named: &HashMap<&str, &Node>) -> Clixml {
        match self.tag.as_str() {
            "Nil" => Clixml::Null,
            "B" => Clixml::Bool(self.text == "true"),
            "I32" | "I64" | "By" => Clixml::Number(self.text.parse().unwrap()),
            "G" => Clixml::Guid(self.text.clone()),
            "DT" => Clixml::Time(self.text.clone()),
            "Ref" => named[self.reference.as_str()].value(named),
            "Obj" => match (self.child("LST"), self.child("ToString")) {
                (Some(list), _) => Clixml::List(list.children.iter().map(|item| item.value(named)).collect()),
                (None, text) => Clixml::Text(text.map_or_else(String::new, |text| text.text.clone())),
            },
            _ => Clixml::Text(self.text.clone()),
        }
    }
}

/// The elements of a document under one that holds its root.
fn tree(text: &str) -> Node {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Node::of(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(Node::of(&start)),
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let text = quick_xml::escape::unescape(&format!("&{};", entity.xml10_content()))
                    .unwrap()
                    .into_owned();
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Eof => return open.pop().unwrap(),
            _ => {}
        }
    }
}
