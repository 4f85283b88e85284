use super::*;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Plain,
    Wrapped(Option<u8>),
    Pair(i64, String),
    Named { first_one: Vec<bool>, second: Option<char> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    kinds: Vec<Kind>,
    by_name: std::collections::BTreeMap<String, u64>,
    signed: (i8, i64),
    #[serde(default)]
    last: Option<Box<Whole>>,
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Plain),
        any::<Option<u8>>().prop_map(Kind::Wrapped),
        (any::<i64>(), any::<String>()).prop_map(|(number, text)| Kind::Pair(number, text)),
        (any::<Vec<bool>>(), any::<Option<char>>()).prop_map(|(first_one, second)| Kind::Named { first_one, second }),
    ]
}

fn leaf() -> impl Strategy<Value = Whole> {
    let by_name = prop::collection::btree_map(any::<String>(), any::<u64>(), 0..4);
    let parts = (prop::collection::vec(kind(), 0..4), by_name, any::<(i8, i64)>());
    parts.prop_map(|(kinds, by_name, signed)| Whole { kinds, by_name, signed, last: None })
}

fn whole() -> impl Strategy<Value = Whole> {
    (leaf(), prop::option::of(leaf())).prop_map(|(whole, last)| Whole { last: last.map(Box::new), ..whole })
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..5).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Texts that are JSON or nearly so.
fn nearly() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        r#"[\[\]{},: \n]"#,
        r#""([a-z"\\\x00-\x20é]|\\[bfnrtuzx/"\\]|\\u[0-9a-fA-F]{4}|\\ud8[0-9]{2}|\\udc[0-9]{2}){0,4}"?"#,
        "-?[0-9]{0,22}(\\.[0-9]{0,3})?([eE][+-]?[0-9]{0,2})?",
        "true|false|null|nul|True",
    ];
    prop_oneof![
        token.clone(),
        prop::collection::vec(token.clone(), 0..8).prop_map(|tokens| tokens.concat()),
        prop::collection::vec(token, 0..5).prop_map(|tokens| format!("[{}]", tokens.join(","))),
    ]
}

/// Equal but for the last places of fractions.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other)),
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|((key, one), (other_key, other))| key == other_key && same(one, other))
        }
        (Value::Number(one), Value::Number(other)) if one.is_f64() && other.is_f64() => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            (one - other).abs() <= 1e-14 * other.abs()
        }
        _ => one == other,
    }
}

proptest! {
    #[test]
    fn types_are_written_as_serde_json_does_and_read_again(whole in whole()) {
        let text = to_string(&whole).unwrap();
        prop_assert_eq!(&text, &serde_json::to_string(&whole).unwrap());
        prop_assert_eq!(from_str::<Whole>(&text), Ok(whole.clone()));
        prop_assert_eq!(from_str::<Whole>(&serde_json::to_string_pretty(&whole).unwrap()), Ok(whole));
    }

    #[test]
    fn values_too(value in value()) {
        let text = to_string(&value).unwrap();
        prop_assert_eq!(&text, &serde_json::to_string(&value).unwrap());
        prop_assert_eq!(from_str::<Value>(&text), Ok(value));
    }

    #[test]
    fn what_is_refused_is_refused_by_both(text in nearly()) {
        let (ours, theirs) = (from_str::<Value>(&text), serde_json::from_str::<Value>(&text));
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", ours, theirs);
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            prop_assert!(same(&ours, &theirs), "{} {}", ours, theirs);
        }
        prop_assert_eq!(from_str::<Whole>(&text).is_ok(), serde_json::from_str::<Whole>(&text).is_ok());
    }
}

#[test]
fn numbers_keep_their_kind() {
    let all = "[0, -1, 18446744073709551615, -9223372036854775808, 1.5, -0.25, 1e3, 6.02E+23, 0.1, 12345.678e-2]";
    assert_eq!(from_str::<Value>(all), Ok(json!([0, -1, u64::MAX, i64::MIN, 1.5, -0.25, 1e3, 6.02e23, 0.1, 123.45678])));
    for wrong in ["01", "-", "+1", "1.", ".5", "1e", "1e999", "0x1", "--1", "NaN", "1 2", ""] {
        assert_eq!(from_str::<Value>(wrong), Err(Malformed), "{wrong}");
    }
    assert_eq!(from_str::<u8>("256"), Err(Malformed));
    assert_eq!(from_str::<u8>("1.0"), Err(Malformed));
    assert_eq!(to_string(&1.5), Err(Malformed));
}

#[test]
fn texts_are_characters() {
    assert_eq!(from_str::<String>(r#""a\u00e9\ud83d\ude00\/""#).as_deref(), Ok("aé😀/"));
    for wrong in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83d\u0041""#, "\"\n\"", "\"a", r#""\x""#, r#""\u00g0""#] {
        assert_eq!(from_str::<String>(wrong), Err(Malformed), "{wrong}");
    }
    assert_eq!(from_slice::<String>(b"\"\xff\""), Err(Malformed));
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| from_str::<Value>(&("[".repeat(depth) + &"]".repeat(depth)));
    assert!(nested(128).is_ok());
    assert_eq!(nested(129), Err(Malformed));
    assert_eq!(nested(1_000_000), Err(Malformed));
}

#[test]
fn names_are_texts() {
    assert_eq!(from_str::<Value>("{1: 2}"), Err(Malformed));
    assert_eq!(to_string(&std::collections::BTreeMap::from([(1, 2)])), Err(Malformed));
    assert_eq!(from_str::<Kind>(r#"{"wrapped": 1, "plain": null}"#), Err(Malformed));
    assert_eq!(from_str::<Kind>(r#"{"plain": null}"#), Ok(Kind::Plain));
}
