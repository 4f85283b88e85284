//! The room of the code's details: all that a gate reads from it, and what the person lets it show beside that.

use super::super::{Awaited, Stage, Wallet};
use crate::{
    app::Effect,
    text::to_base64url,
    time::UnixTime,
    token::{ClaimName, Colour, MONITORING},
};
use serde::{Deserialize, Serialize};

/// All that the code discloses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DetailsView {
    /// The colour.
    pub colour: Colour,
    /// Region code (GB/T 2260).
    pub region: u32,
    /// Who issued it.
    pub issuer: String,
    /// When the credential was issued.
    pub issued_at: UnixTime,
    /// When it ends.
    pub expires_at: UnixTime,
    /// When the code on the screen ends.
    pub code_until: Option<UnixTime>,
    /// Code of the reason for the colour; not always one of those that are known here.
    pub reason: Option<String>,
    /// Identifier of the rule that decided over the colour.
    pub rule: Option<String>,
    /// Since when.
    pub since: Option<UnixTime>,
    /// The person is under daily health monitoring.
    pub monitoring: bool,
    /// What it says of the person.
    pub claims: Vec<ClaimView>,
    /// Its number in the status list, and which list; none for one that can't be revoked.
    pub status: Option<String>,
    /// Identifier of this phone's key, which signs every code.
    pub key: String,
}

/// Something that the credential says of its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ClaimView {
    /// Which.
    pub name: ClaimName,
    /// What it says.
    pub value: String,
    /// Whether the person lets it be shown; none where it is always seen.
    pub chosen: Option<bool>,
}

/// What happens in the room of details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DetailsEvent {
    /// From now on codes show these beside what is always seen.
    Chosen {
        /// Which.
        claims: Vec<ClaimName>,
    },
}

impl Wallet {
    pub(super) fn details(&mut self, event: DetailsEvent, effects: &mut Vec<Effect>) {
        let DetailsEvent::Chosen { claims } = event;
        self.saved.disclose(&claims);
        // The code that was made before shows what was chosen before; the room is left to a new one.
        self.tickets.keep(|awaited| !matches!(awaited, Awaited::Presentation(..)));
        if let Stage::Code(shown) = &mut self.stage {
            shown.qr = None;
        }
        self.save(effects);
    }

    pub(super) fn details_view(&self) -> Option<DetailsView> {
        let Stage::Code(shown) = &self.stage else { return None };
        let claims = shown.held.claims();
        let (redactable, disclosed) = (shown.held.redactable(), self.saved.disclosed());
        let said = |(name, value): (&ClaimName, &crate::cbor::Value)| {
            let chosen = redactable.contains(name).then(|| disclosed.contains(name));
            Some(ClaimView { name: *name, value: value.as_text()?.to_owned(), chosen })
        };
        let reason = claims.reason.as_ref();
        Some(DetailsView {
            colour: claims.colour,
            region: claims.region,
            issuer: claims.issuer.clone(),
            issued_at: shown.held.begins_at(),
            expires_at: shown.held.ends_at(),
            code_until: shown.qr.as_ref().map(|qr| qr.expires_at),
            reason: reason.map(|reason| reason.code.clone()),
            rule: reason.and_then(|reason| reason.rule.clone()),
            since: reason.and_then(|reason| reason.since),
            monitoring: reason.is_some_and(|reason| reason.code == MONITORING),
            claims: claims.claims.iter().filter_map(said).collect(),
            status: claims.status.as_ref().map(|status| [&status.uri, " · ", &status.idx.to_string()].concat()),
            key: to_base64url(&shown.held.key().id()),
        })
    }
}
