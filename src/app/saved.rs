//! Reading a stored state by its version.

use crate::reason::Reason;
use serde::{Deserialize, de::DeserializeOwned};

/// Enough to see who wrote it, whatever else a newer version put there.
#[derive(Deserialize)]
struct Stamp {
    version: u32,
}

/// Reads a state of at most this version.
pub(super) fn read<S: DeserializeOwned>(json: &[u8], newest: u32) -> Result<S, Reason> {
    let stamp: Stamp = crate::json::from_slice(json).map_err(|_| Reason::StorageDamaged)?;
    if stamp.version > newest {
        return Err(Reason::StorageNewer { version: stamp.version });
    }
    crate::json::from_slice(json).map_err(|_| Reason::StorageDamaged)
}

/// The deployment to work with: the one pinned at the first opening, else the one offered. The reason tells when another
/// root key is offered later; it is not followed.
pub(super) fn pin(held: &mut Option<super::Deployment>, offered: super::Deployment) -> Result<(), Reason> {
    // What the authority issues for may change; the key that all rests on does not.
    #[cfg(feature = "everyday")]
    if let Some(held) = held.as_mut().filter(|held| held.root_key == offered.root_key) {
        held.regions.clone_from(&offered.regions);
    }
    let foreign = held.as_ref().is_some_and(|held| !offered.root_key.is_empty() && held.root_key != offered.root_key);
    if held.is_none() && !offered.root_key.is_empty() {
        *held = Some(offered);
    }
    if foreign { Err(Reason::BundleWrongRoot) } else { Ok(()) }
}
