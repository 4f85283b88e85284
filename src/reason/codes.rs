//! The table of reasons, a part: what is wrong with a code, and what it says.

/// Puts this part behind the others before it, and hands all to the next macro.
macro_rules! codes {
    ($next:ident $($later:ident)*; $($before:tt)*) => {
        $next! { $($later)*; $($before)*
            // --- the text
            /// The text is no pass of any known kind.
            NotAPass = "not-a-pass" {
                /// What it looks like.
                looks_like = "looksLike": LooksLike,
            },
            /// A code of a later version of this format (`TM2:` …).
            PrefixVersion = "prefix-version" {
                /// The version digit found.
                version = "version": u8,
            },
            /// The text was changed to lower case on its way.
            TextLowerCase = "text-lower-case",
            /// A hand scanner types with another keyboard layout than the system's, and not every character can be told.
            ScannerLayout = "scanner-layout",
            /// Longer than any code can be.
            TextTooLong = "text-too-long",
            /// Not base45 (RFC 9285): cut, padded or altered.
            TextMalformed = "text-malformed",
            // --- CBOR
            /// The token ends early.
            CborTruncated = "cbor-truncated",
            /// Bytes follow the token.
            CborTrailingBytes = "cbor-trailing-bytes",
            /// An indefinite length (RFC 8949 §3.2) where only definite ones are allowed.
            CborIndefinite = "cbor-indefinite",
            /// A number or length not in its shortest form (RFC 8949 §4.1).
            CborNotMinimal = "cbor-not-minimal",
            /// A map names a key twice.
            CborDuplicateKey = "cbor-duplicate-key",
            /// Nested deeper than allowed.
            CborTooDeep = "cbor-too-deep",
            /// Larger than allowed.
            CborTooLarge = "cbor-too-large",
            /// Not well-formed CBOR otherwise.
            CborMalformed = "cbor-malformed",
            // --- what is compressed, and what comes in parts
            /// The content unpacks to more than any pass holds.
            ZipBomb = "zip-bomb",
            /// One part of a pass in several codes; the others are still to be read.
            MoreParts = "more-parts" {
                /// Parts read.
                have = "have": u8,
                /// Parts that there are.
                of = "of": u8,
            },
            /// Parts of two different passes.
            PartsMixed = "parts-mixed",
            // --- people who walk together
            /// Somebody of a group was not seen.
            GroupIncomplete = "group-incomplete" {
                /// Members seen.
                have = "have": u8,
                /// Members that there are.
                of = "of": u8,
            },
            /// A code of somebody else while members of a group are missing.
            GroupMixed = "group-mixed",
            /// Two codes of one person in a group, or two persons in one place of it.
            GroupDoubled = "group-doubled",
            // --- the token
            /// A token of another type than asked for at this place.
            WrongType = "wrong-type" {
                /// The layer at which it was found.
                layer = "layer": Layer,
            },
            /// A genuine-looking credential where a presentation is needed: it lacks the holder's consent.
            CredentialNotPresentation = "credential-not-presentation",
            /// A field is missing, of the wrong shape, or unknown where nothing unknown is allowed.
            TokenMalformed = "token-malformed" {
                /// The layer at which it was found.
                layer = "layer": Layer,
            },
            /// A signature algorithm that is not accepted here.
            AlgorithmNotAllowed = "algorithm-not-allowed" {
                /// The layer at which it was found.
                layer = "layer": Layer,
            },
            /// A signature of a kind that this build can't check.
            AlgorithmMissing = "algorithm-missing",
            // --- trust
            /// No trust bundle is at hand yet.
            BundleMissing = "bundle-missing",
            /// The bundle is not signed by the pinned root key.
            BundleWrongRoot = "bundle-wrong-root",
            /// The bundle is older than the one already held.
            BundleRolledBack = "bundle-rolled-back" {
                /// Sequence number held.
                held = "held": u32,
                /// Sequence number offered.
                offered = "offered": u32,
            },
            /// The bundle's own validity is over.
            BundleExpired = "bundle-expired" {
                /// When it ended.
                expired_at = "expiredAt": UnixTime,
            },
            /// The bundle is older than verdicts may rest on.
            BundleTooOld = "bundle-too-old" {
                /// When it was made.
                issued_at = "issuedAt": UnixTime,
            },
            /// The issuer is not in the trust list.
            UnknownIssuer = "unknown-issuer" {
                /// The issuer's identifier as the token states it; unverified, so not for display as a fact.
                issuer = "issuer": String,
            },
            /// The issuer is known, but none of its keys fits.
            UnknownKey = "unknown-key",
            /// The issuer's key may not be used for this.
            KeyUse = "key-use" {
                /// The layer that it signed.
                layer = "layer": Layer,
            },
            /// The issuer's key may not be used for this region.
            KeyRegion = "key-region" {
                /// Region code (GB/T 2260) of the credential.
                region = "region": u32,
            },
            /// The validity of the key that is said to have signed it has not begun or is over.
            KeyNotValid = "key-not-valid",
            /// A signature does not verify: forged or damaged.
            BadSignature = "bad-signature" {
                /// The layer that it should have signed.
                layer = "layer": Layer,
            },
            // --- disclosures
            /// A disclosure that the credential does not know.
            DisclosureUnmatched = "disclosure-unmatched",
            /// A disclosure given twice, or a claim named twice.
            DisclosureDoubled = "disclosure-doubled",
            /// A disclosure of the wrong shape.
            DisclosureMalformed = "disclosure-malformed",
            // --- delegation
            /// A delegation within a delegation: who acts for somebody can't pass that on.
            DelegationChain = "delegation-chain",
            /// The delegation is for another credential than the one that comes with it.
            DelegationMismatch = "delegation-mismatch",
            /// Data that the holder did not allow the guardian to show.
            DelegationScope = "delegation-scope",
            /// A delegation, or a request for one, of more than 180 days.
            DelegationTooLong = "delegation-too-long",
            /// A delegation to the holder's own key.
            DelegationToSelf = "delegation-to-self",
            /// A grant that answers another request.
            GrantMismatch = "grant-mismatch",
            /// A request for a delegation that was granted before.
            RequestAnswered = "request-answered",
            // --- time
            /// The clock of this device is earlier than data that it already holds, or, when applying, ahead of the authority's.
            ClockWrong = "clock-wrong" {
                /// The clock's time.
                now = "now": UnixTime,
                /// The time that it can't be before; when applying, the authority's time.
                not_before = "notBefore": UnixTime,
            },
            /// Its validity is over.
            Expired = "expired" {
                /// The layer that expired.
                layer = "layer": Layer,
                /// When it ended.
                expired_at = "expiredAt": UnixTime,
            },
            /// Its validity has not begun.
            NotYetValid = "not-yet-valid" {
                /// The layer that is not yet valid.
                layer = "layer": Layer,
                /// When it begins.
                valid_from = "validFrom": UnixTime,
            },
            /// A presentation that claims to live longer than 15 minutes.
            LifetimeTooLong = "lifetime-too-long" {
                /// The lifetime that it claims, in seconds.
                lifetime_s = "lifetimeS": i64,
            },
            /// The times of the layers contradict one another.
            TimesInconsistent = "times-inconsistent",
            // --- audience
            /// Made for another place.
            AudienceMismatch = "audience-mismatch",
            /// This place showed a challenge, and the presentation does not answer any.
            NonceMissing = "nonce-missing",
            /// Not the code that a gate shows for wallets.
            NotAChallenge = "not-a-challenge",
            /// The presentation answers another challenge.
            NonceMismatch = "nonce-mismatch",
            // --- status
            /// The status list that the credential names is not at hand.
            StatusMissing = "status-missing" {
                /// The list's URI.
                uri = "uri": String,
            },
            /// The status list is older than verdicts may rest on.
            StatusTooOld = "status-too-old" {
                /// When it was made.
                issued_at = "issuedAt": UnixTime,
            },
            /// The status list does not reach to the credential's index.
            StatusIndexOutOfRange = "status-index-out-of-range" {
                /// The credential's index.
                idx = "idx": u32,
            },
            /// A status list or its changes are older than what is held.
            ListOlder = "list-older" {
                /// When that which is held was made.
                held_at = "heldAt": UnixTime,
                /// When the other was made.
                offered_at = "offeredAt": UnixTime,
            },
            /// The changes of a status list begin after the list that is held: the whole list is needed.
            DeltaOtherBase = "delta-other-base" {
                /// When the list that is held was made.
                held_at = "heldAt": UnixTime,
                /// Since when the changes are told.
                since_at = "sinceAt": UnixTime,
            },
            /// With its changes a status list is not what its issuer says that it is.
            DeltaMismatch = "delta-mismatch",
            /// The issuer has revoked the credential.
            Revoked = "revoked",
            /// The issuer has suspended the credential: treat as red.
            Suspended = "suspended",
            /// The issuer has turned the credential yellow since it was issued.
            TurnedYellow = "turned-yellow",
            /// A status value without a meaning here.
            StatusUnknown = "status-unknown" {
                /// The value found.
                value = "value": u8,
            },
        }
    };
}
