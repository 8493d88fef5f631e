//! What a property is: its row, the closed set of value types, how values are read and printed.
//!
//! A row says everything about one property, so that binding, validation, help, output, the TOML key and the
//! difference between two revisions all come from it. Nothing here knows what a connector or a server is.

mod argument;
mod closed;
mod default;
mod domain;
mod field;
mod finding;
mod form;
mod kind;
mod moment;
mod name;
mod parameter;
mod reading;
pub mod record;
mod row;
mod rule;
mod size;
mod span;
mod value;
mod version;

pub use argument::{Argument, STDIN, apply};
pub(crate) use closed::closed;
pub use closed::{Closed, Match, match_name};
pub use default::{Case, DefaultValue, Platform, Tier};
pub use domain::{BadDomain, check_domain};
pub use field::{Element, Field, Mismatch, Unlimited, UnlimitedSize};
pub use finding::{Finding, Findings, Meant, merged};
pub use form::{Form, Refused};
pub use kind::Kind;
pub use moment::{Moment, print_moment};
pub use name::same_name;
pub use parameter::{Completes, Group, Param, Verb, param};
pub use record::{Metadata, Record};
pub use row::{Access, Declared, Noun, Printed, Row, row};
pub(crate) use row::{read_defaults, rows};
pub use rule::Rule;
pub use size::{ParseSizeError, Size};
pub use span::{ParseSpanError, Span};
pub use value::Value;
pub use version::{Release, ServicePack, Version};
