//! Objects that later ones may refer to. Equal ones are kept once: an export repeats the same few values in every
//! object, so memory grows with what is different in a file, and not with its length.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::mem::discriminant;
use std::rc::Rc;

use super::{Error, Object, Value};

/// The most different objects that are kept: some 200 MB of ordinary ones.
const MOST: usize = 500_000;

/// How far a number may be ahead of the count of objects, which PowerShell numbers from 0.
const AHEAD: usize = 1024;

/// Objects by the number that the file gave them.
#[derive(Default)]
pub(super) struct References {
    known: HashMap<Shared, u32>,
    objects: Vec<Rc<Object>>,
    /// The place in `objects` by number.
    numbered: Vec<u32>,
    /// The same for what is no number, or far ahead.
    named: HashMap<String, u32>,
    read: usize,
}

/// In place of a place: no such object.
const NONE: u32 = u32::MAX;
/// In place of a place: an object that is not kept.
const FORGOTTEN: u32 = u32::MAX - 1;

impl References {
    /// Keeps an object; what is given back is shared with equal ones.
    pub fn insert(&mut self, id: &str, object: Object) -> Rc<Object> {
        let object = Rc::new(object);
        let shared = Shared(Rc::clone(&object));
        let place = match self.known.get(&shared) {
            Some(place) => *place,
            None if self.objects.len() < MOST => {
                let place = u32::try_from(self.objects.len()).unwrap_or(FORGOTTEN);
                self.known.insert(shared, place);
                self.objects.push(Rc::clone(&object));
                place
            }
            None => FORGOTTEN,
        };
        self.number(id, place);
        self.objects.get(place as usize).map_or(object, Rc::clone)
    }

    fn number(&mut self, id: &str, place: u32) {
        self.read += 1;
        match id.parse::<usize>() {
            Ok(number) if number < 2 * self.read + AHEAD => {
                if number >= self.numbered.len() {
                    self.numbered.resize(number + 1, NONE);
                }
                if let Some(known) = self.numbered.get_mut(number) {
                    *known = place;
                }
            }
            _ if id.is_empty() => {}
            _ => drop(self.named.insert(id.to_owned(), place)),
        }
    }

    /// The object of that number.
    ///
    /// # Errors
    /// Where there is none before it, and where it is not kept.
    pub fn get(&self, id: &str) -> Result<Rc<Object>, Error> {
        let numbered = id.parse::<usize>().ok().and_then(|number| self.numbered.get(number).copied());
        let place = numbered.filter(|place| *place != NONE).or_else(|| self.named.get(id).copied());
        match place {
            None => Err(Error::Reference { tag: "Ref".to_owned(), id: id.to_owned() }),
            Some(place) => {
                let object = self.objects.get(place as usize).cloned();
                object.ok_or_else(|| Error::Forgotten { id: id.to_owned(), most: MOST })
            }
        }
    }
}

/// An object whose inner objects are compared by where they are, since equal ones are shared: a few objects that refer
/// to each other many times over cost no more than their elements.
struct Shared(Rc<Object>);

impl Shared {
    fn members(&self) -> impl Iterator<Item = (&str, &Value)> {
        let Object { plain, properties, added, items, .. } = self.0.as_ref();
        let named = properties.iter().chain(added).map(|(name, value)| (&**name, value));
        let items = items.iter().flatten().chain(plain).map(|value| ("", value));
        named.chain(items)
    }

    /// What the members alone do not say.
    fn shape(&self) -> (&[String], Option<&str>, usize, Option<usize>, bool) {
        let Object { types, text, plain, properties, items, .. } = self.0.as_ref();
        (types, text.as_deref(), properties.len(), items.as_ref().map(Vec::len), plain.is_some())
    }
}

impl Hash for Shared {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shape().hash(state);
        for (name, value) in self.members() {
            (name, discriminant(value)).hash(state);
            match value {
                Value::Null | Value::Bytes => {}
                Value::Bool(value) => value.hash(state),
                Value::Number(value) => value.hash(state),
                Value::Text(text) | Value::Guid(text) | Value::Time(text) => text.hash(state),
                Value::Object(object) => Rc::as_ptr(object).hash(state),
            }
        }
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        let same = |((name, value), (known, other)): ((&str, &Value), (&str, &Value))| {
            let same = match (value, other) {
                (Value::Object(one), Value::Object(other)) => Rc::ptr_eq(one, other),
                (one, other) => one == other,
            };
            same && name == known
        };
        // Equal shapes have as many members, but for what PowerShell added.
        self.shape() == other.shape()
            && self.0.added.len() == other.0.added.len()
            && self.members().zip(other.members()).all(same)
    }
}

impl Eq for Shared {}
