//! Cards to print: a page of HTML without any script, in Chinese and English whatever the language of the command line is.

use super::{BEIJING_S, Failure};
use crate::{draw::svg, texts::Texts};
use clap::ValueEnum;
use tongma::{
    qr::encode::{EccLevel, encode},
    reason::Reason,
    token::Paper,
};

/// What cards are printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// A4: five to a page, front and back side by side, to be cut out and folded
    A4,
    /// Cards of 85.6 × 54 mm, front and back a page each
    Card,
}

impl Layout {
    /// Cards on a page; of single cards a page is one.
    const fn per_page(self) -> usize {
        match self {
            Self::A4 => 5,
            Self::Card => 1,
        }
    }
}

/// Makes cards of one layout.
pub(super) struct Cards {
    layout: Layout,
    title: String,
    until: String,
    serial: String,
    back: String,
}

impl Cards {
    pub(super) fn new(layout: Layout) -> Self {
        let languages = ["zh-CN", "en"].map(|tag| (tag, Texts::new(Some(tag))));
        // Who is handed a card may read the one or the other.
        let both = |id: &str| {
            let told = languages.iter().map(|(tag, texts)| format!("<span lang=\"{tag}\">{}</span>", escaped(&texts.plain(id))));
            told.collect::<Vec<_>>().join(" ")
        };
        let back = ["paper-card-show", "paper-card-colour", "paper-card-lost"].map(|id| format!("<p>{}</p>", both(id))).concat();
        Self { layout, title: both("paper-card-title"), until: both("paper-card-until"), serial: both("paper-card-serial"), back }
    }

    /// The front and the back of a card; `line` is its line in the list, for whoever hands it out.
    ///
    /// # Errors
    /// `text-too-long`, which no paper code is.
    pub(super) fn card(&self, text: &str, paper: &Paper, line: Option<u32>) -> Result<String, Failure> {
        // A quarter may be damaged and is still read: bad printers, folds, years in a pocket.
        let code = encode(text, EccLevel::Q).map_err(|_| Reason::TextTooLong)?;
        let last_day = paper.expires_at.plus(BEIJING_S - 1).to_rfc3339();
        let last_day = last_day.split('T').next().unwrap_or_default();
        let line = line.map(|line| format!("<span>№ {line}</span>")).unwrap_or_default();
        let Self { title, until, serial: serial_label, back, .. } = self;
        let (svg, serial, name, number) = (svg(&code), paper.serial, escaped(&paper.name), escaped(&paper.document));
        Ok(format!(
            "<div class=\"card\"><section class=\"front\">{svg}<div><h1>{title}</h1><p class=\"name\">{name}</p><p class=\"number\">{number}</p>\
             <dl><dt>{until}</dt><dd>{last_day}</dd><dt>{serial_label}</dt><dd>{serial}</dd></dl></div></section>\
             <section class=\"back\">{back}<footer><b>{serial}</b>{line}</footer></section></div>\n"
        ))
    }

    /// A file with these cards.
    pub(super) fn page(&self, cards: &[String]) -> String {
        let pages = cards.chunks(self.layout.per_page()).map(|cards| format!("<main>\n{}</main>\n", cards.concat()));
        let (size, class) = match self.layout {
            Layout::A4 => ("A4", "a4"),
            Layout::Card => ("85.6mm 54mm", "single"),
        };
        let head = HEAD.replace("{size}", size).replace("{class}", class);
        head + &pages.collect::<String>() + "</html>\n"
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// No script, nothing from elsewhere. The code with its white is 42 mm wide: a module of version 12 is half a millimetre and more.
const HEAD: &str = r##"<!doctype html>
<html lang="zh-CN" class="{class}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Tongma</title>
<style>
@page { size: {size}; margin: 0 }
* { box-sizing: border-box; margin: 0; padding: 0 }
html { background: #fff; color: #000; font: 9pt/1.25 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; print-color-adjust: exact; -webkit-print-color-adjust: exact }
main { break-after: page }
main:last-of-type { break-after: auto }
.a4 main { width: 210mm; height: 296.5mm; padding: 13mm 19.4mm }
.card { display: flex; break-inside: avoid }
section { position: relative; width: 85.6mm; height: 54mm; overflow: hidden; padding: 3mm }
.a4 section { outline: .2mm dashed #999 }
.single .card { display: block }
.single section { break-after: page }
.single main { break-after: auto }
.single main:last-of-type section:last-of-type { break-after: auto }
.front { display: flex; gap: 1.6mm; align-items: center; padding: 2.4mm }
.front svg { flex: none; width: 42mm; height: 42mm }
.front > div { flex: 1; min-width: 0 }
h1 { font-size: 12pt; line-height: 1.2 }
h1 span[lang=en] { display: block; font-size: 8pt; font-weight: normal }
.name { margin-top: 2mm; font-size: 17pt; font-weight: bold }
.number { font: 8.5pt/1.4 "Noto Sans Mono", "DejaVu Sans Mono", Consolas, monospace; letter-spacing: -.03em; white-space: nowrap }
dl { margin-top: 2mm }
dt { font-size: 7pt }
dd { font-size: 11.5pt; font-weight: bold }
.back p { margin-bottom: 1.4mm }
.back span[lang=zh-CN] { display: block; font-size: 11pt; font-weight: bold; line-height: 1.22 }
.back span[lang=en] { display: block; font-size: 8.2pt; line-height: 1.2 }
footer { position: absolute; inset: auto 3mm 1.6mm; display: flex; justify-content: space-between; font-size: 7pt }
@media screen { html { background: #888 } main { background: #fff; margin: 4mm auto; width: max-content } }
</style>
"##;
