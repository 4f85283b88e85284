//! F0: DER (X.690), as much of it as keys and certificates need: a bounded reader that tolerates what issuers get wrong, and
//! the writing of integers.
//!
//! The reader takes lengths that are not in their shortest form and integers with needless zeros; it takes no indefinite
//! lengths, no tags of several bytes and no element that reaches beyond its parent.

/// Tag of INTEGER.
pub const INTEGER: u8 = 0x02;
/// Tag of BIT STRING.
pub const BIT_STRING: u8 = 0x03;
/// Tag of OCTET STRING.
pub const OCTET_STRING: u8 = 0x04;
/// Tag of OBJECT IDENTIFIER.
pub const OBJECT_IDENTIFIER: u8 = 0x06;
/// Tag of SEQUENCE.
pub const SEQUENCE: u8 = 0x30;
/// Tag of SET.
pub const SET: u8 = 0x31;

/// Reads elements one behind the other.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// A reader of these bytes.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether nothing is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next element's tag and content; none at the end and for what is malformed.
    pub fn element(&mut self) -> Option<(u8, &'a [u8])> {
        let (&[tag, first], rest) = self.0.split_first_chunk::<2>()?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(first & 0x0f))?;
                (digits.iter().fold(0_usize, |sum, digit| (sum << 8) | usize::from(*digit)), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        if tag & 0x1f == 0x1f {
            return None;
        }
        self.0 = rest;
        Some((tag, content))
    }

    /// The content of the next element, which must have this tag; nothing is read when it has another one.
    pub fn content(&mut self, tag: u8) -> Option<&'a [u8]> {
        let mut ahead = *self;
        let (found, content) = ahead.element()?;
        if found != tag {
            return None;
        }
        *self = ahead;
        Some(content)
    }

    /// A reader of the content of the next element, which must have this tag.
    pub fn inside(&mut self, tag: u8) -> Option<Self> {
        self.content(tag).map(Self)
    }

    /// The next element, which must be an integer that is not negative, without zeros in front.
    pub fn unsigned(&mut self) -> Option<&'a [u8]> {
        let digits = self.content(INTEGER)?;
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        let negative = digits.first().is_none_or(|first| first & 0x80 != 0);
        if negative { None } else { digits.get(zeros..) }
    }
}

/// An element.
#[must_use]
pub fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let digits = &length[length.iter().take_while(|digit| **digit == 0).count()..];
    let mut out = vec![tag];
    match content.len() {
        short @ 0..=0x7f => out.push(short as u8),
        _ => {
            out.push(0x80 | digits.len() as u8);
            out.extend_from_slice(digits);
        }
    }
    out.extend_from_slice(content);
    out
}

/// An integer that is not negative, from its digits to the base 256.
#[must_use]
pub fn unsigned(digits: &[u8]) -> Vec<u8> {
    let digits = &digits[digits.iter().take_while(|digit| **digit == 0).count()..];
    let sign: &[u8] = if digits.first().is_none_or(|first| first & 0x80 != 0) { &[0] } else { &[] };
    element(INTEGER, &[sign, digits].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_and_integers() {
        let long = element(OCTET_STRING, &[7; 300]);
        assert_eq!(long[..4], [4, 0x82, 1, 44]);
        assert_eq!(Reader::new(&long).content(OCTET_STRING).map(<[u8]>::len), Some(300));
        assert_eq!(unsigned(&[0, 0, 0x80, 1]), [2, 3, 0, 0x80, 1]);
        assert_eq!(Reader::new(&[2, 0x81, 3, 0, 0, 5]).unsigned(), Some(&[5][..]), "neither length nor integer in the shortest form");
        assert_eq!(Reader::new(&[2, 1, 0x80]).unsigned(), None, "negative");
        for malformed in [&[][..], &[2], &[2, 2, 1], &[2, 0x80, 1, 0, 0], &[2, 0x85, 0, 0, 0, 0, 1, 1], &[0x1f, 1, 1]] {
            assert_eq!(Reader::new(malformed).element(), None, "{malformed:?}");
        }
        let mut reader = Reader::new(&[2, 1, 5]);
        assert!(reader.content(SEQUENCE).is_none() && reader.content(INTEGER).is_some() && reader.is_empty());
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(digits in proptest::collection::vec(any::<u8>(), 1..200)) {
            let written = unsigned(&digits);
            let shortest = digits.iter().skip_while(|digit| **digit == 0).copied().collect::<Vec<_>>();
            prop_assert_eq!(Reader::new(&written).unsigned(), Some(&shortest[..]));
        }
    }
}
