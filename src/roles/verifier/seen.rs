use crate::time::UnixTime;
use std::collections::HashMap;

/// How many presentations are remembered at most: a busy gate's 15 minutes several times over.
const CAPACITY: usize = 8192;

/// Remembers which presentations were checked, for as long as they are valid; nothing of a person is in it.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    sights: HashMap<[u8; 32], Sight>,
}

#[derive(Clone, Copy, Debug)]
struct Sight {
    first: UnixTime,
    until: UnixTime,
}

impl Seen {
    /// Notes a sight; gives the time of the first one when this is not the first.
    pub fn note(&mut self, identity: [u8; 32], until: UnixTime, now: UnixTime) -> Option<UnixTime> {
        if let Some(sight) = self.sights.get(&identity) {
            return Some(sight.first);
        }
        if self.sights.len() >= CAPACITY {
            self.sights.retain(|_, sight| sight.until > now);
        }
        if self.sights.len() >= CAPACITY
            && let Some(oldest) = self.sights.iter().min_by_key(|(_, sight)| sight.until).map(|(identity, _)| *identity)
        {
            self.sights.remove(&oldest);
        }
        self.sights.insert(identity, Sight { first: now, until });
        None
    }

    /// Forgets what has ended.
    pub fn expire(&mut self, now: UnixTime) {
        self.sights.retain(|_, sight| sight.until > now);
    }

    /// How many are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sights.len()
    }

    /// Whether none is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sights.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_sight_names_the_first_and_the_memory_is_bounded() {
        let mut seen = Seen::default();
        assert_eq!(seen.note([1; 32], UnixTime(900), UnixTime(0)), None);
        assert_eq!(seen.note([1; 32], UnixTime(900), UnixTime(60)), Some(UnixTime(0)));
        for number in 0..2 * CAPACITY {
            let mut identity = [2; 32];
            identity[..8].copy_from_slice(&number.to_be_bytes());
            seen.note(identity, UnixTime(1000), UnixTime(100));
        }
        assert_eq!(seen.len(), CAPACITY);
        seen.expire(UnixTime(1000));
        assert!(seen.is_empty());
    }
}
