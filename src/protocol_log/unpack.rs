//! What a file is packed as, by its first bytes, and its text.

use std::io::{Chain, Cursor, Read, Result};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use flate2::read::MultiGzDecoder;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// UTF-16, as Windows PowerShell writes copies, with a byte order mark or without.
    Utf16(&'static Encoding),
    /// gzip.
    Gzip,
    /// A zip archive of files.
    Zip,
}

/// A stream whose first bytes were looked at.
pub type Peeked<R> = Chain<Cursor<Vec<u8>>, R>;

/// The packing that the first bytes say, and the stream from its beginning.
///
/// # Errors
/// Where it cannot be read.
pub fn packing<R: Read>(mut input: R) -> Result<(Packing, Peeked<R>)> {
    let mut first = Vec::new();
    input.by_ref().take(4).read_to_end(&mut first)?;
    let packing = match first.as_slice() {
        [0x1f, 0x8b, ..] => Packing::Gzip,
        [b'P', b'K', 3, 4] | [b'P', b'K', 5, 6] => Packing::Zip,
        [0xff, 0xfe, ..] => Packing::Utf16(UTF_16LE),
        [0xfe, 0xff, ..] => Packing::Utf16(UTF_16BE),
        [1..=0x7f, 0, 1..=0x7f, 0] => Packing::Utf16(UTF_16LE),
        [0, 1..=0x7f, 0, 1..=0x7f] => Packing::Utf16(UTF_16BE),
        _ => Packing::Plain,
    };
    Ok((packing, Cursor::new(first).chain(input)))
}

fn decoded<R: Read>(input: R, encoding: &'static Encoding) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(input)
}

/// The text of a file that is not an archive: unpacked, and UTF-8 where it is UTF-16.
///
/// # Errors
/// Where it cannot be read.
pub fn text<'r, R: Read + 'r>(input: R) -> Result<Box<dyn Read + 'r>> {
    let (packing, input) = packing(input)?;
    Ok(match packing {
        Packing::Plain | Packing::Zip => Box::new(input),
        Packing::Utf16(encoding) => Box::new(decoded(input, encoding)),
        Packing::Gzip => {
            let (packing, inner) = self::packing(MultiGzDecoder::new(input))?;
            match packing {
                Packing::Utf16(encoding) => Box::new(decoded(inner, encoding)),
                _ => Box::new(inner),
            }
        }
    })
}
