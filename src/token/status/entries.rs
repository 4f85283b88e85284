use super::array::StatusArray;
use crate::reason::Reason;
use sha2::{Digest, Sha256};

/// Names the content of a list: the beginning of SHA-256 over bits (1 byte), number of packed bytes (4) and the entries that are not 0
/// (4 each: `index << bits | value`, rising), most significant byte first.
pub(super) type Fingerprint = [u8; 16];

/// Entries as a gate holds them: of a province nearly all are 0, so those that are not take a sixth of the room or less, and are looked
/// up as quickly. A list with many of them stays packed, so none takes more room than that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entries {
    bits: u8,
    /// Bytes of the packed form.
    size: usize,
    held: Held,
}

/// One content has one form, so that what is equal compares so.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Held {
    Few(Vec<u32>),
    Many(StatusArray),
}

impl Entries {
    pub(super) fn of(array: StatusArray) -> Self {
        let (bits, size) = (array.bits(), array.size());
        let most = size / 4;
        let few: Vec<_> = array.exceptions().take(most + 1).collect();
        let held = if few.len() <= most { Held::Few(few) } else { Held::Many(array) };
        Self { bits, size, held }
    }

    pub(super) fn get(&self, idx: u32) -> Result<u8, Reason> {
        match &self.held {
            Held::Many(array) => array.get(idx),
            Held::Few(_) if idx as usize >= self.len() => Err(Reason::StatusIndexOutOfRange { idx }),
            Held::Few(few) => {
                let at = few.partition_point(|entry| entry >> self.bits < idx);
                let entry = few.get(at).filter(|entry| **entry >> self.bits == idx);
                Ok(entry.map_or(0, |entry| (entry & ((1 << self.bits) - 1)) as u8))
            }
        }
    }

    const fn len(&self) -> usize {
        self.size * 8 / self.bits as usize
    }

    pub(super) const fn bits(&self) -> u8 {
        self.bits
    }

    pub(super) fn to_array(&self) -> StatusArray {
        match &self.held {
            Held::Many(array) => array.clone(),
            Held::Few(few) => {
                let mut array = StatusArray::blank(self.bits, self.size);
                for entry in few {
                    // In range, for it came from an array of this size.
                    let _ = array.set(entry >> self.bits, (entry & ((1 << self.bits) - 1)) as u8);
                }
                array
            }
        }
    }

    /// These entries with some of them changed.
    pub(super) fn with(&self, changes: &[(u32, u8)]) -> Result<Self, Reason> {
        let mut array = self.to_array();
        changes.iter().try_for_each(|(idx, value)| array.set(*idx, *value))?;
        Ok(Self::of(array))
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        hash.update([self.bits]);
        hash.update((self.size as u32).to_be_bytes());
        match &self.held {
            Held::Few(few) => few.iter().for_each(|entry| hash.update(entry.to_be_bytes())),
            Held::Many(array) => array.exceptions().for_each(|entry| hash.update(entry.to_be_bytes())),
        }
        let mut fingerprint = Fingerprint::default();
        fingerprint.copy_from_slice(&hash.finalize()[..16]);
        fingerprint
    }

    /// Bytes of memory that the entries take.
    pub(super) const fn held_bytes(&self) -> usize {
        match &self.held {
            Held::Few(few) => few.len() * 4,
            Held::Many(array) => array.size(),
        }
    }
}
