//! Journeys of the wallet with a fault at every effect in turn: killed before it, killed after it, failed; and killed once more while it
//! recovers. After reopening, what was finished is there, whole, and what was not can be done again.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::family;
use crate::support::shell;
use shell::{Device, Fault, Network, World};
use std::{collections::BTreeMap, thread};
use tongma::{
    app::{
        Language, ShellEvent,
        wallet::{
            DataEvent, DiaryEvent, DiaryField, DisplaySettings, ExchangeEvent, ExchangeView, PeopleEvent, RoomEvent, RoomName, RoomView,
            SafetyEvent, Sent, Sign, Wallet, WalletEvent, WalletScreen,
        },
    },
    keys::SecretKey,
    reason::Reason,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::Relation,
};

/// 16:00 in China.
const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;
const PASSCODE: &str = "135790";
const VISITS: &[u8] = br#"{"visits":["Eastgate"]}"#;

type Phone<'w> = Device<'w, Wallet>;

/// What a device keeps, to begin from again and again.
#[derive(Clone)]
struct Kept {
    now: UnixTime,
    stored: Option<String>,
    records: BTreeMap<String, String>,
    keys: Vec<(String, String)>,
    network: (Network, bool),
}

impl Kept {
    fn of(phone: &Phone<'_>) -> Self {
        let network = (phone.network.clone(), phone.kept);
        let keys = phone.keys.iter().map(|(slot, key)| (slot.clone(), key.to_pem().unwrap().to_string())).collect();
        Self { now: phone.now, stored: phone.stored.clone(), records: phone.records.clone(), keys, network }
    }

    fn open<'w>(&self, world: &'w World) -> Phone<'w> {
        let mut phone = Phone::new(world, self.now);
        (phone.stored, phone.records) = (self.stored.clone(), self.records.clone());
        phone.keys = self.keys.iter().map(|(slot, pem)| (slot.clone(), SecretKey::from_pem(pem).unwrap())).collect();
        (phone.network, phone.kept) = self.network.clone();
        phone.open();
        phone
    }
}

/// Something that a person does.
struct Journey {
    name: &'static str,
    /// On an empty phone, with a code otherwise.
    empty: bool,
    /// What was done before.
    before: fn(&mut Phone<'_>),
    /// It, from beginning to end; done again, it goes on from where it is.
    go: fn(&mut Phone<'_>),
    /// Whether it is done, judged on a phone that was just opened. Panics where anything is neither as before nor as after.
    done: fn(&mut Phone<'_>) -> bool,
}

fn nothing(_: &mut Phone<'_>) {}

fn room(phone: &mut Phone<'_>, event: RoomEvent) {
    phone.send(WalletEvent::Room(event));
}

fn enter(phone: &mut Phone<'_>, name: RoomName) {
    room(phone, RoomEvent::Entered { room: name });
}

fn safety(phone: &mut Phone<'_>, event: SafetyEvent) {
    room(phone, RoomEvent::Safety(event));
}

fn shows_code(phone: &Phone<'_>) -> bool {
    matches!(&phone.view().screen, WalletScreen::Code(code) if code.qr.is_some())
}

fn is_locked(phone: &Phone<'_>) -> bool {
    matches!(&phone.view().screen, WalletScreen::Locked(_))
}

fn unlock(phone: &mut Phone<'_>, passcode: &str) {
    safety(phone, SafetyEvent::Unlock { passcode: passcode.into() });
}

/// Whether these words can be read in anything stored.
fn in_clear(phone: &Phone<'_>, words: &str) -> bool {
    let all = phone.records.values().chain(&phone.stored);
    all.map(|data| from_base64url(data).unwrap()).any(|data| String::from_utf8_lossy(&data).contains(words))
}

fn has_visits(phone: &mut Phone<'_>) -> bool {
    enter(phone, RoomName::Data);
    room(phone, RoomEvent::Data(DataEvent::FileAsked));
    let WalletScreen::Room { room: RoomView::Data(data) } = &phone.view().screen else { panic!("not in the room of all data") };
    let found = data.file.as_ref().unwrap().text.contains("Eastgate");
    room(phone, RoomEvent::Left);
    room(phone, RoomEvent::Left);
    found
}

/// Whether this opens the lock; the former passcode does where not, and everything is there.
fn opens(phone: &mut Phone<'_>, way: SafetyEvent) -> bool {
    safety(phone, way);
    let opened = shows_code(phone);
    if !opened {
        unlock(phone, PASSCODE);
    }
    assert!(shows_code(phone) && has_visits(phone));
    opened
}

fn lock_on(phone: &mut Phone<'_>) {
    enter(phone, RoomName::Safety);
    safety(phone, SafetyEvent::LockTurnedOn { passcode: PASSCODE.into(), show_code: false, close_after_s: 60 });
}

fn check_in(phone: &mut Phone<'_>) {
    enter(phone, RoomName::Diary);
    for (field, value) in [(DiaryField::Symptoms, "0"), (DiaryField::Temperature, "36.6")] {
        room(phone, RoomEvent::Diary(DiaryEvent::Changed { field, value: value.into() }));
    }
    room(phone, RoomEvent::Diary(DiaryEvent::Sent));
}

fn check_ins_taken(phone: &mut Phone<'_>) -> usize {
    enter(phone, RoomName::Diary);
    let WalletScreen::Room { room: RoomView::Diary(diary) } = &phone.view().screen else { panic!("not in the diary") };
    diary.days.iter().filter(|day| day.sent == Some(Sent::Taken)).count()
}

fn applied(phone: &mut Phone<'_>) -> bool {
    // What is under way goes on by itself at every opening, or a little later.
    phone.pass(400);
    match &phone.view().screen {
        WalletScreen::Code(_) => assert!(shows_code(phone)),
        WalletScreen::Apply(_) => return false,
        other => panic!("{other:?}"),
    }
    true
}

fn with_child(phone: &mut Phone<'_>) {
    family::add(phone, Relation::Parent, Sign::Star, &family::CHILD);
}

fn bring(phone: &mut Phone<'_>, number: u32) {
    family::enter_people(phone);
    family::people(phone, PeopleEvent::Brought { number });
}

/// Whether there are so many passes at least, each of which shows its code, the own one among them; seen on copies.
fn all_there(phone: &Phone<'_>, least: usize) -> bool {
    let kept = Kept::of(phone);
    let there = family::passes(&mut kept.open(phone.world));
    let shown = there.iter().filter(|pass| pass.colour.is_some()).all(|pass| {
        let mut copy = kept.open(phone.world);
        bring(&mut copy, pass.number);
        shows_code(&copy) && !copy.view().notices.contains(&Reason::StorageDamaged)
    });
    shown && there.len() >= least && there.iter().any(|pass| pass.number == 0 && pass.colour.is_some())
}

fn has_visits_of_first(phone: &Phone<'_>) -> bool {
    phone.records.contains_key("visits")
}

/// What this phone shows in the room of moving, where it is there.
fn moving<T>(phone: &mut Phone<'_>, event: Option<ExchangeEvent>, part: fn(&ExchangeView) -> Option<T>) -> Option<T> {
    match event {
        None => enter(phone, RoomName::Moving),
        Some(event) => room(phone, RoomEvent::Exchange(event)),
    }
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Moving(view) } => part(view),
        _ => None,
    }
}

fn request_of(phone: &mut Phone<'_>) -> Option<String> {
    let text = |view: &ExchangeView| view.request.as_ref().map(|offer| offer.text.clone());
    let asked = ExchangeEvent::Asked { name: "新手机".into(), guardian: None, scope: Vec::new(), days: 180 };
    moving(phone, None, text).or_else(|| moving(phone, Some(asked), text))
}

fn grant_of(phone: &mut Phone<'_>, request: String) -> Option<String> {
    moving(phone, None, |_| Some(()))?;
    let days = moving(phone, Some(ExchangeEvent::Read { text: request }), |view| view.asked.as_ref().map(|asked| asked.days))?;
    let agreed = ExchangeEvent::Agreed { scope: Vec::new(), days };
    moving(phone, Some(agreed), |view| view.grant.as_ref().map(|offer| offer.text.clone()))
}

const JOURNEYS: [Journey; 15] = [
    Journey { name: "applying", empty: true, before: nothing, go: |phone| phone.apply(), done: applied },
    Journey {
        name: "every field wrong, then put right",
        empty: true,
        before: nothing,
        go: |phone| {
            if matches!(phone.view().screen, WalletScreen::Apply(_)) {
                for (field, _) in shell::RESIDENT {
                    phone.enter(field, "?");
                }
            }
            phone.submit();
            phone.apply();
        },
        done: applied,
    },
    Journey {
        name: "language and display",
        empty: false,
        before: nothing,
        go: |phone| {
            phone.send(WalletEvent::LanguageChosen { language: Language::En });
            enter(phone, RoomName::Display);
            room(phone, RoomEvent::Display(DisplaySettings { elder: true, ..DisplaySettings::default() }));
        },
        done: |phone| {
            assert!(shows_code(phone));
            let view = phone.view();
            assert!(!view.display.elder || view.language == Language::En, "what came first is there first");
            view.display.elder
        },
    },
    Journey {
        name: "a check-in",
        empty: false,
        before: nothing,
        go: |phone| {
            check_in(phone);
            phone.pass(60);
        },
        done: |phone| {
            assert!(shows_code(phone));
            phone.pass(600);
            check_ins_taken(phone) == 1
        },
    },
    Journey {
        name: "three days of check-ins",
        empty: false,
        before: nothing,
        go: |phone| {
            while phone.now < NOW.plus(3 * DAY) && !phone.dead {
                check_in(phone);
                phone.now = phone.now.plus(DAY);
                if !phone.dead {
                    phone.shell(ShellEvent::Shown);
                }
            }
        },
        // A day on which the process died early may have none: there is never a second one of a day.
        done: |phone| {
            assert!(shows_code(phone));
            check_ins_taken(phone) >= 2
        },
    },
    Journey {
        name: "moving in from another phone",
        empty: true,
        before: |phone| {
            phone.network = Network::Down;
            phone.kept = true;
        },
        go: |phone| {
            let Some(request) = request_of(phone) else { return };
            let mut old = Phone::new(phone.world, phone.now);
            old.open();
            old.apply();
            let text = grant_of(&mut old, request).unwrap();
            moving(phone, Some(ExchangeEvent::Read { text }), |_| Some(()));
        },
        done: |phone| {
            let moved = shows_code(phone);
            assert!(moved || matches!(phone.view().screen, WalletScreen::Apply(_)));
            moved
        },
    },
    Journey {
        name: "moving out to another phone",
        empty: false,
        before: nothing,
        go: |phone| {
            let mut new = Phone::new(phone.world, phone.now);
            new.open();
            let request = request_of(&mut new).unwrap();
            let Some(text) = grant_of(phone, request) else { return };
            moving(&mut new, Some(ExchangeEvent::Read { text }), |_| Some(()));
            assert!(shows_code(&new));
        },
        done: |phone| {
            assert!(shows_code(phone) && has_visits(phone), "it gives nothing away");
            enter(phone, RoomName::Delegations);
            let WalletScreen::Room { room: RoomView::Delegations(view) } = &phone.view().screen else { panic!("not in that room") };
            !view.given.is_empty()
        },
    },
    Journey {
        name: "lock on",
        empty: false,
        before: nothing,
        go: |phone| lock_on(phone),
        done: |phone| {
            let locked = is_locked(phone);
            if locked {
                unlock(phone, PASSCODE);
                assert!(!in_clear(phone, "TM1:") && !in_clear(phone, "Eastgate"));
            }
            assert!(shows_code(phone) && has_visits(phone));
            locked
        },
    },
    Journey {
        name: "another passcode",
        empty: false,
        before: lock_on,
        go: |phone| {
            unlock(phone, PASSCODE);
            enter(phone, RoomName::Safety);
            safety(phone, SafetyEvent::PasscodeChanged { passcode: PASSCODE.into(), next: "246802".into() });
        },
        done: |phone| {
            assert!(is_locked(phone) && !in_clear(phone, "TM1:"));
            opens(phone, SafetyEvent::Unlock { passcode: "246802".into() })
        },
    },
    Journey {
        name: "a passkey",
        empty: false,
        before: lock_on,
        go: |phone| {
            unlock(phone, PASSCODE);
            enter(phone, RoomName::Safety);
            let [id, salt, secret] = [1, 2, 3].map(|byte| to_base64url(&[byte; 32]));
            safety(phone, SafetyEvent::PasskeyMade { id, salt, secret });
        },
        done: |phone| opens(phone, SafetyEvent::PasskeyUsed { secret: to_base64url(&[3; 32]) }),
    },
    Journey {
        name: "lock off",
        empty: false,
        before: lock_on,
        go: |phone| {
            unlock(phone, PASSCODE);
            enter(phone, RoomName::Safety);
            safety(phone, SafetyEvent::LockTurnedOff { passcode: PASSCODE.into() });
        },
        done: |phone| {
            let locked = is_locked(phone);
            if locked {
                unlock(phone, PASSCODE);
            }
            assert!(shows_code(phone) && has_visits(phone));
            !locked && in_clear(phone, "Eastgate")
        },
    },
    Journey {
        name: "a child's pass",
        empty: false,
        before: nothing,
        go: |phone| {
            let Some(there) = family::passes_read(phone) else { return };
            if there.len() > 1 {
                bring(phone, 1);
            } else {
                family::begin(phone, Relation::Parent, Sign::Star);
            }
            if matches!(&phone.view().screen, WalletScreen::Apply(form) if form.whom.is_some()) {
                family::fill(phone, &family::CHILD);
            }
        },
        done: |phone| {
            phone.pass(400);
            let own = all_there(phone, 1);
            let child = family::passes(phone).iter().any(|pass| pass.number == 1 && pass.colour.is_some());
            assert!(own && has_visits_of_first(phone));
            child
        },
    },
    Journey {
        name: "another pass to the front",
        empty: false,
        before: with_child,
        go: |phone| bring(phone, 0),
        done: |phone| {
            let own = matches!(&phone.view().screen, WalletScreen::Code(code) if code.whom.is_some_and(|whom| whom.relation.is_none()));
            assert!(shows_code(phone) && all_there(phone, 2));
            own
        },
    },
    Journey {
        name: "removing somebody",
        empty: false,
        before: with_child,
        go: |phone| {
            if family::passes_read(phone).is_some_and(|there| there.len() > 1) {
                family::people(phone, PeopleEvent::RemovalAsked { number: 1 });
                family::people(phone, PeopleEvent::RemovalConfirmed);
            }
        },
        done: |phone| {
            let left = family::passes(phone).len();
            assert!(all_there(phone, left));
            // What is not in the list any more is not anywhere.
            let rest = phone.records.keys().any(|name| name.ends_with("-1")) || phone.keys.len() > 1;
            assert!(left > 1 || !rest, "{:?}", phone.records.keys());
            left == 1
        },
    },
    Journey {
        name: "destroying everything",
        empty: false,
        before: nothing,
        go: |phone| {
            enter(phone, RoomName::Data);
            room(phone, RoomEvent::Data(DataEvent::WipeAsked));
            room(phone, RoomEvent::Data(DataEvent::WipeConfirmed));
        },
        done: |phone| {
            let gone = phone.keys.is_empty();
            assert_eq!((phone.records.is_empty(), shows_code(phone)), (gone, !gone), "all or nothing");
            gone
        },
    },
];

impl Journey {
    fn begin(&self, world: &World) -> Kept {
        let mut phone = Phone::new(world, NOW);
        phone.open();
        if !self.empty {
            phone.records.insert("visits".into(), to_base64url(VISITS));
            phone.open();
            phone.apply();
            assert!(shows_code(&phone));
        }
        (self.before)(&mut phone);
        Kept::of(&phone)
    }

    /// After a fault: what is there is whole, and what is not done can be.
    fn reopened(&self, mut phone: Phone<'_>, what: &str) {
        phone.open();
        let damaged = |phone: &Phone<'_>| phone.view().notices.contains(&Reason::StorageDamaged);
        assert!(!damaged(&phone), "{}, {what}", self.name);
        // Judged on a copy: to look is to change.
        let kept = Kept::of(&phone);
        if !(self.done)(&mut kept.open(phone.world)) {
            (self.go)(&mut phone);
            phone.open();
            assert!((self.done)(&mut phone) && !damaged(&phone), "{}, {what}: not done after doing it again", self.name);
        }
    }

    /// Runs it with each fault at each effect; how many faults that were.
    fn run(&self) -> usize {
        let world = World::new(NOW);
        let kept = self.begin(&world);
        let mut phone = kept.open(&world);
        phone.effects = 0;
        (self.go)(&mut phone);
        let effects = phone.effects;
        self.reopened(phone, "no fault");
        let mut faults = 0;
        for at in 0..effects {
            for fault in [Fault::Killed, Fault::KilledAfter, Fault::Fails] {
                let mut phone = kept.open(&world);
                let what = format!("{fault:?} at {at}");
                phone.fault = Some((at, fault));
                (self.go)(&mut phone);
                phone.fault = None;
                faults += 1;
                self.reopened(phone, &what);
            }
            // Killed, and killed again at each of the first effects of the next opening. A passcode takes its time.
            let doubles = if self.name.contains("pass") || self.name.contains("lock") { 2 } else { 4 };
            for again in 0..doubles {
                let mut phone = kept.open(&world);
                phone.fault = Some((at, Fault::KilledAfter));
                (self.go)(&mut phone);
                phone.fault = Some((again, Fault::KilledAfter));
                phone.open();
                faults += 1 + usize::from(phone.fault.take().is_none());
                self.reopened(phone, &format!("killed at {at} and {again}"));
            }
        }
        faults
    }
}

#[test]
fn a_fault_at_every_effect_of_every_journey_loses_nothing() {
    let counts = thread::scope(|scope| {
        let running: Vec<_> = JOURNEYS.iter().map(|journey| (journey.name, scope.spawn(|| journey.run()))).collect();
        running.into_iter().map(|(name, journey)| (name, journey.join())).collect::<Vec<_>>()
    });
    let all: usize = counts.iter().map(|(name, count)| count.as_ref().unwrap_or_else(|_| panic!("{name}"))).sum();
    println!("{all} faults: {counts:?}");
    assert!(all >= 1000, "{all}");
}
