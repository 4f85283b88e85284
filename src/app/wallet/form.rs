//! The application form: what was entered, what is wrong with it, and at which of its steps the person is.

use super::{ApplyField, ApplyStep, ApplyView, FieldView, Stage, Wallet};
use crate::{
    app::{
        Effect, Ticket,
        wallet::saved::{Form, Saved},
    },
    reason::Reason,
    time::UnixTime,
    token::{CONSENT_VERSION, DocumentKind, Particulars, Relation, Ward, identity},
};

/// Longest value that is kept of any field, in bytes; a longer one is cut at a character.
const MAX_FIELD: usize = 700;
/// An answer that ticks a box.
pub(super) const YES: &str = "yes";

/// Which fields were left once: only their problems are shown, nobody is corrected in the middle of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Left(u16);

impl Left {
    fn add(&mut self, field: ApplyField) {
        self.0 |= 1 << field as u8;
    }

    const fn has(self, field: ApplyField) -> bool {
        self.0 & 1 << field as u8 != 0
    }
}

/// What of the form is not in the storage yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Unsaved {
    /// Nothing.
    #[default]
    Nothing,
    /// A change that the storage was given under this ticket.
    Given(Ticket),
    /// A change that it was not given yet.
    Changed,
}

impl ApplyField {
    /// All of them, in the order of the form.
    const ALL: [Self; 12] = [
        Self::Name,
        Self::DocumentKind,
        Self::DocumentNumber,
        Self::Phone,
        Self::Guardian,
        Self::Address,
        Self::Been,
        Self::Contact,
        Self::Symptoms,
        Self::Temperature,
        Self::Truth,
        Self::Consent,
    ];

    const fn step(self) -> ApplyStep {
        match self {
            Self::Name | Self::DocumentKind | Self::DocumentNumber | Self::Phone => ApplyStep::Who,
            Self::Guardian => ApplyStep::Guardian,
            Self::Truth | Self::Consent => ApplyStep::Statement,
            _ => ApplyStep::Health,
        }
    }

    /// Whether one touch gives the whole answer.
    const fn is_choice(self) -> bool {
        matches!(self, Self::DocumentKind | Self::Been | Self::Contact | Self::Symptoms | Self::Truth | Self::Consent | Self::Guardian)
    }
}

impl Form {
    fn text(&mut self, field: ApplyField) -> Option<&mut String> {
        Some(match field {
            ApplyField::Name => &mut self.name,
            ApplyField::DocumentNumber => &mut self.document_number,
            ApplyField::Phone => &mut self.phone,
            ApplyField::Address => &mut self.address,
            ApplyField::Been => &mut self.health.been,
            ApplyField::Contact => &mut self.health.contact,
            ApplyField::Symptoms => &mut self.health.symptoms,
            ApplyField::Temperature => &mut self.health.temperature,
            ApplyField::Truth => &mut self.truth,
            ApplyField::Consent => &mut self.consent,
            ApplyField::Guardian => &mut self.guardian,
            ApplyField::DocumentKind => return None,
        })
    }

    fn set(&mut self, field: ApplyField, mut value: String) {
        if let Some((at, _)) = value.char_indices().find(|(at, _)| *at >= MAX_FIELD) {
            value.truncate(at);
        }
        match self.text(field) {
            Some(text) => *text = value,
            None => self.document_kind = DocumentKind::from_name(&value).unwrap_or(self.document_kind),
        }
    }

    /// When the person was born, where the document's number says so.
    pub(super) fn born(&self) -> Option<UnixTime> {
        identity::birth_of(self.document_kind, &self.document_number)
    }

    /// What is wrong with a field; `relation` is the guardian's, where it is for somebody else.
    fn problem(&self, field: ApplyField, relation: Option<Relation>, now: UnixTime) -> Option<Reason> {
        match field {
            ApplyField::DocumentKind => None,
            ApplyField::Guardian => (self.for_child(relation, now) && self.guardian != YES).then_some(Reason::GuardianConsentMissing),
            ApplyField::Name => identity::check_name(&self.name).err(),
            ApplyField::DocumentNumber => identity::check_document(self.document_kind, &self.document_number, now).err(),
            ApplyField::Phone => identity::check_phone(&self.phone).err(),
            ApplyField::Address => identity::check_address(&self.address).err(),
            ApplyField::Been => self.health.been().err(),
            ApplyField::Contact => self.health.contact().err(),
            ApplyField::Symptoms => self.health.symptoms().err(),
            ApplyField::Temperature => self.health.temperature().err(),
            ApplyField::Truth => (self.truth != YES).then_some(Reason::TruthNotStated),
            ApplyField::Consent => (self.consent != YES).then_some(Reason::ConsentMissing { version: CONSENT_VERSION }),
        }
    }

    /// Whether it is for a child whose guardian has to consent.
    fn for_child(&self, relation: Option<Relation>, now: UnixTime) -> bool {
        relation.is_some_and(|relation| Ward::is_child(relation, self.born(), now))
    }

    /// The first field up to this step that can't be taken.
    fn fault(&self, until: ApplyStep, relation: Option<Relation>, now: UnixTime) -> Option<ApplyField> {
        ApplyField::ALL.into_iter().find(|field| field.step() <= until && self.problem(*field, relation, now).is_some())
    }

    /// All but name, document and phone.
    ///
    /// # Errors
    /// Why they can't be sent.
    pub(super) fn particulars(&self) -> Result<Particulars, Reason> {
        let particulars = Particulars {
            address: Some(identity::normalise(&self.address)),
            declaration: self.health.declaration()?,
            truth: self.truth == YES,
            consent: if self.consent == YES { CONSENT_VERSION } else { 0 },
        };
        particulars.check().map(|()| particulars)
    }
}

/// At which step a refusal can be put right; none where it is not the form's.
const fn step_of(refusal: &Reason) -> Option<ApplyStep> {
    match refusal {
        Reason::NameMalformed
        | Reason::DocumentMalformed
        | Reason::DocumentCheckDigit
        | Reason::DocumentBirthDate
        | Reason::PhoneMalformed => Some(ApplyStep::Who),
        Reason::FieldEmpty | Reason::FieldTooLong | Reason::MeasurementImplausible | Reason::DeclarationMissing => Some(ApplyStep::Health),
        Reason::GuardianConsentMissing => Some(ApplyStep::Guardian),
        Reason::TruthNotStated | Reason::ConsentMissing { .. } => Some(ApplyStep::Statement),
        _ => None,
    }
}

impl Wallet {
    pub(super) fn field_changed(&mut self, field: ApplyField, value: String, effects: &mut Vec<Effect>) {
        self.saved.form.set(field, value);
        self.unsaved = Unsaved::Changed;
        if field.is_choice() {
            self.field_left(field, effects);
        }
    }

    pub(super) fn field_left(&mut self, field: ApplyField, effects: &mut Vec<Effect>) {
        if self.saved.form.text(field).is_some_and(|text| !text.is_empty()) {
            self.left.add(field);
        }
        self.save_form(effects);
    }

    /// Writes what is new in the form. Nothing else: another tab may have written meanwhile, and a field that the page takes away is
    /// left as well.
    pub(super) fn save_form(&mut self, effects: &mut Vec<Effect>) {
        if self.unsaved == Unsaved::Changed {
            self.save(effects);
        }
    }

    /// What another tab has stored holds, but for what is being entered here: that nobody has seen yet.
    pub(super) fn stored_elsewhere(&mut self, stored: Saved, effects: &mut Vec<Effect>) {
        let same = stored.pass == self.saved.pass && stored.held.is_none() && stored.application.is_none();
        let filling = matches!(self.stage, Stage::Form) && same;
        let former = std::mem::replace(&mut self.saved, stored);
        if filling && self.unsaved != Unsaved::Nothing {
            self.saved.form = former.form;
            self.save(effects);
        } else {
            self.unsaved = Unsaved::Nothing;
        }
    }

    /// The storage has written what it was given under a ticket, or has not.
    pub(super) fn form_stored(&mut self, ticket: Ticket, written: bool) {
        if self.unsaved == Unsaved::Given(ticket) {
            self.unsaved = if written { Unsaved::Nothing } else { Unsaved::Changed };
        }
    }

    /// The step is done: on to the next one, unless there is something to put right. Whether all are done.
    pub(super) fn step_done(&mut self, now: UnixTime, effects: &mut Vec<Effect>) -> bool {
        let step = self.saved.form.step;
        for field in ApplyField::ALL.into_iter().filter(|field| field.step() <= step) {
            self.left.add(field);
        }
        let (relation, form) = (self.saved.relation, &self.saved.form);
        let next = match (form.fault(step, relation, now), step) {
            (Some(field), _) => field.step(),
            (None, ApplyStep::Who) if form.for_child(relation, now) => ApplyStep::Guardian,
            (None, ApplyStep::Who | ApplyStep::Guardian) => ApplyStep::Health,
            (None, ApplyStep::Health) => ApplyStep::Statement,
            (None, ApplyStep::Statement) => return true,
        };
        self.go_to(next, effects);
        false
    }

    /// One step back; nothing is lost.
    pub(super) fn step_back(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        if matches!(self.stage, Stage::Form) {
            let back = match self.saved.form.step {
                ApplyStep::Statement => ApplyStep::Health,
                ApplyStep::Health if self.saved.form.for_child(self.saved.relation, now) => ApplyStep::Guardian,
                _ => ApplyStep::Who,
            };
            self.go_to(back, effects);
        }
    }

    fn go_to(&mut self, step: ApplyStep, effects: &mut Vec<Effect>) {
        if self.saved.form.step != step {
            self.saved.form.step = step;
            self.unsaved = Unsaved::Changed;
            self.save(effects);
        }
    }

    /// To the step at which a refusal can be put right; to the first one, if the person gave up without any.
    pub(super) fn step_after(&mut self, refusal: Option<&Reason>) {
        self.saved.form.step = refusal.map_or(Some(ApplyStep::Who), step_of).unwrap_or(self.saved.form.step);
    }

    pub(super) fn form_view(&self, now: UnixTime) -> ApplyView {
        let mut form = self.saved.form.clone();
        let mut view = |field: ApplyField| {
            let problem = form.problem(field, self.saved.relation, now).filter(|_| self.left.has(field));
            FieldView { value: form.text(field).map(|text| text.clone()).unwrap_or_default(), problem }
        };
        ApplyView {
            name: view(ApplyField::Name),
            document_number: view(ApplyField::DocumentNumber),
            phone: view(ApplyField::Phone),
            address: view(ApplyField::Address),
            been: view(ApplyField::Been),
            contact: view(ApplyField::Contact),
            symptoms: view(ApplyField::Symptoms),
            temperature: view(ApplyField::Temperature),
            truth: view(ApplyField::Truth),
            consent: view(ApplyField::Consent),
            guardian: view(ApplyField::Guardian),
            guarded: self.saved.form.for_child(self.saved.relation, now),
            whom: self.saved.whom(),
            region: form.region,
            others: self.saved.more_passes > 0,
            step: form.step,
            document_kind: form.document_kind,
            problem: self.problem.clone(),
            replaced: self.replaced.clone(),
            lent: self.is_lent(),
            renewing: self.stale && self.saved.held.is_some(),
            welcome: !self.saved.welcomed && self.saved.more_passes == 0 && self.replaced.is_none() && form.step == ApplyStep::Who,
        }
    }
}
