//! Status lists of posters that can be withdrawn: fetched when such a poster was scanned, and kept beside the trust list that names them.
//! The whole list is asked for, the same file for everybody. Without it a poster counts, for nothing but a hint rests on one.

use super::{
    super::{Awaited, Wallet},
    RecordName, Wanted,
    visits::{FRESH_S, Trust},
};
use crate::{
    app::{Effect, Resource},
    signature::{Unverified, Verified},
    text::from_base64url,
    time::UnixTime,
    token::{Venue, status::StatusList},
};
use serde::{Deserialize, Serialize};

/// Most lists that are kept; with more the one fetched longest ago goes.
const MAX_LISTS: usize = 4;
/// Longest text of a list that is kept; a longer one serves until the page is closed.
const MAX_KEPT: usize = 512 * 1024;

/// A status list as it was received, base64url, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct KeptList {
    pub(super) uri: String,
    list: String,
    fetched_at: UnixTime,
}

/// The lists at hand.
#[derive(Debug, Default)]
pub(super) struct Lists {
    held: Vec<(StatusList, UnixTime)>,
    /// URIs of those that were looked for among the kept ones.
    read: Vec<String>,
    /// URIs of those that were asked for since the room was entered or the network came back.
    asked: Vec<String>,
}

impl Lists {
    pub(super) fn ask_again(&mut self) {
        self.asked.clear();
    }

    /// The list that a poster names.
    pub(super) fn get(&self, venue: &Venue) -> Option<&StatusList> {
        let uri = &venue.status.as_ref()?.uri;
        self.held.iter().map(|(list, _)| list).find(|list| list.uri() == uri)
    }

    fn is_fresh(&self, uri: &str, now: UnixTime) -> bool {
        self.held.iter().any(|(list, at)| list.uri() == uri && (0..FRESH_S).contains(&now.since(*at)))
    }
}

impl Wallet {
    /// Sees to the list that a poster names, if the trust list says that it is of the poster's own issuer; whether it is under way.
    pub(super) fn seek_list(&mut self, venue: &Venue, now: UnixTime, effects: &mut Vec<Effect>) -> bool {
        let state = &mut self.rooms.visits;
        let uri = venue.status.as_ref().map(|reference| &reference.uri);
        let entry = uri.zip(state.bundle.as_ref()).and_then(|(uri, bundle)| Some((uri, bundle.list(uri)?)));
        let Some((uri, entry)) = entry.filter(|(_, entry)| entry.issuer == venue.issuer) else { return false };
        let path = entry.path.clone();
        if !state.lists.read.contains(uri) {
            state.lists.read.push(uri.clone());
            let Trust { lists, .. } = self.record(RecordName::Trust);
            let kept = lists.into_iter().find(|list| list.uri == *uri);
            // What can't be read any more is fetched anew.
            if let Some((list, at)) = kept.and_then(|kept| Some((self.parsed_list(&kept.list)?, kept.fetched_at))) {
                self.check_list(list, at, None, effects);
                return true;
            }
        }
        let lists = &mut self.rooms.visits.lists;
        if lists.is_fresh(uri, now) || lists.asked.contains(uri) {
            return false;
        }
        lists.asked.push(uri.clone());
        let ticket = self.tickets.give(Awaited::Venue(Wanted::List));
        effects.push(Effect::Fetch { ticket, resource: Resource::StatusList { path } });
        true
    }

    pub(super) fn list_fetched(&mut self, status: u16, body: String, now: UnixTime, effects: &mut Vec<Effect>) {
        match self.parsed_list(&body).filter(|_| status == 200) {
            Some(list) => self.check_list(list, now, Some(body), effects),
            None => self.visits_go_on(now, effects),
        }
    }

    fn parsed_list(&self, text: &str) -> Option<Unverified<StatusList>> {
        StatusList::parse(&from_base64url(text)?, self.rooms.visits.bundle.as_deref()?).ok()
    }

    fn check_list(&mut self, list: Unverified<StatusList>, at: UnixTime, fetched: Option<String>, effects: &mut Vec<Effect>) {
        let checks = list.checks().to_vec();
        let ticket = self.tickets.give(Awaited::Venue(Wanted::ListCheck(Box::new(list), at, fetched)));
        effects.push(Effect::Check { ticket, checks });
    }

    /// Takes a list whose issuer's signature was good, unless the one held is newer.
    pub(super) fn take_list(&mut self, list: Verified<StatusList>, at: UnixTime, fetched: Option<String>, effects: &mut Vec<Effect>) {
        let list = list.into_inner();
        let held = &mut self.rooms.visits.lists.held;
        if held.iter().any(|(held, _)| held.uri() == list.uri() && held.issued_at() > list.issued_at()) {
            return;
        }
        let uri = list.uri().to_owned();
        held.retain(|(held, _)| held.uri() != uri);
        held.push((list, at));
        if let Some(list) = fetched.filter(|text| text.len() <= MAX_KEPT) {
            let mut kept: Trust = self.record(RecordName::Trust);
            kept.lists.retain(|list| list.uri != uri);
            if kept.lists.len() >= MAX_LISTS {
                kept.lists.remove(0);
            }
            kept.lists.push(KeptList { uri, list, fetched_at: at });
            self.keep_record(RecordName::Trust, &kept, effects);
        }
    }
}
