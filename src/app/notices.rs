use crate::reason::Reason;

/// Notices to the person: each reason once, the one that matters most first.
#[derive(Clone, Debug, Default)]
pub(super) struct Notices(Vec<Reason>);

impl Notices {
    pub(super) fn add(&mut self, reason: Reason) {
        self.remove(reason.code());
        let at = self.0.partition_point(|held| held.rank() >= reason.rank());
        self.0.insert(at, reason);
    }

    pub(super) fn remove(&mut self, code: &str) {
        self.0.retain(|held| held.code() != code);
    }

    pub(super) fn dismiss_first(&mut self) {
        if !self.0.is_empty() {
            self.0.remove(0);
        }
    }

    pub(super) fn all(&self) -> Vec<Reason> {
        self.0.clone()
    }
}
