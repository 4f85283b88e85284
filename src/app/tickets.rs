use crate::app::Ticket;

/// What a machine waits for, by the ticket that it gave out. An answer to a ticket that is not here any more is ignored.
#[derive(Clone, Debug)]
pub(super) struct Tickets<A> {
    last: Ticket,
    awaited: Vec<(Ticket, A)>,
}

impl<A> Default for Tickets<A> {
    fn default() -> Self {
        Self { last: 0, awaited: Vec::new() }
    }
}

impl<A> Tickets<A> {
    /// A new ticket for something to wait for.
    pub(super) fn give(&mut self, awaited: A) -> Ticket {
        self.last = self.last.wrapping_add(1);
        self.awaited.push((self.last, awaited));
        self.last
    }

    /// Takes back a ticket.
    pub(super) fn take(&mut self, ticket: Ticket) -> Option<A> {
        let at = self.awaited.iter().position(|(held, _)| *held == ticket)?;
        Some(self.awaited.swap_remove(at).1)
    }

    /// Whether anything of this sort is awaited.
    pub(super) fn any(&self, wanted: impl Fn(&A) -> bool) -> bool {
        self.awaited.iter().any(|(_, awaited)| wanted(awaited))
    }

    /// Stops waiting for what does not matter any more.
    #[cfg(any(feature = "wallet", feature = "verifier"))]
    pub(super) fn keep(&mut self, wanted: impl Fn(&A) -> bool) {
        self.awaited.retain(|(_, awaited)| wanted(awaited));
    }
}
