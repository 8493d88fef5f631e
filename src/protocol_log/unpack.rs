//! What a file is packed as, by its first bytes, and its text.

use std::io::{Chain, Cursor, Read, Result};

use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::read::MultiGzDecoder;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// UTF-16, as Windows PowerShell writes copies.
    Utf16,
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
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Packing::Utf16,
        _ => Packing::Plain,
    };
    Ok((packing, Cursor::new(first).chain(input)))
}

/// The text of a file that is not an archive: unpacked, and UTF-8 where it has a byte order mark of UTF-16.
///
/// # Errors
/// Where it cannot be read.
pub fn text<'r, R: Read + 'r>(input: R) -> Result<Box<dyn Read + 'r>> {
    let (packing, input) = packing(input)?;
    Ok(match packing {
        Packing::Plain | Packing::Zip => Box::new(input),
        Packing::Utf16 => Box::new(DecodeReaderBytesBuilder::new().build(input)),
        Packing::Gzip => {
            let (packing, inner) = self::packing(MultiGzDecoder::new(input))?;
            match packing {
                Packing::Utf16 => Box::new(DecodeReaderBytesBuilder::new().build(inner)),
                _ => Box::new(inner),
            }
        }
    })
}
