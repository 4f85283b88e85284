//! The TypeScript types are those of Rust: `UPDATE=1 cargo test --features ts --test types` writes the file anew.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use tongma::{
    app::{Asked, Deployment, Effect, FileView, Language, Problem, Resource, ShellEvent, Update, verifier, wallet},
    keys::HashName,
    policy::{DeciCelsius, Place, PlaceKind, RuleDecision},
    qr::scan::Hint,
    reason::{Layer, LooksLike, Reason},
    roles::{
        Outcome, Verdict,
        log::FileFormat,
        verifier::{GroupMember, GroupVerdict},
        visit::{Evidence, Visit},
    },
    signature::SignatureCheck,
    time::UnixTime,
    token::{AppealAnswer, AppealState, ClaimName, Colour, DocumentKind, Format, OnBehalf, Relation, Standing, Wish, challenge},
};
use ts_rs::{Config, TS};

fn types() -> String {
    let config = Config::new().with_large_int("number");
    let mut out = String::from("// Made from the Rust types by tests/types.rs. Do not edit.\n");
    macro_rules! declare {
        ($($type:ty),* $(,)?) => {
            $(
                out.push_str("\nexport ");
                out.push_str(&<$type as TS>::decl(&config));
                out.push('\n');
            )*
        };
    }
    declare!(
        UnixTime,
        Language,
        Deployment,
        Resource,
        Effect,
        Asked,
        Problem,
        ShellEvent,
        HashName,
        SignatureCheck,
        Update<ts_rs::Dummy>,
        Layer,
        LooksLike,
        Reason,
        PlaceKind,
        DeciCelsius,
        Place,
        RuleDecision,
        Format,
        Outcome,
        Verdict,
        GroupVerdict,
        GroupMember,
        Colour,
        DocumentKind,
        Relation,
        ClaimName,
        Evidence,
        Visit,
        wallet::WalletView,
        wallet::DisplaySettings,
        wallet::WalletScreen,
        wallet::ApplyView,
        wallet::WhomView,
        wallet::Sign,
        wallet::ApplyStep,
        wallet::FieldView,
        wallet::ApplyingView,
        wallet::LockedView,
        wallet::PasskeyView,
        wallet::CodeView,
        wallet::AnsweringView,
        wallet::QrView,
        wallet::ApplyField,
        wallet::WalletEvent,
        wallet::RoomName,
        wallet::RoomView,
        wallet::MenuView,
        wallet::StorageView,
        wallet::RecordName,
        wallet::StoredView,
        wallet::SafetyView,
        wallet::LockView,
        wallet::RoomEvent,
        wallet::SafetyEvent,
        wallet::DataEvent,
        Standing,
        wallet::ColourView,
        wallet::DiaryView,
        wallet::DayView,
        wallet::Sent,
        wallet::DiaryField,
        wallet::DiaryEvent,
        wallet::RenewalView,
        Wish,
        AppealState,
        AppealAnswer,
        wallet::AppealsView,
        wallet::AppealView,
        wallet::AppealFileView,
        wallet::AppealField,
        wallet::AppealEvent,
        wallet::DetailsView,
        wallet::ClaimView,
        wallet::DetailsEvent,
        wallet::ExchangeView,
        wallet::OfferView,
        wallet::AskedView,
        wallet::DelegationsView,
        wallet::GivenView,
        OnBehalf,
        challenge::StatedPlace,
        wallet::ExchangeEvent,
        wallet::VisitsView,
        wallet::DecidedView,
        wallet::VenueView,
        wallet::VisitsEvent,
        wallet::PeopleView,
        wallet::PassView,
        wallet::PeopleEvent,
        wallet::GroupView,
        wallet::MemberView,
        wallet::MemberCode,
        wallet::GroupEvent,
        FileFormat,
        FileView,
        verifier::GateSettings,
        verifier::LogView,
        verifier::Counts,
        verifier::VerifierView,
        verifier::PosterView,
        verifier::VerifierScreen,
        verifier::DataView,
        verifier::DataState,
        verifier::Source,
        Hint,
        verifier::VerifierEvent,
    );
    out
}

#[test]
fn the_typescript_types_are_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/shared/types.ts");
    let types = types();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &types).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), types, "run with UPDATE=1");
}
