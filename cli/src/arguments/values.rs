//! Values of arguments, from the words of a command line.

use tongma::{
    keys::PublicKey,
    policy::{DeciCelsius, PlaceKind},
    text::from_base64url,
    time::UnixTime,
    token::{ClaimName, Colour, GroupMark, challenge::tidy_name},
};

/// Bytes given in hexadecimal.
#[derive(Clone, Debug)]
pub(crate) struct Hex(pub(crate) Vec<u8>);

pub(crate) fn hex(text: &str) -> Result<Hex, String> {
    let bytes = text
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2 && !pair.starts_with('+'))?, 16).ok());
    bytes.collect::<Option<Vec<_>>>().map(Hex).ok_or_else(|| "not hexadecimal".to_owned())
}

/// A group's mark: `ID/POSITION/OF[/NEXT]`, the position from 1.
pub(crate) fn group(text: &str) -> Result<GroupMark, String> {
    let mut words = text.splitn(4, '/');
    let mut word = || words.next().unwrap_or_default();
    let id = hex(word())?.0.try_into().map_err(|_| "the group's identifier has 16 hexadecimal digits")?;
    let number = |text: &str| text.parse::<u8>().map_err(|_| format!("not a number: {text}"));
    let (position, of, next) = (number(word())?, number(word())?, tidy_name(word()));
    let position = position.checked_sub(1).filter(|position| *position < of && (2..=GroupMark::MAX).contains(&of));
    position.map(|position| GroupMark { id, position, of, next }).ok_or_else(|| format!("a group has 2 to {} members", GroupMark::MAX))
}

pub(crate) fn time(text: &str) -> Result<UnixTime, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(UnixTime(seconds));
    }
    let parsed: Result<jiff::Timestamp, _> = text.parse();
    parsed.map(|time| UnixTime(time.as_second())).map_err(|_| "neither Unix seconds nor RFC 3339 (2026-11-21T08:00:00+08:00)".to_owned())
}

pub(crate) fn public_key(text: &str) -> Result<PublicKey, String> {
    from_base64url(text).and_then(|point| PublicKey::from_sec1(&point)).ok_or_else(|| "no public key in base64url".to_owned())
}

pub(crate) fn index(text: &str) -> Result<u32, String> {
    let entries = tongma_authority::ENTRIES;
    let parsed = match text.split_once('/') {
        None => text.parse().ok(),
        Some((list, idx)) => list
            .parse::<u32>()
            .ok()
            .zip(idx.parse().ok())
            .and_then(|(list, idx)| if idx < entries { list.checked_mul(entries)?.checked_add(idx) } else { None }),
    };
    parsed.ok_or_else(|| "an index such as 1048653, or list/index such as 1/77".to_owned())
}

pub(crate) fn place_kind(text: &str) -> Result<PlaceKind, String> {
    PlaceKind::from_code(text)
        .ok_or_else(|| format!("one of {}", PlaceKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(", ")))
}

pub(crate) fn temperature(text: &str) -> Result<DeciCelsius, String> {
    DeciCelsius::parse(text).ok_or_else(|| "degrees Celsius with at most one decimal, such as 36.8".to_owned())
}

pub(crate) fn colour(text: &str) -> Result<Colour, String> {
    Colour::from_name(text).ok_or_else(|| "green, yellow or red".to_owned())
}

pub(crate) fn claim_name(text: &str) -> Result<ClaimName, String> {
    let found = ClaimName::ALL.into_iter().find(|name| name.name() == text);
    found.ok_or_else(|| format!("one of {}", ClaimName::ALL.map(ClaimName::name).join(", ")))
}
