//! The wallet machine on a device whose network, storage and process fail at every moment.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::shell;
use shell::{Device, Network, RESIDENT, World};
use tongma::{
    app::{
        Language, ShellEvent,
        wallet::{ApplyField, ApplyStep, ApplyView, CodeView, Wallet, WalletEvent, WalletScreen},
    },
    reason::Reason,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::Colour,
};

const NOW: UnixTime = UnixTime(1_800_000_000);
const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

type Phone<'w> = Device<'w, Wallet>;

fn opened(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    phone.open();
    phone
}

fn with_code(world: &World) -> Phone<'_> {
    let mut phone = opened(world);
    phone.apply();
    phone
}

/// The screen's name; all of it would be pages of a QR code.
fn kind(screen: &WalletScreen) -> String {
    serde_json::to_value(screen).unwrap()["type"].to_string()
}

fn code<'p>(phone: &'p Phone<'_>) -> &'p CodeView {
    match &phone.view().screen {
        WalletScreen::Code(code) => code,
        other => panic!("no code but {}", kind(other)),
    }
}

fn form<'p>(phone: &'p Phone<'_>) -> &'p ApplyView {
    match &phone.view().screen {
        WalletScreen::Apply(form) => form,
        other => panic!("no form but {}", kind(other)),
    }
}

fn waiting_for(phone: &Phone<'_>) -> Option<Reason> {
    match &phone.view().screen {
        WalletScreen::Applying(applying) => applying.waiting_for.clone(),
        other => panic!("no application under way but {}", kind(other)),
    }
}

fn saved(phone: &Phone<'_>) -> serde_json::Value {
    serde_json::from_slice(&from_base64url(phone.stored.as_ref().unwrap()).unwrap()).unwrap()
}

#[test]
fn an_application_leads_to_a_code_and_the_form_is_wiped() {
    let world = World::new(NOW);
    let phone = with_code(&world);
    let code = code(&phone);
    assert_eq!((code.name.as_str(), code.region), ("甲**", 360_000));
    assert!(code.document_number.ends_with('X') && code.document_number.contains('*'));
    assert!(code.qr.as_ref().is_some_and(|qr| qr.version <= 13 && qr.expires_at == NOW.plus(900)));
    assert!(phone.awake);
    let saved = saved(&phone);
    for text in ["甲乙丙", "11010519491231002X", "13800138000", "东湖区"] {
        assert!(!saved.to_string().contains(text), "{text} is still stored");
    }
}

#[test]
fn a_wrong_field_is_named_when_it_is_left_and_nothing_is_lost() {
    let world = World::new(NOW);
    let mut phone = opened(&world);
    let field = ApplyField::DocumentNumber;
    phone.send(WalletEvent::FieldChanged { field, value: "110105194912310021".into() });
    assert_eq!(form(&phone).document_number.problem, None, "nobody is corrected in the middle of a word");
    phone.send(WalletEvent::FieldLeft { field });
    assert_eq!(form(&phone).document_number.problem, Some(Reason::DocumentCheckDigit));
    phone.send(WalletEvent::ApplySubmitted);
    assert_eq!((form(&phone).step, &form(&phone).name.problem), (ApplyStep::Who, &Some(Reason::FieldEmpty)));
    phone.open();
    assert_eq!(form(&phone).document_number.value, "110105194912310021");
    assert_eq!(phone.fetched, Vec::<String>::new(), "nothing is asked before the form is right");
}

#[test]
fn the_steps_go_on_and_back_without_loss() {
    let world = World::new(NOW);
    let mut phone = opened(&world);
    phone.fill();
    for step in [ApplyStep::Who, ApplyStep::Health] {
        assert_eq!(form(&phone).step, step);
        phone.send(WalletEvent::ApplySubmitted);
    }
    assert_eq!(form(&phone).step, ApplyStep::Statement);
    phone.open();
    assert_eq!(form(&phone).step, ApplyStep::Statement, "also after a restart");
    for step in [ApplyStep::Health, ApplyStep::Who, ApplyStep::Who] {
        phone.send(WalletEvent::ApplyBack);
        assert_eq!(form(&phone).step, step);
    }
    let view = form(&phone);
    let fields = [&view.name, &view.document_number, &view.phone, &view.address, &view.been, &view.contact, &view.symptoms];
    for (field, (name, value)) in fields.into_iter().chain([&view.temperature, &view.truth, &view.consent]).zip(RESIDENT) {
        assert_eq!((field.value.as_str(), &field.problem), (value, &None), "{name:?}");
    }
    phone.submit();
    assert!(code(&phone).qr.is_some());
    phone.send(WalletEvent::ApplyBack);
    assert!(code(&phone).qr.is_some(), "there is no step any more");
}

#[test]
fn each_step_keeps_to_itself_what_is_missing_in_it() {
    let world = World::new(NOW);
    let nothing = Reason::FieldEmpty;
    let cases = [
        (ApplyField::Phone, "", ApplyStep::Who, nothing.clone()),
        (ApplyField::Address, "  ", ApplyStep::Health, nothing.clone()),
        (ApplyField::Address, &"路".repeat(201), ApplyStep::Health, Reason::FieldTooLong),
        (ApplyField::Been, "<img src=x onerror=alert(1)>", ApplyStep::Health, nothing.clone()),
        (ApplyField::Contact, "maybe", ApplyStep::Health, nothing.clone()),
        (ApplyField::Symptoms, "64", ApplyStep::Health, nothing),
        (ApplyField::Temperature, "98.6", ApplyStep::Health, Reason::MeasurementImplausible),
        (ApplyField::Truth, "", ApplyStep::Statement, Reason::TruthNotStated),
        (ApplyField::Consent, "no", ApplyStep::Statement, Reason::ConsentMissing { version: 1 }),
    ];
    for (field, value, step, reason) in cases {
        let mut phone = opened(&world);
        phone.fill();
        phone.enter(field, value);
        phone.submit();
        let form = form(&phone);
        let fields = [&form.name, &form.phone, &form.address, &form.been, &form.contact, &form.symptoms, &form.temperature, &form.truth];
        let problems: Vec<_> = fields.into_iter().chain([&form.consent]).filter_map(|field| field.problem.clone()).collect();
        assert_eq!((form.step, problems), (step, vec![reason]), "{field:?}");
        assert!(phone.fetched.is_empty());
    }
}

#[test]
fn what_was_declared_decides_the_colour_and_is_forgotten_after_14_days() {
    let world = World::new(NOW);
    let mut phone = opened(&world);
    phone.fill();
    phone.enter(ApplyField::Symptoms, "1");
    phone.submit();
    assert_eq!(code(&phone).colour, Colour::Yellow);
    assert_eq!(saved(&phone)["declared"]["health"]["symptoms"], "1");
    phone.pass(14 * DAY);
    phone.open();
    phone.send(WalletEvent::LanguageChosen { language: Language::En });
    assert!(saved(&phone)["declared"].is_null());
}

#[test]
fn the_code_renews_itself_and_shows_at_once_at_every_opening() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.network = Network::Down;
    let asked = phone.fetched.len();
    for step in 1..=200 {
        phone.pass(MINUTE);
        let qr = code(&phone).qr.clone().unwrap();
        assert!(qr.expires_at.since(phone.now) >= 2 * MINUTE, "minute {step}: {} s left", qr.expires_at.since(phone.now));
    }
    phone.pass(2 * DAY);
    phone.shell(ShellEvent::Hidden);
    phone.shell(ShellEvent::Shown);
    assert_eq!(code(&phone).qr.as_ref().unwrap().issued_at, phone.now, "fresh when the page comes back");
    phone.open_with(None, None);
    assert_eq!(code(&phone).qr.as_ref().unwrap().issued_at, phone.now, "and offline after a restart");
    assert_eq!(phone.fetched.len(), asked, "the wallet asks nothing while it shows a code");
}

#[test]
fn an_application_outlives_any_failure_of_the_network() {
    let html = b"<html>Log in to the network</html>".to_vec();
    let cases = [
        (Network::Down, "offline"),
        (Network::Says(502, html.clone()), "server-fault"),
        (Network::Says(200, html.clone()), "answer-malformed"),
        (Network::SaysFor("application", 500, Vec::new()), "server-fault"),
        (Network::SaysFor("application", 408, b"408 Request Timeout\n".to_vec()), "offline"),
        (Network::SaysFor("application", 429, Vec::new()), "offline"),
        (Network::SaysFor("application", 200, html), "answer-malformed"),
        (Network::SaysFor("application", 200, vec![b'T'; 1 << 20]), "answer-malformed"),
        (Network::SaysFor("application", 200, b"TM1:".to_vec()), "answer-malformed"),
        (Network::SaysFor("bundle.cbor", 404, Vec::new()), "server-fault"),
    ];
    for (network, expected) in cases {
        let world = World::new(NOW);
        let mut phone = opened(&world);
        phone.network = network.clone();
        phone.apply();
        let reason = waiting_for(&phone).map(|reason| reason.code());
        assert_eq!(reason, Some(expected), "{network:?}");
        phone.pass(3600);
        phone.network = Network::Up;
        phone.pass(600);
        assert!(code(&phone).qr.is_some(), "{network:?}: goes on by itself");
    }
}

#[test]
fn a_refusal_names_its_reason_and_leads_to_the_step_that_has_the_fault() {
    let world = World::new(NOW);
    let mut phone = opened(&world);
    let refusal = |reason: &Reason| serde_json::to_vec(reason).unwrap();
    let cases = [
        (refusal(&Reason::DocumentBirthDate), Reason::DocumentBirthDate, ApplyStep::Who),
        (refusal(&Reason::MeasurementImplausible), Reason::MeasurementImplausible, ApplyStep::Health),
        (refusal(&Reason::ConsentMissing { version: 2 }), Reason::ConsentMissing { version: 2 }, ApplyStep::Statement),
        (b"<b>no</b>".to_vec(), Reason::ApplicationRefused, ApplyStep::Statement),
    ];
    for (body, expected, step) in cases {
        phone.network = Network::SaysFor("application", 422, body);
        phone.apply();
        assert_eq!((form(&phone).problem.as_ref(), form(&phone).step), (Some(&expected), step));
        assert_eq!((form(&phone).name.value.as_str(), form(&phone).temperature.value.as_str()), ("甲乙丙", "36.6"));
        assert!(phone.keys.is_empty(), "the key of a refused application is dropped");
    }
}

#[test]
fn somebody_elses_credential_is_not_taken() {
    let world = World::new(NOW);
    let other = with_code(&world);
    let credential = saved(&other)["held"]["credential"].as_str().unwrap().to_owned();
    let mut phone = opened(&world);
    phone.network = Network::SaysFor("application", 200, credential.into_bytes());
    phone.apply();
    assert_eq!(waiting_for(&phone), Some(Reason::CredentialForeignKey));
}

#[test]
fn killed_at_every_effect_the_application_is_answered_once() {
    let mut killed = 0;
    for after in 0.. {
        let world = World::new(NOW);
        let mut phone = opened(&world);
        phone.fill();
        for _ in 0..2 {
            phone.send(WalletEvent::ApplySubmitted);
        }
        phone.killed_after = Some(after);
        phone.send(WalletEvent::ApplySubmitted);
        let done = !phone.dead;
        killed += usize::from(phone.dead);
        phone.killed_after = None;
        phone.open();
        // Killed before anything was stored: the form is as it was left.
        if let WalletScreen::Apply(form) = &phone.view().screen {
            assert_eq!(form.phone.value, "13800138000", "killed after {after}");
            phone.send(WalletEvent::ApplySubmitted);
        }
        assert!(code(&phone).qr.is_some(), "killed after {after}");
        assert_eq!(phone.keys.len(), 1, "killed after {after}: one key for one credential");
        phone.answers.dedup();
        assert_eq!(phone.answers.len(), 1, "killed after {after}: one application, one credential");
        if done {
            break;
        }
    }
    assert!(killed > 8, "only {killed} places to be killed at");
}

#[test]
fn a_storage_that_fails_is_told_and_the_code_is_shown_nevertheless() {
    for reason in [Reason::StorageFull, Reason::StorageRefused] {
        let world = World::new(NOW);
        let mut phone = opened(&world);
        phone.storage = Some(reason.clone());
        phone.apply();
        assert!(code(&phone).qr.is_some());
        assert_eq!(phone.view().notices, std::slice::from_ref(&reason), "told once, however often it failed");
        phone.send(WalletEvent::NoticeDismissed);
        assert!(phone.view().notices.is_empty());
    }
}

#[test]
fn what_a_newer_version_stored_is_left_alone() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    let newer = to_base64url(br#"{"version":99,"everything":"else"}"#);
    phone.stored = Some(newer.clone());
    let WalletScreen::Blocked { reason } = &phone.open().screen else { panic!("not blocked") };
    assert_eq!(reason, &Reason::StorageNewer { version: 99 });
    phone.apply();
    phone.pass(DAY);
    assert_eq!(phone.stored, Some(newer));
}

#[test]
fn damaged_data_are_told_and_a_new_application_is_possible() {
    let world = World::new(NOW);
    for stored in ["", "!", &to_base64url(b"{"), &to_base64url(br#"{"version":"one"}"#), &to_base64url(br#"{"version":1,"held":3}"#)] {
        let mut phone = Phone::new(&world, NOW);
        phone.stored = Some(stored.into());
        assert_eq!(phone.open().notices, [Reason::StorageDamaged], "{stored}");
        phone.apply();
        assert!(code(&phone).qr.is_some(), "{stored}");
    }
    let mut phone = with_code(&world);
    let cut = saved(&phone).to_string().replace("TM1:", "TM1:0");
    phone.stored = Some(to_base64url(cut.as_bytes()));
    phone.open();
    assert_eq!(form(&phone).replaced, Some(Reason::StorageDamaged));
}

#[test]
fn a_key_that_is_gone_is_told_and_the_credential_kept() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    let keys = std::mem::take(&mut phone.keys);
    phone.open();
    assert_eq!(form(&phone).replaced, Some(Reason::KeyUnusable));
    phone.keys = keys;
    phone.shell(ShellEvent::Shown);
    assert!(code(&phone).qr.is_some(), "a key that works again");
}

#[test]
fn clocks_that_are_wrong_are_told() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.now = NOW.plus(-3600);
    phone.open();
    assert_eq!(phone.view().notices.iter().map(Reason::code).collect::<Vec<_>>(), ["clock-wrong"]);
    assert_eq!(code(&phone).qr.as_ref().unwrap().issued_at, NOW, "dated by the credential");
    phone.now = NOW.plus(400 * DAY);
    phone.open();
    assert_eq!(form(&phone).replaced.as_ref().map(Reason::code), Some("expired"));
    phone.now = NOW.plus(MINUTE);
    phone.shell(ShellEvent::Shown);
    assert!(code(&phone).qr.is_some(), "a clock set right brings the code back");
    assert!(phone.view().notices.is_empty());
}

#[test]
fn another_tab_and_another_root_are_noticed() {
    let world = World::new(NOW);
    let mut one = with_code(&world);
    let mut two = opened(&world);
    two.keys = std::mem::take(&mut one.keys);
    two.shell(ShellEvent::StoredElsewhere { stored: one.stored.clone().unwrap() });
    assert_eq!(code(&two).name, "甲**", "what one tab got the other shows");

    let stranger = World::new(NOW);
    let mut phone = with_code(&world);
    phone.open_with(None, Some(stranger.deployment.clone()));
    assert_eq!(phone.view().notices, [Reason::BundleWrongRoot]);
    assert!(code(&phone).qr.is_some(), "the pinned deployment stays");
}

/// What is stored, as JSON.
fn stored(phone: &Phone<'_>) -> serde_json::Value {
    serde_json::from_slice(&from_base64url(phone.stored.as_ref().unwrap()).unwrap()).unwrap()
}

#[test]
fn what_is_being_entered_survives_what_another_tab_writes() {
    let world = World::new(NOW);
    let mut one = opened(&world);
    one.enter(ApplyField::Name, "甲乙丙");
    let mut two = opened(&world);
    two.send(WalletEvent::LanguageChosen { language: Language::En });

    // Still in the field: not stored yet.
    one.send(WalletEvent::FieldChanged { field: ApplyField::Phone, value: "138001".into() });
    one.shell(ShellEvent::StoredElsewhere { stored: two.stored.clone().unwrap() });
    assert_eq!((form(&one).name.value.as_str(), form(&one).phone.value.as_str()), ("甲乙丙", "138001"));
    assert_eq!(one.view().language, Language::En, "all else is the other tab's");
    assert_eq!((&stored(&one)["form"]["phone"], &stored(&one)["language"]), (&"138001".into(), &"en".into()));

    // Nothing is being entered in the second tab: it takes over what the first one has.
    two.shell(ShellEvent::StoredElsewhere { stored: one.stored.clone().unwrap() });
    assert_eq!(form(&two).phone.value, "138001");
    // A field that is left as it was writes nothing; the page may just have taken it away.
    two.stored = None;
    two.send(WalletEvent::FieldLeft { field: ApplyField::Phone });
    two.shell(ShellEvent::Hidden);
    assert_eq!(two.stored, None);
}

#[test]
fn a_write_that_another_tab_came_before_is_made_again() {
    let world = World::new(NOW);
    let mut two = opened(&world);
    two.send(WalletEvent::LanguageChosen { language: Language::En });
    let mut one = opened(&world);
    one.storage = Some(Reason::OtherTab);
    one.enter(ApplyField::Name, "甲乙丙");
    assert_eq!((one.stored.as_ref(), one.view().notices.len()), (None, 0));
    one.storage = None;
    one.shell(ShellEvent::StoredElsewhere { stored: two.stored.clone().unwrap() });
    assert_eq!((&stored(&one)["form"]["name"], &stored(&one)["language"]), (&"甲乙丙".into(), &"en".into()));

    // What is nobody's text is not: the person is told.
    one.storage = Some(Reason::OtherTab);
    one.send(WalletEvent::LanguageChosen { language: Language::ZhCn });
    assert_eq!(one.view().notices, [Reason::OtherTab]);
}

#[test]
fn what_was_entered_is_kept_when_the_page_is_hidden() {
    let world = World::new(NOW);
    let mut phone = opened(&world);
    phone.send(WalletEvent::FieldChanged { field: ApplyField::Name, value: "甲乙".into() });
    phone.shell(ShellEvent::Hidden);
    phone.open();
    assert_eq!(form(&phone).name.value, "甲乙");
}
