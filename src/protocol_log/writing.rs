//! Sessions as a log again, session by session.

use std::borrow::Cow;
use std::fmt::Write;
use std::net::SocketAddr;

use jiff::Timestamp;

use super::session::Session;
use crate::param::Version;

/// The lines above a session and those behind it, of servers of the same version.
#[must_use]
pub fn header(session: &Session) -> String {
    let date = moment(session.start());
    let number = match session.version {
        Some(Version::V2007) => "8.0.0.0",
        Some(Version::V2010) => "14.0.0.0",
        Some(Version::V2016) => "15.1.0.0",
        Some(Version::V2019) => "15.2.0.0",
        _ => "15.0.0.0",
    };
    format!(
        "#Software: Microsoft Exchange Server\r\n#Version: {number}\r\n#Log-type: SMTP Receive Protocol Log\r\n\
         #Date: {date}\r\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,\
         remote-endpoint,event,data,context\r\n"
    )
}

/// The lines of a session.
#[must_use]
pub fn lines(session: &Session) -> String {
    let endpoint = |end: Option<SocketAddr>| end.map(|end| end.to_string()).unwrap_or_default();
    let (connector, id) = (field(&session.connector), field(&session.id));
    let (local, remote) = (endpoint(session.local), endpoint(session.remote));
    let mut text = String::new();
    for entry in session.entries() {
        let (time, sequence, sign) = (moment(entry.time), entry.sequence, entry.kind.sign());
        let (data, context) = (field(entry.data), field(entry.context));
        // Writing to memory cannot fail.
        let _ =
            write!(text, "{time},{connector},{id},{sequence},{local},{remote},{sign},{data},{context}\r\n");
    }
    text
}

fn moment(millis: i64) -> String {
    let time = Timestamp::from_millisecond(millis).unwrap_or_default();
    format!("{time:.3}")
}

/// A field, in quotes where it holds what would end it.
fn field(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}
