//! Requests to the authority: vectors of one fault each, kept in `tests/vectors/requests.json` for other implementations, and round trips.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use tongma::{
    cbor::{self, Limits, Map, Value},
    cose::{Unsigned, header},
    entropy::Entropy,
    keys::SecretKey,
    labels::{APPEAL_INQUIRY_TYP, APPEAL_TYP, APPLICATION_TYP, RENEWAL_TYP, REPORT_TYP},
    reason::Reason,
    signature::{Unverified, Verified},
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{
        Appeal, AppealInquiry, Application, Body, CONSENT_VERSION, Contact, Declaration, DocumentKind, Head, MAX_TEXT, Particulars,
        Possession, Relation, Renewal, Report, ReportKind, Request, Symptoms, Ward, Wish,
    },
};

const NOW: UnixTime = UnixTime(1_800_000_000);
const REQUEST: i64 = -65546;
const APPLICATION: i64 = -65538;

struct Vector {
    name: String,
    kind: &'static str,
    token: Vec<u8>,
    expect: &'static str,
}

fn key(seed: u8) -> SecretKey {
    SecretKey::generate(&mut Entropy::new([seed; 32]))
}

fn head() -> Head {
    Head { audience: "tm:36".into(), issued_at: NOW, id: *b"0123456789abcdef", key: key(1).public() }
}

fn sign(by: &SecretKey, unsigned: Unsigned) -> Value {
    let signature = by.sign(&unsigned.message());
    unsigned.finish(&signature)
}

fn signed<B: Body>(body: B) -> Value {
    sign(&key(1), Request { head: head(), body }.to_unsigned())
}

/// A signed token of this type and with these claims.
fn token(typ: &str, protected: Option<(i64, Value)>, unprotected: Map, claims: Vec<(Value, Value)>) -> Vec<u8> {
    let mut headers = vec![(header::TYP, Value::text(typ))];
    headers.extend(protected);
    sign(&key(1), Unsigned::new(headers, unprotected, &Value::Map(Map(claims)))).encode()
}

fn claims(label: i64, body: Value) -> Vec<(Value, Value)> {
    let cnf = Value::Map(Map(vec![(Value::Int(1), key(1).public().to_cose())]));
    let values =
        [(3, Value::text("tm:36")), (6, Value::Int(NOW.0)), (7, Value::Bytes(b"0123456789abcdef".to_vec())), (8, cnf), (label, body)];
    values.into_iter().map(|(key, value)| (Value::Int(key), value)).collect()
}

/// The map with another value under a key; without the key where there is none.
fn with(map: &Value, key: i64, value: Option<Value>) -> Value {
    let mut pairs = map.as_map().unwrap().0.clone();
    pairs.retain(|(found, _)| found != &Value::Int(key));
    pairs.extend(value.map(|value| (Value::Int(key), value)));
    Value::Map(Map(pairs))
}

fn application() -> Application {
    Application {
        audience: "tm:36".into(),
        issued_at: NOW,
        id: *b"0123456789abcdef",
        key: key(1).public(),
        name: "甲乙丙".into(),
        document_kind: DocumentKind::IdCard,
        document_number: "11010519491231002X".into(),
        phone: "13800138000".into(),
        particulars: Some(Particulars {
            address: Some("南昌市某某路一号".into()),
            declaration: Declaration { temperature: Some(366), ..Declaration::default() },
            truth: true,
            consent: CONSENT_VERSION,
        }),
        ward: None,
        region: None,
    }
}

fn payload(token: &Value) -> Map {
    let Value::Tag(18, parts) = token else { panic!("no envelope") };
    let bytes = parts.as_array().unwrap()[2].as_bytes().unwrap();
    cbor::decode(bytes, Limits::TOKEN).unwrap().as_map().unwrap().clone()
}

fn possession() -> Value {
    let body = Possession { renewing: key(1).public() };
    sign(&key(2), Request { head: Head { key: key(2).public(), ..head() }, body }.to_unsigned())
}

/// Faults of the body: key, value in place of the good one, and what they are called.
type Faults = Vec<(&'static str, i64, Option<Value>)>;

fn kinds() -> Vec<(&'static str, &'static str, i64, Value, Faults)> {
    let int = |number: i64| Some(Value::Int(number));
    let text = |text: &str| Some(Value::text(text));
    let report = signed(Report { kind: ReportKind::CheckIn, declaration: application().particulars.unwrap().declaration });
    let appeal = signed(Appeal { wish: Wish::Colour, text: "<b>请更正</b>".into() });
    let inquiry = signed(AppealInquiry { number: 7 });
    let renewal = signed(Renewal { credential: Value::Int(0), possessions: vec![possession()], replace: true });
    let form = sign(&key(1), application().to_unsigned());
    let body = |token: &Value, label: i64| payload(token).get(label).unwrap().clone();
    let declaration = body(&form, APPLICATION).as_map().unwrap().get(6).unwrap().clone();
    let declared = |key: i64, value: Option<Value>| Some(with(&declaration, key, value));
    let declaration_faults = |at: i64| -> Faults {
        vec![
            ("no answer on regions", at, declared(1, None)),
            ("a number for the answer on regions", at, declared(1, int(1))),
            ("no answer on contact", at, declared(2, None)),
            ("an unknown answer on contact", at, declared(2, int(3))),
            ("a negative answer on contact", at, declared(2, int(-1))),
            ("no symptoms said", at, declared(3, None)),
            ("an unknown symptom", at, declared(3, int(64))),
            ("negative symptoms", at, declared(3, int(-1))),
            ("a text for the temperature", at, declared(4, text("36.6"))),
            ("a negative temperature", at, declared(4, int(-1))),
            ("a temperature of four digits", at, declared(4, int(1000))),
            ("an unknown field of the declaration", at, declared(5, int(1))),
            ("a name in the declaration", at, declared(10, text("甲乙丙"))),
            ("no declaration", at, None),
        ]
    };
    let mut report_faults = vec![("an unknown kind", 1, int(2)), ("no kind", 1, None), ("a phone number", 4, text("13800138000"))];
    report_faults.extend(declaration_faults(2));
    let mut form_faults = vec![
        ("no name", 1, None),
        ("no kind of document", 2, None),
        ("an unknown kind of document", 2, int(11)),
        ("no number", 3, None),
        ("no phone", 4, None),
        ("a number for the phone", 4, int(13_800_138_000)),
        ("a number for the address", 5, int(1)),
        ("no word on truth", 7, None),
        ("a number for truth", 7, int(1)),
        ("no consent", 8, None),
        ("a negative consent", 8, int(-1)),
        ("a guardian without relation", 9, int(0)),
        ("an unknown relation", 9, int(7)),
        ("a text for the relation", 9, text("parent")),
        ("a guardian's consent without relation", 10, Some(Value::bool(true))),
        ("a region that is a text", 11, text("360000")),
        ("a region below zero", 11, int(-1)),
        ("an unknown field", 12, int(1)),
    ];
    form_faults.extend(declaration_faults(6));
    vec![
        ("report", REPORT_TYP, REQUEST, body(&report, REQUEST), report_faults),
        (
            "appeal",
            APPEAL_TYP,
            REQUEST,
            body(&appeal, REQUEST),
            vec![
                ("an unknown wish", 1, int(3)),
                ("no wish", 1, None),
                ("no text", 2, None),
                ("bytes for the text", 2, Some(Value::Bytes(vec![0x78]))),
                ("a name", 3, text("甲乙丙")),
            ],
        ),
        (
            "appeal-inquiry",
            APPEAL_INQUIRY_TYP,
            REQUEST,
            body(&inquiry, REQUEST),
            vec![
                ("no number", 1, None),
                ("a negative number", 1, int(-1)),
                ("a number beyond 32 bits", 1, int(1 << 32)),
                ("an unknown field", 2, int(1)),
            ],
        ),
        (
            "renewal",
            RENEWAL_TYP,
            REQUEST,
            body(&renewal, REQUEST),
            vec![
                ("no credential", 1, None),
                ("no keys", 2, None),
                ("an empty list of keys", 2, Some(Value::Array(Vec::new()))),
                ("replace said as false", 3, Some(Value::bool(false))),
                ("replace as a number", 3, int(1)),
                ("an unknown field", 4, int(1)),
            ],
        ),
        ("application", APPLICATION_TYP, APPLICATION, body(&form, APPLICATION), form_faults),
    ]
}

fn vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    for (kind, typ, label, body, faults) in kinds() {
        let mut push = |name: &str, token: Vec<u8>, expect| all.push(Vector { name: name.into(), kind, token, expect });
        let good_claims = claims(label, body.clone());
        let good = token(typ, None, Map::default(), good_claims.clone());
        push("good", good.clone(), "good");
        for (name, key, value) in faults {
            push(name, token(typ, None, Map::default(), claims(label, with(&body, key, value))), "token-malformed");
        }
        for (name, key) in [("no audience", 3), ("no time", 6), ("no identifier", 7), ("no key", 8), ("no body", label)] {
            let mut less = good_claims.clone();
            less.retain(|(found, _)| found != &Value::Int(key));
            push(name, token(typ, None, Map::default(), less), "token-malformed");
        }
        let with_claim = |key: i64, value: Value| {
            let mut more = good_claims.clone();
            more.retain(|(found, _)| found != &Value::Int(key));
            more.push((Value::Int(key), value));
            token(typ, None, Map::default(), more)
        };
        push("an unknown claim", with_claim(99, Value::Int(1)), "token-malformed");
        push("an identifier of 15 bytes", with_claim(7, Value::Bytes(vec![7; 15])), "token-malformed");
        push("a time as text", with_claim(6, Value::text("now")), "token-malformed");
        let another = Value::Map(Map(vec![(Value::Int(1), key(3).public().to_cose())]));
        push("another key than the signing one", with_claim(8, another), "bad-signature");
        let kid = Some((header::KID, Value::Bytes(vec![1; 4])));
        push("an unknown header", token(typ, kid, Map::default(), good_claims.clone()), "token-malformed");
        let open = Map(vec![(Value::Int(99), Value::Int(1))]);
        push("something in the open header", token(typ, None, open, good_claims.clone()), "token-malformed");
        let other = if kind == "report" { APPEAL_TYP } else { REPORT_TYP };
        push("of another type", token(other, None, Map::default(), good_claims.clone()), "wrong-type");
        let mut flipped = good.clone();
        *flipped.last_mut().unwrap() ^= 1;
        push("one bit of the signature", flipped, "bad-signature");
        push("cut", good[..good.len() - 1].to_vec(), "cbor-truncated");
        push("more behind it", [&good[..], &[0]].concat(), "cbor-trailing-bytes");
    }
    all
}

fn answer<T>(read: Result<Unverified<T>, Reason>) -> &'static str {
    match read.map(Unverified::check_here) {
        Ok(Ok(_)) => "good",
        Ok(Err(_)) => "bad-signature",
        Err(reason) => reason.code(),
    }
}

fn read(kind: &str, token: &[u8]) -> &'static str {
    match kind {
        "report" => answer(Request::<Report>::parse(token)),
        "appeal" => answer(Request::<Appeal>::parse(token)),
        "appeal-inquiry" => answer(Request::<AppealInquiry>::parse(token)),
        "renewal" => answer(Request::<Renewal>::parse(token)),
        _ => answer(Application::parse(token)),
    }
}

#[test]
fn every_vector_has_its_answer_and_stands_in_the_file() {
    let vectors = vectors();
    for Vector { name, kind, token, expect } in &vectors {
        assert_eq!(read(kind, token), *expect, "{kind}: {name}");
    }
    let rows: Vec<Json> = vectors
        .iter()
        .map(|Vector { name, kind, token, expect }| json!({ "name": name, "kind": kind, "expect": expect, "token": to_base64url(token) }))
        .collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/requests.json");
    if std::env::var_os("UPDATE").is_some() {
        let lines: Vec<_> = rows.iter().map(Json::to_string).collect();
        std::fs::write(path, format!("[\n{}\n]\n", lines.join(",\n"))).unwrap();
    }
    let held: Vec<Json> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    // Signing is deterministic (RFC 6979): the file is what is made here.
    assert_eq!(held, rows);
    assert!(held.iter().all(|row| from_base64url(row["token"].as_str().unwrap()).is_some()));
    // A possession is read as a part of its renewal.
    let renewal = Renewal { credential: Value::Int(0), possessions: vec![possession()], replace: false };
    assert_eq!(renewal.keys(&head()).unwrap().check_here().unwrap().get(), &[key(2).public()]);
}

fn declarations() -> impl Strategy<Value = Declaration> {
    (any::<bool>(), 0_i64..3, 0_i64..64, proptest::option::of(0_u16..1000)).prop_map(|(been, contact, symptoms, temperature)| Declaration {
        been_to_listed_region: been,
        contact: Contact::from_number(contact).unwrap(),
        symptoms: Symptoms::from_bits(symptoms).unwrap(),
        temperature,
    })
}

fn comes_back<B: Body + Clone + PartialEq + std::fmt::Debug>(body: B) -> Result<(), TestCaseError> {
    let read = Request::<B>::parse(&signed(body.clone()).encode()).unwrap().check_here().map(Verified::into_inner);
    prop_assert_eq!(read, Ok(Request { head: head(), body }));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn reports(check_in in any::<bool>(), declaration in declarations()) {
        comes_back(Report { kind: if check_in { ReportKind::CheckIn } else { ReportKind::Declaration }, declaration })?;
    }

    #[test]
    fn appeals(wish in 0_i64..3, text in ".{0,200}", number in any::<u32>()) {
        comes_back(Appeal { wish: Wish::from_number(wish).unwrap(), text: text.clone() })?;
        comes_back(AppealInquiry { number })?;
        prop_assert_eq!(Appeal { wish: Wish::Other, text: text.clone() }.check().is_ok(), !text.trim().is_empty() && text.chars().count() <= MAX_TEXT);
    }

    #[test]
    fn renewals(replace in any::<bool>(), count in 1_usize..9, credential in any::<i64>()) {
        comes_back(Renewal { credential: Value::Int(credential), possessions: vec![possession(); count], replace })?;
    }

    #[test]
    fn applications(name in ".{0,60}", address in proptest::option::of(".{0,60}"), declaration in declarations(), truth in any::<bool>(), consent in any::<u32>(), whole in any::<bool>(), relation in 0_usize..12, guardian in any::<bool>(), region in proptest::option::of(any::<u32>())) {
        let ward = Relation::ALL.get(relation).filter(|_| whole).map(|relation| Ward { relation: *relation, consent: guardian });
        let particulars = whole.then_some(Particulars { address, declaration, truth, consent });
        let form = Application { name, particulars, ward, region: region.filter(|_| whole), ..application() };
        let read = Application::parse(&sign(&key(1), form.to_unsigned()).encode()).unwrap().check_here().map(Verified::into_inner);
        prop_assert_eq!(read, Ok(form));
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..300, bit in 0_u8..8) {
        let mut altered = signed(Report { kind: ReportKind::CheckIn, declaration: Declaration::default() }).encode();
        let at = at % altered.len();
        altered[at] ^= 1 << bit;
        for kind in ["report", "appeal", "appeal-inquiry", "renewal", "application"] {
            prop_assert!(read(kind, &bytes) != "good");
            prop_assert!(read(kind, &altered) != "good");
        }
    }
}
