//! A village's batch: a list in, cards to print and two reports out. Every line is in one of them.

use super::{
    BEIJING_S, DAY_S, Done, Failure, Output,
    card::{Cards, Layout},
    columns::{Columns, Fault},
    table::{Line, Lines, cells, line_of},
    whole_days,
};
use crate::draw::{picture, svg};
use clap::{Args, ValueEnum};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
};
use tongma::{
    qr::encode::{EccLevel, encode},
    reason::Reason,
    time::{UnixTime, defaults::PAPER_LIFETIME_S},
    token::identity,
};
use tongma_authority::{Authority, AuthorityError, IssuedPaper, PaperRequest, server::now};

/// Cards in a file, and persons in a transaction: twenty pages of A4.
const PER_FILE: usize = 100;
/// Pixels of a module in a picture: at 42 mm some 350 dots an inch.
const SCALE: u32 = 8;
/// Region where neither the list nor the command says one.
const REGION: u32 = tongma_authority::REGION;

#[derive(Args, Debug)]
pub(crate) struct BatchArguments {
    /// The authority's folder
    #[arg(long)]
    authority: PathBuf,
    /// The list, UTF-8 or GB18030. Its first line names the columns: name (姓名), document (证件号码); where wanted kind (证件类型), region
    /// (行政区划代码); any others are passed over
    #[arg(long)]
    csv: PathBuf,
    /// A new folder for cards and reports
    #[arg(long)]
    out: PathBuf,
    /// What they are printed on
    #[arg(long, value_enum, default_value_t = Layout::A4)]
    layout: Layout,
    /// Region of who has none in the list, GB/T 2260
    #[arg(long, default_value_t = REGION, value_parser = clap::value_parser!(u32).range(100_000..=999_999))]
    region: u32,
    /// For how many days, today among them
    #[arg(long, default_value_t = PAPER_LIFETIME_S / DAY_S, value_parser = clap::value_parser!(i64).range(1..=PAPER_LIFETIME_S / DAY_S))]
    days: i64,
    /// Each code as a picture, too, for who makes cards of an own kind
    #[arg(long, value_enum)]
    pictures: Option<Pictures>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Pictures {
    Png,
    Svg,
}

/// What came of a batch.
#[derive(Default)]
struct Counts {
    lines: u32,
    blank: u32,
    issued: u32,
    replaced: u32,
    rejected: u32,
    files: u32,
}

struct Batch<'a> {
    output: &'a Output,
    arguments: &'a BatchArguments,
    authority: Authority,
    cards: Cards,
    issued: File,
    rejected: File,
    waiting: Vec<(Line, PaperRequest)>,
    counts: Counts,
    now: UnixTime,
}

pub(super) fn run(output: &Output, arguments: &BatchArguments) -> Done {
    let failed = |path: &Path, error: io::Error| Failure::Text(format!("{}: {error}", path.display()));
    let (mut lines, encoding) = Lines::open(&arguments.csv).map_err(|error| failed(&arguments.csv, error))?;
    let mut next = || lines.next().map_err(|error| failed(&arguments.csv, error));
    let heading = next()?.and_then(|line| line.text).unwrap_or_default();
    let columns = Columns::of(&heading).map_err(|fault| Failure::Text(format!("{}: {fault}", arguments.csv.display())))?;
    let authority = Authority::open(&arguments.authority)?;
    let out = &arguments.out;
    // Never over other cards: those may be the only copy of codes that made earlier ones void.
    if fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::Text(format!("{}: not empty", out.display())));
    }
    fs::create_dir_all(out).map_err(|error| failed(out, error))?;
    let report = |name: &str, columns: &[&str]| -> Result<File, Failure> {
        let path = out.join(name);
        // The mark tells spreadsheets that this is UTF-8.
        let begun = File::create(&path).and_then(|mut file| {
            write!(file, "\u{feff}{}", line_of(columns.iter().copied()))?;
            Ok(file)
        });
        begun.map_err(|error| failed(&path, error))
    };
    let rejected: Vec<_> = columns.heading.iter().map(String::as_str).chain(["line", "problem"]).collect();
    let mut batch = Batch {
        output,
        arguments,
        authority,
        cards: Cards::new(arguments.layout),
        issued: report("issued.csv", &["line", "serial", "index", "until", "file", "replaced"])?,
        rejected: report("rejected.csv", &rejected)?,
        waiting: Vec::new(),
        counts: Counts::default(),
        now: now(),
    };
    let mut documents = HashMap::new();
    let done = (|| -> Result<(), Failure> {
        while let Some(line) = next()? {
            batch.take(line, &columns, &mut documents)?;
        }
        batch.issue(&columns)
    })();
    // What was issued counts, also where something went wrong behind it.
    batch.authority.publish(batch.now)?;
    done?;
    batch.tell(encoding)
}

impl Batch<'_> {
    fn take(&mut self, line: Line, columns: &Columns, documents: &mut HashMap<[u8; 16], u32>) -> Result<(), Failure> {
        self.counts.lines += 1;
        let Some(text) = &line.text else { return self.reject(&line, columns, &Fault::Long) };
        if text.chars().all(|character| character.is_whitespace() || character == columns.separator) {
            self.counts.blank += 1;
            return Ok(());
        }
        let request = match columns.request(text, self.arguments.region, self.now) {
            Ok(request) => PaperRequest { valid_for_s: whole_days(self.now, self.arguments.days), ..request },
            Err(fault) => return self.reject(&line, columns, &fault),
        };
        // Sixteen bytes of a hash tell documents apart, and are no list of numbers.
        let number = identity::normalise_document(&request.document_number);
        let hash: [u8; 32] = Sha256::new().chain_update([request.document_kind as u8]).chain_update(number).finalize().into();
        let first = *documents.entry(hash.first_chunk().copied().unwrap_or_default()).or_insert(line.number);
        if first != line.number {
            return self.reject(&line, columns, &Fault::Double(first));
        }
        self.waiting.push((line, request));
        if self.waiting.len() >= PER_FILE { self.issue(columns) } else { Ok(()) }
    }

    /// Keeps the line as it came, with what is wrong: put right it can be read again.
    fn reject(&mut self, line: &Line, columns: &Columns, fault: &Fault) -> Result<(), Failure> {
        self.counts.rejected += 1;
        let text = line.text.as_deref().unwrap_or_default();
        let mut all = cells(text, columns.separator).unwrap_or_else(|| vec![text.to_owned()]);
        if all.len() < columns.heading.len() {
            all.resize(columns.heading.len(), String::new());
        }
        all.extend([line.number.to_string(), fault.told(self.output)]);
        let written = self.rejected.write_all(line_of(all.iter().map(String::as_str)).as_bytes());
        written.map_err(|error| Failure::Text(format!("rejected.csv: {error}")))
    }

    /// Issues for those who wait: their cards are on the disk before their codes count, and have their names after it.
    fn issue(&mut self, columns: &Columns) -> Result<(), Failure> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let requests: Vec<_> = waiting.iter().map(|(_, request)| request.clone()).collect();
        let name = format!("cards-{:04}.html", self.counts.files + 1);
        let mut files = Files::default();
        let issued = self.authority.issue_papers(&requests, self.now, |issued| {
            let made: Vec<_> =
                issued.iter().zip(&waiting).filter_map(|(issued, (line, _))| Some((issued.as_ref()?, line.number))).collect();
            self.draw(&made, &name, &mut files)
        })?;
        files.place()?;
        self.counts.files += u32::from(issued.iter().any(Option::is_some));
        for (issued, (line, _)) in issued.iter().zip(&waiting) {
            let Some(IssuedPaper { paper, idx, replaced, .. }) = issued else {
                self.reject(line, columns, &Fault::Monitored)?;
                continue;
            };
            self.counts.issued += 1;
            self.counts.replaced += u32::from(*replaced);
            let until = paper.expires_at.plus(BEIJING_S - 1).to_rfc3339();
            let replaced = if *replaced { "yes" } else { "" };
            let (line, serial, idx) = (line.number.to_string(), paper.serial.to_string(), idx.to_string());
            let row = line_of([&*line, &*serial, &*idx, until.split('T').next().unwrap_or_default(), &*name, replaced]);
            self.issued.write_all(row.as_bytes()).map_err(|error| Failure::Text(format!("issued.csv: {error}")))?;
        }
        Ok(())
    }

    fn draw(&self, made: &[(&IssuedPaper, u32)], name: &str, files: &mut Files) -> Result<(), AuthorityError> {
        let out = &self.arguments.out;
        if made.is_empty() {
            return Ok(());
        }
        let maker = &self.cards;
        let card = |(issued, line): &(&IssuedPaper, u32)| maker.card(&issued.text, &issued.paper, Some(*line));
        // Drawing takes longest, and one core does not wait for another.
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let cards = thread::scope(|scope| {
            let parts = made.chunks(made.len().div_ceil(cores)).map(|part| scope.spawn(move || part.iter().map(card).collect::<Vec<_>>()));
            let drawn: Vec<_> = parts.collect::<Vec<_>>().into_iter().map(|part| part.join().unwrap_or_default()).collect();
            drawn.into_iter().flatten().collect::<Result<Vec<_>, _>>()
        });
        let cards = cards.ok().filter(|cards| cards.len() == made.len()).ok_or(AuthorityError::Refused(Reason::Internal))?;
        files.write(out.join(name), self.cards.page(&cards).as_bytes())?;
        for (issued, line) in made.iter().filter(|_| self.arguments.pictures.is_some()) {
            let code = encode(&issued.text, EccLevel::Q).map_err(|_| AuthorityError::Refused(Reason::TextTooLong))?;
            let (ending, bytes) = if self.arguments.pictures == Some(Pictures::Svg) {
                ("svg", svg(&code).into_bytes())
            } else {
                let mut bytes = io::Cursor::new(Vec::new());
                let written = picture(&code, SCALE).write_to(&mut bytes, image::ImageFormat::Png);
                written.map_err(|error| AuthorityError::File(out.clone(), io::Error::other(error)))?;
                ("png", bytes.into_inner())
            };
            files.write(out.join("codes").join(format!("{line:06}-{}.{ending}", issued.paper.serial)), &bytes)?;
        }
        Ok(())
    }

    fn tell(&self, encoding: &str) -> Done {
        let Counts { lines, blank, issued, replaced, rejected, files } = &self.counts;
        let whole = *rejected == 0;
        if self.output.json() {
            self.output.value(&json!({
                "encoding": encoding, "lines": lines, "blank": blank, "issued": issued, "replaced": replaced, "rejected": rejected, "files": files,
            }))?;
            return Ok(whole);
        }
        let out = self.arguments.out.display();
        self.output.line(&format!(
            "{out}: {issued} of {lines} lines ({encoding}) have a paper code, in {files} files to print; {blank} are blank."
        ))?;
        if *replaced > 0 {
            self.output.line(&format!("{replaced} earlier paper codes are void."))?;
        }
        if !whole {
            self.output.line(&format!("{rejected} lines are not good: {out}/rejected.csv says why. Put right, it can be read again."))?;
        }
        Ok(whole)
    }
}

/// Files that are whole on the disk and get their names later.
#[derive(Default)]
struct Files(Vec<(PathBuf, PathBuf)>);

impl Files {
    fn write(&mut self, path: PathBuf, bytes: &[u8]) -> Result<(), AuthorityError> {
        let mut part = path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
            let mut file = File::create(&part)?;
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|error| AuthorityError::File(part.clone(), error))?;
        self.0.push((part, path));
        Ok(())
    }

    fn place(self) -> Result<(), Failure> {
        let name =
            |(part, path): &(PathBuf, PathBuf)| fs::rename(part, path).map_err(|error| AuthorityError::File(path.clone(), error).into());
        self.0.iter().try_for_each(name)
    }
}
