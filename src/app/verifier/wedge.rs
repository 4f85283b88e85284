//! Hand scanners that type like a keyboard: what they put around a code, and keyboard layouts that don't agree.
//!
//! A scanner presses the keys of *its* layout, the system writes the characters of *its own*. Where the two differ, `TM1:` may come out
//! as `T?&M`. A garbled text is recognised by the garbled prefix and put right where every character leads back to one only.

use crate::{
    formats::{self, health_card, nzcp},
    reason::Reason,
    token::{PREFIX, from_text},
};
use std::sync::LazyLock;

/// How far into a text its prefix may begin: scanners put their own marks before it (`]Q1`, a station's number).
const MAX_BEFORE: usize = 32;
/// The most characters that are looked at: a code of version 40 in numeric mode, and what is around it.
const MAX_CHARACTERS: usize = 7300;

/// What passes begin with.
const PREFIXES: [&str; 4] = [PREFIX, formats::hcert::PREFIX, health_card::PREFIX, nzcp::PREFIX];

/// Stands for a key that writes nothing by itself, and for a character that leads nowhere.
const LOST: char = '\u{fffd}';

/// The keys of a US keyboard row by row, plain and then with shift.
const US: &str = r#"`1234567890-=qwertyuiop[]\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?"#;

/// What the same keys write in other layouts; [`LOST`] where that waits for the next key (accents).
const LAYOUTS: [(&str, &str); 17] = [
    ("be", "²&é\"'(§è!çà)-azertyuiop�$µqsdfghjklmùwxcvbn,;:=³1234567890°_AZERTYUIOP�*£QSDFGHJKLM%WXCVBN?./+"),
    ("br", "'1234567890-=qwertyuiop�[]asdfghjklç�zxcvbnm,.;\"!@#$%�&*()_+QWERTYUIOP�{}ASDFGHJKLÇ�ZXCVBNM<>:"),
    ("ca", "#1234567890-=qwertyuiop��<asdfghjkl;�zxcvbnm,.é|!\"/$%?&*()_+QWERTYUIOP��>ASDFGHJKL:�ZXCVBNM'.É"),
    ("ch", "§1234567890'�qwertzuiopü�$asdfghjklöäyxcvbnm,.-°+\"*ç%&/()=?�QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_"),
    ("cz", ";+ěščřžýáíé=�qwertzuiopú)�asdfghjklů§yxcvbnm,.-�1234567890%�QWERTZUIOP/('ASDFGHJKL\"!YXCVBNM?:_"),
    ("de", "�1234567890ß�qwertzuiopü+#asdfghjklöäyxcvbnm,.-°!\"§$%&/()=?�QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"),
    ("dk", "½1234567890+�qwertyuiopå�'asdfghjklæøzxcvbnm,.-§!\"#¤%&/()=?�QWERTYUIOPÅ�*ASDFGHJKLÆØZXCVBNM;:_"),
    ("es", "º1234567890'¡qwertyuiop�+çasdfghjklñ�zxcvbnm,.-ª!\"·$%&/()=?¿QWERTYUIOP�*ÇASDFGHJKLÑ�ZXCVBNM;:_"),
    ("fr", "²&é\"'(-è_çà)=azertyuiop�$*qsdfghjklmùwxcvbn,;:!�1234567890°+AZERTYUIOP�£µQSDFGHJKLM%WXCVBN?./§"),
    ("hu", "0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_"),
    ("it", "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-|!\"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_"),
    ("jp", "�1234567890-^qwertyuiop@[]asdfghjkl;:zxcvbnm,./�!\"#$%&'()�=~QWERTYUIOP`{}ASDFGHJKL+*ZXCVBNM<>?"),
    ("pt", "\\1234567890'«qwertyuiop+��asdfghjklçºzxcvbnm,.-|!\"#$%&/()=?»QWERTYUIOP*��ASDFGHJKLÇªZXCVBNM;:_"),
    ("ru", "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.Ё!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"),
    ("se", "§1234567890+�qwertyuiopå�'asdfghjklöäzxcvbnm,.-½!\"#¤%&/()=?�QWERTYUIOPÅ�*ASDFGHJKLÖÄZXCVBNM;:_"),
    ("tr", "\"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:"),
    // No layout, but what a Chinese input method makes of the keys.
    ("zh", "·1234567890-=qwertyuiop【】、asdfghjkl；’zxcvbnm，。/～！@#￥%…&*（）—+QWERTYUIOP｛｝｜ASDFGHJKL：”ZXCVBNM《》？"),
];

/// The texts of codes that may be meant by what a hand scanner typed: `text` are the characters that the system wrote, `keys` those that the same keys
/// write on a US keyboard with no lock on ([`char::REPLACEMENT_CHARACTER`] where a key is unknown).
///
/// What stands before a prefix and what can't belong to a code behind it is dropped; caps lock and another layout on either side are
/// undone. A text with no prefix to be found is given back as it came. More than one text comes where layouts differ by nothing but
/// letters (German and Italian by Y and Z): then the signature tells.
///
/// # Errors
/// `text-too-long`; `scanner-layout` when layouts don't agree, and no text would do.
pub fn typed(text: &str, keys: &str) -> Result<Vec<String>, Reason> {
    if text.chars().count() > MAX_CHARACTERS {
        return Err(Reason::TextTooLong);
    }
    let swapped = swap_case(text);
    let plain = [text, keys, &swapped].map(|source| cut(source, &PREFIXES).map(trim));
    // What is wrong with a code that was typed right is told by whoever reads it.
    let right = |fits: fn(&str) -> bool| plain.iter().flatten().find(|found| fits(found));
    if let Some(found) = right(is_pass).or_else(|| right(|found| found.chars().all(belongs))) {
        return Ok(vec![(*found).to_owned()]);
    }
    let mut garbled = plain.iter().any(Option::is_some);
    let mut candidates: Vec<String> = Vec::new();
    for mismatch in MISMATCHES.iter() {
        for source in [text, keys, &swapped] {
            let Some(found) = cut(source, &mismatch.prefixes) else { continue };
            garbled = true;
            let undone = mismatch.undo(found);
            let undone = trim(&undone);
            if undone.chars().all(belongs) && !candidates.iter().any(|known| known == undone) {
                candidates.push(undone.to_owned());
            }
        }
    }
    if !garbled {
        return Ok(vec![text.trim_matches(char::is_control).to_owned()]);
    }
    if candidates.iter().any(|text| is_pass(text)) {
        candidates.retain(|text| is_pass(text));
    }
    if candidates.is_empty() { Err(Reason::ScannerLayout) } else { Ok(candidates) }
}

/// The text from its prefix on, for one of several prefixes. Nothing behind [`MAX_BEFORE`] is looked at.
fn cut<'t>(text: &'t str, prefixes: &[impl AsRef<str>]) -> Option<&'t str> {
    let starts = text.char_indices().map(|(start, _)| start).take_while(|start| *start <= MAX_BEFORE);
    let mut rests = starts.filter_map(|start| text.get(start..));
    rests.find(|rest| prefixes.iter().any(|prefix| rest.starts_with(prefix.as_ref())))
}

/// The text without what can't belong to a code at its end.
fn trim(text: &str) -> &str {
    text.trim_end_matches(|last: char| !belongs(last) || last.is_ascii_lowercase())
}

/// Whether codes have this character: that of QR's alphanumeric mode, and small letters for `shc`.
fn belongs(character: char) -> bool {
    character.is_ascii_alphanumeric() || " $%*+-./:".contains(character)
}

fn is_pass(text: &str) -> bool {
    match formats::format_of(text) {
        None => from_text(text).is_ok(),
        Some(_) => matches!(formats::read(text), Ok(_) | Err(Reason::MoreParts { .. })),
    }
}

fn swap_case(text: &str) -> String {
    let swap = |letter: char| if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
    text.chars().map(swap).collect()
}

/// What a system with one layout writes when a scanner has another one.
fn garble(text: &str, scanner: &str, system: &str) -> String {
    let key = |character: char| scanner.chars().zip(system.chars()).find(|(found, _)| *found == character);
    text.chars().map(|character| key(character).map_or(character, |(_, written)| written)).collect()
}

/// Two layouts that don't agree: that of the system, and that of the scanner.
struct Mismatch {
    /// What becomes of the prefixes.
    prefixes: [String; PREFIXES.len()],
    /// By the characters that are written: what was meant. [`LOST`] where codes may have been typed by more than one key.
    keys: Vec<(char, char)>,
}

/// Every layout against that of the US, both ways. They depend on nothing that is typed, so they are made once.
static MISMATCHES: LazyLock<Vec<Mismatch>> = LazyLock::new(|| {
    let both = LAYOUTS.iter().flat_map(|(_, layout)| [(*layout, US), (US, *layout)]);
    both.map(|(written, meant)| Mismatch::new(written, meant)).collect()
});

impl Mismatch {
    fn new(written: &str, meant: &str) -> Self {
        let mut keys: Vec<(char, char)> = Vec::new();
        for (found, meant) in written.chars().zip(meant.chars()).filter(|(_, meant)| belongs(*meant)) {
            match keys.iter_mut().find(|(known, _)| *known == found) {
                Some((_, one)) => *one = LOST,
                None => keys.push((found, meant)),
            }
        }
        Self { prefixes: PREFIXES.map(|prefix| garble(prefix, meant, written)), keys }
    }

    /// What was meant by characters that were written so: each of the one key with which a code can have been typed.
    fn undo(&self, text: &str) -> String {
        let one = |character: char| match character {
            ' ' => ' ',
            _ => self.keys.iter().find(|(found, _)| *found == character).map_or(LOST, |(_, meant)| *meant),
        };
        text.chars().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cbor::Value, token::to_text};
    use proptest::prelude::*;

    /// The one text that is meant.
    fn one(text: &str, keys: &str) -> Result<String, Reason> {
        let mut texts = typed(text, keys)?;
        assert_eq!(texts.len(), 1, "{texts:?}");
        Ok(texts.remove(0))
    }

    fn code(bytes: &[u8]) -> String {
        to_text(&Value::Bytes(bytes.to_vec()))
    }

    /// A token in whose text every character of base45 is found.
    fn rich() -> String {
        let text = code(&(0..=255).collect::<Vec<u8>>().repeat(2));
        assert!("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".chars().all(|character| text.contains(character)), "{text}");
        text
    }

    #[test]
    fn layouts_name_every_key_once() {
        assert_eq!(US.chars().count(), 94);
        for (name, layout) in LAYOUTS {
            assert_eq!(layout.chars().count(), 94, "{name}");
        }
    }

    #[test]
    fn what_a_scanner_puts_around_a_code_is_dropped() {
        let code = code(b"a pass");
        for (before, after) in
            [("", "\r\n"), ("]Q1", ""), ("]Q3\u{2}", "\u{3}"), ("\u{2}", "\u{3}\t"), ("TM ", "\u{4}"), ("gate 3 ", " end\n")]
        {
            assert_eq!(one(&format!("{before}{code}{after}"), "").as_deref().map(str::trim_end), Ok(code.as_str()), "{before:?} {after:?}");
        }
        let far = format!("{}{code}", "x".repeat(MAX_BEFORE + 1));
        assert_eq!(one(&far, ""), Ok(far.clone()), "a code within something else is none");
        assert_eq!(one("\u{2}6901234567892\u{3}", "").as_deref(), Ok("6901234567892"));
        assert_eq!(one(&"1".repeat(MAX_CHARACTERS + 1), ""), Err(Reason::TextTooLong));
    }

    #[test]
    fn a_scanner_with_the_us_layout_is_understood_on_every_other() {
        // On these the key of `+` is an accent, which the system may merge with the next letter.
        let accents = ["ch", "cz", "de", "dk", "se"];
        for (name, layout) in LAYOUTS {
            let garbled = garble(&rich(), US, layout);
            assert_eq!(garbled.contains(LOST), accents.contains(&name), "{name}");
            assert_eq!(one(&garbled, "").as_deref(), Ok(rich().as_str()), "{name}");
            assert_eq!(one(&format!("{}{garbled}", garble("]Q1", US, layout)), "").as_deref(), Ok(rich().as_str()), "{name} with its mark");
        }
        assert!(garble(PREFIX, US, LAYOUTS[8].1).starts_with("T?&M"));
    }

    #[test]
    fn a_scanner_with_another_layout_is_understood_on_a_us_one() {
        // These write some sign with a third level of keys, which a system with two levels passes over.
        let more_keys = ["br", "cz", "dk", "hu", "ru", "se", "tr", "zh"];
        for (name, layout) in LAYOUTS {
            let text = rich();
            let written: String = text.chars().filter(|character| *character == ' ' || layout.contains(*character)).collect();
            let read = typed(&garble(&written, layout, US), "");
            assert_eq!(written != text, more_keys.contains(&name), "{name}");
            if written == text {
                assert!(read.as_ref().is_ok_and(|read| read.contains(&text)), "{name}: {read:?}");
            } else {
                assert!(!read.as_ref().is_ok_and(|read| read.iter().any(|text| is_pass(text))), "{name}: {read:?}");
            }
        }
    }

    #[test]
    fn the_keys_themselves_tell_what_the_system_garbled() {
        // An accent that took the next letter with it, and no character at all (an input method at work).
        let text = rich();
        let merged = garble(&text, US, LAYOUTS[5].1).replace(LOST, "");
        assert_eq!(one(&merged, "").err(), None, "damaged as far as anybody can tell");
        assert_eq!(one(&merged, &text).as_deref(), Ok(text.as_str()));
        assert_eq!(one(&LOST.to_string().repeat(600), &text).as_deref(), Ok(text.as_str()));
        // The system is French, the scanner German: the keys are those of neither.
        let (french, german) = (LAYOUTS[8].1, LAYOUTS[5].1);
        assert!(typed(&garble(&text, german, french), &garble(&text, german, US)).is_ok_and(|texts| texts.contains(&text)));
    }

    #[test]
    fn caps_lock_is_undone() {
        let text = rich();
        assert_eq!(one(&text.to_lowercase(), "").as_deref(), Ok(text.as_str()));
        let german = swap_case(&garble(&text, US, LAYOUTS[5].1));
        assert_eq!(one(&german, "").as_deref(), Ok(text.as_str()));
        let card = "shc:/1/2/567629595326546034602925407728043360287028647167452228092864";
        assert_eq!(one(&card.to_uppercase(), "").as_deref(), Ok(card));
        assert_eq!(one(&garble(card, US, LAYOUTS[8].1), "").as_deref(), Ok(card), "AZERTY writes digits with shift");
    }

    #[test]
    fn what_can_not_be_put_right_says_so() {
        let mut garbled = garble(&rich(), US, LAYOUTS[5].1);
        garbled = garbled.replace(LOST, "\u{fffd}À");
        assert_eq!(one(&garbled, ""), Err(Reason::ScannerLayout));
        // A damaged code is damaged, whatever the layout.
        let damaged = &rich()[..400];
        assert_eq!(one(&garble(damaged, US, LAYOUTS[8].1), "").as_deref(), Ok(damaged));
        for other in ["https://example.org/x", "WIFI:T:WPA;S:net;;", "6901234567892", "Tm1", ""] {
            assert_eq!(one(other, "").as_deref(), Ok(other));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_one_layout_garbles_comes_back(bytes in proptest::collection::vec(any::<u8>(), 8..120), layout in 0..LAYOUTS.len()) {
            let text = code(&bytes);
            let read = typed(&garble(&text, US, LAYOUTS[layout].1), "").unwrap();
            prop_assert!(read.contains(&text), "{:?}", read);
        }

        #[test]
        fn any_text_is_answered(text in ".{0,80}", keys in ".{0,80}") {
            let _ = typed(&text, &keys);
        }
    }
}
