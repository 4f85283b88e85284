//! What a phone can show: the own credential, or one whose holder has delegated it to a key of this phone.

use super::{HeldCredential, Showing};
use crate::{
    cbor::Value,
    cose::Unsigned,
    keys::PublicKey,
    labels::GRANT_TAG,
    reason::{Layer, Reason},
    time::UnixTime,
    token::{Binding, ClaimName, CredentialClaims, Delegation, Grant, Presentation, Terms, from_text},
};

/// Somebody else's credential, or that of one's old phone, as its guardian sees it. It can be presented, never delegated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegatedCredential {
    pub(super) delegation: Delegation,
    pub(super) held: HeldCredential,
}

impl DelegatedCredential {
    /// Reads a grant without checking who signed it: for what was checked before it was stored.
    ///
    /// # Errors
    /// Why it can't be read, and what is wrong with its terms.
    pub fn read(text: &str) -> Result<Self, Reason> {
        Self::from_token(&Grant::from_text(text)?.delegation)
    }

    /// As [`DelegatedCredential::read`], from the delegation itself.
    ///
    /// # Errors
    /// Why it can't be read, and what is wrong with its terms.
    pub fn from_token(token: &Value) -> Result<Self, Reason> {
        let (delegation, token) = Delegation::parse(token)?;
        let claims = CredentialClaims::from_map(&token.reveal()?)?;
        let fault = delegation.terms.faults(&token, &claims).next();
        fault.map_or(Ok(Self { delegation, held: HeldCredential { token, claims } }), Err)
    }

    /// What the credential says.
    #[must_use]
    pub const fn claims(&self) -> &CredentialClaims {
        self.held.claims()
    }

    /// What the holder allowed.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.delegation.terms
    }

    /// Prepares a presentation, valid from `now` for 15 minutes, never longer than the delegation. The guardian's key has to sign it.
    ///
    /// # Errors
    /// `delegation-scope` when it shall disclose what was not granted, `expired` when the delegation is over.
    pub fn present(&self, showing: &Showing, now: UnixTime) -> Result<(Unsigned, Binding), Reason> {
        let terms = self.terms();
        if showing.disclose.iter().any(|name| !terms.grants(&Value::Int(name.key()))) {
            return Err(Reason::DelegationScope);
        }
        let binding = showing.bind(Layer::Delegation, terms.issued_at, terms.expires_at, now)?;
        let wanted = |key: &Value| showing.disclose.iter().any(|name| key == &Value::Int(name.key()));
        Ok((Presentation::unsigned(self.delegation.with_only(&self.held.token, wanted), &binding), binding))
    }
}

/// What a phone can show. Nearly always it is the own credential, which is as large as it is anyway.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// A credential that is bound to a key of this phone.
    Own(HeldCredential),
    /// One that its holder has delegated to a key of this phone.
    Delegated(Box<DelegatedCredential>),
}

impl From<HeldCredential> for Pass {
    fn from(held: HeldCredential) -> Self {
        Self::Own(held)
    }
}

impl From<DelegatedCredential> for Pass {
    fn from(delegated: DelegatedCredential) -> Self {
        Self::Delegated(Box::new(delegated))
    }
}

impl Pass {
    /// Reads a credential's text, or that of a grant, without checking who signed it: for what was checked before it was stored.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn read(text: &str) -> Result<Self, Reason> {
        match from_text(text)? {
            Value::Tag(GRANT_TAG, _) => DelegatedCredential::read(text).map(Self::from),
            token => HeldCredential::from_token(&token).map(Self::from),
        }
    }

    const fn held(&self) -> &HeldCredential {
        match self {
            Self::Own(held) => held,
            Self::Delegated(delegated) => &delegated.held,
        }
    }

    /// What the holder allowed; none for the own credential.
    #[must_use]
    pub const fn terms(&self) -> Option<&Terms> {
        match self {
            Self::Own(_) => None,
            Self::Delegated(delegated) => Some(delegated.terms()),
        }
    }

    /// Whether it is somebody else's, who lets this phone show it.
    #[must_use]
    pub const fn is_lent(&self) -> bool {
        matches!(self.terms(), Some(Terms { guardian: Some(_), .. }))
    }

    /// What the credential says.
    #[must_use]
    pub const fn claims(&self) -> &CredentialClaims {
        self.held().claims()
    }

    /// The key that signs presentations.
    #[must_use]
    pub const fn key(&self) -> &PublicKey {
        match self.terms() {
            Some(terms) => &terms.delegate,
            None => &self.claims().holder,
        }
    }

    /// When it begins: no clock before this is right.
    #[must_use]
    pub const fn begins_at(&self) -> UnixTime {
        match self.terms() {
            Some(terms) => terms.issued_at,
            None => self.claims().issued_at,
        }
    }

    /// When it ends.
    #[must_use]
    pub const fn ends_at(&self) -> UnixTime {
        match self.terms() {
            Some(terms) => terms.expires_at,
            None => self.claims().expires_at,
        }
    }

    /// From when on it is to be renewed: what moved to this phone at once, for only the authority can make it this phone's own; what
    /// is somebody else's never.
    #[must_use]
    pub const fn ages_at(&self) -> UnixTime {
        match self.terms() {
            None => self.held().ages_at(),
            Some(Terms { guardian: None, issued_at, .. }) => *issued_at,
            Some(_) => UnixTime(i64::MAX),
        }
    }

    /// The claims that can be disclosed or kept back; what was not granted is not among them.
    #[must_use]
    pub fn redactable(&self) -> Vec<ClaimName> {
        self.held().redactable()
    }

    /// A claim, if a presentation that discloses these shows it; what is in the clear always is.
    #[must_use]
    pub fn shown(&self, name: ClaimName, disclose: &[ClaimName]) -> Option<&Value> {
        self.held().shown(name, disclose)
    }

    /// The credential with all its disclosures, in its delegation where there is one: for its issuer only.
    pub(in crate::roles) fn whole(&self) -> Value {
        match self {
            Self::Own(held) => held.token.with_only(|_| true),
            Self::Delegated(delegated) => delegated.delegation.with_only(&delegated.held.token, |_| true),
        }
    }

    /// Prepares a presentation, valid from `now` for 15 minutes, never longer than what it rests on. It discloses of what is wanted
    /// that which was granted. The key of this phone has to sign [`Unsigned::message`].
    ///
    /// # Errors
    /// `expired` when it is over.
    pub fn present(&self, showing: &Showing, now: UnixTime) -> Result<(Unsigned, Binding), Reason> {
        match self {
            Self::Own(held) => held.present(showing, now),
            Self::Delegated(delegated) => {
                let mut showing = showing.clone();
                showing.disclose.retain(|name| delegated.terms().grants(&Value::Int(name.key())));
                delegated.present(&showing, now)
            }
        }
    }
}
