use crate::{
    cbor::{Map, Value},
    reason::{Layer, Reason},
};
use miniz_oxide::{deflate, inflate};

/// The most bytes that a list may inflate to: 16 Mi entries of two bits.
const MAX_BYTES: usize = 4 << 20;

const MALFORMED: Reason = Reason::TokenMalformed { layer: Layer::StatusList };

/// Entries of 1, 2, 4 or 8 bits, packed from the least significant bit of each byte (draft-ietf-oauth-status-list-21 §4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusArray {
    bits: u8,
    bytes: Vec<u8>,
}

impl StatusArray {
    /// From packed bytes; none unless `bits` is 1, 2, 4 or 8 and there are at most 4 MiB.
    #[must_use]
    pub fn new(bits: u8, bytes: Vec<u8>) -> Option<Self> {
        (matches!(bits, 1 | 2 | 4 | 8) && bytes.len() <= MAX_BYTES).then_some(Self { bits, bytes })
    }

    /// So many bytes of zeros, as a list that was read had them.
    pub(super) fn blank(bits: u8, size: usize) -> Self {
        Self { bits, bytes: vec![0; size] }
    }

    /// Inflates the `lst` of a list.
    ///
    /// # Errors
    /// `token-malformed`, or `cbor-too-large` when there would be more than 4 MiB.
    pub fn inflate(bits: u8, lst: &[u8]) -> Result<Self, Reason> {
        let bytes = inflate::decompress_to_vec_zlib_with_limit(lst, MAX_BYTES).map_err(|error| match error.status {
            inflate::TINFLStatus::HasMoreOutput => Reason::CborTooLarge,
            _ => MALFORMED,
        })?;
        Self::new(bits, bytes).ok_or(MALFORMED)
    }

    /// Reads the map `{"bits", "lst"}`, as it stands in a token and in the draft's examples.
    ///
    /// # Errors
    /// As [`StatusArray::inflate`].
    pub fn from_map(map: &Map) -> Result<Self, Reason> {
        let bits = map.find(&Value::text("bits")).and_then(Value::as_int).and_then(|bits| u8::try_from(bits).ok());
        let lst = map.find(&Value::text("lst")).and_then(Value::as_bytes);
        let (Some(bits @ (1 | 2 | 4 | 8)), Some(lst)) = (bits, lst) else { return Err(MALFORMED) };
        Self::inflate(bits, lst)
    }

    /// Writes the map `{"bits", "lst"}`.
    #[must_use]
    pub fn to_map(&self) -> Map {
        let lst = deflate::compress_to_vec_zlib(&self.bytes, 9);
        Map(vec![(Value::text("bits"), Value::Int(self.bits.into())), (Value::text("lst"), Value::Bytes(lst))])
    }

    /// The value of an entry.
    ///
    /// # Errors
    /// `status-index-out-of-range`.
    pub fn get(&self, idx: u32) -> Result<u8, Reason> {
        let bit = u64::from(idx) * u64::from(self.bits);
        let byte = usize::try_from(bit / 8).ok().and_then(|at| self.bytes.get(at));
        let byte = byte.ok_or(Reason::StatusIndexOutOfRange { idx })?;
        Ok((byte >> (bit % 8)) & (0xff >> (8 - self.bits)))
    }

    /// Sets an entry; the bits of `value` beyond the width of an entry are dropped.
    ///
    /// # Errors
    /// `status-index-out-of-range`.
    pub fn set(&mut self, idx: u32, value: u8) -> Result<(), Reason> {
        let bit = u64::from(idx) * u64::from(self.bits);
        let byte = usize::try_from(bit / 8).ok().and_then(|at| self.bytes.get_mut(at));
        let byte = byte.ok_or(Reason::StatusIndexOutOfRange { idx })?;
        let (mask, shift) = (0xff >> (8 - self.bits), bit % 8);
        *byte = (*byte & !(mask << shift)) | ((value & mask) << shift);
        Ok(())
    }

    /// The entries that are not 0, by rising index: each is `index << bits | value`, which fits, for a list has at most 2²⁵ bits.
    pub(super) fn exceptions(&self) -> impl Iterator<Item = u32> + '_ {
        let (bits, slots) = (self.bits, u32::from(8 / self.bits));
        let set = (0_u32..).zip(&self.bytes).filter(|(_, byte)| **byte != 0);
        set.flat_map(move |(at, byte)| {
            (0..slots).filter_map(move |slot| {
                let value = (byte >> (slot * u32::from(bits))) & (0xff >> (8 - bits));
                (value != 0).then(|| (at * slots + slot) << bits | u32::from(value))
            })
        })
    }

    /// How many bytes the packed entries take.
    pub(super) const fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Bits of an entry.
    #[must_use]
    pub const fn bits(&self) -> u8 {
        self.bits
    }

    /// How many entries there are, with those that fill the last byte.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.bytes.len() * 8 / self.bits as usize
    }

    /// Whether there is no entry.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}
