//! What a holder asks of the authority later: declarations, check-ins, renewals, appeals. Each is made unsigned; the key that it names
//! signs [`Unsigned::message`], and [`Unsigned::finish`] closes it.

use super::holder::Pass;
use crate::{
    cbor::Value,
    cose::Unsigned,
    keys::PublicKey,
    time::UnixTime,
    token::{Body, Head, Possession, Renewal, Request},
};

impl Pass {
    /// A request to the issuer of this credential, to be signed by this phone's key: a `Report`, an `Appeal`, an `AppealInquiry`. Sent
    /// again it keeps its identifier. The issuer takes it from the credential's own holder only.
    #[must_use]
    pub fn request<B: Body>(&self, body: B, id: [u8; 16], now: UnixTime) -> Unsigned {
        Request { head: self.head(self.key().clone(), id, now), body }.to_unsigned()
    }

    /// A new key's part of a renewal, to be signed by the new key. It has the identifier of the renewal.
    #[must_use]
    pub fn possession(&self, new: PublicKey, id: [u8; 16], now: UnixTime) -> Unsigned {
        let body = Possession { renewing: self.key().clone() };
        Request { head: self.head(new, id, now), body }.to_unsigned()
    }

    /// A renewal by this credential, to be signed by this phone's key; `possessions` are the signed parts of at most
    /// [`MAX_KEYS`](crate::token::MAX_KEYS) new keys. With `replace` every other credential of the person ends at once.
    #[must_use]
    pub fn renewal(&self, possessions: Vec<Value>, replace: bool, id: [u8; 16], now: UnixTime) -> Unsigned {
        self.request(Renewal { credential: self.whole(), possessions, replace }, id, now)
    }

    fn head(&self, key: PublicKey, id: [u8; 16], now: UnixTime) -> Head {
        Head { audience: self.claims().issuer.clone(), issued_at: now, id, key }
    }
}
