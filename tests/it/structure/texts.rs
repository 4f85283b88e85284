//! Every reason has its sentence and its remedy in both languages, and both languages say the same things.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use tongma::{
    policy::{PlaceKind, PlaceRules},
    reason::Reason,
};

const CHINESE: &str = include_str!("../../../www/shared/i18n/zh-CN.ftl");
const ENGLISH: &str = include_str!("../../../www/shared/i18n/en.ftl");

/// Messages with the variables that they use.
fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =").filter(|_| line.starts_with(|first: char| first.is_ascii_lowercase())) {
            current = id.to_owned();
            assert!(all.insert(current.clone(), BTreeSet::new()).is_none(), "{current} stands twice");
        }
        for part in line.split('$').skip(1) {
            let name: String = part.chars().take_while(|character| character.is_alphanumeric()).collect();
            all.entry(current.clone()).or_default().insert(name);
        }
    }
    all
}

#[test]
fn every_reason_is_told_in_both_languages() {
    for (language, source) in [("zh-CN", CHINESE), ("en", ENGLISH)] {
        let messages = messages(source);
        for code in Reason::CODES {
            for id in [format!("reason-{code}"), format!("remedy-{code}")] {
                assert!(messages.contains_key(&id), "{language}: {id} is missing");
            }
        }
    }
}

#[test]
fn every_place_and_proof_has_its_name() {
    let places = PlaceKind::ALL.iter().map(|kind| format!("place-{}", kind.code()));
    let proofs = PlaceRules::built_in().iter().flat_map(|set| set.proofs.iter().map(|proof| format!("proof-{proof}")));
    let ids: Vec<_> = places.chain(proofs).collect();
    for (language, source) in [("zh-CN", CHINESE), ("en", ENGLISH)] {
        let messages = messages(source);
        let missing: Vec<_> = ids.iter().filter(|id| !messages.contains_key(*id)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

#[test]
fn both_languages_have_the_same_messages_and_variables() {
    let (chinese, english) = (messages(CHINESE), messages(ENGLISH));
    assert_eq!(chinese.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
    for (id, variables) in &chinese {
        assert_eq!(variables, &english[id], "{id}");
    }
}
