//! The row: everything that is to be said about one property, in one place.

use super::{DefaultValue, Field, Finding, Param, Platform, Release, Rule, ServicePack, Value, Version};

/// A thing that cmdlets make and change: a table of rows.
pub trait Noun: Sized + 'static {
    /// Its name in cmdlets: `ReceiveConnector`.
    const NAME: &'static str;
    /// Whether the Exchange Management Shell has no cmdlets that make it as these do.
    const OURS: bool = false;
    /// What computed properties see beside the object: its server, its organization.
    type Scene;
    /// The rows whose keys stand first in a file, before the others in printed order.
    const FIRST: &'static [&'static Row<Self>] = &[];
    /// The rows whose keys stand last.
    const LAST: &'static [&'static Row<Self>] = &[];
    /// Its properties, in the order in which Format-List prints them.
    fn rows() -> &'static [&'static Row<Self>];
}

/// Where a row's value comes from.
pub enum Access<N: Noun> {
    /// A field of the object.
    Stored {
        /// Reads it.
        get: fn(&N) -> &dyn Field,
        /// Writes it.
        set: fn(&mut N) -> &mut dyn Field,
    },
    /// Made from the object and what is around it; nothing to write.
    Computed(fn(&N, &N::Scene) -> Value),
    /// The same for every object, spelled as it would be typed.
    Constant(&'static str),
}

/// Where Get- prints a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// In lists, and wherever it is asked for.
    Always,
    /// Where it is asked for, and in JSON.
    OnRequest,
    /// Nowhere.
    Never,
}

/// One property of a noun.
pub struct Row<N: Noun> {
    /// Name, type, bounds, help, and where it may be typed.
    pub param: Param,
    /// Where its value is.
    pub access: Access<N>,
    /// What Get- shows where nothing is stored, for a value that then follows from others.
    pub unset: Option<fn(&N, &N::Scene) -> Value>,
    /// How Get- shows what is stored, where that is not how it is typed.
    pub shown: Option<fn(&Value, &N::Scene) -> Value>,
    /// Where Get- prints it.
    pub printed: Printed,
    /// Whether the file names it even when it equals its default.
    pub always_written: bool,
}

/// Begins a row of a stored property.
#[must_use]
pub const fn row<N: Noun>(
    param: Param,
    get: fn(&N) -> &dyn Field,
    set: fn(&mut N) -> &mut dyn Field,
) -> Row<N> {
    Row::of(param, Access::Stored { get, set })
}

impl<N: Noun> Row<N> {
    const fn of(param: Param, access: Access<N>) -> Self {
        Row { param, access, unset: None, shown: None, printed: Printed::Always, always_written: false }
    }

    /// A property that is computed, printed, and never typed.
    #[must_use]
    pub const fn computed(param: Param, compute: fn(&N, &N::Scene) -> Value) -> Self {
        Row::of(param, Access::Computed(compute))
    }

    /// A property that is the same for every object and never typed.
    #[must_use]
    pub const fn constant(param: Param, text: &'static str) -> Self {
        Row::of(param, Access::Constant(text))
    }

    /// What Get- shows where nothing is stored.
    #[must_use]
    pub const fn unset(self, show: fn(&N, &N::Scene) -> Value) -> Self {
        Row { unset: Some(show), ..self }
    }

    /// How Get- shows what is stored.
    #[must_use]
    pub const fn shown(self, show: fn(&Value, &N::Scene) -> Value) -> Self {
        Row { shown: Some(show), ..self }
    }

    /// The same default everywhere.
    #[must_use]
    pub const fn default(self, text: &'static str) -> Self {
        Row { param: self.param.default(text), ..self }
    }

    /// A default that depends on the platform.
    #[must_use]
    pub const fn defaults(self, default: DefaultValue) -> Self {
        Row { param: Param { default, ..self.param }, ..self }
    }

    /// Written in the file even when it equals its default: it defines the object.
    #[must_use]
    pub(crate) const fn always_written(self) -> Self {
        Row { always_written: true, ..self }
    }

    /// Kept, never printed.
    #[must_use]
    pub(crate) const fn unprinted(self) -> Self {
        Row { printed: Printed::Never, ..self }
    }

    /// The product's lists do not have it: printed where `-Property` asks for it, and in JSON.
    #[must_use]
    pub(crate) const fn on_request(self) -> Self {
        Row { printed: Printed::OnRequest, ..self }
    }

    /// Versions that have it, both inclusive.
    #[must_use]
    pub const fn versions(self, since: Version, until: Version) -> Self {
        Row { param: Param { since, until, ..self.param }, ..self }
    }

    /// The first version that has it.
    #[must_use]
    pub const fn since(self, since: Version) -> Self {
        self.versions(since, Version::NEWEST)
    }

    /// The service pack of the first version that has it.
    #[must_use]
    pub(crate) const fn since_pack(self, since_pack: ServicePack) -> Self {
        Row { param: Param { since_pack, ..self.param }, ..self }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.param.name
    }

    /// Whether a server of `release` has it (C12).
    #[must_use]
    pub fn exists_in(&self, release: impl Into<Release>) -> bool {
        self.param.exists_in(release)
    }

    /// Its value in `object`; nothing for a computed one, which [`Row::print`] makes.
    #[must_use]
    pub fn stored(&self, object: &N) -> Option<Value> {
        match self.access {
            Access::Stored { get, .. } => Some(get(object).value()),
            Access::Computed(_) | Access::Constant(_) => None,
        }
    }

    /// The text of its value in `object`, for messages; empty for a computed one.
    #[must_use]
    pub(crate) fn print_plain(&self, object: &N) -> String {
        self.stored(object).map(|value| value.to_string()).unwrap_or_default()
    }

    /// Its value as Get- shows it.
    #[must_use]
    pub fn print(&self, object: &N, scene: &N::Scene) -> Value {
        match self.access {
            Access::Stored { get, .. } => match (get(object).value(), self.unset, self.shown) {
                (Value::Null, Some(show), _) => show(object, scene),
                (value, _, Some(show)) if !value.is_empty() => show(&value, scene),
                (value, ..) => value,
            },
            Access::Computed(compute) => compute(object, scene),
            Access::Constant(text) => self.param.parse(text).unwrap_or(Value::Null),
        }
    }

    /// Puts `value` into `object`.
    ///
    /// # Errors
    /// A [`Finding`] where the value is of another type than the field; no value that [`Param::parse`] read is.
    pub fn assign(&self, object: &mut N, value: Value) -> Result<(), Finding> {
        let Access::Stored { set, .. } = self.access else {
            return Err(Finding::new(
                Rule::C12,
                self.name(),
                format!("parameter {} is computed and cannot be set", self.name()),
            ));
        };
        set(object)
            .assign(value)
            .map_err(|why| Finding::new(Rule::V5, self.name(), format!("parameter {}: {why}", self.name())))
    }

    /// Its default on `platform`, as a value.
    #[must_use]
    pub fn default_on(&self, platform: Platform) -> Value {
        let empty = || if self.param.kind.is_multivalued() { Value::List(Vec::new()) } else { Value::Null };
        self.param
            .default
            .on(platform)
            .map_or_else(empty, |text| self.param.parse_default(text).unwrap_or_else(|_| empty()))
    }
}

/// A noun whose fields its rows declare.
pub trait Declared: Noun + Default + Clone {
    /// An object of which nothing is said, on `platform`: every property at its default. What follows from others where
    /// nothing is stored stays unset.
    fn defaults(platform: Platform) -> Self;
}

/// Reads what [`Declared::defaults`] gives from the rows.
pub(crate) fn read_defaults<N: Declared>(platform: Platform) -> N {
    let mut object = N::default();
    for row in N::rows() {
        if row.unset.is_none() && row.param.default.on(platform).is_some() {
            // A default is of its row's type: the law "the default parses" holds every row to it.
            let _ = row.assign(&mut object, row.default_on(platform));
        }
    }
    object
}

/// Declares the rows of a noun, each under the name that code calls it by, and their table in printed order, where all
/// follow from others: `NAME = computed(…)`.
///
/// With `pub struct` it declares the noun itself: a row `NAME(field: Type) = stored(…)` is also a field, of which
/// `(field: Type = value)` says what it begins as where its type has no default, or another one. What the noun keeps
/// beside its properties stands before them: `with metadata: Metadata`.
macro_rules! rows {
    (
        $(#[$about:meta])*
        pub struct $noun:ident $(with $other:ident: $other_type:ty)? {
            $($name:ident $(($field:ident: $type:ty $(= $first:expr)?))? = $row:expr;)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $noun {
            $(#[doc = "What is kept beside its properties."] pub $other: $other_type,)?
            $($(#[doc = concat!("What the row ", stringify!($name), " says.")] pub $field: $type,)?)+
        }

        impl Default for $noun {
            fn default() -> Self {
                $noun {
                    $($other: Default::default(),)?
                    $($($field: $crate::param::rows!(@first $($first)?),)?)+
                }
            }
        }

        impl $crate::param::Declared for $noun {
            fn defaults(platform: $crate::param::Platform) -> Self {
                use std::collections::BTreeMap;
                use std::sync::{Mutex, PoisonError};
                // Read from the rows once, and copied.
                static MADE: Mutex<BTreeMap<$crate::param::Platform, $noun>> = Mutex::new(BTreeMap::new());
                let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
                made.entry(platform).or_insert_with(|| $crate::param::read_defaults(platform)).clone()
            }
        }

        $crate::param::rows! { @table $noun:
            $($name = {
                $(
                    const fn stored(param: $crate::param::Param) -> $crate::param::Row<$noun> {
                        $crate::param::row(param, |object| &object.$field, |object| &mut object.$field)
                    }
                )?
                $row
            };)+
        }
    };
    (@first) => { Default::default() };
    (@first $first:expr) => { $first };
    (@table $noun:ty: $($name:ident = $row:expr;)+) => {
        $(#[doc = concat!("The row of the same name of ", stringify!($noun), ".")] pub static $name: $crate::param::Row<$noun> = $row;)+
        /// Every row, in the order in which Format-List prints them.
        pub static ROWS: &[&$crate::param::Row<$noun>] = &[$(&$name),+];
    };
    ($noun:ty: $($rows:tt)+) => {
        const fn computed(
            param: $crate::param::Param,
            compute: fn(&$noun, &<$noun as $crate::param::Noun>::Scene) -> $crate::param::Value,
        ) -> $crate::param::Row<$noun> {
            $crate::param::Row::computed(param, compute)
        }
        $crate::param::rows! { @table $noun: $($rows)+ }
    };
}
pub(crate) use rows;
