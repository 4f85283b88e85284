// Made from the Rust types by tests/types.rs. Do not edit.

export type UnixTime = number;

export type Language = "zh-CN" | "en";

export type Deployment = { 
/**
 * The root key that every bundle must be signed by: SEC 1 uncompressed point, base64url without padding.
 */
rootKey: string, 
/**
 * The audience of this deployment's authority, which applications are made for.
 */
authority: string, 
/**
 * The regions whose codes it issues, GB/T 2260, its own one first; empty where it is the only one.
 */
regions?: Array<number>, };

export type Resource = { "application": { 
/**
 * The application token, base64url.
 */
body: string, } } | { "ask": { 
/**
 * What is asked.
 */
asked: Asked, 
/**
 * The request token, base64url.
 */
body: string, } } | "bundle" | "first-bundle" | { "status-list": { 
/**
 * Relative path within `/public/`, checked by the core: `[a-z0-9/._-]`, no `..`.
 */
path: string, } };

export type Effect = { "type": "check", 
/**
 * The ticket to answer with.
 */
ticket: number, 
/**
 * The checks.
 */
checks: Array<SignatureCheck>, } | { "type": "drop-key", 
/**
 * Name of the key.
 */
slot: string, } | { "type": "fetch", 
/**
 * The ticket to answer with.
 */
ticket: number, 
/**
 * What to fetch.
 */
resource: Resource, } | { "type": "forget", 
/**
 * Name of the record.
 */
record: string, } | { "type": "keep", 
/**
 * The ticket to answer with.
 */
ticket: number, 
/**
 * Name of the record.
 */
record: string, 
/**
 * Its content, base64url.
 */
data: string, } | { "type": "load", 
/**
 * The ticket to answer with.
 */
ticket: number, 
/**
 * Name of the record.
 */
record: string, } | { "type": "make-key", 
/**
 * The ticket to answer with.
 */
ticket: number, 
/**
 * Name of the key.
 */
slot: string, } | { "type": "scan", 
/**
 * On or off.
 */
on: boolean, } | { "type": "sign", 
/**
 * The ticket to answer with.
 */
ticket: number, 
/**
 * Name of the key.
 */
slot: string, 
/**
 * The bytes to hash and sign, base64url.
 */
message: string, } | { "type": "store", 
/**
 * The ticket to answer with.
 */
ticket: number, 
/**
 * The state, base64url.
 */
state: string, } | { "type": "tick", 
/**
 * The time.
 */
at: UnixTime, } | { "type": "wake", 
/**
 * On or off.
 */
on: boolean, } | { "type": "wipe", 
/**
 * The ticket to answer with.
 */
ticket: number, };

export type Asked = "appeal-state" | "appeals" | "declarations" | "renewals";

export type Problem = { 
/**
 * The reason, one of those of the device: `offline`, `storage-full`, `key-unusable` …
 */
reason: Reason, };

export type ShellEvent = { "checked": { 
/**
 * Of the effect.
 */
ticket: number, 
/**
 * For each check the index of the key that verified it, or none.
 */
results: Array<number | null>, } } | { "failed": { 
/**
 * Of the effect.
 */
ticket: number, 
/**
 * Why.
 */
problem: Problem, } } | { "fetched": { 
/**
 * Of the effect.
 */
ticket: number, 
/**
 * HTTP status.
 */
status: number, 
/**
 * The body, base64url.
 */
body: string, } } | "hidden" | { "key-made": { 
/**
 * Of the effect.
 */
ticket: number, 
/**
 * SEC 1 uncompressed point, base64url.
 */
publicKey: string, } } | { "loaded": { 
/**
 * Of the effect.
 */
ticket: number, 
/**
 * Its content, base64url; none where there is no such record.
 */
data: string | null, } } | { "opened": { 
/**
 * The state as last stored, base64url; none at the very first opening.
 */
stored: string | null, 
/**
 * The state could not be read.
 */
problem: Problem | null, 
/**
 * Languages that the person prefers, best first.
 */
languages: Array<string>, 
/**
 * The deployment of these pages.
 */
deployment: Deployment, } } | "shown" | { "signed": { 
/**
 * Of the effect.
 */
ticket: number, 
/**
 * r ‖ s, 64 bytes, base64url.
 */
signature: string, } } | { "stored": { 
/**
 * Of the effect.
 */
ticket: number, } } | { "stored-elsewhere": { 
/**
 * The state, base64url.
 */
stored: string, } } | "ticked";

export type HashName = "sha256" | "sha384";

export type SignatureCheck = { 
/**
 * Keys to try, in this order.
 */
keys: Array<string>, 
/**
 * The hash that the signature is over.
 */
hash: HashName, 
/**
 * The bytes that were signed (COSE `Sig_structure`, RFC 9052 §4.4; JWS signing input, RFC 7515 §5.1), base64url at the boundary.
 */
message: string, 
/**
 * r ‖ s, or the number of RSASSA-PSS; base64url at the boundary.
 */
signature: string, };

export type Update<V> = { 
/**
 * The whole view after the event.
 */
view: V, 
/**
 * What the shell has to carry out, in this order.
 */
effects: Array<Effect>, };

export type Layer = "application" | "bundle" | "challenge" | "credential" | "delegation" | "delegation-request" | "foreign-pass" | "paper" | "presentation" | "request" | "status-list" | "venue";

export type LooksLike = "other" | "payment" | "url" | "wi-fi";

export type Reason = { "code": "not-a-pass", 
/**
 * What it looks like.
 */
looksLike: LooksLike, } | { "code": "prefix-version", 
/**
 * The version digit found.
 */
version: number, } | { "code": "text-lower-case" } | { "code": "scanner-layout" } | { "code": "text-too-long" } | { "code": "text-malformed" } | { "code": "cbor-truncated" } | { "code": "cbor-trailing-bytes" } | { "code": "cbor-indefinite" } | { "code": "cbor-not-minimal" } | { "code": "cbor-duplicate-key" } | { "code": "cbor-too-deep" } | { "code": "cbor-too-large" } | { "code": "cbor-malformed" } | { "code": "zip-bomb" } | { "code": "more-parts", 
/**
 * Parts read.
 */
have: number, 
/**
 * Parts that there are.
 */
of: number, } | { "code": "parts-mixed" } | { "code": "group-incomplete", 
/**
 * Members seen.
 */
have: number, 
/**
 * Members that there are.
 */
of: number, } | { "code": "group-mixed" } | { "code": "group-doubled" } | { "code": "wrong-type", 
/**
 * The layer at which it was found.
 */
layer: Layer, } | { "code": "credential-not-presentation" } | { "code": "token-malformed", 
/**
 * The layer at which it was found.
 */
layer: Layer, } | { "code": "algorithm-not-allowed", 
/**
 * The layer at which it was found.
 */
layer: Layer, } | { "code": "algorithm-missing" } | { "code": "bundle-missing" } | { "code": "bundle-wrong-root" } | { "code": "bundle-rolled-back", 
/**
 * Sequence number held.
 */
held: number, 
/**
 * Sequence number offered.
 */
offered: number, } | { "code": "bundle-expired", 
/**
 * When it ended.
 */
expiredAt: UnixTime, } | { "code": "bundle-too-old", 
/**
 * When it was made.
 */
issuedAt: UnixTime, } | { "code": "unknown-issuer", 
/**
 * The issuer's identifier as the token states it; unverified, so not for display as a fact.
 */
issuer: string, } | { "code": "unknown-key" } | { "code": "key-use", 
/**
 * The layer that it signed.
 */
layer: Layer, } | { "code": "key-region", 
/**
 * Region code (GB/T 2260) of the credential.
 */
region: number, } | { "code": "key-not-valid" } | { "code": "bad-signature", 
/**
 * The layer that it should have signed.
 */
layer: Layer, } | { "code": "disclosure-unmatched" } | { "code": "disclosure-doubled" } | { "code": "disclosure-malformed" } | { "code": "delegation-chain" } | { "code": "delegation-mismatch" } | { "code": "delegation-scope" } | { "code": "delegation-too-long" } | { "code": "delegation-to-self" } | { "code": "grant-mismatch" } | { "code": "request-answered" } | { "code": "clock-wrong", 
/**
 * The clock's time.
 */
now: UnixTime, 
/**
 * The time that it can't be before; when applying, the authority's time.
 */
notBefore: UnixTime, } | { "code": "expired", 
/**
 * The layer that expired.
 */
layer: Layer, 
/**
 * When it ended.
 */
expiredAt: UnixTime, } | { "code": "not-yet-valid", 
/**
 * The layer that is not yet valid.
 */
layer: Layer, 
/**
 * When it begins.
 */
validFrom: UnixTime, } | { "code": "lifetime-too-long", 
/**
 * The lifetime that it claims, in seconds.
 */
lifetimeS: number, } | { "code": "times-inconsistent" } | { "code": "audience-mismatch" } | { "code": "nonce-missing" } | { "code": "not-a-challenge" } | { "code": "nonce-mismatch" } | { "code": "status-missing", 
/**
 * The list's URI.
 */
uri: string, } | { "code": "status-too-old", 
/**
 * When it was made.
 */
issuedAt: UnixTime, } | { "code": "status-index-out-of-range", 
/**
 * The credential's index.
 */
idx: number, } | { "code": "list-older", 
/**
 * When that which is held was made.
 */
heldAt: UnixTime, 
/**
 * When the other was made.
 */
offeredAt: UnixTime, } | { "code": "delta-other-base", 
/**
 * When the list that is held was made.
 */
heldAt: UnixTime, 
/**
 * Since when the changes are told.
 */
sinceAt: UnixTime, } | { "code": "delta-mismatch" } | { "code": "revoked" } | { "code": "suspended" } | { "code": "turned-yellow" } | { "code": "status-unknown", 
/**
 * The value found.
 */
value: number, } | { "code": "colour-yellow" } | { "code": "colour-red" } | { "code": "fever-clinic" } | { "code": "mask-required" } | { "code": "place-forbidden" } | { "code": "place-restricted" } | { "code": "proof-missing" } | { "code": "temperature-high" } | { "code": "test-missing" } | { "code": "seen-before" } | { "code": "data-ageing" } | { "code": "foreign-not-bound" } | { "code": "nobody-named" } | { "code": "paper-not-bound" } | { "code": "paper-no-answer" } | { "code": "paper-too-long" } | { "code": "paper-void" } | { "code": "poster-elsewhere" } | { "code": "rule-failed", 
/**
 * The rule's identifier.
 */
rule: string, } | { "code": "rule-malformed", 
/**
 * The identifier, as far as it could be read.
 */
rule: string, 
/**
 * What is wrong: a field's name, or a fault of the logic.
 */
fault: string, } | { "code": "rule-expired", 
/**
 * The rule's identifier.
 */
rule: string, 
/**
 * When it ended.
 */
expiredAt: UnixTime, } | { "code": "rule-not-yet-valid", 
/**
 * The rule's identifier.
 */
rule: string, 
/**
 * When it begins.
 */
validFrom: UnixTime, } | { "code": "rules-unknown", 
/**
 * The name asked for.
 */
name: string, } | { "code": "parcel-parts", 
/**
 * Parts read.
 */
have: number, 
/**
 * Parts that there are.
 */
of: number, } | { "code": "parcel-other", 
/**
 * Parts that there are.
 */
of: number, } | { "code": "parcel-damaged" } | { "code": "parcel-too-large" } | { "code": "parcel-taken", 
/**
 * Items that were taken.
 */
taken: number, 
/**
 * Items that it had.
 */
of: number, } | { "code": "field-empty" } | { "code": "field-too-long" } | { "code": "name-malformed" } | { "code": "document-malformed" } | { "code": "document-check-digit" } | { "code": "document-birth-date" } | { "code": "phone-malformed" } | { "code": "declaration-missing" } | { "code": "truth-not-stated" } | { "code": "consent-missing", 
/**
 * Version of the text in force.
 */
version: number, } | { "code": "guardian-consent-missing" } | { "code": "measurement-implausible" } | { "code": "declared-today", 
/**
 * When it can be changed again.
 */
againAt: UnixTime, } | { "code": "credential-unknown" } | { "code": "key-doubled" } | { "code": "key-not-proven" } | { "code": "too-many-keys", 
/**
 * The most that it may name.
 */
most: number, } | { "code": "too-many-credentials" } | { "code": "too-many-appeals" } | { "code": "appeal-unknown" } | { "code": "application-refused" } | { "code": "answer-malformed" } | { "code": "answer-unusable" } | { "code": "credential-foreign-key" } | { "code": "secret-short", 
/**
 * The fewest characters that it must have.
 */
least: number, } | { "code": "passcode-wrong" } | { "code": "passcode-wait", 
/**
 * When it may be tried.
 */
againAt: UnixTime, } | { "code": "passkey-wrong" } | { "code": "passkey-unusable" } | { "code": "passphrase-wrong" } | { "code": "backup-foreign" } | { "code": "backup-damaged" } | { "code": "backup-newer", 
/**
 * The version found.
 */
version: number, } | { "code": "restored" } | { "code": "offline" } | { "code": "server-fault", 
/**
 * HTTP status.
 */
status: number, } | { "code": "camera-refused" } | { "code": "camera-absent" } | { "code": "camera-in-use" } | { "code": "nothing-read" } | { "code": "picture-unreadable" } | { "code": "storage-full" } | { "code": "storage-refused" } | { "code": "storage-damaged" } | { "code": "storage-newer", 
/**
 * The version found.
 */
version: number, } | { "code": "other-tab" } | { "code": "already-open" } | { "code": "key-unusable" } | { "code": "browser-too-old" } | { "code": "internal" };

export type PlaceKind = "airport" | "banquet" | "bath-house" | "border-port" | "cinema" | "city-exit" | "coach-station" | "dance-hall" | "exhibition" | "exhibition-hall" | "farmers-market" | "ferry" | "gallery" | "gymnasium" | "internet-cafe" | "library" | "mall" | "medical-institution" | "museum" | "nursing-home" | "other" | "passenger-port" | "pier" | "prison" | "public-transport" | "railway-station" | "residential-area" | "school" | "supermarket" | "teaching" | "tourist-site" | "training" | "welfare-home" | "wholesale-market" | "workplace";

export type DeciCelsius = number;

export type Place = { 
/**
 * Its kind.
 */
kind: PlaceKind, 
/**
 * Where it is, GB/T 2260: its rules are those that apply, wherever the code is from.
 */
region: number, 
/**
 * Its name, for people.
 */
name: string | null, 
/**
 * Whether the area has a low risk level.
 */
lowRisk: boolean, 
/**
 * The oldest negative test that is accepted here, in hours; none where no test is asked for.
 */
testWithinH: number | null, 
/**
 * The person's temperature as measured here.
 */
temperature: DeciCelsius | null, };

export type RuleDecision = { 
/**
 * Name of the set of rules.
 */
set: string, 
/**
 * Identifier of the rule.
 */
identifier: string, 
/**
 * What the rule says, by language.
 */
description: { [key in string]: string }, };

export type Format = "tongma" | "eu-dcc" | "smart" | "nzcp" | "paper";

export type Outcome = "cannot-tell" | "invalid" | "pass" | "restricted" | "stop";

export type Verdict = { 
/**
 * The answer.
 */
outcome: Outcome, 
/**
 * The system that the pass comes from; of this one's, whether a phone or paper showed it.
 */
format: Format, 
/**
 * Code of the reason that matters most; none only for *pass*.
 */
reason: string | null, 
/**
 * The facts of that reason, for its sentence.
 */
facts: Record<string, string | number>, 
/**
 * Codes of the other reasons found, by rank.
 */
also: Array<string>, 
/**
 * The rule of the place that decided; none where no place is set, or something else decided.
 */
rule: RuleDecision | null, 
/**
 * Colour after the status list.
 */
colour: Colour | null, 
/**
 * Whether the person is under daily health monitoring.
 */
monitoring: boolean, 
/**
 * What the guardian who shows the code is to its person; none where the person shows it.
 */
guardian: Relation | null, 
/**
 * Region code (GB/T 2260).
 */
region: number | null, 
/**
 * Identifier of the issuer; of a foreign pass its country, address or DID.
 */
issuer: string | null, 
/**
 * The issuer's name by language tag, as the trust bundle states it.
 */
issuerNames: { [key in string]: string }, 
/**
 * What the person disclosed, by name: `name`, `document`, `test` …; of a paper code `document-kind` and `serial`, too; of a foreign pass
 * `name`, `birth-date`, `kind` (`vaccination`, `test`, `recovery`, `pass`), `date`, `result` (`detected`, `not-detected`, doses such as `2/2`), `country`.
 */
disclosed: { [key in string]: string }, 
/**
 * When the presentation was made.
 */
presentedAt: UnixTime | null, 
/**
 * When the presentation ends.
 */
expiresAt: UnixTime | null, 
/**
 * When this very presentation was checked before on this device.
 */
seenAt: UnixTime | null, };

export type GroupVerdict = { 
/**
 * The answer: that of the member for whom it is worst; *cannot tell* while somebody is missing, unless it is worse.
 */
outcome: Outcome, 
/**
 * Code of the reason; none only for *pass*.
 */
reason: string | null, 
/**
 * The facts of that reason, for its sentence.
 */
facts: Record<string, string | number>, 
/**
 * How many were seen.
 */
have: number, 
/**
 * How many they are.
 */
of: number, 
/**
 * The worst colour among those seen.
 */
colour: Colour | null, 
/**
 * All of them by their position, seen or missing.
 */
members: Array<GroupMember>, };

export type GroupMember = { 
/**
 * The name: of who was seen, as disclosed; of who is missing, as the one before says. None where nobody says it.
 */
name: string | null, 
/**
 * The answer for this one alone; none while missing.
 */
verdict: Verdict | null, };

export type Colour = "green" | "yellow" | "red";

export type DocumentKind = "id-card" | "hk-mo-permit" | "taiwan-permit" | "passport" | "permanent-residence" | "other";

export type Relation = "parent" | "child" | "spouse" | "relative" | "carer" | "other";

export type ClaimName = "document" | "name" | "test" | "vaccination";

export type Evidence = "poster" | "live";

export type Visit = { 
/**
 * When the code was scanned.
 */
at: UnixTime, 
/**
 * The venue's identifier, base64url.
 */
venue: string, 
/**
 * Its name, as its issuer wrote it: plain text.
 */
name: string, 
/**
 * Code of its kind.
 */
kind: string, 
/**
 * What the code came from.
 */
evidence: Evidence, };

export type WalletView = { 
/**
 * Language of the texts.
 */
language: Language, 
/**
 * How the page looks.
 */
display: DisplaySettings, 
/**
 * The one screen that is shown.
 */
screen: WalletScreen, 
/**
 * What the person should know beside it, most important first; each can be dismissed.
 */
notices: Array<Reason>, };

export type DisplaySettings = { 
/**
 * Dark on white, with edges.
 */
contrast: boolean, 
/**
 * Few things on the screen, all of them large; what is shown can be read aloud.
 */
elder: boolean, 
/**
 * Larger text.
 */
large: boolean, };

export type WalletScreen = { "type": "apply" } & ApplyView | { "type": "applying" } & ApplyingView | { "type": "blocked", 
/**
 * Why.
 */
reason: Reason, } | { "type": "code" } & CodeView | { "type": "locked" } & LockedView | { "type": "room", 
/**
 * Which, and what it shows.
 */
room: RoomView, } | { "type": "starting" };

export type ApplyView = { 
/**
 * The step that is shown; the fields of the others are there all the same.
 */
step: ApplyStep, 
/**
 * Full name.
 */
name: FieldView, 
/**
 * Kind of the identity document.
 */
documentKind: DocumentKind, 
/**
 * Number of the identity document.
 */
documentNumber: FieldView, 
/**
 * Mobile phone.
 */
phone: FieldView, 
/**
 * Where the person is staying.
 */
address: FieldView, 
/**
 * Was in a listed region within 14 days: `yes`, `no`.
 */
been: FieldView, 
/**
 * Contact with cases: `no`, `unsure`, `yes`.
 */
contact: FieldView, 
/**
 * A bit a symptom, as a decimal number, in the order of `Symptom`; 0 is none.
 */
symptoms: FieldView, 
/**
 * Body temperature in °C; may stay empty.
 */
temperature: FieldView, 
/**
 * The statement that all is true: `yes`.
 */
truth: FieldView, 
/**
 * Agreement to what becomes of it: `yes`.
 */
consent: FieldView, 
/**
 * Why the last attempt failed; what was entered is kept.
 */
problem: Reason | null, 
/**
 * The credential that was held before is of no use any more for this reason.
 */
replaced: Reason | null, 
/**
 * It was somebody else's, who let this phone show it: there is no form, for that person can allow it again.
 */
lent: boolean, 
/**
 * The credential that is over is renewed by itself, with no form: the module that has the rooms does it.
 */
renewing: boolean, 
/**
 * It is the first opening: three pictures may say what this is, in nobody's way.
 */
welcome: boolean, 
/**
 * The guardian's consent, for a child: `yes`. Asked for in a step of its own, which others don't have.
 */
guardian: FieldView, 
/**
 * There is that step.
 */
guarded: boolean, 
/**
 * For whom it is, where this phone holds passes of several people.
 */
whom: WhomView | null, 
/**
 * There are other passes to go back to.
 */
others: boolean, 
/**
 * The region whose code is wanted, GB/T 2260, where it is not the authority's own.
 */
region: number | null, };

export type WhomView = { 
/**
 * What the person is told apart by.
 */
sign: Sign, 
/**
 * What the guardian, whose phone this is, is to the person; none where it is the phone's own person.
 */
relation: Relation | null, };

export type Sign = "disc" | "square" | "triangle" | "star" | "heart" | "moon" | "drop" | "house";

export type ApplyStep = "who" | "guardian" | "health" | "statement";

export type FieldView = { 
/**
 * What was entered.
 */
value: string, 
/**
 * What is wrong with it.
 */
problem: Reason | null, };

export type ApplyingView = { 
/**
 * When it was sent first.
 */
since: UnixTime, 
/**
 * Why it is not answered yet, if that is known: offline, a fault of the server.
 */
waitingFor: Reason | null, 
/**
 * When it is tried again by itself.
 */
nextTryAt: UnixTime | null, 
/**
 * For whom it is, where this phone holds passes of several people.
 */
whom: WhomView | null, 
/**
 * There are other passes to go back to.
 */
others: boolean, };

export type LockedView = { 
/**
 * When the next passcode may be tried, after too many wrong ones: the full minute after it.
 */
waitUntil: UnixTime | null, 
/**
 * A passcode is being tried.
 */
busy: boolean, 
/**
 * The code can be shown all the same.
 */
code: boolean, 
/**
 * The passkey that opens it too.
 */
passkey: PasskeyView | null, };

export type PasskeyView = { 
/**
 * Its identifier, base64url.
 */
id: string, 
/**
 * What the secret is made of: 32 bytes, base64url.
 */
salt: string, };

export type CodeView = { 
/**
 * Masked name; empty where the code does not show it.
 */
name: string, 
/**
 * Masked number of the identity document; empty where the person lets the code show the colour alone.
 */
documentNumber: string, 
/**
 * Result and time of a nucleic-acid test, where the code shows them: `negative 2026-11-20T08:00:00+08:00`.
 */
test: string | null, 
/**
 * Vaccination doses, where the code shows them.
 */
vaccination: string | null, 
/**
 * The person is under daily health monitoring (日常健康监测).
 */
monitoring: boolean, 
/**
 * Colour, as far as this phone knows: the credential's, changed by the newest status list held.
 */
colour: Colour, 
/**
 * Region code (GB/T 2260).
 */
region: number, 
/**
 * Who issued it.
 */
issuer: string, 
/**
 * The QR code; none for the moment in which it is being signed.
 */
qr: QrView | null, 
/**
 * The code answers the challenge of a gate: only there it is good for anything.
 */
answering: AnsweringView | null, 
/**
 * Text of a venue's poster that was scanned just now: the module with the rooms judges it.
 */
venue: string | null, 
/**
 * The code is somebody else's, who lets this phone show it: what the person of this phone is to that one.
 */
guardian: Relation | null, 
/**
 * When the credential was issued.
 */
credentialIssuedAt: UnixTime, 
/**
 * When the credential ends.
 */
credentialExpiresAt: UnixTime, 
/**
 * Something waits to be sent, the credential is to be renewed, or it is noted that somebody else's was shown: the module that has the
 * rooms does it.
 */
errands: boolean, 
/**
 * Whose it is, where this phone holds passes of several people: said large, so that no code is shown for the wrong person.
 */
whom: WhomView | null, 
/**
 * The age that the person has reached since the guardian applied, where something changes with it: 14 or 18. The module that has the rooms
 * says it.
 */
reached: number | null, };

export type AnsweringView = { 
/**
 * Code of its kind of place, where it says so; not always one of those that are known here.
 */
kind: string | null, 
/**
 * Its name, where it says so.
 */
name: string | null, 
/**
 * Its region, GB/T 2260, where it says so.
 */
region: number | null, 
/**
 * Its whole text, where a venue code is within: the module with the rooms judges that.
 */
venue: string | null, };

export type QrView = { 
/**
 * Side of the square in modules, quiet zone of 4 included: the SVG's view box.
 */
size: number, 
/**
 * SVG path data of the dark modules.
 */
path: string, 
/**
 * QR version, 1 to 40.
 */
version: number, 
/**
 * Start of its validity.
 */
issuedAt: UnixTime, 
/**
 * End of its validity.
 */
expiresAt: UnixTime, };

export type ApplyField = "name" | "document-kind" | "document-number" | "phone" | "address" | "been" | "contact" | "symptoms" | "temperature" | "truth" | "consent" | "guardian";

export type WalletEvent = "apply-back" | "apply-submitted" | "apply-withdrawn" | { "challenge-read": { 
/**
 * Its text.
 */
text: string, } } | "everyday-asked" | { "field-changed": { 
/**
 * Which.
 */
field: ApplyField, 
/**
 * What it holds now.
 */
value: string, } } | { "field-left": { 
/**
 * Which.
 */
field: ApplyField, } } | { "language-chosen": { 
/**
 * Which.
 */
language: Language, } } | "notice-dismissed" | "retry-asked" | "welcome-skipped" | { "room": RoomEvent } | { "shell": { 
/**
 * What.
 */
event: ShellEvent, } };

export type RoomName = "appeals" | "colour" | "data" | "delegations" | "details" | "diary" | "display" | "group" | "people" | "renewal" | "help" | "menu" | "moving" | "safety" | "visits";

export type RoomView = { "appeals": AppealsView } | { "colour": ColourView } | { "data": StorageView } | { "delegations": DelegationsView } | { "details": DetailsView } | { "diary": DiaryView } | { "display": DisplaySettings } | { "group": GroupView } | "help" | { "menu": MenuView } | { "moving": ExchangeView } | "opening" | { "people": PeopleView } | { "renewal": RenewalView } | { "safety": SafetyView } | { "visits": VisitsView };

export type MenuView = { 
/**
 * The screen of the code has no way to read a gate's code: it is here.
 */
scanner: boolean, 
/**
 * The code in front is somebody else's, who lets this phone show it: nothing is entered or asked for that person here.
 */
lent: boolean, };

export type StorageView = { 
/**
 * What there is, by kind.
 */
stored: Array<StoredView>, 
/**
 * A file to take along, when it was asked for.
 */
file: FileView | null, 
/**
 * Everything is about to be destroyed: the person has to say so once more.
 */
wiping: boolean, 
/**
 * Version of the program.
 */
version: string, };

export type RecordName = "appeals" | "delegations" | "diary" | "holdings" | "pass" | "people" | "showings" | "trust" | "visits";

export type StoredView = { 
/**
 * Which record; none for the state itself: the code on the screen, the form, the settings.
 */
record: RecordName | null, 
/**
 * Its size in bytes, before it is encrypted.
 */
bytes: number, };

export type SafetyView = { 
/**
 * The lock, where there is one.
 */
lock: LockView | null, 
/**
 * Something is being written: nothing of the lock can be changed for the moment.
 */
busy: boolean, 
/**
 * A backup to save, when it was asked for.
 */
backup: FileView | null, 
/**
 * The wallet is empty, so a backup can come back into it.
 */
restorable: boolean, };

export type LockView = { 
/**
 * The code is shown without the passcode.
 */
showCode: boolean, 
/**
 * After so many seconds in the background the wallet locks itself.
 */
closeAfterS: number, 
/**
 * A passkey opens it too.
 */
passkey: boolean, };

export type RoomEvent = { "appeals": AppealEvent } | { "data": DataEvent } | { "details": DetailsEvent } | { "diary": DiaryEvent } | { "display": DisplaySettings } | { "exchange": ExchangeEvent } | { "entered": { 
/**
 * Which.
 */
room: RoomName, } } | { "group": GroupEvent } | "left" | { "people": PeopleEvent } | "renewal-asked" | { "safety": SafetyEvent } | { "visits": VisitsEvent };

export type SafetyEvent = { "backup-asked": { 
/**
 * Under this passphrase.
 */
passphrase: string, } } | "backup-taken" | "lock-now" | { "lock-set": { 
/**
 * The code is shown without the passcode.
 */
showCode: boolean, 
/**
 * After so many seconds in the background the wallet locks itself.
 */
closeAfterS: number, } } | { "lock-turned-off": { 
/**
 * The passcode.
 */
passcode: string, } } | { "lock-turned-on": { 
/**
 * The passcode.
 */
passcode: string, 
/**
 * The code is shown without the passcode.
 */
showCode: boolean, 
/**
 * After so many seconds in the background the wallet locks itself.
 */
closeAfterS: number, } } | { "passcode-changed": { 
/**
 * The one until now.
 */
passcode: string, 
/**
 * The one from now on.
 */
next: string, } } | "passkey-failed" | { "passkey-made": { 
/**
 * Its identifier, base64url.
 */
id: string, 
/**
 * What the authenticator's secret is made of: 32 bytes, base64url.
 */
salt: string, 
/**
 * That secret: 32 bytes, base64url.
 */
secret: string, } } | "passkey-removed" | { "passkey-used": { 
/**
 * Its secret: 32 bytes, base64url.
 */
secret: string, } } | { "restore-asked": { 
/**
 * Its text.
 */
file: string, 
/**
 * Its passphrase.
 */
passphrase: string, } } | { "unlock": { 
/**
 * The passcode.
 */
passcode: string, } };

export type DataEvent = "file-asked" | "file-taken" | "wipe-asked" | "wipe-confirmed" | "wipe-declined";

export type Standing = { 
/**
 * The colour.
 */
colour: Colour, 
/**
 * Code of the reason; for green none, or that of daily health monitoring.
 */
reason: string | null, 
/**
 * Identifier of the rule that decided.
 */
rule: string, 
/**
 * Since when this rule decides so.
 */
since: UnixTime, 
/**
 * Normal check-ins in a row, in days.
 */
normalDays: number, 
/**
 * How many of them lead back to green.
 */
daysToGreen: number, 
/**
 * Whether there is a check-in of today.
 */
checkedIn: boolean, 
/**
 * Whether a renewal would give a credential of a better colour than that of the asking key.
 */
renew: boolean, };

export type ColourView = { 
/**
 * The colour.
 */
colour: Colour, 
/**
 * Code of the reason; not always one of those that are known here.
 */
reason: string | null, 
/**
 * Identifier of the rule that decided.
 */
rule: string | null, 
/**
 * Since when.
 */
since: UnixTime | null, 
/**
 * Who issued the code.
 */
issuer: string, 
/**
 * Region code (GB/T 2260).
 */
region: number, 
/**
 * How the person stands, as the authority said with the last check-in.
 */
standing: Standing | null, 
/**
 * When it said so.
 */
toldAt: UnixTime | null, };

export type DiaryView = { 
/**
 * The days, today last.
 */
days: Array<DayView>, 
/**
 * What was declared is being changed; a check-in otherwise.
 */
changing: boolean, 
/**
 * Was in a listed region: `yes`, `no`; for a change only.
 */
been: FieldView, 
/**
 * Contact with cases: `no`, `unsure`, `yes`; for a change only.
 */
contact: FieldView, 
/**
 * A bit a symptom, as a decimal number; 0 is none.
 */
symptoms: FieldView, 
/**
 * Body temperature in °C.
 */
temperature: FieldView, 
/**
 * When what was declared can be changed again; none where it can be now.
 */
changeAgainAt: UnixTime | null, 
/**
 * Why what waits is not sent yet.
 */
waitingFor: Reason | null, 
/**
 * What was sent today could not be answered in a way that can be read: it is sent again by hand only.
 */
stopped: boolean, 
/**
 * Why the last one was refused.
 */
refused: Reason | null, 
/**
 * Normal check-ins in a row as the authority counts them.
 */
daysNormal: number | null, 
/**
 * How many of them lead back to green.
 */
daysLeft: number | null, };

export type DayView = { 
/**
 * When it begins, in China.
 */
beginsAt: UnixTime, 
/**
 * Its check-in, and what became of it.
 */
sent: Sent | null, 
/**
 * The temperature of its check-in, in tenths of °C.
 */
temperature: number | null, 
/**
 * Whether it counts as a normal one.
 */
normal: boolean, };

export type Sent = "taken" | "refused" | "stopped" | "waiting";

export type DiaryField = "been" | "contact" | "symptoms" | "temperature";

export type DiaryEvent = "change-asked" | "change-dropped" | { "changed": { 
/**
 * Which.
 */
field: DiaryField, 
/**
 * What it holds now.
 */
value: string, } } | "sent" | "sent-again";

export type RenewalView = { 
/**
 * It came from the person's former phone; its renewal makes it this phone's own.
 */
moved: boolean, 
/**
 * When the credential was issued.
 */
issuedAt: UnixTime, 
/**
 * When it ends.
 */
expiresAt: UnixTime, 
/**
 * From when on it is renewed by itself.
 */
renewedFrom: UnixTime, 
/**
 * How many credentials there are; each is shown on one day only.
 */
codes: number, 
/**
 * A renewal is under way.
 */
underWay: boolean, 
/**
 * Why it has not come to an end yet.
 */
waitingFor: Reason | null, 
/**
 * Why the last one failed for good.
 */
refused: Reason | null, };

export type Wish = "colour" | "data" | "other";

export type AppealState = "received" | "granted" | "refused";

export type AppealAnswer = { 
/**
 * Number of the appeal.
 */
number: number, 
/**
 * How it stands.
 */
state: AppealState, 
/**
 * When it came.
 */
receivedAt: UnixTime, 
/**
 * When it was decided.
 */
decidedAt: UnixTime | null, 
/**
 * Why it was decided so, in the words of who decided; plain text.
 */
why: string | null, };

export type AppealsView = { 
/**
 * What it is about; the word of a `Wish`.
 */
wish: FieldView, 
/**
 * What is wrong, and why.
 */
wrong: FieldView, 
/**
 * What the person wants; may stay empty.
 */
wanted: FieldView, 
/**
 * Why what waits is not sent yet.
 */
waitingFor: Reason | null, 
/**
 * The appeals, the newest first.
 */
appeals: Array<AppealView>, 
/**
 * One of them, signed, when it was asked for.
 */
file: AppealFileView | null, };

export type AppealView = { 
/**
 * What it is called here.
 */
id: string, 
/**
 * What it is about.
 */
wish: Wish, 
/**
 * What was written; plain text.
 */
text: string, 
/**
 * When.
 */
writtenAt: UnixTime, 
/**
 * What became of sending it.
 */
sent: Sent, 
/**
 * Why it was refused, or is not sent any more.
 */
refused: Reason | null, 
/**
 * What the authority said last; plain text in it.
 */
answer: AppealAnswer | null, };

export type AppealFileView = { 
/**
 * As a file.
 */
file: FileView, 
/**
 * As a QR code; none where it is too long for one.
 */
qr: QrView | null, };

export type AppealField = "wish" | "wrong" | "wanted";

export type AppealEvent = { "changed": { 
/**
 * Which.
 */
field: AppealField, 
/**
 * What it holds now.
 */
value: string, } } | { "dropped": { 
/**
 * Which.
 */
id: string, } } | "field-left" | { "file-asked": { 
/**
 * Which.
 */
id: string, } } | "file-taken" | "sent" | { "sent-again": { 
/**
 * Which.
 */
id: string, } };

export type DetailsView = { 
/**
 * The colour.
 */
colour: Colour, 
/**
 * Region code (GB/T 2260).
 */
region: number, 
/**
 * Who issued it.
 */
issuer: string, 
/**
 * When the credential was issued.
 */
issuedAt: UnixTime, 
/**
 * When it ends.
 */
expiresAt: UnixTime, 
/**
 * When the code on the screen ends.
 */
codeUntil: UnixTime | null, 
/**
 * Code of the reason for the colour; not always one of those that are known here.
 */
reason: string | null, 
/**
 * Identifier of the rule that decided over the colour.
 */
rule: string | null, 
/**
 * Since when.
 */
since: UnixTime | null, 
/**
 * The person is under daily health monitoring.
 */
monitoring: boolean, 
/**
 * What it says of the person.
 */
claims: Array<ClaimView>, 
/**
 * Its number in the status list, and which list; none for one that can't be revoked.
 */
status: string | null, 
/**
 * Identifier of this phone's key, which signs every code.
 */
key: string, };

export type ClaimView = { 
/**
 * Which.
 */
name: ClaimName, 
/**
 * What it says.
 */
value: string, 
/**
 * Whether the person lets it be shown; none where it is always seen.
 */
chosen: boolean | null, };

export type DetailsEvent = { "chosen": { 
/**
 * Which.
 */
claims: Array<ClaimName>, } };

export type ExchangeView = { 
/**
 * There is a code on this phone; without one it can take that of the former phone.
 */
code: boolean, 
/**
 * The code came from another phone and was not renewed since: only then can it be passed on.
 */
moved: boolean, 
/**
 * The code in front is somebody else's, who lets this phone show it: it can't be passed on.
 */
lent: boolean, 
/**
 * What this phone asks for, to show.
 */
request: OfferView | null, 
/**
 * What another phone asks for.
 */
asked: AskedView | null, 
/**
 * The answer to it, to show.
 */
grant: OfferView | null, 
/**
 * What was shown of the code in front, for the phone of the person who lent it.
 */
told: OfferView | null, 
/**
 * Something is being made or checked.
 */
busy: boolean, 
/**
 * Why what was read is of no use.
 */
problem: Reason | null, 
/**
 * There is no trust list to check an answer by, and none is on its way.
 */
untrusting: boolean, };

export type OfferView = { 
/**
 * The code; none where it is too long for one.
 */
qr: QrView | null, 
/**
 * Its text.
 */
text: string, 
/**
 * What the guardian is to the holder; none for a move.
 */
guardian: Relation | null, };

export type AskedView = { 
/**
 * Who asks, in that phone's words; nobody vouches for it. Plain text.
 */
name: string, 
/**
 * What the guardian would be to the holder; none for the own new phone.
 */
guardian: Relation | null, 
/**
 * What can be granted of the claims that are asked for.
 */
scope: Array<ClaimName>, 
/**
 * Whole days that are asked for, at least one.
 */
days: number, 
/**
 * When this phone's code ends, and the permission with it.
 */
endsAt: UnixTime, };

export type DelegationsView = { 
/**
 * What the two phones do.
 */
exchange: ExchangeView, 
/**
 * What was allowed others of the pass in front, the newest first.
 */
given: Array<GivenView>, 
/**
 * The code in front is shown on somebody's behalf.
 */
behalf: boolean, 
/**
 * What was shown of it within 30 days, the newest first.
 */
showings: Array<OnBehalf>, 
/**
 * One more person's code can be taken.
 */
room: boolean, 
/**
 * So many people a phone holds passes of.
 */
most: number, 
/**
 * All that was given is to end at once.
 */
ending: boolean, 
/**
 * Why that is not done yet.
 */
waitingFor: Reason | null, };

export type GivenView = { 
/**
 * To whom, in the other phone's words. Plain text.
 */
name: string, 
/**
 * What the guardian is to the holder; none for a move.
 */
guardian: Relation | null, 
/**
 * The claims that may be disclosed beside what is always seen.
 */
scope: Array<ClaimName>, 
/**
 * When it was given.
 */
issuedAt: UnixTime, 
/**
 * When it ends, or ended.
 */
expiresAt: UnixTime, 
/**
 * Whether it is over.
 */
over: boolean, 
/**
 * It was ended before its time.
 */
withdrawn: boolean, 
/**
 * What was shown by it, as the other phone said when the two met last; nobody vouches for it.
 */
showings: Array<OnBehalf>, };

export type OnBehalf = { 
/**
 * From when.
 */
at: UnixTime, 
/**
 * Until when the page showed it, about.
 */
until: UnixTime, 
/**
 * What it said of the person, beside what is always seen.
 */
disclosed: Array<ClaimName>, 
/**
 * The place whose challenge it answered, as that place says.
 */
place: StatedPlace | null, };

export type StatedPlace = { 
/**
 * Code of its kind, such as `school`; one that is unknown here is to be passed over.
 */
kind: string, 
/**
 * Region, GB/T 2260.
 */
region: number, 
/**
 * Its name: see [`tidy_name`].
 */
name: string | null, };

export type ExchangeEvent = { "agreed": { 
/**
 * These claims may be disclosed.
 */
scope: Array<ClaimName>, 
/**
 * For so many days, as many as were asked for at most.
 */
days: number, } } | { "asked": { 
/**
 * In whose name.
 */
name: string, 
/**
 * What the guardian is to the holder; none for the own new phone.
 */
guardian: Relation | null, 
/**
 * The claims to be able to disclose.
 */
scope: Array<ClaimName>, 
/**
 * For so many days.
 */
days: number, } } | "closed" | "ended-all" | "dropped" | "told" | { "read": { 
/**
 * Its text.
 */
text: string, } };

export type VisitsView = { 
/**
 * There is a code on this phone to decide over.
 */
code: boolean, 
/**
 * What was scanned is being judged.
 */
reading: boolean, 
/**
 * What the code that was scanned came to.
 */
decided: DecidedView | null, 
/**
 * The pass of the same person that fits the place's region, by its number, where the one in front does not.
 */
fitting: number | null, 
/**
 * The visits of 14 days, the newest first.
 */
visits: Array<Visit>, 
/**
 * When the trust list with the rules was made; none where there is none yet.
 */
trustMadeAt: UnixTime | null, 
/**
 * Why there is no newer one.
 */
trouble: Reason | null, };

export type DecidedView = { 
/**
 * What the place's rules say of the own code, or why nothing can be said.
 */
verdict: Verdict, 
/**
 * The place, once its issuer's signature was good.
 */
place: VenueView | null, 
/**
 * It came from a gate's screen, which asks for a code of its own.
 */
live: boolean, };

export type VenueView = { 
/**
 * Code of its kind; not always one of those that are known here.
 */
kind: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its region, GB/T 2260.
 */
region: number, };

export type VisitsEvent = "answered" | "closed" | { "scanned": { 
/**
 * Its text.
 */
text: string, } };

export type PeopleView = { 
/**
 * The one in front first, then as the person has ordered them.
 */
passes: Array<PassView>, 
/**
 * The one that is about to be removed: the person has to say so once more.
 */
removing: number | null, 
/**
 * So many people a phone holds passes of.
 */
most: number, 
/**
 * One more person can be added.
 */
room: boolean, 
/**
 * Regions whose codes the person in front can apply for beside those that are there, GB/T 2260.
 */
regions: Array<number>, };

export type PassView = { 
/**
 * Its number on this phone.
 */
number: number, 
/**
 * Number of the person.
 */
person: number, 
/**
 * The masked name; empty where nothing was entered yet.
 */
name: string, 
/**
 * What the person is told apart by.
 */
whom: WhomView, 
/**
 * When a child was born, as long as something begins or ends with its age.
 */
born: UnixTime | null, 
/**
 * The colour; none where there is no credential yet.
 */
colour: Colour | null, 
/**
 * Region code (GB/T 2260).
 */
region: number, 
/**
 * Kind of credential; 0 is a resident's own code.
 */
kind: number, 
/**
 * When it ends.
 */
expiresAt: UnixTime | null, 
/**
 * It is somebody else's, who lets this phone show it: by which of the phone's keys.
 */
lent: string | null, 
/**
 * It was applied for, and is not answered yet.
 */
applying: boolean, 
/**
 * Something waits to be sent, which goes when it is in front.
 */
errands: boolean, 
/**
 * It is the one in front.
 */
front: boolean, 
/**
 * The age that was reached since the guardian applied, where something changes with it: 14 or 18.
 */
reached: number | null, };

export type PeopleEvent = { "added": { 
/**
 * What the guardian is to the person.
 */
relation: Relation, 
/**
 * What the person is told apart by.
 */
sign: Sign, } } | { "brought": { 
/**
 * Its number.
 */
number: number, } } | { "moved": { 
/**
 * Its number.
 */
number: number, 
/**
 * Up.
 */
up: boolean, } } | { "region-added": { 
/**
 * One of those that are offered.
 */
region: number, } } | { "removal-asked": { 
/**
 * Its number.
 */
number: number, } } | "removal-confirmed" | "removal-declined" | { "sign-chosen": { 
/**
 * Number of the pass.
 */
number: number, 
/**
 * Which.
 */
sign: Sign, } };

export type GroupView = { 
/**
 * All passes of this phone, the one in front first.
 */
members: Array<MemberView>, 
/**
 * The codes of those who walk along, in their order; empty as long as they are not shown.
 */
codes: Array<MemberCode>, 
/**
 * They are being made.
 */
busy: boolean, 
/**
 * So many walk together at most.
 */
most: number, 
/**
 * How long each code stays, in milliseconds.
 */
paceMs: number, 
/**
 * What that can be.
 */
paces: Array<number>, };

export type MemberView = { 
/**
 * Number of the pass on this phone.
 */
number: number, 
/**
 * The masked name; empty where nothing was entered yet.
 */
name: string, 
/**
 * What the person is told apart by.
 */
whom: WhomView, 
/**
 * The colour, as the credential says it; none where there is none yet.
 */
colour: Colour | null, 
/**
 * Walks along.
 */
along: boolean, 
/**
 * Why there is no code of this one to show.
 */
fault: Reason | null, };

export type MemberCode = { 
/**
 * Number of the pass on this phone.
 */
number: number, 
/**
 * The name, if the code shows it.
 */
name: string, 
/**
 * The code.
 */
qr: QrView, };

export type GroupEvent = { "chosen": { 
/**
 * Number of the pass.
 */
number: number, 
/**
 * Walks along.
 */
along: boolean, } } | { "pace-set": { 
/**
 * In milliseconds.
 */
ms: number, } } | "shown" | "ended";

export type FileFormat = "csv" | "json";

export type FileView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its media type.
 */
mediaType: string, 
/**
 * Its content.
 */
text: string, };

export type GateSettings = { 
/**
 * The place, whose rules decide. Without one green passes, yellow is restricted and red is stopped.
 */
place: Place | null, 
/**
 * Whether only answers to this gate's challenge are good: a wallet scans it and makes a code for this gate alone.
 */
challenge: boolean, 
/**
 * Whether what is only worth a warning elsewhere is looked at by hand here: a code seen before, data that are soon too old. Such a
 * gate always asks for answers to its challenge.
 */
strict: boolean, 
/**
 * Whether the temperature is asked for.
 */
temperature: boolean, 
/**
 * Whether answers sound.
 */
sound: boolean, 
/**
 * Whether answers are spoken.
 */
speech: boolean, 
/**
 * Whether data of a person fade from the screen after some seconds.
 */
fade: boolean, };

export type LogView = { 
/**
 * Answers since midnight in Beijing.
 */
today: Counts, 
/**
 * How many entries are kept.
 */
entries: number, 
/**
 * Since when, at least.
 */
since: UnixTime | null, 
/**
 * An export that is ready to be saved.
 */
file: FileView | null, };

export type Counts = { cannotTell: number, invalid: number, pass: number, restricted: number, stop: number, };

export type VerifierView = { 
/**
 * Language of the texts.
 */
language: Language, 
/**
 * The one screen that is shown.
 */
screen: VerifierScreen, 
/**
 * Age of the trust bundle.
 */
bundle: DataView, 
/**
 * Age of the oldest status list held.
 */
status: DataView, 
/**
 * What the person should know beside it.
 */
notices: Array<Reason>, 
/**
 * The log of this gate.
 */
log: LogView, 
/**
 * How this gate is set up.
 */
gate: GateSettings, 
/**
 * The challenge for wallets to scan, while codes are looked for at a gate that wants it answered. A new one comes at the end of
 * its validity.
 */
challenge: QrView | null, 
/**
 * What is there of a group that walks together, while members are missing.
 */
group: GroupVerdict | null, 
/**
 * The venue code that the challenge carries, once the bundle has judged it.
 */
poster: PosterView | null, };

export type PosterView = { 
/**
 * Its name; none where nothing vouches for it.
 */
name: string | null, 
/**
 * Its end.
 */
expiresAt: UnixTime | null, 
/**
 * Why it is left out of the challenge.
 */
problem: Reason | null, };

export type VerifierScreen = { "type": "blocked", 
/**
 * Why.
 */
reason: Reason, } | { "type": "checking" } | { "type": "group", 
/**
 * The answer.
 */
group: GroupVerdict, 
/**
 * When it was given.
 */
checkedAt: UnixTime, } | { "type": "poster", 
/**
 * Why the camera can't be used.
 */
cameraProblem: Reason | null, 
/**
 * What came of the last picture file, when nothing was read from it.
 */
pictureProblem: Reason | null, 
/**
 * Why what was read is not taken.
 */
problem: Reason | null, } | { "type": "proofs", 
/**
 * The kinds that are accepted here.
 */
accepted: Array<string>, } | { "type": "scanning", 
/**
 * Why the camera can't be used; the other sources can.
 */
cameraProblem: Reason | null, 
/**
 * What came of the last picture file, when nothing was read from it.
 */
pictureProblem: Reason | null, 
/**
 * What is there of a pass, or of a parcel of trust data, that comes in several codes.
 */
gathered: Reason | null, } | { "type": "settings", 
/**
 * The kinds of place there are.
 */
kinds: Array<PlaceKind>, } | { "type": "starting" } | { "type": "temperature", 
/**
 * What was entered is no temperature of a person.
 */
refused: boolean, } | { "type": "verdict", 
/**
 * The answer.
 */
verdict: Verdict, 
/**
 * When it was given.
 */
checkedAt: UnixTime, };

export type DataView = { 
/**
 * The light.
 */
state: DataState, 
/**
 * When it was made.
 */
issuedAt: UnixTime | null, 
/**
 * After this no verdict rests on it.
 */
usableUntil: UnixTime | null, 
/**
 * Status lists that the bundle names and that are not there.
 */
missing: number, };

export type DataState = "fresh" | "ageing" | "stale" | "missing";

export type Source = "camera" | "paste" | "picture" | "wedge";

export type Hint = "closer" | "hold-still" | "nothing" | "read" | "too-bright" | "too-dark";

export type VerifierEvent = "camera-started" | { "camera-failed": { 
/**
 * Why.
 */
reason: Reason, } } | "dismissed" | { "gate-changed": { 
/**
 * All of its settings.
 */
gate: GateSettings, } } | "group-closed" | "group-dropped" | { "language-chosen": { 
/**
 * Which.
 */
language: Language, } } | { "log-export-asked": { 
/**
 * Of this kind.
 */
format: FileFormat, } } | "log-export-taken" | "notice-dismissed" | { "picture-failed": { 
/**
 * Why: `nothing-read` or `picture-unreadable`.
 */
reason: Reason, } } | { "parcel-read": { 
/**
 * Its bytes, base64url without padding.
 */
data: string, } } | "poster-removed" | "poster-wanted" | { "proof-shown": { 
/**
 * Its kind, one of those accepted.
 */
proof: string, } } | "proofs-opened" | "refresh-asked" | { "scanner-typed": { 
/**
 * The characters that the system wrote.
 */
text: string, 
/**
 * What the same keys write on a US keyboard with no lock on; U+FFFD for each key that is not known.
 */
keys: string, } } | "settings-opened" | { "shell": { 
/**
 * What.
 */
event: ShellEvent, } } | { "temperature-entered": { 
/**
 * Degrees Celsius with at most one decimal, such as `36.8`.
 */
text: string, } } | { "text-read": { 
/**
 * The text as it came.
 */
text: string, 
/**
 * Where from.
 */
source: Source, } };
