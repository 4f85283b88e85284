use crate::reason::Reason;

/// How large and how deep an item may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole item.
    pub max_bytes: usize,
    /// Nested arrays, maps and tags.
    pub max_depth: usize,
}

impl Limits {
    /// For what is scanned from a code: 4 KiB, 16 deep.
    pub const TOKEN: Self = Self { max_bytes: 4096, max_depth: 16 };
    /// For bundles and status lists of the own deployment: 8 MiB, 16 deep.
    pub const FILE: Self = Self { max_bytes: 8 << 20, max_depth: 16 };
}

/// Checks that `bytes` are one item of strict CBOR, without reading values. Floats are refused: they have several spellings.
///
/// # Errors
/// The reason that was met first, reading from the front.
pub fn scan(bytes: &[u8], limits: Limits) -> Result<(), Reason> {
    if bytes.len() > limits.max_bytes {
        return Err(Reason::CborTooLarge);
    }
    let mut scanner = Scanner { bytes, at: 0, max_depth: limits.max_depth };
    scanner.item(0)?;
    if scanner.at < bytes.len() { Err(Reason::CborTrailingBytes) } else { Ok(()) }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    max_depth: usize,
}

impl<'a> Scanner<'a> {
    fn take(&mut self, count: u64) -> Result<&'a [u8], Reason> {
        let count = usize::try_from(count).map_err(|_| Reason::CborTruncated)?;
        let end = self.at.checked_add(count).ok_or(Reason::CborTruncated)?;
        let taken = self.bytes.get(self.at..end).ok_or(Reason::CborTruncated)?;
        self.at = end;
        Ok(taken)
    }

    /// Reads the initial byte and its argument; refuses arguments that a shorter form could carry.
    fn head(&mut self) -> Result<(u8, u8, u64), Reason> {
        let initial = self.take(1)?[0];
        let (major, info) = (initial >> 5, initial & 31);
        let width = match info {
            0..=23 => return Ok((major, info, u64::from(info))),
            24..=27 => 1_u64 << (info - 24),
            28..=30 => return Err(Reason::CborMalformed),
            _ if matches!(major, 2..=5) || initial == 0xff => return Err(Reason::CborIndefinite),
            _ => return Err(Reason::CborMalformed),
        };
        let argument = self.take(width)?.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let least = match info {
            24 => 24,
            25 => 1 << 8,
            26 => 1 << 16,
            _ => 1 << 32,
        };
        if major == 7 {
            // A float has several spellings, and no token needs one; a simple value below 32 has a shorter one.
            return if info == 24 && argument >= 32 { Ok((major, info, argument)) } else { Err(Reason::CborMalformed) };
        }
        if argument < least {
            return Err(Reason::CborNotMinimal);
        }
        Ok((major, info, argument))
    }

    fn item(&mut self, depth: usize) -> Result<(), Reason> {
        let (major, _, argument) = self.head()?;
        if (4..=6).contains(&major) && depth >= self.max_depth {
            return Err(Reason::CborTooDeep);
        }
        match major {
            2 => self.take(argument).map(drop),
            3 => match std::str::from_utf8(self.take(argument)?) {
                Ok(_) => Ok(()),
                Err(_) => Err(Reason::CborMalformed),
            },
            4 => (0..argument).try_for_each(|_| self.item(depth + 1)),
            5 => self.pairs(argument, depth),
            6 => self.item(depth + 1),
            _ => Ok(()),
        }
    }

    fn pairs(&mut self, count: u64, depth: usize) -> Result<(), Reason> {
        let mut keys = Vec::new();
        for _ in 0..count {
            let start = self.at;
            // A map or array as a key could be spelt in several orders.
            if matches!(self.bytes.get(start).map(|initial| initial >> 5), Some(4..=6)) {
                return Err(Reason::CborMalformed);
            }
            self.item(depth + 1)?;
            keys.push(&self.bytes[start..self.at]);
            self.item(depth + 1)?;
        }
        keys.sort_unstable();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) { Err(Reason::CborDuplicateKey) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8]) -> Result<(), Reason> {
        scan(bytes, Limits::TOKEN)
    }

    #[test]
    fn one_reason_for_each_fault() {
        use Reason::*;
        let faults: &[(&[u8], Reason)] = &[
            (&[], CborTruncated),
            (&[0x58], CborTruncated),
            (&[0x42, 1], CborTruncated),
            (&[0x82, 1], CborTruncated),
            (&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], CborTruncated),
            (&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], CborTruncated),
            (&[1, 1], CborTrailingBytes),
            (&[0x9f, 1, 0xff], CborIndefinite),
            (&[0xbf, 0xff], CborIndefinite),
            (&[0x5f, 0x41, 1, 0xff], CborIndefinite),
            (&[0x7f, 0x61, 0x61, 0xff], CborIndefinite),
            (&[0xff], CborIndefinite),
            (&[0x18, 23], CborNotMinimal),
            (&[0x19, 0, 255], CborNotMinimal),
            (&[0x1a, 0, 0, 255, 255], CborNotMinimal),
            (&[0x1b, 0, 0, 0, 0, 255, 255, 255, 255], CborNotMinimal),
            (&[0x58, 1, 0], CborNotMinimal),
            (&[0xa2, 1, 2, 1, 3], CborDuplicateKey),
            (&[0x1c], CborMalformed),
            (&[0xf8, 31], CborMalformed),
            (&[0x61, 0xff], CborMalformed),
            (&[0x3f], CborMalformed),
            (&[0xa1, 0xa0, 1], CborMalformed),
            (&[0xa1, 0x80, 1], CborMalformed),
            (&[0xf9, 0x3e, 0], CborMalformed),
            (&[0xa2, 0xf9, 0x3e, 0, 1, 0xfa, 0x3f, 0xc0, 0, 0, 1], CborMalformed),
        ];
        for (bytes, reason) in faults {
            assert_eq!(check(bytes), Err(reason.clone()), "{bytes:02x?}");
        }
        assert_eq!(check(&[0xf8, 59]), Ok(()));
        assert_eq!(check(&[0xf5]), Ok(()));
    }

    #[test]
    fn bombs_are_refused_at_the_limit() {
        let mut deep = vec![0x81; 16];
        deep.push(1);
        assert_eq!(check(&deep), Ok(()));
        deep.insert(0, 0x81);
        assert_eq!(check(&deep), Err(Reason::CborTooDeep));
        assert_eq!(check(&vec![0xd2; 100_000][..4096]), Err(Reason::CborTooDeep));
        assert_eq!(check(&[0; 4097]), Err(Reason::CborTooLarge));
    }
}
