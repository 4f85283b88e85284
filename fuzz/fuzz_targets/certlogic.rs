//! CertLogic: a first line with a logic, a rule or a set of rules, then the data. Reading and evaluating are total and bounded.
#![no_main]
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tongma::{
    policy::{Person, Place, PlaceRules, Rule, certlogic::Expression},
    time::UnixTime,
};

fuzz_target!(|text: &str| {
    let (logic, data) = text.split_once('\n').unwrap_or((text, "{}"));
    let data = serde_json::from_str(data).unwrap_or(Value::Null);
    if let Ok(json) = serde_json::from_str::<Value>(logic) {
        if let Ok(expression) = Expression::parse(&json) {
            assert_eq!(expression.holds(&data), expression.holds(&data));
        }
        if let Ok(rule) = Rule::parse(&json) {
            let _ = rule.holds(&data);
        }
    }
    if let Ok(rules) = PlaceRules::parse(logic, PlaceRules::built_in()) {
        let place = Place { region: 330_106, ..Place::default() };
        let _ = rules.admit(&Person::default(), &place, UnixTime(1_800_000_000));
    }
});
