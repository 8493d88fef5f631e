//! Decompresses zlib streams from memory to memory, and refuses what is cut short or goes on after its end.
//!
//! Here because libgit2 up to 1.9.7 loops for ever on a loose object that is truncated (libgit2 issue 7342): the
//! store reads loose objects itself.

use std::cell::RefCell;

use flate2::{Decompress, FlushDecompress, Status};

/// The content of a zlib stream; none when it is no whole one.
pub(super) fn inflate(bytes: &[u8]) -> Option<Vec<u8>> {
    // A new stream clears its window, which takes longer than most objects do.
    thread_local!(static STREAM: RefCell<Decompress> = RefCell::new(Decompress::new(true)));
    STREAM.with_borrow_mut(|stream| {
        stream.reset(true);
        inflate_by(stream, bytes)
    })
}

fn inflate_by(stream: &mut Decompress, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len().saturating_mul(2).saturating_add(64));
    loop {
        let (taken, made) = (stream.total_in(), stream.total_out());
        let rest = bytes.get(usize::try_from(taken).ok()?..)?;
        let status = stream.decompress_vec(rest, &mut out, FlushDecompress::None).ok()?;
        let whole = usize::try_from(stream.total_in()).ok()? == bytes.len();
        match status {
            Status::StreamEnd => return whole.then_some(out),
            // Nothing moves though there is room: the rest of the stream is missing.
            _ if (stream.total_in(), stream.total_out()) == (taken, made) && out.len() < out.capacity() => {
                return None;
            }
            _ if out.len() == out.capacity() => out.reserve(out.len()),
            _ => {}
        }
    }
}
