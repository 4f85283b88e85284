//! What stands in a line of a list, and what can be wrong there.

use super::{
    Output,
    table::{cells, separator_of},
};
use serde_json::json;
use tongma::{
    reason::Reason,
    time::{UnixTime, defaults::PAPER_LIFETIME_S},
    token::{DocumentKind, identity},
};
use tongma_authority::PaperRequest;

/// Why a line got no paper code.
pub(super) enum Fault {
    /// Cells that the line has, and that the heading has.
    Cells(usize, usize),
    /// The document stands in an earlier line, too.
    Double(u32),
    Kind,
    Long,
    Monitored,
    Quote,
    Region,
    /// A spreadsheet took the number for one to calculate with.
    Rounded,
    Unreadable,
    Reason(Reason),
}

impl Fault {
    pub(super) fn told(&self, output: &Output) -> String {
        let told = |id: &str| output.text(&format!("paper-line-{id}"));
        match self {
            Self::Cells(have, need) => facts(output, "paper-line-cells", &json!({ "have": have, "need": need })),
            Self::Double(line) => facts(output, "paper-line-double", &json!({ "line": line })),
            Self::Kind => told("kind"),
            Self::Long => told("long"),
            Self::Monitored => told("monitored"),
            Self::Quote => told("quote"),
            Self::Region => told("region"),
            Self::Rounded => told("rounded"),
            Self::Unreadable => told("unreadable"),
            Self::Reason(reason) => output.reason(reason),
        }
    }
}

fn facts(output: &Output, id: &str, facts: &serde_json::Value) -> String {
    output.text_of(id, facts.as_object().unwrap_or(&serde_json::Map::new()))
}

/// Which columns of a list hold what.
pub(super) struct Columns {
    pub(super) heading: Vec<String>,
    pub(super) separator: char,
    name: usize,
    document: usize,
    kind: Option<usize>,
    region: Option<usize>,
}

const NAME: &[&str] = &["name", "姓名", "名字"];
const DOCUMENT: &[&str] =
    &["document", "number", "id", "证件号码", "证件号", "身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号码"];
const KIND: &[&str] = &["kind", "document-kind", "证件类型", "证件种类"];
const REGIONS: &[&str] = &["region", "行政区划代码", "区划代码", "行政区划"];
const KINDS: [(&str, DocumentKind); 10] = [
    ("居民身份证", DocumentKind::IdCard),
    ("身份证", DocumentKind::IdCard),
    ("港澳居民来往内地通行证", DocumentKind::HkMoPermit),
    ("回乡证", DocumentKind::HkMoPermit),
    ("台湾居民来往大陆通行证", DocumentKind::TaiwanPermit),
    ("台胞证", DocumentKind::TaiwanPermit),
    ("护照", DocumentKind::Passport),
    ("外国人永久居留证", DocumentKind::PermanentResidence),
    ("外国人永久居留身份证", DocumentKind::PermanentResidence),
    ("其他", DocumentKind::Other),
];

impl Columns {
    /// The columns that a heading names.
    ///
    /// # Errors
    /// What it lacks, or names twice.
    pub(super) fn of(heading: &str) -> Result<Self, String> {
        let separator = separator_of(heading);
        let heading = cells(heading, separator).ok_or("the heading has a quote that is not closed")?;
        let plain: Vec<_> = heading.iter().map(|cell| identity::normalise(cell).replace([' ', '*', '_'], "").to_lowercase()).collect();
        let column = |names: &[&str]| -> Result<Option<usize>, String> {
            let mut found = plain.iter().enumerate().filter(|(_, cell)| names.contains(&cell.as_str())).map(|(at, _)| at);
            match (found.next(), found.next()) {
                (_, Some(_)) => Err(format!("two columns of the heading are {}", names.join(" or "))),
                (at, None) => Ok(at),
            }
        };
        let needed = |names: &[&str]| column(names)?.ok_or_else(|| format!("no column of the heading is {}", names.join(" or ")));
        let (name, document, kind, region) = (needed(NAME)?, needed(DOCUMENT)?, column(KIND)?, column(REGIONS)?);
        Ok(Self { separator, name, document, kind, region, heading })
    }

    /// What a line asks for; `elsewhere` is the region of who has none there.
    ///
    /// # Errors
    /// The first fault of the line.
    pub(super) fn request(&self, line: &str, elsewhere: u32, now: UnixTime) -> Result<PaperRequest, Fault> {
        let mut cells = cells(line, self.separator).ok_or(Fault::Quote)?;
        let need = self.heading.len();
        // Spreadsheets write empty cells at the end, and leave them out.
        while cells.len() > need && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() != need {
            return Err(Fault::Cells(cells.len(), need));
        }
        if line.contains('\u{fffd}') {
            return Err(Fault::Unreadable);
        }
        let cell = |at: usize| cells.get(at).map_or("", |cell| plain(cell));
        let optional = |at: Option<usize>| at.map(cell).filter(|cell| !cell.is_empty());
        let document_kind = optional(self.kind).map_or(Some(DocumentKind::IdCard), kind_of).ok_or(Fault::Kind)?;
        let region =
            optional(self.region).map_or(Some(elsewhere), |cell| cell.parse().ok().filter(|region| (100_000..=999_999).contains(region)));
        let (name, number) = (cell(self.name), cell(self.document));
        if number.contains(['E', 'e']) && number.contains('+') {
            return Err(Fault::Rounded);
        }
        identity::check_name(name).map_err(Fault::Reason)?;
        identity::check_document(document_kind, number, now).map_err(Fault::Reason)?;
        Ok(PaperRequest {
            name: name.to_owned(),
            document_kind,
            document_number: number.to_owned(),
            region: region.ok_or(Fault::Region)?,
            valid_for_s: PAPER_LIFETIME_S,
        })
    }
}

/// A cell without what spreadsheets put around a number to keep it a text.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell).trim_start_matches('\'').trim()
}

fn kind_of(cell: &str) -> Option<DocumentKind> {
    let named = KINDS.iter().find_map(|(name, kind)| (*name == cell).then_some(*kind));
    named.or_else(|| DocumentKind::from_name(cell)).or_else(|| DocumentKind::from_number(cell.parse().ok()?))
}
