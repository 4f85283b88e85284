//! The rooms of the wallet: what is beside the code.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::shell;
use shell::{Device, World};
use tongma::{
    app::wallet::{DataEvent, DisplaySettings, RecordName, RoomEvent, RoomName, RoomView, StorageView, Wallet, WalletEvent, WalletScreen},
    reason::Reason,
    text::to_base64url,
    time::UnixTime,
};

const NOW: UnixTime = UnixTime(1_800_000_000);

type Phone<'w> = Device<'w, Wallet>;

fn with_code(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    phone.open();
    phone.apply();
    phone
}

fn enter(phone: &mut Phone<'_>, room: RoomName) {
    phone.send(WalletEvent::Room(RoomEvent::Entered { room }));
}

fn data(phone: &Phone<'_>) -> StorageView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Data(data) } => data.clone(),
        _ => panic!("not in the room of all data"),
    }
}

#[test]
fn the_way_leads_through_the_menu_and_back_to_the_code() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Menu);
    assert!(matches!(phone.view().screen, WalletScreen::Room { room: RoomView::Menu(_) }));
    enter(&mut phone, RoomName::Data);
    data(&phone);
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert!(matches!(phone.view().screen, WalletScreen::Room { room: RoomView::Menu(_) }));
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert!(matches!(&phone.view().screen, WalletScreen::Code(code) if code.qr.is_some()), "a fresh code is there at once");
}

#[test]
fn the_file_holds_everything_and_no_key() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.records.insert("visits".into(), to_base64url(br#"{"visits":[7]}"#));
    enter(&mut phone, RoomName::Data);
    let stored = data(&phone).stored;
    assert_eq!(stored.iter().map(|stored| stored.record).collect::<Vec<_>>(), [None, Some(RecordName::Visits)]);
    phone.send(WalletEvent::Room(RoomEvent::Data(DataEvent::FileAsked)));
    let file = data(&phone).file.unwrap();
    let json: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    assert!(json["state"]["held"]["credential"].as_str().unwrap().starts_with("TM1:"));
    assert_eq!(json["visits"]["visits"][0], 7);
    assert_eq!(file.name, "tongma-2027-01-15.json");
    phone.send(WalletEvent::Room(RoomEvent::Data(DataEvent::FileTaken)));
    assert_eq!(data(&phone).file, None);
}

#[test]
fn a_damaged_record_is_told_and_kept_aside() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    let damaged = to_base64url(b"{\"visits\":");
    phone.records.insert("visits".into(), damaged.clone());
    enter(&mut phone, RoomName::Data);
    assert_eq!(phone.view().notices, [Reason::StorageDamaged]);
    assert_eq!(phone.records["visits-damaged"], damaged);
}

#[test]
fn everything_is_destroyed_after_one_question_only() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.records.insert("visits".into(), to_base64url(b"{}"));
    enter(&mut phone, RoomName::Data);
    let event = |phone: &mut Phone<'_>, event| {
        phone.send(WalletEvent::Room(RoomEvent::Data(event)));
    };
    event(&mut phone, DataEvent::WipeConfirmed);
    assert!(phone.stored.is_some(), "nobody was asked");
    event(&mut phone, DataEvent::WipeAsked);
    event(&mut phone, DataEvent::WipeDeclined);
    event(&mut phone, DataEvent::WipeConfirmed);
    assert!(phone.stored.is_some(), "and said no");
    event(&mut phone, DataEvent::WipeAsked);
    phone.storage = Some(Reason::StorageRefused);
    event(&mut phone, DataEvent::WipeConfirmed);
    assert_eq!(phone.view().notices, [Reason::StorageRefused]);
    phone.storage = None;
    event(&mut phone, DataEvent::WipeAsked);
    event(&mut phone, DataEvent::WipeConfirmed);
    assert_eq!((phone.stored.is_none(), phone.records.len(), phone.keys.len()), (true, 0, 0));
    assert!(matches!(phone.open().screen, WalletScreen::Apply(_)));
}

#[test]
fn the_chosen_looks_are_kept_and_begin_as_nothing() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    assert_eq!(phone.view().display, DisplaySettings::default());
    enter(&mut phone, RoomName::Menu);
    assert!(matches!(&phone.view().screen, WalletScreen::Room { room: RoomView::Menu(menu) } if !menu.scanner));
    enter(&mut phone, RoomName::Display);
    let chosen = DisplaySettings { contrast: true, elder: true, large: false };
    phone.send(WalletEvent::Room(RoomEvent::Display(chosen)));
    assert_eq!(phone.view().screen, WalletScreen::Room { room: RoomView::Display(chosen) });
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert!(
        matches!(&phone.view().screen, WalletScreen::Room { room: RoomView::Menu(menu) } if menu.scanner),
        "what the screen of the code leaves out is in the menu"
    );
    let view = phone.open();
    assert_eq!(view.display, chosen, "the first module shows it from the first moment");
    assert!(matches!(view.screen, WalletScreen::Code(_)));
}

#[test]
fn looks_that_could_not_be_stored_are_told_of_and_hold_until_the_end() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Display);
    phone.storage = Some(Reason::StorageFull);
    let chosen = DisplaySettings { large: true, ..DisplaySettings::default() };
    phone.send(WalletEvent::Room(RoomEvent::Display(chosen)));
    assert_eq!((phone.view().display, phone.view().notices.as_slice()), (chosen, [Reason::StorageFull].as_slice()));
    assert_eq!(phone.open().display, DisplaySettings::default());
}

#[test]
fn help_is_there_with_no_network() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Help);
    assert_eq!(phone.view().screen, WalletScreen::Room { room: RoomView::Help });
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert!(matches!(phone.view().screen, WalletScreen::Room { room: RoomView::Menu(_) }));
}
