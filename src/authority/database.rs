use super::AuthorityError;
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
const VERSION: u32 = 1;

const SCHEMA: &str = "
    CREATE TABLE status (idx INTEGER PRIMARY KEY, status INTEGER NOT NULL, expires_at INTEGER NOT NULL);
    CREATE TABLE answers (application BLOB PRIMARY KEY, answer TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO counters VALUES ('seq', 0);
    PRAGMA user_version = 1;
";

/// The authority's database. Several processes may use it at once.
pub(super) struct Database(Mutex<Connection>);

impl Database {
    /// Opens the database of an authority that was made before.
    pub(super) fn open(path: &Path) -> Result<Self, AuthorityError> {
        if path.exists() { Self::create(path) } else { Err(AuthorityError::DatabaseLost(path.to_owned())) }
    }

    /// Opens a database, and makes it where there is none.
    pub(super) fn create(path: &Path) -> Result<Self, AuthorityError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // What is forgotten is overwritten, not only marked as free.
        connection.pragma_update(None, "secure_delete", true)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            0 => transaction.execute_batch(SCHEMA)?,
            VERSION => {}
            newer => return Err(AuthorityError::DatabaseNewer(newer)),
        }
        transaction.commit()?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Does something while no other process can write: what is published must not be overtaken by something older.
    pub(super) fn alone<T>(&self, work: impl FnOnce(&Connection) -> Result<T, AuthorityError>) -> Result<T, AuthorityError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A transaction that was cut short by a panic rolled itself back.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives out a random index that was never given out before.
    pub(super) fn give_index(&self, entropy: &mut Entropy, expires_at: UnixTime) -> Result<u32, AuthorityError> {
        for _ in 0..TRIES {
            let idx = u32::from_be_bytes(entropy.bytes()) % ENTRIES;
            let inserted = self.connection().execute("INSERT OR IGNORE INTO status VALUES (?, 0, ?)", params![idx, expires_at.0])?;
            if inserted == 1 {
                return Ok(idx);
            }
        }
        Err(AuthorityError::ListFull)
    }

    pub(super) fn set_status(&self, idx: u32, status: u8) -> Result<(), AuthorityError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let held: Option<u8> = transaction.query_row("SELECT status FROM status WHERE idx = ?", [idx], |row| row.get(0)).optional()?;
        match held {
            None => return Err(AuthorityError::IndexUnknown(idx)),
            Some(REVOKED) if status != REVOKED => return Err(AuthorityError::Revoked(idx)),
            Some(_) => {}
        }
        transaction.execute("UPDATE status SET status = ? WHERE idx = ?", params![status, idx])?;
        Ok(transaction.commit()?)
    }

    /// The answer that an application got, if it was here before.
    pub(super) fn answer(&self, application: &[u8]) -> Result<Option<String>, AuthorityError> {
        let sql = "SELECT answer FROM answers WHERE application = ?";
        Ok(self.connection().query_row(sql, [application], |row| row.get(0)).optional()?)
    }

    /// Keeps an answer, unless there is one: the answer that holds from now on.
    pub(super) fn keep_answer(&self, application: &[u8], answer: &str, expires_at: UnixTime) -> Result<String, AuthorityError> {
        let sql = "INSERT INTO answers VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET application = application RETURNING answer";
        Ok(self.connection().query_row(sql, params![application, answer, expires_at.0], |row| row.get(0))?)
    }
}

/// All indices whose status is not *valid*.
pub(super) fn exceptions(connection: &Connection) -> Result<Vec<(u32, u8)>, AuthorityError> {
    let mut statement = connection.prepare("SELECT idx, status FROM status WHERE status <> 0")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The next sequence number of the bundle.
pub(super) fn next_seq(connection: &Connection) -> Result<u32, AuthorityError> {
    let sql = "UPDATE counters SET value = value + 1 WHERE name = 'seq' RETURNING value";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// Forgets answers whose credentials have ended. Indices stay given out.
pub(super) fn forget(connection: &Connection, now: UnixTime) -> Result<(), AuthorityError> {
    connection.execute("DELETE FROM answers WHERE expires_at < ?", [now.0])?;
    Ok(())
}
