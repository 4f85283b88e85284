//! Trust data and rules by the command line: files, QR codes, and together again.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::rules::{jiangxi, masks};
use std::{fs, process::Command};

#[test]
fn data_travel_by_the_command_line() {
    let folder = std::env::temp_dir().join(format!("tongma-parcel-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let run = |words: &str, input: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tongma"))
            .args(words.split(' '))
            .env("LANG", "en_GB.UTF-8")
            .current_dir(&folder)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let good = |words: &str| {
        let (good, out, error) = run(words, "");
        assert!(good, "{words}: {error}");
        out
    };
    good("authority init a --lists 2");
    good("key new holder.pem");
    fs::write(folder.join("claims.json"), r#"{"colour":"green","region":"360000"}"#).unwrap();
    let issued: serde_json::Value =
        serde_json::from_str(&good("issue --json --authority a --claims claims.json --holder-key holder.pem")).unwrap();
    fs::write(folder.join("credential"), issued["credential"].as_str().unwrap()).unwrap();
    let idx = issued["idx"].as_u64().unwrap();
    let list = format!("a/public/status/{}.cbor", idx >> 20);
    let old = list.replace(".cbor", ".old");
    fs::copy(folder.join(&list), folder.join(&old)).unwrap();
    good("parcel make --bundle a/public/bundle.cbor --status a/public/status/0.cbor --status a/public/status/1.cbor --out first.parcel");
    assert_eq!(
        good("parcel show first.parcel").lines().map(|line| line.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["bundle", "status-list", "status-list"]
    );
    let code = good("present --credential credential --holder-key holder.pem");
    fs::write(folder.join("code"), &code).unwrap();
    let verdict = |words: &str| {
        let (_, out, error) = run(&format!("verify --root a/public/deployment.json {words} -"), &code);
        let verdict: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{words}: {error}"));
        (verdict["outcome"].as_str().unwrap().to_owned(), verdict["reason"].as_str().map(str::to_owned))
    };
    assert_eq!(verdict("--bundle first.parcel"), ("pass".into(), None));
    std::thread::sleep(std::time::Duration::from_millis(1100));
    good(&format!("revoke --authority a {}/{}", idx >> 20, idx & 0xf_ffff));
    good(&format!("status delta --authority a --from {old} --to {list} --out own.delta"));
    let revoked = ("invalid".to_owned(), Some("revoked".to_owned()));
    assert_eq!(verdict("--bundle first.parcel --status own.delta"), revoked);
    assert_eq!(verdict(&format!("--bundle first.parcel --status {}", list.replace(".cbor", ".delta.cbor"))), revoked);
    let (bad, _, error) = run(&format!("status delta --authority a --from {list} --to {old} --out x"), "");
    assert!(!bad && error.contains("older"), "{error}");

    // As pictures, in no order, and together again.
    good("parcel qr first.parcel --out codes --part-bytes 200");
    let mut pictures: Vec<_> =
        fs::read_dir(folder.join("codes")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(pictures.contains(&"index.html".to_owned()));
    pictures.retain(|name| name.ends_with(".png"));
    pictures.sort_by_key(|name| name.bytes().rev().collect::<Vec<_>>());
    let scanned: String = pictures
        .iter()
        .map(|name| {
            let told: serde_json::Value = serde_json::from_str(&good(&format!("scan --json codes/{name}"))).unwrap();
            told["text"].as_str().unwrap().to_owned() + "\n"
        })
        .collect();
    assert!(run("parcel join --out second.parcel", &scanned).0);
    assert_eq!(fs::read(folder.join("second.parcel")).unwrap(), fs::read(folder.join("first.parcel")).unwrap());
    let less = scanned.split_once('\n').unwrap().1;
    assert!(!run("parcel join --out third.parcel", less).0);
    let played = good("parcel qr first.parcel --terminal --fps 30 --rounds 1 --part-bytes 2000");
    assert!(played.contains("1 / 1") && played.contains('▀'));
    assert!(!run("parcel make --bundle a/public/deployment.json", "").0);

    fs::write(folder.join("rules.json"), jiangxi("1.0.1", masks)).unwrap();
    good("policy add --authority a rules.json");
    assert!(good("policy list --authority a").contains("JX-MASK-2027"));
    assert!(!run("policy add --authority a rules.json", "").0, "the same version again");
    assert_eq!(
        verdict(&format!("--bundle a/public/bundle.cbor --status {old} --place mall --region 360700")),
        ("restricted".into(), Some("mask-required".into()))
    );
    good("policy remove --authority a jiangxi");
    assert!(!run("policy remove --authority a jiangxi", "").0);
    fs::remove_dir_all(&folder).unwrap();
}
