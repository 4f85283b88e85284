//! What a wallet asks the authority after applying: declarations, check-ins, renewals, appeals; and what the authority decides.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::authority;
use crate::support::requests as support;
use authority::{Scratch, key, published, signed_by};
use std::{
    fs,
    path::Path,
    sync::{Arc, Barrier},
};
use support::{Person, ask, declares, document, form, ill, refused, well};
use tongma::{
    policy::colour::{Isolation, RiskArea, Status},
    qr::encode::{EccLevel, smallest_version},
    reason::{Layer, Reason},
    roles::holder::Showing,
    time::UnixTime,
    token::{
        Appeal, AppealAnswer, AppealInquiry, AppealState, Application, Colour, Declaration, DocumentKind, Particulars, Relation, Renewal,
        Report, ReportKind, Standing, Ward, Wish, from_text,
        status::{REVOKED, SUSPENDED, VALID, YELLOW},
        to_text,
    },
};
use tongma_authority::{AppealDecision, Authority, AuthorityError, Decider, Finding};

/// 16:00 in China.
const NOW: UnixTime = UnixTime(1_800_000_000);
/// When that day begins there.
const TODAY: UnixTime = UnixTime(NOW.0 - 16 * 3600);
const DAY: i64 = 86_400;
const BY: Decider<'_> = Decider { by: "Dr. Li", why: "list of contacts of 7 January" };

fn init(name: &str) -> (Scratch, Authority) {
    let scratch = Scratch::new(&format!("requests-{name}"));
    let authority = Authority::init(scratch.path(), NOW).unwrap();
    (scratch, authority)
}

fn status(authority: &Authority, person: &Person) -> u8 {
    published(authority).list.get(person.idx()).unwrap()
}

fn declare(authority: &Authority, person: &Person, declaration: Declaration, id: u8, now: UnixTime) -> Result<Standing, Reason> {
    let report = Report { kind: ReportKind::Declaration, declaration };
    ask(authority, Authority::report, &person.request(report, id, now), now)
}

fn check_in(authority: &Authority, person: &Person, declaration: Declaration, now: UnixTime) -> Standing {
    ask(authority, Authority::report, &person.check_in(declaration, now), now).unwrap()
}

fn count(folder: &Path, table: &str) -> u32 {
    let database = rusqlite::Connection::open(folder.join("authority.db")).unwrap();
    database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

fn qr_version(person: &Person) -> i16 {
    let (unsigned, _) = person.held.present(&Showing::default(), NOW).unwrap();
    smallest_version(&to_text(&support::sign(&person.key, unsigned)), EccLevel::M).unwrap().into()
}

#[test]
fn an_application_needs_its_whole_form() {
    let (scratch, authority) = init("form");
    let altered = |alter: &dyn Fn(&mut Particulars)| {
        let mut application = form(9, NOW);
        alter(application.particulars.as_mut().unwrap());
        authority.apply(&signed_by(&key(9), &application), NOW).map_err(refused)
    };
    let old = Application { particulars: None, ..form(9, NOW) };
    assert_eq!(authority.apply(&signed_by(&key(9), &old), NOW).map_err(refused), Err(Reason::DeclarationMissing));
    assert_eq!(altered(&|rest| rest.truth = false), Err(Reason::TruthNotStated));
    assert_eq!(altered(&|rest| rest.consent = 0), Err(Reason::ConsentMissing { version: 1 }));
    assert_eq!(altered(&|rest| rest.consent = 2), Err(Reason::ConsentMissing { version: 1 }));
    assert_eq!(altered(&|rest| rest.declaration.temperature = Some(339)), Err(Reason::MeasurementImplausible));
    assert_eq!(altered(&|rest| rest.declaration.temperature = Some(431)), Err(Reason::MeasurementImplausible));
    assert_eq!(altered(&|rest| rest.address = Some(" ".into())), Err(Reason::FieldEmpty));
    assert_eq!(altered(&|rest| rest.address = Some("路".repeat(201))), Err(Reason::FieldTooLong));
    assert_eq!((count(scratch.path(), "persons"), count(scratch.path(), "reports")), (0, 0));
    assert!(altered(&|rest| rest.address = Some("路".repeat(200))).is_ok());
}

#[test]
fn the_relation_of_a_guardian_stands_in_the_credential_and_stays_there() {
    let (_scratch, authority) = init("ward");
    let ward = |relation, consent| Some(Ward { relation, consent });
    let child = Application { document_number: "110105201501010025".into(), ..form(5, NOW) };
    let without = Application { ward: ward(Relation::Parent, false), ..child.clone() };
    assert_eq!(authority.apply(&signed_by(&key(5), &without), NOW).map_err(refused), Err(Reason::GuardianConsentMissing));
    let person = Person::applies(&authority, &Application { ward: ward(Relation::Parent, true), ..child }, 5, NOW);
    assert_eq!((person.held.claims().relation, qr_version(&person)), (Some(Relation::Parent), 13));
    let renewed = person.renews(&authority, &[6], false, 6, NOW).unwrap();
    assert_eq!(renewed[0].held.claims().relation, Some(Relation::Parent));
    let elder = Application { ward: ward(Relation::Child, false), ..form(7, NOW) };
    assert_eq!(Person::applies(&authority, &elder, 7, NOW).held.claims().relation, Some(Relation::Child));
}

#[test]
fn a_colour_follows_from_what_is_declared_and_green_stays_small() {
    let (_scratch, authority) = init("colours");
    let applies = |seed: u8, declaration: Declaration| Person::applies(&authority, &declares(declaration, form(seed, NOW)), seed, NOW);
    let green = applies(1, well());
    let claims = green.held.claims();
    assert_eq!((claims.colour, &claims.reason, qr_version(&green)), (Colour::Green, &None, 13));
    for (seed, declaration, colour, code, rule) in [
        (2, ill(), Colour::Yellow, "declared-symptoms", "JX-C-SYMPTOMS"),
        (3, Declaration { temperature: Some(373), ..well() }, Colour::Yellow, "declared-symptoms", "JX-C-SYMPTOMS"),
        (4, Declaration { been_to_listed_region: true, ..well() }, Colour::Red, "high-risk-area", "JX-C-HIGH-RISK"),
    ] {
        let person = applies(seed, declaration);
        let claims = person.held.claims();
        let reason = claims.reason.as_ref().unwrap();
        assert_eq!((claims.colour, &*reason.code, reason.rule.as_deref(), reason.since), (colour, code, Some(rule), Some(TODAY)));
        assert!(qr_version(&person) > 13);
    }
    // 37.2 °C is no fever, and a stomach ache is no respiratory symptom.
    let stomach = Declaration { temperature: Some(372), symptoms: [tongma::token::Symptom::Digestive].into_iter().collect(), ..well() };
    assert_eq!(applies(5, stomach).held.claims().colour, Colour::Green);
}

#[test]
fn what_the_health_authority_knows_turns_codes_at_once() {
    let (scratch, authority) = init("finding");
    let person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    let other = Person::applies(&authority, &form(2, NOW), 2, NOW);
    let number = document(1);
    let set = |finding: &Finding, now: UnixTime| authority.set_finding((DocumentKind::IdCard, &number), finding, BY, now).unwrap();
    let contact = Finding { status: Some(Status::CloseContact), ..Finding::default() };
    assert_eq!(set(&contact, NOW), 1);
    assert_eq!((status(&authority, &person), status(&authority, &other)), (SUSPENDED, VALID));
    assert_eq!(set(&Finding { risk_area: Some(RiskArea::Medium), ..Finding::default() }, NOW), 1);
    assert_eq!(status(&authority, &person), YELLOW);
    assert_eq!(set(&Finding::default(), NOW), 1);
    assert_eq!(status(&authority, &person), VALID);
    // Somebody who applies later is met as well; whoever has the document with spaces in it is the same.
    let spaced = format!(" {} {} ", &document(3)[..6], &document(3)[6..]);
    assert_eq!(authority.set_finding((DocumentKind::IdCard, &spaced), &contact, BY, NOW).unwrap(), 0);
    let met = Person::applies(&authority, &form(3, NOW), 3, NOW);
    assert_eq!((met.held.claims().colour, status(&authority, &met)), (Colour::Red, VALID));
    assert_eq!(met.held.claims().reason.as_ref().unwrap().code, "close-contact");
    // What somebody set by hand on one index stays, whatever the person's colour.
    authority.set_status(other.idx(), SUSPENDED, NOW).unwrap();
    declare(&authority, &other, ill(), 7, NOW).unwrap();
    assert_eq!(status(&authority, &other), SUSPENDED);
    for nobody in [Decider { by: " ", why: "x" }, Decider { by: "x", why: "" }] {
        let done = authority.set_finding((DocumentKind::IdCard, &number), &contact, nobody, NOW);
        assert!(matches!(done, Err(AuthorityError::NobodyDecides)));
    }
    let database = rusqlite::Connection::open(scratch.path().join("authority.db")).unwrap();
    let named = "SELECT count(*) FROM decisions WHERE by_whom = 'Dr. Li' AND why LIKE 'list of%'";
    assert_eq!(database.query_row::<u32, _, _>(named, [], |row| row.get(0)).unwrap(), 4);
}

#[test]
fn daily_health_monitoring_stands_in_every_green_code_from_then_on() {
    let (_scratch, authority) = init("monitoring");
    let person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    let other = Person::applies(&authority, &form(2, NOW), 2, NOW);
    let number = document(1);
    let set = |finding: &Finding, now: UnixTime| authority.set_finding((DocumentKind::IdCard, &number), finding, BY, now).unwrap();
    let monitored = |since: UnixTime| Finding { monitored_since: Some(since), ..Finding::default() };
    let said =
        |person: &Person| person.held.claims().reason.as_ref().map(|reason| (reason.code.clone(), reason.rule.clone(), reason.since));
    let says = |since: UnixTime| {
        // Of the time it says the day, which begins at 16:00 UTC.
        let day = UnixTime((since.0 + 28_800).div_euclid(DAY) * DAY - 28_800);
        Some(("health-monitoring".to_owned(), None, Some(day)))
    };
    assert_eq!(said(&person), None);
    assert_eq!(set(&monitored(NOW), NOW), 1);
    // What says nothing of it lets nobody in any more.
    assert_eq!((status(&authority, &person), status(&authority, &other)), (REVOKED, VALID));
    let anew = Person::applies(&authority, &form(1, NOW.plus(60)), 3, NOW.plus(60));
    assert_eq!((anew.held.claims().colour, said(&anew)), (Colour::Green, says(NOW)));
    let standing = check_in(&authority, &anew, well(), NOW.plus(120));
    assert_eq!((standing.colour, standing.reason.as_deref(), standing.since), (Colour::Green, Some("health-monitoring"), NOW));
    // Said again, it goes on, and nobody has to apply anew.
    set(&monitored(NOW.plus(DAY)), NOW.plus(DAY));
    assert_eq!(status(&authority, &anew), VALID);
    let renewed = anew.renews(&authority, &[40], false, 1, NOW.plus(DAY)).unwrap().remove(0);
    assert_eq!(said(&renewed), says(NOW));
    // A colour that is not green says why it is not; a green one afterwards, that the person is monitored still.
    set(&Finding { status: Some(Status::CloseContact), ..monitored(NOW) }, NOW.plus(2 * DAY));
    assert_eq!(status(&authority, &renewed), SUSPENDED);
    let red = renewed.renews(&authority, &[41], false, 2, NOW.plus(2 * DAY)).unwrap().remove(0);
    assert_eq!(said(&red).map(|(code, ..)| code).as_deref(), Some("close-contact"));
    set(&monitored(NOW), NOW.plus(3 * DAY));
    assert_eq!(status(&authority, &renewed), VALID);
    // It ends.
    set(&Finding::default(), NOW.plus(4 * DAY));
    let free = renewed.renews(&authority, &[42], false, 3, NOW.plus(4 * DAY)).unwrap().remove(0);
    assert_eq!((free.held.claims().colour, said(&free)), (Colour::Green, None));
}

#[test]
fn fourteen_normal_check_ins_lead_back_to_green() {
    let (scratch, authority) = init("back");
    let person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    let isolated = Finding { status: Some(Status::CloseContact), isolation: Some((Isolation::Home, NOW.plus(-DAY))), ..Finding::default() };
    authority.set_finding((DocumentKind::IdCard, &document(1)), &isolated, BY, NOW).unwrap();
    let mut person = person;
    for day in 0..14 {
        let now = NOW.plus(day * DAY);
        let standing = check_in(&authority, &person, well(), now);
        let counted = u32::try_from(day).unwrap() + 1;
        assert_eq!(
            (standing.normal_days, standing.days_to_green, standing.checked_in),
            (counted, if day < 13 { 14 - counted } else { 0 }, true)
        );
        let colour = if day < 13 { Colour::Red } else { Colour::Green };
        assert_eq!((standing.colour, standing.since), (colour, if day < 13 { NOW } else { now }), "day {day}");
        // Another process goes on where this one ended.
        if day == 3 {
            let again = check_in(&Authority::open(scratch.path()).unwrap(), &person, well(), now.plus(60));
            assert_eq!((again.normal_days, again.colour), (counted, Colour::Red));
        }
        if day == 5 {
            person = person.renews(&authority, &[40], false, 1, now).unwrap().remove(0);
            assert_eq!(person.held.claims().colour, Colour::Red);
        }
        assert_eq!(standing.renew, day == 13);
    }
    // The credential says red for good: a new one is to be had.
    let later = NOW.plus(13 * DAY + 60);
    let renewed = person.renews(&authority, &[41], false, 2, later).unwrap().remove(0);
    assert_eq!((renewed.held.claims().colour, &renewed.held.claims().reason), (Colour::Green, &None));
}

#[test]
fn a_green_credential_is_green_again_by_the_list_alone() {
    let (_scratch, authority) = init("list");
    let person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    assert_eq!(declare(&authority, &person, ill(), 1, NOW).unwrap().colour, Colour::Yellow);
    assert_eq!(status(&authority, &person), YELLOW);
    let renewed = person.renews(&authority, &[50], false, 2, NOW.plus(6 * DAY)).unwrap().remove(0);
    assert_eq!(renewed.held.claims().colour, Colour::Yellow);
    // Fourteen days after the symptoms nobody has to ask: the hourly publication looks at the days.
    authority.publish(NOW.plus(13 * DAY)).unwrap();
    let again = renewed.renews(&authority, &[51], false, 3, NOW.plus(13 * DAY)).unwrap().remove(0);
    assert_eq!(again.held.claims().colour, Colour::Yellow);
    authority.publish(NOW.plus(14 * DAY)).unwrap();
    let green = again.renews(&authority, &[52], false, 4, NOW.plus(14 * DAY)).unwrap().remove(0);
    assert_eq!(green.held.claims().colour, Colour::Green);
}

#[test]
fn what_is_not_normal_begins_the_count_anew() {
    let (_scratch, authority) = init("count");
    let mut person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    let at = |day: i64| NOW.plus(day * DAY);
    assert_eq!(check_in(&authority, &person, well(), at(0)).normal_days, 1);
    assert_eq!(check_in(&authority, &person, well(), at(1)).normal_days, 2);
    // Not measured is not normal; a day left out breaks the row as well.
    assert_eq!(check_in(&authority, &person, Declaration::default(), at(2)).normal_days, 0);
    assert_eq!(check_in(&authority, &person, well(), at(3)).normal_days, 1);
    assert_eq!(check_in(&authority, &person, well(), at(5)).normal_days, 1);
    // A second check-in of the day is answered, and changes nothing.
    assert_eq!(check_in(&authority, &person, ill(), at(5).plus(4000)).normal_days, 1);
    person = person.renews(&authority, &[60], false, 1, at(6)).unwrap().remove(0);
    // Before today's check-in the row up to yesterday stands; a declaration of symptoms ends it.
    let standing = declare(&authority, &person, well(), 2, at(6)).unwrap();
    assert_eq!((standing.normal_days, standing.checked_in, standing.colour), (1, false, Colour::Green));
    let standing = declare(&authority, &person, ill(), 3, at(7)).unwrap();
    assert_eq!((standing.normal_days, standing.colour), (0, Colour::Yellow));
}

#[test]
fn a_declaration_is_changed_once_a_day_in_china() {
    let (_scratch, authority) = init("once-a-day");
    let person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    let been = Declaration { been_to_listed_region: true, ..well() };
    let first = declare(&authority, &person, been, 1, NOW).unwrap();
    assert_eq!(first.colour, Colour::Red);
    // The same one, signed again, is answered once; another one is refused with the time of the next.
    assert_eq!(declare(&authority, &person, been, 1, NOW.plus(300)), Ok(first));
    let midnight = NOW.plus(8 * 3600);
    let refusal = Err(Reason::DeclaredToday { again_at: midnight });
    assert_eq!(declare(&authority, &person, well(), 2, NOW.plus(301)), refusal);
    assert_eq!(declare(&authority, &person, well(), 3, midnight.plus(-1)), refusal);
    assert_eq!(declare(&authority, &person, well(), 4, midnight).unwrap().colour, Colour::Green);
    // Applying again does not undo what was declared before the same day.
    let again = Person::applies(&authority, &Application { id: [77; 16], ..form(1, midnight) }, 5, midnight.plus(5));
    assert_eq!(declare(&authority, &again, been, 5, midnight.plus(6)), Err(Reason::DeclaredToday { again_at: midnight.plus(DAY) }));
}

#[test]
fn one_refusal_for_each_fault_of_a_report() {
    let (scratch, authority) = init("faults");
    let (one, two) = (Person::applies(&authority, &form(1, NOW), 1, NOW), Person::applies(&authority, &form(2, NOW), 2, NOW));
    let report = Report { kind: ReportKind::CheckIn, declaration: well() };
    let told = |token: &tongma::cbor::Value, now: UnixTime| ask::<Standing>(&authority, Authority::report, token, now).map(drop);
    let good = one.request(report, 1, NOW);
    // Somebody else's key under it, and somebody else's report as the own one.
    let forged = support::sign(&two.key, one.held.request(report, [1; 16], NOW));
    assert_eq!(told(&forged, NOW), Err(Reason::BadSignature { layer: Layer::Request }));
    let old = Reason::Expired { layer: Layer::Request, expired_at: NOW.plus(600) };
    assert_eq!(told(&good, NOW.plus(601)), Err(old));
    assert_eq!(told(&one.request(report, 1, NOW.plus(121)), NOW), Err(Reason::ClockWrong { now: NOW.plus(121), not_before: NOW }));
    let hot = Report { declaration: Declaration { temperature: Some(999), ..well() }, ..report };
    assert_eq!(told(&one.request(hot, 1, NOW), NOW), Err(Reason::MeasurementImplausible));
    let elsewhere = Person { held: one.held.clone(), key: key(99), text: String::new() };
    assert_eq!(told(&elsewhere.request(report, 1, NOW), NOW), Err(Reason::BadSignature { layer: Layer::Request }));
    let issued = authority.issue(
        &tongma_authority::Request {
            colour: Colour::Green,
            region: 360_000,
            claims: Default::default(),
            redact: Vec::new(),
            valid_for_s: DAY,
            reason: None,
            relation: None,
        },
        &key(98).public(),
        NOW,
    );
    let nobodys = Person::with(key(98), issued.unwrap().0);
    assert_eq!(told(&nobodys.request(report, 1, NOW), NOW), Err(Reason::CredentialUnknown));
    let wish = Appeal { wish: Wish::Other, text: "x".into() };
    assert_eq!(told(&one.request(wish, 1, NOW), NOW), Err(Reason::WrongType { layer: Layer::Request }));
    assert_eq!(count(scratch.path(), "reports"), 2, "those of the applications only");
    assert_eq!(told(&good, NOW), Ok(()));
    // A copy of the report that somebody sends counts for its own person, and once.
    assert_eq!(told(&good, NOW.plus(30)), Ok(()));
    assert_eq!(count(scratch.path(), "reports"), 3);
    authority.set_status(one.idx(), REVOKED, NOW).unwrap();
    assert_eq!(told(&one.request(report, 2, NOW), NOW), Err(Reason::Revoked));
}

#[test]
fn many_at_once_are_answered_once() {
    let (scratch, authority) = init("at-once");
    let person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    let tokens =
        [person.request(Report { kind: ReportKind::Declaration, declaration: ill() }, 1, NOW), person.renewal(&[20, 21], false, 2, NOW)];
    let appeal = person.request(Appeal { wish: Wish::Colour, text: "请更正".into() }, 3, NOW);
    let asked: [(support::Asked, Vec<u8>); 3] =
        [(Authority::report, tokens[0].encode()), (Authority::renew, tokens[1].encode()), (Authority::appeal, appeal.encode())];
    let authorities = [Arc::new(authority), Arc::new(Authority::open(scratch.path()).unwrap())];
    for (how, token) in asked {
        let barrier = Arc::new(Barrier::new(6));
        let threads: Vec<_> = (0..6)
            .map(|index| {
                let (authority, barrier, token) = (authorities[index % 2].clone(), barrier.clone(), token.clone());
                std::thread::spawn(move || {
                    barrier.wait();
                    how(&authority, &token, NOW).unwrap()
                })
            })
            .collect();
        let answers: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }
    let folder = scratch.path();
    assert_eq!((count(folder, "reports"), count(folder, "status"), count(folder, "appeals")), (2, 3, 1));
}

#[test]
fn a_renewal_gives_a_batch_that_cannot_be_linked() {
    let (_scratch, authority) = init("batch");
    let person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    let new = [11, 12, 13, 14, 15, 16, 17, 18];
    let batch = person.renews(&authority, &new, false, 1, NOW.plus(DAY)).unwrap();
    for (one, seed) in batch.iter().zip(new) {
        let claims = one.held.claims();
        assert_eq!((&claims.holder, &claims.claims), (&key(seed).public(), &person.held.claims().claims));
        assert_eq!((claims.expires_at, qr_version(one), status(&authority, one)), (TODAY.plus(8 * DAY), 13, VALID));
    }
    let mut indices: Vec<_> = batch.iter().chain([&person]).map(Person::idx).collect();
    indices.sort_unstable();
    indices.dedup();
    assert_eq!(indices.len(), 9);
    // The old one lives on to its end, and any of the batch speaks for the person.
    assert_eq!(status(&authority, &person), VALID);
    assert_eq!(declare(&authority, &batch[7], ill(), 9, NOW.plus(DAY)).unwrap().colour, Colour::Yellow);
    assert!(batch.iter().chain([&person]).all(|one| status(&authority, one) == YELLOW));
    // With `replace` all the others end at once; a repeated request has the same answer all the same.
    let replaced = batch[0].renews(&authority, &[30], true, 2, NOW.plus(DAY)).unwrap();
    assert!(batch.iter().chain([&person]).all(|one| status(&authority, one) == REVOKED));
    assert_eq!(status(&authority, &replaced[0]), VALID);
    assert_eq!(batch[0].renews(&authority, &[30], true, 2, NOW.plus(DAY + 60)).unwrap()[0].text, replaced[0].text);
    assert_eq!(batch[0].renews(&authority, &[31], false, 3, NOW.plus(DAY)).map(drop), Err(Reason::Revoked));
}

#[test]
fn one_refusal_for_each_fault_of_a_renewal() {
    let (scratch, authority) = init("renewals");
    let (one, two) = (Person::applies(&authority, &form(1, NOW), 1, NOW), Person::applies(&authority, &form(2, NOW), 2, NOW));
    let before = count(scratch.path(), "status");
    let told =
        |token: &tongma::cbor::Value, now: UnixTime| ask::<tongma::token::Renewed>(&authority, Authority::renew, token, now).map(drop);
    let proof =
        |person: &Person, seed: u8, by: u8, id: u8| support::sign(&key(by), person.held.possession(key(seed).public(), [id; 16], NOW));
    let renewal = |proofs: Vec<tongma::cbor::Value>| support::sign(&one.key, one.held.renewal(proofs, false, [1; 16], NOW));
    assert_eq!(told(&renewal(Vec::new()), NOW), Err(Reason::TokenMalformed { layer: Layer::Request }));
    assert_eq!(told(&renewal(vec![proof(&one, 20, 21, 1)]), NOW), Err(Reason::KeyNotProven), "another key signed");
    assert_eq!(told(&renewal(vec![proof(&two, 20, 20, 1)]), NOW), Err(Reason::KeyNotProven), "for another person");
    assert_eq!(told(&renewal(vec![proof(&one, 20, 20, 2)]), NOW), Err(Reason::KeyNotProven), "for another renewal");
    assert_eq!(told(&renewal(vec![proof(&one, 20, 20, 1), proof(&one, 20, 20, 1)]), NOW), Err(Reason::KeyDoubled));
    assert_eq!(told(&renewal(vec![proof(&one, 1, 1, 1)]), NOW), Err(Reason::KeyDoubled), "the renewing key itself");
    assert_eq!(told(&renewal(vec![proof(&one, 2, 2, 1)]), NOW), Err(Reason::KeyDoubled), "somebody's key");
    assert_eq!(told(&renewal((20..29).map(|seed| proof(&one, seed, seed, 1)).collect()), NOW), Err(Reason::TooManyKeys { most: 8 }));
    // The credential of another person, and one that nobody issued.
    let stolen = Person { key: key(1), held: two.held.clone(), text: String::new() };
    assert_eq!(told(&stolen.renewal(&[20], false, 1, NOW), NOW), Err(Reason::BadSignature { layer: Layer::Request }));
    let body = Renewal { credential: from_text(&two.text).unwrap(), possessions: vec![proof(&one, 20, 20, 1)], replace: false };
    assert_eq!(told(&one.request(body, 1, NOW), NOW), Err(Reason::CredentialUnknown), "not the credential of this key");
    let foreign = {
        let (_other_scratch, other) = init("renewals-other");
        Person::applies(&other, &form(1, NOW), 1, NOW)
    };
    assert_eq!(told(&foreign.renewal(&[20], false, 1, NOW), NOW), Err(Reason::BadSignature { layer: Layer::Credential }));
    let old = Reason::Expired { layer: Layer::Request, expired_at: NOW.plus(600) };
    assert_eq!(told(&one.renewal(&[20], false, 1, NOW), NOW.plus(601)), Err(old));
    assert_eq!(count(scratch.path(), "status"), before);
    // For 30 days after its end a credential can be renewed; then it is forgotten whose it was.
    assert!(one.renews(&authority, &[22], false, 3, NOW.plus(37 * DAY - 1)).is_ok());
    let over = Reason::Expired { layer: Layer::Credential, expired_at: NOW.plus(7 * DAY) };
    assert_eq!(two.renews(&authority, &[23], false, 4, NOW.plus(37 * DAY)).map(drop), Err(over));
    authority.publish(NOW.plus(37 * DAY)).unwrap();
    assert_eq!(two.renews(&authority, &[23], false, 4, NOW.plus(37 * DAY)).map(drop), Err(Reason::CredentialUnknown));
}

#[test]
fn nobody_takes_more_than_64_credentials_a_day() {
    let (_scratch, authority) = init("greedy");
    let person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    for round in 0..7_u8 {
        let new: Vec<u8> = (0..8).map(|index| 100 + 8 * round + index).collect();
        assert_eq!(person.renews(&authority, &new, false, round, NOW).unwrap().len(), 8);
    }
    let last = [200, 201, 202, 203, 204, 205, 206, 207];
    assert_eq!(person.renews(&authority, &last, false, 90, NOW).map(drop), Err(Reason::TooManyCredentials));
    assert_eq!(person.renews(&authority, &last[..7], false, 91, NOW).unwrap().len(), 7);
    assert_eq!(person.renews(&authority, &last[7..], false, 92, NOW).map(drop), Err(Reason::TooManyCredentials));
    assert!(person.renews(&authority, &last[7..], false, 93, NOW.plus(DAY + 1)).is_ok());
}

#[test]
fn a_restored_wallet_binds_anew_and_the_lost_phone_ends() {
    let (_scratch, authority) = init("rebinding");
    let lost = Person::applies(&authority, &form(1, NOW), 1, NOW);
    let batch = lost.renews(&authority, &[11, 12], false, 1, NOW).unwrap();
    declare(&authority, &lost, ill(), 2, NOW).unwrap();
    let anew = Person::applies(&authority, &Application { id: [55; 16], ..form(1, NOW.plus(60)) }, 5, NOW.plus(60));
    assert!(batch.iter().chain([&lost]).all(|old| status(&authority, old) == REVOKED));
    // It is the same person: what was declared counts on.
    assert_eq!((status(&authority, &anew), anew.held.claims().colour), (VALID, Colour::Yellow));
    assert_eq!(declare(&authority, &lost, well(), 3, NOW.plus(DAY)).map(drop), Err(Reason::Revoked));
    // Whoever knows the number but not the phone revokes nothing and changes nothing.
    let stranger = Application { id: [56; 16], phone: "13900139000".into(), ..form(1, NOW.plus(120)) };
    let stranger = Person::applies(&authority, &declares(ill(), stranger), 6, NOW.plus(120));
    assert_eq!((status(&authority, &anew), status(&authority, &stranger)), (VALID, VALID));
    // But what the health authority knows is of the document.
    let case = Finding { status: Some(Status::Confirmed), ..Finding::default() };
    assert_eq!(authority.set_finding((DocumentKind::IdCard, &document(1)), &case, BY, NOW.plus(180)).unwrap(), 2);
    assert_eq!((status(&authority, &anew), status(&authority, &stranger)), (SUSPENDED, SUSPENDED));
}

#[test]
fn an_appeal_is_stored_as_text_decided_by_name_and_told_to_its_person_only() {
    let (scratch, authority) = init("appeals");
    let (one, two) = (Person::applies(&authority, &form(1, NOW), 1, NOW), Person::applies(&authority, &form(2, NOW), 2, NOW));
    declare(&authority, &one, ill(), 1, NOW).unwrap();
    let contact = Finding { status: Some(Status::CloseContact), ..Finding::default() };
    authority.set_finding((DocumentKind::IdCard, &document(1)), &contact, BY, NOW).unwrap();
    let appeal = |person: &Person, text: &str, id: u8, now: UnixTime| {
        ask::<AppealAnswer>(&authority, Authority::appeal, &person.request(Appeal { wish: Wish::Colour, text: text.into() }, id, now), now)
    };
    let state = |person: &Person, number: u32, now: UnixTime| {
        ask::<AppealAnswer>(&authority, Authority::appeal_state, &person.request(AppealInquiry { number }, 9, now), now)
    };
    let words = "<script>alert(1)</script> & \"我没有去过\"\u{1b}[2J";
    let first = appeal(&one, words, 1, NOW).unwrap();
    assert_eq!((first.state, first.received_at, &first.why), (AppealState::Received, NOW, &None));
    // Signed again within the hour or long after, it stays one appeal.
    assert_eq!(appeal(&one, words, 1, NOW.plus(60)), Ok(first.clone()));
    assert_eq!(appeal(&one, words, 1, NOW.plus(2 * DAY)), Ok(first.clone()));
    assert_eq!(appeal(&one, " \n", 2, NOW), Err(Reason::FieldEmpty));
    assert_eq!(appeal(&one, &"长".repeat(1001), 2, NOW), Err(Reason::FieldTooLong));
    assert_eq!(appeal(&one, &"长".repeat(5000), 2, NOW), Err(Reason::CborTooLarge));
    assert!(appeal(&one, &"长".repeat(1000), 2, NOW).is_ok());
    assert!(appeal(&one, "3", 3, NOW).is_ok());
    assert_eq!(appeal(&one, "4", 4, NOW), Err(Reason::TooManyAppeals));
    let records = authority.appeals().unwrap();
    assert_eq!((records.len(), &*records[0].text, &*records[0].rule), (3, words, "JX-C-CONTACT"));
    assert_eq!(state(&one, first.number, NOW), Ok(first.clone()));
    assert_eq!(state(&two, first.number, NOW), Err(Reason::AppealUnknown));
    assert_eq!(state(&one, 99, NOW), Err(Reason::AppealUnknown));

    let granted = |clear_finding, clear_declarations| AppealDecision::Granted { clear_finding, clear_declarations };
    let decided = authority.decide_appeal(first.number, granted(true, false), BY, NOW.plus(DAY)).unwrap();
    assert_eq!((decided.answer.state, decided.by.as_deref()), (AppealState::Granted, Some("Dr. Li")));
    assert_eq!(status(&authority, &one), YELLOW, "the declared symptoms are still there");
    let told = state(&one, first.number, NOW.plus(DAY)).unwrap();
    assert_eq!((told.state, told.why.as_deref(), told.decided_at), (AppealState::Granted, Some(BY.why), Some(NOW.plus(DAY))));
    let again = authority.decide_appeal(first.number, AppealDecision::Refused, BY, NOW.plus(DAY));
    assert!(matches!(again, Err(AuthorityError::AppealDecided(number)) if number == first.number));
    authority.decide_appeal(records[1].answer.number, granted(false, true), BY, NOW.plus(DAY)).unwrap();
    assert_eq!(status(&authority, &one), VALID);
    authority.decide_appeal(records[2].answer.number, AppealDecision::Refused, BY, NOW.plus(DAY)).unwrap();
    let unknown = authority.decide_appeal(99, AppealDecision::Refused, BY, NOW).map(drop).map_err(refused);
    assert_eq!(unknown, Err(Reason::AppealUnknown));
    authority.publish(NOW.plus(31 * DAY - 1)).unwrap();
    assert_eq!(count(scratch.path(), "appeals"), 3);
    authority.publish(NOW.plus(31 * DAY)).unwrap();
    assert_eq!(count(scratch.path(), "appeals"), 0);
}

#[test]
fn what_is_held_of_a_person_is_little_and_goes() {
    let (scratch, authority) = init("forgetting");
    let folder = scratch.path();
    let mut application = form(1, NOW);
    application.particulars.as_mut().unwrap().address = Some("南昌市某某路一号".into());
    let person = Person::applies(&authority, &application, 1, NOW);
    check_in(&authority, &person, well(), NOW);
    let files = |what: &str| {
        let found = fs::read_dir(folder).unwrap().filter_map(|entry| fs::read(entry.unwrap().path()).ok());
        for file in found {
            for secret in ["甲乙丙", &document(1), "13800138000", "南昌市某某路一号"] {
                assert!(!file.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} is on the disk: {what}");
            }
        }
    };
    files("at once");
    authority.publish(NOW.plus(14 * DAY)).unwrap();
    assert_eq!((count(folder, "reports"), count(folder, "persons")), (2, 1));
    authority.publish(NOW.plus(15 * DAY)).unwrap();
    assert_eq!((count(folder, "reports"), count(folder, "persons"), count(folder, "credentials")), (0, 1, 1));
    authority.publish(NOW.plus(37 * DAY)).unwrap();
    assert_eq!((count(folder, "persons"), count(folder, "credentials"), count(folder, "answers")), (0, 0, 0));
    let known = Finding { risk_area: Some(RiskArea::High), ..Finding::default() };
    authority.set_finding((DocumentKind::IdCard, &document(1)), &known, BY, NOW).unwrap();
    authority.set_finding((DocumentKind::IdCard, &document(1)), &Finding::default(), BY, NOW).unwrap();
    assert_eq!((count(folder, "findings"), count(folder, "decisions")), (0, 2));
    authority.publish(NOW.plus(180 * DAY)).unwrap();
    assert_eq!(count(folder, "decisions"), 0);
    files("afterwards");
}

#[test]
fn a_folder_of_the_version_before_is_taken_over() {
    let scratch = Scratch::new("requests-version");
    let authority = Authority::init(scratch.path(), NOW).unwrap();
    let old = authority
        .issue(
            &tongma_authority::Request {
                colour: Colour::Green,
                region: 360_000,
                claims: Default::default(),
                redact: Vec::new(),
                valid_for_s: DAY,
                reason: None,
                relation: None,
            },
            &key(8).public(),
            NOW,
        )
        .unwrap();
    drop(authority);
    let database = rusqlite::Connection::open(scratch.path().join("authority.db")).unwrap();
    let tables = ["secrets", "persons", "credentials", "reports", "findings", "decisions", "appeals"];
    for table in tables {
        database.execute(&format!("DROP TABLE {table}"), []).unwrap();
    }
    database.pragma_update(None, "user_version", 1).unwrap();
    drop(database);
    let authority = Authority::open(scratch.path()).unwrap();
    let person = Person::applies(&authority, &form(1, NOW), 1, NOW);
    assert_eq!(status(&authority, &person), VALID);
    assert_eq!(published(&authority).list.get(old.1), Ok(VALID));
    assert_eq!(Person::with(key(8), old.0).renews(&authority, &[9], false, 1, NOW).map(drop), Err(Reason::CredentialUnknown));
}

#[test]
fn a_folder_without_a_place_for_monitoring_or_regions_is_taken_over() {
    let older = [
        "ALTER TABLE persons DROP COLUMN region; PRAGMA user_version = 3",
        "ALTER TABLE findings DROP COLUMN monitored_since; PRAGMA user_version = 2",
    ];
    for since in 1..=older.len() {
        taken_over(&older[..since]);
    }
}

fn taken_over(older: &[&str]) {
    let (scratch, authority) = init(&format!("older-{}", older.len()));
    let contact = Finding { status: Some(Status::CloseContact), ..Finding::default() };
    authority.set_finding((DocumentKind::IdCard, &document(1)), &contact, BY, NOW).unwrap();
    drop(authority);
    let database = rusqlite::Connection::open(scratch.path().join("authority.db")).unwrap();
    for change in older {
        database.execute_batch(change).unwrap();
    }
    drop(database);
    let authority = Authority::open(scratch.path()).unwrap();
    let met = Person::applies(&authority, &form(1, NOW), 1, NOW);
    assert_eq!(met.held.claims().reason.as_ref().unwrap().code, "close-contact");
    let monitored = Finding { monitored_since: Some(NOW), ..Finding::default() };
    authority.set_finding((DocumentKind::IdCard, &document(1)), &monitored, BY, NOW).unwrap();
    let anew = Person::applies(&authority, &form(1, NOW.plus(60)), 2, NOW.plus(60));
    assert_eq!(anew.held.claims().reason.as_ref().unwrap().code, "health-monitoring");
}
