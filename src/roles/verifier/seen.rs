use crate::time::UnixTime;

/// How many presentations are remembered at most: a busy gate's 15 minutes several times over.
const CAPACITY: usize = 8192;

/// Remembers which presentations were checked, for as long as they are valid; nothing of a person is in it.
///
/// All the room it may ever take is taken at the first sight: a gate's page stays open for days, and memory that WASM has once
/// grown it never gives back.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    sights: Vec<Sight>,
}

#[derive(Clone, Copy, Debug)]
struct Sight {
    identity: [u8; 32],
    first: UnixTime,
    until: UnixTime,
}

impl Seen {
    /// Notes a sight; gives the time of the first one when this is not the first. One whose end has come counts for nothing.
    pub fn note(&mut self, identity: [u8; 32], until: UnixTime, now: UnixTime) -> Option<UnixTime> {
        // Some thousand comparisons take a thousandth of the time of one signature check.
        if let Some(sight) = self.sights.iter_mut().find(|sight| sight.identity == identity) {
            if now < sight.until {
                return Some(sight.first);
            }
            *sight = Sight { identity, first: now, until };
            return None;
        }
        if self.sights.len() >= CAPACITY {
            self.expire(now);
        }
        if self.sights.len() >= CAPACITY
            && let Some((oldest, _)) = self.sights.iter().enumerate().min_by_key(|(_, sight)| sight.until)
        {
            self.sights.swap_remove(oldest);
        }
        self.sights.reserve_exact(CAPACITY.saturating_sub(self.sights.len()));
        self.sights.push(Sight { identity, first: now, until });
        None
    }

    /// Forgets what has ended.
    pub fn expire(&mut self, now: UnixTime) {
        self.sights.retain(|sight| sight.until > now);
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
        // Paper comes again after its while is over, and is seen for the first time again.
        assert_eq!(seen.note([1; 32], UnixTime(1800), UnixTime(900)), None);
        assert_eq!(seen.note([1; 32], UnixTime(1900), UnixTime(1000)), Some(UnixTime(900)));
        seen.expire(UnixTime(1800));
        for number in 0..CAPACITY + 99 {
            let mut identity = [2; 32];
            identity[..8].copy_from_slice(&number.to_be_bytes());
            seen.note(identity, UnixTime(1000), UnixTime(100));
        }
        assert_eq!((seen.len(), seen.sights.capacity()), (CAPACITY, CAPACITY));
        seen.expire(UnixTime(1000));
        assert!(seen.is_empty());
    }
}
