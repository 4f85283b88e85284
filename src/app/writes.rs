//! What a shell has still to write.

use super::Ticket;
use std::collections::VecDeque;

/// Writes that wait, in the order asked for. Of several of the same thing, one behind the other, only the last is kept: on a slow
/// storage a gate asks for the open part of its log to be written again with every code, some kilobytes each time.
#[derive(Debug, Default)]
pub(crate) struct Writes {
    waiting: VecDeque<Write>,
}

/// A write of the state, or of a record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Write {
    /// Whoever waits for it.
    pub(crate) tickets: Vec<Ticket>,
    /// Name of the record; none for the state.
    pub(crate) record: Option<String>,
    pub(crate) data: String,
}

impl Writes {
    pub(crate) fn add(&mut self, ticket: Ticket, record: Option<String>, data: String) {
        match self.waiting.back_mut().filter(|last| last.record == record) {
            Some(last) => {
                last.tickets.push(ticket);
                last.data = data;
            }
            None => self.waiting.push_back(Write { tickets: vec![ticket], record, data }),
        }
    }

    /// Takes out the one that waits longest.
    pub(crate) fn next(&mut self) -> Option<Write> {
        self.waiting.pop_front()
    }

    /// Gives up the writes of the state; gives the tickets of who waits for them.
    pub(crate) fn drop_states(&mut self) -> Vec<Ticket> {
        let (states, records): (Vec<_>, _) = std::mem::take(&mut self.waiting).into_iter().partition(|write| write.record.is_none());
        self.waiting = records.into();
        states.into_iter().flat_map(|write: Write| write.tickets).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(all: &[(Ticket, Option<&str>, &str)]) -> Writes {
        let mut writes = Writes::default();
        for (ticket, record, data) in all {
            writes.add(*ticket, record.map(str::to_owned), (*data).to_owned());
        }
        writes
    }

    fn write(tickets: &[Ticket], record: Option<&str>, data: &str) -> Option<Write> {
        Some(Write { tickets: tickets.to_vec(), record: record.map(str::to_owned), data: data.to_owned() })
    }

    #[test]
    fn of_the_same_thing_only_the_last_waits_and_all_who_asked_are_answered() {
        let mut writes = asked(&[
            (1, Some("a"), "1"),
            (2, Some("a"), "12"),
            (3, Some("a"), "123"),
            (4, None, "s"),
            (5, Some("b"), "4"),
            (6, Some("b"), "45"),
        ]);
        assert_eq!(writes.waiting.len(), 3);
        assert_eq!(writes.next(), write(&[1, 2, 3], Some("a"), "123"));
        assert_eq!(writes.next(), write(&[4], None, "s"));
        // What comes while another is written begins anew where nothing of its kind waits.
        assert_eq!(writes.next(), write(&[5, 6], Some("b"), "45"));
        writes.add(7, Some("b".to_owned()), "456".to_owned());
        assert_eq!(writes.next(), write(&[7], Some("b"), "456"));
        assert_eq!(writes.next(), None);
    }

    #[test]
    fn the_order_holds() {
        // A state names the records before it; a record that comes again after it must not move in front of it.
        let mut writes = asked(&[(1, Some("a"), "1"), (2, None, "s"), (3, Some("a"), "2")]);
        let order = std::iter::from_fn(|| writes.next()).map(|write| write.tickets);
        assert_eq!(order.collect::<Vec<_>>(), [[1], [2], [3]]);
    }

    #[test]
    fn states_are_given_up_and_records_stay() {
        let mut writes = asked(&[(1, None, "s"), (2, None, "t"), (3, Some("a"), "1"), (4, None, "u")]);
        assert_eq!(writes.drop_states(), [1, 2, 4]);
        assert_eq!(writes.next(), write(&[3], Some("a"), "1"));
        assert_eq!(writes.next(), None);
    }
}
