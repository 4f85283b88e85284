//! The application form: what was entered, and what is wrong with it.

use super::{ApplyField, ApplyView, FieldView, Wallet};
use crate::{
    app::wallet::saved::Form,
    reason::Reason,
    time::UnixTime,
    token::{DocumentKind, identity},
};

/// Longest value that is kept of any field, in bytes; a longer one is cut at a character.
const MAX_FIELD: usize = 400;

/// Which fields were left once: only their problems are shown, nobody is corrected in the middle of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Left {
    name: bool,
    document: bool,
    phone: bool,
}

impl Left {
    pub(super) const ALL: Self = Self { name: true, document: true, phone: true };

    pub(super) fn note(&mut self, field: ApplyField, form: &Form) {
        match field {
            ApplyField::Name => self.name |= !form.name.is_empty(),
            ApplyField::DocumentNumber => self.document |= !form.document_number.is_empty(),
            ApplyField::Phone => self.phone |= !form.phone.is_empty(),
            ApplyField::DocumentKind => {}
        }
    }
}

impl Form {
    pub(super) fn set(&mut self, field: ApplyField, value: String) {
        let value = match value.char_indices().find(|(at, _)| *at >= MAX_FIELD) {
            Some((at, _)) => value[..at].to_owned(),
            None => value,
        };
        match field {
            ApplyField::Name => self.name = value,
            ApplyField::DocumentNumber => self.document_number = value,
            ApplyField::Phone => self.phone = value,
            ApplyField::DocumentKind => {
                self.document_kind = DocumentKind::from_name(&value).unwrap_or(self.document_kind);
            }
        }
    }

    /// The three checks: name, document, phone.
    pub(super) fn problems(&self, now: UnixTime) -> [Option<Reason>; 3] {
        [
            identity::check_name(&self.name).err(),
            identity::check_document(self.document_kind, &self.document_number, now).err(),
            identity::check_phone(&self.phone).err(),
        ]
    }
}

impl Wallet {
    pub(super) fn form_view(&self, now: UnixTime) -> ApplyView {
        let form = &self.saved.form;
        let [name, document, phone] = form.problems(now);
        let field =
            |value: &str, problem: Option<Reason>, left: bool| FieldView { value: value.to_owned(), problem: problem.filter(|_| left) };
        ApplyView {
            name: field(&form.name, name, self.left.name),
            document_kind: form.document_kind,
            document_number: field(&form.document_number, document, self.left.document),
            phone: field(&form.phone, phone, self.left.phone),
            problem: self.problem.clone(),
            replaced: self.replaced.clone(),
        }
    }
}
