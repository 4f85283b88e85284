//! A gate's live challenge: what a presentation has to answer, for this gate and this minute only.
//!
//! ```cddl
//! challenge = #6.5524803({3 (aud): tstr, 4 (exp): int, 6 (iat): int, 39 (cnonce): bstr .size 16, ? (-65540: place // -65542: venue)})
//! place     = {1: kind tstr, 2: region uint, ? 3: name tstr}
//! aud       = "tm:gate/" and 8 random bytes in base64url, the gate's own for good
//! ```
//! Nobody signs it, for a verifier holds nothing secret. So its place is a claim that the wallet shows as such, and whoever puts a
//! challenge of one gate on the screen of another can pass the answer on: the wallet tells its person for which place the answer is.
//! Its own tag, which no signed token has, keeps it apart from these.
//!
//! A gate that was set up with the poster of its place shows that within (`venue`, see [`super::Venue`]), signed by the issuer as it is: a live
//! venue code. It says the place in place of the gate, so the two are never there together. A picture of it is worth nothing when the
//! challenge is over; but as nobody signs the challenge, somebody with a program and the poster can make one, too.

use super::text::{from_text, to_text};
use crate::{
    cbor::{Map, Value, map},
    labels::{CHALLENGE_TAG, GATE_AUDIENCE, claim, place},
    reason::{Layer, Reason},
    text::{from_base64url, to_base64url},
    time::{
        UnixTime,
        defaults::{CHALLENGE_LIFETIME_S, CLOCK_SLACK_S},
    },
};

const LAYER: Layer = Layer::Challenge;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// Longest name of a place, in characters.
pub const MAX_NAME: usize = 60;
/// Longest code of a kind of place, in bytes.
const MAX_KIND: usize = 32;
/// Largest number of GB/T 2260.
const MAX_REGION: u32 = 999_999;

/// What a gate asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The gate: a presentation for it names this audience. See [`audience`].
    pub audience: String,
    /// What a presentation has to repeat.
    pub nonce: [u8; 16],
    /// When it was made, by the gate's clock.
    pub issued_at: UnixTime,
    /// After this no answer is taken: at most 120 s later.
    pub expires_at: UnixTime,
    /// What the gate says of its place; nobody vouches for it.
    pub place: Option<StatedPlace>,
    /// The venue code of its place in place of the gate's own words; unread and unverified, see [`super::Venue::parse`].
    pub poster: Option<Value>,
}

/// A place as somebody states it, unverified.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StatedPlace {
    /// Code of its kind, such as `school`; one that is unknown here is to be passed over.
    pub kind: String,
    /// Region, GB/T 2260.
    pub region: u32,
    /// Its name: see [`tidy_name`].
    pub name: Option<String>,
}

/// The audience of the gate with this identifier.
#[must_use]
pub fn audience(gate: [u8; 8]) -> String {
    format!("{GATE_AUDIENCE}{}", to_base64url(&gate))
}

/// A name that a challenge can carry: trimmed, without characters that can't be seen or that turn the writing, cut at [`MAX_NAME`]
/// characters. None where nothing is left.
#[must_use]
pub fn tidy_name(name: &str) -> Option<String> {
    let seen: String = name.chars().filter(|character| is_seen(*character)).collect();
    let cut: String = seen.trim().chars().take(MAX_NAME).collect();
    Some(cut.trim_end().to_owned()).filter(|name| !name.is_empty())
}

/// Whether [`tidy_name`] would leave it as it is.
pub(super) fn is_tidy(name: &str) -> bool {
    (1..=MAX_NAME).contains(&name.chars().count()) && name.chars().all(is_seen) && name.trim().len() == name.len()
}

/// Not a control character, and none that changes the direction or hides between others: a name must look like what it is.
const fn is_seen(character: char) -> bool {
    !matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

impl Challenge {
    /// Its text for a QR code.
    #[must_use]
    pub fn to_text(&self) -> String {
        let claims = map([
            (claim::AUD, Some(Value::text(&self.audience))),
            (claim::EXP, Some(Value::Int(self.expires_at.0))),
            (claim::IAT, Some(Value::Int(self.issued_at.0))),
            (claim::CNONCE, Some(Value::Bytes(self.nonce.to_vec()))),
            (claim::PLACE, self.place.as_ref().map(StatedPlace::to_value)),
            (claim::VENUE, self.poster.clone()),
        ]);
        to_text(&Value::Tag(CHALLENGE_TAG, Box::new(claims)))
    }

    /// Reads a challenge. Whether it is of now is another question: [`Challenge::fitness`].
    ///
    /// # Errors
    /// `not-a-challenge` for any other token, `token-malformed` for what does not have its shape, and what stands in the way of reading
    /// any token: `not-a-pass`, `prefix-version`, `text-…`, `cbor-…`.
    pub fn from_text(text: &str) -> Result<Self, Reason> {
        match from_text(text)? {
            Value::Tag(CHALLENGE_TAG, claims) => claims.as_map().and_then(Self::from_map).ok_or(MALFORMED),
            _ => Err(Reason::NotAChallenge),
        }
    }

    fn from_map(claims: &Map) -> Option<Self> {
        let known = claims.only(&[claim::AUD, claim::EXP, claim::IAT, claim::CNONCE, claim::PLACE, claim::VENUE]);
        let audience = claims.get(claim::AUD)?.as_text()?;
        let gate = from_base64url(audience.strip_prefix(GATE_AUDIENCE)?)?;
        let challenge = Self {
            audience: audience.to_owned(),
            nonce: claims.get(claim::CNONCE)?.as_bytes()?.try_into().ok()?,
            issued_at: UnixTime(claims.get(claim::IAT)?.as_int()?),
            expires_at: UnixTime(claims.get(claim::EXP)?.as_int()?),
            place: match claims.get(claim::PLACE) {
                None => None,
                Some(stated) => Some(StatedPlace::from_map(stated.as_map()?)?),
            },
            poster: claims.get(claim::VENUE).cloned(),
        };
        // A place may be stated once; and what is no envelope is no venue code.
        let one_place = match &challenge.poster {
            None => true,
            Some(poster) => challenge.place.is_none() && matches!(poster, Value::Tag(18, _)),
        };
        let lives = (1..=CHALLENGE_LIFETIME_S).contains(&challenge.expires_at.since(challenge.issued_at));
        (known && lives && one_place && gate.len() == 8).then_some(challenge)
    }

    /// Whether a wallet may answer at this time of its own clock, which may differ from the gate's by two minutes.
    ///
    /// # Errors
    /// `expired`, `not-yet-valid`.
    pub fn fitness(&self, now: UnixTime) -> Result<(), Reason> {
        if now.since(self.expires_at) >= CLOCK_SLACK_S {
            return Err(Reason::Expired { layer: LAYER, expired_at: self.expires_at });
        }
        if self.issued_at.since(now) > CLOCK_SLACK_S {
            return Err(Reason::NotYetValid { layer: LAYER, valid_from: self.issued_at });
        }
        Ok(())
    }
}

impl StatedPlace {
    pub(super) fn to_value(&self) -> Value {
        map([
            (place::KIND, Some(Value::text(&self.kind))),
            (place::REGION, Some(Value::Int(self.region.into()))),
            (place::NAME, self.name.as_ref().map(Value::text)),
        ])
    }

    pub(super) fn from_map(stated: &Map) -> Option<Self> {
        let kind = stated.get(place::KIND)?.as_text()?;
        let name = match stated.get(place::NAME) {
            None => None,
            Some(name) => Some(name.as_text()?.to_owned()),
        };
        let region = u32::try_from(stated.get(place::REGION)?.as_int()?).ok()?;
        let fits = stated.only(&[place::KIND, place::REGION, place::NAME])
            && (1..=MAX_KIND).contains(&kind.len())
            && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            && region <= MAX_REGION
            && name.as_ref().is_none_or(|name| is_tidy(name));
        fits.then(|| Self { kind: kind.to_owned(), region, name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor::{Limits, decode};
    use proptest::prelude::*;

    fn challenges() -> impl Strategy<Value = Challenge> {
        let place = ("[a-z][a-z-]{0,31}", 0_u32..=MAX_REGION, proptest::option::of(".{0,80}"));
        let times = (-(1_i64 << 40)..1 << 40, 1..=CHALLENGE_LIFETIME_S);
        (any::<[u8; 8]>(), any::<[u8; 16]>(), times, proptest::option::of(place)).prop_map(|(gate, nonce, (iat, lives), place)| Challenge {
            audience: audience(gate),
            nonce,
            issued_at: UnixTime(iat),
            expires_at: UnixTime(iat + lives),
            place: place.map(|(kind, region, name)| StatedPlace { kind, region, name: name.as_deref().and_then(tidy_name) }),
            poster: None,
        })
    }

    proptest! {
        #[test]
        fn round_trip(challenge in challenges()) {
            prop_assert_eq!(Challenge::from_text(&challenge.to_text()), Ok(challenge));
        }

        #[test]
        fn what_reads_is_written_so_and_in_no_other_way(challenge in challenges(), at in any::<proptest::sample::Index>(), by in 1_u8..=255) {
            let mut bytes = crate::base45::decode(&challenge.to_text()[4..]).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= by;
            let text = format!("TM1:{}", crate::base45::encode(&bytes));
            // Unsigned as it is, an altered one is refused or is another challenge altogether.
            if let Ok(other) = Challenge::from_text(&text) {
                prop_assert_ne!(&other, &challenge);
                let read = decode(&bytes, Limits::TOKEN).unwrap();
                prop_assert_eq!(crate::token::from_text(&other.to_text()).unwrap().encode(), read.encode());
            }
        }

        #[test]
        fn names_are_tidy_after_tidying(name in ".{0,90}") {
            if let Some(tidy) = tidy_name(&name) {
                prop_assert!(is_tidy(&tidy) && tidy_name(&tidy).as_ref() == Some(&tidy));
                prop_assert_eq!(is_tidy(&name), tidy == name);
            }
        }
    }

    #[test]
    fn names_that_turn_or_hide_are_cleaned() {
        for (name, expected) in
            [("  第一小学 ", Some("第一小学")), ("a\u{202e}b\u{200b}c", Some("abc")), ("\u{feff}\n ", None), ("العربية", Some("العربية"))]
        {
            assert_eq!(tidy_name(name).as_deref(), expected, "{name:?}");
        }
    }
}
