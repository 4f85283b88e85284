//! Foreign passes of one fault each: name, text, expected outcome and reason.

use super::{NOW, foreign::*};
use miniz_oxide::deflate::compress_to_vec_zlib;
use serde_json::json;
use tongma::{base45, cbor::Value, formats::health_card, text::to_base64url};

type Row = (&'static str, String, &'static str);
const GENUINE: &str = "restricted foreign-not-bound";

pub fn rows() -> Vec<Row> {
    let mut all = eu_envelopes();
    all.extend(eu_contents());
    all.extend(smart_rows());
    all.extend(nz_rows());
    all
}

fn eu_envelopes() -> Vec<Row> {
    let good = claims("AT", dcc(&["v"]));
    let austria = key("austria");
    let (alg, kid) = (int_map([(1, Value::Int(-7))]), int_map([(4, Value::Bytes(EU_KID.to_vec()))]));
    let whole = header(-7, EU_KID).encode();
    let envelope = |protected: &[u8], unprotected: Value| signed(&austria, protected, unprotected, &good.encode());
    let text = |value: Value| hc1(&value.encode());
    let plain = tagged(18, envelope(&whole, empty()));
    let mut altered = plain.encode();
    *altered.last_mut().unwrap() ^= 1;
    // Two maps of indefinite length, one in the other, as a library for streams writes them.
    let indefinite = [&[0xbf, 0x01][..], &[0x26, 0x04, 0x48], EU_KID, &[0xff]].concat();
    let stated = |alg: i64| tagged(18, envelope(&header(alg, EU_KID).encode(), empty()));
    vec![
        ("EU pass", text(plain.clone()), GENUINE),
        ("EU pass, line end of a hand scanner", format!("{}\r\n", text(plain.clone())), GENUINE),
        ("EU pass without tag", text(envelope(&whole, empty())), GENUINE),
        ("EU pass, tags of CWT and envelope", text(tagged(61, plain.clone())), GENUINE),
        ("EU pass, kid in the clear only", text(tagged(18, envelope(&alg.encode(), kid.clone()))), GENUINE),
        ("EU pass, nothing protected", text(tagged(18, envelope(&[], header(-7, EU_KID)))), GENUINE),
        ("EU pass, the protected kid wins", text(tagged(18, envelope(&whole, header(-7, b"germany.")))), GENUINE),
        ("EU pass, header of indefinite length", text(tagged(18, envelope(&indefinite, empty()))), GENUINE),
        ("EU pass by the second key of a kid", eu("austria again", EU_KID, &good), GENUINE),
        ("EU pass without kid", text(tagged(18, envelope(&alg.encode(), empty()))), "invalid token-malformed"),
        ("EU pass, another tag", text(tagged(98, envelope(&whole, empty()))), "invalid token-malformed"),
        ("EU pass, ES384", text(stated(-35)), "invalid algorithm-not-allowed"),
        ("EU pass, PS256 said of a key on a curve", text(stated(-37)), "invalid algorithm-not-allowed"),
        ("EU pass, signature altered", hc1(&altered), "invalid bad-signature"),
        ("EU pass by somebody else", eu("germany", EU_KID, &good), "invalid bad-signature"),
        ("EU pass by an unknown key", eu("austria", b"unknown.", &good), "cannot-tell unknown-key"),
        ("EU pass, unknown country", eu("austria", EU_KID, &claims("FR", dcc(&["v"]))), "cannot-tell unknown-issuer"),
        ("EU pass by another country's key", eu("germany", b"germany.", &good), "cannot-tell unknown-key"),
        ("EU pass by a key of another format", eu("smart", smart_kid().as_bytes(), &good), "cannot-tell unknown-key"),
        (
            "EU pass in the name of a SMART issuer",
            eu("smart", smart_kid().as_bytes(), &claims(SMART_ISSUER, dcc(&["v"]))),
            "cannot-tell unknown-issuer",
        ),
        ("EU pass by a key for tests only", eu("austria tests", b"tests...", &good), "invalid key-use"),
        ("EU test by a key for tests only", eu("austria tests", b"tests...", &claims("AT", dcc(&["t"]))), GENUINE),
        ("EU pass by a key that is over", eu("austria over", b"over....", &good), "invalid key-not-valid"),
        ("EU pass by a key that is not yet valid", eu("austria early", b"early...", &good), "invalid key-not-valid"),
        ("EU pass of a later version", text(plain.clone()).replacen("HC1", "HC2", 1), "invalid prefix-version"),
        ("EU pass without prefix", text(plain.clone()).replacen("HC1:", "", 1), "invalid not-a-pass"),
        ("EU pass in lower case", text(plain.clone()).replacen('A', "a", 1), "invalid text-lower-case"),
        ("EU pass with a space behind it", format!("{} ", text(plain.clone())), "invalid text-malformed"),
        ("EU pass not compressed", format!("HC1:{}", base45::encode(&plain.encode())), "invalid token-malformed"),
        (
            "EU pass that unpacks to a megabyte",
            format!("HC1:{}", base45::encode(&compress_to_vec_zlib(&vec![0; 1 << 20], 9))),
            "invalid zip-bomb",
        ),
        ("EU pass padded", hc1(&[plain.encode(), vec![0]].concat()), "invalid cbor-trailing-bytes"),
    ]
}

fn eu_contents() -> Vec<Row> {
    let good = claims("AT", dcc(&["v"]));
    let pass = |claims: &Value| eu("austria", EU_KID, claims);
    let timed = |key: i64, value: Value| pass(&with(&good, Value::Int(key), value));
    let seconds = |seconds: i64| Value::Int(NOW.0 + seconds);
    let raw = |payload: &[u8]| hc1(&tagged(18, signed(&key("austria"), &header(-7, EU_KID).encode(), empty(), payload)).encode());
    let null = Value::Simple(22);
    let doubled = [&[0xa2, 1, 0x62][..], b"AT", &[1, 0x62], b"DE"].concat();
    vec![
        ("EU recovery", pass(&claims("AT", dcc(&["r"]))), GENUINE),
        ("EU pass with null for another kind", pass(&claims("AT", with(&dcc(&["v"]), Value::text("t"), null))), GENUINE),
        ("EU pass of two kinds", pass(&claims("AT", dcc(&["v", "t"]))), "invalid token-malformed"),
        ("EU pass of no kind", pass(&claims("AT", dcc(&[]))), "invalid token-malformed"),
        ("EU pass with no entry", pass(&claims("AT", with(&dcc(&[]), Value::text("v"), Value::Array(vec![])))), "invalid token-malformed"),
        ("EU pass, the last second", timed(4, seconds(0)), GENUINE),
        ("EU pass, the last second and a half", timed(4, Value::Float((NOW.0 as f64 + 0.5).to_bits())), GENUINE),
        ("EU pass, over", timed(4, seconds(-1)), "invalid expired"),
        ("EU pass, over by half a second", timed(4, Value::Float((NOW.0 as f64 - 0.5).to_bits())), "invalid expired"),
        ("EU pass, a clock two minutes ahead", timed(6, seconds(120)), GENUINE),
        ("EU pass from the future", timed(6, seconds(121)), "invalid not-yet-valid"),
        ("EU pass, no number for a time", timed(4, Value::text("2027")), "invalid token-malformed"),
        ("EU pass, infinite", timed(4, Value::Float(f64::INFINITY.to_bits())), "invalid token-malformed"),
        ("EU pass, claims cut off", raw(&good.encode()[..100]), "invalid cbor-truncated"),
        ("EU pass, claims padded", raw(&[good.encode(), vec![0]].concat()), "invalid cbor-trailing-bytes"),
        ("EU pass, a claim doubled", raw(&doubled), "invalid cbor-duplicate-key"),
        ("EU pass, claims too deep", raw(&[0x81; 64]), "invalid cbor-too-deep"),
        ("EU pass that names nobody", pass(&claims("AT", with(&dcc(&["v"]), Value::text("nam"), empty()))), "cannot-tell nobody-named"),
    ]
}

fn smart_rows() -> Vec<Row> {
    let good = smart_claims(fhir());
    let altered = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut claims = good.clone();
        change(&mut claims);
        smart(&claims)
    };
    let headed = |header: serde_json::Value| health_card::to_text(&jws("smart", &header, good.to_string().as_bytes()));
    let text = smart(&good);
    let mut lost = text.clone();
    lost.pop();
    let bomb = jws("smart", &smart_header(), &vec![b' '; 300 << 10]);
    let unpacked = {
        let message = format!("{}.{}", to_base64url(smart_header().to_string().as_bytes()), to_base64url(good.to_string().as_bytes()));
        format!("{message}.{}", to_base64url(&key("smart").sign(message.as_bytes())))
    };
    let other = json!({ "alg": "ES256", "zip": "DEF", "kid": "0".repeat(43) });
    let nameless = json!({ "resourceType": "Bundle", "entry": [] });
    vec![
        ("SMART card", text.clone(), GENUINE),
        ("SMART card said to be the only part", text.replacen("shc:/", "shc:/1/1/", 1), GENUINE),
        ("SMART card, half of it", cut(&text, 2)[1].clone(), "cannot-tell more-parts"),
        ("SMART card, a digit lost", lost, "invalid text-malformed"),
        ("SMART card, part three of two", text.replacen("shc:/", "shc:/3/2/", 1), "invalid text-malformed"),
        ("SMART card, part nought", text.replacen("shc:/", "shc:/0/2/", 1), "invalid text-malformed"),
        ("SMART card, one of 21", text.replacen("shc:/", "shc:/1/21/", 1), "invalid text-too-long"),
        ("SMART card, a pair beyond the alphabet", "shc:/78".into(), "invalid text-malformed"),
        ("SMART card, letters", "shc:/AB".into(), "invalid text-malformed"),
        ("SMART card, nothing", "shc:/".into(), "invalid text-malformed"),
        (
            "SMART card by somebody else",
            health_card::to_text(&jws("germany", &smart_header(), good.to_string().as_bytes())),
            "invalid bad-signature",
        ),
        ("SMART card, no signature", headed(json!({ "alg": "none", "zip": "DEF", "kid": smart_kid() })), "invalid algorithm-not-allowed"),
        (
            "SMART card, an extension",
            headed(json!({ "alg": "ES256", "zip": "DEF", "kid": smart_kid(), "crit": ["b64"] })),
            "invalid token-malformed",
        ),
        ("SMART card by an unknown key", headed(other), "cannot-tell unknown-key"),
        ("SMART card not compressed", health_card::to_text(&unpacked), "invalid token-malformed"),
        ("SMART card that unpacks to too much", health_card::to_text(&bomb), "invalid zip-bomb"),
        ("SMART card of another issuer", altered(&|claims| claims["iss"] = json!("https://other.example")), "cannot-tell unknown-issuer"),
        ("SMART card of an issuer without https", altered(&|claims| claims["iss"] = json!("AT")), "invalid token-malformed"),
        ("SMART card from the future", altered(&|claims| claims["nbf"] = json!(NOW.0 + 3600)), "invalid not-yet-valid"),
        ("SMART card, over", altered(&|claims| claims["exp"] = json!(NOW.0 as f64 - 0.5)), "invalid expired"),
        ("SMART card, revoked", altered(&|claims| claims["vc"]["rid"] = json!("gone")), "invalid revoked"),
        ("SMART card, an older one revoked", altered(&|claims| claims["vc"]["rid"] = json!("old")), "invalid revoked"),
        (
            "SMART card newer than the revocation",
            altered(&|claims| {
                claims["vc"]["rid"] = json!("old");
                claims["nbf"] = json!(NOW.0 - 3600);
            }),
            GENUINE,
        ),
        ("SMART card, a rid too long", altered(&|claims| claims["vc"]["rid"] = json!("r".repeat(25))), "invalid token-malformed"),
        (
            "SMART card of another type",
            altered(&|claims| claims["vc"]["type"] = json!(["https://smarthealth.cards#other"])),
            "invalid token-malformed",
        ),
        (
            "SMART card of two people",
            altered(&|claims| {
                let entries = claims["vc"]["credentialSubject"]["fhirBundle"]["entry"].as_array_mut().unwrap();
                entries.push(entries[0].clone());
            }),
            "invalid token-malformed",
        ),
        ("SMART card that names nobody", smart(&smart_claims(nameless)), "cannot-tell nobody-named"),
    ]
}

fn nz_rows() -> Vec<Row> {
    let good = nz_claims();
    let text = nz(b"key-1", &good);
    let altered = |key: Value, value: Value| nz(b"key-1", &with(&good, key, value));
    let vc = |key: &str, value: Value| {
        let vc = good.as_map().unwrap().find(&Value::text("vc")).unwrap();
        altered(Value::text("vc"), with(vc, Value::text(key), value))
    };
    let only = |text: &str| Value::Array(vec![Value::text(text)]);
    vec![
        ("NZ pass", text.clone(), GENUINE),
        ("NZ pass padded with =", format!("{text}===="), GENUINE),
        ("NZ pass of a later version", text.replacen("/1/", "/2/", 1), "invalid prefix-version"),
        ("NZ pass in lower case", format!("NZCP:/1/{}", text[8..].to_lowercase()), "invalid text-lower-case"),
        ("NZ pass, cut", text[..8 + 320].to_owned(), "invalid cbor-truncated"),
        ("NZ pass by an unknown key", nz(b"key-2", &good), "cannot-tell unknown-key"),
        ("NZ pass of another issuer", altered(Value::Int(1), Value::text("did:web:other.example")), "cannot-tell unknown-issuer"),
        ("NZ pass of no DID", altered(Value::Int(1), Value::text("AT")), "invalid token-malformed"),
        ("NZ pass, over", altered(Value::Int(4), Value::Int(NOW.0 - 1)), "invalid expired"),
        ("NZ pass from the future", altered(Value::Int(5), Value::Int(NOW.0 + 121)), "invalid not-yet-valid"),
        ("NZ pass of another type", vc("type", only("VerifiableCredential")), "invalid token-malformed"),
        ("NZ pass of another context", vc("@context", only("https://www.w3.org/2018/credentials/v1")), "invalid token-malformed"),
    ]
}
