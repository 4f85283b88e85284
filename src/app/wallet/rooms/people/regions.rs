//! Codes of several regions for one person: each is a pass of its own, and before a place the one of its region is offered.

use crate::{
    app::{
        Effect,
        wallet::{
            Wallet,
            rooms::view::PassView,
            saved::{Form, Saved},
        },
    },
    time::UnixTime,
};

/// Codes of GB/T 2260 are of one province when they are the same without these digits.
const PROVINCE: u32 = 10_000;

impl Wallet {
    /// The code of one more region is to be applied for, for the person in front.
    pub(super) fn add_region(&mut self, region: u32, effects: &mut Vec<Effect>) {
        if self.regions_offered().contains(&region) {
            let Saved { person, relation, sign, .. } = self.saved;
            let form = Form { region: Some(region), ..Form::default() };
            self.add_pass(Saved { person, relation, sign, form, ..Saved::default() }, effects);
        }
    }

    /// The regions whose codes the person in front can apply for beside those that are there.
    pub(super) fn regions_offered(&self) -> Vec<u32> {
        let passes: Vec<PassView> = self.passes_of_person().collect();
        // What is shown for somebody else says nothing of what its person holds.
        let own = passes.iter().any(|pass| pass.front && pass.colour.is_some() && pass.lent.is_none());
        let regions = self.saved.deployment.as_ref().filter(|_| own).map(|deployment| deployment.regions.as_slice());
        let is_there = |region: &u32| passes.iter().any(|pass| pass.region == *region);
        regions.unwrap_or_default().iter().copied().filter(|region| !is_there(region)).collect()
    }

    fn passes_of_person(&self) -> impl Iterator<Item = PassView> {
        let person = self.saved.person;
        self.list().passes.into_iter().filter(move |pass| pass.person == person)
    }

    /// The number of another pass of the person in front that fits a place's region better than the one in front.
    pub(in crate::app::wallet::rooms) fn fitting(&self, region: u32, now: UnixTime) -> Option<u32> {
        let fits = |pass: &PassView| pass.region / PROVINCE == region / PROVINCE && pass.colour.is_some();
        let passes: Vec<_> = self.passes_of_person().filter(fits).collect();
        let other = passes.iter().find(|pass| pass.expires_at.is_some_and(|end| end > now))?;
        if passes.iter().any(|pass| pass.front) { None } else { Some(other.number) }
    }
}
