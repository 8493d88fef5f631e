//! Decompresses zlib streams (RFC 1950 and 1951), from memory to memory, and refuses what is cut short.
//!
//! Here because libgit2 up to 1.9.7 loops for ever on a loose object that is truncated (libgit2 issue 7342): the
//! store reads loose objects itself. The checksum at the end is not looked at, since git's hash is.

const LONGEST: usize = 15;
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];
const DISTANCES: [(u16, u8); 30] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12289, 12),
    (16385, 13),
    (24577, 13),
];
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The content of a zlib stream; none when it is no whole one.
pub(super) fn inflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let [method, flags, rest @ ..] = bytes else { return None };
    let sound =
        method & 0x0f == 8 && flags & 0x20 == 0 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0;
    let mut bits = Bits { bytes: if sound { rest } else { return None }, at: 0, hold: 0, count: 0 };
    let mut out = Vec::with_capacity(bytes.len().saturating_mul(2));
    loop {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut out)?,
            1 => {
                let (literals, distances) = fixed()?;
                block(&mut bits, &mut out, &literals, &distances)?;
            }
            2 => {
                let (literals, distances) = dynamic(&mut bits)?;
                block(&mut bits, &mut out, &literals, &distances)?;
            }
            _ => return None,
        }
        if last {
            // Four bytes of checksum follow a whole stream, and nothing else.
            return (bits.rest() == 4).then_some(out);
        }
    }
}

/// Bits, the lowest of each byte first.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    hold: u64,
    count: u32,
}

impl Bits<'_> {
    fn fill(&mut self) {
        while self.count <= 48
            && let Some(byte) = self.bytes.get(self.at)
        {
            self.hold |= u64::from(*byte) << self.count;
            self.at += 1;
            self.count += 8;
        }
    }

    fn take(&mut self, n: u32) -> Option<usize> {
        self.fill();
        let value = self.hold & ((1 << n) - 1);
        self.count = self.count.checked_sub(n)?;
        self.hold >>= n;
        usize::try_from(value).ok()
    }

    fn symbol(&mut self, code: &Code) -> Option<usize> {
        self.fill();
        let index = usize::try_from(self.hold & ((1 << LONGEST) - 1)).ok()?;
        let entry = *code.0.get(index)?;
        let length = u32::from(entry & 15);
        self.count = self.count.checked_sub(length).filter(|_| length > 0)?;
        self.hold >>= length;
        Some(usize::from(entry >> 4))
    }

    /// Drops what is left of the current byte.
    fn align(&mut self) {
        self.hold >>= self.count % 8;
        self.count -= self.count % 8;
    }

    /// How many whole bytes are left.
    fn rest(&self) -> usize {
        self.bytes.len() - self.at + (self.count / 8) as usize
    }
}

/// A Huffman code as one table: by the next 15 bits, the symbol and the length of its code.
struct Code(Vec<u16>);

impl Code {
    fn new(lengths: &[u8]) -> Option<Code> {
        let mut table = vec![0; 1 << LONGEST];
        let mut next: usize = 0;
        for length in 1..=LONGEST {
            for (symbol, _) in lengths.iter().enumerate().filter(|(_, l)| usize::from(**l) == length) {
                // More codes than there is room for.
                if next >> length != 0 {
                    return None;
                }
                let first = next.reverse_bits() >> (usize::BITS as usize - length);
                let entry = u16::try_from(symbol << 4 | length).ok()?;
                table.iter_mut().skip(first).step_by(1 << length).for_each(|slot| *slot = entry);
                next += 1;
            }
            next <<= 1;
        }
        Some(Code(table))
    }
}

fn stored(bits: &mut Bits<'_>, out: &mut Vec<u8>) -> Option<()> {
    bits.align();
    let (length, check) = (bits.take(16)?, bits.take(16)?);
    if length != !check & 0xffff {
        return None;
    }
    // What was read ahead is given back.
    bits.at -= (bits.count / 8) as usize;
    (bits.hold, bits.count) = (0, 0);
    out.extend_from_slice(bits.bytes.get(bits.at..bits.at + length)?);
    bits.at += length;
    Some(())
}

fn fixed() -> Option<(Code, Code)> {
    let mut lengths = [8; 288];
    lengths.iter_mut().take(256).skip(144).for_each(|length| *length = 9);
    lengths.iter_mut().take(280).skip(256).for_each(|length| *length = 7);
    Some((Code::new(&lengths)?, Code::new(&[5; 30])?))
}

fn dynamic(bits: &mut Bits<'_>) -> Option<(Code, Code)> {
    let (literals, distances, codes) = (bits.take(5)? + 257, bits.take(5)? + 1, bits.take(4)? + 4);
    let mut short = [0; 19];
    for place in ORDER.iter().take(codes) {
        *short.get_mut(*place)? = u8::try_from(bits.take(3)?).ok()?;
    }
    let code = Code::new(&short)?;
    let mut lengths = Vec::with_capacity(literals + distances);
    while lengths.len() < literals + distances {
        let (value, times) = match bits.symbol(&code)? {
            16 => (*lengths.last()?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (u8::try_from(length).ok()?, 1),
        };
        lengths.extend(std::iter::repeat_n(value, times));
    }
    let all = lengths.get(..literals + distances).filter(|all| all.len() == lengths.len())?;
    let (literals, distances) = all.split_at(literals);
    Some((Code::new(literals)?, Code::new(distances)?))
}

fn block(bits: &mut Bits<'_>, out: &mut Vec<u8>, literals: &Code, distances: &Code) -> Option<()> {
    loop {
        match bits.symbol(literals)? {
            literal @ 0..=255 => out.push(u8::try_from(literal).ok()?),
            256 => return Some(()),
            symbol => {
                let length = far(bits, LENGTHS.get(symbol - 257)?)?;
                let symbol = bits.symbol(distances)?;
                let from = out.len().checked_sub(far(bits, DISTANCES.get(symbol)?)?)?;
                for at in from..from + length {
                    out.push(*out.get(at)?);
                }
            }
        }
    }
}

fn far(bits: &mut Bits<'_>, (base, extra): &(u16, u8)) -> Option<usize> {
    Some(usize::from(*base) + bits.take(u32::from(*extra))?)
}
