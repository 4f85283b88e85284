//! Which colour a person has, by the rules of the province: from what was declared and what the health authority knows.

use super::{
    Authority, AuthorityError,
    people::{self, Noted, Person, begin_of, day_of},
};
use rusqlite::{Connection, OptionalExtension, params};
use tongma::{
    policy::admission::MONITORING,
    policy::colour::{ColourRules, DAYS_TO_LOW, Declaration as Facts, Isolation, RiskArea, Status},
    time::UnixTime,
    token::{Colour, ColourReason, DocumentKind, Standing},
};

/// What the health authority knows of a person; all of it is set at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// As a case or contact.
    pub status: Option<Status>,
    /// Where the person is isolated, and since when.
    pub isolation: Option<(Isolation, UnixTime)>,
    /// The area of the highest risk where the person was.
    pub risk_area: Option<RiskArea>,
    /// Since when the person is under daily health monitoring ([`MONITORING`]): a green code says so.
    pub monitored_since: Option<UnixTime>,
}

/// Who decided something, and why.
#[derive(Clone, Copy, Debug)]
pub struct Decider<'a> {
    /// The name of who decided.
    pub by: &'a str,
    /// On what ground.
    pub why: &'a str,
}

impl Decider<'_> {
    pub(super) fn check(&self) -> Result<(), AuthorityError> {
        if self.by.trim().is_empty() || self.why.trim().is_empty() { Err(AuthorityError::NobodyDecides) } else { Ok(()) }
    }
}

impl Authority {
    /// Sets what the health authority knows of the person with this document, whether there was an application or not, and publishes
    /// what follows from it at once. Gives the number of credentials' holders concerned.
    ///
    /// No status of a list says that a person is under daily health monitoring. Where it begins, green credentials that don't say so
    /// are revoked, for with them the person would enter where monitored persons must not; new ones are to be applied for.
    ///
    /// # Errors
    /// `NobodyDecides`, or what can't be read or written.
    pub fn set_finding(
        &self,
        (kind, number): (DocumentKind, &str),
        finding: &Finding,
        decider: Decider<'_>,
        now: UnixTime,
    ) -> Result<usize, AuthorityError> {
        decider.check()?;
        let concerned = self.database.alone(|connection| {
            let document = people::document(connection, kind, number)?;
            let held = self::finding(connection, document)?;
            // Set again, it goes on.
            let monitored_since = finding.monitored_since.map(|since| held.monitored_since.unwrap_or(since));
            write_finding(connection, document, &Finding { monitored_since, ..*finding })?;
            note_decision(connection, document, decider, &in_words(finding), now)?;
            let persons = people::of_document(connection, document)?;
            for person in &persons {
                judge(connection, *person, None, now)?;
                if held.monitored_since.is_none() && monitored_since.is_some() {
                    people::revoke_green(connection, *person, now)?;
                }
            }
            Ok(persons.len())
        })?;
        self.publish(now)?;
        Ok(concerned)
    }
}

/// Decides the colour of a person anew and changes the status of the credentials where it must; whether a status changed. `held` is the
/// colour of the credential that asks.
pub(super) fn judge(
    connection: &Connection,
    person: Person,
    held: Option<Colour>,
    now: UnixTime,
) -> Result<(Standing, bool), AuthorityError> {
    let reports = people::reports(connection, person, now)?;
    let finding = finding(connection, person.document)?;
    let facts = facts(&finding, &reports, now);
    let rules = ColourRules::of_region(people::region(connection, person)?).map_err(AuthorityError::Refused)?;
    let decision = rules.colour(&facts, now).map_err(AuthorityError::Refused)?;
    let former = people::colour(connection, person)?;
    let since = former.filter(|(colour, rule, _)| (*colour, rule) == (decision.colour, &decision.rule)).map_or(now, |(.., since)| since);
    let changed = people::set_colour(connection, person, (decision.colour, &decision.rule, since), now)?;
    // A green colour has no reason; being monitored is one to say something beside it.
    let monitored = finding.monitored_since.filter(|_| decision.colour == Colour::Green);
    let standing = Standing {
        colour: decision.colour,
        reason: decision.reason.or_else(|| monitored.map(|_| MONITORING.to_owned())),
        rule: decision.rule,
        since: monitored.unwrap_or(since),
        normal_days: facts.normal_days,
        days_to_green: if decision.colour == Colour::Green { 0 } else { facts.check_ins_to_low() },
        checked_in: reports.iter().any(|noted| noted.check_in && noted.day == day_of(now)),
        renew: held.is_some_and(|held| held > decision.colour),
    };
    Ok((standing, changed))
}

/// Decides anew, once an hour, over everybody who is not green: days pass.
pub(super) fn judge_coloured(connection: &Connection, now: UnixTime) -> Result<(), AuthorityError> {
    let hour = now.0.div_euclid(3600);
    let sql = "INSERT INTO counters VALUES ('judged', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1 WHERE value <> ?1";
    if connection.execute(sql, [hour])? == 0 {
        return Ok(());
    }
    for person in people::coloured(connection)? {
        match judge(connection, person, None, now) {
            // Rules that are not in force change no colour, and must not keep the list from being published.
            Ok(_) | Err(AuthorityError::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// What a credential says of a colour that is not green, or beside a green one. Of the time it says the day: more would be as good as a
/// name. The rule of a green colour is no ground for monitoring.
pub(super) fn reason_of(standing: &Standing) -> Option<ColourReason> {
    let Standing { colour, reason, rule, since, .. } = standing;
    let rule = (*colour != Colour::Green).then(|| rule.clone());
    let since = Some(begin_of(day_of(*since)));
    reason.as_ref().map(|code| ColourReason { code: code.clone(), rule, since })
}

/// What the rules see.
fn facts(finding: &Finding, reports: &[Noted], now: UnixTime) -> Facts {
    let counts = |noted: &Noted| noted.declaration.symptoms.respiratory() || noted.declaration.fever();
    // A row of 14 days that ends yesterday needs one day more than what the rules look at.
    let recent = || reports.iter().filter(|noted| noted.day > day_of(now) - i64::from(DAYS_TO_LOW));
    let latest = recent().next();
    let declared = latest.is_some_and(|noted| noted.declaration.been_to_listed_region).then_some(RiskArea::High);
    let isolated = |since: UnixTime| u32::try_from(now.since(since).max(0) / 86_400).unwrap_or(u32::MAX);
    Facts {
        status: finding.status,
        isolation: finding.isolation.map(|(isolation, _)| isolation),
        isolation_days: finding.isolation.map_or(0, |(_, since)| isolated(since)),
        // A listed region is a key area (重点地区): the rules treat it as one of high risk.
        risk_area: declared.or(finding.risk_area),
        symptoms: latest.is_some_and(counts),
        symptoms_within_14_days: recent().any(counts),
        contact: latest.map_or(Facts::default().contact, |noted| noted.declaration.contact),
        normal_days: normal_days(reports, day_of(now)),
        ..Facts::default()
    }
}

/// Days in a row with a normal check-in and nothing said that is not normal, up to today or, before today's check-in, up to yesterday.
fn normal_days(reports: &[Noted], today: i64) -> u32 {
    let unwell = |day: i64| {
        let mut of_day = reports.iter().filter(|noted| noted.day == day);
        of_day.any(|noted| !noted.declaration.symptoms.is_none() || noted.declaration.fever())
    };
    let checked_in = |day: i64| reports.iter().any(|noted| noted.day == day && noted.check_in);
    let normal = |day: i64| reports.iter().any(|noted| noted.day == day && noted.check_in && noted.declaration.normal()) && !unwell(day);
    if unwell(today) {
        return 0;
    }
    let last = if checked_in(today) { today } else { today - 1 };
    (0..DAYS_TO_LOW).take_while(|back| normal(last - i64::from(*back))).count().try_into().unwrap_or(DAYS_TO_LOW)
}

pub(super) fn write_finding(connection: &Connection, document: [u8; 32], finding: &Finding) -> Result<(), AuthorityError> {
    if *finding == Finding::default() {
        connection.execute("DELETE FROM findings WHERE document = ?", [document])?;
        return Ok(());
    }
    let Finding { status, isolation, risk_area, monitored_since } = finding;
    let (place, since) = isolation.map_or((None, None), |(place, since)| (Some(place.word()), Some(since.0)));
    let values =
        params![document, status.map(Status::word), place, since, risk_area.map(RiskArea::word), monitored_since.map(|since| since.0)];
    connection.execute("INSERT OR REPLACE INTO findings VALUES (?, ?, ?, ?, ?, ?)", values)?;
    Ok(())
}

fn finding(connection: &Connection, document: [u8; 32]) -> Result<Finding, AuthorityError> {
    let sql = "SELECT status, isolation, isolated_since, risk_area, monitored_since FROM findings WHERE document = ?";
    let read = |row: &rusqlite::Row<'_>| {
        let word = |column: usize| row.get::<_, Option<String>>(column);
        let (status, isolation, risk_area) = (word(0)?, word(1)?, word(3)?);
        let isolation = Isolation::ALL.iter().find(|known| isolation.as_deref() == Some(known.word()));
        Ok(Finding {
            status: Status::ALL.iter().find(|known| status.as_deref() == Some(known.word())).copied(),
            isolation: isolation.copied().zip(row.get::<_, Option<i64>>(2)?.map(UnixTime)),
            risk_area: RiskArea::ALL.iter().find(|known| risk_area.as_deref() == Some(known.word())).copied(),
            monitored_since: row.get::<_, Option<i64>>(4)?.map(UnixTime),
        })
    };
    Ok(connection.query_row(sql, [document], read).optional()?.unwrap_or_default())
}

fn in_words(finding: &Finding) -> String {
    let Finding { status, isolation, risk_area, monitored_since } = finding;
    let words = [
        status.map(Status::word),
        isolation.map(|(isolation, _)| isolation.word()),
        risk_area.map(RiskArea::word),
        monitored_since.map(|_| MONITORING),
    ];
    let said: Vec<_> = words.into_iter().flatten().collect();
    if said.is_empty() { "nothing known".to_owned() } else { said.join(", ") }
}

pub(super) fn note_decision(
    connection: &Connection,
    document: [u8; 32],
    decider: Decider<'_>,
    what: &str,
    now: UnixTime,
) -> Result<(), AuthorityError> {
    let sql = "INSERT INTO decisions VALUES (?, ?, ?, ?, ?)";
    connection.execute(sql, params![now.0, document, decider.by, decider.why, what])?;
    Ok(())
}
