//! Challenges: vectors of one fault each, kept in `tests/vectors/challenges.json` for other implementations.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use serde_json::{Value as Json, json};
use tongma::{
    base45,
    cbor::{Map, Value},
    labels::CHALLENGE_TAG,
    time::UnixTime,
    token::{Challenge, challenge::StatedPlace, to_text},
};

const NOW: UnixTime = UnixTime(1_800_000_000);
const PLACE: i64 = -65540;

struct Vector {
    name: &'static str,
    text: String,
    now: UnixTime,
    expect: &'static str,
}

fn good() -> Challenge {
    let place = StatedPlace { kind: "museum".into(), region: 330_100, name: Some("城南博物馆".into()) };
    Challenge {
        audience: tongma::token::challenge::audience(*b"\0\x01\x02gate\xff"),
        nonce: *b"0123456789abcdef",
        issued_at: NOW,
        expires_at: NOW.plus(120),
        place: Some(place),
        poster: None,
    }
}

fn claims() -> Vec<(Value, Value)> {
    let tagged = tongma::token::from_text(&good().to_text()).unwrap();
    let Value::Tag(CHALLENGE_TAG, inner) = tagged else { panic!("no challenge") };
    inner.as_map().unwrap().0.clone()
}

fn text(claims: Vec<(Value, Value)>) -> String {
    to_text(&Value::Tag(CHALLENGE_TAG, Box::new(Value::Map(Map(claims)))))
}

/// The good one with another value under a key; without the key where there is none.
fn with(key: i64, value: Option<Value>) -> String {
    let key = Value::Int(key);
    let mut claims = claims();
    claims.retain(|(found, _)| found != &key);
    claims.extend(value.map(|value| (key, value)));
    text(claims)
}

fn placed(kind: &str, region: i64, name: Option<&str>) -> String {
    let name = name.map(|name| (Value::Int(3), Value::text(name)));
    let pairs = [(Value::Int(1), Value::text(kind)), (Value::Int(2), Value::Int(region))].into_iter().chain(name);
    with(PLACE, Some(Value::Map(Map(pairs.collect()))))
}

fn vectors() -> Vec<Vector> {
    let at = |name, text: String, later: i64, expect| Vector { name, text, now: NOW.plus(later), expect };
    let now = |name, text: String, expect| at(name, text, 0, expect);
    let good = good().to_text();
    let bytes = base45::decode(&good[4..]).unwrap();
    let raw = |bytes: &[u8]| format!("TM1:{}", base45::encode(bytes));
    let malformed = "token-malformed";
    let int = |number: i64| Some(Value::Int(number));
    let long = "馆".repeat(61);
    let mut unknown = claims();
    unknown.push((Value::Int(99), Value::Int(1)));
    let bare = Value::Map(Map(claims()));
    vec![
        now("good", good.clone(), "good"),
        now("line end of a hand scanner", format!("{good}\r\n"), "good"),
        now("without a place", with(PLACE, None), "good"),
        now("without a name", placed("museum", 330_100, None), "good"),
        now("a kind of place that is unknown here", placed("moon-base", 0, None), "good"),
        now("longest name", placed("museum", 330_100, Some(&long[3..])), "good"),
        at("at the end of the slack", good.clone(), 239, "good"),
        at("over", good.clone(), 240, "expired"),
        at("at the beginning of the slack", good.clone(), -120, "good"),
        at("not yet", good.clone(), -121, "not-yet-valid"),
        now("web address", "https://example.org/".into(), "not-a-pass"),
        now("later version", good.replace("TM1:", "TM2:"), "prefix-version"),
        now("lower case", good.to_lowercase(), "text-lower-case"),
        now("cut", raw(&bytes[..bytes.len() - 1]), "cbor-truncated"),
        now("padded", raw(&[&bytes[..], &[0]].concat()), "cbor-trailing-bytes"),
        now("a key twice", raw(&[&[0xda, 0, 0x54, 0x4d, 0x43, 0xa2], &[1, 1, 1, 1][..]].concat()), "cbor-duplicate-key"),
        now("without its tag", to_text(&bare), "not-a-challenge"),
        now("under the tag of signed tokens", to_text(&Value::Tag(18, Box::new(bare))), "not-a-challenge"),
        now("no map", to_text(&Value::Tag(CHALLENGE_TAG, Box::new(Value::Array(vec![])))), malformed),
        now("an unknown claim", text(unknown), malformed),
        now("without an audience", with(3, None), malformed),
        now("for everybody", with(3, Some(Value::text("tm:any"))), malformed),
        now("in an authority's name", with(3, Some(Value::text("tm:36"))), malformed),
        now("a short identifier", with(3, Some(Value::text("tm:gate/AAECZ2F0ZQ"))), malformed),
        now("an identifier with padding", with(3, Some(Value::text("tm:gate/AAECZ2F0Zf8="))), malformed),
        now("without a nonce", with(39, None), malformed),
        now("a short nonce", with(39, Some(Value::Bytes(vec![1; 15]))), malformed),
        now("a long nonce", with(39, Some(Value::Bytes(vec![1; 17]))), malformed),
        now("a nonce as text", with(39, Some(Value::text("0123456789abcdef"))), malformed),
        now("without an end", with(4, None), malformed),
        now("without a beginning", with(6, None), malformed),
        now("longer than two minutes", with(4, int(NOW.0 + 121)), malformed),
        now("over as it begins", with(4, int(NOW.0)), malformed),
        now("as long as time", with(6, int(i64::MIN)), malformed),
        now("a name too long", placed("museum", 330_100, Some(&long)), malformed),
        now("an empty name", placed("museum", 330_100, Some("")), malformed),
        now("a name with a space around", placed("museum", 330_100, Some(" 馆")), malformed),
        now("a name that turns the writing", placed("museum", 330_100, Some("馆\u{202e}")), malformed),
        now("a name of two lines", placed("museum", 330_100, Some("馆\n馆")), malformed),
        now("a kind in capitals", placed("Museum", 330_100, None), malformed),
        now("an empty kind", placed("", 330_100, None), malformed),
        now("a kind too long", placed(&"a".repeat(33), 330_100, None), malformed),
        now("a region too large", placed("museum", 1_000_000, None), malformed),
        now("a region below zero", placed("museum", -1, None), malformed),
        now("a place as text", with(PLACE, Some(Value::text("museum"))), malformed),
    ]
}

#[test]
fn each_vector_has_its_answer() {
    let judge = |vector: &Vector| match Challenge::from_text(&vector.text).and_then(|challenge| challenge.fitness(vector.now)) {
        Ok(()) => "good",
        Err(reason) => reason.code(),
    };
    let wrong: Vec<_> =
        vectors().iter().map(|vector| (vector.name, judge(vector), vector.expect)).filter(|(_, got, expect)| got != expect).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `UPDATE=1 cargo test --package tongma --test it file_is_current` writes the file anew.
#[test]
fn the_vector_file_is_current() {
    let vectors: Vec<Json> = vectors()
        .iter()
        .map(|vector| json!({ "name": vector.name, "text": vector.text, "now": vector.now, "expect": vector.expect }))
        .collect();
    let text = serde_json::to_string_pretty(&vectors).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/challenges.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), text, "run with UPDATE=1");
}
