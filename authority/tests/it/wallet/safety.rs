//! The wallet's lock and backup.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::shell;
use shell::{Device, World};
use tongma::{
    app::{
        ShellEvent,
        wallet::{LockedView, RoomEvent, RoomName, RoomView, SafetyEvent, SafetyView, Wallet, WalletEvent, WalletScreen},
    },
    reason::Reason,
    text::{from_base64url, to_base64url},
    time::UnixTime,
};

const NOW: UnixTime = UnixTime(1_800_000_000);
const PASSCODE: &str = "135790";
const PASSPHRASE: &str = "甲乙丙丁 correct horse";
const VISITS: &[u8] = br#"{"visits":["Eastgate"]}"#;
const APPEALS: &[u8] = br#"{"appeals":["Northgate"]}"#;

type Phone<'w> = Device<'w, Wallet>;

/// A phone with a code and two records.
fn with_code(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    phone.records.insert("visits".into(), to_base64url(VISITS));
    phone.records.insert("appeals".into(), to_base64url(APPEALS));
    phone.open();
    phone.apply();
    assert!(shows_code(&phone));
    phone
}

fn enter(phone: &mut Phone<'_>, room: RoomName) {
    phone.send(WalletEvent::Room(RoomEvent::Entered { room }));
}

fn safety(phone: &mut Phone<'_>, event: SafetyEvent) {
    phone.send(WalletEvent::Room(RoomEvent::Safety(event)));
}

fn room<'p>(phone: &'p Phone<'_>) -> &'p SafetyView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Safety(view) } => view,
        other => panic!("not in the room of safety: {other:?}"),
    }
}

fn locked<'p>(phone: &'p Phone<'_>) -> &'p LockedView {
    match &phone.view().screen {
        WalletScreen::Locked(view) => view,
        other => panic!("not locked: {other:?}"),
    }
}

fn shows_code(phone: &Phone<'_>) -> bool {
    matches!(&phone.view().screen, WalletScreen::Code(code) if code.qr.is_some())
}

fn turn_on(phone: &mut Phone<'_>, show_code: bool) {
    enter(phone, RoomName::Safety);
    safety(phone, SafetyEvent::LockTurnedOn { passcode: PASSCODE.into(), show_code, close_after_s: 60 });
}

fn unlock(phone: &mut Phone<'_>, passcode: &str) {
    safety(phone, SafetyEvent::Unlock { passcode: passcode.into() });
}

/// Whether these words can be read in anything stored.
fn stored_in_clear(phone: &Phone<'_>, words: &str) -> bool {
    let all = phone.records.values().chain(&phone.stored);
    all.map(|data| from_base64url(data).unwrap()).any(|data| String::from_utf8_lossy(&data).contains(words))
}

/// What the room of all data would write to a file.
fn everything(phone: &mut Phone<'_>) -> String {
    enter(phone, RoomName::Data);
    phone.send(WalletEvent::Room(RoomEvent::Data(tongma::app::wallet::DataEvent::FileAsked)));
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Data(data) } => data.file.clone().unwrap().text,
        other => panic!("not in the room of all data: {other:?}"),
    }
}

#[test]
fn a_lock_seals_everything_and_the_passcode_opens_it() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    assert!(stored_in_clear(&phone, "TM1:") && stored_in_clear(&phone, "Eastgate"));
    turn_on(&mut phone, false);
    assert!(room(&phone).lock.is_some() && !room(&phone).busy);
    for words in ["TM1:", "Eastgate", "Northgate", "holder-"] {
        assert!(!stored_in_clear(&phone, words), "{words}");
    }
    phone.open();
    assert_eq!(locked(&phone), &LockedView { wait_until: None, busy: false, code: false, passkey: None });
    unlock(&mut phone, "135791");
    locked(&phone);
    assert_eq!(phone.view().notices, [Reason::PasscodeWrong]);
    unlock(&mut phone, PASSCODE);
    assert!(shows_code(&phone) && phone.view().notices.is_empty());
    let file = everything(&mut phone);
    assert!(file.contains("Eastgate") && file.contains("Northgate") && file.contains("TM1:"));
}

#[test]
fn a_locked_wallet_opens_no_room_and_does_nothing_else() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    turn_on(&mut phone, true);
    phone.open();
    assert!(shows_code(&phone), "the person wants it so");
    assert!(!stored_in_clear(&phone, "Eastgate"));
    enter(&mut phone, RoomName::Data);
    assert!(locked(&phone).code);
    let stored = (phone.stored.clone(), phone.records.clone());
    for event in [
        SafetyEvent::BackupAsked { passphrase: PASSPHRASE.into() },
        SafetyEvent::LockSet { show_code: true, close_after_s: 9 },
        SafetyEvent::LockTurnedOff { passcode: PASSCODE.into() },
        SafetyEvent::PasscodeChanged { passcode: PASSCODE.into(), next: "222222".into() },
    ] {
        safety(&mut phone, event);
        locked(&phone);
    }
    phone.send(WalletEvent::Room(RoomEvent::Data(tongma::app::wallet::DataEvent::WipeAsked)));
    phone.send(WalletEvent::Room(RoomEvent::Data(tongma::app::wallet::DataEvent::WipeConfirmed)));
    assert_eq!((phone.stored.clone(), phone.records.clone()), stored);
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert!(shows_code(&phone));
    enter(&mut phone, RoomName::Data);
    unlock(&mut phone, PASSCODE);
    assert!(matches!(phone.view().screen, WalletScreen::Room { room: RoomView::Data(_) }), "on to where the person wanted to go");
}

#[test]
fn wrong_passcodes_make_the_next_one_wait_whatever_is_tried() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    turn_on(&mut phone, false);
    phone.open();
    for _ in 0..3 {
        unlock(&mut phone, "000000");
    }
    let told = Some(NOW.plus(60));
    assert_eq!(locked(&phone).wait_until, told, "the full minute after 30 seconds");
    unlock(&mut phone, PASSCODE);
    assert!(phone.view().notices.contains(&Reason::PasscodeWait { again_at: NOW.plus(60) }), "also the right one");
    phone.open();
    assert_eq!(locked(&phone).wait_until, told, "a reload does not help");
    // Nor does the clock: set back, all of the wait begins anew.
    phone.now = NOW.plus(-86_400);
    unlock(&mut phone, PASSCODE);
    assert_eq!(locked(&phone).wait_until, Some(phone.now.plus(60)));
    phone.now = phone.now.plus(29);
    unlock(&mut phone, PASSCODE);
    locked(&phone);
    // A page that is killed while it judges has noted the try before.
    phone.now = NOW.plus(60);
    phone.killed_after = Some(1);
    unlock(&mut phone, "000001");
    phone.killed_after = None;
    phone.open();
    assert_eq!(locked(&phone).wait_until, Some(phone.now.plus(60)));
    // Where the try can't be noted there is none.
    phone.now = phone.now.plus(61);
    phone.storage = Some(Reason::StorageFull);
    unlock(&mut phone, PASSCODE);
    locked(&phone);
    phone.storage = None;
    phone.now = phone.now.plus(3600);
    phone.open();
    unlock(&mut phone, PASSCODE);
    assert!(shows_code(&phone));
    phone.open();
    assert_eq!(locked(&phone).wait_until, None, "the right one ends the counting");
}

#[test]
fn it_locks_itself_in_the_background() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    turn_on(&mut phone, false);
    phone.shell(ShellEvent::Hidden);
    phone.now = phone.now.plus(59);
    phone.shell(ShellEvent::Shown);
    room(&phone);
    phone.shell(ShellEvent::Hidden);
    phone.pass(61);
    locked(&phone);
    unlock(&mut phone, PASSCODE);
    phone.shell(ShellEvent::Hidden);
    phone.now = phone.now.plus(-3600);
    phone.shell(ShellEvent::Shown);
    locked(&phone);
    unlock(&mut phone, PASSCODE);
    assert!(shows_code(&phone));
    enter(&mut phone, RoomName::Safety);
    assert!(phone.awake);
    safety(&mut phone, SafetyEvent::LockNow);
    locked(&phone);
    assert!(!phone.awake, "no code to keep the screen awake for");
}

#[test]
fn passcode_and_lock_change_by_the_passcode_only() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Safety);
    safety(&mut phone, SafetyEvent::LockTurnedOn { passcode: "12345".into(), show_code: false, close_after_s: 60 });
    assert_eq!(phone.view().notices, [Reason::SecretShort { least: 6 }]);
    assert!(room(&phone).lock.is_none());
    turn_on(&mut phone, false);
    safety(&mut phone, SafetyEvent::PasscodeChanged { passcode: "000000".into(), next: "246802".into() });
    assert_eq!(phone.view().notices, [Reason::PasscodeWrong]);
    safety(&mut phone, SafetyEvent::PasscodeChanged { passcode: PASSCODE.into(), next: "246802".into() });
    assert!(phone.view().notices.is_empty());
    phone.open();
    unlock(&mut phone, PASSCODE);
    locked(&phone);
    unlock(&mut phone, "246802");
    assert!(shows_code(&phone));
    enter(&mut phone, RoomName::Safety);
    safety(&mut phone, SafetyEvent::LockTurnedOff { passcode: "246802".into() });
    assert!(room(&phone).lock.is_none());
    assert!(stored_in_clear(&phone, "Eastgate") && stored_in_clear(&phone, "TM1:"));
    phone.open();
    assert!(shows_code(&phone));
}

/// Killed at each effect in turn, nothing is lost: with or without a lock everything is there at the next opening, and in the end all is
/// sealed, or nothing.
#[test]
fn a_turn_of_the_lock_survives_being_killed_at_every_effect() {
    let world = World::new(NOW);
    for kill in 0..14 {
        let mut phone = with_code(&world);
        enter(&mut phone, RoomName::Safety);
        phone.killed_after = Some(kill);
        safety(&mut phone, SafetyEvent::LockTurnedOn { passcode: PASSCODE.into(), show_code: false, close_after_s: 60 });
        phone.killed_after = None;
        phone.open();
        if matches!(phone.view().screen, WalletScreen::Locked(_)) {
            unlock(&mut phone, PASSCODE);
            assert!(!stored_in_clear(&phone, "Eastgate") && !stored_in_clear(&phone, "Northgate"), "{kill}: the rest was sealed");
        }
        assert!(shows_code(&phone), "{kill}");
        let file = everything(&mut phone);
        assert!(file.contains("Eastgate") && file.contains("Northgate") && phone.view().notices.is_empty(), "{kill}");
        turn_on(&mut phone, false);
        phone.killed_after = Some(kill);
        safety(&mut phone, SafetyEvent::LockTurnedOff { passcode: PASSCODE.into() });
        phone.killed_after = None;
        phone.open();
        if matches!(phone.view().screen, WalletScreen::Locked(_)) {
            unlock(&mut phone, PASSCODE);
        }
        assert!(shows_code(&phone), "{kill}");
        let file = everything(&mut phone);
        assert!(file.contains("Eastgate") && file.contains("Northgate") && phone.view().notices.is_empty(), "{kill}");
    }
}

#[test]
fn a_lock_that_can_not_be_stored_is_none() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Safety);
    phone.storage = Some(Reason::StorageFull);
    safety(&mut phone, SafetyEvent::LockTurnedOn { passcode: PASSCODE.into(), show_code: false, close_after_s: 60 });
    assert_eq!(phone.view().notices, [Reason::StorageFull]);
    assert!(room(&phone).lock.is_none() && !room(&phone).busy);
    phone.storage = None;
    phone.open();
    assert!(shows_code(&phone));
}

#[test]
fn a_tab_follows_when_another_one_locks() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    let mut other = Phone::new(&world, NOW);
    (other.stored, other.records, other.keys) = (phone.stored.clone(), phone.records.clone(), std::mem::take(&mut phone.keys));
    other.open();
    assert!(shows_code(&other));
    turn_on(&mut phone, false);
    other.shell(ShellEvent::StoredElsewhere { stored: phone.stored.clone().unwrap() });
    locked(&other);
}

#[test]
fn a_backup_brings_everything_back_but_the_key() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    turn_on(&mut phone, false);
    safety(&mut phone, SafetyEvent::BackupAsked { passphrase: "short".into() });
    assert_eq!(phone.view().notices, [Reason::SecretShort { least: 10 }]);
    safety(&mut phone, SafetyEvent::BackupAsked { passphrase: PASSPHRASE.into() });
    let file = room(&phone).backup.clone().unwrap();
    assert_eq!(file.name, "tongma-2027-01-15.backup.txt");
    assert!(file.text.starts_with("TMB:") && !room(&phone).restorable);
    safety(&mut phone, SafetyEvent::BackupTaken);
    assert!(room(&phone).backup.is_none());

    let mut new = Phone::new(&world, NOW.plus(86_400));
    new.open();
    enter(&mut new, RoomName::Safety);
    assert!(room(&new).restorable);
    let restore = |new: &mut Phone<'_>, file: &str, passphrase: &str| {
        safety(new, SafetyEvent::RestoreAsked { file: file.into(), passphrase: passphrase.into() });
    };
    for (text, passphrase, reason) in [
        (file.text.as_str(), "not the passphrase", Reason::PassphraseWrong),
        (&file.text[..file.text.len() / 2], PASSPHRASE, Reason::BackupDamaged),
        ("{\"state\":{}}", PASSPHRASE, Reason::BackupForeign),
    ] {
        restore(&mut new, text, passphrase);
        assert!(new.view().notices.contains(&reason), "{reason:?}");
        assert!(new.stored.is_none() && new.records.is_empty(), "nothing was changed");
    }
    restore(&mut new, &file.text, PASSPHRASE);
    let replaced = |phone: &Phone<'_>| match &phone.view().screen {
        WalletScreen::Apply(form) => form.replaced.clone(),
        other => panic!("not the form: {other:?}"),
    };
    assert_eq!((replaced(&new), new.view().notices.clone()), (Some(Reason::Restored), Vec::new()));
    new.open();
    assert_eq!(replaced(&new), Some(Reason::Restored), "it is told until there is a code");
    assert!(stored_in_clear(&new, "Eastgate") && stored_in_clear(&new, "Northgate") && !stored_in_clear(&new, "TM1:"));
    new.apply();
    assert!(shows_code(&new));
    new.open();
    assert!(shows_code(&new));
    enter(&mut new, RoomName::Safety);
    let before = new.stored.clone();
    restore(&mut new, &file.text, PASSPHRASE);
    assert_eq!(new.stored, before, "a wallet in use takes no backup");
}

#[test]
fn a_restoration_that_is_killed_can_be_done_again() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Safety);
    safety(&mut phone, SafetyEvent::BackupAsked { passphrase: PASSPHRASE.into() });
    let file = room(&phone).backup.clone().unwrap().text;
    for kill in 0..4 {
        let mut new = Phone::new(&world, NOW);
        new.open();
        enter(&mut new, RoomName::Safety);
        let restore = SafetyEvent::RestoreAsked { file: file.clone(), passphrase: PASSPHRASE.into() };
        new.killed_after = Some(kill);
        safety(&mut new, restore.clone());
        new.killed_after = None;
        new.open();
        enter(&mut new, RoomName::Safety);
        if room(&new).restorable {
            safety(&mut new, restore);
        }
        assert!(stored_in_clear(&new, "Eastgate") && stored_in_clear(&new, "Northgate"), "{kill}");
    }
}

#[test]
fn a_backup_of_another_deployment_does_not_come_in() {
    let (world, elsewhere) = (World::new(NOW), World::new(NOW));
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Safety);
    safety(&mut phone, SafetyEvent::BackupAsked { passphrase: PASSPHRASE.into() });
    let file = room(&phone).backup.clone().unwrap().text;
    let mut new = Phone::new(&elsewhere, NOW);
    new.open();
    enter(&mut new, RoomName::Safety);
    safety(&mut new, SafetyEvent::RestoreAsked { file, passphrase: PASSPHRASE.into() });
    assert_eq!(new.view().notices, [Reason::BundleWrongRoot]);
}

#[test]
fn a_passkey_opens_the_lock_too() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    let [id, salt, secret, other] = [1, 2, 3, 4].map(|byte| to_base64url(&[byte; 32]));
    let made = |secret: &str| SafetyEvent::PasskeyMade { id: id.clone(), salt: salt.clone(), secret: secret.into() };
    safety(&mut phone, made(&secret));
    assert!(!stored_in_clear(&phone, &id), "without a lock there is nothing to open");
    turn_on(&mut phone, false);
    // An authenticator that makes no secret of the right size is of no use.
    safety(&mut phone, made("AAAA"));
    assert_eq!((phone.view().notices.as_slice(), room(&phone).lock.unwrap().passkey), (&[Reason::PasskeyUnusable][..], false));
    safety(&mut phone, made(&secret));
    assert!(room(&phone).lock.unwrap().passkey && phone.view().notices.is_empty());
    assert!(!stored_in_clear(&phone, &secret) && !stored_in_clear(&phone, "TM1:"));

    phone.open();
    let passkey = locked(&phone).passkey.clone().unwrap();
    assert_eq!((passkey.id, passkey.salt), (id.clone(), salt.clone()));
    safety(&mut phone, SafetyEvent::PasskeyUsed { secret: other.clone() });
    locked(&phone);
    assert_eq!(phone.view().notices, [Reason::PasskeyWrong]);
    // Nobody who has no key can put a passkey there.
    safety(&mut phone, made(&other));
    safety(&mut phone, SafetyEvent::PasskeyRemoved);
    safety(&mut phone, SafetyEvent::PasskeyUsed { secret: other });
    locked(&phone);
    safety(&mut phone, SafetyEvent::PasskeyUsed { secret: secret.clone() });
    assert!(shows_code(&phone) && phone.view().notices.is_empty());

    // It opens the lock after the passcode was changed, and no more when it was taken away.
    enter(&mut phone, RoomName::Safety);
    safety(&mut phone, SafetyEvent::PasscodeChanged { passcode: PASSCODE.into(), next: "246802".into() });
    phone.open();
    safety(&mut phone, SafetyEvent::PasskeyUsed { secret: secret.clone() });
    assert!(shows_code(&phone));
    safety(&mut phone, SafetyEvent::PasskeyRemoved);
    phone.open();
    assert_eq!(locked(&phone).passkey, None);
    safety(&mut phone, SafetyEvent::PasskeyUsed { secret });
    locked(&phone);
    unlock(&mut phone, "246802");
    assert!(shows_code(&phone));
}
