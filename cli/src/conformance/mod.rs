//! Comparing with independent test data.

mod certlogic;
mod dgc;
mod foreign;
mod nzcp;
mod scan;
mod sd_cwt;
mod shc;
mod status_list;
mod wycheproof;

use super::{
    Done,
    arguments::Suite,
    output::{Failure, Output},
};
use std::path::Path;

/// How a suite went.
#[derive(Debug, Default)]
struct Tally {
    agree: u32,
    skipped: u32,
    disagree: Vec<String>,
}

impl Tally {
    /// Counts one row: `difference` says in what it disagrees.
    fn row(&mut self, name: &str, difference: Option<String>) {
        match difference {
            None => self.agree += 1,
            Some(difference) => self.disagree.push(format!("{name}: {difference}")),
        }
    }

    /// Counts a row that must come out as expected.
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, name: &str, got: &T, expected: &T) {
        self.row(name, (got != expected).then(|| format!("got {got:?}, expected {expected:?}")));
    }
}

pub(super) fn run(output: &Output, suite: Suite, path: &Path) -> Done {
    let tally = match suite {
        Suite::Scan => scan::run(output, path)?,
        Suite::Certlogic => certlogic::run(path)?,
        Suite::Dgc => dgc::run(path)?,
        Suite::Nzcp => nzcp::run(path)?,
        Suite::SdCwt => sd_cwt::run(path)?,
        Suite::Shc => shc::run(path)?,
        Suite::StatusList => status_list::run(path)?,
        Suite::Wycheproof => wycheproof::run(path)?,
    };
    let Tally { agree, skipped, disagree } = &tally;
    if output.json() {
        output.value(&serde_json::json!({ "agree": agree, "disagree": disagree, "skipped": skipped }))?;
    } else {
        disagree.iter().try_for_each(|row| output.line(row))?;
        output.line(&format!("{agree} agree, {} disagree, {skipped} skipped", disagree.len()))?;
    }
    if *agree == 0 && disagree.is_empty() {
        return Err(Failure::Text(format!("{}: nothing to compare with was found", path.display())));
    }
    Ok(disagree.is_empty())
}
