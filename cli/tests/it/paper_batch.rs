//! Paper codes on the command line: one person, a village's list with everything that goes wrong in lists, cards that are read again.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::authority as office;
use encoding_rs::GB18030;
use office::Scratch;
use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

struct Place(Scratch);

impl Place {
    /// A folder with an authority.
    fn new(name: &str) -> Self {
        let place = Self(Scratch::new(name));
        place.good(&["authority", "init", "a"]);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongma"));
        command.args(words).env("LANG", "en_GB.UTF-8").current_dir(self.0.path()).output().unwrap()
    }

    fn good(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }

    fn refused(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert_eq!(done.status.code(), Some(2), "{words:?}");
        String::from_utf8(done.stderr).unwrap()
    }

    /// Issues for a list: the numbers that it tells, and whether all lines were good.
    fn batch(&self, list: &[u8], out: &str, more: &[&str]) -> (Value, bool) {
        fs::write(self.path("list.csv"), list).unwrap();
        let done = self.run(&[&["--json", "paper", "batch", "--authority", "a", "--csv", "list.csv", "--out", out], more].concat());
        assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
        (serde_json::from_slice(&done.stdout).unwrap(), done.status.success())
    }

    /// The rows of a report behind its heading.
    fn rows(&self, name: &str) -> Vec<String> {
        let text = fs::read_to_string(self.path(name)).unwrap();
        text.strip_prefix('\u{feff}').unwrap().lines().skip(1).map(str::to_owned).collect()
    }

    /// What the newest data say of these texts.
    fn verdicts(&self, texts: &str) -> Vec<String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongma"));
        command.args(["verify", "--bundle", "a/public/bundle.cbor", "--status", "a/public/status/0.cbor", "-"]);
        let mut child = command.current_dir(self.0.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(texts.as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        let told = |line: &str| {
            let verdict: Value = serde_json::from_str(line).unwrap();
            assert_eq!(verdict["format"], "paper");
            format!("{} {}", verdict["outcome"].as_str().unwrap(), verdict["reason"].as_str().unwrap())
        };
        String::from_utf8(done.stdout).unwrap().lines().map(told).collect()
    }
}

/// Files of a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// An identity card's number with its check digit.
fn number(seed: usize) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("360102{}{:02}{:02}{:03}", 1930 + seed / 336_000, 1 + seed / 28_000 % 12, 1 + seed / 1000 % 28, seed % 1000);
    let sum: usize = body.bytes().zip(WEIGHTS).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[sum % 11]))
}

const LIST: &str = "姓名,证件类型,证件号码,组\r\n\
    甲乙丙,,11010519491231002X,一组\r\n\
    丁戊,居民身份证,110105194912310038,\"二组,东\"\r\n\
    己1,,110105194912310046,一组\r\n\
    庚,,110105194912310039,一组\r\n\
    辛,护照,E12345678,三组\r\n\
    壬,,1.10105E+17,四组\r\n\
    癸,,\"=\"\"11010519491231002X\"\"\",二组\r\n\
    子,,110105194912310046\r\n\
    \"丑,,110105194912310046,一组\r\n\
    寅,火星证,110105194912310046,一组\r\n\
    \r\n\
    ,,,\r\n\
    卯,10,'110105194912310046,五组,,\r\n";

const FAULTS: [(usize, &str); 7] = [
    (4, "A name has only letters"),
    (5, "typing error"),
    (7, "number to calculate with"),
    (8, "The same document as in line 2"),
    (9, "3 cells, the heading has 4"),
    (10, "quotation mark"),
    (11, "kind of document is not known"),
];

#[test]
fn a_list_with_every_fault_loses_nobody() {
    let place = Place::new("paper-list");
    let forms = [
        ("utf-8", LIST.as_bytes().to_vec(), "UTF-8"),
        ("mark", [b"\xef\xbb\xbf", LIST.as_bytes()].concat(), "UTF-8"),
        ("gb", GB18030.encode(LIST).0.into_owned(), "gb18030"),
        ("semicolons", LIST.replace("二组,东", "二组东").replace(',', ";").into_bytes(), "UTF-8"),
    ];
    for (index, (out, list, encoding)) in forms.iter().enumerate() {
        let (told, whole) = place.batch(list, out, &[]);
        let replaced = if index == 0 { 0 } else { 4 };
        let expected =
            json!({ "encoding": encoding, "lines": 13, "blank": 2, "issued": 4, "replaced": replaced, "rejected": 7, "files": 1 });
        assert_eq!((told, whole), (expected, false), "{out}");
        let rejected = place.rows(&format!("{out}/rejected.csv"));
        assert_eq!(rejected.len(), FAULTS.len());
        for (row, (line, problem)) in rejected.iter().zip(FAULTS) {
            assert!(row.contains(&format!(",{line},")) && row.contains(problem), "{row} lacks {problem}");
        }
        let issued = place.rows(&format!("{out}/issued.csv"));
        let lines: Vec<_> = issued.iter().map(|row| row.split(',').next().unwrap()).collect();
        assert_eq!(lines, ["2", "3", "6", "14"], "{out}");
        assert_eq!(names(&place.path(out)), ["cards-0001.html", "issued.csv", "rejected.csv"]);
    }
    // What is rejected can be put right where it stands, and read again.
    let fixed = fs::read_to_string(place.path("utf-8/rejected.csv")).unwrap().replace("己1", "己");
    let (told, _) = place.batch(fixed.as_bytes(), "again", &[]);
    assert_eq!((told["lines"].as_u64(), told["issued"].as_u64(), told["rejected"].as_u64()), (Some(7), Some(2), Some(5)));
}

#[test]
fn cards_are_read_again_and_a_second_batch_makes_the_first_void() {
    let place = Place::new("paper-cards");
    let list: String = (0..7).map(|seed| format!("甲乙,{}\n", number(seed))).collect();
    let list = format!("name,document\n{list}");
    let (told, whole) = place.batch(list.as_bytes(), "one", &["--pictures", "png", "--layout", "a4"]);
    assert_eq!((told["issued"].as_u64(), whole), (Some(7), true));
    let scan = |out: &str| {
        let folder = place.path(out).join("codes");
        let pictures: Vec<_> = names(&folder).iter().map(|name| folder.join(name).display().to_string()).collect();
        let told = place.good(&[&["scan"][..], &pictures.iter().map(String::as_str).collect::<Vec<_>>()].concat());
        told.lines().map(|line| format!("TM1:{}\n", line.split_once("TM1:").unwrap().1)).collect::<String>()
    };
    let first = scan("one");
    assert_eq!(place.verdicts(&first), ["restricted paper-not-bound"; 7]);
    let page = fs::read_to_string(place.path("one/cards-0001.html")).unwrap();
    assert_eq!((page.matches("<main>").count(), page.matches("<svg").count()), (2, 7), "five to a page");
    assert!(page.contains("纸质健康码") && page.contains("Paper health code") && !page.contains("<script"));
    assert!(!page.contains(&number(0)), "no number in the clear");
    let (told, _) = place.batch(list.as_bytes(), "two", &["--pictures", "png", "--layout", "card"]);
    assert_eq!(told["replaced"], 7);
    assert_eq!(place.verdicts(&first), ["invalid paper-void"; 7]);
    assert_eq!(place.verdicts(&scan("two")), ["restricted paper-not-bound"; 7]);
    // Never over cards that are there.
    fs::write(place.path("list.csv"), &list).unwrap();
    let refused = place.refused(&["paper", "batch", "--authority", "a", "--csv", "list.csv", "--out", "one"]);
    assert!(refused.contains("not empty"), "{refused}");
}

#[test]
fn a_heading_that_names_too_little_or_too_much_is_refused_whole() {
    let place = Place::new("paper-heading");
    for (heading, expected) in [
        ("", "no column of the heading is name"),
        ("name,phone", "no column of the heading is document"),
        ("name,姓名,document", "two columns of the heading are name"),
        ("name,\"document", "a quote that is not closed"),
    ] {
        fs::write(place.path("list.csv"), format!("{heading}\n甲,1\n")).unwrap();
        let told = place.refused(&["paper", "batch", "--authority", "a", "--csv", "list.csv", "--out", "out"]);
        assert!(told.contains(expected), "{told}");
    }
    assert!(!place.path("out").exists(), "nothing was begun");
}

#[test]
fn several_files_and_a_long_list() {
    let place = Place::new("paper-long");
    let good: String = (0..120).map(|seed| format!("甲乙,{}\n", number(seed))).collect();
    // Lines that cost little, in between and behind.
    let bad = "甲1,1\n".repeat(5_000);
    let long = format!("{},1\n", "甲".repeat(20_000));
    let list = format!("name,document\n{good}{long}{bad}");
    let (told, _) = place.batch(list.as_bytes(), "out", &["--days", "30"]);
    let expected = json!({ "encoding": "UTF-8", "lines": 5121, "blank": 0, "issued": 120, "replaced": 0, "rejected": 5001, "files": 2 });
    assert_eq!(told, expected);
    assert_eq!((place.rows("out/issued.csv").len(), place.rows("out/rejected.csv").len()), (120, 5001));
    assert!(place.rows("out/rejected.csv")[0].contains("too long to be one of a list"));
}

#[test]
fn one_person_by_the_command_line() {
    let place = Place::new("paper-one");
    let claims = json!({ "name": "甲乙丙", "document": { "kind": "id-card", "number": "11010519491231002X" }, "region": "360102" });
    fs::write(place.path("claims.json"), claims.to_string()).unwrap();
    let issue: &[&str] = &["paper", "issue", "--authority", "a", "--claims", "claims.json", "--out", "card.html"];
    let told: Value = serde_json::from_str(&place.good(&[&["--json"][..], issue].concat())).unwrap();
    let (text, idx, serial) = (told["paper"].as_str().unwrap(), told["idx"].to_string(), told["serial"].as_str().unwrap());
    assert_eq!((&told["version"], &told["replaced"]), (&json!(12), &json!(false)));
    assert_eq!(place.verdicts(text), ["restricted paper-not-bound"]);
    for (command, expected) in [("suspend", "stop colour-red"), ("restore", "restricted paper-not-bound"), ("revoke", "invalid paper-void")]
    {
        place.good(&[command, "--authority", "a", &idx]);
        assert_eq!(place.verdicts(text), [expected], "{command}");
    }
    let inspected: Value = serde_json::from_str(&place.good(&["--json", "inspect", text])).unwrap();
    assert_eq!(
        (&inspected["type"], &inspected["serial"], &inspected["qr"]["Q"]["version"]),
        (&json!("paper-code"), &json!(serial), &json!(12))
    );
    assert_eq!(inspected["status"]["idx"].to_string(), idx);
    let page = fs::read_to_string(place.path("card.html")).unwrap();
    assert!(page.contains(serial) && page.contains("甲**") && page.contains("size: A4"));
    // Another one, lost and told by its number.
    let second: Value = serde_json::from_str(&place.good(&[&["--json"][..], issue].concat())).unwrap();
    let serial = second["serial"].as_str().unwrap().to_lowercase();
    assert!(place.good(&["paper", "lost", "--authority", "a", &serial]).contains("void"));
    assert_eq!(place.verdicts(second["paper"].as_str().unwrap()), ["invalid paper-void"]);
    assert!(place.refused(&["paper", "lost", "--authority", "a", "0000-0000"]).contains("no paper code has the serial"));
    // What a claims file can't say.
    for (field, value, expected) in [
        ("valid_for_s", json!(180 * 86_400 + 1), "180 days"),
        ("colour", json!("green"), "unknown field"),
        ("name", json!("甲1"), "name"),
        ("document", json!({ "kind": "id-card", "number": "110105194912310021" }), "typing error"),
    ] {
        let mut wrong = claims.clone();
        wrong[field] = value;
        fs::write(place.path("claims.json"), wrong.to_string()).unwrap();
        let told = place.refused(issue);
        assert!(told.contains(expected), "{field}: {told}");
    }
}
