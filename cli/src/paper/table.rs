//! A list of persons as offices keep it: CSV in UTF-8 or GB18030, read a line at a time.

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8};
use std::{
    fs::File,
    io::{self, Read, Seek},
    path::Path,
};

/// Longest line, in bytes of UTF-8.
const MAX_LINE: usize = 16 * 1024;
/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// A line of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1.
    pub(super) number: u32,
    /// What stands there; none where it is longer than any line of a list.
    pub(super) text: Option<String>,
}

/// The lines of a file, in so much memory as one of them takes at most. A cell has no line break: one that is never closed would take all
/// lines behind it along.
pub(super) struct Lines {
    file: File,
    decoder: Decoder,
    /// What is decoded, and up to where it was given.
    text: String,
    at: usize,
    bytes: Vec<u8>,
    done: bool,
    number: u32,
}

impl Lines {
    /// Opens a file, in the encoding that its bytes speak for.
    pub(super) fn open(path: &Path) -> io::Result<(Self, &'static str)> {
        let mut file = File::open(path)?;
        let encoding = encoding_of(&mut file)?;
        file.rewind()?;
        let decoder = encoding.new_decoder_with_bom_removal();
        Ok((Self { file, decoder, text: String::new(), at: 0, bytes: vec![0; CHUNK], done: false, number: 0 }, encoding.name()))
    }

    /// The next line.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut too_long = false;
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let end = rest.find(['\n', '\r']);
            // A carriage return at the end may be the first half of a line end.
            let whole = end.filter(|end| self.done || end + 1 < rest.len() || rest.ends_with('\n'));
            let (end, taken) = match whole {
                Some(end) if rest.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) => (end, end + 2),
                Some(end) => (end, end + 1),
                None if self.done && rest.is_empty() && !too_long => return Ok(None),
                None if self.done => (rest.len(), rest.len()),
                None => {
                    if rest.len() > MAX_LINE {
                        too_long = true;
                        self.at = self.text.len() - usize::from(rest.ends_with('\r'));
                    }
                    self.fill()?;
                    continue;
                }
            };
            let text = rest.get(..end).filter(|_| !too_long && end <= MAX_LINE).map(str::to_owned);
            self.at += taken;
            self.number = self.number.saturating_add(1);
            return Ok(Some(Line { number: self.number, text }));
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.text.drain(..self.at);
        self.at = 0;
        let read = self.file.read(&mut self.bytes)?;
        self.done = read == 0;
        // What can't be decoded becomes U+FFFD, and its line is told.
        self.text.reserve(self.decoder.max_utf8_buffer_length(read).unwrap_or(CHUNK * 4));
        let _ = self.decoder.decode_to_string(self.bytes.get(..read).unwrap_or_default(), &mut self.text, self.done);
        Ok(())
    }
}

/// The encoding of a file: what a mark at its beginning says; UTF-8 where all of it is, or where it holds more Chinese characters in UTF-8 than
/// faults, for a damaged line must not turn all others into other names; else GB18030.
fn encoding_of(file: &mut File) -> io::Result<&'static Encoding> {
    let mut bytes = vec![0; CHUNK];
    let (mut held, mut begun) = (0, false);
    let (mut wide, mut faults) = (0_u64, 0_u64);
    loop {
        let read = file.read(bytes.get_mut(held..).unwrap_or_default())?;
        let mut all = bytes.get(..held + read).unwrap_or_default();
        if !begun && let Some((encoding, _)) = Encoding::for_bom(all) {
            return Ok(encoding);
        }
        begun = true;
        let mut left = 0;
        for chunk in all.utf8_chunks() {
            wide += chunk.valid().chars().filter(|character| *character >= '\u{800}').count() as u64;
            let invalid = chunk.invalid();
            all = all.get(chunk.valid().len() + invalid.len()..).unwrap_or_default();
            let cut = all.is_empty() && read > 0 && std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
            if cut {
                left = invalid.len();
            } else {
                faults += u64::from(!invalid.is_empty());
            }
        }
        bytes.copy_within(held + read - left..held + read, 0);
        held = left;
        if read == 0 {
            return Ok(if wide >= faults { UTF_8 } else { GB18030 });
        }
    }
}

/// What parts the cells of this heading.
pub(super) fn separator_of(heading: &str) -> char {
    let count = |separator: char| heading.matches(separator).count();
    [';', '\t', '，'].into_iter().fold(',', |best, other| if count(other) > count(best) { other } else { best })
}

/// The cells of a line (RFC 4180); none where a quoted one is not closed, or something follows it.
pub(super) fn cells(line: &str, separator: char) -> Option<Vec<String>> {
    let (mut cells, mut rest) = (Vec::new(), line);
    loop {
        let (cell, behind) = match rest.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let (cell, behind) = rest.split_at(rest.find(separator).unwrap_or(rest.len()));
                (cell.to_owned(), behind)
            }
        };
        cells.push(cell);
        match behind.strip_prefix(separator) {
            Some(next) => rest = next,
            None => return behind.is_empty().then_some(cells),
        }
    }
}

/// A cell behind its opening quote, and what follows its closing one.
fn unquoted(mut rest: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    loop {
        let (text, behind) = rest.split_once('"')?;
        cell.push_str(text);
        match behind.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => return Some((cell, behind)),
        }
    }
}

/// Writes cells as a line that every program reads back.
pub(super) fn line_of<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let quoted = |cell: &str| {
        let plain = !cell.contains([',', ';', '"', '\t', '\n', '\r', '，']);
        if plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    };
    cells.into_iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(bytes: &[u8]) -> (Vec<Line>, &'static str) {
        let name = std::thread::current().name().unwrap_or_default().replace(':', "-");
        let path = std::env::temp_dir().join(format!("tongma-table-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        let (mut lines, encoding) = Lines::open(&path).unwrap();
        let all = std::iter::from_fn(|| lines.next().unwrap()).collect();
        std::fs::remove_file(&path).unwrap();
        (all, encoding)
    }

    fn texts(bytes: &[u8]) -> Vec<String> {
        lines(bytes).0.into_iter().map(|line| line.text.unwrap_or_else(|| "too long".into())).collect()
    }

    #[test]
    fn the_encoding_is_told_by_the_bytes() {
        let text = "姓名,证件号码\r\n甲乙丙,11010519491231002X\r\n㐀𠮷,1\r\n";
        let (gb, ..) = GB18030.encode(text);
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let forms = [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
            (gb.to_vec(), "gb18030"),
            (utf16, "UTF-16LE"),
            (b"name,document\n".to_vec(), "UTF-8"),
        ];
        for (bytes, expected) in forms {
            let (all, encoding) = lines(&bytes);
            assert_eq!(encoding, expected);
            if all.len() == 3 {
                assert_eq!(all[1], Line { number: 2, text: Some("甲乙丙,11010519491231002X".into()) });
                assert_eq!(all[2].text.as_deref(), Some("㐀𠮷,1"), "{expected}");
            }
        }
        // One damaged line does not make other names of all others.
        let damaged = [text.as_bytes(), b"\xff\xfe,1\n"].concat();
        let (all, encoding) = lines(&damaged);
        assert_eq!((encoding, all[3].text.as_deref()), ("UTF-8", Some("\u{fffd}\u{fffd},1")));
    }

    #[test]
    fn lines_end_in_every_way_and_none_is_lost() {
        assert_eq!(texts(b"a\nb\r\nc\rd\n\ne"), ["a", "b", "c", "d", "", "e"]);
        assert_eq!(texts(b"a\r"), ["a"]);
        assert!(texts(b"").is_empty());
        // Line ends and characters that fall between two reads.
        for shift in 0..4 {
            let text = format!("{}甲\r\n乙", "x,".repeat(CHUNK / 2).split_at(CHUNK - 2 - shift).0.replace(",x", "\nx"));
            let expected: Vec<_> = text.lines().map(str::to_owned).collect();
            assert!(texts(text.as_bytes()) == expected, "{shift}");
        }
        let long = format!("a\n{}\r\nb", "x".repeat(CHUNK * 3));
        assert_eq!(texts(long.as_bytes()), ["a", "too long", "b"]);
        let last = format!("a\n{}", "x".repeat(MAX_LINE + 1));
        assert_eq!(texts(last.as_bytes()), ["a", "too long"]);
    }

    #[test]
    fn cells_are_those_of_rfc_4180() {
        assert_eq!(cells(r#"a,"b,""c""",,d"#, ','), Some(vec!["a".into(), "b,\"c\"".into(), String::new(), "d".into()]));
        assert_eq!(cells("", ','), Some(vec![String::new()]));
        for open in [r#""a"#, r#"a,"b"#, r#""a"b,c"#, r#"""" "#] {
            assert_eq!(cells(open, ','), None, "{open}");
        }
        assert_eq!(
            (separator_of("a,b;c,d"), separator_of("a;b"), separator_of("姓名，证件号码"), separator_of("a\tb\tc")),
            (',', ';', '，', '\t')
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(all in proptest::collection::vec("[^\r\n]{0,12}", 1..6)) {
            let line = line_of(all.iter().map(String::as_str));
            prop_assert_eq!(cells(line.trim_end_matches(['\r', '\n']), ','), Some(all));
        }

        #[test]
        fn any_line_is_answered(line in ".{0,60}") {
            let _ = cells(&line, separator_of(&line));
        }
    }
}
