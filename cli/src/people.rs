//! Commands that decide over persons: status and appeals. Each names who decides and why.

use super::{
    Done,
    arguments::{AppealsCommand, PersonStatus, Verdict},
    output::{Failure, Output, read_text},
};
use std::path::Path;
use tongma::{
    base45,
    reason::Reason,
    token::{AppealAnswer, AppealState, PREFIX, identity},
};
use tongma_authority::{AppealDecision, AppealRecord, Authority, Decider, Finding, server::now};

pub(super) fn status(output: &Output, arguments: &PersonStatus) -> Done {
    let PersonStatus { dir, document, kind, status, isolation, since, risk_area, monitoring, decider } = arguments;
    identity::check_document(*kind, document, now())?;
    let monitored_since = monitoring.then(now);
    let finding = Finding { status: *status, isolation: isolation.zip(*since), risk_area: *risk_area, monitored_since };
    let decider = Decider { by: &decider.by, why: &decider.why };
    let concerned = Authority::open(dir)?.set_finding((*kind, document), &finding, decider, now())?;
    if output.json() {
        output.value(&serde_json::json!({ "concerned": concerned }))?;
    } else {
        output.line(&format!("Set; {concerned} applicants with this document are judged anew, the status list is published."))?;
    }
    Ok(true)
}

pub(super) fn appeals(output: &Output, dir: &Path, command: AppealsCommand) -> Done {
    let authority = Authority::open(dir)?;
    match command {
        AppealsCommand::List => {
            for record in authority.appeals()? {
                show(output, &record)?;
            }
        }
        AppealsCommand::Take { file } => {
            // No code of a QR's size need hold it: a file has longer ones.
            let text = read_text(&file)?;
            let bytes = text.trim_matches(['\r', '\n']).strip_prefix(PREFIX).and_then(base45::decode).ok_or(Reason::TextMalformed)?;
            let answer = authority.appeal_brought(&bytes, now())?;
            let taken = serde_json::from_str::<AppealAnswer>(&answer).ok().map(|answer| answer.number);
            for record in authority.appeals()?.iter().filter(|record| Some(record.answer.number) == taken) {
                show(output, record)?;
            }
        }
        AppealsCommand::Decide { number, decision, decider, clear_status, clear_declarations } => {
            let decision = match decision {
                Verdict::Grant => AppealDecision::Granted { clear_finding: clear_status, clear_declarations },
                Verdict::Refuse if clear_status || clear_declarations => {
                    return Err(Failure::Text("an appeal that is refused changes nothing".to_owned()));
                }
                Verdict::Refuse => AppealDecision::Refused,
            };
            let decider = Decider { by: &decider.by, why: &decider.why };
            show(output, &authority.decide_appeal(number, decision, decider, now())?)?;
        }
    }
    Ok(true)
}

fn show(output: &Output, record: &AppealRecord) -> Result<(), Failure> {
    if output.json() {
        return output.value(record);
    }
    let state = match record.answer.state {
        AppealState::Received => "received",
        AppealState::Granted => "granted",
        AppealState::Refused => "refused",
    };
    let AppealRecord { answer, wish, colour, rule, text, .. } = record;
    // The words are a stranger's: no control character of theirs reaches the terminal.
    let text = text.escape_debug();
    output.line(&format!("{}\t{state}\t{}\t{colour} by {rule}\t{wish:?}\t{text}", answer.number, answer.received_at.to_rfc3339()))
}
