//! What the database holds of persons: no name, no number, no phone. A person is a pair of pseudonyms, of document and phone, made
//! with a secret of this database.
//!
//! ```text
//! persons      colour with reason, rule and date             until the last credential is forgotten and no appeal is held
//! credentials  which index and key (of paper: serial) are whose  until 30 days after their end: so long they can be renewed
//! reports      declarations and check-ins, one a day and kind  14 days
//! findings     what the health authority knows, by document  until it is taken back
//! decisions    who set what, why and when                    180 days
//! appeals      text, state, who decided                      until 30 days after the decision
//! ```

use super::{AuthorityError, REGION, database::change_status, entropy};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use tongma::{
    keys::PublicKey,
    time::UnixTime,
    token::{
        Application, Colour, Contact, Declaration, DocumentKind, ReportKind, Serial, Symptoms, identity,
        status::{REVOKED, SUSPENDED, VALID, YELLOW},
    },
};

const DAY_S: i64 = 86_400;
/// How long declarations and check-ins are kept, in days beside today.
pub(super) const REPORT_DAYS: i64 = 14;
/// How long after its end a credential can be renewed, in seconds.
pub(super) const RENEWABLE_S: i64 = 30 * DAY_S;
const APPEALS_S: i64 = 30 * DAY_S;
const DECISIONS_S: i64 = 180 * DAY_S;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS persons (id INTEGER PRIMARY KEY, document BLOB NOT NULL, phone BLOB NOT NULL, colour TEXT, rule TEXT,
        since INTEGER, region INTEGER NOT NULL DEFAULT 360000, UNIQUE (document, phone));
    CREATE TABLE IF NOT EXISTS credentials (idx INTEGER PRIMARY KEY, person INTEGER NOT NULL, key BLOB NOT NULL, colour TEXT NOT NULL,
        issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS credentials_key ON credentials (key);
    CREATE INDEX IF NOT EXISTS credentials_person ON credentials (person);
    CREATE TABLE IF NOT EXISTS reports (person INTEGER, day INTEGER, kind INTEGER, at INTEGER NOT NULL, been INTEGER NOT NULL,
        contact INTEGER NOT NULL, symptoms INTEGER NOT NULL, temperature INTEGER, PRIMARY KEY (person, day, kind)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS findings (document BLOB PRIMARY KEY, status TEXT, isolation TEXT, isolated_since INTEGER, risk_area TEXT,
        monitored_since INTEGER) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS decisions (at INTEGER NOT NULL, document BLOB NOT NULL, by_whom TEXT NOT NULL, why TEXT NOT NULL,
        what TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS appeals (number INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL, request BLOB NOT NULL UNIQUE,
        at INTEGER NOT NULL, wish INTEGER NOT NULL, text TEXT NOT NULL, colour TEXT NOT NULL, rule TEXT NOT NULL, granted INTEGER,
        decided_at INTEGER, by_whom TEXT, why TEXT);
    PRAGMA user_version = 4;
";

/// Makes the tables of persons, and the secret of their pseudonyms.
pub(super) fn create(connection: &Connection) -> Result<(), AuthorityError> {
    connection.execute_batch(SCHEMA)?;
    let secret: [u8; 32] = entropy()?.bytes();
    connection.execute("INSERT OR IGNORE INTO secrets VALUES ('pseudonyms', ?)", [secret])?;
    Ok(())
}

/// Adds what version 2 had no place for.
pub(super) fn add_monitoring(connection: &Connection) -> Result<(), AuthorityError> {
    connection.execute_batch("ALTER TABLE findings ADD COLUMN monitored_since INTEGER;")?;
    Ok(())
}

/// Adds what version 3 had no place for: all its persons are of the authority's own region.
pub(super) fn add_regions(connection: &Connection) -> Result<(), AuthorityError> {
    connection.execute_batch("ALTER TABLE persons ADD COLUMN region INTEGER NOT NULL DEFAULT 360000; PRAGMA user_version = 4;")?;
    Ok(())
}

/// A person as the database knows one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    pub(super) id: i64,
    pub(super) document: [u8; 32],
}

/// A credential that was given out.
pub(super) struct Given {
    pub(super) person: Person,
    pub(super) colour: Colour,
    pub(super) expires_at: UnixTime,
    pub(super) revoked: bool,
}

/// Why something is noted: what a person reports, or what stands in an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Report(ReportKind),
    Application,
}

/// A declaration of a day.
pub(super) struct Noted {
    pub(super) day: i64,
    pub(super) check_in: bool,
    pub(super) declaration: Declaration,
}

/// The day of a time in China, as a number.
pub(super) const fn day_of(time: UnixTime) -> i64 {
    time.plus(8 * 3600).0.div_euclid(DAY_S)
}

/// When a day begins in China.
pub(super) const fn begin_of(day: i64) -> UnixTime {
    UnixTime(day.saturating_mul(DAY_S)).plus(-8 * 3600)
}

fn pseudonym(connection: &Connection, what: &str, text: &str) -> Result<[u8; 32], AuthorityError> {
    let secret: [u8; 32] = connection.query_row("SELECT value FROM secrets WHERE name = 'pseudonyms'", [], |row| row.get(0))?;
    Ok(Sha256::new().chain_update(secret).chain_update(what).chain_update([0]).chain_update(text).finalize().into())
}

/// The pseudonym of a document.
pub(super) fn document(connection: &Connection, kind: DocumentKind, number: &str) -> Result<[u8; 32], AuthorityError> {
    pseudonym(connection, &kind.number().to_string(), &identity::normalise_document(number))
}

/// The person of an application: the same document and phone are the same person. Each region knows a person of its own: what is declared
/// to one changes no colour of another, and a code of one takes none of another away. What the health authority finds is of the document.
pub(super) fn of_application(connection: &Connection, application: &Application) -> Result<Person, AuthorityError> {
    let document = document(connection, application.document_kind, &application.document_number)?;
    let phone = identity::normalise_phone(&application.phone);
    match application.region.filter(|region| *region != REGION) {
        None => of_both(connection, document, pseudonym(connection, "phone", &phone)?, REGION),
        Some(region) => of_both(connection, document, pseudonym(connection, &format!("phone in {region}"), &phone)?, region),
    }
}

/// The person of a paper code: the document, and no phone. With a phone the same document is another holder.
pub(super) fn of_paper(connection: &Connection, kind: DocumentKind, number: &str) -> Result<Person, AuthorityError> {
    of_both(connection, document(connection, kind, number)?, pseudonym(connection, "paper", "")?, REGION)
}

fn of_both(connection: &Connection, document: [u8; 32], phone: [u8; 32], region: u32) -> Result<Person, AuthorityError> {
    connection.execute("INSERT OR IGNORE INTO persons (document, phone, region) VALUES (?, ?, ?)", params![document, phone, region])?;
    let id = connection.query_row("SELECT id FROM persons WHERE document = ? AND phone = ?", params![document, phone], |row| row.get(0))?;
    Ok(Person { id, document })
}

/// The region whose rules decide over a person's colour, GB/T 2260.
pub(super) fn region(connection: &Connection, person: Person) -> Result<u32, AuthorityError> {
    Ok(connection.query_row("SELECT region FROM persons WHERE id = ?", [person.id], |row| row.get(0))?)
}

/// Everybody with this document.
pub(super) fn of_document(connection: &Connection, document: [u8; 32]) -> Result<Vec<Person>, AuthorityError> {
    let mut statement = connection.prepare("SELECT id FROM persons WHERE document = ?")?;
    let rows = statement.query_map([document], |row| Ok(Person { id: row.get(0)?, document }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everybody whose colour is not green.
pub(super) fn coloured(connection: &Connection) -> Result<Vec<Person>, AuthorityError> {
    let mut statement = connection.prepare("SELECT id, document FROM persons WHERE colour <> 'green'")?;
    let rows = statement.query_map([], |row| Ok(Person { id: row.get(0)?, document: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn key_hash(key: &PublicKey) -> [u8; 32] {
    Sha256::digest(key.to_sec1()).into()
}

const GIVEN: &str = "SELECT p.id, p.document, c.colour, c.expires_at, s.status FROM credentials c JOIN persons p ON p.id = c.person
    JOIN status s ON s.idx = c.idx WHERE";

fn given(row: &rusqlite::Row<'_>) -> rusqlite::Result<Given> {
    Ok(Given {
        person: Person { id: row.get(0)?, document: row.get(1)? },
        colour: colour_of(row.get_ref(2)?.as_str().unwrap_or_default()),
        expires_at: UnixTime(row.get(3)?),
        revoked: row.get::<_, u8>(4)? == REVOKED,
    })
}

/// The newest credential of a key, one that is not revoked before others.
pub(super) fn by_key(connection: &Connection, key: &PublicKey) -> Result<Option<Given>, AuthorityError> {
    let sql = format!("{GIVEN} c.key = ? ORDER BY s.status = {REVOKED}, c.issued_at DESC LIMIT 1");
    Ok(connection.query_row(&sql, [key_hash(key)], given).optional()?)
}

/// The credential of an index.
pub(super) fn by_index(connection: &Connection, idx: u32) -> Result<Option<Given>, AuthorityError> {
    Ok(connection.query_row(&format!("{GIVEN} c.idx = ?"), [idx], given).optional()?)
}

/// The index of the paper code with this serial.
pub(super) fn by_serial(connection: &Connection, serial: Serial) -> Result<Option<u32>, AuthorityError> {
    Ok(connection.query_row("SELECT idx FROM credentials WHERE key = ?", [serial.0], |row| row.get(0)).optional()?)
}

/// Whether a key has a credential.
pub(super) fn has_credential(connection: &Connection, key: &PublicKey) -> Result<bool, AuthorityError> {
    Ok(connection.query_row("SELECT EXISTS (SELECT 1 FROM credentials WHERE key = ?)", [key_hash(key)], |row| row.get(0))?)
}

/// How many credentials a person got since.
pub(super) fn issued_since(connection: &Connection, person: Person, since: UnixTime) -> Result<u32, AuthorityError> {
    let sql = "SELECT count(*) FROM credentials WHERE person = ? AND issued_at > ?";
    Ok(connection.query_row(sql, params![person.id, since.0], |row| row.get(0))?)
}

/// Notes whose credential an index is.
pub(super) fn bind(
    connection: &Connection,
    idx: u32,
    person: Person,
    key: &PublicKey,
    colour: Colour,
    (issued_at, expires_at): (UnixTime, UnixTime),
) -> Result<(), AuthorityError> {
    bind_to(connection, idx, person, &key_hash(key), colour, (issued_at, expires_at))
}

/// Notes whose paper code an index is. It has no key, so its serial stands there; and no colour, which is as if it said green.
pub(super) fn bind_paper(
    connection: &Connection,
    idx: u32,
    person: Person,
    serial: Serial,
    times: (UnixTime, UnixTime),
) -> Result<(), AuthorityError> {
    bind_to(connection, idx, person, &serial.0, Colour::Green, times)
}

fn bind_to(
    connection: &Connection,
    idx: u32,
    person: Person,
    key: &[u8],
    colour: Colour,
    (issued_at, expires_at): (UnixTime, UnixTime),
) -> Result<(), AuthorityError> {
    let sql = "INSERT INTO credentials VALUES (?, ?, ?, ?, ?, ?)";
    connection.execute(sql, params![idx, person.id, key, colour.name(), issued_at.0, expires_at.0])?;
    Ok(())
}

/// Revokes all credentials of a person up to these; whether there were any.
pub(super) fn revoke_others(connection: &Connection, person: Person, kept: &[u32], now: UnixTime) -> Result<bool, AuthorityError> {
    revoke(connection, person, now, |idx, _| !kept.contains(&idx))
}

/// Revokes the credentials of a person that say green; whether there were any.
pub(super) fn revoke_green(connection: &Connection, person: Person, now: UnixTime) -> Result<bool, AuthorityError> {
    revoke(connection, person, now, |_, colour| colour == Colour::Green)
}

fn revoke(connection: &Connection, person: Person, now: UnixTime, which: impl Fn(u32, Colour) -> bool) -> Result<bool, AuthorityError> {
    let mut statement = connection.prepare("SELECT idx, colour FROM credentials WHERE person = ? AND expires_at > ?")?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, colour_of(row.get_ref(1)?.as_str().unwrap_or_default())));
    let held: Vec<(u32, Colour)> = statement.query_map(params![person.id, now.0], read)?.collect::<Result<_, _>>()?;
    let mut changed = false;
    for (idx, _) in held.into_iter().filter(|(idx, colour)| which(*idx, *colour)) {
        changed |= change_status(connection, idx, REVOKED, now)?;
    }
    Ok(changed)
}

/// The status with which a credential of one colour says another. A better colour needs a new credential.
pub(super) const fn status_for(issued: Colour, colour: Colour) -> u8 {
    match (issued, colour) {
        (Colour::Green | Colour::Yellow, Colour::Red) => SUSPENDED,
        (Colour::Green, Colour::Yellow) => YELLOW,
        _ => VALID,
    }
}

/// The colour held of a person, its rule, and since when.
pub(super) fn colour(connection: &Connection, person: Person) -> Result<Option<(Colour, String, UnixTime)>, AuthorityError> {
    let sql = "SELECT colour, rule, since FROM persons WHERE id = ? AND colour IS NOT NULL";
    let read = |row: &rusqlite::Row<'_>| Ok((colour_of(row.get_ref(0)?.as_str().unwrap_or_default()), row.get(1)?, UnixTime(row.get(2)?)));
    Ok(connection.query_row(sql, [person.id], read).optional()?)
}

/// What stands in the database is what was written; anything else counts as the worst.
fn colour_of(name: &str) -> Colour {
    Colour::from_name(name).unwrap_or(Colour::Red)
}

/// Changes the colour of a person and the status of the credentials that said the former one; whether a status changed. What
/// somebody set by hand on an index stays.
pub(super) fn set_colour(
    connection: &Connection,
    person: Person,
    (colour, rule, since): (Colour, &str, UnixTime),
    now: UnixTime,
) -> Result<bool, AuthorityError> {
    let former = self::colour(connection, person)?.map_or(Colour::Green, |(former, ..)| former);
    let sql = "UPDATE persons SET colour = ?, rule = ?, since = ? WHERE id = ?";
    connection.execute(sql, params![colour.name(), rule, since.0, person.id])?;
    let mut changed = false;
    for issued in Colour::ALL {
        let (was, is) = (status_for(issued, former), status_for(issued, colour));
        if was != is {
            let sql = "SELECT c.idx FROM credentials c JOIN status s ON s.idx = c.idx
                WHERE s.status = ? AND c.person = ? AND c.colour = ? AND c.expires_at > ?";
            let mut statement = connection.prepare(sql)?;
            let rows = statement.query_map(params![was, person.id, issued.name(), now.0], |row| row.get(0))?;
            for idx in rows.collect::<Result<Vec<u32>, _>>()? {
                changed |= change_status(connection, idx, is, now)?;
            }
        }
    }
    Ok(changed)
}

/// Notes what is declared; false where there is something of this kind and day already, which stays.
pub(super) fn note(
    connection: &Connection,
    person: Person,
    kind: Kind,
    declaration: &Declaration,
    at: UnixTime,
) -> Result<bool, AuthorityError> {
    let kind = match kind {
        Kind::Report(kind) => kind as i64,
        Kind::Application => 2,
    };
    let Declaration { been_to_listed_region, contact, symptoms, temperature } = declaration;
    let values = params![person.id, day_of(at), kind, at.0, been_to_listed_region, *contact as i64, symptoms.bits(), temperature];
    Ok(connection.execute("INSERT OR IGNORE INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)? == 1)
}

/// What was declared, the newest first.
pub(super) fn reports(connection: &Connection, person: Person, now: UnixTime) -> Result<Vec<Noted>, AuthorityError> {
    let sql = "SELECT day, kind, been, contact, symptoms, temperature FROM reports WHERE person = ? AND day >= ? AND day <= ?
        ORDER BY at DESC, kind";
    let today = day_of(now);
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map(params![person.id, today - REPORT_DAYS, today + 1], |row| {
        let declaration = Declaration {
            been_to_listed_region: row.get(2)?,
            contact: Contact::from_number(row.get(3)?).unwrap_or(Contact::Yes),
            symptoms: Symptoms::from_bits(row.get(4)?).unwrap_or_default(),
            temperature: row.get(5)?,
        };
        Ok(Noted { day: row.get(0)?, check_in: row.get::<_, i64>(1)? == ReportKind::CheckIn as i64, declaration })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes back what a person declared.
pub(super) fn clear_reports(connection: &Connection, person: Person) -> Result<(), AuthorityError> {
    connection.execute("DELETE FROM reports WHERE person = ?", [person.id])?;
    Ok(())
}

/// Forgets what is old.
pub(super) fn forget(connection: &Connection, now: UnixTime) -> Result<(), AuthorityError> {
    connection.execute("DELETE FROM reports WHERE day < ?", [day_of(now) - REPORT_DAYS])?;
    connection.execute("DELETE FROM credentials WHERE expires_at <= ?", [now.plus(-RENEWABLE_S).0])?;
    connection.execute("DELETE FROM appeals WHERE decided_at <= ?", [now.plus(-APPEALS_S).0])?;
    connection.execute("DELETE FROM decisions WHERE at <= ?", [now.plus(-DECISIONS_S).0])?;
    let sql = "DELETE FROM persons WHERE id NOT IN (SELECT person FROM credentials) AND id NOT IN (SELECT person FROM appeals)";
    connection.execute(sql, [])?;
    connection.execute("DELETE FROM reports WHERE person NOT IN (SELECT id FROM persons)", [])?;
    Ok(())
}
