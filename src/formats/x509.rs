//! The few fields of a certificate (RFC 5280) that make it a key of a trust list. Issuers' certificates are not all strict DER, so
//! they are read leniently: what counts is the key, and that the person who imports it chose the file.
//!
//! Used when a bundle is made, never by a gate.

use crate::{
    der::{BIT_STRING, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE, SET},
    keys::PublicKey,
    time::UnixTime,
    token::{
        Format,
        trust::{ALL_USES, Attests, ForeignKey},
    },
};
use sha2::{Digest, Sha256};

/// Largest certificate that is read, in bytes.
const MAX_BYTES: usize = 64 << 10;

/// Object identifiers, in their encoding.
mod oid {
    pub const COUNTRY: &[u8] = &[0x55, 4, 6];
    pub const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 37];
    pub const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
    pub const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    pub const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
    /// 1.3.6.1.4.1.1847.2021.1 and 1.3.6.1.4.1.0.1847.2021.1: the arcs of health certificates, the second one written by mistake
    /// and in use.
    pub const HEALTH: [&[u8]; 2] = [&[0x2b, 6, 1, 4, 1, 0x8e, 0x37, 0x8f, 0x65, 1], &[0x2b, 6, 1, 4, 1, 0, 0x8e, 0x37, 0x8f, 0x65, 1]];
}

/// What is needed of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The subject's key.
    pub key: PublicKey,
    /// The first 8 bytes of SHA-256 over the certificate: how EU passes name it.
    pub kid: [u8; 8],
    /// Country of the subject, else of the issuer; two capital letters.
    pub country: Option<String>,
    /// Beginning of validity.
    pub valid_from: UnixTime,
    /// The last second of validity.
    pub valid_until: UnixTime,
    /// What the key may attest: bits of [`Attests`]; all where the certificate does not restrict it.
    pub uses: u8,
}

impl Certificate {
    /// The key as a bundle carries it, for passes of the EU from this issuer.
    #[must_use]
    pub fn into_foreign_key(self, issuer: String) -> ForeignKey {
        ForeignKey {
            format: Format::EuDcc,
            issuer,
            kid: self.kid.to_vec(),
            key: self.key,
            uses: self.uses,
            valid_from: Some(self.valid_from),
            valid_until: Some(self.valid_until),
            revoked: Vec::new(),
        }
    }

    /// Reads a certificate; none when it is malformed, or its key neither on P-256 or P-384 nor RSA of 2048 to 4096 bits.
    #[must_use]
    pub fn from_der(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > MAX_BYTES {
            return None;
        }
        let mut fields = Reader::new(bytes).inside(SEQUENCE)?.inside(SEQUENCE)?;
        let _version = fields.content(0xa0);
        let _serial = fields.element()?;
        let _algorithm = fields.content(SEQUENCE)?;
        let issuer = fields.inside(SEQUENCE)?;
        let mut validity = fields.inside(SEQUENCE)?;
        let subject = fields.inside(SEQUENCE)?;
        let key = public_key(fields.inside(SEQUENCE)?)?;
        let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(Sha256::digest(bytes));
        Some(Self {
            key,
            kid: [a, b, c, d, e, f, g, h],
            country: country(subject).or_else(|| country(issuer)),
            valid_from: time(validity.element()?)?,
            valid_until: time(validity.element()?)?,
            uses: uses(fields)?,
        })
    }
}

fn public_key(mut info: Reader<'_>) -> Option<PublicKey> {
    let mut algorithm = info.inside(SEQUENCE)?;
    let name = algorithm.content(OBJECT_IDENTIFIER)?;
    // The first byte counts unused bits.
    let (0, bits) = info.content(BIT_STRING)?.split_first().map(|(unused, bits)| (*unused, bits))? else { return None };
    match name {
        // The point's length tells the curve, as far as the two that are taken go.
        oid::EC => PublicKey::from_sec1(bits),
        oid::RSA | oid::RSA_PSS => {
            let mut parts = Reader::new(bits).inside(SEQUENCE)?;
            PublicKey::from_rsa(parts.unsigned()?, parts.unsigned()?)
        }
        _ => None,
    }
}

fn country(mut name: Reader<'_>) -> Option<String> {
    while let Some(mut set) = name.inside(SET) {
        while let Some(mut attribute) = set.inside(SEQUENCE) {
            if attribute.content(OBJECT_IDENTIFIER) == Some(oid::COUNTRY) {
                let (_, text) = attribute.element()?;
                let text = std::str::from_utf8(text).ok().filter(|text| text.len() == 2)?;
                return text.bytes().all(|byte| byte.is_ascii_alphabetic()).then(|| text.to_ascii_uppercase());
            }
        }
    }
    None
}

/// UTCTime (two digits of the year) or GeneralizedTime, both in UTC.
fn time((tag, text): (u8, &[u8])) -> Option<UnixTime> {
    let (century, digits) = match (tag, text.strip_suffix(b"Z")?) {
        (0x17, digits) if digits.len() == 12 || digits.len() == 10 => (None, digits),
        (0x18, digits) if digits.len() == 14 => (Some(()), digits),
        _ => return None,
    };
    let mut pairs = digits.chunks(2).map(|pair| {
        let text = std::str::from_utf8(pair).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
        text.parse::<i64>().ok()
    });
    let mut next = || pairs.next().unwrap_or(Some(0));
    let first = next()?;
    let year = match century {
        Some(()) => first * 100 + next()?,
        None if first < 50 => 2000 + first,
        None => 1900 + first,
    };
    let (month, day, hour, minute, second) = (next()?, next()?, next()?, next()?, next()?);
    let good = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    // Days since 1970 of a date of the Gregorian calendar, with March as the first month.
    let (y, m) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    good.then(|| UnixTime(days * 86_400 + hour * 3600 + minute * 60 + second))
}

/// The extended key usage: a certificate that names a use of health certificates is restricted to those that it names.
fn uses(mut fields: Reader<'_>) -> Option<u8> {
    let mut bits = 0;
    while let Some((tag, content)) = fields.element() {
        if tag != 0xa3 {
            continue;
        }
        let mut extensions = Reader::new(content).inside(SEQUENCE)?;
        while let Some(mut extension) = extensions.inside(SEQUENCE) {
            if extension.content(OBJECT_IDENTIFIER) != Some(oid::EXTENDED_KEY_USAGE) {
                continue;
            }
            let _critical = extension.content(0x01);
            let mut usages = Reader::new(extension.content(OCTET_STRING)?).inside(SEQUENCE)?;
            while let Some(usage) = usages.content(OBJECT_IDENTIFIER) {
                let kind = oid::HEALTH.iter().find_map(|arc| usage.strip_prefix(*arc));
                bits |= match kind {
                    Some([1]) => Attests::Test as u8,
                    Some([2]) => Attests::Vaccination as u8,
                    Some([3]) => Attests::Recovery as u8,
                    _ => 0,
                };
            }
        }
    }
    Some(if bits == 0 { ALL_USES } else { bits })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, engine::general_purpose::STANDARD};
    use proptest::prelude::*;

    /// Austria, P-256, vaccinations only, from 2024-01-01 to 2044-01-01; by pyca/cryptography.
    const PEM: &str = include_str!("../../tests/vectors/dsc.pem");

    fn der() -> Vec<u8> {
        let lines: String = PEM.lines().filter(|line| !line.starts_with('-')).collect();
        STANDARD.decode(lines).unwrap()
    }

    fn replaced(from: &[u8], to: &[u8]) -> Vec<u8> {
        let mut bytes = der();
        let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
        bytes.splice(at..at + from.len(), to.iter().copied());
        bytes
    }

    #[test]
    fn what_is_needed_of_a_certificate() {
        let certificate = Certificate::from_der(&der()).unwrap();
        assert_eq!(certificate.country.as_deref(), Some("AT"));
        assert_eq!(certificate.uses, Attests::Vaccination as u8);
        assert_eq!((certificate.valid_from, certificate.valid_until), (UnixTime(1_704_067_200), UnixTime(2_335_219_200)));
        assert_eq!(certificate.key.key_type(), crate::keys::KeyType::P256);
        let uses = |arc: &[u8], number: u8| {
            let usage = [oid::HEALTH[0], &[2]].concat();
            Certificate::from_der(&replaced(&usage, &[arc, &[number]].concat())).map(|certificate| certificate.uses)
        };
        assert_eq!(uses(oid::HEALTH[0], 1), Some(Attests::Test as u8));
        assert_eq!(uses(oid::HEALTH[0], 3), Some(Attests::Recovery as u8));
        assert_eq!(uses(oid::HEALTH[0], 4), Some(ALL_USES), "none that is known");
        assert_eq!(Certificate::from_der(&der()[..der().len() / 2]), None, "cut");
    }

    #[test]
    fn times_of_both_kinds() {
        assert_eq!(time((0x17, b"991231235959Z")), Some(UnixTime(946_684_799)));
        assert_eq!(time((0x17, b"4912312359Z")), Some(UnixTime(2_524_607_940)), "seconds left out");
        assert_eq!(time((0x18, b"20440101000000Z")), Some(UnixTime(2_335_219_200)));
        for bad in [&b"20440101000000"[..], b"20441301000000Z", b"2044+101000000Z", b"Z", b""] {
            assert_eq!(time((0x18, bad)), None, "{bad:?}");
        }
        assert_eq!(time((0x02, b"991231235959Z")), None);
    }

    proptest! {
        #[test]
        fn any_altered_certificate_is_answered(at in any::<proptest::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = der();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = Certificate::from_der(&bytes);
        }
    }
}
