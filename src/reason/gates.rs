//! The table of reasons, a part: the rules of places, and the data of a gate.

/// Puts this part behind the others before it, and hands all to the next macro.
macro_rules! gates {
    ($next:ident $($later:ident)*; $($before:tt)*) => {
        $next! { $($later)*; $($before)*
            // --- the place's rule
            /// The code is yellow.
            ColourYellow = "colour-yellow",
            /// The code is red.
            ColourRed = "colour-red",
            /// A fever at a medical institution: the way leads to its fever clinic.
            FeverClinic = "fever-clinic",
            /// The person may enter with a mask only.
            MaskRequired = "mask-required",
            /// With this code nobody may enter a place of this kind.
            PlaceForbidden = "place-forbidden",
            /// With this code people may enter a place of this kind for certain purposes only.
            PlaceRestricted = "place-restricted",
            /// No code was shown where one is asked for: another proof is needed.
            ProofMissing = "proof-missing",
            /// The body temperature is 37.3 °C or more.
            TemperatureHigh = "temperature-high",
            /// The place asks for a negative test, and the code shows none that is recent enough.
            TestMissing = "test-missing",
            /// At a strict gate: this very code was checked here before.
            SeenBefore = "seen-before",
            /// At a strict gate: the data that verdicts rest on are soon too old.
            DataAgeing = "data-ageing",
            /// A genuine pass of another system: nothing binds it to a phone, so the document tells whose it is.
            ForeignNotBound = "foreign-not-bound",
            /// A genuine pass of another system that names nobody.
            NobodyNamed = "nobody-named",
            // --- paper codes
            /// A genuine paper code: nothing binds it to its person, so the document tells whose it is.
            PaperNotBound = "paper-not-bound",
            /// A paper code at a gate that asks for answers to its own challenge: paper answers nothing.
            PaperNoAnswer = "paper-no-answer",
            /// A paper code that is made for more than 180 days.
            PaperTooLong = "paper-too-long",
            /// The issuer has withdrawn the paper code: reported lost, or another was issued in its place.
            PaperVoid = "paper-void",
            /// A venue code of another kind of place, or another region, than its gate is set up for.
            PosterElsewhere = "poster-elsewhere",
            // --- the rules themselves
            /// A rule came to no answer.
            RuleFailed = "rule-failed" {
                /// The rule's identifier.
                rule = "rule": String,
            },
            /// A rule or set of rules can't be read.
            RuleMalformed = "rule-malformed" {
                /// The identifier, as far as it could be read.
                rule = "rule": String,
                /// What is wrong: a field's name, or a fault of the logic.
                fault = "fault": String,
            },
            /// A rule is not in force any more.
            RuleExpired = "rule-expired" {
                /// The rule's identifier.
                rule = "rule": String,
                /// When it ended.
                expired_at = "expiredAt": UnixTime,
            },
            /// A rule is not in force yet.
            RuleNotYetValid = "rule-not-yet-valid" {
                /// The rule's identifier.
                rule = "rule": String,
                /// When it begins.
                valid_from = "validFrom": UnixTime,
            },
            /// There is no set of rules of this name.
            RulesUnknown = "rules-unknown" {
                /// The name asked for.
                name = "name": String,
            },
            // --- data by file or codes
            /// A part of a parcel of trust data; others are still to be read.
            ParcelParts = "parcel-parts" {
                /// Parts read.
                have = "have": u16,
                /// Parts that there are.
                of = "of": u16,
            },
            /// A part of another parcel than those before: it begins anew.
            ParcelOther = "parcel-other" {
                /// Parts that there are.
                of = "of": u16,
            },
            /// A parcel is cut or altered, or is none.
            ParcelDamaged = "parcel-damaged",
            /// A parcel is larger than any can be.
            ParcelTooLarge = "parcel-too-large",
            /// A parcel was taken in.
            ParcelTaken = "parcel-taken" {
                /// Items that were taken.
                taken = "taken": u16,
                /// Items that it had.
                of = "of": u16,
            },
        }
    };
}
