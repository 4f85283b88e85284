//! Arguments of the commands that decide over persons.

use super::time;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use tongma::{
    policy::colour::{Isolation, RiskArea, Status},
    time::UnixTime,
    token::DocumentKind,
};

#[derive(Debug, Subcommand)]
pub(crate) enum AppealsCommand {
    /// Decide an appeal
    Decide {
        /// Its number
        number: u32,
        /// In favour of the person (grant), or not (refuse)
        decision: Verdict,
        #[command(flatten)]
        decider: Decider,
        /// Take back what the health authority knew of the person
        #[arg(long)]
        clear_status: bool,
        /// Take back what the person declared
        #[arg(long)]
        clear_declarations: bool,
    },
    /// Show all that are held
    List,
    /// Take one that was brought along, as the wallet signed it; the same one counts once
    Take {
        /// The wallet's file, or the text of its QR code in one (- is standard input)
        file: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Verdict {
    /// In favour of the person
    Grant,
    /// Against the person
    Refuse,
}

/// Who decides, and why.
#[derive(Args, Debug)]
pub(crate) struct Decider {
    /// Who decides
    #[arg(long)]
    pub(crate) by: String,
    /// On what ground
    #[arg(long)]
    pub(crate) why: String,
}

#[derive(Args, Debug)]
pub(crate) struct PersonStatus {
    /// The authority's folder
    pub(crate) dir: PathBuf,
    /// Number of the person's document
    #[arg(long)]
    pub(crate) document: String,
    /// Its kind: id-card, hk-mo-permit, taiwan-permit, passport, permanent-residence, other
    #[arg(long, default_value = "id-card", value_parser = document_kind)]
    pub(crate) kind: DocumentKind,
    /// As a case or contact: asymptomatic, close-contact, confirmed, discharged, fever-unknown-cause, from-abroad, released, suspected
    #[arg(long, value_parser = status)]
    pub(crate) status: Option<Status>,
    /// Where the person is isolated: collective, home
    #[arg(long, value_parser = isolation, requires = "since")]
    pub(crate) isolation: Option<Isolation>,
    /// Since when: Unix seconds or RFC 3339
    #[arg(long, value_parser = time, requires = "isolation")]
    pub(crate) since: Option<UnixTime>,
    /// The area where the person was: high, medium
    #[arg(long, value_parser = risk_area)]
    pub(crate) risk_area: Option<RiskArea>,
    /// The person is under daily health monitoring: green codes will say so, and those that don't are revoked
    #[arg(long)]
    pub(crate) monitoring: bool,
    #[command(flatten)]
    pub(crate) decider: Decider,
}

fn document_kind(text: &str) -> Result<DocumentKind, String> {
    DocumentKind::from_name(text).ok_or_else(|| "no kind of document".to_owned())
}

/// One of these words.
fn word<T: Copy>(text: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<T, String> {
    let known = || all.iter().map(|one| word(*one)).collect::<Vec<_>>().join(", ");
    all.iter().copied().find(|one| word(*one) == text).ok_or_else(|| format!("one of {}", known()))
}

fn status(text: &str) -> Result<Status, String> {
    word(text, Status::ALL, Status::word)
}

fn isolation(text: &str) -> Result<Isolation, String> {
    word(text, Isolation::ALL, Isolation::word)
}

fn risk_area(text: &str) -> Result<RiskArea, String> {
    word(text, RiskArea::ALL, RiskArea::word)
}
