//! What was seen of a corpus, as bytes: a later run goes on from there without reading the documents again.
//!
//! Numbers, and texts with their lengths before them, in blocks that are packed (LZ4); a checksum of what was packed behind. The indexes of shingles are not among it: they are made
//! again from the texts.

use std::io::{self, Read};

use xxhash_rust::xxh3::Xxh3Default;

use super::cluster::{Again, Likeness, Rule};
use super::collate::Collator;
use super::disk::Disk;
use crate::options::Repeats;
use crate::text::place::Unit;

/// How such bytes begin: what they are, and the version of their layout.
const MAGIC: [u8; 8] = *b"recoll\0\x03";
/// Bytes that are packed together.
const HELD: usize = 1 << 18;
/// No block is longer: one entry that comes whole may be added to what is held.
const LARGEST: usize = 4 << 20;
/// Room that is made for the entries of a list before any of them was read: its length may be wrong.
const ROOM: usize = 1 << 16;

/// Takes bytes.
pub(super) trait Out {
    /// Takes these.
    fn bytes(&mut self, bytes: &[u8]);

    /// Takes a number, which may be a small one.
    fn number(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }
}

/// Gives bytes back.
pub(super) trait In {
    /// Fills `out`.
    fn bytes(&mut self, out: &mut [u8]) -> io::Result<()>;

    /// Gives the next number.
    fn number(&mut self) -> io::Result<u32> {
        let mut bytes = [0; 4];
        self.bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }
}

impl Out for Vec<u8> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

impl In for &[u8] {
    fn bytes(&mut self, out: &mut [u8]) -> io::Result<()> {
        self.read_exact(out)
    }
}

/// Hands bytes on, packed: small numbers take fewer bytes, and so does what came before.
struct Saver<'s, E> {
    hash: Xxh3Default,
    held: Vec<u8>,
    sink: &'s mut dyn FnMut(&[u8]) -> Result<(), E>,
    failed: Option<E>,
}

impl<E> Out for Saver<'_, E> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= HELD {
            self.flush();
        }
    }

    fn number(&mut self, mut number: u32) {
        // LEB128: seven bits a byte, the lowest first.
        while number >= 0x80 {
            self.held.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes(&[number as u8]);
    }
}

impl<E> Saver<'_, E> {
    /// Hands on what is held as one block: its length, the length it has packed, and its packed bytes.
    fn flush(&mut self) {
        if self.held.is_empty() {
            return;
        }
        self.hash.update(&self.held);
        let packed = lz4_flex::block::compress(&self.held);
        let lengths = [self.held.len() as u32, packed.len() as u32].map(u32::to_le_bytes);
        if self.failed.is_none() {
            self.failed = (self.sink)(lengths.as_flattened()).and_then(|()| (self.sink)(&packed)).err();
        }
        self.held.clear();
    }
}

/// Gives packed bytes back.
pub(super) struct Loader<'r> {
    hash: Xxh3Default,
    from: &'r mut dyn Read,
    block: Vec<u8>,
    at: usize,
}

impl Loader<'_> {
    fn next_block(&mut self) -> io::Result<()> {
        let mut lengths = [[0; 4]; 2];
        self.from.read_exact(lengths.as_flattened_mut())?;
        let [length, packed] = lengths.map(|bytes| u32::from_le_bytes(bytes) as usize);
        if length > LARGEST || packed > lz4_flex::block::get_maximum_output_size(LARGEST) {
            return Err(io::Error::other("a block is too long"));
        }
        let mut bytes = vec![0; packed];
        self.from.read_exact(&mut bytes)?;
        self.block = lz4_flex::block::decompress(&bytes, length).map_err(io::Error::other)?;
        self.hash.update(&self.block);
        self.at = 0;
        if self.block.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

impl In for Loader<'_> {
    fn bytes(&mut self, mut out: &mut [u8]) -> io::Result<()> {
        while !out.is_empty() {
            if self.at == self.block.len() {
                self.next_block()?;
            }
            let rest = self.block.get(self.at..).unwrap_or_default();
            let (now, later) = out.split_at_mut(rest.len().min(out.len()));
            now.copy_from_slice(rest.get(..now.len()).unwrap_or_default());
            self.at += now.len();
            out = later;
        }
        Ok(())
    }

    fn number(&mut self) -> io::Result<u32> {
        let mut number = 0u32;
        for shift in (0..35).step_by(7) {
            let mut byte = [0];
            self.bytes(&mut byte)?;
            number |= u32::from(byte[0] & 0x7f) << shift;
            if byte[0] < 0x80 {
                return Ok(number);
            }
        }
        Err(io::Error::other("a number is too long"))
    }
}

/// What can be saved and loaded.
pub(super) trait Stored: Sized {
    fn save(&self, out: &mut impl Out);
    fn load(from: &mut impl In) -> io::Result<Self>;
}

macro_rules! number {
    ($($type:ty)*) => { $(
        impl Stored for $type {
            fn save(&self, out: &mut impl Out) {
                out.bytes(&self.to_le_bytes());
            }

            fn load(from: &mut impl In) -> io::Result<Self> {
                let mut bytes = [0; size_of::<$type>()];
                from.bytes(&mut bytes)?;
                Ok(Self::from_le_bytes(bytes))
            }
        }
    )* };
}
number!(u8 u64 f32);

impl Stored for u32 {
    fn save(&self, out: &mut impl Out) {
        out.number(*self);
    }

    fn load(from: &mut impl In) -> io::Result<Self> {
        from.number()
    }
}

impl Stored for () {
    fn save(&self, _: &mut impl Out) {}

    fn load(_: &mut impl In) -> io::Result<Self> {
        Ok(())
    }
}

impl Stored for bool {
    fn save(&self, out: &mut impl Out) {
        u8::from(*self).save(out);
    }

    fn load(from: &mut impl In) -> io::Result<Self> {
        Ok(u8::load(from)? != 0)
    }
}

impl Stored for String {
    fn save(&self, out: &mut impl Out) {
        (self.len() as u64).save(out);
        out.bytes(self.as_bytes());
    }

    fn load(from: &mut impl In) -> io::Result<Self> {
        let mut left = usize::try_from(u64::load(from)?).map_err(io::Error::other)?;
        let mut bytes = Vec::with_capacity(left.min(ROOM));
        while left > 0 {
            let at = bytes.len();
            bytes.resize(at + left.min(ROOM), 0);
            from.bytes(bytes.get_mut(at..).unwrap_or_default())?;
            left -= bytes.len() - at;
        }
        Self::from_utf8(bytes).map_err(io::Error::other)
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn save(&self, out: &mut impl Out) {
        (self.len() as u64).save(out);
        for entry in self {
            entry.save(out);
        }
    }

    fn load(from: &mut impl In) -> io::Result<Self> {
        let len = usize::try_from(u64::load(from)?).map_err(io::Error::other)?;
        let mut list = Self::with_capacity(len.min(ROOM));
        for _ in 0..len {
            list.push(T::load(from)?);
        }
        Ok(list)
    }
}

impl<T: Stored + Default + Copy, const N: usize> Stored for [T; N] {
    fn save(&self, out: &mut impl Out) {
        for entry in self {
            entry.save(out);
        }
    }

    fn load(from: &mut impl In) -> io::Result<Self> {
        let mut all = [T::default(); N];
        for entry in &mut all {
            *entry = T::load(from)?;
        }
        Ok(all)
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn save(&self, out: &mut impl Out) {
        self.0.save(out);
        self.1.save(out);
    }

    fn load(from: &mut impl In) -> io::Result<Self> {
        Ok((A::load(from)?, B::load(from)?))
    }
}

/// Saves and loads a type by its fields.
macro_rules! stored {
    ($type:ident { $($field:ident),* }) => {
        impl crate::corpus::store::Stored for $type {
            fn save(&self, out: &mut impl crate::corpus::store::Out) {
                $(crate::corpus::store::Stored::save(&self.$field, out);)*
            }

            fn load(from: &mut impl crate::corpus::store::In) -> std::io::Result<Self> {
                Ok(Self { $($field: crate::corpus::store::Stored::load(from)?),* })
            }
        }
    };
}
pub(super) use stored;

/// Saves and loads an enumeration by the place of each value in a list of all.
macro_rules! listed {
    ($type:ident $all:expr) => {
        impl Stored for $type {
            fn save(&self, out: &mut impl Out) {
                ($all.iter().position(|one| one == self).unwrap_or_default() as u8).save(out);
            }

            fn load(from: &mut impl In) -> io::Result<Self> {
                $all.get(usize::from(u8::load(from)?)).copied().ok_or_else(|| io::Error::other("an unknown value"))
            }
        }
    };
}
listed!(Rule [
    Rule::Exact,
    Rule::Normalized,
    Rule::Near,
    Rule::Run,
    Rule::Part,
    Rule::DocumentExact,
    Rule::DocumentNormalized,
    Rule::DocumentNear,
]);
listed!(Likeness [Likeness::Exact, Likeness::Normalized, Likeness::Near]);
listed!(Unit [Unit::Chars, Unit::Bytes, Unit::Utf16]);
stored!(Again { first, site, rule, likeness, removed, similarity });
stored!(Repeats { documents, passages, spans, near_removed, near_reported, report_only, brake });

impl Collator {
    /// Hands everything that was seen to `sink`, piece by piece. To be called before [`Collator::clusters`].
    ///
    /// # Errors
    /// The first of `sink`.
    pub fn save<E>(&mut self, mut sink: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        sink(&MAGIC)?;
        let mut out =
            Saver { hash: Xxh3Default::new(), held: Vec::with_capacity(2 * HELD), sink: &mut sink, failed: None };
        self.save_to(&mut out);
        out.flush();
        let sum = out.hash.digest();
        match out.failed {
            Some(error) => Err(error),
            None => sink(&sum.to_le_bytes()),
        }
    }

    /// What an earlier run [saved](Collator::save), to go on from with these choices; the documents of that run are those of the corpus
    /// `name`. `spare` is as in [`Collator::with_disk`]. Runs on the threads of the current pool.
    ///
    /// # Errors
    /// Where the bytes are not what was saved, or were saved by a run with other choices of what counts as a copy.
    pub fn load(
        from: &mut dyn Read,
        name: &str,
        (unit, policy): (Unit, Repeats),
        spare: Option<(Disk, usize)>,
    ) -> io::Result<Self> {
        let mut magic = [0; MAGIC.len()];
        from.read_exact(&mut magic)?;
        if magic != MAGIC {
            return Err(io::Error::other("another version of recensio made it"));
        }
        let mut from = Loader { hash: Xxh3Default::new(), from, block: Vec::new(), at: 0 };
        let broken = |error: io::Error| match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::Other => {
                io::Error::other("what was seen of it has been cut short or changed since")
            }
            _ => error,
        };
        let made = Unit::load(&mut from).and_then(|unit| Ok((unit, Repeats::load(&mut from)?))).map_err(broken)?;
        Self::is_meant(made, unit, policy)?;
        let loaded = Self::load_from(&mut from, name, (unit, policy), spare).map_err(broken)?;
        let (sum, mut said) = (from.hash.digest(), [0; 8]);
        from.from.read_exact(&mut said).map_err(broken)?;
        if said != sum.to_le_bytes() {
            return Err(broken(io::ErrorKind::UnexpectedEof.into()));
        }
        Ok(loaded.learnt())
    }
}
