//! A person with a phone: keys, a credential, and what is asked with them.
#![allow(dead_code, clippy::unwrap_used)]

use super::authority::{application, key, signed_by};
use serde::de::DeserializeOwned;
use tongma::{
    cbor::Value,
    cose::Unsigned,
    keys::SecretKey,
    reason::Reason,
    roles::holder::Pass,
    time::UnixTime,
    token::{Application, Body, Declaration, Renewed, Report, ReportKind, Symptom},
};
use tongma_authority::{Authority, AuthorityError};

pub type Asked = fn(&Authority, &[u8], UnixTime) -> Result<String, AuthorityError>;

/// Somebody who holds a credential.
pub struct Person {
    pub key: SecretKey,
    pub held: Pass,
    pub text: String,
}

pub fn sign(key: &SecretKey, unsigned: Unsigned) -> Value {
    let signature = key.sign(&unsigned.message());
    unsigned.finish(&signature)
}

/// A valid number of an identity card that ends differently for each person.
pub fn document(person: u8) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("11010519491231{person:03}");
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

/// An application of this person, whose document is nobody else's.
pub fn form(person: u8, now: UnixTime) -> Application {
    Application { document_number: document(person), ..application(person, now) }
}

pub fn declares(declaration: Declaration, application: Application) -> Application {
    let particulars = application.particulars.map(|particulars| tongma::token::Particulars { declaration, ..particulars });
    Application { particulars, ..application }
}

pub fn refused(error: AuthorityError) -> Reason {
    match error {
        AuthorityError::Refused(reason) => reason,
        other => panic!("{other}"),
    }
}

pub fn ask<T: DeserializeOwned>(authority: &Authority, how: Asked, token: &Value, now: UnixTime) -> Result<T, Reason> {
    how(authority, &token.encode(), now).map(|answer| serde_json::from_str(&answer).unwrap()).map_err(refused)
}

impl Person {
    /// Applies with the key of this number.
    pub fn applies(authority: &Authority, form: &Application, seed: u8, now: UnixTime) -> Self {
        let form = Application { key: key(seed).public(), ..form.clone() };
        Self::with(key(seed), authority.apply(&signed_by(&key(seed), &form), now).unwrap())
    }

    pub fn with(key: SecretKey, text: String) -> Self {
        Self { key, held: Pass::read(&text).unwrap(), text }
    }

    pub fn idx(&self) -> u32 {
        self.held.claims().status.as_ref().unwrap().idx
    }

    pub fn request<B: Body>(&self, body: B, id: u8, now: UnixTime) -> Value {
        sign(&self.key, self.held.request(body, [id; 16], now))
    }

    pub fn check_in(&self, declaration: Declaration, now: UnixTime) -> Value {
        let id = u8::try_from(now.0 / 86_400 % 251).unwrap();
        self.request(Report { kind: ReportKind::CheckIn, declaration }, id, now)
    }

    pub fn renewal(&self, new: &[u8], replace: bool, id: u8, now: UnixTime) -> Value {
        let possessions = new.iter().map(|seed| sign(&key(*seed), self.held.possession(key(*seed).public(), [id; 16], now)));
        sign(&self.key, self.held.renewal(possessions.collect(), replace, [id; 16], now))
    }

    pub fn renews(&self, authority: &Authority, new: &[u8], replace: bool, id: u8, now: UnixTime) -> Result<Vec<Self>, Reason> {
        let renewed: Renewed = ask(authority, Authority::renew, &self.renewal(new, replace, id, now), now)?;
        Ok(renewed.credentials.into_iter().zip(new).map(|(text, seed)| Self::with(key(*seed), text)).collect())
    }
}

pub fn well() -> Declaration {
    Declaration { temperature: Some(366), ..Declaration::default() }
}

pub fn ill() -> Declaration {
    Declaration { symptoms: [Symptom::ColdLike].into_iter().collect(), ..well() }
}
