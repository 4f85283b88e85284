//! Application for a credential: signed by the key that the credential shall be bound to.
//!
//! ```cddl
//! application = COSE_Sign1, protected {1: -9, 16: "application/tongma-application+cwt"}, payload:
//!   {3 (aud): tstr, 6 (iat): int, 7 (cti): bstr .size 16, 8 (cnf): {1: COSE_Key},
//!    -65538: {1: name tstr, 2: kind uint, 3: number tstr, 4: phone tstr, ? particulars, ? ward, ? region}}
//! particulars = (? 5: address tstr, 6: declaration, 7: truth bool, 8: consent uint)
//! ward        = (9: relation uint, ? 10: guardian's consent true)   ; only with particulars
//! region      = (11: uint)   ; GB/T 2260, only with particulars; the authority's own where it is not said
//! ```
//! The identifier (`cti`) and the key stay the same however often the application is sent; the authority answers the pair once.
//! An application of a program that asked for less has no particulars: it can be read, and the authority says what is missing.

use crate::{
    cbor::{self, Limits, Value, map},
    cose::Unsigned,
    keys::PublicKey,
    labels::{APPLICATION_TYP, claim, form},
    reason::{Layer, Reason},
    signature::Unverified,
    time::UnixTime,
    token::{Declaration, DocumentKind, Relation, identity, request::Head},
};

const LAYER: Layer = Layer::Application;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// Version of the text that a person agrees to when applying; a later text has a greater number.
pub const CONSENT_VERSION: u32 = 1;

/// What a form asks for beside name, document and phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Particulars {
    /// Where the person is staying, if said.
    pub address: Option<String>,
    /// What is declared.
    pub declaration: Declaration,
    /// The person states that all of it is true.
    pub truth: bool,
    /// Version of the text that the person agreed to; 0 is none.
    pub consent: u32,
}

impl Particulars {
    /// Whether they can be taken.
    ///
    /// # Errors
    /// `field-empty` or `field-too-long` of the address, `measurement-implausible`, `truth-not-stated`, `consent-missing`.
    pub fn check(&self) -> Result<(), Reason> {
        self.address.as_deref().map_or(Ok(()), identity::check_address)?;
        self.declaration.check()?;
        if !self.truth {
            return Err(Reason::TruthNotStated);
        }
        if self.consent == CONSENT_VERSION { Ok(()) } else { Err(Reason::ConsentMissing { version: CONSENT_VERSION }) }
    }
}

/// What a guardian says who applies for somebody without a phone: the credential is then bound to a key of the guardian's phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ward {
    /// What the guardian is to the person.
    pub relation: Relation,
    /// The guardian's consent to what becomes of a child's data.
    pub consent: bool,
}

impl Ward {
    /// Whether the person is a child whose guardian has to consent. Where nothing says how old the person is, only a child of hers or a
    /// spouse of his can't have a guardian.
    #[must_use]
    pub fn is_child(relation: Relation, born: Option<UnixTime>, now: UnixTime) -> bool {
        match born {
            Some(born) => identity::age(born, now) < identity::OWN_CONSENT,
            None => !matches!(relation, Relation::Child | Relation::Spouse),
        }
    }

    /// Whether it can be taken for the person of this document.
    ///
    /// # Errors
    /// `guardian-consent-missing`.
    pub fn check(&self, kind: DocumentKind, number: &str, now: UnixTime) -> Result<(), Reason> {
        let missing = !self.consent && Self::is_child(self.relation, identity::birth_of(kind, number), now);
        if missing { Err(Reason::GuardianConsentMissing) } else { Ok(()) }
    }
}

/// What a person applies with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// The authority that it is for.
    pub audience: String,
    /// When it was signed.
    pub issued_at: UnixTime,
    /// Identifier of the application.
    pub id: [u8; 16],
    /// The applying key.
    pub key: PublicKey,
    /// Full name.
    pub name: String,
    /// Kind of the identity document.
    pub document_kind: DocumentKind,
    /// Its number.
    pub document_number: String,
    /// Mobile phone.
    pub phone: String,
    /// The rest of the form; none in applications of programs that did not ask for it.
    pub particulars: Option<Particulars>,
    /// Where a guardian applies for the person.
    pub ward: Option<Ward>,
    /// The region whose code is wanted, GB/T 2260; the authority's own where it is not said.
    pub region: Option<u32>,
}

impl Application {
    /// The application before its signature by the applying key.
    #[must_use]
    pub fn to_unsigned(&self) -> Unsigned {
        let rest = self.particulars.as_ref();
        let form = map([
            (form::NAME, Some(Value::text(&self.name))),
            (form::DOCUMENT_KIND, Some(Value::Int(self.document_kind.number()))),
            (form::DOCUMENT_NUMBER, Some(Value::text(&self.document_number))),
            (form::PHONE, Some(Value::text(&self.phone))),
            (form::ADDRESS, rest.and_then(|rest| rest.address.as_ref()).map(Value::text)),
            (form::DECLARATION, rest.map(|rest| rest.declaration.to_value())),
            (form::TRUTH, rest.map(|rest| Value::bool(rest.truth))),
            (form::CONSENT, rest.map(|rest| Value::Int(rest.consent.into()))),
            (form::RELATION, self.ward.map(|ward| Relation::to_value(Some(ward.relation)))),
            (form::GUARDIAN, self.ward.filter(|ward| ward.consent).map(|_| Value::bool(true))),
            (form::REGION, self.region.map(|region| Value::Int(region.into()))),
        ]);
        self.head().with(APPLICATION_TYP, claim::APPLICATION, form)
    }

    /// Who applies, and when.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { audience: self.audience.clone(), issued_at: self.issued_at, id: self.id, key: self.key.clone() }
    }

    /// Reads an application; the check is of its signature by the key that it names itself.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed`, a `cbor-…` reason.
    pub fn parse(bytes: &[u8]) -> Result<Unverified<Self>, Reason> {
        let (head, form, envelope) = Head::read(&cbor::decode(bytes, Limits::TOKEN)?, APPLICATION_TYP, claim::APPLICATION, LAYER)?;
        let check = envelope.check(vec![head.key.clone()]);
        let application = Self::from_form(head, &form).ok_or(MALFORMED)?;
        Ok(Unverified::new(application, vec![check]))
    }

    fn from_form(head: Head, form: &Value) -> Option<Self> {
        let form = form.as_map().filter(|form| form.only(&form::ALL))?;
        let text = |key: i64| form.get(key)?.as_text().map(str::to_owned);
        let particulars = match form.0.iter().any(|(key, _)| key.as_int() > Some(form::PHONE)) {
            false => None,
            true => Some(Particulars {
                address: match form.get(form::ADDRESS) {
                    None => None,
                    Some(address) => Some(address.as_text()?.to_owned()),
                },
                declaration: Declaration::from_value(form.get(form::DECLARATION)?)?,
                truth: form.get(form::TRUTH)?.as_bool()?,
                consent: u32::try_from(form.get(form::CONSENT)?.as_int()?).ok()?,
            }),
        };
        let ward = match (form.get(form::RELATION), form.get(form::GUARDIAN)) {
            (None, None) => None,
            (None, Some(_)) => return None,
            (Some(relation), consent) => Some(Ward {
                relation: Relation::from_value(relation)??,
                consent: match consent {
                    None => false,
                    Some(said) => said.as_bool().filter(|said| *said)?,
                },
            }),
        };
        let region = match form.get(form::REGION) {
            None => None,
            Some(region) => Some(u32::try_from(region.as_int()?).ok()?),
        };
        let Head { audience, issued_at, id, key } = head;
        Some(Self {
            audience,
            issued_at,
            id,
            key,
            name: text(form::NAME)?,
            document_kind: DocumentKind::from_number(form.get(form::DOCUMENT_KIND)?.as_int()?)?,
            document_number: text(form::DOCUMENT_NUMBER)?,
            phone: text(form::PHONE)?,
            particulars,
            ward,
            region,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entropy::Entropy, keys::SecretKey};

    #[test]
    fn a_child_needs_the_consent_of_its_guardian() {
        let (child, elder) = ("110105201501010025", "11010519491231002X");
        let now = UnixTime(1_800_000_000);
        let check = |relation, consent, number: &str| Ward { relation, consent }.check(DocumentKind::IdCard, number, now);
        assert_eq!(check(Relation::Parent, false, child), Err(Reason::GuardianConsentMissing));
        assert_eq!((check(Relation::Parent, true, child), check(Relation::Child, false, elder)), (Ok(()), Ok(())));
        let unknown = |relation| Ward { relation, consent: false }.check(DocumentKind::Passport, "E12345678", now);
        assert_eq!((unknown(Relation::Parent), unknown(Relation::Child)), (Err(Reason::GuardianConsentMissing), Ok(())));
    }

    #[test]
    fn round_trip_and_its_own_key_only() {
        let mut entropy = Entropy::new([5; 32]);
        let (key, other) = (SecretKey::generate(&mut entropy), SecretKey::generate(&mut entropy));
        let application = Application {
            audience: "tm:36".into(),
            issued_at: UnixTime(1_800_000_000),
            id: [7; 16],
            key: key.public(),
            name: "甲乙丙".into(),
            document_kind: DocumentKind::Passport,
            document_number: "E12345678".into(),
            phone: "13800138000".into(),
            particulars: None,
            ward: None,
            region: None,
        };
        let sign = |by: &SecretKey| {
            let unsigned = application.to_unsigned();
            let signature = by.sign(&unsigned.message());
            unsigned.finish(&signature).encode()
        };
        let read = Application::parse(&sign(&key)).unwrap().check_here();
        assert_eq!(read.map(crate::signature::Verified::into_inner), Ok(application.clone()));
        assert!(Application::parse(&sign(&other)).unwrap().check_here().is_err());
        assert_eq!(Application::parse(&[0xa0]).unwrap_err(), MALFORMED);
    }
}
