//! Checking an exported log.

use super::{
    Entry, Hash,
    export::{COLUMNS, FORMAT, File, Row, statement},
};
use crate::{
    keys::PublicKey,
    policy::certlogic::DateTime,
    roles::Outcome,
    text::from_base64url,
    time::{UnixTime, defaults::CLOCK_SLACK_S},
};
use std::fmt;

/// What is wrong with an exported log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogFault {
    /// No log at all, or one of another version.
    FileFormat,
    /// A line can't be read: its number in the file, from 1.
    Line(usize),
    /// An entry is missing or out of place: the number that should be here.
    Gap(u32),
    /// An entry was changed: its number.
    Changed(u32),
    /// Entries are missing at the end, or the end was changed.
    Cut,
    /// The end is not signed by the key that the file names.
    Signature,
    /// The file names another key than the gate's.
    OtherKey,
    /// Times go back by more than the slack of clocks: number of the later entry.
    TimeBack(u32),
}

impl fmt::Display for LogFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FileFormat => write!(formatter, "this is no log of a gate, or one of another version"),
            Self::Line(number) => write!(formatter, "line {number} can't be read"),
            Self::Gap(seq) => write!(formatter, "gap: entry {seq} is missing or out of place"),
            Self::Changed(seq) => write!(formatter, "entry {seq} was changed"),
            Self::Cut => write!(formatter, "entries are missing at the end, or the end was changed"),
            Self::Signature => write!(formatter, "the end is not signed by the key that the file names"),
            Self::OtherKey => write!(formatter, "signed by another gate's key"),
            Self::TimeBack(seq) => {
                write!(formatter, "entry {seq} is earlier than the one before it: the gate's clock was set back by more than two minutes")
            }
        }
    }
}

/// Checks a log as exported, in JSON or CSV; gives the number of its entries and the key that signed it.
///
/// `key` is the gate's, where it is known from elsewhere: without it a whole log of another gate can't be told from this one's.
///
/// # Errors
/// The first fault.
pub fn check(text: &str, key: Option<&PublicKey>) -> Result<(usize, PublicKey), LogFault> {
    let text = text.trim_start_matches('\u{feff}');
    let file = if text.trim_start().starts_with('{') { json(text)? } else { csv(text)? };
    let mut head = file.previous;
    let mut last: Option<UnixTime> = None;
    for (seq, Row { entry, hash }) in (file.first..).zip(&file.entries) {
        if entry.seq != seq {
            return Err(LogFault::Gap(seq));
        }
        head = entry.hash(&head);
        if head != *hash {
            return Err(LogFault::Changed(seq));
        }
        // A clock that is set right by a little is no event.
        if last.is_some_and(|last| entry.at.plus(CLOCK_SLACK_S) < last) {
            return Err(LogFault::TimeBack(seq));
        }
        last = Some(entry.at);
    }
    let count = u32::try_from(file.entries.len()).map_err(|_| LogFault::FileFormat)?;
    if head != file.head || file.first.checked_add(count) != Some(file.end) {
        return Err(LogFault::Cut);
    }
    let signer = from_base64url(&file.key).and_then(|point| PublicKey::from_sec1(&point)).ok_or(LogFault::Signature)?;
    let signature = from_base64url(&file.signature).ok_or(LogFault::Signature)?;
    if !signer.verify(&statement(&head, file.end, file.exported_at), &signature) {
        return Err(LogFault::Signature);
    }
    if key.is_some_and(|key| *key != signer) {
        return Err(LogFault::OtherKey);
    }
    Ok((file.entries.len(), signer))
}

fn json(text: &str) -> Result<File, LogFault> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| LogFault::Line(error.line()))?;
    let file: File = serde_json::from_str(text).map_err(|error| LogFault::Line(error.line()))?;
    // A field too many or under another name was not written by a gate.
    let as_written = serde_json::to_value(&file).is_ok_and(|written| written == value);
    if as_written && file.format == FORMAT { Ok(file) } else { Err(LogFault::FileFormat) }
}

fn csv(text: &str) -> Result<File, LogFault> {
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.split(',').collect::<Vec<_>>()));
    let (_, columns) = lines.next().ok_or(LogFault::FileFormat)?;
    if columns.join(",") != COLUMNS {
        return Err(LogFault::FileFormat);
    }
    let (mut start, mut entries, mut end) = (None, Vec::new(), None);
    for (number, cells) in lines {
        let fault = || LogFault::Line(number);
        let cells: [&str; 10] = cells.try_into().map_err(|_| fault())?;
        let [kind, seq, time, outcome, reason, rule, place, hash, key, signature] = cells;
        let seq: u32 = seq.parse().map_err(|_| fault())?;
        let hash = from_base64url(hash).and_then(|bytes| bytes.try_into().ok()).map(Hash).ok_or_else(fault)?;
        let at = DateTime::parse(time).ok().map(DateTime::to_unix).filter(|at| at.to_rfc3339() == time);
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        match kind {
            "start" if start.is_none() && end.is_none() => start = Some((seq, hash)),
            "check" if start.is_some() && end.is_none() => {
                let outcome = Outcome::from_code(outcome).ok_or_else(fault)?;
                let entry = Entry { seq, at: at.ok_or_else(fault)?, outcome, reason: some(reason), rule: some(rule), place: some(place) };
                entries.push(Row { entry, hash });
            }
            "end" if start.is_some() && end.is_none() => {
                end = Some((seq, at.ok_or_else(fault)?, hash, key.to_owned(), signature.to_owned()))
            }
            _ => return Err(fault()),
        }
    }
    let (first, previous) = start.ok_or(LogFault::FileFormat)?;
    let (end, exported_at, head, key, signature) = end.ok_or(LogFault::Cut)?;
    Ok(File { format: FORMAT.to_owned(), previous, first, entries, end, head, exported_at, key, signature })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        entropy::Entropy,
        keys::SecretKey,
        reason::Reason,
        roles::{
            Verdict,
            log::{Chain, Export, FileFormat},
        },
        text::to_base64url,
    };

    const NOW: UnixTime = UnixTime(1_800_000_000);

    fn chain(count: u32) -> Chain {
        let mut chain = Chain { first: 40, ..Chain::default() };
        for number in 0..count {
            let reason = if number % 2 == 0 { Reason::ColourRed } else { Reason::BundleMissing };
            let verdict = Verdict::refusal(Outcome::of(&reason), &reason);
            let rule = (number % 3 == 0).then(|| "GR-CN-0001".to_owned());
            chain.note(&verdict, rule, Some("school".into()), NOW.plus(i64::from(number)));
        }
        chain
    }

    fn export(chain: Chain, format: FileFormat) -> String {
        let key = SecretKey::generate(&mut Entropy::new([1; 32]));
        let export = Export { chain, at: NOW.plus(3600) };
        export.file(format, &to_base64url(key.public().to_sec1()), &to_base64url(&key.sign(&export.message())))
    }

    #[test]
    fn a_whole_log_is_good_in_both_formats() {
        for format in [FileFormat::Csv, FileFormat::Json] {
            for count in [0, 1, 20] {
                let (entries, key) = check(&export(chain(count), format), None).unwrap();
                assert_eq!(entries, count as usize);
                let other = SecretKey::generate(&mut Entropy::new([2; 32])).public();
                assert_eq!(check(&export(chain(count), format), Some(&key)), Ok((entries, key)));
                assert_eq!(check(&export(chain(count), format), Some(&other)), Err(LogFault::OtherKey));
            }
        }
    }

    #[test]
    fn a_chain_goes_on_where_an_older_part_was_forgotten() {
        let mut rest = chain(20).next();
        assert_eq!(rest.first, 60);
        rest.note(&Verdict::refusal(Outcome::Stop, &Reason::ColourRed), None, None, NOW.plus(100));
        assert_eq!(check(&export(rest, FileFormat::Json), None).map(|(count, _)| count), Ok(1));
    }

    #[test]
    fn every_line_taken_out_doubled_or_swapped_is_found() {
        let good = export(chain(20), FileFormat::Csv);
        let lines: Vec<_> = good.lines().collect();
        for at in 0..lines.len() {
            let mut without = lines.clone();
            without.remove(at);
            assert!(check(&without.join("\n"), None).is_err(), "without line {at}");
            let mut doubled = lines.clone();
            doubled.insert(at, lines[at]);
            assert!(check(&doubled.join("\n"), None).is_err(), "line {at} twice");
            if at > 0 {
                let mut swapped = lines.clone();
                swapped.swap(at - 1, at);
                assert!(check(&swapped.join("\n"), None).is_err(), "line {at} swapped");
            }
        }
        assert_eq!(check(&without_entry(&lines, "50"), None), Err(LogFault::Gap(50)));
        let cut: Vec<_> = lines.iter().filter(|line| !line.starts_with("check,59,")).copied().collect();
        assert_eq!(check(&cut.join("\n"), None), Err(LogFault::Cut));
    }

    fn without_entry(lines: &[&str], seq: &str) -> String {
        lines.iter().filter(|line| !line.starts_with(&format!("check,{seq},"))).copied().collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_character_changed_is_found() {
        for format in [FileFormat::Csv, FileFormat::Json] {
            let good = export(chain(5), format);
            for (at, character) in good.char_indices() {
                let other = if character == '1' { '2' } else { '1' };
                if !character.is_ascii_alphanumeric() && character != '-' {
                    continue;
                }
                let changed = format!("{}{other}{}", &good[..at], &good[at + 1..]);
                assert!(check(&changed, None).is_err(), "{format:?}: {character} at {at}");
            }
        }
        assert_eq!(check(&export(chain(5), FileFormat::Csv).replacen("stop", "pass", 1), None), Err(LogFault::Changed(40)));
    }

    #[test]
    fn a_clock_that_was_set_back_is_told() {
        let mut chain = chain(3);
        chain.note(&Verdict::refusal(Outcome::Stop, &Reason::ColourRed), None, None, NOW.plus(-3600));
        assert_eq!(check(&export(chain, FileFormat::Csv), None), Err(LogFault::TimeBack(43)));
    }

    #[test]
    fn other_files_are_no_log() {
        for text in ["", "{", "{}", "a,b,c", COLUMNS, "\u{feff}"] {
            assert!(check(text, None).is_err(), "{text}");
        }
    }
}
