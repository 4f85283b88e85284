use crate::{
    base45,
    cbor::{self, Limits, Value},
    reason::{LooksLike, Reason},
};

/// What every text of this program begins with. The digit is the version of the format.
pub const PREFIX: &str = "TM1:";

/// The most characters that a QR code holds in alphanumeric mode (version 40, level L).
const MAX_CHARACTERS: usize = 4296;

/// A token's text for a QR code: all characters are of the alphanumeric mode.
#[must_use]
pub fn to_text(token: &Value) -> String {
    format!("{PREFIX}{}", base45::encode(&token.encode()))
}

/// Reads a token from the text of a QR code. Line ends and tabs around it, as hand scanners add them, are dropped; spaces
/// are not, for they are base45 characters.
///
/// # Errors
/// `not-a-pass`, `prefix-version`, `text-…` or a `cbor-…` reason.
pub fn from_text(text: &str) -> Result<Value, Reason> {
    let text = text.trim_matches(['\r', '\n', '\t']);
    if text.len() > MAX_CHARACTERS {
        return Err(Reason::TextTooLong);
    }
    let Some(body) = text.strip_prefix(PREFIX) else { return Err(foreign(text)) };
    let Some(bytes) = base45::decode(body) else {
        let lower = body.bytes().any(|byte| byte.is_ascii_lowercase());
        return Err(if lower { Reason::TextLowerCase } else { Reason::TextMalformed });
    };
    cbor::decode(&bytes, Limits::TOKEN)
}

fn foreign(text: &str) -> Reason {
    if let [b't' | b'T', b'm' | b'M', version @ b'0'..=b'9', b':', ..] = text.as_bytes() {
        return match version {
            b'1' => Reason::TextLowerCase,
            _ => Reason::PrefixVersion { version: version - b'0' },
        };
    }
    let lower = text.trim_start().get(..64).unwrap_or(text.trim_start()).to_ascii_lowercase();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| lower.starts_with(prefix));
    let looks_like = if starts(&["wifi:"]) {
        LooksLike::WiFi
    } else if starts(&[
        "wxp://",
        "weixin://wxpay",
        "alipays:",
        "https://qr.alipay.com",
        "https://qr.95516.com",
        "http://qr.95516.com",
        "000201",
    ]) {
        LooksLike::Payment
    } else if starts(&["http://", "https://", "www."]) {
        LooksLike::Url
    } else {
        LooksLike::Other
    };
    Reason::NotAPass { looks_like }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_peoples_codes_are_named() {
        let cases = [
            ("https://example.org/x", LooksLike::Url),
            ("HTTP://EXAMPLE.ORG", LooksLike::Url),
            ("WIFI:T:WPA;S:net;P:secret;;", LooksLike::WiFi),
            ("https://qr.alipay.com/fkx0", LooksLike::Payment),
            ("wxp://f2f0abc", LooksLike::Payment),
            ("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", LooksLike::Other),
            ("", LooksLike::Other),
        ];
        for (text, looks_like) in cases {
            assert_eq!(from_text(text), Err(Reason::NotAPass { looks_like }), "{text}");
        }
    }

    #[test]
    fn changed_texts_have_their_own_reasons() {
        let text = to_text(&Value::Bytes(vec![1, 2, 3, 4, 5, 6]));
        assert!(from_text(&format!("{text}\r\n")).is_ok());
        assert_eq!(from_text(&text.to_lowercase()), Err(Reason::TextLowerCase));
        assert_eq!(from_text(&text.replace("TM1", "tm1")), Err(Reason::TextLowerCase));
        assert_eq!(from_text(&text.replace("TM1", "TM2")), Err(Reason::PrefixVersion { version: 2 }));
        assert_eq!(from_text(&text[..text.len() - 1]), Err(Reason::TextMalformed));
        assert_eq!(from_text(&format!("{text}{text}")), Err(Reason::TextMalformed));
        assert_eq!(from_text(&format!("{text} ")), Err(Reason::TextMalformed));
        assert_eq!(from_text(&format!("{text}000")), Err(Reason::CborTrailingBytes));
        assert_eq!(from_text(&format!("{PREFIX}{}", "0".repeat(4300))), Err(Reason::TextTooLong));
        assert_eq!(from_text(PREFIX), Err(Reason::CborTruncated));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".{0,80}", body in "[0-9A-Z $%*+./:-]{0,80}") {
            let _ = from_text(&text);
            let _ = from_text(&format!("{PREFIX}{body}"));
        }
    }
}
