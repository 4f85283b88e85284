//! What wallets ask: applications, reports, renewals. Each is answered once, however often and however simultaneously it comes.

use super::{
    Authority, AuthorityError, ISSUER, colours, database,
    people::{self, Given, Kind, Person, begin_of, day_of},
    publishing,
};
use rusqlite::Connection;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tongma::{
    cbor::Value,
    keys::PublicKey,
    policy::colour::ColourRules,
    reason::{Layer, Reason},
    roles::holder::{DelegatedCredential, HeldCredential, Pass},
    signature::{Unverified, Verified},
    time::{
        UnixTime,
        defaults::{CLOCK_SLACK_S, CREDENTIAL_LIFETIME_S},
    },
    token::{Application, Body, ClaimName, Delegation, Head, Renewal, Renewed, Report, ReportKind, Request, Terms, identity},
};

/// Oldest request that is taken, in seconds.
const MAX_AGE_S: i64 = 600;
/// How long the answer to a report or appeal is kept for a repeated one, in seconds.
pub(super) const REPEATED_S: i64 = 3600;
/// The most credentials that a person gets by renewals within a day.
const MAX_A_DAY: u32 = 64;

/// An answer, and whether a status changed on the way.
pub(super) type Answered = Result<(String, bool), AuthorityError>;

impl Authority {
    /// Answers an application with a credential's text. The same application, by its identifier and key, gets the same answer
    /// until the credential ends. Another application with the same document and phone is the same person's: what was issued to the
    /// person before is revoked, for the credential is bound to a new phone or anew.
    ///
    /// # Errors
    /// `Refused` with the reason, or what can't be read or written.
    pub fn apply(&self, application: &[u8], now: UnixTime) -> Result<String, AuthorityError> {
        let application = verified(Application::parse(application), Layer::Application)?;
        let identity: [u8; 32] = Sha256::new().chain_update(application.key.to_sec1()).chain_update(application.id).finalize().into();
        let checked = || check_application(&application, now).map_err(AuthorityError::Refused);
        self.once(&identity, now, CREDENTIAL_LIFETIME_S, checked, |connection| {
            let person = people::of_application(connection, &application)?;
            if let Some(particulars) = &application.particulars {
                people::note(connection, person, Kind::Application, &particulars.declaration, now)?;
            }
            let (standing, _) = colours::judge(connection, person, None, now)?;
            let changed = people::revoke_others(connection, person, &[], now)?;
            let request = super::Request {
                colour: standing.colour,
                region: people::region(connection, person)?,
                claims: [(ClaimName::Name, Value::text(identity::mask_name(&application.name)))].into(),
                redact: Vec::new(),
                valid_for_s: CREDENTIAL_LIFETIME_S,
                reason: colours::reason_of(&standing),
                relation: application.ward.map(|ward| ward.relation),
            };
            Ok((self.issue_to(connection, person, &request, &application.key, (now, now))?.0, changed))
        })
    }

    /// Takes a declaration or a check-in and answers with the person's [`Standing`](tongma::token::Standing) as JSON. A second check-in of a day changes nothing
    /// and is answered all the same; a second declaration is refused.
    ///
    /// # Errors
    /// `Refused` with the reason, or what can't be read or written.
    pub fn report(&self, report: &[u8], now: UnixTime) -> Result<String, AuthorityError> {
        let Request { head, body } = verified(Request::<Report>::parse(report), Layer::Request)?;
        let checked = || check_head(&head, now, Layer::Request).and_then(|()| body.declaration.check()).map_err(AuthorityError::Refused);
        self.once(&identity::<Report>(&head), now, REPEATED_S, checked, |connection| {
            let Given { person, colour, .. } = asking(people::by_key(connection, &head.key)?, now)?;
            let noted = people::note(connection, person, Kind::Report(body.kind), &body.declaration, head.issued_at)?;
            if !noted && body.kind == ReportKind::Declaration {
                let again_at = begin_of(day_of(head.issued_at) + 1);
                return Err(AuthorityError::Refused(Reason::DeclaredToday { again_at }));
            }
            let (standing, changed) = colours::judge(connection, person, Some(colour), now)?;
            Ok((json(&standing)?, changed))
        })
    }

    /// Answers a renewal with [`Renewed`] as JSON: one credential for each new key, of the colour that the person has now.
    ///
    /// # Errors
    /// `Refused` with the reason, or what can't be read or written.
    pub fn renew(&self, renewal: &[u8], now: UnixTime) -> Result<String, AuthorityError> {
        let Request { head, body } = verified(Request::<Renewal>::parse(renewal), Layer::Request)?;
        let checked = || check_head(&head, now, Layer::Request).map_err(AuthorityError::Refused);
        self.once(&identity::<Renewal>(&head), now, CREDENTIAL_LIFETIME_S, checked, |connection| {
            let held = self.renewing(&body.credential, now)?;
            let keys = body.keys(&head).map_err(AuthorityError::Refused)?.check_here();
            let keys = keys.map_err(|_| AuthorityError::Refused(Reason::KeyNotProven))?.into_inner();
            let idx = held.claims().status.as_ref().and_then(publishing::index_of).filter(|_| *held.key() == head.key);
            let given = idx.map_or(Ok(None), |idx| people::by_index(connection, idx))?;
            let person = asking(given, now)?.person;
            for key in &keys {
                if people::has_credential(connection, key)? {
                    return Err(AuthorityError::Refused(Reason::KeyDoubled));
                }
            }
            if people::issued_since(connection, person, now.plus(-86_400))? + keys.len() as u32 > MAX_A_DAY {
                return Err(AuthorityError::Refused(Reason::TooManyCredentials));
            }
            let (standing, mut changed) = colours::judge(connection, person, None, now)?;
            let request = super::Request {
                colour: standing.colour,
                region: held.claims().region,
                claims: held.claims().claims.clone(),
                redact: held.redactable(),
                valid_for_s: CREDENTIAL_LIFETIME_S,
                reason: colours::reason_of(&standing),
                relation: held.claims().relation,
            };
            let (mut credentials, mut given) = (Vec::new(), Vec::new());
            // All that are renewed on one day are dated alike: a time to the second would join those of a batch again.
            let times = (begin_of(day_of(now)), now);
            for key in &keys {
                let (text, idx) = self.issue_to(connection, person, &request, key, times)?;
                credentials.push(text);
                given.push(idx);
            }
            if body.replace {
                changed |= people::revoke_others(connection, person, &given, now)?;
            }
            Ok((json(&Renewed { credentials, standing })?, changed))
        })
    }

    /// The credential that a renewal names: the renewing key's own, or one that moved to it from its holder's former phone. A guardian
    /// can't renew.
    fn renewing(&self, token: &Value, now: UnixTime) -> Result<Pass, AuthorityError> {
        let issuer = self.issuer.public();
        if !Delegation::is_one(token) {
            let held = HeldCredential::from_token(token).map(|held| held.issued_by(issuer));
            return Ok(verified(held, Layer::Credential)?.into());
        }
        let moved = DelegatedCredential::from_token(token).map(|moved| moved.issued_by(issuer));
        let moved = verified(moved, Layer::Delegation)?;
        let Terms { guardian, expires_at, .. } = moved.terms();
        if guardian.is_some() {
            return Err(AuthorityError::Refused(Reason::CredentialForeignKey));
        }
        if expires_at.plus(people::RENEWABLE_S) <= now {
            return Err(AuthorityError::Refused(Reason::Expired { layer: Layer::Delegation, expired_at: *expires_at }));
        }
        Ok(moved.into())
    }

    /// Issues a credential to a person, dated as the first of these times says, and notes whose it is.
    fn issue_to(
        &self,
        connection: &Connection,
        person: Person,
        request: &super::Request,
        key: &PublicKey,
        times: (UnixTime, UnixTime),
    ) -> Result<(String, u32), AuthorityError> {
        let mut entropy = super::entropy()?;
        let (text, idx) = self.issue_within(connection, request, key, times, &mut entropy)?;
        people::bind(connection, idx, person, key, request.colour, (times.1, times.0.plus(request.valid_for_s)))?;
        Ok((text, idx))
    }

    /// Gives the answer that is kept, or works one out in a transaction and keeps it; what changed in the status is published.
    pub(super) fn once(
        &self,
        identity: &[u8; 32],
        now: UnixTime,
        kept_for_s: i64,
        checked: impl FnOnce() -> Result<(), AuthorityError>,
        work: impl FnOnce(&Connection) -> Answered,
    ) -> Result<String, AuthorityError> {
        // Looked up before as well: neither a repeated request nor a refused one waits for those who write.
        if let Some(answer) = self.database.read(|connection| database::answer(connection, identity, now))? {
            return Ok(answer);
        }
        checked()?;
        let (answer, changed) = self.database.alone(|connection| {
            if let Some(answer) = database::answer(connection, identity, now)? {
                return Ok((answer, false));
            }
            let (answer, changed) = work(connection)?;
            database::keep_answer(connection, identity, &answer, now.plus(kept_for_s))?;
            Ok((answer, changed))
        })?;
        if changed {
            self.publish(now)?;
        }
        Ok(answer)
    }
}

/// The credential that asks, if it may.
pub(super) fn asking(given: Option<Given>, now: UnixTime) -> Result<Given, AuthorityError> {
    let refused = match given {
        None => Reason::CredentialUnknown,
        Some(given) if given.revoked => Reason::Revoked,
        Some(given) if given.expires_at.plus(people::RENEWABLE_S) <= now => {
            Reason::Expired { layer: Layer::Credential, expired_at: given.expires_at }
        }
        Some(given) => return Ok(given),
    };
    Err(AuthorityError::Refused(refused))
}

/// What stands in a token, once its signatures are found good.
pub(super) fn verified<T>(parsed: Result<Unverified<T>, Reason>, layer: Layer) -> Result<T, AuthorityError> {
    let checked = parsed.map_err(AuthorityError::Refused)?.check_here();
    checked.map(Verified::into_inner).map_err(|_| AuthorityError::Refused(Reason::BadSignature { layer }))
}

pub(super) fn identity<B: Body>(head: &Head) -> [u8; 32] {
    Sha256::new().chain_update(B::TYP).chain_update(head.key.to_sec1()).chain_update(head.id).finalize().into()
}

pub(super) fn json(answer: &impl Serialize) -> Result<String, AuthorityError> {
    serde_json::to_string(answer).map_err(|_| AuthorityError::Refused(Reason::Internal))
}

/// Whether a request is for this authority and of now.
pub(super) fn check_head(head: &Head, now: UnixTime, layer: Layer) -> Result<(), Reason> {
    if head.audience != ISSUER {
        return Err(Reason::AudienceMismatch);
    }
    if head.issued_at > now.plus(CLOCK_SLACK_S) {
        // The sentence is read on the phone that signed: its clock is the one in question, this one is what it is held against.
        return Err(Reason::ClockWrong { now: head.issued_at, not_before: now });
    }
    if now.since(head.issued_at) > MAX_AGE_S {
        return Err(Reason::Expired { layer, expired_at: head.issued_at.plus(MAX_AGE_S) });
    }
    Ok(())
}

fn check_application(application: &Application, now: UnixTime) -> Result<(), Reason> {
    check_head(&application.head(), now, Layer::Application)?;
    identity::check_name(&application.name)?;
    identity::check_document(application.document_kind, &application.document_number, now)?;
    identity::check_phone(&application.phone)?;
    application.region.map_or(Ok(()), |region| ColourRules::of_region(region).map(|_| ()))?;
    application.ward.map_or(Ok(()), |ward| ward.check(application.document_kind, &application.document_number, now))?;
    application.particulars.as_ref().ok_or(Reason::DeclarationMissing)?.check()
}
