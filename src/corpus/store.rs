//! What was seen of a corpus, as bytes: a later run goes on from there without reading the documents again.
//!
//! Little-endian numbers and texts with their lengths before them, a checksum behind. The indexes of shingles are not among it: they are made
//! again from the texts.

use std::io::{self, Read};

use xxhash_rust::xxh3::Xxh3Default;

use super::cluster::{Again, Likeness, Rule};
use super::collate::Collator;
use crate::options::Repeats;
use crate::text::place::Unit;

/// How such bytes begin: what they are, and the version of their layout.
const MAGIC: [u8; 8] = *b"recoll\0\x01";
/// Bytes that are handed on together.
const HELD: usize = 1 << 16;
/// Room that is made for the entries of a list before any of them was read: its length may be wrong.
const ROOM: usize = 1 << 16;

/// Takes bytes and hands them on.
pub(super) struct Saver<'s, E> {
    hash: Xxh3Default,
    held: Vec<u8>,
    sink: &'s mut dyn FnMut(&[u8]) -> Result<(), E>,
    failed: Option<E>,
}

impl<E> Saver<'_, E> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= HELD {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.hash.update(&self.held);
        if self.failed.is_none() {
            self.failed = (self.sink)(&self.held).err();
        }
        self.held.clear();
    }
}

/// Gives bytes back.
pub(super) struct Loader<'r> {
    hash: Xxh3Default,
    from: &'r mut dyn Read,
}

impl Loader<'_> {
    fn bytes(&mut self, out: &mut [u8]) -> io::Result<()> {
        self.from.read_exact(out)?;
        self.hash.update(out);
        Ok(())
    }
}

/// What can be saved and loaded.
pub(super) trait Stored: Sized {
    fn save<E>(&self, out: &mut Saver<'_, E>);
    fn load(from: &mut Loader<'_>) -> io::Result<Self>;
}

macro_rules! number {
    ($($type:ty)*) => { $(
        impl Stored for $type {
            fn save<E>(&self, out: &mut Saver<'_, E>) {
                out.bytes(&self.to_le_bytes());
            }

            fn load(from: &mut Loader<'_>) -> io::Result<Self> {
                let mut bytes = [0; size_of::<$type>()];
                from.bytes(&mut bytes)?;
                Ok(Self::from_le_bytes(bytes))
            }
        }
    )* };
}
number!(u8 u32 u64 f32);

impl Stored for bool {
    fn save<E>(&self, out: &mut Saver<'_, E>) {
        u8::from(*self).save(out);
    }

    fn load(from: &mut Loader<'_>) -> io::Result<Self> {
        Ok(u8::load(from)? != 0)
    }
}

impl Stored for String {
    fn save<E>(&self, out: &mut Saver<'_, E>) {
        (self.len() as u64).save(out);
        out.bytes(self.as_bytes());
    }

    fn load(from: &mut Loader<'_>) -> io::Result<Self> {
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
    fn save<E>(&self, out: &mut Saver<'_, E>) {
        (self.len() as u64).save(out);
        for entry in self {
            entry.save(out);
        }
    }

    fn load(from: &mut Loader<'_>) -> io::Result<Self> {
        let len = usize::try_from(u64::load(from)?).map_err(io::Error::other)?;
        let mut list = Self::with_capacity(len.min(ROOM));
        for _ in 0..len {
            list.push(T::load(from)?);
        }
        Ok(list)
    }
}

impl<T: Stored + Default + Copy, const N: usize> Stored for [T; N] {
    fn save<E>(&self, out: &mut Saver<'_, E>) {
        for entry in self {
            entry.save(out);
        }
    }

    fn load(from: &mut Loader<'_>) -> io::Result<Self> {
        let mut all = [T::default(); N];
        for entry in &mut all {
            *entry = T::load(from)?;
        }
        Ok(all)
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn save<E>(&self, out: &mut Saver<'_, E>) {
        self.0.save(out);
        self.1.save(out);
    }

    fn load(from: &mut Loader<'_>) -> io::Result<Self> {
        Ok((A::load(from)?, B::load(from)?))
    }
}

/// Saves and loads a type by its fields.
macro_rules! stored {
    ($type:ident { $($field:ident),* }) => {
        impl crate::corpus::store::Stored for $type {
            fn save<E>(&self, out: &mut crate::corpus::store::Saver<'_, E>) {
                $(crate::corpus::store::Stored::save(&self.$field, out);)*
            }

            fn load(from: &mut crate::corpus::store::Loader<'_>) -> std::io::Result<Self> {
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
            fn save<E>(&self, out: &mut Saver<'_, E>) {
                ($all.iter().position(|one| one == self).unwrap_or_default() as u8).save(out);
            }

            fn load(from: &mut Loader<'_>) -> io::Result<Self> {
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
    pub fn save<E>(&self, mut sink: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut out =
            Saver { hash: Xxh3Default::new(), held: Vec::with_capacity(2 * HELD), sink: &mut sink, failed: None };
        out.bytes(&MAGIC);
        self.save_to(&mut out);
        out.flush();
        let sum = out.hash.digest();
        match out.failed {
            Some(error) => Err(error),
            None => sink(&sum.to_le_bytes()),
        }
    }

    /// What an earlier run [saved](Collator::save), to go on from with these choices; the documents of that run are those of the corpus
    /// `name`. Runs on the threads of the current pool.
    ///
    /// # Errors
    /// Where the bytes are not what was saved, or were saved by a run with other choices of what counts as a copy.
    pub fn load(from: &mut dyn Read, name: &str, unit: Unit, policy: Repeats) -> io::Result<Self> {
        let mut from = Loader { hash: Xxh3Default::new(), from };
        let mut magic = [0; MAGIC.len()];
        from.bytes(&mut magic)?;
        if magic != MAGIC {
            return Err(io::Error::other("another version of recensio made it"));
        }
        let broken = |error: io::Error| match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::Other => {
                io::Error::other("what was seen of it has been cut short or changed since")
            }
            _ => error,
        };
        Self::is_meant(&mut from, unit, policy)?;
        let loaded = Self::load_from(&mut from, name, unit, policy).map_err(broken)?;
        let (sum, mut said) = (from.hash.digest(), [0; 8]);
        from.from.read_exact(&mut said).map_err(broken)?;
        if said != sum.to_le_bytes() {
            return Err(broken(io::ErrorKind::UnexpectedEof.into()));
        }
        Ok(loaded.learnt())
    }
}
