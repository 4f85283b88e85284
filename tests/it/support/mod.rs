//! A small world with real keys: a root, two issuers, a holder, a bundle and a status list.
#![allow(dead_code, clippy::unwrap_used)]

pub mod delegation_vectors;
pub mod foreign;
pub mod foreign_vectors;

use tongma::{
    cbor::{Map, Value},
    entropy::Entropy,
    keys::SecretKey,
    labels::ANY_AUDIENCE,
    roles::{issuer, verifier::TrustStore},
    time::UnixTime,
    token::{
        Binding, ClaimName, Colour, CredentialClaims, Presentation, StatusReference, from_text,
        status::{REVOKED, SUSPENDED, StatusArray, StatusList, YELLOW},
        to_text,
        trust::{Issuer, IssuerKey, KeyUse, KeyUses, Lifetimes, ListEntry, TrustBundle},
    },
};

/// The time at which the world stands.
pub const NOW: UnixTime = UnixTime(1_800_000_000);
/// The issuer of most credentials.
pub const ISSUER: &str = "tm:36";
/// The second issuer; its key is not the first one's.
pub const OTHER: &str = "tm:33";
/// The status list of the first issuer.
pub const LIST: &str = "tm:36/0";

/// All the parties' keys.
pub struct World {
    pub root: SecretKey,
    pub issuer: SecretKey,
    pub other: SecretKey,
    pub status_only: SecretKey,
    pub regional: SecretKey,
    pub holder: SecretKey,
}

impl World {
    pub fn new() -> Self {
        let mut entropy = Entropy::new([42; 32]);
        let mut key = || SecretKey::generate(&mut entropy);
        Self { root: key(), issuer: key(), other: key(), status_only: key(), regional: key(), holder: key() }
    }

    pub fn bundle(&self) -> TrustBundle {
        let key = |key: &SecretKey, uses: &[KeyUse], regions: &[u32]| IssuerKey {
            key: key.public(),
            uses: KeyUses::of(uses),
            regions: regions.to_vec(),
        };
        let all = [KeyUse::Credential, KeyUse::Status];
        let issuer = |keys| Issuer { name: tongma::table::Table::from([("en".into(), "Test".into())]), keys };
        TrustBundle {
            seq: 7,
            issued_at: NOW.plus(-3600),
            expires_at: NOW.plus(30 * 86_400),
            issuers: [
                (
                    ISSUER.to_owned(),
                    issuer(vec![
                        key(&self.issuer, &all, &[0]),
                        key(&self.status_only, &[KeyUse::Status], &[0]),
                        key(&self.regional, &all, &[330_000]),
                    ]),
                ),
                (OTHER.to_owned(), issuer(vec![key(&self.other, &all, &[0])])),
            ]
            .into(),
            lists: [(LIST.to_owned(), ListEntry { path: "status/0.cbor".into(), issuer: ISSUER.into() })].into(),
            lifetimes: Lifetimes::default(),
            foreign: foreign::keys(),
            people: None,
            rules: Vec::new(),
        }
    }

    /// Index 1 is revoked, 2 suspended, 3 yellow, 4 to 63 valid.
    pub fn list(&self, issued_at: UnixTime) -> Vec<u8> {
        let mut array = StatusArray::new(2, vec![0; 16]).unwrap();
        for (idx, value) in [(1, REVOKED), (2, SUSPENDED), (3, YELLOW)] {
            array.set(idx, value).unwrap();
        }
        let unsigned =
            StatusList::new(LIST.into(), issued_at, Some(issued_at.plus(7 * 86_400)), None, array).to_unsigned(self.issuer.public().id());
        let signature = self.issuer.sign(&unsigned.message());
        unsigned.finish(&signature).encode()
    }

    pub fn store(&self) -> TrustStore {
        self.store_of(&self.bundle(), Some(&self.list(NOW.plus(-600))))
    }

    pub fn store_of(&self, bundle: &TrustBundle, list: Option<&[u8]>) -> TrustStore {
        let mut store = TrustStore::default();
        store.accept_bundle(TrustBundle::open(&bundle.sign(&self.root), &self.root.public()).unwrap()).unwrap();
        if let Some(list) = list {
            store.accept_list(StatusList::parse(list, bundle).unwrap().check_here().unwrap());
        }
        store
    }

    pub fn claims(&self) -> CredentialClaims {
        CredentialClaims {
            issuer: ISSUER.into(),
            issued_at: NOW.plus(-86_400),
            expires_at: NOW.plus(6 * 86_400),
            holder: self.holder.public(),
            colour: Colour::Green,
            region: 360_000,
            reason: None,
            kind: 0,
            relation: None,
            status: Some(StatusReference { idx: 9, uri: LIST.into() }),
            claims: [(ClaimName::Name, Value::text("甲**"))].into(),
        }
    }

    pub fn binding(&self) -> Binding {
        Binding { audience: ANY_AUDIENCE.into(), issued_at: NOW.plus(-60), expires_at: NOW.plus(840), nonce: None, group: None }
    }

    pub fn credential(&self, claims: &CredentialClaims) -> Value {
        self.credential_by(&self.issuer, claims, &[])
    }

    pub fn credential_by(&self, key: &SecretKey, claims: &CredentialClaims, redact: &[ClaimName]) -> Value {
        issuer::issue(key, claims, redact, &mut Entropy::new([9; 32]))
    }

    pub fn present(&self, credential: Value, binding: &Binding) -> String {
        let unsigned = Presentation::unsigned(credential, binding);
        let signature = self.holder.sign(&unsigned.message());
        to_text(&unsigned.finish(&signature))
    }

    /// A presentation in which nothing is wrong.
    pub fn good(&self) -> String {
        self.present(self.credential(&self.claims()), &self.binding())
    }

    /// Signs arbitrary claims and headers as the holder's token.
    pub fn sign_raw(&self, key: &SecretKey, protected: Vec<(i64, Value)>, unprotected: Map, payload: &Value) -> Value {
        let unsigned = tongma::cose::Unsigned::new(protected, unprotected, payload);
        let signature = key.sign(&unsigned.message());
        unsigned.finish(&signature)
    }
}

/// The bytes within a text.
pub fn bytes_of(text: &str) -> Vec<u8> {
    tongma::base45::decode(text.strip_prefix("TM1:").unwrap()).unwrap()
}

/// A text of any bytes.
pub fn text_of(bytes: &[u8]) -> String {
    format!("TM1:{}", tongma::base45::encode(bytes))
}

/// Reads a text back into its value.
pub fn value_of(text: &str) -> Value {
    from_text(text).unwrap()
}
