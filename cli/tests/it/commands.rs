//! The command line, run as a person would: from an empty folder to verdicts, and against independent test data.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::world as support;
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};
use support::foreign::{SMART_ISSUER, cut, fhir, key, smart, smart_claims, smart_kid};
use tongma::text::to_base64url;

/// A folder of its own for each test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tongma-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_tongma")).args(words).env("LANG", "en_GB.UTF-8").current_dir(&self.0).output().unwrap()
    }

    fn good(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim_end_matches('\n').to_owned()
    }

    fn bad(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert!(!done.status.success(), "{words:?}");
        String::from_utf8(done.stderr).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    /// The verdict's outcome and reason, whatever the exit code.
    fn verdict(&self, more: &[&str], text: &str) -> (String, Option<String>) {
        let words = [&["verify", "--bundle", "a/public/bundle.cbor", "--status", "a/public/status/0.cbor"], more, &[text]].concat();
        let done = self.run(&words);
        let verdict: Value = serde_json::from_slice(&done.stdout).unwrap();
        let outcome = verdict["outcome"].as_str().unwrap().to_owned();
        assert_eq!(done.status.success(), outcome == "pass", "exit code 0 is for a pass");
        (outcome, verdict["reason"].as_str().map(str::to_owned))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const CLAIMS: &str = r#"{"colour":"green","region":"360000","name":"甲乙丙","document":{"kind":"id-card","number":"11010519491231002X"},"valid_for_s":604800}"#;

fn seconds() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

#[test]
fn from_an_empty_folder_to_every_verdict() {
    let folder = Folder::new("round");
    folder.good(&["authority", "init", "a"]);
    folder.bad(&["authority", "init", "a"]);
    folder.good(&["key", "new", "holder.pem"]);
    folder.bad(&["key", "new", "holder.pem"]);
    folder.good(&["key", "new", "other.pem"]);
    folder.write("claims.json", CLAIMS);
    let credential = folder.good(&["issue", "--authority", "a", "--claims", "claims.json", "--holder-key", "holder.pem"]);
    folder.write("credential", &credential);
    let present = |more: &[&str]| folder.good(&[&["present", "--credential", "credential", "--holder-key", "holder.pem"], more].concat());
    let code = present(&["--disclose", "name"]);
    let report: Value = serde_json::from_str(&folder.good(&["inspect", "--json", &code])).unwrap();
    assert!(report["qr"]["M"]["version"].as_u64().unwrap() <= 13, "{report}");
    assert!(report["qr"]["L"]["version"].as_u64() <= report["qr"]["M"]["version"].as_u64());
    let idx = report["status"]["idx"].to_string();

    // What a gate asks can be read off its code and answered from here.
    let vectors: Value = serde_json::from_str(include_str!("../../../tests/vectors/challenges.json")).unwrap();
    let challenge = vectors[0]["text"].as_str().unwrap();
    let report: Value = serde_json::from_str(&folder.good(&["inspect", "--json", challenge])).unwrap();
    assert_eq!((report["type"].as_str(), report["verified"].as_bool()), (Some("challenge"), Some(false)));
    assert_eq!(report["layers"][0]["payload"]["aud"], "tm:gate/AAECZ2F0Zf8");
    assert_eq!(report["layers"][0]["payload"]["cnonce"], "h'30313233343536373839616263646566'");

    let is = |outcome: &str, reason: Option<&str>| (outcome.to_owned(), reason.map(str::to_owned));
    assert_eq!(folder.verdict(&[], &code), is("pass", None));
    assert_eq!(folder.verdict(&[], &credential), is("invalid", Some("credential-not-presentation")));
    assert_eq!(folder.verdict(&["--at", &(seconds() + 960).to_string()], &code), is("invalid", Some("expired")));
    assert_eq!(folder.verdict(&[], &present(&["--aud", "tm:36/gate-2"])), is("invalid", Some("audience-mismatch")));
    let asked = ["--aud", "tm:36/gate-1", "--nonce", "0102030405060708"];
    assert_eq!(folder.verdict(&asked, &present(&asked)), is("pass", None));
    assert_eq!(folder.verdict(&asked, &present(&[])), is("invalid", Some("nonce-missing")));

    let at = |kind: &str, temperature: &str| {
        let words = ["--place", kind, "--region", "360102", "--temperature", temperature];
        folder.verdict(&words, &code)
    };
    assert_eq!(at("mall", "36.8"), is("pass", None));
    assert_eq!(at("public-transport", "36.8"), is("restricted", Some("mask-required")));
    assert_eq!(at("mall", "37.3"), is("stop", Some("temperature-high")));
    assert!(
        folder.bad(&["verify", "--bundle", "a/public/bundle.cbor", "--place", "moon", "--region", "360102", &code]).contains("airport")
    );
    assert!(folder.bad(&["verify", "--bundle", "a/public/bundle.cbor", "--temperature", "36.8", &code]).contains("--place"));

    folder.good(&["suspend", "--authority", "a", &idx]);
    assert_eq!(folder.verdict(&[], &code), is("stop", Some("suspended")));
    folder.good(&["restore", "--authority", "a", &idx]);
    assert_eq!(folder.verdict(&[], &code), is("pass", None));
    folder.good(&["revoke", "--authority", "a", &idx]);
    assert_eq!(folder.verdict(&[], &code), is("invalid", Some("revoked")));
    assert!(folder.bad(&["restore", "--authority", "a", &idx]).contains("for good"));
    assert!(folder.bad(&["suspend", "--authority", "a", "1048575999"]).contains("never given out"));

    assert!(folder.bad(&["present", "--credential", "credential", "--holder-key", "other.pem"]).contains("another phone"));
    assert!(
        folder.bad(&["present", "--credential", "credential", "--holder-key", "holder.pem", "--disclose", "test"]).contains("it has: name")
    );
    folder.write("wrong.json", &CLAIMS.replace("002X", "0021"));
    assert!(folder.bad(&["issue", "--authority", "a", "--claims", "wrong.json", "--holder-key", "holder.pem"]).contains("ID number"));
}

#[test]
fn people_who_walk_together_get_one_answer_and_one_each() {
    let folder = Folder::new("walk");
    folder.good(&["authority", "init", "a"]);
    folder.write("claims.json", CLAIMS);
    let code = |key: &str, mark: &str| {
        folder.good(&["key", "new", key]);
        folder.write("credential", &folder.good(&["issue", "--authority", "a", "--claims", "claims.json", "--holder-key", key]));
        folder.good(&["present", "--credential", "credential", "--holder-key", key, "--group", mark])
    };
    let (first, second) = (code("1.pem", "0001020304050607/1/2/乙*"), code("2.pem", "0001020304050607/2/2"));
    let report: Value = serde_json::from_str(&folder.good(&["inspect", "--json", &first])).unwrap();
    assert!(report["qr"]["M"]["version"].as_u64().unwrap() <= 14, "{report}");
    let judged = |texts: &[&str]| {
        let words = ["verify", "--bundle", "a/public/bundle.cbor", "--status", "a/public/status/0.cbor", "--group"];
        let output = folder.run(&[&words, texts].concat());
        let lines: Vec<Value> = String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (output.status.success(), lines)
    };
    let (good, lines) = judged(&[&second, &first]);
    assert!(good && lines.len() == 3, "{lines:?}");
    assert_eq!((&lines[2]["outcome"], &lines[2]["have"], &lines[2]["of"]), (&"pass".into(), &2.into(), &2.into()));
    let (good, lines) = judged(&[&first]);
    assert_eq!((good, &lines[1]["reason"], &lines[1]["members"][1]["name"]), (false, &"group-incomplete".into(), &"乙*".into()));
    let (good, lines) = judged(&[&first, &code("3.pem", "0001020304050608/2/2")]);
    assert_eq!((good, &lines[1]["reason"], &lines[2]["have"]), (false, &"group-mixed".into(), &1.into()));
    let wrong = ["present", "--credential", "credential", "--holder-key", "3.pem", "--group", "0001020304050608/3/2"];
    assert!(folder.bad(&wrong).contains("2 to 30"));
}

#[test]
fn what_is_redacted_is_shown_only_when_disclosed() {
    let folder = Folder::new("redact");
    folder.good(&["authority", "init", "a"]);
    folder.good(&["key", "new", "holder.pem"]);
    folder.write("claims.json", &CLAIMS.replace("\"valid_for_s\"", "\"redact\":[\"name\",\"document\"],\"valid_for_s\""));
    folder.write("credential", &folder.good(&["issue", "--authority", "a", "--claims", "claims.json", "--holder-key", "holder.pem"]));
    let shown = |more: &[&str]| {
        let code = folder.good(&[&["present", "--credential", "credential", "--holder-key", "holder.pem"], more].concat());
        let verdict = folder.good(&["verify", "--bundle", "a/public/bundle.cbor", "--status", "a/public/status/0.cbor", &code]);
        serde_json::from_str::<Value>(&verdict).unwrap()["disclosed"].clone()
    };
    assert_eq!(shown(&[]), serde_json::json!({}));
    assert_eq!(shown(&["--disclose", "name"]), serde_json::json!({ "name": "甲**" }));
    assert_eq!(shown(&["--disclose", "document"]), serde_json::json!({ "document": "11**************2X" }));
}

#[test]
fn a_guardian_asks_and_shows_what_was_granted() {
    let folder = Folder::new("delegate");
    folder.good(&["authority", "init", "a"]);
    for key in ["holder.pem", "guardian.pem", "other.pem"] {
        folder.good(&["key", "new", key]);
    }
    folder.write("claims.json", &CLAIMS.replace("\"valid_for_s\"", "\"redact\":[\"name\",\"document\"],\"valid_for_s\""));
    folder.write("credential", &folder.good(&["issue", "--authority", "a", "--claims", "claims.json", "--holder-key", "holder.pem"]));
    let request = ["delegate", "request", "--key", "guardian.pem", "--name", "李四", "--relation", "child", "--disclose", "name"];
    folder.write("request", &folder.good(&request));
    folder.write("later", &folder.good(&request));
    let grant = ["delegate", "grant", "--credential", "credential", "--holder-key", "holder.pem", "--request", "request"];
    let granted: Value = serde_json::from_str(&folder.good(&[&["--json"][..], &grant].concat())).unwrap();
    // The credential ends before the thirty days do.
    assert_eq!(granted["expiresAt"].as_u64().unwrap() / 100, (seconds() + 604_800) / 100);
    folder.write("grant", granted["grant"].as_str().unwrap());
    fn present<'w>(more: &[&'w str]) -> Vec<&'w str> {
        [&["delegate", "present", "--grant", "grant"], more].concat()
    }
    let checked = ["--key", "guardian.pem", "--request", "request", "--bundle", "a/public/bundle.cbor"];
    let code = folder.good(&present(&[&checked[..], &["--disclose", "name"]].concat()));
    let verdict = folder.good(&["verify", "--bundle", "a/public/bundle.cbor", "--status", "a/public/status/0.cbor", &code]);
    let verdict: Value = serde_json::from_str(&verdict).unwrap();
    assert_eq!((verdict["guardian"].as_str(), verdict["disclosed"]["name"].as_str()), (Some("child"), Some("甲**")));
    let later = checked.map(|word| if word == "request" { "later" } else { word });
    assert!(folder.bad(&present(&later)).contains("another request"));
    assert!(folder.bad(&present(&["--key", "other.pem"])).contains("another phone"));
    assert!(folder.bad(&present(&["--key", "guardian.pem", "--disclose", "document"])).contains("did not allow"));
    assert!(folder.bad(&[&grant[..], &["--disclose", "document"]].concat()).contains("did not allow"));
    assert!(folder.bad(&[&grant[..], &["--days", "181"]].concat()).contains("180 days"));
    assert!(folder.bad(&["delegate", "request", "--key", "guardian.pem", "--name", "李四"]).contains("--relation"));

    let inspected = |text: &str| serde_json::from_str::<Value>(&folder.good(&["inspect", "--json", text])).unwrap();
    let layers = |text: &str| {
        let report = inspected(text);
        report["layers"].as_array().unwrap().iter().map(|layer| layer["layer"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(layers(&code), "presentation delegation credential");
    assert_eq!(layers(granted["grant"].as_str().unwrap()), "grant delegation credential");
    let asked = std::fs::read_to_string(folder.0.join("request")).unwrap();
    assert_eq!((layers(&asked).as_str(), &inspected(&asked)["type"]), ("delegation-request", &json!("delegation-request")));
    let report = inspected(&code);
    let parts = ["protectedBytes", "unprotectedBytes", "payloadBytes", "signatureBytes"];
    let counted: u64 = report["layers"].as_array().unwrap().iter().flat_map(|layer| parts.map(|part| layer[part].as_u64().unwrap())).sum();
    let bytes = report["bytes"].as_u64().unwrap();
    assert!((bytes - 30..bytes).contains(&counted), "every byte is counted once: {counted} of {bytes}");

    folder.good(&["revoke", "--authority", "a", &report["status"]["idx"].to_string()]);
    assert_eq!(folder.verdict(&[], &code), ("invalid".to_owned(), Some("revoked".to_owned())));
}

#[test]
fn a_poster_is_issued_and_read_by_a_holder() {
    let folder = Folder::new("venue");
    folder.good(&["authority", "init", "a"]);
    folder.good(&["key", "new", "holder.pem"]);
    folder.write("claims.json", CLAIMS);
    folder.write("credential", &folder.good(&["issue", "--authority", "a", "--claims", "claims.json", "--holder-key", "holder.pem"]));
    folder.write("venue.json", r#"{"kind":"public-transport","region":"360102","name":"八一广场站","revocable":true}"#);
    let issued: Value = serde_json::from_str(&folder.good(&["venue", "--json", "--authority", "a", "--claims", "venue.json"])).unwrap();
    let poster = issued["venue"].as_str().unwrap();
    let visit = || {
        let files = ["--bundle", "a/public/bundle.cbor", "--status", "a/public/status/0.cbor", "--credential", "credential"];
        let done = folder.run(&[&["visit"], &files[..], &[poster]].concat());
        serde_json::from_slice::<Value>(&done.stdout).unwrap()
    };
    let told = visit();
    assert_eq!((&told["verdict"]["outcome"], &told["verdict"]["reason"]), (&json!("restricted"), &json!("mask-required")));
    assert!(told["verdict"]["rule"]["identifier"].is_string());
    assert_eq!((&told["visit"]["name"], &told["visit"]["evidence"]), (&json!("八一广场站"), &json!("poster")));
    let report: Value = serde_json::from_str(&folder.good(&["inspect", "--json", poster])).unwrap();
    assert_eq!((&report["type"], &report["layers"][0]["payload"]["place"]["2"]), (&json!("venue-code"), &json!(360_102)));
    assert_eq!(folder.verdict(&[], poster), ("invalid".to_owned(), Some("wrong-type".to_owned())));
    folder.good(&["revoke", "--authority", "a", &issued["idx"].to_string()]);
    assert_eq!(visit()["verdict"]["reason"], "revoked");
    folder.write("long.json", r#"{"kind":"mall","region":360102,"name":"店","valid_for_s":15552001}"#);
    assert!(folder.bad(&["venue", "--authority", "a", "--claims", "long.json"]).contains("180 days"));
    folder.write("moon.json", r#"{"kind":"moon","region":360102,"name":"店"}"#);
    folder.bad(&["venue", "--authority", "a", "--claims", "moon.json"]);
}

/// A certificate of Austria on P-256 for vaccinations only, by pyca/cryptography; valid from 2024 to 2044.
const CERTIFICATE: &str = include_str!("../../../tests/vectors/dsc.pem");
/// The example keys of RFC 7517 §A.1 (P-256), with the thumbprint as kid.
const DID: &str = r##"{"id":"did:web:nzcp.example","verificationMethod":[{"id":"did:web:nzcp.example#key-1","controller":"did:web:nzcp.example","type":"JsonWebKey2020","publicKeyJwk":{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}}],"assertionMethod":["did:web:nzcp.example#key-1"]}"##;

#[test]
fn keys_of_foreign_issuers_come_and_go() {
    let folder = Folder::new("trust");
    folder.good(&["authority", "init", "a"]);
    folder.write("dsc.pem", &[CERTIFICATE, CERTIFICATE].concat());
    folder.write("did.json", DID);
    let key =
        r#""kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM""#;
    let kid = "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s";
    let jwks = format!(r#"{{"keys":[{{{key},"kid":"{kid}"}},{{{key},"kid":"another"}}]}}"#);
    folder.write("jwks.json", &jwks);
    folder.write(
        "directory.json",
        &format!(r#"{{"issuerInfo":[{{"issuer":{{"iss":"https://b.example","name":"B"}},"keys":[{{{key},"kid":"{kid}"}}]}}]}}"#),
    );
    let import = |format: &str, more: &[&str]| folder.good(&[&["trust", "import", "--authority", "a", "--format", format], more].concat());
    assert!(import("eu", &["dsc.pem"]).contains("with 1 foreign keys"), "the same certificate twice is one key");
    import("nz", &["did.json"]);
    import("smart", &["--issuer", "https://a.example", "jwks.json"]);
    assert!(import("smart", &["directory.json"]).contains("with 4 foreign keys"));
    let listed = folder.good(&["trust", "list", "--authority", "a"]);
    let rows: Vec<_> = listed.lines().collect();
    assert!(rows[0].starts_with("eu-dcc AT ") && rows[0].len() == "eu-dcc AT ".len() + 16, "{listed}");
    assert_eq!(
        rows[1..],
        [format!("smart https://a.example {kid}"), format!("smart https://b.example {kid}"), "nzcp did:web:nzcp.example key-1".into()]
    );
    let uses = folder.good(&["trust", "list", "--authority", "a", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(uses.lines().next().unwrap()).unwrap()["uses"], 1);
    // What an issuer no longer publishes goes; other issuers' keys stay.
    assert!(import("smart", &["--issuer", "https://a.example", "jwks.json"]).contains("with 4 foreign keys"));
    folder.good(&["trust", "remove", "--authority", "a", "--format", "smart", "--issuer", "https://b.example"]);
    folder.bad(&["trust", "remove", "--authority", "a", "--format", "smart", "--issuer", "https://b.example"]);
    assert_eq!(folder.good(&["trust", "list", "--authority", "a"]).lines().count(), 3);
    for (format, file) in [("eu", "did.json"), ("nz", "jwks.json"), ("smart", "jwks.json"), ("smart", "dsc.pem")] {
        folder.bad(&["trust", "import", "--authority", "a", "--format", format, file]);
    }
    folder.bad(&["trust", "import", "--authority", "a", "--format", "smart", "--issuer", "http://a.example", "jwks.json"]);
}

#[test]
fn foreign_passes_are_verified_with_imported_keys() {
    let folder = Folder::new("foreign");
    folder.good(&["authority", "init", "a"]);
    let public = key("smart").public();
    let (x, y) = public.to_sec1()[1..].split_at(32);
    let jwk = json!({ "kty": "EC", "crv": "P-256", "kid": smart_kid(), "x": to_base64url(x), "y": to_base64url(y) });
    folder.write("jwks.json", &json!({ "keys": [jwk], "iss": SMART_ISSUER }).to_string());
    let mut claims = smart_claims(fhir());
    claims["nbf"] = json!(seconds());
    let codes = cut(&smart(&claims), 2);
    assert_eq!(folder.verdict(&[], &smart(&claims)), ("cannot-tell".to_owned(), Some("unknown-issuer".to_owned())));
    folder.good(&["trust", "import", "--authority", "a", "--format", "smart", "jwks.json"]);
    assert_eq!(folder.verdict(&[], &smart(&claims)), ("restricted".to_owned(), Some("foreign-not-bound".to_owned())));
    let done = folder.run(&["verify", "--bundle", "a/public/bundle.cbor", &codes[1], &codes[0]]);
    let verdicts: Vec<Value> = String::from_utf8(done.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(verdicts[0]["reason"], "more-parts");
    assert_eq!((&verdicts[1]["outcome"], &verdicts[1]["disclosed"]["name"]), (&json!("restricted"), &json!("John B. Anyperson")));
}

#[test]
fn the_rule_that_decides_is_explained() {
    let folder = Folder::new("policy");
    let explain = |words: &str| {
        let words: Vec<_> = ["--json", "policy", "explain"].into_iter().chain(words.split(' ')).collect();
        let told: Value = serde_json::from_str(&folder.good(&words)).unwrap();
        format!(
            "{} {} {}",
            told["outcome"].as_str().unwrap(),
            told["rules"].as_str().unwrap(),
            told["rule"]["identifier"].as_str().unwrap()
        )
    };
    assert_eq!(explain("--place school --region 330106 --colour green --monitoring"), "stop zhejiang ZJ-MONITORING-PLACE");
    assert_eq!(explain("--place mall --region 330106 --colour green --from 0"), "pass zhejiang ZJ-RECOGNISED");
    assert_eq!(explain("--place mall --region 330106 --low-risk"), "pass zhejiang ZJ-NOT-ASKED");
    assert_eq!(explain("--place mall --region 330106 --proof paper-code"), "pass zhejiang ZJ-PROOF");
    assert_eq!(explain("--place mall --region 330106 --rules national --colour yellow"), "restricted national CN-YELLOW");
    assert_eq!(explain("--place mall --region 360700 --colour green --test-within 24 --test-hours 25"), "restricted jiangxi CN-TEST");
    assert_eq!(explain("--place mall --region 360700 --colour green --test-within 24 --test-hours 24"), "pass jiangxi JX-GREEN");
    assert_eq!(explain("--place mall --region 360700 --colour green --temperature 38.1"), "stop jiangxi CN-TEMPERATURE");
    let text = folder.good(&["policy", "explain", "--place", "airport", "--region", "360108", "--colour", "green", "--lang", "zh-CN"]);
    for part in ["有条件通行 · 机场 360108", "赣新冠指办明电", "NC-MASK: ", "请对方戴好口罩", "payload.colour = \"green\""]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let own = include_str!("../../../src/policy/rules/nanchang.json").replace("nanchang", "own");
    folder.write("own.json", &own);
    assert_eq!(explain("--place airport --region 360108 --colour green --rules own.json"), "restricted own NC-MASK");
    folder.write("wrong.json", &own.replace("\"restricted\"", "\"stop\""));
    let words = ["policy", "explain", "--place", "airport", "--region", "360108", "--rules", "wrong.json"];
    assert!(folder.bad(&words).contains("NC-MASK can't be read: Outcome"));
    assert!(
        folder.bad(&["policy", "explain", "--place", "mall", "--region", "330106", "--at", "2050-01-01T00:00:00Z"]).contains("ended at")
    );
}

#[test]
fn a_guardian_s_credential_names_the_relation() {
    let folder = Folder::new("guardian");
    folder.good(&["authority", "init", "a"]);
    folder.good(&["key", "new", "holder.pem"]);
    let issue = ["issue", "--authority", "a", "--claims", "claims.json", "--holder-key", "holder.pem"];
    folder.write("claims.json", r#"{"colour":"green","region":"360000","name":"甲乙丙","relation":"uncle"}"#);
    assert!(folder.bad(&issue).contains("uncle"));
    folder.write("claims.json", r#"{"colour":"green","region":"360000","name":"甲乙丙","relation":"parent"}"#);
    folder.write("credential", &folder.good(&issue));
    let code = folder.good(&["present", "--credential", "credential", "--holder-key", "holder.pem"]);
    let verdict = folder.good(&["verify", "--bundle", "a/public/bundle.cbor", "--status", "a/public/status/0.cbor", &code]);
    let verdict: Value = serde_json::from_str(&verdict).unwrap();
    assert_eq!((verdict["outcome"].as_str(), verdict["guardian"].as_str()), (Some("pass"), Some("parent")));
}

#[test]
fn monitoring_is_issued_judged_and_explained_with_a_rule_of_the_bundle() {
    let folder = Folder::new("monitoring");
    folder.good(&["authority", "init", "a"]);
    folder.good(&["key", "new", "holder.pem"]);
    let issue = ["issue", "--authority", "a", "--claims", "claims.json", "--holder-key", "holder.pem"];
    folder.write("claims.json", r#"{"colour":"yellow","region":"360000","monitoring":true}"#);
    assert!(folder.bad(&issue).contains("beside a green colour"));
    folder.write("claims.json", r#"{"colour":"green","region":"360000","name":"甲乙丙","monitoring":true}"#);
    folder.write("credential", &folder.good(&issue));
    let code = folder.good(&["present", "--credential", "credential", "--holder-key", "holder.pem"]);
    let bundle = ["--bundle", "a/public/bundle.cbor", "--status", "a/public/status/0.cbor"];
    let at = |kind: &'static str| [&bundle[..], &["--place", kind, "--region", "330106"]].concat();
    let judged = |kind| {
        let done = folder.run(&[&["verify"], &at(kind)[..], &[&code]].concat());
        let verdict: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(verdict["monitoring"], true);
        format!("{} {}", verdict["outcome"].as_str().unwrap(), verdict["rule"]["identifier"].as_str().unwrap())
    };
    let explained = |words: &[&str]| {
        let told: Value = serde_json::from_str(&folder.good(&[&["--json", "policy", "explain"], words].concat())).unwrap();
        let said = format!("{} {}", told["outcome"].as_str().unwrap(), told["rule"]["identifier"].as_str().unwrap());
        (said, told["input"]["payload"].clone())
    };
    let of_code = |kind| explained(&[&at(kind)[..], &["--code", &code]].concat());
    for kind in ["mall", "school"] {
        let (said, seen) = of_code(kind);
        assert_eq!(said, judged(kind));
        assert_eq!((&seen["monitoring"], &seen["colour"], &seen["region"]), (&json!(true), &json!("green"), &json!(360_000)));
    }
    // A rule of the bundle, newer than the one that came with the program: the same answer by both.
    let own = include_str!("../../../src/policy/rules/zhejiang.json").replace("\"Version\":\"1.0.0\"", "\"Version\":\"1.0.1\"");
    folder.write("own.json", &own.replace("\"ZJ-MONITORING\"", "\"ZJ-OWN\""));
    folder.good(&["policy", "add", "--authority", "a", "own.json"]);
    assert_eq!((of_code("mall").0, judged("mall")), ("restricted ZJ-OWN".to_owned(), "restricted ZJ-OWN".to_owned()));
    let words = ["--place", "mall", "--region", "330106", "--colour", "green", "--monitoring"];
    assert_eq!(explained(&[&bundle[..2], &words].concat()).0, "restricted ZJ-OWN");
    assert_eq!(explained(&words).0, "restricted ZJ-MONITORING", "without the bundle");
    // A code that is not good decides nothing, and it takes a bundle to tell.
    let bad = |more: &[&str]| folder.bad(&[&["policy", "explain", "--place", "mall", "--region", "330106"], more].concat());
    let late = (seconds() + 960).to_string();
    assert!(bad(&[&bundle[..], &["--code", &code, "--at", &late]].concat()).contains("This code ended"));
    assert!(bad(&[&bundle[..2], &["--code", &code]].concat()).contains("status list"));
    assert!(bad(&["--code", &code]).contains("--bundle"));
    assert!(bad(&[&bundle[..], &["--code", &code, "--colour", "red"]].concat()).contains("--colour"));
    assert!(bad(&["--bundle", "a/public/status/0.cbor"]).contains("error"));
}

#[test]
fn independent_test_data_agree() {
    let vectors = std::env::var_os("TONGMA_VECTORS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"), PathBuf::from);
    let folder = Folder::new("conformance");
    for (suite, path, least) in [
        ("certlogic", "certlogic/rules.jsonl", 740),
        ("sd-cwt", "sd-cwt", 10),
        ("status-list", "status-list", 6),
        ("dgc", "dgc/dgc.jsonl", 275),
        ("shc", "shc/shc.jsonl", 28),
        ("nzcp", "nzcp/nzcp.jsonl", 3),
        ("wycheproof", "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json", 262),
    ] {
        let path = vectors.join(path);
        if !path.exists() {
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{} is not there", path.display());
            println!("conformance {suite}: skipped, no test data");
            continue;
        }
        let told = folder.good(&["--json", "conformance", suite, &path.to_string_lossy()]);
        let told: Value = serde_json::from_str(&told).unwrap();
        assert!(told["agree"].as_u64().unwrap() >= least && told["disagree"] == serde_json::json!([]), "{suite}: {told}");
    }
}

#[test]
fn a_text_is_drawn_as_a_code() {
    let folder = Folder::new("draw");
    let drawn: Value = serde_json::from_str(&folder.good(&["draw", "--json", "TM1:HELLO"])).unwrap();
    assert_eq!((&drawn["version"], &drawn["side"]), (&Value::from(1), &Value::from(29)));
    let svg = folder.good(&["draw", "TM1:HELLO"]);
    assert_eq!(drawn["svg"], svg.trim_end());
    assert!(svg.starts_with("<svg ") && svg.contains("viewBox=\"0 0 29 29\""), "{svg}");
    folder.bad(&["draw", &"x".repeat(3000)]);
}
