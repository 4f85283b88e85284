use super::{Authority, AuthorityError, ISSUER, database, entropy, publishing};
use tongma::{
    roles::issuer,
    time::UnixTime,
    token::{Venue, challenge::StatedPlace, to_text},
};

/// What is asked of the authority for a venue code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VenueRequest {
    /// Kind, region and name, which has to be there.
    pub place: StatedPlace,
    /// Lifetime in seconds: at most 180 days.
    pub valid_for_s: i64,
    /// Whether it gets a status index, so that it can be withdrawn; that costs two versions of its QR code.
    pub revocable: bool,
}

impl Authority {
    /// Issues a venue code under a fresh identifier: its text, and what it says.
    ///
    /// # Errors
    /// `ListFull`, `Database`, `NoEntropy`.
    pub fn issue_venue(&self, request: &VenueRequest, now: UnixTime) -> Result<(String, Venue), AuthorityError> {
        let mut entropy = entropy()?;
        let expires_at = now.plus(request.valid_for_s);
        let idx = if request.revocable {
            Some(self.database.alone(|connection| {
                let idx = database::give_index(connection, &mut entropy, expires_at)?;
                self.demand_list(connection, idx / database::ENTRIES, now)?;
                Ok(idx)
            })?)
        } else {
            None
        };
        let venue = Venue {
            issuer: ISSUER.to_owned(),
            id: entropy.bytes(),
            place: request.place.clone(),
            issued_at: now,
            expires_at,
            status: idx.map(publishing::reference),
        };
        Ok((to_text(&issuer::issue_venue(&self.issuer, &venue)), venue))
    }
}
