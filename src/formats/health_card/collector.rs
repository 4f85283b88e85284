use super::{Part, read_jws, read_part};
use crate::{formats::Sealed, reason::Reason};

/// Gathers the codes of one card, in any order.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    /// By number; none where a code is still missing.
    parts: Vec<Option<Part>>,
}

impl Collector {
    /// Takes a code; gives the card when it was the last one missing, and is empty again. A code that was read before changes
    /// nothing. One of another card takes the place of all that was gathered, so that the next person's card is read even
    /// though the last one's stayed incomplete.
    ///
    /// # Errors
    /// `more-parts` while codes are missing; `parts-mixed` for a code that does not go with those before; what [`read_part`] and
    /// [`read_jws`] say.
    pub fn take(&mut self, text: &str) -> Result<Sealed, Reason> {
        let part = read_part(text)?;
        let (index, of) = (usize::from(part.index) - 1, usize::from(part.of));
        if of == 1 {
            self.clear();
            return read_jws(&part.jws);
        }
        let fits = self.parts.len() == of && self.parts[index].as_ref().is_none_or(|held| *held == part);
        let mixed = !fits && !self.parts.is_empty();
        if !fits {
            self.parts = vec![None; of];
        }
        self.parts[index] = Some(part);
        let have = self.parts.iter().flatten().count();
        if mixed {
            return Err(Reason::PartsMixed);
        }
        if have < of {
            return Err(Reason::MoreParts { have: u8::try_from(have).unwrap_or(u8::MAX), of: u8::try_from(of).unwrap_or(u8::MAX) });
        }
        let jws: String = self.parts.iter().flatten().map(|part| part.jws.as_str()).collect();
        self.clear();
        read_jws(&jws)
    }

    /// Forgets what was gathered.
    pub fn clear(&mut self) {
        self.parts.clear();
    }
}
