//! Which reason matters most.

use super::Reason;

impl Reason {
    /// Which of several reasons a person should see: the highest.
    ///
    /// What makes every other answer worthless ranks first (a wrong clock, no trust data), then forgery, then what the
    /// issuer says (revoked), then time, audience, data age, and last the place's rule.
    #[must_use]
    pub const fn rank(&self) -> u8 {
        match self {
            Self::ClockWrong { .. } | Self::Internal => 100,
            Self::BundleMissing | Self::BundleExpired { .. } | Self::BundleTooOld { .. } => 90,
            Self::BadSignature { .. } => 85,
            Self::UnknownIssuer { .. } | Self::UnknownKey => 80,
            Self::KeyUse { .. } | Self::KeyRegion { .. } | Self::KeyNotValid => 75,
            Self::Revoked | Self::PaperVoid => 70,
            Self::Expired { .. } | Self::NotYetValid { .. } => 60,
            Self::LifetimeTooLong { .. } | Self::PaperTooLong | Self::TimesInconsistent => 58,
            Self::AudienceMismatch | Self::NonceMissing | Self::NonceMismatch | Self::PaperNoAnswer => 55,
            Self::StatusMissing { .. } | Self::StatusTooOld { .. } => 45,
            Self::StatusIndexOutOfRange { .. } | Self::StatusUnknown { .. } => 50,
            Self::RuleFailed { .. }
            | Self::RuleMalformed { .. }
            | Self::RuleExpired { .. }
            | Self::RuleNotYetValid { .. }
            | Self::RulesUnknown { .. } => 44,
            // What was done, and what goes on: whatever is amiss is told first.
            Self::ParcelTaken { .. } | Self::ParcelParts { .. } => 5,
            Self::Suspended => 30,
            Self::ColourRed => 29,
            Self::PlaceForbidden => 28,
            Self::TemperatureHigh => 27,
            Self::TurnedYellow => 20,
            Self::ColourYellow => 19,
            Self::PlaceRestricted | Self::FeverClinic => 18,
            Self::MaskRequired => 17,
            Self::TestMissing | Self::ProofMissing => 16,
            Self::SeenBefore => 15,
            Self::DataAgeing => 14,
            Self::NobodyNamed => 11,
            Self::ForeignNotBound | Self::PaperNotBound => 10,
            _ => 65,
        }
    }
}
