//! Dates and times as parameters take them.

use crate::param::{Form, Kind, Moment, Refused, Value};

/// A date, or a date and a time.
static MOMENT: Form = Form {
    type_name: "System.DateTime",
    syntax: "yyyy-MM-dd[Thh:mm[:ss][offset]]",
    example: "2026-11-22",
    other: "2026-11-22T13:19:55+01:00",
    read,
};

/// The type of a parameter that takes one.
pub(in crate::cmdlet::store) const KIND: Kind = Kind::Form(&MOMENT);

fn read(text: &str) -> Result<Value, Refused> {
    match Moment::parse(text) {
        Some(_) => Ok(Value::Text(text.trim().to_owned())),
        None => Err(Refused::new("it is not a date such as 2026-11-22 or 2026-11-22T13:19:55")),
    }
}
