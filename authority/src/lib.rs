//! The embedded authority: keys, a small database, and what it publishes, in one folder; and the [`server`] before it.
//!
//! ```text
//! DIR/root.pem  DIR/issuer.pem        secret keys, PKCS #8, readable by their owner only
//! DIR/authority.db                    SQLite, readable by its owner only: status by index, answers, and of persons what `people`
//!                                     lists; no name, no document, no phone number
//! DIR/foreign.cbor                    keys of foreign issuers that the bundle names
//! DIR/rules/NAME.json                 sets of rules for places that the bundle carries
//! DIR/public/bundle.cbor              trust bundle
//! DIR/public/deployment.json          root key and audience, for pages and verifiers to pin
//! DIR/public/status/N.cbor            status list N
//! DIR/public/status/N.delta.cbor      what changed in it in the last three days
//! ```
//!
//! A status list has 2²⁰ entries; an index counts through all of them, and is never given out twice. Indices are drawn from all lists,
//! and there is one more before they are full (at most 1024), or as many from the beginning as [`Authority::want_lists`] asks for. The
//! bundle gets a new sequence number when its content changes and once a day; a change of status publishes its list and delta alone.

mod appeals;
mod colours;
mod database;
mod files;
mod foreign;
mod papers;
mod people;
mod publishing;
mod requests;
mod rules;
pub mod server;
mod venues;

pub use appeals::{AppealDecision, AppealRecord};
pub use colours::{Decider, Finding};
pub use papers::{IssuedPaper, PaperRequest};
pub use venues::VenueRequest;

use database::Database;
pub use database::ENTRIES;
pub use files::write_secret;
use std::{
    fmt,
    path::{Path, PathBuf},
};
use tongma::{
    app::Deployment,
    cbor::Value,
    entropy::Entropy,
    keys::{PublicKey, SecretKey},
    policy::colour::ColourRules,
    reason::{Layer, Reason},
    roles::issuer,
    signature::Verified,
    text::to_base64url,
    time::UnixTime,
    token::{
        ClaimName, Colour, ColourReason, CredentialClaims, Relation, Serial,
        status::{StatusDelta, StatusList},
        to_text,
    },
};

/// Identifier of the issuer that `init` makes. Short: it stands in every QR code.
pub const ISSUER: &str = "tm:36";
/// Region of that issuer: Jiangxi.
pub const REGION: u32 = 360_000;

/// What went wrong.
#[derive(Debug)]
pub enum AuthorityError {
    /// The appeal was decided before.
    AppealDecided(u32),
    /// The database can't be used.
    Database(rusqlite::Error),
    /// The keys are there, the database is not: starting anew would make every revoked credential valid again.
    DatabaseLost(PathBuf),
    /// The database was written by a newer version of this program.
    DatabaseNewer(u32),
    /// There is an authority in this folder already.
    Exists(PathBuf),
    /// A file can't be read or written.
    File(PathBuf, std::io::Error),
    /// The file of foreign keys holds something else.
    ForeignKeysMalformed(PathBuf),
    /// The index was never given out.
    IndexUnknown(u32),
    /// A key file holds no key.
    KeyMalformed(PathBuf),
    /// A decision needs the name of who makes it, and a ground.
    NobodyDecides,
    /// No secure random source.
    NoEntropy,
    /// What was asked is refused.
    Refused(Reason),
    /// A revoked credential can't be restored: issue a new one.
    Revoked(u32),
    /// Every index of the list is given out.
    ListFull,
    /// No paper code has this serial.
    SerialUnknown(Serial),
}

impl fmt::Display for AuthorityError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AppealDecided(number) => write!(formatter, "appeal {number} was decided before"),
            Self::Database(error) => write!(formatter, "the authority's database: {error}"),
            Self::DatabaseLost(path) => {
                write!(formatter, "{} is gone: bring it back from a backup, for without it every revocation would be lost", path.display())
            }
            Self::DatabaseNewer(version) => write!(formatter, "the database is of a newer version ({version}); update this program"),
            Self::Exists(path) => write!(formatter, "there is an authority in {} already", path.display()),
            Self::File(path, error) => write!(formatter, "{}: {error}", path.display()),
            Self::ForeignKeysMalformed(path) => write!(formatter, "{}: no keys of foreign issuers", path.display()),
            Self::IndexUnknown(idx) => write!(formatter, "index {idx} was never given out"),
            Self::KeyMalformed(path) => write!(formatter, "{}: not a P-256 key in PKCS #8 PEM", path.display()),
            Self::NobodyDecides => formatter.write_str("a decision needs the name of who makes it, and a ground"),
            Self::NoEntropy => formatter.write_str("this system has no secure random source"),
            Self::Refused(reason) => write!(formatter, "refused: {}", reason.code()),
            Self::Revoked(idx) => write!(formatter, "index {idx} is revoked for good; issue a new credential"),
            Self::SerialUnknown(serial) => write!(formatter, "no paper code has the serial {serial}, or it is forgotten"),
            Self::ListFull => formatter.write_str("every index of the status list is given out"),
        }
    }
}

impl std::error::Error for AuthorityError {}

impl From<rusqlite::Error> for AuthorityError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// What is asked of the authority for a credential, beside the holder's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Colour.
    pub colour: Colour,
    /// Region, GB/T 2260.
    pub region: u32,
    /// Redactable claims, masked already.
    pub claims: tongma::table::Table<ClaimName, Value>,
    /// Which of them are redacted.
    pub redact: Vec<ClaimName>,
    /// Lifetime in seconds.
    pub valid_for_s: i64,
    /// Why the colour is what it is, or what holds beside a green one ([`MONITORING`](tongma::policy::admission::MONITORING)).
    pub reason: Option<ColourReason>,
    /// What the guardian, whose key it is bound to, is to the person.
    pub relation: Option<Relation>,
}

/// An authority in its folder.
pub struct Authority {
    dir: PathBuf,
    root: SecretKey,
    issuer: SecretKey,
    database: Database,
}

impl Authority {
    /// Makes keys, database and first publication in a new folder.
    ///
    /// # Errors
    /// `Exists`, or what can't be written.
    pub fn init(dir: &Path, now: UnixTime) -> Result<Self, AuthorityError> {
        let (root, issuer) = (dir.join(files::ROOT_KEY), dir.join(files::ISSUER_KEY));
        if root.exists() {
            return Err(AuthorityError::Exists(dir.to_owned()));
        }
        let mut entropy = entropy()?;
        // The database comes first: its lock keeps out another process that does the same.
        Database::create(&dir.join(files::DATABASE))?.alone(|_| {
            if root.exists() {
                return Err(AuthorityError::Exists(dir.to_owned()));
            }
            // An interrupted start may have left the issuer's key; it has signed nothing yet.
            if issuer.exists() {
                files::read_key(&issuer)?;
            } else {
                files::write_key(&issuer, &SecretKey::generate(&mut entropy))?;
            }
            // The root key comes last: where it is, the rest is whole.
            files::write_key(&root, &SecretKey::generate(&mut entropy))
        })?;
        let authority = Self::open(dir)?;
        authority.publish(now)?;
        Ok(authority)
    }

    /// Opens the authority of a folder.
    ///
    /// # Errors
    /// What can't be read.
    pub fn open(dir: &Path) -> Result<Self, AuthorityError> {
        let root = files::read_key(&dir.join(files::ROOT_KEY))?;
        let issuer = files::read_key(&dir.join(files::ISSUER_KEY))?;
        Ok(Self { dir: dir.to_owned(), root, issuer, database: Database::open(&dir.join(files::DATABASE))? })
    }

    /// Opens the authority of a folder, or makes one there.
    ///
    /// # Errors
    /// What can't be read or written.
    pub fn open_or_init(dir: &Path, now: UnixTime) -> Result<Self, AuthorityError> {
        if dir.join(files::ROOT_KEY).exists() { Self::open(dir) } else { Self::init(dir, now) }
    }

    /// What pages and verifiers pin; and the regions it issues for: those that it has rules of colours of.
    #[must_use]
    pub fn deployment(&self) -> Deployment {
        let others =
            ColourRules::built_in().iter().filter_map(|rules| rules.region.as_ref()?.parse().ok()).filter(|region| *region != REGION);
        let regions = std::iter::once(REGION).chain(others).collect();
        Deployment { root_key: to_base64url(self.root.public().to_sec1()), authority: ISSUER.to_owned(), regions }
    }

    /// The folder of what is published.
    #[must_use]
    pub fn public_dir(&self) -> PathBuf {
        self.dir.join(files::PUBLIC)
    }

    /// Issues a credential under a fresh status index: its text, and the index.
    ///
    /// # Errors
    /// `ListFull`, `Database`, `NoEntropy`.
    pub fn issue(&self, request: &Request, holder: &PublicKey, now: UnixTime) -> Result<(String, u32), AuthorityError> {
        let mut entropy = entropy()?;
        self.database.alone(|connection| self.issue_within(connection, request, holder, (now, now), &mut entropy))
    }

    /// As `issue`, as a part of a transaction; dated as the first of the times says.
    fn issue_within(
        &self,
        connection: &rusqlite::Connection,
        request: &Request,
        holder: &PublicKey,
        (issued_at, now): (UnixTime, UnixTime),
        entropy: &mut Entropy,
    ) -> Result<(String, u32), AuthorityError> {
        let expires_at = issued_at.plus(request.valid_for_s);
        let idx = database::give_index(connection, entropy, expires_at)?;
        self.demand_list(connection, idx / database::ENTRIES, now)?;
        let claims = CredentialClaims {
            issuer: ISSUER.to_owned(),
            issued_at,
            expires_at,
            holder: holder.clone(),
            colour: request.colour,
            region: request.region,
            reason: request.reason.clone(),
            kind: 0,
            relation: request.relation,
            status: Some(publishing::reference(idx)),
            claims: request.claims.clone(),
        };
        Ok((to_text(&issuer::issue(&self.issuer, &claims, &request.redact, entropy)), idx))
    }

    /// Signs what changed from one of its own lists to a newer one.
    ///
    /// # Errors
    /// `Refused`: see [`StatusDelta::between`].
    pub fn delta(&self, from: &StatusList, to: &StatusList) -> Result<Vec<u8>, AuthorityError> {
        let delta = StatusDelta::between(from, to).map_err(AuthorityError::Refused)?;
        Ok(self.signed(delta.to_unsigned(self.issuer.public().id())))
    }

    /// Reads and checks a list of this authority.
    ///
    /// # Errors
    /// `Refused` for any other.
    pub fn read_list(&self, bytes: &[u8]) -> Result<StatusList, AuthorityError> {
        let list = StatusList::parse_with_keys(bytes, vec![self.issuer.public()]).map_err(AuthorityError::Refused)?;
        let forged = |_| AuthorityError::Refused(Reason::BadSignature { layer: Layer::StatusList });
        list.check_here().map_err(forged).map(Verified::into_inner)
    }

    /// Changes the status of an index (see `token::status`) and publishes the list at once.
    ///
    /// # Errors
    /// `IndexUnknown`, `Revoked`: nothing is changed. Where the list can't be written the change stays, and the next publication
    /// carries it: a revocation must not be lost because a disk was full for a moment.
    pub fn set_status(&self, idx: u32, status: u8, now: UnixTime) -> Result<(), AuthorityError> {
        self.database.alone(|connection| database::set_status(connection, idx, status, now))?;
        self.publish_list(idx / database::ENTRIES, now)
    }

    /// Sees to it that there are so many status lists at least, of 2²⁰ entries each, and publishes them.
    ///
    /// # Errors
    /// `ListFull` for more than 1024, or what can't be written.
    pub fn want_lists(&self, lists: u32, now: UnixTime) -> Result<(), AuthorityError> {
        self.database.alone(|connection| database::want_lists(connection, lists))?;
        self.publish(now)
    }
}

fn entropy() -> Result<Entropy, AuthorityError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| AuthorityError::NoEntropy)?;
    Ok(Entropy::new(seed))
}
