//! A person with a credential of a world's authority.
#![allow(dead_code, clippy::unwrap_used)]

use super::shell::World;
use tongma::{
    cbor::Value,
    entropy::Entropy,
    keys::SecretKey,
    roles::holder::{HeldCredential, Showing},
    time::UnixTime,
    token::{Challenge, ClaimName, Colour, GroupMark, to_text},
};
use tongma_authority::Request;

/// The time at which most worlds stand.
pub const NOW: UnixTime = UnixTime(1_800_000_000);

/// A credential of this world's authority, its index, and its holder's key.
pub struct Person {
    key: SecretKey,
    held: HeldCredential,
    /// Status index.
    pub idx: u32,
}

impl Person {
    pub fn new(world: &World, number: u8) -> Self {
        Self::with(world, number, "甲**", Colour::Green)
    }

    pub fn with(world: &World, number: u8, name: &str, colour: Colour) -> Self {
        let key = SecretKey::generate(&mut Entropy::new([number; 32]));
        let request = Request {
            colour,
            region: 360_000,
            claims: [(ClaimName::Name, Value::text(name))].into(),
            redact: Vec::new(),
            valid_for_s: 30 * 86_400,
            reason: None,
            relation: None,
        };
        let (text, idx) = world.authority.issue(&request, &key.public(), NOW).unwrap();
        Self { key, held: HeldCredential::read(&text).unwrap(), idx }
    }

    /// The text of a code made at this time.
    pub fn shows(&self, at: UnixTime) -> String {
        self.present(&Showing::default(), at)
    }

    /// The text of an answer to a gate's challenge.
    pub fn answers(&self, challenge: &Challenge, at: UnixTime) -> String {
        let nonce = Some(challenge.nonce.to_vec());
        self.present(&Showing { audience: challenge.audience.clone(), nonce, ..Showing::default() }, at)
    }

    /// The text of a code as one of a group.
    pub fn walks(&self, mark: GroupMark, at: UnixTime) -> String {
        self.present(&Showing { group: Some(mark), ..Showing::default() }, at)
    }

    fn present(&self, showing: &Showing, at: UnixTime) -> String {
        let (unsigned, _) = self.held.present(showing, at).unwrap();
        let signature = self.key.sign(&unsigned.message());
        to_text(&unsigned.finish(&signature))
    }
}
