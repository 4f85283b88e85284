//! The rules of places on the command line: which one decides over whom, and on what ground.

use super::{
    Done,
    arguments::{AtPlace, Explain, PolicyCommand},
    output::{Failure, Output, read_text},
    verify::load,
};
use serde_json::{Value as Json, json};
use std::{path::Path, sync::Arc};
use tongma::{
    policy::{Person, Place, PlaceRules, admission::Recognition, admission::TestResult},
    reason::Reason,
    roles::{
        Outcome,
        verifier::{Begun, Expectation, TrustStore, begin},
    },
    signature::check_all,
    time::UnixTime,
};
use tongma_authority::{Authority, server::now};

pub(super) fn run(output: &Output, command: PolicyCommand) -> Done {
    match command {
        PolicyCommand::Add { authority, files } => {
            let authority = Authority::open(&authority)?;
            for path in files {
                let name = authority.add_rules(&read_text(&path)?, now())?;
                output.line(&format!("{name}: in the bundle, which is published."))?;
            }
        }
        PolicyCommand::Explain(arguments) => return explain(output, &arguments),
        PolicyCommand::List { authority } => {
            Authority::open(&authority)?.rules()?.iter().try_for_each(|set| output.line(set.trim_end()))?;
        }
        PolicyCommand::Remove { authority, name } => {
            Authority::open(&authority)?.remove_rules(&name, now())?;
            output.line(&format!("{name}: taken out of the bundle, which is published."))?;
        }
    }
    Ok(true)
}

/// The place that the arguments describe, if any.
pub(super) fn place(at: &AtPlace) -> Option<Place> {
    Some(Place {
        kind: at.kind?,
        region: at.region?,
        name: None,
        low_risk: at.low_risk,
        test_within_h: at.test_within,
        temperature: at.temperature,
    })
}

/// The rules that the arguments name: a file, else a set that comes with the program. None leaves it to the region.
///
/// # Errors
/// What can't be read, or is no set of rules.
pub(super) fn rules(at: &AtPlace) -> Result<Option<Arc<PlaceRules>>, Failure> {
    let Some(name) = at.rules.as_deref() else { return Ok(None) };
    let path = Path::new(name);
    if !path.exists() {
        return Ok(Some(PlaceRules::named(name)?));
    }
    Ok(Some(Arc::new(PlaceRules::parse(&read_text(path)?, PlaceRules::built_in())?)))
}

fn explain(output: &Output, arguments: &Explain) -> Done {
    let at = arguments.at.unwrap_or_else(now);
    let place = place(&arguments.place).ok_or_else(|| Failure::Text("where? --place KIND --region CODE".to_owned()))?;
    let store = match &arguments.bundle {
        Some(bundle) => load(output, bundle, arguments.root.as_deref(), &arguments.status)?,
        None => TrustStore::default(),
    };
    let rules = rules(&arguments.place)?.map_or_else(|| store.rules(place.region), Ok)?;
    let person = match &arguments.code {
        Some(text) => shown(output, &store, text, at)?,
        None => Person {
            colour: arguments.colour,
            region: arguments.colour.map(|_| arguments.from.unwrap_or(place.region)),
            monitoring: arguments.monitoring,
            test: arguments.test_hours.map(|hours| TestResult { negative: true, at: at.plus(-3600 * i64::from(hours)) }),
            proof: arguments.proof.clone(),
            ..Person::default()
        },
    };
    let decision = rules.admit(&person, &place, at)?;
    let outcome = Outcome::from(decision.admission);
    let report = json!({
        "outcome": outcome,
        "reason": decision.reason.as_ref().map(Reason::code),
        "rule": decision.rule,
        "also": decision.also.iter().map(|(rule, reason)| json!({ "rule": rule, "reason": reason.code() })).collect::<Vec<_>>(),
        "recognition": decision.recognition.map(|recognition| match recognition {
            Recognition::Home => "home",
            Recognition::National => "national",
            Recognition::Own => "own",
        }),
        "rules": rules.name,
        "input": rules.context(&person, &place, at),
    });
    if output.json() {
        output.value(&report)?;
        return Ok(true);
    }
    let own = |texts: &tongma::policy::rule::Texts| texts.get(output.language()).cloned().unwrap_or_default();
    output.line(&format!(
        "{} · {} {}",
        output.text(&format!("verdict-{}", decision.admission.name())),
        output.text(&format!("place-{}", place.kind.code())),
        place.region
    ))?;
    output.line(&format!("{}: {}", rules.name, own(&rules.title)))?;
    if let Some(ground) = &rules.legal_ground {
        output.line(&own(ground))?;
    }
    if let Some(rule) = &decision.rule {
        output.line(&format!("{}: {}", rule.identifier, rule.description.get(output.language()).map_or("", String::as_str)))?;
    }
    decision.reason.iter().try_for_each(|reason| output.line(&output.reason(reason)))?;
    decision.also.iter().try_for_each(|(rule, reason)| output.line(&format!("{rule}: {}", output.reason(reason))))?;
    if decision.reason == Some(Reason::ProofMissing) {
        rules.proofs.iter().try_for_each(|proof| output.line(&format!("  {proof}: {}", output.text(&format!("proof-{proof}")))))?;
    }
    for (name, part) in report["input"].as_object().into_iter().flatten() {
        flat(output, name, part)?;
    }
    Ok(true)
}

/// Whom a code is about, as the rules see it.
///
/// # Errors
/// With the sentence of a code that is not good or can't be judged: then no rule is asked.
fn shown(output: &Output, store: &TrustStore, text: &str, at: UnixTime) -> Result<Person, Failure> {
    let verdict = match begin(store, &Expectation::default(), text, at) {
        Begun::Done(verdict) => *verdict,
        Begun::Pending(pending) => {
            let verdict = pending.finish(store, &check_all(pending.checks()));
            if let Some(person) = pending.person(store, &verdict) {
                return Ok(person);
            }
            verdict
        }
    };
    Err(Failure::Text(match &verdict.reason {
        Some(code) => output.reason_of(code, &verdict.facts),
        None => output.text(&format!("verdict-{}", verdict.outcome.code())),
    }))
}

/// What the rules see, a line a value.
fn flat(output: &Output, path: &str, value: &Json) -> Result<(), Failure> {
    match value {
        Json::Object(members) => members.iter().try_for_each(|(name, part)| flat(output, &format!("{path}.{name}"), part)),
        Json::Null => Ok(()),
        value => output.line(&format!("  {path} = {value}")),
    }
}
