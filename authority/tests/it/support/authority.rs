//! An authority in a folder of its own, and applications to it.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use tongma::{
    entropy::Entropy,
    keys::{PublicKey, SecretKey},
    time::UnixTime,
    token::{Application, CONSENT_VERSION, DocumentKind, Particulars, status::StatusList, trust::TrustBundle},
};
use tongma_authority::Authority;

/// A folder that goes with its owner.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tongma-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn key(seed: u8) -> SecretKey {
    SecretKey::generate(&mut Entropy::new([seed; 32]))
}

/// An application in which nothing is wrong, of the person with this number.
pub fn application(person: u8, issued_at: UnixTime) -> Application {
    Application {
        audience: "tm:36".into(),
        issued_at,
        id: [person; 16],
        key: key(person).public(),
        name: "甲乙丙".into(),
        document_kind: DocumentKind::IdCard,
        document_number: "11010519491231002X".into(),
        phone: "13800138000".into(),
        particulars: Some(Particulars { truth: true, consent: CONSENT_VERSION, ..Particulars::default() }),
        ward: None,
        region: None,
    }
}

/// The application's bytes, signed by this key.
pub fn signed_by(key: &SecretKey, application: &Application) -> Vec<u8> {
    let unsigned = application.to_unsigned();
    let signature = key.sign(&unsigned.message());
    unsigned.finish(&signature).encode()
}

/// What an authority publishes, checked as a verifier does.
pub struct Published {
    pub bundle: TrustBundle,
    pub list: StatusList,
}

pub fn root(authority: &Authority) -> PublicKey {
    PublicKey::from_sec1(&tongma::text::from_base64url(&authority.deployment().root_key).unwrap()).unwrap()
}

pub fn published(authority: &Authority) -> Published {
    let read = |name: &str| std::fs::read(authority.public_dir().join(name)).unwrap();
    let bundle = TrustBundle::open(&read("bundle.cbor"), &root(authority)).unwrap().into_inner();
    let path = &bundle.list("tm:36/0").unwrap().path;
    let list = StatusList::parse(&read(path), &bundle).unwrap().check_here().unwrap().into_inner();
    Published { bundle, list }
}
