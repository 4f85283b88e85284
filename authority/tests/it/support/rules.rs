//! Sets of rules that an authority may publish.
#![allow(clippy::unwrap_used)]

/// The rules of Jiangxi, changed.
pub fn jiangxi(version: &str, change: impl Fn(&mut serde_json::Value)) -> String {
    let mut json: serde_json::Value = serde_json::from_str(include_str!("../../../../src/policy/rules/jiangxi.json")).unwrap();
    json["Common"]["Version"] = version.into();
    change(&mut json);
    json.to_string()
}

/// One rule more: a mask is wanted.
pub fn masks(json: &mut serde_json::Value) {
    let rules = json["Rules"].as_array_mut().unwrap();
    let mut rule = rules[0].clone();
    for (field, value) in [("Identifier", "JX-MASK-2027"), ("Outcome", "restricted"), ("Reason", "mask-required")] {
        rule[field] = value.into();
    }
    rule["Logic"] = false.into();
    rules.push(rule);
}
