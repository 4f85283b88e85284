//! Paper codes: for people without a phone, by whoever looks at their documents.

use super::{
    Authority, AuthorityError, ISSUER, colours,
    database::{self, ENTRIES},
    entropy, people, publishing,
};
use rusqlite::Connection;
use tongma::{
    entropy::Entropy,
    policy::admission::MONITORING,
    roles::issuer,
    time::UnixTime,
    token::{Colour, DocumentKind, Paper, Serial, identity, status::REVOKED, to_text},
};

/// What is asked of the authority for a paper code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRequest {
    /// The person's name, not masked yet; checked by [`identity::check_name`].
    pub name: String,
    /// Kind of the document.
    pub document_kind: DocumentKind,
    /// Its number, not masked yet; checked by [`identity::check_document`].
    pub document_number: String,
    /// Region, GB/T 2260.
    pub region: u32,
    /// Lifetime in seconds: at most 180 days.
    pub valid_for_s: i64,
}

/// A paper code that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedPaper {
    /// Its text.
    pub text: String,
    /// What it says.
    pub paper: Paper,
    /// Status index, through all lists.
    pub idx: u32,
    /// Whether an earlier paper code of the person is void now.
    pub replaced: bool,
}

impl Authority {
    /// Issues a paper code and publishes. Earlier ones of the same document are void then: the new one is issued and they are withdrawn
    /// together, or neither. None for a person under daily health monitoring: what its entry says can't tell that, and with a green code
    /// the person would enter where monitored persons must not.
    ///
    /// # Errors
    /// `ListFull`, `Database`, `NoEntropy`, or what can't be written.
    pub fn issue_paper(&self, request: &PaperRequest, now: UnixTime) -> Result<Option<IssuedPaper>, AuthorityError> {
        let issued = self.issue_papers(std::slice::from_ref(request), now, |_| Ok(()))?;
        self.publish(now)?;
        Ok(issued.into_iter().next().flatten())
    }

    /// Issues paper codes, all or none; what was issued before `keep` fails is as if it never was. So who keeps them safe there can't lose
    /// a code that made an earlier one void. They count when [`Authority::publish`] is called next.
    ///
    /// # Errors
    /// As [`Authority::issue_paper`], and those of `keep`.
    pub fn issue_papers(
        &self,
        requests: &[PaperRequest],
        now: UnixTime,
        keep: impl FnOnce(&[Option<IssuedPaper>]) -> Result<(), AuthorityError>,
    ) -> Result<Vec<Option<IssuedPaper>>, AuthorityError> {
        let mut entropy = entropy()?;
        self.database.alone(|connection| {
            let issue = |request| self.issue_one(connection, request, now, &mut entropy);
            let issued: Vec<_> = requests.iter().map(issue).collect::<Result<_, _>>()?;
            keep(&issued)?;
            Ok(issued)
        })
    }

    fn issue_one(
        &self,
        connection: &Connection,
        request: &PaperRequest,
        now: UnixTime,
        entropy: &mut Entropy,
    ) -> Result<Option<IssuedPaper>, AuthorityError> {
        let person = people::of_paper(connection, request.document_kind, &request.document_number)?;
        let (standing, _) = colours::judge(connection, person, None, now)?;
        if standing.reason.as_deref() == Some(MONITORING) {
            return Ok(None);
        }
        let expires_at = now.plus(request.valid_for_s);
        let idx = database::give_index(connection, entropy, expires_at)?;
        self.demand_list(connection, idx / ENTRIES, now)?;
        let serial = new_serial(connection, entropy)?;
        people::bind_paper(connection, idx, person, serial, (now, expires_at))?;
        database::change_status(connection, idx, people::status_for(Colour::Green, standing.colour), now)?;
        let replaced = people::revoke_others(connection, person, &[idx], now)?;
        let paper = Paper {
            issuer: ISSUER.to_owned(),
            serial,
            issued_at: now,
            expires_at,
            region: request.region,
            name: identity::mask_name(&request.name),
            document_kind: request.document_kind,
            document: identity::mask_document(&request.document_number),
            status: publishing::reference(idx),
        };
        Ok(Some(IssuedPaper { text: to_text(&issuer::issue_paper(&self.issuer, &paper)), paper, idx, replaced }))
    }

    /// Withdraws the paper code with this serial, as one that is lost, and publishes; gives its index.
    ///
    /// # Errors
    /// `SerialUnknown`: nothing is changed. As [`Authority::set_status`] otherwise.
    pub fn void_paper(&self, serial: Serial, now: UnixTime) -> Result<u32, AuthorityError> {
        let found = self.database.read(|connection| people::by_serial(connection, serial))?;
        let idx = found.ok_or(AuthorityError::SerialUnknown(serial))?;
        self.set_status(idx, REVOKED, now)?;
        Ok(idx)
    }
}

/// A random number that no paper code has. That of a lost one is told on the telephone, and must not be another's.
fn new_serial(connection: &Connection, entropy: &mut Entropy) -> Result<Serial, AuthorityError> {
    loop {
        let serial = Serial(entropy.bytes());
        if people::by_serial(connection, serial)?.is_none() {
            return Ok(serial);
        }
    }
}
