//! What a request's headers ask for: encodings (RFC 9110 §12.5.3), a newer version (§13.1.2), a media type (§8.3).

use axum::http::{HeaderMap, HeaderName, header};

/// An encoding of a stored file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// By preference where a request has none: the smallest first.
    const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// Its name in headers.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// What a file's name ends with in this encoding.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }
}

/// The encodings that a request takes, the best first. The file as it is comes last in any case: it is better than nothing, even
/// for a request that refuses it.
pub(super) fn encodings(request: &HeaderMap) -> Vec<Encoding> {
    let asked = all_values(request, &header::ACCEPT_ENCODING);
    let items: Vec<_> = asked.split(',').filter_map(weighted).collect();
    let weight = |name: &str| items.iter().find(|(item, _)| item == name).map(|(_, weight)| *weight);
    let mut taken: Vec<_> = Encoding::ALL
        .into_iter()
        .map(|encoding| match encoding {
            // Not named it is taken, but after all that is named.
            Encoding::Identity => (encoding, weight("identity").unwrap_or(0)),
            _ => (encoding, weight(encoding.name()).or_else(|| weight("*")).unwrap_or(0)),
        })
        .filter(|(encoding, weight)| *weight > 0 || *encoding == Encoding::Identity)
        .collect();
    // Stable: what weighs the same stays by preference.
    taken.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    taken.into_iter().map(|(encoding, _)| encoding).collect()
}

/// `name;q=0.5` as the name in lower case and thousandths; none where the weight is malformed.
fn weighted(item: &str) -> Option<(String, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let name = parts.next()?.to_ascii_lowercase();
    let weight = match parts.next() {
        None => 1000,
        Some(parameter) => {
            let (q, weight) = parameter.split_once('=')?;
            if !q.trim().eq_ignore_ascii_case("q") {
                return None;
            }
            thousandths(weight.trim())?
        }
    };
    Some((name, weight))
}

/// A weight from 0 to 1 with at most three decimals.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    match whole {
        "0" => format!("{decimals:0<3}").parse().ok(),
        "1" if decimals.bytes().all(|digit| digit == b'0') => Some(1000),
        _ => None,
    }
}

/// Whether the request holds the version with this tag (`"…"`) already. Tags are compared weakly.
pub(super) fn holds(request: &HeaderMap, tag: &str) -> bool {
    let held = all_values(request, &header::IF_NONE_MATCH);
    let mut rest = held.as_str();
    if rest.trim() == "*" {
        return true;
    }
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let opaque = rest.strip_prefix("W/").unwrap_or(rest);
        let Some(end) = opaque.strip_prefix('"').and_then(|inner| inner.find('"')) else { return false };
        let (one, behind) = opaque.split_at(end + 2);
        if one == tag {
            return true;
        }
        rest = behind;
    }
}

/// Whether the body is of this media type, whatever its parameters.
pub(super) fn is_of_type(request: &HeaderMap, media_type: &str) -> bool {
    let stated = request.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    stated.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(media_type)
}

/// A list header that may stand on several lines.
fn all_values(request: &HeaderMap, name: &HeaderName) -> String {
    let lines: Vec<_> = request.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    lines.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Encoding::{Brotli, Gzip, Identity};
    use proptest::prelude::*;

    fn request(name: HeaderName, lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (name.clone(), line.parse().unwrap())).collect()
    }

    #[test]
    fn encodings_by_their_weights() {
        let cases: [(&[&str], &[Encoding]); 19] = [
            (&[], &[Identity]),
            (&[""], &[Identity]),
            (&["gzip, deflate, br, zstd"], &[Brotli, Gzip, Identity]),
            (&["gzip", "br"], &[Brotli, Gzip, Identity]),
            (&["br;q=0, gzip;q=0.5"], &[Gzip, Identity]),
            (&["gzip;q=0.5, br;q=0.9"], &[Brotli, Gzip, Identity]),
            (&["gzip;q=0.9, br;q=0.5"], &[Gzip, Brotli, Identity]),
            (&["GZIP ; Q=1.000"], &[Gzip, Identity]),
            (&["*"], &[Brotli, Gzip, Identity]),
            (&["*;q=0.3, br;q=0"], &[Gzip, Identity]),
            (&["*;q=0, gzip"], &[Gzip, Identity]),
            (&["*;q=0"], &[Identity]),
            (&["identity"], &[Identity]),
            (&["identity, br;q=0.5"], &[Identity, Brotli]),
            (&["identity;q=0, gzip;q=0.001"], &[Gzip, Identity]),
            (&["br;q=0.000"], &[Identity]),
            (&["br;q=2, gzip;q=1.5"], &[Identity]),
            (&["br;q=0.1234, gzip;q=a"], &[Identity]),
            (&["brotli, xgzip"], &[Identity]),
        ];
        for (lines, expected) in cases {
            assert_eq!(encodings(&request(header::ACCEPT_ENCODING, lines)), expected, "{lines:?}");
        }
    }

    #[test]
    fn tags_in_lists() {
        for (lines, expected) in [
            (&["\"a\""][..], true),
            (&["W/\"a\""], true),
            (&["\"b\", W/\"c,\" ,\"a\""], true),
            (&["\"b\"", "\"a\""], true),
            (&[" * "], true),
            (&["\"b\""], false),
            (&["a"], false),
            (&["\"a"], false),
            (&["w/\"a\""], false),
            (&["\"x\"a\"\""], false),
            (&[","], false),
            (&[], false),
        ] {
            assert_eq!(holds(&request(header::IF_NONE_MATCH, lines), "\"a\""), expected, "{lines:?}");
        }
    }

    #[test]
    fn media_types() {
        for (stated, expected) in [
            ("application/cwt", true),
            ("Application/CWT; charset=x", true),
            ("application/cwt2", false),
            ("text/plain", false),
            ("application/cose; x=application/cwt", false),
        ] {
            assert_eq!(is_of_type(&request(header::CONTENT_TYPE, &[stated]), "application/cwt"), expected, "{stated}");
        }
        assert!(!is_of_type(&HeaderMap::new(), "application/cwt"));
    }

    proptest! {
        #[test]
        fn any_header_is_answered(text in "[ -~]{0,60}", list in "[*W/\",;q=.0-9abr ]{0,60}") {
            for text in [text, list] {
                prop_assert!(encodings(&request(header::ACCEPT_ENCODING, &[&text])).contains(&Identity));
                let _ = holds(&request(header::IF_NONE_MATCH, &[&text]), "\"a\"");
                let _ = is_of_type(&request(header::CONTENT_TYPE, &[&text]), "application/cwt");
            }
        }
    }
}
