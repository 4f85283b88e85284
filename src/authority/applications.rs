use super::{Authority, AuthorityError, ISSUER, REGION, Request, database};
use crate::{
    cbor::Value,
    reason::{Layer, Reason},
    time::{
        UnixTime,
        defaults::{CLOCK_SLACK_S, CREDENTIAL_LIFETIME_S},
    },
    token::{Application, ClaimName, Colour, identity},
};
use sha2::{Digest, Sha256};

/// Oldest application that is taken, in seconds.
const MAX_AGE_S: i64 = 600;

impl Authority {
    /// Answers an application with a credential's text. The same application, by its identifier and key, gets the same answer
    /// however often and however simultaneously it comes, until the credential ends.
    ///
    /// # Errors
    /// `Refused` with the reason, or what can't be read or written.
    pub fn apply(&self, application: &[u8], now: UnixTime) -> Result<String, AuthorityError> {
        let unverified = Application::parse(application).map_err(AuthorityError::Refused)?;
        let forged = |_| AuthorityError::Refused(Reason::BadSignature { layer: Layer::Application });
        let application = unverified.check_here().map_err(forged)?.into_inner();
        let identity: [u8; 32] = Sha256::new().chain_update(application.key.to_sec1()).chain_update(application.id).finalize().into();
        // Looked up before as well: neither a repeated application nor a refused one waits for those who write.
        if let Some(answer) = self.database.read(|connection| database::answer(connection, &identity, now))? {
            return Ok(answer);
        }
        check(&application, now).map_err(AuthorityError::Refused)?;
        let request = Request {
            colour: Colour::Green,
            region: REGION,
            claims: [(ClaimName::Name, Value::text(identity::mask_name(&application.name)))].into(),
            redact: Vec::new(),
            valid_for_s: CREDENTIAL_LIFETIME_S,
        };
        let mut entropy = super::entropy()?;
        self.database.alone(|connection| {
            if let Some(answer) = database::answer(connection, &identity, now)? {
                return Ok(answer);
            }
            let (answer, _) = self.issue_within(connection, &request, &application.key, now, &mut entropy)?;
            database::keep_answer(connection, &identity, &answer, now.plus(CREDENTIAL_LIFETIME_S))?;
            Ok(answer)
        })
    }
}

fn check(application: &Application, now: UnixTime) -> Result<(), Reason> {
    if application.audience != ISSUER {
        return Err(Reason::AudienceMismatch);
    }
    let layer = Layer::Application;
    if application.issued_at > now.plus(CLOCK_SLACK_S) {
        // The sentence is read on the phone that signed: its clock is the one in question, this one is what it is held against.
        return Err(Reason::ClockWrong { now: application.issued_at, not_before: now });
    }
    if now.since(application.issued_at) > MAX_AGE_S {
        return Err(Reason::Expired { layer, expired_at: application.issued_at.plus(MAX_AGE_S) });
    }
    identity::check_name(&application.name)?;
    identity::check_document(application.document_kind, &application.document_number, now)?;
    identity::check_phone(&application.phone)
}
