//! Names, identity documents and phone numbers: normal forms, checks, masks.
//!
//! GB 11643 numbers have a region, a birth date and a check digit; residence permits of Hong Kong, Macao and Taiwan residents
//! (810000, 820000, 830000) and the permanent residence card of 2023 have the same form.

use crate::{reason::Reason, time::UnixTime, token::DocumentKind};

/// Longest name, in characters.
const MAX_NAME: usize = 50;
/// Longest document number or phone number, in characters.
const MAX_NUMBER: usize = 30;
/// Longest address, in characters.
const MAX_ADDRESS: usize = 200;
const DAY_S: i64 = 86_400;
/// China's time is so many seconds ahead of UTC.
const CHINA_S: i64 = 8 * 3600;

/// Full-width letters and digits in their ASCII form, spaces around cut off and within made single.
#[must_use]
pub fn normalise(text: &str) -> String {
    let narrow = |character: char| match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '•' | '・' | '‧' => '·',
        '’' => '\'',
        other => other,
    };
    text.chars().map(narrow).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A document number without spaces and hyphens, in capitals.
#[must_use]
pub fn normalise_document(number: &str) -> String {
    normalise(number).chars().filter(|character| !matches!(character, ' ' | '-' | '(' | ')')).collect::<String>().to_ascii_uppercase()
}

/// A phone number without spaces, hyphens and brackets.
#[must_use]
pub fn normalise_phone(number: &str) -> String {
    normalise(number).chars().filter(|character| !matches!(character, ' ' | '-' | '(' | ')')).collect()
}

/// Checks where somebody is staying.
///
/// # Errors
/// `field-empty`, `field-too-long`.
pub fn check_address(address: &str) -> Result<(), Reason> {
    present(&normalise(address), MAX_ADDRESS)
}

/// Checks a name.
///
/// # Errors
/// `field-empty`, `field-too-long`, `name-malformed`.
pub fn check_name(name: &str) -> Result<(), Reason> {
    let name = normalise(name);
    present(&name, MAX_NAME)?;
    let fits = |character: char| character.is_alphabetic() || matches!(character, ' ' | '·' | '-' | '\'' | '.');
    let good = name.chars().all(fits) && name.chars().any(char::is_alphabetic);
    if good { Ok(()) } else { Err(Reason::NameMalformed) }
}

/// Checks the number of a document of this kind; `now` bounds birth dates.
///
/// # Errors
/// `field-empty`, `field-too-long`, `document-malformed`, `document-birth-date`, `document-check-digit`.
pub fn check_document(kind: DocumentKind, number: &str, now: UnixTime) -> Result<(), Reason> {
    let number = normalise_document(number);
    present(&number, MAX_NUMBER)?;
    let digits = |text: &str, lengths: &[usize]| lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let letters = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let good = match kind {
        DocumentKind::IdCard => return check_gb_11643(&number, now),
        DocumentKind::HkMoPermit if number.len() == 18 => return check_gb_11643(&number, now),
        DocumentKind::HkMoPermit => number.strip_prefix(['H', 'M']).is_some_and(|rest| digits(rest, &[8, 10])),
        DocumentKind::TaiwanPermit if number.len() == 18 => return check_gb_11643(&number, now),
        DocumentKind::TaiwanPermit => digits(&number, &[8, 10]),
        DocumentKind::Passport => letters(&number, 5, 17) && number.bytes().any(|byte| byte.is_ascii_digit()),
        DocumentKind::PermanentResidence if number.len() == 18 => return check_gb_11643(&number, now),
        DocumentKind::PermanentResidence => letters(&number, 15, 15),
        DocumentKind::Other => letters(&number, 4, 24),
    };
    if good { Ok(()) } else { Err(Reason::DocumentMalformed) }
}

/// From this age on, in years, a person's own consent counts (个人信息保护法 §31); before it takes the guardian's.
pub const OWN_CONSENT: i64 = 14;
/// From this age on, in years, a person has no guardian by age any more.
pub const GROWN_UP: i64 = 18;

/// When somebody was born, as the number of the document says it: the beginning of the day in China.
#[must_use]
pub fn birth_of(kind: DocumentKind, number: &str) -> Option<UnixTime> {
    let number = normalise_document(number);
    let dated = number.len() == 18 && !matches!(kind, DocumentKind::Passport | DocumentKind::Other);
    let date = number.as_bytes().get(6..14).filter(|date| dated && date.iter().all(u8::is_ascii_digit))?;
    days_of(date).map(|days| UnixTime(days * DAY_S).plus(-CHINA_S))
}

/// Full years that somebody has lived: one more from the beginning of each birthday in China; of 29 February, from 1 March in other years.
#[must_use]
pub fn age(born: UnixTime, now: UnixTime) -> i64 {
    let ((year, day), (born_year, born_day)) = (year_and_day(now), year_and_day(born));
    year - born_year - i64::from(day < born_day)
}

/// Checks a phone number: 11 digits of a mainland mobile, or + and 7 to 15 digits (E.164).
///
/// # Errors
/// `field-empty`, `field-too-long`, `phone-malformed`.
pub fn check_phone(number: &str) -> Result<(), Reason> {
    let number = normalise_phone(number);
    present(&number, MAX_NUMBER)?;
    let (rest, good_length) = match number.strip_prefix('+') {
        Some(rest) => (rest, (7..=15).contains(&rest.len())),
        None => (&*number, number.len() == 11 && matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..])),
    };
    if good_length && rest.bytes().all(|byte| byte.is_ascii_digit()) { Ok(()) } else { Err(Reason::PhoneMalformed) }
}

/// The first character and at most two stars: what a code shows of a name.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let name = normalise(name);
    let mut characters = name.chars();
    let first: String = characters.by_ref().take(1).collect();
    first + &"*".repeat(characters.count().min(2))
}

/// The first two and the last two characters with stars between; all stars when there is too little to hide.
#[must_use]
pub fn mask_document(number: &str) -> String {
    let characters: Vec<char> = normalise_document(number).chars().collect();
    let count = characters.len();
    let shown = |index: usize| count >= 6 && (index < 2 || index + 2 >= count);
    characters.iter().enumerate().map(|(index, character)| if shown(index) { *character } else { '*' }).collect()
}

fn present(text: &str, most: usize) -> Result<(), Reason> {
    match text.chars().count() {
        0 => Err(Reason::FieldEmpty),
        count if count > most => Err(Reason::FieldTooLong),
        _ => Ok(()),
    }
}

fn check_gb_11643(number: &str, now: UnixTime) -> Result<(), Reason> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes = number.as_bytes();
    let (Some((body, [check])), true) = (bytes.split_at_checked(17), bytes.len() == 18) else { return Err(Reason::DocumentMalformed) };
    if !body.iter().all(u8::is_ascii_digit) || !(check.is_ascii_digit() || *check == b'X') || body[0] == b'0' {
        return Err(Reason::DocumentMalformed);
    }
    if !birth_date_exists(&body[6..14], now) {
        return Err(Reason::DocumentBirthDate);
    }
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    if CHECKS[(sum % 11) as usize] == *check { Ok(()) } else { Err(Reason::DocumentCheckDigit) }
}

/// Whether `YYYYMMDD` is a day from 1850 to today (in China, whose day begins eight hours earlier).
fn birth_date_exists(date: &[u8], now: UnixTime) -> bool {
    days_of(date).is_some_and(|days| days * DAY_S <= now.0.saturating_add(CHINA_S))
}

/// Days from 1970 to the day `YYYYMMDD` of 1850 or later; none where there is no such day.
fn days_of(date: &[u8]) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| Some(date.get(range)?.iter().fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0')));
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => 0,
    };
    // Days since 1970 of a date of the Gregorian calendar, with March as the first month.
    let (y, m) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let since_epoch = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    (year >= 1850 && (1..=days).contains(&day)).then_some(since_epoch)
}

/// The year of a time in China, and its day as month × 100 + day.
fn year_and_day(time: UnixTime) -> (i64, i64) {
    let date = time.plus(CHINA_S).to_rfc3339();
    let number = |range: std::ops::Range<usize>| date.get(range).and_then(|digits| digits.parse::<i64>().ok()).unwrap_or_default();
    (number(0..4), number(5..7) * 100 + number(8..10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: UnixTime = UnixTime(1_800_000_000);

    #[test]
    fn id_cards() {
        let check = |number| check_document(DocumentKind::IdCard, number, NOW);
        assert_eq!(check("11010519491231002X"), Ok(()));
        assert_eq!(check(" 110105 19491231 002x "), Ok(()));
        assert_eq!(check("１１０１０５１９４９１２３１００２Ｘ"), Ok(()));
        assert_eq!(check("110105194912310021"), Err(Reason::DocumentCheckDigit));
        assert_eq!(check("11010519490230002X"), Err(Reason::DocumentBirthDate));
        assert_eq!(check("11010520991231002X"), Err(Reason::DocumentBirthDate));
        assert_eq!(check("1101051949123100"), Err(Reason::DocumentMalformed));
        assert_eq!(check("1101051949123100XX"), Err(Reason::DocumentMalformed));
        assert_eq!(check("身份证号码身份证号码身份证号码身份证"), Err(Reason::DocumentMalformed));
        assert_eq!(check(""), Err(Reason::FieldEmpty));
        assert_eq!(check(&"1".repeat(31)), Err(Reason::FieldTooLong));
    }

    #[test]
    fn ages_change_at_the_beginning_of_the_birthday_in_china() {
        let born = birth_of(DocumentKind::IdCard, "110105201501010025").unwrap();
        assert_eq!(born, UnixTime(1_420_041_600));
        let birthday = UnixTime(1_861_891_200);
        assert_eq!((age(born, birthday.plus(-1)), age(born, birthday)), (13, 14));
        // Of 29 February, in a year that has none.
        let born = birth_of(DocumentKind::IdCard, "110105201202290000").unwrap();
        let march = UnixTime(1_772_294_400);
        assert_eq!((age(born, march.plus(-1)), age(born, march)), (13, 14));
        assert_eq!(birth_of(DocumentKind::IdCard, "110105201302290000"), None);
        assert_eq!(birth_of(DocumentKind::Passport, "110105201202290000"), None);
        assert_eq!(birth_of(DocumentKind::HkMoPermit, "H12345678"), None);
    }

    #[test]
    fn other_documents() {
        let good = [
            (DocumentKind::HkMoPermit, "H12345678"),
            (DocumentKind::HkMoPermit, "M1234567801"),
            (DocumentKind::TaiwanPermit, "12345678"),
            (DocumentKind::Passport, "E12345678"),
            (DocumentKind::PermanentResidence, "CHN110100101010"),
            (DocumentKind::Other, "AB12"),
        ];
        for (kind, number) in good {
            assert_eq!(check_document(kind, number, NOW), Ok(()), "{number}");
        }
        for (kind, number) in
            [(DocumentKind::HkMoPermit, "H1234567"), (DocumentKind::TaiwanPermit, "1234567A"), (DocumentKind::Passport, "ABCDEFG")]
        {
            assert_eq!(check_document(kind, number, NOW), Err(Reason::DocumentMalformed), "{number}");
        }
    }

    #[test]
    fn phones_and_names() {
        for number in ["13800138000", "138 0013 8000", "+852 9123 4567", "１３８００１３８０００"] {
            assert_eq!(check_phone(number), Ok(()), "{number}");
        }
        for number in ["1380013800", "12800138000", "+123", "call me"] {
            assert_eq!(check_phone(number), Err(Reason::PhoneMalformed), "{number}");
        }
        for name in ["甲乙丙", "阿卜杜拉·买买提", "Anna-Maria O'Neil"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        for name in ["甲1", "<b>", "···"] {
            assert_eq!(check_name(name), Err(Reason::NameMalformed), "{name}");
        }
        assert_eq!(check_name("  "), Err(Reason::FieldEmpty));
    }

    #[test]
    fn masks_keep_little() {
        assert_eq!((mask_name("甲乙丙"), mask_name("王五"), mask_name("Anna Li")), ("甲**".into(), "王*".into(), "A**".into()));
        assert_eq!((mask_document("11010519491231002X"), mask_document("12345")), ("11**************2X".into(), "*****".into()));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".{0,60}") {
            for kind in [DocumentKind::IdCard, DocumentKind::Passport, DocumentKind::HkMoPermit] {
                let _ = check_document(kind, &text, NOW);
            }
            let _ = (check_name(&text), check_phone(&text), mask_name(&text), mask_document(&text));
        }

        /// A typing error of one digit, or two neighbours exchanged, is always noticed.
        #[test]
        fn one_wrong_digit_is_noticed(at in 0_usize..17, digit in b'0'..=b'9') {
            let mut number = *b"11010519491231002X";
            prop_assume!(number[at] != digit);
            number[at] = digit;
            prop_assert!(check_document(DocumentKind::IdCard, std::str::from_utf8(&number).unwrap(), NOW).is_err());
        }
    }
}
