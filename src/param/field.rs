//! The bridge between a typed field of an object and a [`Value`] of its row.

use std::net::IpAddr;

use enumset::{EnumSet, EnumSetType};
use jiff::Timestamp;
use thiserror::Error;
use uuid::Uuid;

use super::{Closed, Size, Span, Value};
use crate::net::{Binding, RemoteRange};

/// A value of another type than the field's: the row and its field do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the value is of another type than the property")]
pub struct Mismatch;

/// A field that a row reads and writes.
pub trait Field {
    /// What it holds.
    fn value(&self) -> Value;
    /// Puts `value` in.
    ///
    /// # Errors
    /// [`Mismatch`] where the row's kind yields values that this field cannot hold.
    fn assign(&mut self, value: Value) -> Result<(), Mismatch>;
}

/// A number or the word `Unlimited` (V5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unlimited(pub Option<u32>);

/// A size or the word `Unlimited` (V3, V5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnlimitedSize(pub Option<Size>);

/// Implements [`Field`] for a type that is one variant of [`Value`].
macro_rules! plain {
    ($type:ty, $variant:ident) => {
        impl Field for $type {
            fn value(&self) -> Value {
                Value::$variant(self.clone())
            }
            fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
                let Value::$variant(inner) = value else { return Err(Mismatch) };
                *self = inner;
                Ok(())
            }
        }
    };
}
plain!(bool, Bool);
plain!(Span, Span);
plain!(Size, Size);
plain!(IpAddr, Address);

impl Field for String {
    fn value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        *self = match value {
            Value::Text(text) => text,
            Value::Null => String::new(),
            _ => return Err(Mismatch),
        };
        Ok(())
    }
}

impl Field for u32 {
    fn value(&self) -> Value {
        Value::Int(u64::from(*self))
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        let Value::Int(number) = value else { return Err(Mismatch) };
        *self = u32::try_from(number).map_err(|_| Mismatch)?;
        Ok(())
    }
}

impl Field for Unlimited {
    fn value(&self) -> Value {
        self.0.map_or(Value::Unlimited, |number| Value::Int(u64::from(number)))
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        self.0 = match value {
            Value::Unlimited => None,
            Value::Int(number) => Some(u32::try_from(number).map_err(|_| Mismatch)?),
            _ => return Err(Mismatch),
        };
        Ok(())
    }
}

impl Field for UnlimitedSize {
    fn value(&self) -> Value {
        self.wrap()
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        *self = Self::unwrap(value).ok_or(Mismatch)?;
        Ok(())
    }
}

impl<E: Closed> Field for E {
    fn value(&self) -> Value {
        Value::Choice((*self).into())
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        let Value::Choice(name) = value else { return Err(Mismatch) };
        *self = E::from_str(name).map_err(|_| Mismatch)?;
        Ok(())
    }
}

impl<E: Closed + EnumSetType> Field for EnumSet<E> {
    fn value(&self) -> Value {
        Value::Flags(self.iter().map(Into::into).collect())
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        let Value::Flags(names) = value else { return Err(Mismatch) };
        *self = names
            .into_iter()
            .map(|name| E::from_str(name).map_err(|_| Mismatch))
            .collect::<Result<_, _>>()?;
        Ok(())
    }
}

/// What a list or an optional field holds: one variant of [`Value`].
pub trait Element: Clone {
    /// As a value.
    fn wrap(&self) -> Value;
    /// Out of a value, if it is of this type.
    fn unwrap(value: Value) -> Option<Self>;
}

/// Implements [`Element`] for the type inside one variant of [`Value`].
macro_rules! element {
    ($type:ty, $variant:ident) => {
        impl Element for $type {
            fn wrap(&self) -> Value {
                Value::$variant(self.clone())
            }
            fn unwrap(value: Value) -> Option<Self> {
                if let Value::$variant(inner) = value { Some(inner) } else { None }
            }
        }
    };
}
element!(String, Text);
element!(bool, Bool);
element!(Size, Size);

impl Element for Unlimited {
    fn wrap(&self) -> Value {
        self.value()
    }

    fn unwrap(value: Value) -> Option<Self> {
        let mut read = Unlimited(None);
        read.assign(value).ok().map(|()| read)
    }
}

impl<E: Closed> Element for E {
    fn wrap(&self) -> Value {
        self.value()
    }

    fn unwrap(value: Value) -> Option<Self> {
        if let Value::Choice(name) = value { E::from_str(name).ok() } else { None }
    }
}
element!(Binding, Binding);
element!(RemoteRange, Range);
element!(IpAddr, Address);
element!(Uuid, Guid);
element!(Timestamp, Time);

impl Element for UnlimitedSize {
    fn wrap(&self) -> Value {
        self.0.map_or(Value::Unlimited, Value::Size)
    }

    fn unwrap(value: Value) -> Option<Self> {
        match value {
            Value::Unlimited => Some(UnlimitedSize(None)),
            Value::Size(size) => Some(UnlimitedSize(Some(size))),
            _ => None,
        }
    }
}

impl<T: Element> Field for Vec<T> {
    fn value(&self) -> Value {
        Value::List(self.iter().map(Element::wrap).collect())
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        *self = match value {
            Value::Null => Vec::new(),
            Value::List(items) => {
                items.into_iter().map(|item| T::unwrap(item).ok_or(Mismatch)).collect::<Result<_, _>>()?
            }
            _ => return Err(Mismatch),
        };
        Ok(())
    }
}

impl<T: Element> Field for Option<T> {
    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Element::wrap)
    }

    fn assign(&mut self, value: Value) -> Result<(), Mismatch> {
        *self = match value {
            Value::Null => None,
            value => Some(T::unwrap(value).ok_or(Mismatch)?),
        };
        Ok(())
    }
}
