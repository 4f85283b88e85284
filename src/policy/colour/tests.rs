use super::*;
use proptest::prelude::*;

const NOW: UnixTime = UnixTime(1_800_000_000);

fn told(region: u32, declaration: &Declaration) -> (Colour, String) {
    let decision = ColourRules::of_region(region).unwrap().colour(declaration, NOW).unwrap();
    assert_eq!(decision.reason.is_none(), decision.colour == Colour::Green, "{decision:?}");
    (decision.colour, decision.rule)
}

fn check(region: u32, cases: &[(Declaration, Colour, &str)]) {
    for (declaration, colour, rule) in cases {
        assert_eq!(told(region, declaration), (*colour, (*rule).to_owned()), "{declaration:?}");
    }
}

fn with(change: impl FnOnce(&mut Declaration)) -> Declaration {
    let mut declaration = Declaration::default();
    change(&mut declaration);
    declaration
}

fn isolated(status: Option<Status>, isolation: Isolation, days: u32, normal_days: u32) -> Declaration {
    Declaration { status, isolation: Some(isolation), isolation_days: days, normal_days, ..Declaration::default() }
}

#[test]
fn jiangxi() {
    use Colour::{Green, Red, Yellow};
    use Isolation::{Collective, Home};
    let status = |status| with(|declaration| declaration.status = Some(status));
    let area = |area, days| Declaration { risk_area: Some(area), ..isolated(None, Home, days, days) };
    check(
        360_100,
        &[
            (Declaration::default(), Green, "JX-C-LOW"),
            (status(Status::Confirmed), Red, "JX-C-CASE"),
            (status(Status::Suspected), Red, "JX-C-CASE"),
            (status(Status::Asymptomatic), Red, "JX-C-ASYMPTOMATIC"),
            (isolated(Some(Status::Confirmed), Collective, 20, 20), Red, "JX-C-CASE"),
            (status(Status::CloseContact), Red, "JX-C-CONTACT"),
            (isolated(Some(Status::CloseContact), Home, 13, 14), Red, "JX-C-CONTACT"),
            (isolated(Some(Status::CloseContact), Home, 14, 13), Red, "JX-C-CONTACT"),
            (isolated(Some(Status::CloseContact), Home, 14, 14), Green, "JX-C-LOW"),
            (isolated(Some(Status::CloseContact), Collective, 14, 14), Green, "JX-C-LOW"),
            (isolated(Some(Status::FromAbroad), Collective, 13, 13), Red, "JX-C-ABROAD"),
            (isolated(Some(Status::FromAbroad), Home, 14, 14), Red, "JX-C-ABROAD"),
            (isolated(Some(Status::FromAbroad), Collective, 14, 14), Green, "JX-C-LOW"),
            (with(|declaration| declaration.risk_area = Some(RiskArea::High)), Red, "JX-C-HIGH-RISK"),
            (area(RiskArea::High, 14), Green, "JX-C-LOW"),
            (status(Status::Discharged), Yellow, "JX-C-DISCHARGED"),
            (isolated(Some(Status::Discharged), Home, 14, 14), Green, "JX-C-LOW"),
            (status(Status::Released), Yellow, "JX-C-RELEASED"),
            (isolated(Some(Status::Released), Home, 13, 13), Yellow, "JX-C-RELEASED"),
            (area(RiskArea::Medium, 13), Yellow, "JX-C-MEDIUM-RISK"),
            (area(RiskArea::Medium, 14), Green, "JX-C-LOW"),
            (with(|declaration| declaration.symptoms = true), Yellow, "JX-C-SYMPTOMS"),
            (with(|declaration| declaration.symptoms_within_14_days = true), Yellow, "JX-C-SYMPTOMS"),
            // The stricter one decides, and symptoms keep isolation from being complete.
            (Declaration { symptoms: true, ..isolated(Some(Status::CloseContact), Home, 14, 14) }, Red, "JX-C-CONTACT"),
            (Declaration { risk_area: Some(RiskArea::High), ..status(Status::Released) }, Red, "JX-C-HIGH-RISK"),
        ],
    );
}

#[test]
fn zhejiang() {
    use Colour::{Green, Red, Yellow};
    let symptoms = |contact, now, negative_test| Declaration {
        contact,
        symptoms: now,
        symptoms_within_14_days: true,
        negative_test,
        ..Declaration::default()
    };
    let status = |status| with(|declaration| declaration.status = Some(status));
    let ordered = |colour| with(|declaration| declaration.ordered = Some(colour));
    check(
        330_000,
        &[
            (Declaration::default(), Green, "ZJ-C-GREEN"),
            (status(Status::Confirmed), Red, "ZJ-C-CASE"),
            (status(Status::Suspected), Red, "ZJ-C-CASE"),
            (status(Status::Asymptomatic), Red, "ZJ-C-CASE"),
            (status(Status::FeverOfUnknownCause), Red, "ZJ-C-FEVER"),
            (status(Status::Discharged), Green, "ZJ-C-GREEN"),
            (isolated(Some(Status::FromAbroad), Isolation::Collective, 3, 3), Red, "ZJ-C-OBSERVATION"),
            (isolated(None, Isolation::Home, 3, 3), Yellow, "ZJ-C-HOME"),
            (ordered(Red), Red, "ZJ-C-ORDERED-RED"),
            (ordered(Yellow), Yellow, "ZJ-C-ORDERED-YELLOW"),
            (ordered(Green), Green, "ZJ-C-GREEN"),
            (symptoms(Contact::No, true, false), Yellow, "ZJ-C-SYMPTOMS"),
            (symptoms(Contact::No, true, true), Green, "ZJ-C-GREEN"),
            (symptoms(Contact::No, false, false), Green, "ZJ-C-GREEN"),
            (symptoms(Contact::Unsure, true, true), Yellow, "ZJ-C-SYMPTOMS"),
            (symptoms(Contact::Yes, false, true), Yellow, "ZJ-C-SYMPTOMS"),
        ],
    );
}

#[test]
fn fourteen_normal_check_ins_lead_back_to_low() {
    let mut declaration = isolated(Some(Status::CloseContact), Isolation::Home, 14, 0);
    for day in 0..=14 {
        declaration.normal_days = day;
        assert_eq!(declaration.check_ins_to_low(), 14 - day);
        assert_eq!(told(360_000, &declaration).0 == Colour::Green, day == 14, "day {day}");
    }
    declaration.normal_days = 0;
    assert_eq!(told(360_000, &declaration).0, Colour::Red, "one abnormal check-in begins anew");
}

#[test]
fn the_sets_are_whole() {
    assert_eq!(ColourRules::built_in().len(), 2);
    assert_eq!(ColourRules::of_region(440_000).unwrap_err().code(), "rules-unknown");
    let expired = ColourRules::of_region(330_000).unwrap().colour(&Declaration::default(), UnixTime(3_000_000_000));
    assert_eq!(expired.unwrap_err().code(), "rule-expired");
}

fn declaration() -> impl Strategy<Value = Declaration> {
    let option = |all: usize| proptest::option::of(0..all);
    let facts = (option(Status::ALL.len()), option(2), option(2), option(3), 0_usize..3);
    (facts, any::<[u32; 2]>(), any::<[bool; 3]>()).prop_map(|((status, isolation, area, ordered, contact), days, flags)| Declaration {
        status: status.map(|index| Status::ALL[index]),
        isolation: isolation.map(|index| Isolation::ALL[index]),
        isolation_days: days[0],
        risk_area: area.map(|index| RiskArea::ALL[index]),
        symptoms: flags[0],
        symptoms_within_14_days: flags[1],
        contact: Contact::ALL[contact],
        negative_test: flags[2],
        normal_days: days[1],
        ordered: ordered.map(|index| Colour::ALL[index]),
    })
}

proptest! {
    #[test]
    fn every_declaration_has_a_colour(declaration in declaration()) {
        for set in ColourRules::built_in() {
            let decision = set.colour(&declaration, NOW);
            prop_assert!(decision.is_ok(), "{}: {decision:?}", set.name);
        }
    }
}
