use super::{AuthorityError, files, people};
use crate::{entropy::Entropy, time::UnixTime, token::status::REVOKED};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Entries of a status list: so many that an index tells nothing of when it was given out.
pub(super) const ENTRIES: u32 = 1 << 20;
/// How often a free index is looked for before the list counts as full.
const TRIES: usize = 1000;

/// Version of the schema.
const VERSION: u32 = 2;

const SCHEMA: &str = "
    CREATE TABLE status (idx INTEGER PRIMARY KEY, status INTEGER NOT NULL, expires_at INTEGER NOT NULL);
    CREATE TABLE answers (application BLOB PRIMARY KEY, answer TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO counters VALUES ('seq', 0);
";

/// The authority's database. Several processes may use it at once.
pub(super) struct Database(Mutex<Connection>);

impl Database {
    /// Opens the database of an authority that was made before.
    pub(super) fn open(path: &Path) -> Result<Self, AuthorityError> {
        let lost = || AuthorityError::DatabaseLost(path.to_owned());
        // An empty file is a lost database as well: filling it would be starting anew.
        if !path.exists() { Err(lost()) } else { Self::connect(path, |_| Err(lost())) }
    }

    /// Opens a database, and makes it where there is none.
    pub(super) fn create(path: &Path) -> Result<Self, AuthorityError> {
        files::touch_secret(path)?;
        Self::connect(path, |connection| {
            connection.execute_batch(SCHEMA)?;
            people::create(connection)
        })
    }

    fn connect(path: &Path, empty: impl FnOnce(&Connection) -> Result<(), AuthorityError>) -> Result<Self, AuthorityError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // What is forgotten is overwritten, not only marked as free.
        connection.pragma_update(None, "secure_delete", true)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            0 => empty(&transaction)?,
            // It knew no persons yet. What it issued can be used to its end, and is then applied for anew.
            1 => people::create(&transaction)?,
            VERSION => {}
            newer => return Err(AuthorityError::DatabaseNewer(newer)),
        }
        transaction.commit()?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Does something, whole or not at all, while no other thread or process can write: what is published must not be overtaken
    /// by something older.
    pub(super) fn alone<T>(&self, work: impl FnOnce(&Connection) -> Result<T, AuthorityError>) -> Result<T, AuthorityError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Looks something up; writers of other processes are not waited for.
    pub(super) fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T, AuthorityError>) -> Result<T, AuthorityError> {
        look(&self.connection())
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A transaction that was cut short by a panic rolled itself back.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives out a random index that was never given out before.
///
/// An index is never freed, not even when its credential has ended: one look at a clock that is wrong would free indices in use,
/// and one entry would then stand for two persons.
pub(super) fn give_index(connection: &Connection, entropy: &mut Entropy, expires_at: UnixTime) -> Result<u32, AuthorityError> {
    for _ in 0..TRIES {
        let idx = u32::from_be_bytes(entropy.bytes()) % ENTRIES;
        if connection.execute("INSERT OR IGNORE INTO status VALUES (?, 0, ?)", params![idx, expires_at.0])? == 1 {
            return Ok(idx);
        }
    }
    Err(AuthorityError::ListFull)
}

pub(super) fn set_status(connection: &Connection, idx: u32, status: u8) -> Result<(), AuthorityError> {
    let held: Option<u8> = connection.query_row("SELECT status FROM status WHERE idx = ?", [idx], |row| row.get(0)).optional()?;
    match held {
        None => return Err(AuthorityError::IndexUnknown(idx)),
        Some(REVOKED) if status != REVOKED => return Err(AuthorityError::Revoked(idx)),
        Some(_) => {}
    }
    connection.execute("UPDATE status SET status = ? WHERE idx = ?", params![status, idx])?;
    Ok(())
}

/// The answer that an application got, if it was here before and its credential has not ended.
pub(super) fn answer(connection: &Connection, application: &[u8], now: UnixTime) -> Result<Option<String>, AuthorityError> {
    let sql = "SELECT answer FROM answers WHERE application = ? AND expires_at > ?";
    Ok(connection.query_row(sql, params![application, now.0], |row| row.get(0)).optional()?)
}

/// Keeps an answer: the one that holds from now on.
pub(super) fn keep_answer(connection: &Connection, application: &[u8], answer: &str, end: UnixTime) -> Result<(), AuthorityError> {
    connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", params![application, answer, end.0])?;
    Ok(())
}

/// All indices whose status is not *valid*.
pub(super) fn exceptions(connection: &Connection) -> Result<Vec<(u32, u8)>, AuthorityError> {
    let mut statement = connection.prepare("SELECT idx, status FROM status WHERE status <> 0")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The next sequence number of the bundle: above all that were given, and above the one that is published, which a database
/// brought back from a backup may not know.
pub(super) fn next_seq(connection: &Connection, published: u32) -> Result<u32, AuthorityError> {
    let sql = "UPDATE counters SET value = max(value, ?) + 1 WHERE name = 'seq' RETURNING value";
    Ok(connection.query_row(sql, [published], |row| row.get(0))?)
}

/// Forgets answers whose time is over, and what is held of persons for longer than it is needed.
pub(super) fn forget(connection: &Connection, now: UnixTime) -> Result<(), AuthorityError> {
    connection.execute("DELETE FROM answers WHERE expires_at <= ?", [now.0])?;
    people::forget(connection, now)
}
