//! Fingerprints: 128-bit hashes that stand for things.
//!
//! Two things with the same fingerprint are taken to be equal. XXH3 with its fixed seed is used
//! throughout, so a fingerprint is the same on every machine and in every run.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use xxhash_rust::xxh3::{Xxh3, xxh3_128, xxh3_128_with_seed};

/// A hash of all that can be seen of something.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of a value, by its `Hash`.
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut hasher = Xxh3::new();
        value.hash(&mut hasher);
        Self(hasher.digest128())
    }

    /// The fingerprint of plain bytes: of a file, of an output.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The fingerprint of bytes that stand for one of several sorts of things.
    pub fn of_tagged(tag: u64, bytes: &[u8]) -> Self {
        Self(xxh3_128_with_seed(bytes, tag))
    }

    /// A part of the fingerprint, to tell fingerprints of parts apart by.
    pub fn tag(self) -> u64 {
        #[expect(clippy::cast_possible_truncation, reason = "half of it is enough of a tag")]
        let tag = self.0 as u64;
        tag
    }

    /// The fingerprint itself as bytes.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// Reads what [`fmt::Display`] wrote: 32 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        (text.len() == 32).then(|| u128::from_str_radix(text, 16).ok().map(Self)).flatten()
    }

    /// The first eight hexadecimal digits: enough to tell versions of one file apart in its name.
    pub fn short(self) -> String {
        format!("{:032x}", self.0)[..8].to_owned()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Takes the fingerprint of bytes that come in pieces; equal to [`Fingerprint::of_bytes`] of the
/// whole.
#[derive(Default)]
pub struct Printer(Xxh3);

impl Printer {
    /// Adds the next piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The fingerprint of all pieces so far.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint(self.0.digest128())
    }
}

/// A big value that is hashed once, when made. Its own `Hash` feeds only the fingerprint.
#[derive(Clone, Debug, Default)]
pub struct Hashed<T> {
    /// The value itself.
    value: T,
    /// Its fingerprint.
    print: Fingerprint,
}

impl<T: Hash> Hashed<T> {
    /// Hashes `value` and keeps both.
    pub fn new(value: T) -> Self {
        let print = Fingerprint::of(&value);
        Self { value, print }
    }
}

impl<T> Hashed<T> {
    /// The fingerprint taken when the value was wrapped.
    pub fn print(&self) -> Fingerprint {
        self.print
    }
}

impl<T> Deref for Hashed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Hash for Hashed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.print.hash(state);
    }
}

impl<T> PartialEq for Hashed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.print == other.print
    }
}

impl<T> Eq for Hashed<T> {}
