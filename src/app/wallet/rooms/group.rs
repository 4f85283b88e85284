//! The room in which people walk together (同行): the passes of several people as one group, their codes in turn. Each code is a whole
//! presentation with the group's mark; what ties them is drawn anew for every showing.

use super::{
    super::{Awaited, Stage, Wallet, saved::Saved, showing::renew_at},
    Record, RecordName, RoomName, showings,
    view::{GroupEvent, GroupView, MemberCode, MemberView, PassView},
};
use crate::{
    app::{Effect, QrView},
    cose::Unsigned,
    reason::{Layer, Reason},
    roles::holder::{Pass, Showing},
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{Binding, ClaimName, GroupMark, challenge::tidy_name, to_text},
};

/// How long each code can stay, in milliseconds: none so short that more than three would change in a second, which flashes.
pub(super) const PACES_MS: [u32; 3] = [350, 500, 1000];
/// How long it does unless the person chose: the camera of a gate has some frames of each.
pub(super) const PACE_MS: u32 = 500;

/// What the room remembers while it is open.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The passes that walk along, once the person has chosen.
    chosen: Option<Vec<u32>>,
    /// What was found out of passes when they were to be shown.
    faults: Vec<(u32, Reason)>,
    group: Vec<Member>,
    id: [u8; 8],
}

/// Somebody who walks along.
#[derive(Debug)]
struct Member {
    number: u32,
    held: Pass,
    slot: String,
    disclose: Vec<ClaimName>,
    /// It is shown on somebody's behalf.
    behalf: bool,
    /// The code, and when a new one is due.
    code: Option<(QrView, UnixTime)>,
}

impl Member {
    fn name(&self) -> &str {
        self.held.shown(ClaimName::Name, &self.disclose).and_then(|name| name.as_text()).unwrap_or_default()
    }
}

/// What is known of a pass without looking into it.
fn fault(pass: &PassView, now: UnixTime) -> Option<Reason> {
    let expired_at = pass.expires_at.filter(|end| *end <= now)?;
    Some(Reason::Expired { layer: if pass.lent.is_some() { Layer::Delegation } else { Layer::Credential }, expired_at })
}

impl Wallet {
    /// The records of this room: every pass that is not in front.
    pub(super) fn needed_by_group(&self) -> Vec<Record> {
        let others = self.passes_in_order().into_iter().filter(|pass| !pass.front).map(|pass| RecordName::Pass.of(0, pass.number));
        let list = self.own(RecordName::People);
        std::iter::once(list).chain(others.filter(|_| self.is_read(RecordName::People))).collect()
    }

    pub(super) fn group(&mut self, event: GroupEvent, now: UnixTime, effects: &mut Vec<Effect>) {
        if !self.knows_all_passes() {
            return;
        }
        match event {
            GroupEvent::Chosen { number, along } => {
                let mut chosen = self.walking_along(now);
                chosen.retain(|other| *other != number);
                chosen.extend(along.then_some(number));
                self.rooms.group.chosen = Some(chosen);
            }
            GroupEvent::PaceSet { ms } if PACES_MS.contains(&ms) => self.set_pace(ms, effects),
            GroupEvent::PaceSet { .. } => {}
            GroupEvent::Shown => self.show_group(now, effects),
            GroupEvent::Ended => {
                self.end_group(effects);
            }
        }
    }

    /// Back to the choice, as far as codes are shown; whether they were.
    pub(super) fn end_group(&mut self, effects: &mut Vec<Effect>) -> bool {
        self.tickets.keep(|awaited| !matches!(awaited, Awaited::Group(..)));
        let shown = !std::mem::take(&mut self.rooms.group.group).is_empty();
        if shown && !matches!(self.stage, Stage::Code(_)) {
            effects.push(Effect::Wake { on: false });
        }
        shown
    }

    /// Who walks along: all that can be shown, of each person one, unless the person chose.
    fn walking_along(&self, now: UnixTime) -> Vec<u32> {
        let state = &self.rooms.group;
        let mut people = Vec::new();
        let passes = self.passes_in_order().into_iter().filter(|pass| {
            let able = pass.colour.is_some() && fault(pass, now).is_none() && state.faults.iter().all(|(number, _)| *number != pass.number);
            let wanted = match &state.chosen {
                Some(chosen) => chosen.contains(&pass.number),
                None => !people.contains(&pass.person),
            };
            if able && wanted {
                people.push(pass.person);
            }
            able && wanted
        });
        let most = state.chosen.as_ref().map_or(GroupMark::MAX.into(), |_| usize::MAX);
        passes.map(|pass| pass.number).take(most).collect()
    }

    /// Draws what ties the group, and has all codes made.
    fn show_group(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let along = self.walking_along(now);
        let Some(id) = self.rooms.safety.identifier() else { return };
        if !(2..=usize::from(GroupMark::MAX)).contains(&along.len()) || !self.has_needed(RoomName::Group) {
            return;
        }
        let (mut group, mut faults) = (Vec::new(), Vec::new());
        for number in along {
            match self.member(number, now) {
                Ok(member) => group.push(member),
                Err(reason) => faults.push((number, reason)),
            }
        }
        let state = &mut self.rooms.group;
        state.id = std::array::from_fn(|at| id.get(at).copied().unwrap_or_default());
        state.faults.extend(faults.iter().cloned());
        // Nobody is left out without a word.
        if faults.is_empty() {
            state.group = group;
            effects.push(Effect::Wake { on: true });
            self.present_group(now, effects);
        }
    }

    fn member(&self, number: u32, now: UnixTime) -> Result<Member, Reason> {
        let read;
        let saved = if number == self.saved.pass {
            &self.saved
        } else {
            read = Saved::of_json(self.rooms.records.json(RecordName::Pass.of(0, number)))?;
            &read
        };
        let (credential, slot) = saved.held.as_ref().map(|held| held.on(now)).ok_or(Reason::StorageDamaged)?;
        Ok(Member {
            number,
            held: Pass::read(credential)?,
            slot: slot.to_owned(),
            disclose: saved.disclosed(),
            behalf: saved.relation.is_some(),
            code: None,
        })
    }

    /// Prepares a presentation of each, with the mark of the group.
    fn present_group(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        self.tickets.keep(|awaited| !matches!(awaited, Awaited::Group(..)));
        let State { group, id, .. } = &self.rooms.group;
        let of = u8::try_from(group.len()).unwrap_or(u8::MAX);
        let mut made = Vec::new();
        let mut fault = None;
        for ((position, member), next) in (0..of).zip(group).zip(group.iter().cycle().skip(1)) {
            let mark = GroupMark { id: *id, position, of, next: tidy_name(next.name()) };
            let showing = Showing { disclose: member.disclose.clone(), group: Some(mark), ..Showing::default() };
            match member.held.present(&showing, now) {
                Ok((unsigned, binding)) => made.push((member.number, member.slot.clone(), unsigned, binding)),
                Err(reason) => fault = Some((member.number, reason)),
            }
        }
        if let Some((number, reason)) = fault {
            return self.group_failed(number, reason, effects);
        }
        for (number, slot, unsigned, binding) in made {
            let message = to_base64url(&unsigned.message());
            let ticket = self.tickets.give(Awaited::Group(number, unsigned, binding));
            effects.push(Effect::Sign { ticket, slot, message });
        }
    }

    pub(in crate::app::wallet) fn group_signed(
        &mut self,
        number: u32,
        unsigned: Unsigned,
        binding: &Binding,
        signature: &str,
        effects: &mut Vec<Effect>,
    ) {
        let signature = from_base64url(signature).filter(|signature| signature.len() == 64);
        let qr = signature.and_then(|signature| {
            let text = to_text(&unsigned.finish(&signature));
            QrView::draw(&text, binding.issued_at, binding.expires_at)
        });
        let Some(qr) = qr else { return self.group_failed(number, Reason::KeyUnusable, effects) };
        let group = &mut self.rooms.group.group;
        if let Some(member) = group.iter_mut().find(|member| member.number == number) {
            member.code = Some((qr, renew_at(binding)));
        }
        let noted = group.iter().find(|member| member.number == number && member.behalf);
        let noted = noted.map(|member| showings::of(&member.held, &member.disclose, None, binding.issued_at));
        let due: Option<Vec<_>> = group.iter().map(|member| member.code.as_ref().map(|(_, at)| *at)).collect();
        effects.extend(due.and_then(|due| due.into_iter().min()).map(|at| Effect::Tick { at }));
        if let Some(showing) = noted {
            self.note_showing(number, showing, effects);
        }
    }

    /// One of them can't be shown: back to the choice, which says whose and why.
    pub(in crate::app::wallet) fn group_failed(&mut self, number: u32, reason: Reason, effects: &mut Vec<Effect>) {
        self.end_group(effects);
        self.rooms.group.faults.push((number, reason));
    }

    /// The codes of a group that is shown are renewed, in place of the one in front; whether there is one.
    pub(in crate::app::wallet) fn group_goes_on(&mut self, now: UnixTime, effects: &mut Vec<Effect>) -> bool {
        let shown = self.rooms.open == Some(RoomName::Group) && !self.rooms.group.group.is_empty() && !self.is_locked();
        if shown {
            self.present_group(now, effects);
        }
        shown
    }

    pub(super) fn group_view(&self, now: UnixTime) -> Option<GroupView> {
        if !self.knows_all_passes() {
            return None;
        }
        let along = self.walking_along(now);
        let State { group, faults, .. } = &self.rooms.group;
        let member = |pass: PassView| {
            let found = faults.iter().find(|(number, _)| *number == pass.number).map(|(_, reason)| reason.clone());
            let fault = found.or_else(|| fault(&pass, now));
            let PassView { number, name, whom, colour, .. } = pass;
            MemberView { number, name, whom, colour, along: along.contains(&number), fault }
        };
        let code = |member: &Member| {
            let (qr, _) = member.code.as_ref()?;
            Some(MemberCode { number: member.number, name: member.name().to_owned(), qr: qr.clone() })
        };
        let codes: Option<Vec<_>> = group.iter().map(code).collect();
        Some(GroupView {
            members: self.passes_in_order().into_iter().map(member).collect(),
            busy: codes.is_none(),
            codes: codes.unwrap_or_default(),
            most: GroupMark::MAX.into(),
            pace_ms: self.pace(),
            paces: PACES_MS.to_vec(),
        })
    }
}
