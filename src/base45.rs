//! base45 (RFC 9285), strictly: one text for one byte string.

/// Encodes bytes as base45 text, made of QR's alphanumeric characters.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    ::base45::encode(bytes)
}

/// Decodes base45 text; none when it is not exactly what [`encode`] makes of some bytes.
///
/// The library folds a last pair above 255 into a byte; comparing with the encoding again refuses that, so that no text
/// can be changed without changing its bytes.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let bytes = ::base45::decode(text).ok()?;
    (::base45::encode(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_examples_of_the_rfc() {
        for (plain, text) in [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")] {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(plain.as_bytes()));
        }
    }

    #[test]
    fn what_no_encoder_makes_is_refused() {
        for text in ["GGW", ":::", "::", "A", "AAAA", "bb8", "BB8\n", "BÄ8", "ZZ"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn round_trip(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn one_text_for_one_byte_string(text in "[0-9A-Z $%*+./:-]{0,40}") {
            if let Some(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
