use super::{Limits, Map, Value};
use crate::reason::Reason;

/// Reads one item; memory is taken only for what is there, however much a length announces.
pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Value, Reason> {
    if bytes.len() > limits.max_bytes {
        return Err(Reason::CborTooLarge);
    }
    let mut reader = Reader { rest: bytes, max_depth: limits.max_depth };
    let value = reader.item(0)?;
    if reader.rest.is_empty() { Ok(value) } else { Err(Reason::CborTrailingBytes) }
}

/// The most keys that a map may have: passes have some twenty, and each key is held against all others.
const MOST_KEYS: usize = 256;

struct Reader<'a> {
    rest: &'a [u8],
    max_depth: usize,
}

/// What the initial byte and its argument say.
struct Head {
    major: u8,
    info: u8,
    /// None for an indefinite length.
    argument: Option<u64>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: u64) -> Result<&'a [u8], Reason> {
        let count = usize::try_from(count).map_err(|_| Reason::CborTruncated)?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Reason::CborTruncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn head(&mut self) -> Result<Head, Reason> {
        let initial = self.take(1)?[0];
        let (major, info) = (initial >> 5, initial & 31);
        let argument = match info {
            0..=23 => Some(u64::from(info)),
            24..=27 => Some(self.take(1 << (info - 24))?.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))),
            31 if (2..=5).contains(&major) => None,
            _ => return Err(Reason::CborMalformed),
        };
        Ok(Head { major, info, argument })
    }

    /// Whether an item of indefinite length ends here.
    fn ends(&mut self) -> bool {
        let ends = self.rest.first() == Some(&0xff);
        if ends {
            self.rest = &self.rest[1..];
        }
        ends
    }

    fn item(&mut self, depth: usize) -> Result<Value, Reason> {
        let Head { major, info, argument } = self.head()?;
        if (4..=6).contains(&major) && depth >= self.max_depth {
            return Err(Reason::CborTooDeep);
        }
        let int = |argument: Option<u64>| argument.and_then(|argument| i64::try_from(argument).ok()).ok_or(Reason::CborMalformed);
        Ok(match major {
            0 => Value::Int(int(argument)?),
            1 => Value::Int(-1 - int(argument)?),
            2 => Value::Bytes(self.string(major, argument)?),
            3 => Value::Text(String::from_utf8(self.string(major, argument)?).map_err(|_| Reason::CborMalformed)?),
            4 => {
                let mut items = Vec::new();
                while self.more(argument, items.len()) {
                    items.push(self.item(depth + 1)?);
                }
                Value::Array(items)
            }
            5 => Value::Map(self.pairs(argument, depth)?),
            6 => Value::Tag(argument.unwrap_or_default(), Box::new(self.item(depth + 1)?)),
            _ => simple(info, argument.unwrap_or_default())?,
        })
    }

    /// Whether an array or map that has `read` items so far goes on.
    fn more(&mut self, count: Option<u64>, read: usize) -> bool {
        match count {
            Some(count) => (read as u64) < count,
            None => !self.ends(),
        }
    }

    /// A string in one piece, or in pieces of the same kind (RFC 8949 §3.2.3).
    fn string(&mut self, major: u8, length: Option<u64>) -> Result<Vec<u8>, Reason> {
        if let Some(length) = length {
            return self.take(length).map(<[u8]>::to_vec);
        }
        let mut whole = Vec::new();
        while !self.ends() {
            match self.head()? {
                Head { major: piece, argument: Some(length), .. } if piece == major => whole.extend_from_slice(self.take(length)?),
                _ => return Err(Reason::CborMalformed),
            }
        }
        Ok(whole)
    }

    fn pairs(&mut self, count: Option<u64>, depth: usize) -> Result<Map, Reason> {
        let mut map = Map::default();
        while self.more(count, map.0.len()) {
            let key = self.item(depth + 1)?;
            if matches!(key, Value::Array(_) | Value::Map(_) | Value::Tag(..)) {
                return Err(Reason::CborMalformed);
            }
            // Of two values under one key a reader would take the first, another one the last.
            if map.find(&key).is_some() {
                return Err(Reason::CborDuplicateKey);
            }
            if map.0.len() == MOST_KEYS {
                return Err(Reason::CborTooLarge);
            }
            map.0.push((key, self.item(depth + 1)?));
        }
        Ok(map)
    }
}

fn simple(info: u8, argument: u64) -> Result<Value, Reason> {
    let float = |value: f64| Ok(Value::Float(value.to_bits()));
    match info {
        25 => float(half(argument as u16)),
        26 => float(f64::from(f32::from_bits(argument as u32))),
        27 => Ok(Value::Float(argument)),
        24 if argument < 32 => Err(Reason::CborMalformed),
        _ => Ok(Value::Simple(argument as u8)),
    }
}

/// A float of 16 bits (RFC 8949 appendix D).
fn half(bits: u16) -> f64 {
    let (exponent, mantissa) = (i32::from((bits >> 10) & 0x1f), f64::from(bits & 0x3ff));
    let value = match exponent {
        0 => mantissa * 2_f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (mantissa + 1024.0) * 2_f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { value } else { -value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lenient(bytes: &[u8]) -> Result<Value, Reason> {
        read(bytes, Limits::TOKEN)
    }

    #[test]
    fn what_foreign_issuers_write_is_read() {
        let one_two = Value::Array(vec![Value::Int(1), Value::Int(2)]);
        assert_eq!(lenient(&[0x9f, 1, 2, 0xff]), Ok(one_two.clone()));
        assert_eq!(lenient(&[0x98, 2, 0x18, 1, 0x19, 0, 2]), Ok(one_two.clone()));
        assert_eq!(lenient(&[0xbf, 1, 2, 0xff]), Ok(Value::Map(Map(vec![(Value::Int(1), Value::Int(2))]))));
        assert_eq!(lenient(&[0x7f, 0x61, b'a', 0x61, b'b', 0xff]), Ok(Value::text("ab")));
        assert_eq!(lenient(&[0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]).map(|float| float.as_whole()), Ok(Some(1)));
        assert_eq!(lenient(&[0xf9, 0x3e, 0]), lenient(&[0xfa, 0x3f, 0xc0, 0, 0]), "1.5 as 16 and as 32 bits");
        for never in [[0xf9, 0x7c, 0], [0xf9, 0x7e, 0]] {
            assert_eq!(lenient(&never).map(|float| float.as_whole()), Ok(None), "infinite and no number");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        use Reason::*;
        let faults: &[(&[u8], Reason)] = &[
            (&[], CborTruncated),
            (&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], CborTruncated),
            (&[0x9f, 1], CborTruncated),
            (&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], CborTruncated),
            (&[1, 1], CborTrailingBytes),
            (&[0xff], CborMalformed),
            (&[0x1f], CborMalformed),
            (&[0x7f, 0x41, 1, 0xff], CborMalformed),
            (&[0x1b, 0xff, 0, 0, 0, 0, 0, 0, 0], CborMalformed),
            (&[0xbf, 1, 0xff], CborMalformed),
            (&[0xa1, 0x80, 1], CborMalformed),
            (&[0xa2, 1, 2, 1, 3], CborDuplicateKey),
            (&[0xa2, 1, 2, 0x18, 1, 3], CborDuplicateKey),
        ];
        for (bytes, reason) in faults {
            assert_eq!(lenient(bytes), Err(reason.clone()), "{bytes:02x?}");
        }
        assert_eq!(lenient(&[0x9f; 17]), Err(CborTooDeep));
        assert_eq!(lenient(&[0; 4097]), Err(CborTooLarge));
        let keys = |count: usize| (0..count).flat_map(|key| [0x19, (key >> 8) as u8, key as u8, 0]);
        let map = |count| [0xbf].into_iter().chain(keys(count)).chain([0xff]).collect::<Vec<_>>();
        assert!(lenient(&map(MOST_KEYS)).is_ok());
        assert_eq!(lenient(&map(MOST_KEYS + 1)), Err(CborTooLarge));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let read = lenient(&bytes);
            if let Ok(strict) = crate::cbor::decode(&bytes, Limits::TOKEN) {
                prop_assert_eq!(read, Ok(strict));
            }
        }
    }
}
