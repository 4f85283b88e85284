//! The table of reasons, a part: applying, asking the authority, and the device itself.

/// Puts this part behind the others before it, and hands all to the next macro.
macro_rules! wallet {
    ($next:ident $($later:ident)*; $($before:tt)*) => {
        $next! { $($later)*; $($before)*
            // --- applying
            /// A field of the form is empty.
            FieldEmpty = "field-empty",
            /// A field of the form is too long.
            FieldTooLong = "field-too-long",
            /// The name holds characters that no name has.
            NameMalformed = "name-malformed",
            /// The document's number does not have the shape of its kind.
            DocumentMalformed = "document-malformed",
            /// The check digit of the ID number does not fit (GB 11643).
            DocumentCheckDigit = "document-check-digit",
            /// The birth date within the ID number does not exist.
            DocumentBirthDate = "document-birth-date",
            /// The phone number does not have the shape of one.
            PhoneMalformed = "phone-malformed",
            /// The form lacks the declaration of health: the program that made it is too old.
            DeclarationMissing = "declaration-missing",
            /// The person did not state that what was entered is true.
            TruthNotStated = "truth-not-stated",
            /// The person did not agree to the text in force.
            ConsentMissing = "consent-missing" {
                /// Version of the text in force.
                version = "version": u32,
            },
            /// A child's guardian did not consent to what becomes of its data.
            GuardianConsentMissing = "guardian-consent-missing",
            /// No living person has this body temperature.
            MeasurementImplausible = "measurement-implausible",
            // --- asking the authority later
            /// What was declared was changed today already.
            DeclaredToday = "declared-today" {
                /// When it can be changed again.
                again_at = "againAt": UnixTime,
            },
            /// The authority knows no credential of the asking key.
            CredentialUnknown = "credential-unknown",
            /// A new key is named twice, or has a credential already.
            KeyDoubled = "key-doubled",
            /// A new key did not prove that it is there, for this renewal.
            KeyNotProven = "key-not-proven",
            /// More keys than a renewal may name.
            TooManyKeys = "too-many-keys" {
                /// The most that it may name.
                most = "most": u32,
            },
            /// More credentials than a person gets in a day.
            TooManyCredentials = "too-many-credentials",
            /// More undecided appeals than a person may have.
            TooManyAppeals = "too-many-appeals",
            /// There is no appeal of this person with this number.
            AppealUnknown = "appeal-unknown",
            /// The authority refused the application.
            ApplicationRefused = "application-refused",
            /// The authority's answer is not one that it can have given.
            AnswerMalformed = "answer-malformed",
            /// Several answers of the authority could not be used: what was asked is kept, and not sent by itself any more.
            AnswerUnusable = "answer-unusable",
            /// The credential received is bound to another key.
            CredentialForeignKey = "credential-foreign-key",
            // --- the wallet's lock and backup
            /// A passcode or passphrase is too short to protect anything.
            SecretShort = "secret-short" {
                /// The fewest characters that it must have.
                least = "least": u32,
            },
            /// The passcode is another.
            PasscodeWrong = "passcode-wrong",
            /// After too many wrong passcodes the next one has to wait.
            PasscodeWait = "passcode-wait" {
                /// When it may be tried.
                again_at = "againAt": UnixTime,
            },
            /// The authenticator's secret is not that of the passkey of this lock.
            PasskeyWrong = "passkey-wrong",
            /// The authenticator has no passkey that can open a lock, or was not allowed to use it.
            PasskeyUnusable = "passkey-unusable",
            /// The passphrase is another, or the backup was altered on purpose.
            PassphraseWrong = "passphrase-wrong",
            /// The file is no backup of this program.
            BackupForeign = "backup-foreign",
            /// The backup is cut or damaged.
            BackupDamaged = "backup-damaged",
            /// The backup was made by a newer version of the program.
            BackupNewer = "backup-newer" {
                /// The version found.
                version = "version": u32,
            },
            /// Everything but the key came back from a backup: the code has to be applied for again.
            Restored = "restored",
            // --- the device
            /// The network or the authority can't be reached; what was entered is kept.
            Offline = "offline",
            /// The authority has a fault of its own.
            ServerFault = "server-fault" {
                /// HTTP status.
                status = "status": u16,
            },
            /// The person or the system refused the camera.
            CameraRefused = "camera-refused",
            /// There is no camera.
            CameraAbsent = "camera-absent",
            /// Another program uses the camera.
            CameraInUse = "camera-in-use",
            /// No code was found in the picture.
            NothingRead = "nothing-read",
            /// The picture can't be opened.
            PictureUnreadable = "picture-unreadable",
            /// The device has no room left.
            StorageFull = "storage-full",
            /// The browser refuses to store (private mode, settings).
            StorageRefused = "storage-refused",
            /// What is stored can't be read: damaged, or its key is gone.
            StorageDamaged = "storage-damaged",
            /// What is stored was written by a newer version of the program.
            StorageNewer = "storage-newer" {
                /// The version found.
                version = "version": u32,
            },
            /// Another tab of this program is at work with the same data.
            OtherTab = "other-tab",
            /// The page is open in another tab, and only one may be at work.
            AlreadyOpen = "already-open",
            /// The device's key is gone or can't be used.
            KeyUnusable = "key-unusable",
            /// The browser lacks something that is needed.
            BrowserTooOld = "browser-too-old",
            /// A fault of this program.
            Internal = "internal",
        }
    };
}
