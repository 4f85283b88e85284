use super::{AuthorityError, files, people};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tongma::{entropy::Entropy, time::UnixTime, token::status::REVOKED};

/// Entries of a status list: so many that an index tells nothing of when it was given out.
pub const ENTRIES: u32 = 1 << 20;
/// Most status lists of an authority.
pub(super) const MAX_LISTS: u32 = 1024;
/// How often a free index is looked for before the lists count as full.
const TRIES: usize = 1000;
/// After so many tries one more list is begun: of lists that are three quarters full one time in a hundred, of half full ones never.
const TIGHT: usize = 16;

/// Version of the schema.
const VERSION: u32 = 4;

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
            2 => {
                people::add_monitoring(&transaction)?;
                people::add_regions(&transaction)?;
            }
            3 => people::add_regions(&transaction)?,
            VERSION => {}
            newer => return Err(AuthorityError::DatabaseNewer(newer)),
        }
        // Since when an entry is what it is. A program that does not know this table writes nothing there: what it changes is in no delta,
        // and gates then take the whole list.
        transaction.execute_batch("CREATE TABLE IF NOT EXISTS changes (idx INTEGER PRIMARY KEY, at INTEGER NOT NULL)")?;
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

/// How many status lists there are.
pub(super) fn lists(connection: &Connection) -> Result<u32, AuthorityError> {
    let sql = "SELECT value FROM counters WHERE name = 'lists'";
    Ok(connection.query_row(sql, [], |row| row.get(0)).optional()?.unwrap_or(1))
}

/// Sees to it that there are so many status lists at least.
pub(super) fn want_lists(connection: &Connection, lists: u32) -> Result<(), AuthorityError> {
    if lists > MAX_LISTS {
        return Err(AuthorityError::ListFull);
    }
    let sql = "INSERT INTO counters VALUES ('lists', ?1) ON CONFLICT (name) DO UPDATE SET value = max(value, ?1)";
    connection.execute(sql, [lists])?;
    Ok(())
}

/// Gives out a random index that was never given out before. It counts through all lists: the list, then the entry in it.
///
/// An index is never freed, not even when its credential has ended: one look at a clock that is wrong would free indices in use,
/// and one entry would then stand for two persons.
pub(super) fn give_index(connection: &Connection, entropy: &mut Entropy, expires_at: UnixTime) -> Result<u32, AuthorityError> {
    let mut lists = lists(connection)?;
    for tries in 1..=TRIES {
        let idx = u32::from_be_bytes(entropy.bytes()) % (lists * ENTRIES);
        if connection.execute("INSERT OR IGNORE INTO status VALUES (?, 0, ?)", params![idx, expires_at.0])? == 1 {
            return Ok(idx);
        }
        // So many misses in a row say that most indices are given out: there is one list more.
        if tries == TIGHT && lists < MAX_LISTS {
            lists += 1;
            want_lists(connection, lists)?;
        }
    }
    Err(AuthorityError::ListFull)
}

pub(super) fn set_status(connection: &Connection, idx: u32, status: u8, now: UnixTime) -> Result<(), AuthorityError> {
    let held: Option<u8> = connection.query_row("SELECT status FROM status WHERE idx = ?", [idx], |row| row.get(0)).optional()?;
    match held {
        None => return Err(AuthorityError::IndexUnknown(idx)),
        Some(REVOKED) if status != REVOKED => return Err(AuthorityError::Revoked(idx)),
        Some(_) => {}
    }
    change_status(connection, idx, status, now)?;
    Ok(())
}

/// Writes the status of an index, and notes the change for the delta; whether it was another one.
pub(super) fn change_status(connection: &Connection, idx: u32, status: u8, now: UnixTime) -> Result<bool, AuthorityError> {
    let changed = connection.execute("UPDATE status SET status = ?1 WHERE idx = ?2 AND status <> ?1", params![status, idx])? == 1;
    if changed {
        connection.execute("INSERT OR REPLACE INTO changes VALUES (?, ?)", params![idx, now.0])?;
    }
    Ok(changed)
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

/// The entries of a list whose status is not *valid*.
pub(super) fn exceptions(connection: &Connection, list: u32) -> Result<Vec<(u32, u8)>, AuthorityError> {
    let mut statement = connection.prepare("SELECT idx - ?1, status FROM status WHERE idx BETWEEN ?1 AND ?2 AND status <> 0")?;
    let first = list * ENTRIES;
    let rows = statement.query_map([first, first + (ENTRIES - 1)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entries of a list that changed at this time or later.
pub(super) fn changed(connection: &Connection, list: u32, since: UnixTime) -> Result<Vec<u32>, AuthorityError> {
    let mut statement = connection.prepare("SELECT idx - ?1 FROM changes WHERE idx BETWEEN ?1 AND ?2 AND at >= ?3")?;
    let first = list * ENTRIES;
    let rows = statement.query_map(params![first, first + (ENTRIES - 1), since.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The next sequence number of the bundle: above all that were given, and above the one that is published, which a database
/// brought back from a backup may not know.
pub(super) fn next_seq(connection: &Connection, published: u32) -> Result<u32, AuthorityError> {
    let sql = "UPDATE counters SET value = max(value, ?) + 1 WHERE name = 'seq' RETURNING value";
    Ok(connection.query_row(sql, [published], |row| row.get(0))?)
}

/// Forgets answers whose time is over, changes that no delta tells any more, and what is held of persons for longer than it is needed.
pub(super) fn forget(connection: &Connection, now: UnixTime, told_since: UnixTime) -> Result<(), AuthorityError> {
    connection.execute("DELETE FROM changes WHERE at < ?", [told_since.0])?;
    connection.execute("DELETE FROM answers WHERE expires_at <= ?", [now.0])?;
    people::forget(connection, now)
}
