use super::texts::Texts;
use serde::Serialize;
use std::{io::Write, path::Path};
use tongma::reason::Reason;
use tongma_authority::AuthorityError;

/// Why a command could not be carried out.
#[derive(Debug)]
pub(super) enum Failure {
    /// A reason with sentences of its own.
    Reason(Reason),
    /// Anything of files and arguments.
    Text(String),
}

impl From<Reason> for Failure {
    fn from(reason: Reason) -> Self {
        Self::Reason(reason)
    }
}

impl From<AuthorityError> for Failure {
    fn from(error: AuthorityError) -> Self {
        match error {
            AuthorityError::Refused(reason) => Self::Reason(reason),
            other => Self::Text(other.to_string()),
        }
    }
}

/// Where results go: text for people, JSON for machines.
pub(super) struct Output {
    json: bool,
    texts: Texts,
}

impl Output {
    pub(super) fn new(json: bool, language: Option<&str>) -> Self {
        Self { json, texts: Texts::new(language) }
    }

    pub(super) const fn json(&self) -> bool {
        self.json
    }

    /// A line of a result.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub(super) fn line(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|error| Failure::Text(format!("standard output: {error}")))
    }

    /// A result as one line of JSON.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub(super) fn value(&self, value: &impl Serialize) -> Result<(), Failure> {
        self.line(&serde_json::to_string(value).map_err(|error| Failure::Text(error.to_string()))?)
    }

    /// The sentence of a reason.
    pub(super) fn reason(&self, reason: &Reason) -> String {
        self.texts.reason(reason)
    }

    /// The sentence of a reason by its code and facts, as a verdict has them.
    pub(super) fn reason_of(&self, code: &str, facts: &serde_json::Map<String, serde_json::Value>) -> String {
        self.texts.reason_of(code, facts)
    }

    /// A text of the pages' own.
    pub(super) fn text(&self, id: &str) -> String {
        self.texts.plain(id)
    }

    /// A text of the pages' own with what it speaks of.
    pub(super) fn text_of(&self, id: &str, facts: &serde_json::Map<String, serde_json::Value>) -> String {
        self.texts.text(id, facts).unwrap_or_else(|| id.to_owned())
    }

    /// The tag of the language, such as `zh-CN`.
    pub(super) const fn language(&self) -> &'static str {
        self.texts.tag()
    }

    /// A word beside the result.
    pub(super) fn note(&self, text: &str) {
        eprintln!("{text}");
    }

    pub(super) fn failure(&self, failure: &Failure) {
        match (failure, self.json) {
            (Failure::Reason(reason), true) => eprintln!("{}", serde_json::json!({ "error": reason })),
            (Failure::Reason(reason), false) => eprintln!("error: {}", self.reason(reason)),
            (Failure::Text(text), true) => eprintln!("{}", serde_json::json!({ "error": { "code": "command", "text": text } })),
            (Failure::Text(text), false) => eprintln!("error: {text}"),
        }
    }
}

/// Reads a file.
///
/// # Errors
/// With the path and what the system says.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::Text(format!("{}: {error}", path.display())))
}

/// Reads a text file, or standard input for `-`.
///
/// # Errors
/// With the path and what the system says.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    let read = if path == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(path) };
    read.map_err(|error| Failure::Text(format!("{}: {error}", path.display())))
}

/// Writes a file.
///
/// # Errors
/// With the path and what the system says.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| Failure::Text(format!("{}: {error}", path.display())))
}
