//! The room of venue codes: what the rules of a place say of the own code, and the visits of 14 days. The trust list with the rules is
//! fetched when the room is entered, and kept; what is scanned stays on this phone. The status list of a poster that can be withdrawn is
//! fetched when one is scanned (`visits_lists`).

use super::{
    super::{Awaited, Stage, Wallet},
    RecordName, RoomName,
    view::{DecidedView, VenueView, VisitsEvent, VisitsView},
    visits_lists::{KeptList, Lists},
};
use crate::{
    app::{Effect, Resource, of_answer},
    keys::PublicKey,
    reason::{Layer, Reason},
    roles::{
        Outcome, Verdict,
        visit::{self, Evidence, Scanned, Visit},
    },
    signature::{Unverified, Verified, check_all},
    text::from_base64url,
    time::{UnixTime, defaults::VISIT_KEPT_S},
    token::{Colour, status::StatusList, trust::TrustBundle},
};
use serde::{Deserialize, Serialize};

/// A trust list that was fetched less than so many seconds ago is not asked for again.
pub(super) const FRESH_S: i64 = 3600;
/// Longest text of a code that is looked at, in bytes: more than any QR code holds.
const MAX_TEXT: usize = 8 * 1024;

/// What is kept of visits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Visits {
    visits: Vec<Visit>,
}

/// The trust list as it was received, base64url, and when; and the status lists of posters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(in crate::app::wallet) struct Trust {
    bundle: String,
    fetched_at: UnixTime,
    pub(super) lists: Vec<KeptList>,
}

/// What the room waits for.
#[derive(Debug)]
pub(in crate::app::wallet) enum Wanted {
    /// The signature of a trust list; one that was fetched is to be kept.
    BundleCheck(Box<Unverified<TrustBundle>>, Option<Trust>),
    /// A newer trust list.
    Bundle,
    /// A status list.
    List,
    /// The signature of a status list; when it was fetched, and of one that comes just now its text, to be kept.
    ListCheck(Box<Unverified<StatusList>>, UnixTime, Option<String>),
    /// That of the page's first opening, for there is no network.
    First,
    /// The signature of a venue code.
    VenueCheck(Box<Unverified<Scanned>>),
}

/// What the room remembers while the page is open.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) bundle: Option<Box<TrustBundle>>,
    /// The kept trust list was looked at.
    read: bool,
    fetched_at: UnixTime,
    pub(super) lists: Lists,
    /// A newer one was asked for since the room was entered or the network came back.
    asked: bool,
    /// That of the first opening was asked for.
    first: bool,
    /// Why there is no newer one.
    trouble: Option<Reason>,
    scan: Option<Scan>,
}

/// A code that was scanned.
#[derive(Debug)]
struct Scan {
    text: String,
    at: UnixTime,
    /// What it says, once its issuer's signature was good by the trust list at hand.
    genuine: Option<Verified<Scanned>>,
    /// What it came to, and the trust list that this rests on.
    decided: Option<(Option<Edition>, DecidedView)>,
}

/// Number and time of a trust list.
type Edition = (u32, UnixTime);

impl State {
    /// The room is left.
    pub(super) fn leave(&mut self) {
        (self.scan, self.asked, self.first, self.trouble) = (None, false, false, None);
        self.lists.ask_again();
    }

    /// The trust list at hand.
    pub(super) fn bundle(&self) -> Option<&TrustBundle> {
        self.bundle.as_deref()
    }

    fn edition(&self) -> Option<Edition> {
        self.bundle.as_ref().map(|bundle| (bundle.seq, bundle.issued_at))
    }

    /// The scan that is to be judged, by this trust list.
    fn due(&self) -> Option<&Scan> {
        self.scan.as_ref().filter(|scan| scan.decided.as_ref().is_none_or(|(edition, _)| *edition != self.edition()))
    }

    fn decide(&mut self, decided: DecidedView) {
        let edition = self.edition();
        if let Some(scan) = &mut self.scan {
            scan.decided = Some((edition, decided));
        }
    }
}

impl Wallet {
    pub(super) fn visits(&mut self, event: VisitsEvent, now: UnixTime, effects: &mut Vec<Effect>) {
        match event {
            VisitsEvent::Answered => {
                let live = self.rooms.visits.scan.take();
                self.rooms.open = None;
                self.come_back(now, effects);
                if let Some(scan) = live {
                    self.answer(&scan.text, now, effects);
                }
            }
            VisitsEvent::Closed => self.rooms.visits.scan = None,
            VisitsEvent::Scanned { text } => {
                self.enter(RoomName::Visits, effects);
                self.drop_checks();
                if text.len() <= MAX_TEXT && matches!(self.stage, Stage::Code(_)) {
                    self.rooms.visits.scan = Some(Scan { text, at: now, genuine: None, decided: None });
                }
                self.visits_go_on(now, effects);
            }
        }
    }

    /// The network may be back: one more try.
    pub(in crate::app::wallet) fn visits_shown(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        self.rooms.visits.asked = false;
        self.rooms.visits.lists.ask_again();
        self.visits_go_on(now, effects);
    }

    /// Does what can be done now: reads what is kept, asks for newer data, judges what was scanned.
    pub(in crate::app::wallet) fn visits_go_on(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        // These rooms rest on the trust list.
        let Some(room @ (RoomName::Delegations | RoomName::Moving | RoomName::Visits)) = self.rooms.open else { return };
        if self.is_locked() || !self.has_needed(room) || self.awaits(&|wanted| !matches!(wanted, Wanted::Bundle)) {
            return;
        }
        if room == RoomName::Visits {
            self.clean_visits(now, effects);
        }
        if !std::mem::replace(&mut self.rooms.visits.read, true) {
            let kept: Trust = self.record(RecordName::Trust);
            self.rooms.visits.fetched_at = kept.fetched_at;
            // What can't be read any more is fetched anew.
            if let Ok(bundle) = self.parsed(&kept.bundle) {
                return self.check_bundle(bundle, None, effects);
            }
        }
        if self.wants_bundle(now) {
            self.rooms.visits.asked = true;
            let ticket = self.tickets.give(Awaited::Venue(Wanted::Bundle));
            effects.push(Effect::Fetch { ticket, resource: Resource::Bundle });
        }
        let State { bundle, trouble, first, .. } = &mut self.rooms.visits;
        // A phone that never had one takes what came with the page: old as it may be, it knows the issuers.
        if room != RoomName::Visits && bundle.is_none() && *trouble == Some(Reason::Offline) && !std::mem::replace(first, true) {
            let ticket = self.tickets.give(Awaited::Venue(Wanted::First));
            return effects.push(Effect::Fetch { ticket, resource: Resource::FirstBundle });
        }
        self.judge(now, effects);
    }

    /// A trust list is on its way.
    pub(super) fn is_learning(&self) -> bool {
        self.awaits(&|wanted| !matches!(wanted, Wanted::VenueCheck(_)))
    }

    fn awaits(&self, wanted: &dyn Fn(&Wanted) -> bool) -> bool {
        self.tickets.any(|awaited| matches!(awaited, Awaited::Venue(venue) if wanted(venue)))
    }

    /// Checks under way are of no use any more: they are of another code, or by another trust list.
    fn drop_checks(&mut self) {
        self.tickets.keep(|awaited| !matches!(awaited, Awaited::Venue(Wanted::VenueCheck(_) | Wanted::ListCheck(..))));
    }

    fn wants_bundle(&self, now: UnixTime) -> bool {
        let state = &self.rooms.visits;
        let fresh =
            (0..FRESH_S).contains(&now.since(state.fetched_at)) && state.bundle.as_ref().is_some_and(|held| held.fitness(now).is_ok());
        !state.asked && !fresh && self.saved.deployment.is_some()
    }

    fn parsed(&self, text: &str) -> Result<Unverified<TrustBundle>, Reason> {
        let root = self.saved.deployment.as_ref().and_then(|deployment| from_base64url(&deployment.root_key));
        let root = root.and_then(|point| PublicKey::from_sec1(&point)).ok_or(Reason::BundleWrongRoot)?;
        TrustBundle::parse(&from_base64url(text).ok_or(Reason::AnswerMalformed)?, &root).map_err(of_answer)
    }

    fn check_bundle(&mut self, bundle: Unverified<TrustBundle>, fetched: Option<Trust>, effects: &mut Vec<Effect>) {
        let checks = bundle.checks().to_vec();
        let ticket = self.tickets.give(Awaited::Venue(Wanted::BundleCheck(Box::new(bundle), fetched)));
        effects.push(Effect::Check { ticket, checks });
    }

    pub(in crate::app::wallet) fn venue_fetched(
        &mut self,
        wanted: &Wanted,
        status: u16,
        body: String,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        if matches!(wanted, Wanted::List) {
            return self.list_fetched(status, body, now, effects);
        }
        // What came with the page is as old as that, so a newer one is asked for as soon as there is a network.
        let fetched_at = if matches!(wanted, Wanted::First) { UnixTime(0) } else { now };
        match if status == 200 { self.parsed(&body) } else { Err(Reason::ServerFault { status }) } {
            Ok(bundle) => self.check_bundle(bundle, Some(Trust { bundle: body, fetched_at, lists: Vec::new() }), effects),
            Err(reason) => {
                self.rooms.visits.trouble = Some(reason);
                self.visits_go_on(now, effects);
            }
        }
    }

    /// Signatures were checked, the fetch failed, or the browser's backend failed to check: the core's own is always there.
    pub(in crate::app::wallet) fn venue_done(
        &mut self,
        wanted: Wanted,
        outcome: Result<&[Option<u32>], Reason>,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        match (wanted, outcome) {
            (Wanted::Bundle, outcome) => self.rooms.visits.trouble = outcome.err(),
            // Without the list it goes on: nothing but a hint rests on a poster.
            (Wanted::List, _) => {}
            (Wanted::ListCheck(list, at, fetched), results) => {
                let results = results.map_or_else(|_| check_all(list.checks()), <[_]>::to_vec);
                if let Ok(list) = list.accept(&results) {
                    self.take_list(list, at, fetched, effects);
                }
            }
            (Wanted::First, _) => {}
            (Wanted::BundleCheck(bundle, fetched), results) => {
                let results = results.map_or_else(|_| check_all(bundle.checks()), <[_]>::to_vec);
                let taken = bundle.accept(&results).map_err(|_| Reason::BundleWrongRoot);
                self.rooms.visits.trouble = taken.and_then(|bundle| self.take_bundle(bundle, fetched, effects)).err();
            }
            (Wanted::VenueCheck(scanned), results) => {
                let results = results.map_or_else(|_| check_all(scanned.checks()), <[_]>::to_vec);
                match scanned.accept(&results) {
                    Ok(genuine) => {
                        if let Some(scan) = &mut self.rooms.visits.scan {
                            scan.genuine = Some(genuine);
                        }
                    }
                    Err(_) => self.refuse(&Reason::BadSignature { layer: Layer::Venue }),
                }
            }
        }
        self.visits_go_on(now, effects);
    }

    fn take_bundle(&mut self, bundle: Verified<TrustBundle>, fetched: Option<Trust>, effects: &mut Vec<Effect>) -> Result<(), Reason> {
        let bundle = bundle.into_inner();
        TrustBundle::check_succession(self.rooms.visits.bundle.as_deref(), &bundle)?;
        // What was genuine by the former one may not be by this one.
        self.drop_checks();
        let state = &mut self.rooms.visits;
        state.lists = Lists::default();
        if let Some(scan) = &mut state.scan {
            scan.genuine = None;
        }
        if let Some(fetched) = fetched {
            state.fetched_at = fetched.fetched_at;
            let mut lists = self.record::<Trust>(RecordName::Trust).lists;
            lists.retain(|list| bundle.list(&list.uri).is_some());
            self.keep_record(RecordName::Trust, &Trust { lists, ..fetched }, effects);
        }
        self.learn_people(bundle.people, effects);
        self.rooms.visits.bundle = Some(Box::new(bundle));
        Ok(())
    }

    /// Reads what was scanned by the trust list at hand. Without one it waits for what was asked for.
    fn judge(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let state = &self.rooms.visits;
        let Some(scan) = state.due() else { return };
        if let Some(genuine) = &scan.genuine {
            let genuine = genuine.clone();
            if !self.seek_list(&genuine.get().venue, now, effects) {
                self.scanned(&genuine, effects);
            }
            return;
        }
        match &state.bundle {
            None if self.awaits(&|wanted| matches!(wanted, Wanted::Bundle)) => {}
            None => self.refuse(&Reason::BundleMissing),
            Some(bundle) => match Scanned::read(&scan.text, bundle, scan.at) {
                Ok(scanned) => {
                    let checks = scanned.checks().to_vec();
                    let ticket = self.tickets.give(Awaited::Venue(Wanted::VenueCheck(Box::new(scanned))));
                    effects.push(Effect::Check { ticket, checks });
                }
                Err(reason) => self.refuse(&reason),
            },
        }
    }

    fn refuse(&mut self, reason: &Reason) {
        let verdict = Verdict::refusal(Outcome::of(reason), reason);
        self.rooms.visits.decide(DecidedView { verdict, place: None, live: false });
    }

    /// A genuine venue code: the decision, and the visit if it is of now.
    fn scanned(&mut self, scanned: &Verified<Scanned>, effects: &mut Vec<Effect>) {
        let (Stage::Code(shown), State { bundle: Some(bundle), scan: Some(scan), .. }) = (&self.stage, &self.rooms.visits) else { return };
        let (claims, at) = (shown.held.claims(), scan.at);
        let colour = self.newest_colour(claims.issued_at, claims.colour);
        let list = self.rooms.visits.lists.get(&scanned.get().venue);
        let verdict = visit::decide(scanned, claims, colour, bundle, list, at);
        let Scanned { venue, .. } = scanned.get();
        let place =
            VenueView { kind: venue.place.kind.clone(), name: venue.place.name.clone().unwrap_or_default(), region: venue.place.region };
        let live = scanned.get().evidence() == Evidence::Live;
        if scanned.get().fitness(list, at).is_ok() {
            let mut kept: Visits = self.record(RecordName::Visits);
            visit::note(&mut kept.visits, scanned, at);
            // The mark first: a mark without a record is taken away again.
            self.saved.visits_until = kept.visits.iter().map(|visit| visit.at.plus(VISIT_KEPT_S)).max();
            self.save(effects);
            self.keep_record(RecordName::Visits, &kept, effects);
        }
        self.rooms.visits.decide(DecidedView { verdict, place: Some(place), live });
    }

    /// The newest colour that this phone knows: the credential's, or what the authority said since.
    fn newest_colour(&self, issued_at: UnixTime, colour: Colour) -> Colour {
        self.standing().filter(|(told_at, _)| *told_at > issued_at).map_or(colour, |(_, standing)| standing.colour)
    }

    /// Forgets what is older than 14 days.
    fn clean_visits(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let mut kept: Visits = self.record(RecordName::Visits);
        let before = kept.visits.len();
        visit::forget(&mut kept.visits, now);
        if kept.visits.len() != before {
            self.keep_record(RecordName::Visits, &kept, effects);
        }
    }

    pub(super) fn visits_view(&self, now: UnixTime) -> VisitsView {
        let state = &self.rooms.visits;
        let Visits { mut visits } = self.record(RecordName::Visits);
        visit::forget(&mut visits, now);
        visits.reverse();
        let busy = self.awaits(&|_| true);
        let decided = state.scan.as_ref().and_then(|scan| scan.decided.as_ref()).map(|(_, decided)| decided.clone());
        // A newer trust list is on its way: it may be able to tell.
        let decided = decided.filter(|decided| !busy || decided.verdict.outcome != Outcome::CannotTell);
        VisitsView {
            code: matches!(self.stage, Stage::Code(_)),
            reading: state.scan.is_some() && decided.is_none(),
            fitting: decided.as_ref().and_then(|decided| self.fitting(decided.place.as_ref()?.region, now)),
            decided: decided.map(Box::new),
            visits,
            trust_made_at: state.bundle.as_ref().map(|bundle| bundle.issued_at),
            trouble: state.trouble.clone(),
        }
    }
}
