use super::*;
use crate::policy::{DeciCelsius, PlaceKind};
use proptest::prelude::*;

const NOW: UnixTime = UnixTime(1_800_000_000);

fn person(colour: Option<Colour>, region: u32) -> Person {
    Person { colour, region: colour.map(|_| region), ..Person::default() }
}

fn place(kind: PlaceKind, region: u32) -> Place {
    Place { kind, region, ..Place::default() }
}

/// Outcome and deciding rule, as `stop ZJ-RED`.
fn told(set: &PlaceRules, person: &Person, place: &Place) -> String {
    let decision = set.admit(person, place, NOW).unwrap();
    assert_eq!(decision.reason.is_none(), decision.admission == Admission::Pass, "{decision:?}");
    let rule = decision.rule.expect("every decision of a set that comes with the program names its rule");
    assert!(rule.description.contains_key("zh-CN") && rule.description.contains_key("en"), "{rule:?}");
    format!("{} {}", decision.admission.name(), rule.identifier)
}

/// What a yellow code meets in Zhejiang, and a green one under daily health monitoring: every kind has its line (ZJ 2).
const ZHEJIANG: [(PlaceKind, &str, &str); 35] = {
    use PlaceKind as K;
    const FORBIDDEN: &str = "stop ZJ-YELLOW-PLACE";
    const PROTECTED: &str = "restricted ZJ-YELLOW";
    const MASK: &str = "restricted ZJ-MONITORING";
    const KEPT_OUT: &str = "stop ZJ-MONITORING-PLACE";
    [
        (K::Airport, FORBIDDEN, MASK),
        (K::Banquet, FORBIDDEN, MASK),
        (K::BathHouse, FORBIDDEN, MASK),
        (K::BorderPort, PROTECTED, MASK),
        (K::Cinema, FORBIDDEN, MASK),
        (K::CityExit, "restricted ZJ-YELLOW-CITY", MASK),
        (K::CoachStation, FORBIDDEN, MASK),
        (K::DanceHall, FORBIDDEN, MASK),
        (K::Exhibition, FORBIDDEN, MASK),
        (K::ExhibitionHall, FORBIDDEN, MASK),
        (K::FarmersMarket, FORBIDDEN, MASK),
        (K::Ferry, FORBIDDEN, MASK),
        (K::Gallery, FORBIDDEN, MASK),
        (K::Gymnasium, FORBIDDEN, MASK),
        (K::InternetCafe, FORBIDDEN, MASK),
        (K::Library, FORBIDDEN, MASK),
        (K::Mall, FORBIDDEN, MASK),
        (K::MedicalInstitution, "restricted ZJ-YELLOW-CARE", MASK),
        (K::Museum, FORBIDDEN, MASK),
        (K::NursingHome, FORBIDDEN, KEPT_OUT),
        (K::Other, PROTECTED, MASK),
        (K::PassengerPort, FORBIDDEN, MASK),
        (K::Pier, FORBIDDEN, MASK),
        (K::Prison, FORBIDDEN, KEPT_OUT),
        (K::PublicTransport, FORBIDDEN, MASK),
        (K::RailwayStation, FORBIDDEN, MASK),
        (K::ResidentialArea, PROTECTED, MASK),
        (K::School, FORBIDDEN, KEPT_OUT),
        (K::Supermarket, FORBIDDEN, MASK),
        (K::Teaching, FORBIDDEN, KEPT_OUT),
        (K::TouristSite, FORBIDDEN, MASK),
        (K::Training, FORBIDDEN, MASK),
        (K::WelfareHome, FORBIDDEN, KEPT_OUT),
        (K::WholesaleMarket, FORBIDDEN, MASK),
        (K::Workplace, PROTECTED, MASK),
    ]
};

/// Where a code is asked for even in a low-risk area (ZJ 2).
const ASKED: [PlaceKind; 8] = {
    use PlaceKind as K;
    [K::BorderPort, K::CoachStation, K::Ferry, K::MedicalInstitution, K::NursingHome, K::Pier, K::Prison, K::WelfareHome]
};

#[test]
fn zhejiang() {
    let set = PlaceRules::of_region(330_106).unwrap();
    assert_eq!(set.name, "zhejiang");
    assert_eq!(ZHEJIANG.map(|row| row.0).as_slice(), PlaceKind::ALL, "a kind without a line");
    for (kind, yellow, monitored) in ZHEJIANG {
        for low_risk in [false, true] {
            let place = Place { low_risk, ..place(kind, 330_106) };
            let told = |person: &Person| told(&set, person, &place);
            assert_eq!(told(&person(Some(Colour::Red), 330_000)), "stop ZJ-RED", "{kind:?}");
            assert_eq!(told(&person(Some(Colour::Yellow), 330_000)), yellow, "{kind:?}");
            assert_eq!(told(&person(Some(Colour::Green), 330_000)), "pass ZJ-GREEN", "{kind:?}");
            let monitoring = Person { monitoring: true, ..person(Some(Colour::Green), 330_000) };
            assert_eq!(told(&monitoring), monitored, "{kind:?}");
            let asked = !low_risk || ASKED.contains(&kind);
            let expected = if asked { "restricted ZJ-NO-CODE" } else { "pass ZJ-NOT-ASKED" };
            assert_eq!(told(&person(None, 0)), expected, "{kind:?} {low_risk}");
            let paper = Person { proof: Some("paper-code".into()), ..Person::default() };
            assert_eq!(told(&paper), if asked { "pass ZJ-PROOF" } else { "pass ZJ-NOT-ASKED" }, "{kind:?} {low_risk}");
        }
    }
}

#[test]
fn jiangxi_nanchang_and_the_nation() {
    use PlaceKind as K;
    for (region, name, prefix) in
        [(360_700, "jiangxi", "JX"), (360_102, "nanchang", "JX"), (440_300, "national", "CN"), (0, "national", "CN")]
    {
        let set = PlaceRules::of_region(region).unwrap();
        assert_eq!(set.name, name);
        for kind in PlaceKind::ALL {
            let masked = name == "nanchang" && matches!(kind, K::Airport | K::CoachStation | K::PublicTransport | K::RailwayStation);
            let told = |person: &Person| told(&set, person, &place(*kind, region));
            let own = |colour| person(Some(colour), region);
            assert_eq!(told(&own(Colour::Red)), format!("stop {prefix}-RED"), "{region} {kind:?}");
            assert_eq!(told(&own(Colour::Yellow)), format!("restricted {prefix}-YELLOW"), "{region} {kind:?}");
            let green = if masked { "restricted NC-MASK".to_owned() } else { format!("pass {prefix}-GREEN") };
            assert_eq!(told(&own(Colour::Green)), green, "{region} {kind:?}");
            assert_eq!(told(&person(None, 0)), format!("restricted {prefix}-NO-CODE"), "{region} {kind:?}");
            for proof in &PlaceRules::of_region(region).unwrap().proofs {
                let shown = Person { proof: Some(proof.clone()), ..Person::default() };
                assert_eq!(told(&shown), format!("pass {prefix}-PROOF"), "{region} {kind:?} {proof}");
            }
            let unknown = Person { proof: Some("a friend's word".into()), ..Person::default() };
            assert_eq!(told(&unknown), format!("restricted {prefix}-NO-CODE"), "{region} {kind:?}");
        }
    }
}

#[test]
fn a_code_from_elsewhere_meets_the_rules_of_the_place() {
    let zhejiang = PlaceRules::of_region(330_000).unwrap();
    let school = place(PlaceKind::School, 330_000);
    for (region, recognition, rule) in [
        (330_200, Recognition::Own, "ZJ-GREEN"),
        (360_000, Recognition::Home, "ZJ-RECOGNISED"),
        (0, Recognition::National, "ZJ-RECOGNISED"),
    ] {
        let green = person(Some(Colour::Green), region);
        assert_eq!(told(&zhejiang, &green, &school), format!("pass {rule}"), "{region}");
        assert_eq!(zhejiang.admit(&green, &school, NOW).unwrap().recognition, Some(recognition), "{region}");
        assert_eq!(told(&zhejiang, &person(Some(Colour::Yellow), region), &school), "stop ZJ-YELLOW-PLACE", "{region}");
    }
    let jiangxi = PlaceRules::of_region(360_000).unwrap();
    let shown = told(&jiangxi, &person(Some(Colour::Yellow), 330_000), &place(PlaceKind::School, 360_000));
    assert_eq!(shown, "restricted JX-YELLOW");
    assert_eq!(zhejiang.admit(&Person::default(), &school, NOW).unwrap().recognition, None);
}

#[test]
fn temperature_and_test_count_everywhere() {
    let green = person(Some(Colour::Green), 330_000);
    for set in PlaceRules::built_in().iter().filter(|set| set.name != "common") {
        let region = set.region.as_deref().unwrap_or("440000").parse().unwrap();
        for kind in PlaceKind::ALL {
            let at = |temperature| Place { temperature: Some(DeciCelsius(temperature)), ..place(*kind, region) };
            let unmeasured = told(set, &green, &place(*kind, region));
            assert_eq!(told(set, &green, &at(372)), unmeasured, "{} {kind:?}", set.name);
            let hot = if *kind == PlaceKind::MedicalInstitution { "restricted CN-FEVER-CLINIC" } else { "stop CN-TEMPERATURE" };
            assert_eq!(told(set, &green, &at(373)), hot, "{} {kind:?}", set.name);
        }
    }
    let zhejiang = PlaceRules::named("zhejiang").unwrap();
    let test = |negative, age_s: i64| Some(TestResult { negative, at: NOW.plus(-age_s) });
    let hour = 3600;
    for (within, test, passes) in [
        (24, test(true, 24 * hour), true),
        (24, test(true, 24 * hour + 1), false),
        (48, test(true, 48 * hour), true),
        (48, test(true, 48 * hour + 1), false),
        (168, test(true, 168 * hour), true),
        (168, test(true, 168 * hour + 1), false),
        (48, test(false, hour), false),
        (48, test(true, -120), true),
        (48, test(true, -121), false),
        (48, None, false),
    ] {
        let place = Place { test_within_h: Some(within), ..place(PlaceKind::Mall, 330_000) };
        let expected = if passes { "pass ZJ-GREEN" } else { "restricted CN-TEST" };
        assert_eq!(told(&zhejiang, &Person { test, ..green.clone() }, &place), expected, "{within} {test:?}");
    }
}

#[test]
fn tests_are_read_from_claims() {
    let parsed = TestResult::parse("negative 2027-01-15T16:00:00+08:00");
    assert_eq!(parsed, Some(TestResult { negative: true, at: UnixTime(1_800_000_000) }));
    assert_eq!(TestResult::parse("阳性 2027-01-15").map(|test| test.negative), Some(false));
    for text in ["negative", "negative yesterday", "unknown 2027-01-15", ""] {
        assert_eq!(TestResult::parse(text), None, "{text}");
    }
}

#[test]
fn an_overlay_states_its_ground_and_refuses_nobody() {
    let nanchang = include_str!("../rules/nanchang.json");
    let parse = |text: &str| PlaceRules::parse(text, PlaceRules::built_in()).map(|_| ());
    assert_eq!(parse(nanchang), Ok(()));
    let malformed = |rule: &str, fault: &str| Err(Reason::RuleMalformed { rule: rule.into(), fault: fault.into() });
    let line = |start: &str| nanchang.lines().find(|line| line.trim_start().starts_with(start)).unwrap();
    assert_eq!(parse(&nanchang.replace(line("\"LegalGround\""), "")), malformed("nanchang", "LegalGround"));
    assert_eq!(parse(&nanchang.replace("\"restricted\"", "\"stop\"")), malformed("NC-MASK", "Outcome"));
    assert_eq!(parse(&nanchang.replace("\"mask-required\"", "\"moon\"")), malformed("NC-MASK", "Outcome"));
    assert_eq!(parse(&nanchang.replace("\"Base\": \"jiangxi\"", "\"Base\": \"moon\"")), Err(Reason::RulesUnknown { name: "moon".into() }));
    assert_eq!(parse(&nanchang.replace("\"Proofs\"", "\"Prooves\"")), malformed("nanchang", "Prooves"));
    assert_eq!(parse("{}").unwrap_err().code(), "rule-malformed");
    assert_eq!(parse("").unwrap_err().code(), "rule-malformed");
    assert_eq!(parse("[]").unwrap_err().code(), "rule-malformed");
}

#[test]
fn rules_out_of_force_decide_nothing() {
    let zhejiang = PlaceRules::named("zhejiang").unwrap();
    let green = person(Some(Colour::Green), 330_000);
    let at = |region, now| zhejiang.admit(&green, &place(PlaceKind::Mall, region), now).unwrap_err().code();
    assert_eq!(at(330_000, UnixTime(2_082_729_600)), "rule-expired");
    assert_eq!(at(330_000, UnixTime(1_600_000_000)), "rule-not-yet-valid");
    assert_eq!(at(360_000, NOW), "rules-unknown");
    assert_eq!(PlaceRules::named("moon").unwrap_err().code(), "rules-unknown");
    let names: Vec<_> = PlaceRules::built_in().iter().map(|set| set.name.as_str()).collect();
    assert_eq!(names, ["common", "national", "jiangxi", "nanchang", "zhejiang"]);
}

#[test]
fn a_rule_that_fails_lets_nobody_pass() {
    let text = include_str!("../rules/nanchang.json")
        .replace("{\"===\":[{\"var\":\"payload.colour\"},\"green\"]}", "{\"<\":[{\"var\":\"gone\"},1]}");
    let set = PlaceRules::parse(&text, PlaceRules::built_in()).unwrap();
    let failed = set.admit(&person(Some(Colour::Green), 360_100), &place(PlaceKind::Mall, 360_100), NOW);
    assert_eq!(failed, Err(Reason::RuleFailed { rule: "NC-MASK".into() }));
}

#[test]
fn rules_see_who_shows_and_those_that_come_with_the_program_do_not_care() {
    let holder = person(Some(Colour::Yellow), 360_100);
    let guardian = Person { guardian: Some(Relation::Parent), ..holder.clone() };
    let paper = Person { paper: true, ..holder.clone() };
    let mall = place(PlaceKind::Mall, 360_100);
    for set in PlaceRules::built_in() {
        assert_eq!(set.admit(&holder, &mall, NOW), set.admit(&guardian, &mall, NOW), "{}", set.name);
        assert_eq!(set.admit(&holder, &mall, NOW), set.admit(&paper, &mall, NOW), "{}", set.name);
    }
    let set = &PlaceRules::built_in()[0];
    let seen = |person: &Person| {
        let payload = set.context(person, &mall, NOW)["payload"].clone();
        (payload["shownBy"].as_str().map(str::to_owned), payload["relation"].as_str().map(str::to_owned))
    };
    assert_eq!(seen(&holder), (Some("holder".into()), None));
    assert_eq!(seen(&guardian), (Some("guardian".into()), Some("parent".into())));
    assert_eq!(seen(&Person { paper: true, ..holder.clone() }), (Some("paper".into()), None));
    assert_eq!(seen(&Person::default()), (None, None));
    // A rule of one's own can treat it.
    let strict = include_str!("../rules/nanchang.json")
        .replace("{\"===\":[{\"var\":\"payload.colour\"},\"green\"]}", "{\"===\":[{\"var\":\"payload.shownBy\"},\"guardian\"]}");
    let strict = PlaceRules::parse(&strict, PlaceRules::built_in()).unwrap();
    let green = person(Some(Colour::Green), 360_100);
    let shown = Person { guardian: Some(Relation::Parent), ..green.clone() };
    let bus = place(PlaceKind::PublicTransport, 360_100);
    assert_ne!(strict.admit(&green, &bus, NOW), strict.admit(&shown, &bus, NOW));
}

fn anybody() -> impl Strategy<Value = Person> {
    let code = (proptest::option::of(0_usize..3), proptest::option::of(any::<u32>()), any::<u8>(), any::<bool>());
    let test = proptest::option::of((any::<bool>(), any::<i64>()));
    (code, test, proptest::option::of("[a-z-]{0,12}"), proptest::option::of(any::<i64>())).prop_map(
        |((colour, region, kind, monitoring), test, proof, data_age_s)| Person {
            colour: colour.map(|index| Colour::ALL[index]),
            region,
            kind,
            monitoring,
            test: test.map(|(negative, at)| TestResult { negative, at: UnixTime(at) }),
            proof,
            guardian: data_age_s.and_then(|age| Relation::ALL.get(age.rem_euclid(7) as usize).copied()),
            paper: kind.is_multiple_of(3),
            data_age_s,
        },
    )
}

fn anywhere() -> impl Strategy<Value = Place> {
    let within = proptest::option::of(any::<u32>());
    (0..PlaceKind::ALL.len(), 0_u32..100, any::<bool>(), within, proptest::option::of(any::<i32>())).prop_map(
        |(kind, city, low_risk, test_within_h, temperature)| Place {
            kind: PlaceKind::ALL[kind],
            region: 360_100 + city,
            name: None,
            low_risk,
            test_within_h,
            temperature: temperature.map(DeciCelsius),
        },
    )
}

proptest! {
    #[test]
    fn every_set_decides_over_anybody_anywhere(person in anybody(), mut place in anywhere(), offset in 0_i64..200_000_000) {
        for set in PlaceRules::built_in() {
            place.region = set.region.as_deref().map_or(place.region, |region| region.parse().unwrap());
            let decision = set.admit(&person, &place, NOW.plus(offset));
            prop_assert!(decision.is_ok(), "{}: {decision:?}", set.name);
        }
    }

    #[test]
    fn an_overlay_admits_whom_the_province_admits(person in anybody(), place in anywhere()) {
        let province = PlaceRules::named("jiangxi").unwrap().admit(&person, &place, NOW).unwrap();
        let city = PlaceRules::named("nanchang").unwrap().admit(&person, &place, NOW).unwrap();
        prop_assert_eq!(province.admission == Admission::Stop, city.admission == Admission::Stop);
        prop_assert!(city.admission >= province.admission);
    }
}
