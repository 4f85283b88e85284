//! People who walk together (同行): their codes come in any order, and are judged one by one and as a whole.

use super::{Outcome, Pending, Verdict};
use crate::{
    reason::Reason,
    time::UnixTime,
    token::{Colour, GroupMark},
};
use serde::{Deserialize, Serialize};

/// After so many seconds without a new member a group is not waited for any more when another code comes.
const PATIENCE_S: i64 = 120;

/// The members seen so far of one group.
#[derive(Clone, Debug, Default)]
pub struct Group {
    id: [u8; 8],
    members: Vec<Option<Member>>,
    last: UnixTime,
}

#[derive(Clone, Debug)]
struct Member {
    /// Names the presentation.
    identity: [u8; 32],
    /// Names the credential.
    credential: [u8; 32],
    next: Option<String>,
    verdict: Verdict,
}

/// The answer for a group, or what is there of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GroupVerdict {
    /// The answer: that of the member for whom it is worst; *cannot tell* while somebody is missing, unless it is worse.
    pub outcome: Outcome,
    /// Code of the reason; none only for *pass*.
    pub reason: Option<String>,
    /// The facts of that reason, for its sentence.
    #[cfg_attr(feature = "ts", ts(type = "Record<string, string | number>"))]
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// How many were seen.
    pub have: u8,
    /// How many they are.
    pub of: u8,
    /// The worst colour among those seen.
    pub colour: Option<Colour>,
    /// All of them by their position, seen or missing.
    pub members: Vec<GroupMember>,
}

/// One of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GroupMember {
    /// The name: of who was seen, as disclosed; of who is missing, as the one before says. None where nobody says it.
    pub name: Option<String>,
    /// The answer for this one alone; none while missing.
    pub verdict: Option<Verdict>,
}

impl Group {
    /// Whether somebody was seen.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        !self.members.is_empty()
    }

    /// What names it in its codes; zeroes before the first member.
    #[must_use]
    pub const fn id(&self) -> [u8; 8] {
        self.id
    }

    /// Whether all were seen.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_begun() && self.members.iter().all(Option::is_some)
    }

    /// Whether this very presentation was taken in: a wallet shows its codes in turn, over and over.
    #[must_use]
    pub fn knows(&self, pending: &Pending) -> bool {
        self.is_begun() && self.seen().any(|member| member.identity == pending.identity())
    }

    /// Whether a code that is read at this time, with the mark that it states, belongs to another group, or to none, while members of
    /// this one are missing.
    ///
    /// # Errors
    /// `group-mixed`.
    pub fn demand(&mut self, mark: Option<&GroupMark>, now: UnixTime) -> Result<(), Reason> {
        if now.since(self.last) > PATIENCE_S {
            *self = Self::default();
        }
        let same = |mark: &GroupMark| mark.id == self.id && usize::from(mark.of) == self.members.len();
        if self.is_begun() && !mark.is_some_and(same) { Err(Reason::GroupMixed) } else { Ok(()) }
    }

    /// Takes a member in whose signatures were good. One who comes again with a newer code takes the place of the former.
    ///
    /// # Errors
    /// `group-doubled` for a person in two positions, or two persons in one; `group-mixed` as [`Group::demand`].
    pub fn join(&mut self, mark: &GroupMark, pending: &Pending, verdict: Verdict, now: UnixTime) -> Result<(), Reason> {
        self.demand(Some(mark), now)?;
        let (identity, credential) = (pending.identity(), pending.credential());
        let position = usize::from(mark.position);
        let doubled = self.members.iter().enumerate().any(|(held, member)| {
            let same = member.as_ref().map(|member| member.credential == credential);
            same == Some(held != position)
        });
        if doubled {
            return Err(Reason::GroupDoubled);
        }
        if !self.is_begun() {
            self.id = mark.id;
            self.members = vec![None; mark.of.into()];
        }
        if let Some(place) = self.members.get_mut(position) {
            *place = Some(Member { identity, credential, next: mark.next.clone(), verdict });
        }
        self.last = now;
        Ok(())
    }

    fn seen(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().flatten()
    }

    /// What is there of the group, with the answer for it. None before the first member.
    #[must_use]
    pub fn verdict(&self) -> Option<GroupVerdict> {
        let of = u8::try_from(self.members.len()).ok().filter(|of| *of > 0)?;
        let have = u8::try_from(self.seen().count()).ok()?;
        let worst = self.seen().map(|member| &member.verdict).max_by_key(|verdict| severity(verdict.outcome))?;
        let incomplete = Reason::GroupIncomplete { have, of };
        let (outcome, reason, facts) = if have < of && severity(worst.outcome) < severity(Outcome::CannotTell) {
            (Outcome::CannotTell, Some(incomplete.code().to_owned()), incomplete.facts())
        } else {
            (worst.outcome, worst.reason.clone(), worst.facts.clone())
        };
        let before = |position: usize| self.members.get(position.checked_sub(1).unwrap_or(self.members.len() - 1));
        let member = |(position, member): (usize, &Option<Member>)| match member {
            Some(Member { verdict, .. }) => GroupMember { name: verdict.disclosed.get("name").cloned(), verdict: Some(verdict.clone()) },
            None => GroupMember { name: before(position).and_then(Option::as_ref).and_then(|before| before.next.clone()), verdict: None },
        };
        Some(GroupVerdict {
            outcome,
            reason,
            facts,
            have,
            of,
            colour: self.seen().filter_map(|member| member.verdict.colour).max(),
            members: self.members.iter().enumerate().map(member).collect(),
        })
    }
}

/// The higher, the worse for a group: one who must not enter stops all, whatever is unknown of another.
const fn severity(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Pass => 0,
        Outcome::Restricted => 1,
        Outcome::CannotTell => 2,
        Outcome::Invalid => 3,
        Outcome::Stop => 4,
    }
}
