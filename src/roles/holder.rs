//! The holder: keeps credentials and presents them.

#[cfg(feature = "everyday")]
mod delegating;
mod pass;

#[cfg(feature = "everyday")]
pub use delegating::{Asking, Granting};
pub use pass::{DelegatedCredential, Pass};

use crate::{
    cbor::Value,
    cose::Unsigned,
    keys::PublicKey,
    labels::ANY_AUDIENCE,
    reason::{Layer, Reason},
    signature::{SignatureCheck, Unverified},
    time::{UnixTime, defaults::PRESENTATION_LIFETIME_S},
    token::{
        Binding, ClaimName, CredentialClaims, GroupMark, Presentation, SdCwt, from_text,
        trust::{KeyUse, TrustBundle},
    },
};

/// A credential as its holder sees it: everything disclosed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCredential {
    token: SdCwt,
    claims: CredentialClaims,
}

/// For whom a presentation is made, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Showing {
    /// The redactable claims to disclose; those in the clear are always seen.
    pub disclose: Vec<ClaimName>,
    /// The audience: the group audience or one venue.
    pub audience: String,
    /// The venue's challenge.
    pub nonce: Option<Vec<u8>>,
    /// The people who walk together with this one.
    pub group: Option<GroupMark>,
}

impl Default for Showing {
    fn default() -> Self {
        Self { disclose: Vec::new(), audience: ANY_AUDIENCE.to_owned(), nonce: None, group: None }
    }
}

impl Showing {
    /// What a presentation says that is made now, of what begins and ends then.
    fn bind(&self, layer: Layer, begins: UnixTime, expired_at: UnixTime, now: UnixTime) -> Result<Binding, Reason> {
        if now >= expired_at {
            return Err(Reason::Expired { layer, expired_at });
        }
        // A phone a little behind whom it has this from must not contradict that one.
        let issued_at = now.max(begins);
        let expires_at = issued_at.plus(PRESENTATION_LIFETIME_S).min(expired_at);
        Ok(Binding { audience: self.audience.clone(), expires_at, issued_at, nonce: self.nonce.clone(), group: self.group.clone() })
    }
}

impl HeldCredential {
    /// Reads a credential's text without checking who signed it: for what was checked before it was stored.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn read(text: &str) -> Result<Self, Reason> {
        Self::from_token(&from_text(text)?)
    }

    /// As [`HeldCredential::read`], from the token itself.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn from_token(token: &Value) -> Result<Self, Reason> {
        let token = SdCwt::parse(token)?;
        token.envelope.demand_p256()?;
        let claims = CredentialClaims::from_map(&token.reveal()?)?;
        Ok(Self { token, claims })
    }

    /// Reads a credential that was just received; the checks are of the issuer's signature by a key that the bundle trusts.
    ///
    /// # Errors
    /// Why it can't be read, or why its issuer is not trusted.
    pub fn receive(text: &str, bundle: &TrustBundle) -> Result<Unverified<Self>, Reason> {
        let held = Self::read(text)?;
        let check = issuer_check(&held.token, &held.claims, bundle)?;
        Ok(Unverified::new(held, vec![check]))
    }

    /// As [`HeldCredential::receive`], for the issuer itself: the check is by its own key.
    #[must_use]
    pub fn issued_by(self, key: PublicKey) -> Unverified<Self> {
        let check = self.token.envelope.check(vec![key]);
        Unverified::new(self, vec![check])
    }

    /// What the credential says.
    #[must_use]
    pub const fn claims(&self) -> &CredentialClaims {
        &self.claims
    }

    /// When the last third of its life begins: from then on it is to be renewed.
    #[must_use]
    pub const fn ages_at(&self) -> UnixTime {
        let CredentialClaims { issued_at, expires_at, .. } = &self.claims;
        expires_at.plus(-(expires_at.since(*issued_at) / 3))
    }

    /// The claims that can be disclosed or kept back.
    #[must_use]
    pub fn redactable(&self) -> Vec<ClaimName> {
        let keys: Vec<_> = self.token.disclosed_keys().collect();
        ClaimName::ALL.into_iter().filter(|name| keys.contains(&&Value::Int(name.key()))).collect()
    }

    /// A claim, if a presentation that discloses these shows it; what is in the clear always is.
    #[must_use]
    pub fn shown(&self, name: ClaimName, disclose: &[ClaimName]) -> Option<&Value> {
        let kept_back = !disclose.contains(&name) && self.redactable().contains(&name);
        self.claims.claims.get(&name).filter(|_| !kept_back)
    }

    /// Prepares a presentation, valid from `now` for 15 minutes, never longer than the credential. The holder's key has to
    /// sign [`Unsigned::message`].
    ///
    /// # Errors
    /// `expired` when the credential is over.
    pub fn present(&self, showing: &Showing, now: UnixTime) -> Result<(Unsigned, Binding), Reason> {
        let binding = showing.bind(Layer::Credential, self.claims.issued_at, self.claims.expires_at, now)?;
        let wanted = |key: &Value| showing.disclose.iter().any(|name| key == &Value::Int(name.key()));
        Ok((Presentation::unsigned(self.token.with_only(wanted), &binding), binding))
    }
}

/// The check of a credential's signature by the keys that the bundle trusts for it.
fn issuer_check(token: &SdCwt, claims: &CredentialClaims, bundle: &TrustBundle) -> Result<SignatureCheck, Reason> {
    let kid = token.envelope.kid();
    let keys = bundle.keys_for(&claims.issuer, kid, KeyUse::Credential, Some(claims.region), Layer::Credential)?;
    Ok(token.envelope.check(keys))
}
