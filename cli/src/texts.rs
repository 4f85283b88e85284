//! The sentences of the pages' Fluent files, for a terminal.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use tongma::{
    reason::Reason,
    sentences::{CHINESE, ENGLISH},
};
use unic_langid::LanguageIdentifier;

/// Texts of one language.
pub(super) struct Texts {
    tag: &'static str,
    bundle: Option<FluentBundle<FluentResource>>,
}

impl Texts {
    /// The language asked for, else that of the environment; Chinese where it says `zh`, else English.
    pub(super) fn new(wanted: Option<&str>) -> Self {
        let environment =
            ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        let wanted = wanted.map(str::to_owned).or(environment).unwrap_or_default();
        let (tag, source) = if wanted.starts_with("zh") { ("zh-CN", CHINESE) } else { ("en", ENGLISH) };
        Self { tag, bundle: load(tag, source) }
    }

    /// The language's tag.
    pub(super) const fn tag(&self) -> &'static str {
        self.tag
    }

    /// A text without variables; the identifier where there is none.
    pub(super) fn plain(&self, id: &str) -> String {
        self.text(id, &serde_json::Map::new()).unwrap_or_else(|| id.to_owned())
    }

    /// What happened, and what to do; the bare code where there is no sentence.
    pub(super) fn reason(&self, reason: &Reason) -> String {
        self.reason_of(reason.code(), &reason.facts())
    }

    /// The same of a reason's code and facts, as a verdict has them.
    pub(super) fn reason_of(&self, code: &str, facts: &serde_json::Map<String, serde_json::Value>) -> String {
        match (self.text(&format!("reason-{code}"), facts), self.text(&format!("remedy-{code}"), facts)) {
            (Some(what), Some(remedy)) => format!("{what} {remedy}"),
            _ => code.to_owned(),
        }
    }

    /// A text with its variables; none where there is no such text.
    pub(super) fn text(&self, id: &str, facts: &serde_json::Map<String, serde_json::Value>) -> Option<String> {
        let bundle = self.bundle.as_ref()?;
        let pattern = bundle.get_message(id)?.value()?;
        let args: FluentArgs<'_> = facts.iter().map(|(name, value)| (name.as_str(), fact(name, value))).collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}

fn load(tag: &str, source: &str) -> Option<FluentBundle<FluentResource>> {
    let language: LanguageIdentifier = tag.parse().ok()?;
    let mut bundle = FluentBundle::new(vec![language]);
    bundle.set_use_isolating(false);
    bundle.add_resource(FluentResource::try_new(source.to_owned()).ok()?).ok()?;
    Some(bundle)
}

/// Times are told as times; the names are those of the facts of `Reason`.
fn fact(name: &str, value: &serde_json::Value) -> FluentValue<'static> {
    let is_time = name.ends_with("At") || name.ends_with("From") || matches!(name, "now" | "notBefore");
    match value {
        serde_json::Value::Number(seconds) if is_time => {
            let time = seconds.as_i64().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            time.map_or_else(|| seconds.to_string(), |time| time.to_string()).into()
        }
        serde_json::Value::String(text) => text.clone().into(),
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tongma::{reason::Layer, time::UnixTime};

    #[test]
    fn sentences_in_both_languages() {
        let reason = Reason::Expired { layer: Layer::Presentation, expired_at: UnixTime(1_800_000_000) };
        assert_eq!(
            Texts::new(Some("en")).reason(&reason),
            "This code ended at 2027-01-15T08:00:00Z. Ask the person to open the wallet: it makes a new code. If that doesn't help, compare both clocks."
        );
        assert!(Texts::new(Some("zh-CN")).reason(&reason).starts_with("此码已于 2027-01-15T08:00:00Z 到期。"));
    }
}
