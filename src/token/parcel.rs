//! A parcel: trust data for a gate that has no network, in one file or in a sequence of QR codes.
//!
//! ```cddl
//! parcel = #6.5524816([1*256 item: bstr])                              ; a file, at most 8 MiB
//! part   = #6.5524817([id: bstr .size 8, number: uint, of: uint, bstr])  ; a QR code: TM1: and base45; at most 1024 parts
//! ```
//! An item is a bundle, a status list or a delta, in an order in which each can be judged: the bundle, then the lists, then their deltas.
//! Each is signed, and the whole is not: whoever takes an item out or puts an older one in does what a network could do as well. The
//! parts of a parcel carry the beginning of SHA-256 over all of it (`id`), and their number from 0.

use super::text::{PREFIX, from_text, to_text};
use crate::{
    cbor::{self, Limits, Value},
    cose::{Sign1, header},
    labels::{BUNDLE_TYP, PARCEL_PART_TAG, PARCEL_TAG, STATUS_DELTA_TYP, STATUS_LIST_TYP},
    reason::{Layer, Reason},
};
use sha2::{Digest, Sha256};

/// Most items of a parcel.
pub const MAX_ITEMS: usize = 256;
/// Most parts of a parcel in QR codes.
pub const MAX_PARTS: usize = 1024;
/// Most bytes of the content of one part: a QR code holds no more.
pub const MAX_PART_BYTES: usize = 2500;

/// What an item is, by the type that it states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A trust bundle.
    Bundle,
    /// A status list.
    List,
    /// What changed in a status list.
    Delta,
}

impl ItemKind {
    /// The kind of a token; none for any other token, and for what is none.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let envelope = Sign1::parse(&cbor::decode(bytes, Limits::FILE).ok()?, Layer::Bundle).ok()?;
        match envelope.protected.get(header::TYP)?.as_text()? {
            BUNDLE_TYP => Some(Self::Bundle),
            STATUS_LIST_TYP => Some(Self::List),
            STATUS_DELTA_TYP => Some(Self::Delta),
            _ => None,
        }
    }
}

/// A parcel's bytes.
#[must_use]
pub fn encode(items: &[Vec<u8>]) -> Vec<u8> {
    let items = items.iter().map(|item| Value::Bytes(item.clone())).collect();
    Value::Tag(PARCEL_TAG, Box::new(Value::Array(items))).encode()
}

/// The items of a parcel. What they are worth is another question.
///
/// # Errors
/// `parcel-damaged`, `parcel-too-large`.
pub fn decode(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Reason> {
    let value = cbor::decode(bytes, Limits::FILE).map_err(|reason| match reason {
        Reason::CborTooLarge => Reason::ParcelTooLarge,
        _ => Reason::ParcelDamaged,
    })?;
    let Value::Tag(PARCEL_TAG, items) = value else { return Err(Reason::ParcelDamaged) };
    let Value::Array(items) = *items else { return Err(Reason::ParcelDamaged) };
    if items.len() > MAX_ITEMS {
        return Err(Reason::ParcelTooLarge);
    }
    let bytes = |item| if let Value::Bytes(bytes) = item { Some(bytes) } else { None };
    let items: Option<Vec<_>> = items.into_iter().map(bytes).collect();
    items.filter(|items| !items.is_empty()).ok_or(Reason::ParcelDamaged)
}

/// The texts of a parcel's QR codes, each with so many bytes of it at most.
///
/// # Errors
/// `parcel-too-large` for more than [`MAX_PARTS`].
pub fn split(parcel: &[u8], part_bytes: usize) -> Result<Vec<String>, Reason> {
    let id = id(parcel);
    let chunks = parcel.chunks(part_bytes.clamp(1, MAX_PART_BYTES));
    let of = chunks.len();
    if of > MAX_PARTS {
        return Err(Reason::ParcelTooLarge);
    }
    let text = |(number, content): (usize, &[u8])| {
        let fields = vec![Value::Bytes(id.to_vec()), Value::Int(number as i64), Value::Int(of as i64), Value::Bytes(content.to_vec())];
        to_text(&Value::Tag(PARCEL_PART_TAG, Box::new(Value::Array(fields))))
    };
    Ok(chunks.enumerate().map(text).collect())
}

fn id(parcel: &[u8]) -> [u8; 8] {
    let mut id = [0; 8];
    id.copy_from_slice(&Sha256::digest(parcel)[..8]);
    id
}

/// A part of a parcel, as a QR code has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    id: [u8; 8],
    number: usize,
    of: usize,
    content: Vec<u8>,
}

impl Part {
    /// Reads a part; none for every other text.
    ///
    /// # Errors
    /// `parcel-damaged`, `parcel-too-large`.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Result<Self, Reason>> {
        if !text.starts_with(PREFIX) {
            return None;
        }
        let Ok(Value::Tag(PARCEL_PART_TAG, fields)) = from_text(text) else { return None };
        Some(Self::read(&fields).ok_or(Reason::ParcelDamaged).and_then(|part| {
            let fits = part.of <= MAX_PARTS && part.content.len() <= MAX_PART_BYTES;
            fits.then_some(part).ok_or(Reason::ParcelTooLarge)
        }))
    }

    fn read(fields: &Value) -> Option<Self> {
        let [Value::Bytes(id), Value::Int(number), Value::Int(of), Value::Bytes(content)] = fields.as_array()? else { return None };
        let (number, of) = (usize::try_from(*number).ok()?, usize::try_from(*of).ok()?);
        let part = Self { id: id.as_slice().try_into().ok()?, number, of, content: content.clone() };
        (number < of && !part.content.is_empty()).then_some(part)
    }
}

/// Gathers the parts of one parcel, in any order.
#[derive(Clone, Debug, Default)]
pub struct Gathering {
    id: [u8; 8],
    parts: Vec<Option<Vec<u8>>>,
}

impl Gathering {
    /// Takes a part; gives the parcel's bytes when it was the last one missing, and is empty again. A part that was read before changes
    /// nothing. One of another parcel takes the place of all that was gathered.
    ///
    /// # Errors
    /// `parcel-parts` while parts are missing; `parcel-other` for the first part of another parcel; `parcel-damaged` where the parts
    /// contradict one another or are not the whole that they state.
    pub fn take(&mut self, part: Part) -> Result<Vec<u8>, Reason> {
        let other = part.id != self.id || part.of != self.parts.len();
        let told = other && !self.parts.is_empty();
        if other {
            *self = Self { id: part.id, parts: vec![None; part.of] };
        }
        let of = u16::try_from(part.of).unwrap_or(u16::MAX);
        match self.parts.get_mut(part.number) {
            Some(held) if held.as_ref().is_none_or(|held| *held == part.content) => *held = Some(part.content),
            _ => {
                self.clear();
                return Err(Reason::ParcelDamaged);
            }
        }
        let have = u16::try_from(self.parts.iter().flatten().count()).unwrap_or(u16::MAX);
        if have < of {
            return Err(if told { Reason::ParcelOther { of } } else { Reason::ParcelParts { have, of } });
        }
        let whole = self.parts.iter().flatten().flatten().copied().collect::<Vec<_>>();
        let good = id(&whole) == self.id;
        self.clear();
        good.then_some(whole).ok_or(Reason::ParcelDamaged)
    }

    /// Forgets what was gathered.
    pub fn clear(&mut self) {
        self.parts.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(text: &str) -> Part {
        Part::from_text(text).unwrap().unwrap()
    }

    proptest! {
        #[test]
        fn parcels_round_trip_in_any_order(items in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..90), 1..6), size in 1_usize..80, turn in 0_usize..40) {
            let whole = encode(&items);
            prop_assert_eq!(decode(&whole), Ok(items));
            let mut texts = split(&whole, size).unwrap();
            let turn = turn % texts.len();
            texts.rotate_left(turn);
            let mut gathering = Gathering::default();
            let (last, before) = texts.split_last().unwrap();
            for text in before {
                let first = gathering.take(part(text)).unwrap_err();
                prop_assert_eq!(first.code(), "parcel-parts");
                prop_assert_eq!(gathering.take(part(text)), Err(first), "a double");
            }
            prop_assert_eq!(gathering.take(part(last)), Ok(whole));
        }

        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = decode(&bytes);
            let _ = Part::from_text(&to_text(&Value::Tag(PARCEL_PART_TAG, Box::new(Value::Bytes(bytes)))));
        }
    }

    #[test]
    fn one_reason_for_each_fault() {
        let whole = encode(&[vec![7; 100], vec![8; 100]]);
        for cut in [0, 1, 50, whole.len() - 1] {
            assert_eq!(decode(&whole[..cut]), Err(Reason::ParcelDamaged), "{cut}");
        }
        assert_eq!(decode(&encode(&[])), Err(Reason::ParcelDamaged));
        assert_eq!(decode(&encode(&vec![vec![]; MAX_ITEMS + 1])), Err(Reason::ParcelTooLarge));
        assert_eq!(decode(&encode(&[vec![0; 8 << 20]])), Err(Reason::ParcelTooLarge));
        assert_eq!(decode(&Value::Array(vec![Value::Bytes(vec![1])]).encode()), Err(Reason::ParcelDamaged));
        assert_eq!(split(&whole, 0).map(|texts| texts.len()), Ok(whole.len()));
        assert_eq!(split(&[0; MAX_PARTS + 1], 1), Err(Reason::ParcelTooLarge));

        let read =
            |fields: [Value; 4]| Part::from_text(&to_text(&Value::Tag(PARCEL_PART_TAG, Box::new(Value::Array(fields.to_vec()))))).unwrap();
        let fields =
            |number, of, content: &[u8]| [Value::Bytes(vec![1; 8]), Value::Int(number), Value::Int(of), Value::Bytes(content.to_vec())];
        assert!(read(fields(1, 2, &[1])).is_ok());
        for (number, of, content) in [(2, 2, &[1][..]), (-1, 2, &[1]), (0, 0, &[1]), (0, 1, &[])] {
            assert_eq!(read(fields(number, of, content)), Err(Reason::ParcelDamaged), "{number} of {of}");
        }
        assert_eq!(read(fields(0, 1025, &[1])), Err(Reason::ParcelTooLarge));
        assert_eq!(read(fields(0, 1, &[1; MAX_PART_BYTES + 1])), Err(Reason::ParcelTooLarge));
        assert!(Part::from_text("TM1:0").is_none() && Part::from_text("https://example.org").is_none());

        // Parts that don't go together, and a whole that is not what its parts state.
        let (one, two) = (split(&whole, 90).unwrap(), split(&encode(&[vec![9; 250]]), 90).unwrap());
        let mut gathering = Gathering::default();
        assert_eq!(gathering.take(part(&one[0])), Err(Reason::ParcelParts { have: 1, of: 3 }));
        assert_eq!(gathering.take(part(&two[1])), Err(Reason::ParcelOther { of: 3 }));
        assert_eq!(gathering.take(part(&two[2])), Err(Reason::ParcelParts { have: 2, of: 3 }));
        let forged = Part { content: vec![0; 90], ..part(&two[0]) };
        assert_eq!(gathering.take(forged), Err(Reason::ParcelDamaged));
        assert_eq!(gathering.take(part(&two[0])), Err(Reason::ParcelParts { have: 1, of: 3 }));
        assert_eq!(gathering.take(Part { content: vec![1], ..part(&two[0]) }), Err(Reason::ParcelDamaged));
    }
}
