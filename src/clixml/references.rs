//! The objects that a `Ref` may lead to: every one that was read, so that they are kept small, and each once.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{Object, Value};

/// The objects so far. Those of the object that is being read are whole; of earlier ones stays what they are printed by.
#[derive(Default)]
pub(super) struct References {
    /// Those of the exported object that is being read.
    fresh: Vec<(String, Rc<Object>)>,
    /// Earlier ones: `RefId` counts up from 0.
    earlier: Vec<Rc<Object>>,
    /// Earlier ones of a file that counts otherwise.
    others: HashMap<String, Rc<Object>>,
    /// The same servers, accounts and types stand in thousands of objects.
    known: HashSet<Rc<Object>>,
}

impl References {
    /// An object was read.
    pub(super) fn insert(&mut self, id: String, object: Rc<Object>) {
        self.fresh.push((id, object));
    }

    /// The object of that `RefId`.
    pub(super) fn get(&self, id: &str) -> Option<Rc<Object>> {
        let fresh = self.fresh.iter().rev().find(|(known, _)| known == id).map(|(_, object)| object);
        let earlier = || place(id).and_then(|place| self.earlier.get(place));
        fresh.or_else(earlier).or_else(|| self.others.get(id)).cloned()
    }

    /// An exported object was read whole; it ended last.
    pub(super) fn settle(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        let exported = fresh.pop().map(|(id, object)| (id, small(&object, |_| false)));
        let inner = fresh.drain(..).map(|(id, object)| (id, small(&object, is_plain)));
        let mut settled: Vec<(String, Object)> = inner.chain(exported).collect();
        // An object ends after those inside of it, and was counted before them.
        settled.sort_by_key(|(id, _)| place(id));
        for (id, object) in settled {
            let object = self.once(object);
            if place(&id) == Some(self.earlier.len()) {
                self.earlier.push(object);
            } else {
                self.others.insert(id, object);
            }
        }
    }

    fn once(&mut self, object: Object) -> Rc<Object> {
        if let Some(known) = self.known.get(&object) {
            return Rc::clone(known);
        }
        let object = Rc::new(object);
        self.known.insert(Rc::clone(&object));
        object
    }
}

fn place(id: &str) -> Option<usize> {
    id.parse().ok()
}

fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::Object(_))
}

/// An object with its text, its plain value, its elements, and those of its properties that `stays` picks.
fn small(object: &Object, stays: fn(&Value) -> bool) -> Object {
    let smaller = |value: &Value| match value {
        Value::Object(inner) => Value::Object(Rc::new(small(inner, is_plain))),
        plain => plain.clone(),
    };
    let kept =
        |members: &[(String, Value)]| members.iter().filter(|(_, value)| stays(value)).cloned().collect();
    Object {
        types: Rc::clone(&object.types),
        text: object.text.clone(),
        plain: object.plain.as_ref().map(smaller),
        items: object.items.as_ref().map(|items| items.iter().map(smaller).collect()),
        properties: kept(&object.properties),
        added: kept(&object.added),
    }
}
