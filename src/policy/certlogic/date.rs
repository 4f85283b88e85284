//! Dates and date-times of CertLogic (specification, “Dates and date-times”), exact to the millisecond, in UTC.

use super::LogicError;
use crate::time::UnixTime;

const DAY_MS: i64 = 86_400_000;
/// 100 million days on either side of 1970, as ECMAScript has it.
const RANGE_MS: i64 = 100_000_000 * DAY_MS;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(pub i64);

/// A unit of `plusTime`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// 24 hours.
    Day,
    /// 60 minutes.
    Hour,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl TimeUnit {
    /// The unit of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "day" => Some(Self::Day),
            "hour" => Some(Self::Hour),
            "month" => Some(Self::Month),
            "year" => Some(Self::Year),
            _ => None,
        }
    }
}

impl DateTime {
    /// Reads a date (`YYYY-MM-DD`, midnight) or a date-time (`YYYY-MM-DDThh:mm:ss[.S…][Z|±h|±hh|±hmm|±hhmm|±h:mm|±hh:mm]`).
    /// Without an offset it is UTC; what is finer than a millisecond is cut off.
    ///
    /// # Errors
    /// `BadTime`, also for a day that doesn't exist.
    pub fn parse(text: &str) -> Result<Self, LogicError> {
        parse(text.as_bytes()).ok_or(LogicError::BadTime)
    }

    /// Reads a birth date of an EU pass: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a partial one is its last day.
    ///
    /// # Errors
    /// `BadTime`.
    pub fn parse_birth_date(text: &str) -> Result<Self, LogicError> {
        partial(text.as_bytes()).or_else(|| parse(text.as_bytes()).filter(|_| text.len() == 10)).ok_or(LogicError::BadTime)
    }

    /// Reads what `plusTime` takes: a date, a date-time, or (since 1.3.2) a partial date as of a birth.
    ///
    /// # Errors
    /// `BadTime`.
    pub fn parse_any(text: &str) -> Result<Self, LogicError> {
        partial(text.as_bytes()).map_or_else(|| Self::parse(text), Ok)
    }

    /// This time moved by a number of units.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn plus(self, amount: i64, unit: TimeUnit) -> Result<Self, LogicError> {
        self.moved(amount, unit).filter(|moved| moved.0.abs() <= RANGE_MS).ok_or(LogicError::OutOfRange)
    }

    fn moved(self, amount: i64, unit: TimeUnit) -> Option<Self> {
        let months = match unit {
            TimeUnit::Day => return self.0.checked_add(amount.checked_mul(DAY_MS)?).map(Self),
            TimeUnit::Hour => return self.0.checked_add(amount.checked_mul(3_600_000)?).map(Self),
            TimeUnit::Month => amount,
            TimeUnit::Year => amount.checked_mul(12)?,
        };
        let (year, month, day) = civil(self.0.div_euclid(DAY_MS));
        let month = month.checked_add(months)?.checked_sub(1)?;
        // A bound before the calendar's arithmetic, whose products would overflow far outside the range.
        let year = year.checked_add(month.div_euclid(12)).filter(|year| year.abs() < 300_000)?;
        let days = days(year, month.rem_euclid(12) + 1, 1) + day - 1;
        Some(Self(days * DAY_MS + self.0.rem_euclid(DAY_MS)))
    }

    /// The time in whole seconds, rounded down.
    #[must_use]
    pub const fn to_unix(self) -> UnixTime {
        UnixTime(self.0.div_euclid(1000))
    }

    /// The date-time of a time in RFC 3339, `YYYY-MM-DDThh:mm:ssZ`; times outside of the years 0 to 9999 become their nearest.
    #[must_use]
    pub fn text_of(time: UnixTime) -> String {
        let seconds = time.0.clamp(-62_167_219_200, 253_402_300_799);
        let (year, month, day) = civil(seconds.div_euclid(86_400));
        let rest = seconds.rem_euclid(86_400);
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
    }
}

fn parse(text: &[u8]) -> Option<DateTime> {
    let (date, time) = text.split_at_checked(10)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *date else { return None };
    let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
    if !(1..=12).contains(&month) || !(1..=month_length(year, month)).contains(&day) {
        return None;
    }
    let midnight = days(year, month, day) * DAY_MS;
    if time.is_empty() {
        return Some(DateTime(midnight));
    }
    let (clock, rest) = time.split_at_checked(9)?;
    let [b'T', h1, h2, b':', m1, m2, b':', s1, s2] = *clock else { return None };
    let (hour, minute, second) = (number(&[h1, h2])?, number(&[m1, m2])?, number(&[s1, s2])?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (millisecond, zone) = fraction(rest)?;
    Some(DateTime(midnight + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond - offset_minutes(zone)? * 60_000))
}

/// The milliseconds of `.S…`, and what follows.
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let Some(decimals) = text.strip_prefix(b".") else { return Some((0, text)) };
    let length = decimals.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let milliseconds = (0..3).try_fold(0, |sum, at| Some(sum * 10 + if at < length { digit(*decimals.get(at)?)? } else { 0 }))?;
    (length > 0).then(|| (milliseconds, &decimals[length..]))
}

fn offset_minutes(zone: &[u8]) -> Option<i64> {
    let (sign, digits) = match zone {
        [] | b"Z" => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits {
        [h] => (number(&[*h])?, 0),
        [h1, h2] => (number(&[*h1, *h2])?, 0),
        [h, b':', m1, m2] | [h, m1, m2] => (number(&[*h])?, number(&[*m1, *m2])?),
        [h1, h2, b':', m1, m2] | [h1, h2, m1, m2] => (number(&[*h1, *h2])?, number(&[*m1, *m2])?),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// The last day of `YYYY` or `YYYY-MM`.
fn partial(text: &[u8]) -> Option<DateTime> {
    let (year, month) = match text {
        [_, _, _, _] => (number(text)?, 12),
        [year @ .., b'-', m1, m2] if year.len() == 4 => (number(year)?, number(&[*m1, *m2])?),
        _ => return None,
    };
    (1..=12).contains(&month).then(|| DateTime(days(year, month, month_length(year, month)) * DAY_MS))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, byte| Some(sum * 10 + digit(*byte)?))
}

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

const fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date. The year begins in March here, so that the leap day is its last.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let (month, day) = ((from_march + 2) % 12 + 1, of_year - (153 * from_march + 2) / 5 + 1);
    (year_of_era + era * 400 + if month <= 2 { 1 } else { 0 }, month, day)
}
