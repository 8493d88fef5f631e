//! Elements to objects, with a stack of what is open.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::limited::Limited;
use super::references::References;
use super::{Error, Object, Value};

/// `Export-Clixml -Depth 100`, its greatest, opens four elements at a level of objects.
const DEEPEST: usize = 512;

/// The objects of a file, one after the other.
pub struct Objects<R> {
    reader: Reader<Limited<R>>,
    buffer: Vec<u8>,
    open: Vec<Open>,
    done: Option<Value>,
    types: HashMap<String, Rc<[String]>>,
    /// Names of properties, each once.
    names: HashSet<Rc<str>>,
    objects: References,
    state: State,
}

#[derive(PartialEq)]
enum State {
    Before,
    Inside,
    After,
}

/// The elements of the format; every other one holds a plain value.
const TAGS: [&str; 34] = [
    "S", "Obj", "Props", "B", "Nil", "T", "TNRef", "TN", "ToString", "MS", "LST", "I32", "Ref", "BA", "I64",
    "DT", "G", "Objs", "DCT", "En", "By", "SB", "I16", "U16", "U32", "U64", "QUE", "STK", "IE", "Db", "D",
    "Version", "URI", "SS",
];

/// Those that hold elements, and no text that means anything.
const CONTAINERS: [&str; 11] = ["Obj", "Props", "MS", "TN", "LST", "Objs", "DCT", "En", "QUE", "STK", "IE"];

/// An element whose end was not read yet.
#[derive(Default)]
struct Open {
    tag: &'static str,
    name: String,
    id: String,
    text: String,
    types: Vec<String>,
    object: Object,
    members: Vec<(Rc<str>, Value)>,
}

impl Open {
    fn new(start: &BytesStart<'_>) -> Result<Self, Error> {
        let tag = TAGS.into_iter().find(|tag| *tag == start.name().as_ref()).unwrap_or("?");
        let mut open = Open { tag, ..Open::default() };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(quick_xml::Error::from)?;
            let into = match attribute.key.as_ref() {
                "N" => &mut open.name,
                "RefId" => &mut open.id,
                _ => continue,
            };
            *into = unescape(attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned());
        }
        Ok(open)
    }

    fn invalid(&self) -> Error {
        Error::Value { tag: self.tag.to_owned(), text: self.text.clone() }
    }
}

impl<R: BufRead> Objects<R> {
    /// Reads UTF-8, with a byte order mark or without.
    pub fn new(source: R) -> Self {
        Objects {
            reader: Reader::from_reader(Limited::new(source)),
            buffer: Vec::new(),
            open: Vec::new(),
            done: None,
            types: HashMap::new(),
            names: HashSet::new(),
            objects: References::default(),
            state: State::Before,
        }
    }

    fn read(&mut self) -> Result<Option<Value>, Error> {
        while self.state != State::After {
            self.buffer.clear();
            self.reader.get_mut().begin();
            let event = self.reader.read_event_into(&mut self.buffer);
            match event.map_err(|why| broken(why, &self.open))? {
                Event::Start(start) => {
                    if self.state == State::Before && start.name().as_ref() != "Objs" {
                        return Err(Error::Root(start.name().as_ref().to_owned()));
                    }
                    let open = Open::new(&start)?;
                    self.start(open)?;
                }
                Event::Empty(start) => {
                    if self.state == State::Before && start.name().as_ref() != "Objs" {
                        return Err(Error::Root(start.name().as_ref().to_owned()));
                    }
                    let open = Open::new(&start)?;
                    self.start(open)?;
                    self.end()?;
                }
                Event::End(_) => self.end()?,
                Event::Text(text) => text_of(&mut self.open, &text.xml10_content()),
                Event::CData(text) => text_of(&mut self.open, &text.xml10_content()),
                Event::GeneralRef(entity) => {
                    let written = format!("&{};", entity.xml10_content());
                    let text = quick_xml::escape::unescape(&written).map_err(quick_xml::Error::from)?;
                    text_of(&mut self.open, &text);
                }
                Event::DocType(_) => return Err(Error::DocumentType),
                Event::Eof => {
                    return Err(self
                        .open
                        .last()
                        .map_or(Error::Empty, |open| Error::Truncated(open.tag.to_owned())));
                }
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            }
            if let Some(object) = self.done.take() {
                return Ok(Some(object));
            }
        }
        Ok(None)
    }

    fn start(&mut self, open: Open) -> Result<(), Error> {
        if self.open.len() == DEEPEST {
            return Err(Error::Depth(DEEPEST));
        }
        self.state = State::Inside;
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        let Some(parent) = self.open.last_mut() else {
            self.state = State::After;
            return Ok(());
        };
        match open.tag {
            "T" => parent.types.push(unescape(open.text)),
            "TN" => {
                let types: Rc<[String]> = std::mem::take(&mut open.types).into();
                self.types.insert(open.id, Rc::clone(&types));
                parent.object.types = types;
            }
            "TNRef" => {
                let known = self.types.get(&open.id).cloned();
                parent.object.types =
                    known.ok_or(Error::Reference { tag: open.tag.to_owned(), id: open.id })?;
            }
            "ToString" => parent.object.text = Some(unescape(open.text)),
            "Props" => parent.object.properties = exact(open.members),
            "MS" => parent.object.added = exact(open.members),
            "LST" | "QUE" | "STK" | "IE" | "DCT" => {
                let items: Vec<Value> = open.members.into_iter().map(|(_, value)| value).collect();
                parent.object.items = Some(exact(items));
            }
            "Ref" if self.is_outermost() => drop(self.objects.get(&open.id)?),
            "Obj" if self.is_outermost() => {
                let Object { types, text, .. } = &open.object;
                let said = Object { types: Rc::clone(types), text: text.clone(), ..Object::default() };
                self.objects.insert(&open.id, said);
                self.done = Some(Value::Object(Rc::new(open.object)));
            }
            _ => {
                let name = std::mem::take(&mut open.name);
                let value = self.value(open)?;
                self.place(name, value);
            }
        }
        Ok(())
    }

    /// Whether what ends now is an exported object: one of the file, or one of a list that was exported as one object.
    /// It is given out and not kept: a reference to it finds its types and its text, and one in its place, to an object
    /// that was given out before, nothing.
    fn is_outermost(&self) -> bool {
        match self.open.as_slice() {
            [_] => true,
            [_, list, elements] => {
                list.tag == "Obj"
                    && matches!(elements.tag, "LST" | "QUE" | "STK" | "IE")
                    && list.object.properties.is_empty()
            }
            _ => false,
        }
    }

    /// Gives a value to what it belongs to.
    fn place(&mut self, name: String, value: Value) {
        match self.open.last_mut() {
            Some(root) if root.tag == "Objs" => self.done = Some(value),
            Some(object) if object.tag == "Obj" => object.object.plain = Some(value),
            Some(parent) => {
                let name = match self.names.get(name.as_str()) {
                    Some(known) => Rc::clone(known),
                    None => {
                        let name: Rc<str> = name.into();
                        self.names.insert(Rc::clone(&name));
                        name
                    }
                };
                parent.members.push((name, value));
            }
            None => {}
        }
    }

    fn value(&mut self, open: Open) -> Result<Value, Error> {
        Ok(match open.tag {
            "Nil" => Value::Null,
            "B" => Value::Bool(open.text.parse().map_err(|_| open.invalid())?),
            "U64" => {
                let number: u64 = open.text.parse().map_err(|_| open.invalid())?;
                number.try_into().map_or(Value::Text(open.text), Value::Number)
            }
            "By" | "SB" | "I16" | "U16" | "I32" | "U32" | "I64" => {
                Value::Number(open.text.parse().map_err(|_| open.invalid())?)
            }
            "G" => Value::Guid(open.text),
            "DT" => Value::Time(open.text),
            "BA" => Value::Bytes,
            "En" => Value::Object(Rc::new(Object { properties: open.members, ..Object::default() })),
            "Obj" => Value::Object(self.objects.insert(&open.id, open.object)),
            "Ref" => Value::Object(
                match self.open.iter().find(|object| object.id == open.id && object.tag == "Obj") {
                    // To an object around it.
                    Some(Open { object: Object { types, text, .. }, .. }) => {
                        Rc::new(Object { types: Rc::clone(types), text: text.clone(), ..Object::default() })
                    }
                    None => self.objects.get(&open.id)?,
                },
            ),
            _ => Value::Text(unescape(open.text)),
        })
    }
}

impl<R: BufRead> Iterator for Objects<R> {
    type Item = Result<Value, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read();
        if read.is_err() {
            self.state = State::After;
        }
        read.transpose()
    }
}

/// As many places as there are elements: objects are kept by the hundred thousand.
fn exact<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}

/// Why an event cannot be read. A tag or a comment without an end goes on to the end of the file.
fn broken(why: quick_xml::Error, open: &[Open]) -> Error {
    use quick_xml::errors::SyntaxError;
    match (why, open.last()) {
        (quick_xml::Error::Io(why), _) => Error::Io(why.to_string()),
        (quick_xml::Error::Syntax(syntax), Some(open)) if syntax != SyntaxError::InvalidBangMarkup => {
            Error::Truncated(open.tag.to_owned())
        }
        (why, _) => Error::Xml(why),
    }
}

/// Adds to the text of the innermost element. Bytes are not kept.
fn text_of(open: &mut [Open], text: &str) {
    if let Some(open) = open.last_mut().filter(|open| open.tag != "BA" && !CONTAINERS.contains(&open.tag)) {
        open.text.push_str(text);
    }
}

/// `_x000A_`, as the format writes characters that XML has not, back to the character.
fn unescape(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        units.extend(rest[..at].encode_utf16());
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let unit = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match unit.and_then(|code| u16::from_str_radix(code, 16).ok()) {
            Some(unit) => {
                units.push(unit);
                rest = &rest[at + 7..];
            }
            None => {
                units.extend("_x".encode_utf16());
                rest = &rest[at + 2..];
            }
        }
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}
