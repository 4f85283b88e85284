use super::{
    Authority, AuthorityError,
    colours::{self, Decider, Finding},
    people::{self, Person},
    requests::{REPEATED_S, asking, check_head, identity, json, verified},
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use tongma::{
    reason::{Layer, Reason},
    time::UnixTime,
    token::{Appeal, AppealAnswer, AppealInquiry, AppealState, Head, Request, Wish},
};

/// The most undecided appeals of a person.
const MAX_OPEN: u32 = 3;

/// An appeal as those who decide see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AppealRecord {
    /// Number, state, times, and why it was decided so.
    #[serde(flatten)]
    pub answer: AppealAnswer,
    /// Who decided.
    pub by: Option<String>,
    /// What is wanted.
    pub wish: Wish,
    /// The person's own words; plain text of any kind.
    pub text: String,
    /// The colour that the person had.
    pub colour: String,
    /// The rule that gave it.
    pub rule: String,
}

/// How an appeal is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealDecision {
    /// In favour of the person.
    Granted {
        /// What the health authority knew of the person is taken back.
        clear_finding: bool,
        /// What the person declared is taken back.
        clear_declarations: bool,
    },
    /// Against the person.
    Refused,
}

impl Authority {
    /// Takes an appeal and answers with its number and state ([`AppealAnswer`] as JSON).
    ///
    /// # Errors
    /// `Refused` with the reason, or what can't be read or written.
    pub fn appeal(&self, appeal: &[u8], now: UnixTime) -> Result<String, AuthorityError> {
        self.take_appeal(appeal, now, |head| check_head(head, now, Layer::Request))
    }

    /// As [`Authority::appeal`], for one that was brought in a file or as a QR code, however long after it was signed.
    ///
    /// # Errors
    /// As [`Authority::appeal`].
    pub fn appeal_brought(&self, appeal: &[u8], now: UnixTime) -> Result<String, AuthorityError> {
        self.take_appeal(appeal, now, |head| check_head(head, head.issued_at.min(now), Layer::Request))
    }

    fn take_appeal(&self, appeal: &[u8], now: UnixTime, fit: impl FnOnce(&Head) -> Result<(), Reason>) -> Result<String, AuthorityError> {
        let Request { head, body } = verified(Request::<Appeal>::parse(appeal), Layer::Request)?;
        let checked = || fit(&head).and_then(|()| body.check()).map_err(AuthorityError::Refused);
        let identity = identity::<Appeal>(&head);
        self.once(&identity, now, REPEATED_S, checked, |connection| {
            // A request stands for one appeal for as long as that is held, longer than its answer.
            if let Some(record) = one(connection, "request = ?", &identity)? {
                return Ok((json(&record.1.answer)?, false));
            }
            let given = asking(people::by_key(connection, &head.key)?, now)?;
            let (standing, changed) = colours::judge(connection, given.person, None, now)?;
            let sql = "SELECT count(*) FROM appeals WHERE person = ? AND granted IS NULL";
            if connection.query_row::<u32, _, _>(sql, [given.person.id], |row| row.get(0))? >= MAX_OPEN {
                return Err(AuthorityError::Refused(Reason::TooManyAppeals));
            }
            let sql = "INSERT INTO appeals (person, request, at, wish, text, colour, rule) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number";
            let (wish, colour) = (body.wish as i64, standing.colour.name());
            let values = params![given.person.id, identity, now.0, wish, body.text, colour, standing.rule];
            let number = connection.query_row(sql, values, |row| row.get(0))?;
            let answer = AppealAnswer { number, state: AppealState::Received, received_at: now, decided_at: None, why: None };
            Ok((json(&answer)?, changed))
        })
    }

    /// Says how an appeal stands, to its own person only ([`AppealAnswer`] as JSON).
    ///
    /// # Errors
    /// `Refused` with the reason, or what can't be read.
    pub fn appeal_state(&self, inquiry: &[u8], now: UnixTime) -> Result<String, AuthorityError> {
        let Request { head, body } = verified(Request::<AppealInquiry>::parse(inquiry), Layer::Request)?;
        check_head(&head, now, Layer::Request).map_err(AuthorityError::Refused)?;
        self.database.read(|connection| {
            let given = asking(people::by_key(connection, &head.key)?, now)?;
            let found = one(connection, "number = ?", &body.number)?.filter(|(person, _)| *person == given.person.id);
            let (_, record) = found.ok_or(AuthorityError::Refused(Reason::AppealUnknown))?;
            json(&record.answer)
        })
    }

    /// All appeals that are held, the oldest first.
    ///
    /// # Errors
    /// What can't be read.
    pub fn appeals(&self) -> Result<Vec<AppealRecord>, AuthorityError> {
        self.database.read(|connection| {
            let mut statement = connection.prepare(&format!("{SELECT} ORDER BY number"))?;
            let rows = statement.query_map([], |row| Ok(record(row)?.1))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Decides an appeal and publishes at once what follows from it.
    ///
    /// # Errors
    /// `NobodyDecides`, `AppealDecided`, `Refused` with `appeal-unknown`, or what can't be read or written.
    pub fn decide_appeal(
        &self,
        number: u32,
        decision: AppealDecision,
        decider: Decider<'_>,
        now: UnixTime,
    ) -> Result<AppealRecord, AuthorityError> {
        decider.check()?;
        let record = self.database.alone(|connection| {
            let (person, held) = one(connection, "number = ?", &number)?.ok_or(AuthorityError::Refused(Reason::AppealUnknown))?;
            if held.answer.decided_at.is_some() {
                return Err(AuthorityError::AppealDecided(number));
            }
            let sql = "SELECT document FROM persons WHERE id = ?";
            let person = Person { id: person, document: connection.query_row(sql, [person], |row| row.get(0))? };
            let granted = if let AppealDecision::Granted { clear_finding, clear_declarations } = decision {
                if clear_finding {
                    colours::write_finding(connection, person.document, &Finding::default())?;
                }
                if clear_declarations {
                    people::clear_reports(connection, person)?;
                }
                true
            } else {
                false
            };
            let sql = "UPDATE appeals SET granted = ?, decided_at = ?, by_whom = ?, why = ? WHERE number = ?";
            connection.execute(sql, params![granted, now.0, decider.by, decider.why, number])?;
            let what = format!("appeal {number} {}", if granted { "granted" } else { "refused" });
            colours::note_decision(connection, person.document, decider, &what, now)?;
            for concerned in people::of_document(connection, person.document)? {
                colours::judge(connection, concerned, None, now)?;
            }
            let decided = one(connection, "number = ?", &number)?;
            decided.map(|(_, record)| record).ok_or(AuthorityError::Refused(Reason::AppealUnknown))
        })?;
        self.publish(now)?;
        Ok(record)
    }
}

const SELECT: &str = "SELECT person, number, granted, at, decided_at, why, by_whom, wish, text, colour, rule FROM appeals";

/// The one appeal of which this holds, with its person.
fn one(connection: &Connection, condition: &str, value: &dyn rusqlite::ToSql) -> Result<Option<(i64, AppealRecord)>, AuthorityError> {
    Ok(connection.query_row(&format!("{SELECT} WHERE {condition}"), [value], record).optional()?)
}

fn record(row: &Row<'_>) -> rusqlite::Result<(i64, AppealRecord)> {
    let state = match row.get(2)? {
        None => AppealState::Received,
        Some(true) => AppealState::Granted,
        Some(false) => AppealState::Refused,
    };
    let decided_at = row.get::<_, Option<i64>>(4)?.map(UnixTime);
    let answer = AppealAnswer { number: row.get(1)?, state, received_at: UnixTime(row.get(3)?), decided_at, why: row.get(5)? };
    let wish = Wish::from_number(row.get(7)?).unwrap_or(Wish::Other);
    Ok((row.get(0)?, AppealRecord { answer, by: row.get(6)?, wish, text: row.get(8)?, colour: row.get(9)?, rule: row.get(10)? }))
}
