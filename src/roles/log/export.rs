//! The log as a file: JSON for machines, CSV for a spreadsheet. Both say the same and are checked alike.

use super::{Chain, DOMAIN, Entry, Hash};
use crate::{text::to_base64url, time::UnixTime};
use serde::{Deserialize, Serialize};

/// Kind of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum FileFormat {
    /// For a spreadsheet.
    Csv,
    /// For machines.
    Json,
}

/// A whole log, ready to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// All that is kept.
    pub chain: Chain,
    /// When it is exported.
    pub at: UnixTime,
}

/// The file in JSON.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct File {
    pub(super) format: String,
    pub(super) previous: Hash,
    pub(super) first: u32,
    pub(super) entries: Vec<Row>,
    pub(super) end: u32,
    pub(super) head: Hash,
    pub(super) exported_at: UnixTime,
    pub(super) key: String,
    pub(super) signature: String,
}

/// An entry with its own hash, so that a fault can be told by its place.
#[derive(Deserialize, Serialize)]
pub(super) struct Row {
    #[serde(flatten)]
    pub(super) entry: Entry,
    pub(super) hash: Hash,
}

/// Names the file's kind and version.
pub(super) const FORMAT: &str = "tongma-log-1";
/// The columns of the CSV file. A row of the kind `start` has the hash before the first entry, the row `end` the number of the
/// next entry, the head, the key and the signature.
pub(super) const COLUMNS: &str = "row,seq,time,outcome,reason,rule,place,hash,key,signature";

/// What the gate's key signs: `"tongma-log-1" ‖ "end" ‖ head ‖ next number ‖ time of the export`, numbers with the greatest byte first.
pub(super) fn statement(head: &Hash, end: u32, at: UnixTime) -> Vec<u8> {
    [DOMAIN, b"end", &head.0, &end.to_be_bytes(), &at.0.to_be_bytes()].concat()
}

impl Export {
    /// The bytes that the gate's key has to sign.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        statement(&self.chain.head(), self.chain.end(), self.at)
    }

    /// The file, with the gate's public key (SEC 1) and its signature (r ‖ s), both in base64url.
    #[must_use]
    pub fn file(&self, format: FileFormat, key: &str, signature: &str) -> String {
        let Chain { previous, first, entries } = &self.chain;
        let mut head = *previous;
        let rows = entries.iter().map(|entry| {
            head = entry.hash(&head);
            Row { entry: entry.clone(), hash: head }
        });
        let rows: Vec<_> = rows.collect();
        let (end, exported_at) = (self.chain.end(), self.at);
        match format {
            FileFormat::Json => {
                let (key, signature) = (key.to_owned(), signature.to_owned());
                let file = File {
                    format: FORMAT.to_owned(),
                    previous: *previous,
                    first: *first,
                    entries: rows,
                    end,
                    head,
                    exported_at,
                    key,
                    signature,
                };
                serde_json::to_string_pretty(&file).unwrap_or_default()
            }
            FileFormat::Csv => {
                let mut lines = vec![COLUMNS.to_owned(), format!("start,{first},,,,,,{},,", hash(previous))];
                lines.extend(rows.iter().map(|Row { entry, hash: own }| {
                    let Entry { seq, at, outcome, reason, rule, place } = entry;
                    let [reason, rule, place] = [reason, rule, place].map(|text| text.as_deref().unwrap_or_default());
                    format!("check,{seq},{},{},{reason},{rule},{place},{},,", at.to_rfc3339(), outcome.code(), hash(own))
                }));
                lines.push(format!("end,{end},{},,,,,{},{key},{signature}", exported_at.to_rfc3339(), hash(&head)));
                lines.join("\r\n") + "\r\n"
            }
        }
    }
}

fn hash(hash: &Hash) -> String {
    to_base64url(&hash.0)
}
