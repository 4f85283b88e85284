//! Paper codes on the command line: for one person, for a village, and when one is lost.

mod batch;
mod card;
mod columns;
mod table;

use super::{
    Done,
    authority::{Document, Region},
    output::{Failure, Output, read_text, write},
};
use batch::BatchArguments;
use card::{Cards, Layout};
use clap::{Args, Subcommand};
use serde::Deserialize;
use std::path::PathBuf;
use tongma::{
    qr::encode::{EccLevel, smallest_version},
    time::{UnixTime, defaults::PAPER_LIFETIME_S},
    token::{Serial, identity},
};
use tongma_authority::{Authority, IssuedPaper, PaperRequest, server::now};

const DAY_S: i64 = 86_400;
/// Days begin at midnight in Beijing, for all of China has one time.
const BEIJING_S: i64 = 8 * 3600;

#[derive(Debug, Subcommand)]
pub(super) enum PaperCommand {
    /// Issue paper codes for a list of persons (CSV), as cards to print, with a report of each line that is not good
    Batch(BatchArguments),
    /// Issue a paper code for one person; prints its text. Earlier ones of the same document are void then
    Issue(IssueArguments),
    /// Withdraw a paper code that is lost
    Lost {
        /// The authority's folder
        #[arg(long)]
        authority: PathBuf,
        /// The serial on the card, such as 773M-9QXT
        #[arg(value_parser = serial)]
        serial: Serial,
    },
}

#[derive(Args, Debug)]
pub(super) struct IssueArguments {
    /// The authority's folder
    #[arg(long)]
    authority: PathBuf,
    /// What to say of the person, as JSON: name, document (kind, number), region, and where wanted `valid_for_s` (at most 180 days)
    #[arg(long)]
    claims: PathBuf,
    /// A card to print (HTML)
    #[arg(long)]
    out: Option<PathBuf>,
    /// What it is printed on
    #[arg(long, value_enum, default_value_t = Layout::A4, requires = "out")]
    layout: Layout,
}

/// The claims file. There is no colour in it: the authority knows it, and paper does not say it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    name: String,
    document: Document,
    region: Region,
    valid_for_s: Option<i64>,
}

fn serial(text: &str) -> Result<Serial, String> {
    Serial::parse(text).ok_or_else(|| "eight letters and digits, such as 773M-9QXT".to_owned())
}

pub(super) fn run(output: &Output, command: PaperCommand) -> Done {
    match command {
        PaperCommand::Batch(arguments) => batch::run(output, &arguments),
        PaperCommand::Issue(arguments) => issue(output, &arguments),
        PaperCommand::Lost { authority, serial } => {
            let idx = Authority::open(&authority)?.void_paper(serial, now())?;
            if output.json() {
                output.value(&serde_json::json!({ "serial": serial.to_string(), "idx": idx }))?;
            } else {
                output.line(&format!("{serial} (index {idx}) is void; the status list is published."))?;
            }
            Ok(true)
        }
    }
}

fn issue(output: &Output, arguments: &IssueArguments) -> Done {
    let path = arguments.claims.display();
    let claims: Claims = serde_json::from_str(&read_text(&arguments.claims)?).map_err(|error| Failure::Text(format!("{path}: {error}")))?;
    let now = now();
    identity::check_name(&claims.name)?;
    identity::check_document(claims.document.kind, &claims.document.number, now)?;
    let valid_for_s = claims.valid_for_s.unwrap_or_else(|| whole_days(now, PAPER_LIFETIME_S / DAY_S));
    if !(1..=PAPER_LIFETIME_S).contains(&valid_for_s) {
        return Err(Failure::Text(format!("{path}: valid_for_s is at most {PAPER_LIFETIME_S} (180 days)")));
    }
    let request = PaperRequest {
        name: claims.name,
        document_kind: claims.document.kind,
        document_number: claims.document.number,
        region: claims.region.number()?,
        valid_for_s,
    };
    let issued = Authority::open(&arguments.authority)?.issue_paper(&request, now)?;
    let IssuedPaper { text, paper, idx, replaced } = &issued.ok_or_else(|| Failure::Text(output.text("paper-line-monitored")))?;
    if let Some(out) = &arguments.out {
        let cards = Cards::new(arguments.layout);
        write(out, cards.page(&[cards.card(text, paper, None)?]).as_bytes())?;
    }
    if output.json() {
        let version = smallest_version(text, EccLevel::Q);
        output.value(&serde_json::json!({
            "paper": text, "serial": paper.serial.to_string(), "idx": idx, "expiresAt": paper.expires_at, "replaced": replaced, "version": version,
        }))?;
    } else {
        output.line(text)?;
        if *replaced {
            output.note("The earlier paper code of this person is void.");
        }
    }
    Ok(true)
}

/// Seconds to the midnight in China that ends so many days, today among them: a card says until which day it is good.
fn whole_days(now: UnixTime, days: i64) -> i64 {
    days * DAY_S - now.plus(BEIJING_S).0.rem_euclid(DAY_S)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_ends_at_midnight_in_china() {
        // 2027-01-15T16:00:00+08:00
        let now = UnixTime(1_800_000_000);
        assert_eq!(now.plus(whole_days(now, 1)).to_rfc3339(), "2027-01-15T16:00:00Z");
        assert!(whole_days(now, 180) <= PAPER_LIFETIME_S);
        let midnight = UnixTime(1_800_000_000 + 8 * 3600);
        assert_eq!(whole_days(midnight, 180), PAPER_LIFETIME_S);
    }
}
