//! A FHIR bundle (R4) reduced to whom it concerns and what it attests.

use crate::{formats::ForeignPass, token::trust::Attests};
use serde_json::Value as Json;

/// SNOMED CT codes of laboratory results.
const DETECTED: [&str; 2] = ["260373001", "10828004"];
const NOT_DETECTED: [&str; 2] = ["260415000", "260385009"];

/// Fills in what the bundle says; none when it is no bundle, or one of several patients.
pub(super) fn fill(pass: ForeignPass, bundle: &Json) -> Option<ForeignPass> {
    let entries = bundle["entry"].as_array().filter(|_| bundle["resourceType"] == "Bundle")?;
    let of_type =
        |name: &'static str| entries.iter().map(|entry| &entry["resource"]).filter(move |resource| resource["resourceType"] == name);
    let mut patients = of_type("Patient");
    // A bundle of laboratory reports may name nobody; the verdict says so.
    let patient = patients.next().unwrap_or(&Json::Null);
    // Whose vaccination would it be?
    if patients.next().is_some() {
        return None;
    }
    let mut pass = ForeignPass { name: name(&patient["name"][0]), birth_date: text(&patient["birthDate"]), ..pass };
    let done = of_type("Immunization").filter(|dose| dose["status"] == "completed");
    let days: Vec<_> = done.map(|dose| day(&dose["occurrenceDateTime"])).collect();
    let tests = of_type("Observation").filter(|test| matches!(text(&test["status"]).as_str(), "final" | "amended" | "corrected"));
    if let Some(last) = days.iter().max() {
        pass.attests = Some(Attests::Vaccination);
        pass.date = Some(last.clone());
        pass.result = Some(days.len().to_string());
    } else if let Some(test) = tests.max_by_key(|test| text(&test["effectiveDateTime"])) {
        pass.attests = Some(Attests::Test);
        pass.date = Some(day(&test["effectiveDateTime"]));
        pass.result = Some(result(&test["valueCodeableConcept"]["coding"]));
    }
    Some(pass)
}

/// Given names and family name, or the name as one text.
fn name(name: &Json) -> String {
    let given = name["given"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let parts: Vec<_> = given.chain(name["family"].as_str()).collect();
    if parts.is_empty() { text(&name["text"]) } else { parts.join(" ") }
}

fn result(codings: &Json) -> String {
    let codes: Vec<_> = codings.as_array().into_iter().flatten().filter_map(|coding| coding["code"].as_str()).collect();
    if codes.iter().any(|code| DETECTED.contains(code)) {
        "detected".to_owned()
    } else if codes.iter().any(|code| NOT_DETECTED.contains(code)) {
        "not-detected".to_owned()
    } else {
        codes.first().copied().unwrap_or_default().to_owned()
    }
}

fn text(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn day(value: &Json) -> String {
    text(value).split('T').next().unwrap_or_default().to_owned()
}
