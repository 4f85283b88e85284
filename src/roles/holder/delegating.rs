//! Both sides of a delegation: the holder who lets another phone show the credential, and the guardian who shows it then.
//!
//! The guardian's phone makes a key for this person alone and shows a request; the holder's phone scans it, asks its person, signs and shows
//! the grant; the guardian's phone scans that. Nothing goes over a network. Who moves to a new phone does the same with the own one.

use super::{DelegatedCredential, HeldCredential, issuer_check};
use crate::{
    cose::Unsigned,
    keys::PublicKey,
    reason::{Layer, Reason},
    signature::{SignatureCheck, Unverified, Verified},
    time::{UnixTime, defaults::DELEGATION_MAX_LIFETIME_S},
    token::{ClaimName, DelegationRequest, Grant, Relation, Terms, challenge::tidy_name, trust::TrustBundle},
};

/// What a guardian's phone asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Who asks; cut and cleaned to what a request can carry.
    pub name: String,
    /// What the guardian is to the holder; none for the holder's own new phone.
    pub guardian: Option<Relation>,
    /// The claims to be able to disclose; the own new phone needs none named.
    pub scope: Vec<ClaimName>,
    /// For how long, in seconds.
    pub lifetime_s: i64,
}

impl Asking {
    /// The request by this key, which has to sign it. The nonce is random.
    ///
    /// # Errors
    /// `field-empty` when nothing of the name can be seen, `delegation-too-long`, `times-inconsistent` for no time at all.
    pub fn request(self, key: PublicKey, nonce: [u8; 16], now: UnixTime) -> Result<DelegationRequest, Reason> {
        let Self { name, guardian, scope, lifetime_s } = self.tidy()?;
        Ok(DelegationRequest { name, guardian, scope, lifetime_s, key, nonce, issued_at: now })
    }

    /// The same as a request can carry it.
    ///
    /// # Errors
    /// As [`Asking::request`].
    pub fn tidy(self) -> Result<Self, Reason> {
        if self.lifetime_s > DELEGATION_MAX_LIFETIME_S {
            return Err(Reason::DelegationTooLong);
        }
        if self.lifetime_s <= 0 {
            return Err(Reason::TimesInconsistent);
        }
        let name = tidy_name(&self.name).ok_or(Reason::FieldEmpty)?;
        let scope = if self.guardian.is_some() { self.scope } else { Vec::new() };
        Ok(Self { name, scope, ..self })
    }
}

/// What a holder grants of a request: as much as was asked for, or less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granting {
    /// The claims that the guardian may disclose; the own new phone may disclose all.
    pub scope: Vec<ClaimName>,
    /// For how long, in seconds; it never outlives the credential.
    pub lifetime_s: i64,
}

impl Granting {
    /// All that a request asks for.
    #[must_use]
    pub fn all_of(request: &DelegationRequest) -> Self {
        Self { scope: request.scope.clone(), lifetime_s: request.lifetime_s }
    }
}

impl HeldCredential {
    /// Prepares the delegation that answers a request; the holder's key has to sign it, and [`Grant`] carries it back. `answered` are the
    /// nonces of the requests granted before.
    ///
    /// # Errors
    /// `expired` (of the request, of the credential), `not-yet-valid`, `request-answered`, `delegation-to-self`, `delegation-too-long`,
    /// `delegation-scope` for more than was asked for, `times-inconsistent` for no time at all.
    pub fn delegate(
        &self,
        request: &Verified<DelegationRequest>,
        granting: &Granting,
        answered: &[[u8; 16]],
        now: UnixTime,
    ) -> Result<(Unsigned, Terms), Reason> {
        let request = request.get();
        request.fitness(now)?;
        if answered.contains(&request.nonce) {
            return Err(Reason::RequestAnswered);
        }
        if granting.scope.iter().any(|name| !request.scope.contains(name)) {
            return Err(Reason::DelegationScope);
        }
        if now >= self.claims.expires_at {
            return Err(Reason::Expired { layer: Layer::Credential, expired_at: self.claims.expires_at });
        }
        // A phone a little behind its issuer must not contradict it.
        let issued_at = now.max(self.claims.issued_at);
        if granting.lifetime_s > DELEGATION_MAX_LIFETIME_S {
            return Err(Reason::DelegationTooLong);
        }
        let terms = Terms {
            delegate: request.key.clone(),
            issued_at,
            expires_at: issued_at.plus(granting.lifetime_s).min(self.claims.expires_at),
            guardian: request.guardian,
            scope: granting.scope.clone(),
        };
        // What is not granted goes out of the token, so only times and key are left to be wrong.
        match terms.faults(&self.token, &self.claims).find(|fault| *fault != Reason::DelegationScope) {
            Some(fault) => Err(fault),
            None => Ok((terms.to_unsigned(&self.token), terms)),
        }
    }
}

impl DelegatedCredential {
    /// Reads a grant that was just received; the checks are of the issuer's signature by a key that the bundle trusts, and of the holder's.
    ///
    /// # Errors
    /// `grant-mismatch` when it answers another request or allows more than was asked for, why it can't be read, and why its issuer is
    /// not trusted.
    pub fn receive(text: &str, request: &DelegationRequest, bundle: &TrustBundle) -> Result<Unverified<Self>, Reason> {
        let grant = Grant::from_text(text)?;
        let delegated = Self::from_token(&grant.delegation)?;
        let terms = delegated.terms();
        let widened = terms.scope.iter().any(|name| !request.scope.contains(name));
        if grant.nonce != request.nonce || terms.delegate != request.key || terms.guardian != request.guardian || widened {
            return Err(Reason::GrantMismatch);
        }
        let issuer = issuer_check(&delegated.held.token, delegated.claims(), bundle)?;
        let holder = delegated.holder_check();
        Ok(Unverified::new(delegated, vec![issuer, holder]))
    }

    /// As a renewal brings it, for the issuer itself: the checks are by its own key, and of the holder's signature.
    #[must_use]
    pub fn issued_by(self, key: PublicKey) -> Unverified<Self> {
        let issuer = self.held.token.envelope.check(vec![key]);
        let holder = self.holder_check();
        Unverified::new(self, vec![issuer, holder])
    }

    fn holder_check(&self) -> SignatureCheck {
        self.delegation.envelope.check(vec![self.claims().holder.clone()])
    }
}
