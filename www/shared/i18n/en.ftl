# Every text of both pages and of the command line. One file per language, the same identifiers in each. A page carries only
# those that it names.

# --- both pages
app-name = Tongma
language-other = 中文
notice-close = Got it
update-ready = A new version is ready.
update-now = Use it now
loading = One moment …
try-again = Try again

# --- wallet
wallet-title = Tongma wallet
wallet-kind = Wallet
apply-step = Apply for your code: step { $n } of { $of }
apply-region = This is for the code of { $region }.
apply-renewing = Your code has ended. It is renewed by itself as soon as there is a network; nothing has to be filled in.
apply-title-who = Name and document
apply-title-health = Where you are, how you are
apply-title-statement = True, and agreed?
apply-next = Next
apply-back = Back
apply-intro = Once is enough. After that your code is here whenever you open this page, even offline.
apply-name = Name
apply-name-hint = As on your document
apply-document-kind = Document
apply-document-number = Document number
apply-phone = Mobile phone
apply-phone-hint = 11 digits, or with + and country code
apply-send = Apply
apply-address = Where you are staying now
apply-been = In the last 14 days, were you in a medium- or high-risk area?
apply-contact = In the last 14 days, were you in contact with a confirmed or suspected case?
answer-yes = Yes
answer-no = No
answer-unsure = Not sure
health-symptoms = Symptoms now (all that apply)
symptom-none = None
symptom-cold-like = Fever, dry cough or like a cold
symptom-shortness-of-breath = Shortness of breath
symptom-digestive = Nausea, vomiting or diarrhoea
symptom-chest = Palpitations or a tight chest
symptom-conjunctivitis = Conjunctivitis
symptom-other = Other
health-temperature = Body temperature in °C
apply-temperature-hint = Such as 36.6. Leave it empty if you did not measure it.
apply-consent-who = Who gets it: the authority that issues your code, and nobody else.
apply-consent-kept = How long: the authority keeps what you declare for 14 days. Name, number, phone and address it uses for issuing and does not store; it recognises you by two codes made from them.
apply-consent-phone = This phone keeps your code, a masked document number and, for 14 days, what you declared. You can destroy all of it at any time.
apply-consent-shown = Who scans your code sees your masked name, your colour with its reason, and the province.
apply-truth = All of this is true, and I answer for it.
apply-consent = I agree.
apply-title-guardian = The guardian's consent
apply-ward-intro = For somebody without a phone. Enter that person's document; the pass stays on your phone, and you show it.
apply-ward-phone = Your mobile number
apply-ward-truth = I state that this is true, and answer for it as the person who applies.
apply-guardian-what = Health data of a child under 14 are sensitive: the authority may use them only if a parent or another guardian agrees.
apply-guardian-duty = As the guardian you declare, check in and show the pass for the child, and answer for what you enter. You can remove it at any time; then this phone keeps nothing of the child.
apply-guardian = I am the child's guardian, and I agree.
whom-self = Myself
whom-parent = My child
whom-child = My parent
whom-spouse = My spouse
whom-relative = My relative
whom-carer = In my care
whom-other = I apply for them
people-back = Other people's codes
lent-over = This code can't be shown any more
apply-problem = That did not work
document-id-card = Resident identity card
document-hk-mo-permit = Permit for Hong Kong and Macao residents
document-taiwan-permit = Permit for Taiwan residents
document-passport = Passport
document-permanent-residence = Foreigner's permanent residence card
document-other = Other document
applying-title = Your application is on its way
applying-wait = This goes on by itself. You may close the page.
applying-next = Next try at { $time }
applying-withdraw = Back to the form
code-colour-green = Green code
code-colour-yellow = Yellow code
code-colour-red = Red code
code-qr-label = QR code of { $name }: { $colour }, valid until { $time }
code-preparing = The code is being made …
code-why-what = Not every place lets you in.
code-why = Why?
code-over = This code has expired. A new one is being made …
code-left = Time left
code-until = Valid until { $time }
code-document = Document
code-from-until = { $region } · until { $day }
code-offline = Works offline. Tap the code to enlarge it.
code-read = Read aloud
code-aloud = { $colour }. Time left: { $minutes } minutes { $seconds } seconds.
code-no-voice = This phone's browser has no voice to read aloud with. The code works all the same.
gate-scan = Scan the gate's code
gate-scan-title = Point the camera at the code on the poster or on the gate's screen
gate-scan-no-camera = The camera can't be used. Allow it in the browser's settings and try again, or take a picture file.
gate-scan-offline = The scanner is not on this phone yet. Go online and try again; your code works nevertheless.
answering-for = Only for: { $place }
answering-nameless = a place that gives no name
answering-unverified = The place says so itself: make sure that you are there.
answering-back = Back to the everyday code
answering-elsewhere = This place is in { $region }. Have you a code of { $region }? Choose that one, then scan again.
answering-choose = Choose
blocked-title = This can't go on here

# --- verifier
verifier-title = Tongma verifier
verifier-kind = Verifier
scan-title = Scan the code
scan-hint = Or use a hand scanner: just scan.
scan-picture = Picture file
scan-paste = Paste text
scan-paste-label = Text of the code
scan-paste-read = Check
scan-paste-cancel = Cancel
scan-video-label = Camera picture
camera-switch = Switch camera
camera-switch-to = Switch camera: { $name }
camera-light = Light
camera-zoom-in = Zoom in
camera-zoom-out = Zoom out
guide-closer = Bring the code closer
guide-hold-still = Hold the code still
guide-restarted = The picture had stopped; the camera was started again.
guide-too-bright = Too bright: turn away from the light
guide-too-dark = Too dark: more light, or a brighter screen
checking = Checking …
scan-no-code = No code

settings-open = Settings
settings-title = Set up this gate
settings-place = Place
settings-kind = Kind of place
settings-kind-none = No rules of a place (green passes, yellow with conditions, red stops)
settings-no-place = With a kind of place its rules decide, and each answer names the rule.
settings-region = Province
settings-city = Region code (six digits, down to city and county)
settings-name = Name of the place (may be left empty)
settings-test = Nucleic acid test
settings-test-none = Not asked for
settings-test-within = Negative within { $hours } hours
settings-low-risk = This is a low-risk area
settings-telling = What is asked, how it is told
settings-temperature = Measure everybody's temperature
settings-sound = Sounds
settings-speech = Speak the answer (never a name)
settings-fade = Hide personal data after 5 seconds
settings-log = Log
settings-log-hint = Answers of today. { $n } entries are kept: time, answer, rule and kind of place, nothing about persons. They are deleted after 30 days.
settings-log-csv = Save as table (CSV)
settings-log-json = Save as data (JSON)
settings-data = Data for working offline
settings-done = Done, start scanning
temperature-title = Enter the temperature
temperature-clear = Clear
temperature-back = Back
temperature-refused = This is no body temperature. Measure again and enter it, such as 36.8.
beside-cancel = Cancel, back to scanning
proofs-title = A person without a code
proofs-hint = Look at one of these, then tap what you have seen:
proofs-none = None of these, back to scanning
verdict-proof-hint = The proof counts instead of a code.
verdict-proof-remedy = Compare it with the person.
verdict-show-again = Show personal data again

challenge-hint = The person scans this code with the wallet, then you scan the answer.
challenge-label = This gate's code, for wallets to scan
settings-strict = Strict gate
settings-strict-hint = Always asks for an answer to this gate's code. A code seen before and data that are soon too old become "with conditions": you look yourself.
settings-challenge = Ask for an answer to this gate's code
settings-challenge-hint = The wallet scans the code shown here and makes one for this gate alone, good for two minutes. Photographs and codes made elsewhere are of no use then.
poster-title = Venue code of this place
poster-hint = With it, wallets that scan the code shown here note where their person was, and say what holds there.
poster-used = { $name }, good until { $day }
poster-add = Read the venue code
poster-other = Read another one
poster-remove = Leave it out
poster-scan = Scan this place's venue code
poster-remedy = Scan it again. If this comes again, ask its issuer for a new venue code. The gate works without one.
verdict-pass = May enter
verdict-restricted = With conditions
verdict-stop = May not enter
verdict-invalid = Code not valid
verdict-cannot-tell = Cannot tell
verdict-next = Scan next
group-have = Walking together: { $have } of { $of } read
group-missing = Missing: { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}. Keep scanning the same phone.
group-member = No. { $position }
group-not-read = Not read
group-close = Wait no longer
group-drop = Drop this group
verdict-guardian = Shown for this person by: { $relation }
verdict-monitoring = under daily health monitoring
verdict-name = Name
verdict-document = Document
verdict-test = Test
verdict-vaccination = Vaccination
verdict-birth-date = Date of birth
verdict-kind = Kind of pass
verdict-date = Date
verdict-result = Result
verdict-country = Country
verdict-region = Region
verdict-issuer = Issuer
verdict-format-eu-dcc = EU Digital COVID Certificate
verdict-format-smart = SMART Health Card
verdict-format-nzcp = NZ COVID Pass
verdict-format-paper = Paper code: compare the identity document
verdict-serial = Card number
kind-vaccination = Vaccination
kind-test = Test
kind-recovery = Recovery
kind-pass = Pass
result-detected = Virus found
result-not-detected = Virus not found
verdict-made = Made at { $time }
verdict-until = Valid until { $time }
verdict-seen = This device checked this code before, at { $time }. Make sure it is the same person.
verdict-pass-hint = The code is genuine and valid.
verdict-pass-remedy = Compare the name with the person.
verdict-pass-return = Goes on after 3 s; tap to stay.
data-bundle = Trust list: { $state }
data-status = Status list: { $state }
data-fresh = { $age }, good for { $left } more, until { $until }
data-ageing = { $age }, good for only { $left } more: refresh before { $until }
data-stale = too old ({ $age }), no answers rest on it since { $until }
data-missing = none yet, go online and refresh, or load a file
data-lists-missing = { $n ->
    [one] { $state }; 1 list is missing
   *[other] { $state }; { $n } lists are missing
}
data-left-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
data-left-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
data-left-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
data-file = Load data from a file
data-file-hint = For a gate without a network: a file (parcel), or its QR codes one after the other in front of the camera.
data-refresh = Refresh
age-minutes = { $n ->
    [0] just now
    [one] 1 min old
   *[other] { $n } min old
}
age-hours = { $n ->
    [one] 1 hour old
   *[other] { $n } hours old
}
age-days = { $n ->
    [one] 1 day old
   *[other] { $n } days old
}

# --- places; proofs beside the code
place-airport = Airport
place-banquet = Banquet
place-bath-house = Bath house
place-border-port = Border port
place-cinema = Cinema
place-city-exit = Leaving the city
place-coach-station = Coach station
place-dance-hall = Dance hall
place-exhibition = Exhibition
place-exhibition-hall = Exhibition hall
place-farmers-market = Farmers' market
place-ferry = Ferry
place-gallery = Gallery
place-gymnasium = Gymnasium
place-internet-cafe = Internet café
place-library = Library
place-mall = Mall
place-medical-institution = Medical institution
place-museum = Museum
place-nursing-home = Nursing home
place-other = Other place
place-passenger-port = Passenger port
place-pier = Pier
place-prison = Prison
place-public-transport = Public transport
place-railway-station = Railway station
place-residential-area = Residential area
place-school = School
place-supermarket = Supermarket
place-teaching = Teaching in person
place-tourist-site = Tourist site
place-training = Training
place-welfare-home = Welfare home
place-wholesale-market = Wholesale market
place-workplace = Workplace
proof-negative-test-7-days = Negative test of the last 7 days
proof-paper-code = Paper code
proof-id-card-registration = Registration by ID card
proof-paper-certificate = Paper certificate of the community or a clinic
proof-travel-card = Travel card

# --- reasons: what happened; remedies: what to do
reason-not-a-pass = This is not a pass code.
remedy-not-a-pass = { $looksLike ->
    [url] It is a web address. Ask for the pass code.
    [wi-fi] It is a code for a wireless network. Ask for the pass code.
    [payment] It is a payment code. Ask for the pass code.
   *[other] Ask for the pass code.
}
reason-prefix-version = This code is of a newer format (version { $version }).
remedy-prefix-version = Update this page, then scan again.
reason-text-lower-case = The text of the code was changed to lower case.
remedy-text-lower-case = Check the case setting of the hand scanner and caps lock, then scan again.
reason-scanner-layout = The hand scanner types with another keyboard layout than this device.
remedy-scanner-layout = In the scanner's handbook find the code that sets its keyboard to this device's, or set both to US English. Until then use the camera.
reason-text-too-long = The text is too long for a pass code.
remedy-text-too-long = Scan one code at a time.
reason-text-malformed = The code is damaged or incomplete.
remedy-text-malformed = Get the whole code into the picture and scan again.
reason-zip-bomb = The content of the code unpacks to more than any pass holds; it may be made to cause harm.
remedy-zip-bomb = Do not accept it. Ask for another proof.
reason-more-parts = This pass has { $of } codes; { $have } of them are read.
remedy-more-parts = Scan the other codes of the same pass, in any order.
reason-group-incomplete = They are { $of } people; the codes of { $have } were read.
remedy-group-incomplete = Those who were read have an answer each. The others need to show a code of their own.
reason-group-mixed = This code is not of the group that is being read.
remedy-group-mixed = Finish or drop that group first, then scan this code.
reason-group-doubled = Within the group one person has two places, or two persons have one.
remedy-group-doubled = Whoever shows the codes begins to show the group anew.
reason-parts-mixed = This code does not belong to the pass whose codes were read before.
remedy-parts-mixed = It counts as the beginning of a new pass: scan the other codes that belong to it.
reason-cbor-truncated = The code is cut off.
remedy-cbor-truncated = Get the whole code into the picture and scan again.
reason-cbor-trailing-bytes = There is something behind the end of the code.
remedy-cbor-trailing-bytes = Scan one code at a time. If this comes again, the code is not genuine.
reason-cbor-indefinite = The code does not follow the format.
remedy-cbor-indefinite = Ask for a code from the official wallet.
reason-cbor-not-minimal = The code does not follow the format.
remedy-cbor-not-minimal = Ask for a code from the official wallet.
reason-cbor-duplicate-key = The code says something twice.
remedy-cbor-duplicate-key = Ask for a code from the official wallet.
reason-cbor-too-deep = The content of the code is abnormal; it may be made to cause harm.
remedy-cbor-too-deep = Do not accept it. Ask for another proof.
reason-cbor-too-large = The content of the code is larger than allowed.
remedy-cbor-too-large = Do not accept it. Ask for another proof.
reason-cbor-malformed = The content of the code cannot be read.
remedy-cbor-malformed = Scan it again. If this comes again, the code is not genuine.
reason-wrong-type = { $layer ->
    [venue] This is not a venue code.
    [delegation] This is not a permission to show somebody's code.
    [delegation-request] This is not a request to show somebody's code.
   *[other] This code is for another use. It is not a pass code.
}
remedy-wrong-type = { $layer ->
    [venue] Scan the poster or the screen at the entrance.
    [delegation] Scan the code that the other phone shows after it allowed your request.
    [delegation-request] Scan the code that the phone of the person who asks is showing.
   *[other] Ask the person to open the wallet and show the code page.
}
reason-credential-not-presentation = This is a stored credential, not a code that the person is showing now.
remedy-credential-not-presentation = Ask the person to open the wallet and show the code page.
reason-token-malformed = Something in the code is missing or wrong.
remedy-token-malformed = { $layer ->
    [venue] Scan it again. If this comes again, tell the staff: the poster is damaged or not genuine.
    [foreign-pass] Scan it again. If this comes again, the pass is damaged or not genuine: ask for another proof.
    [paper] Lay the card flat and scan it again. If this comes again, the card is damaged or not genuine: check another proof.
   *[other] Ask the person to open the wallet again. If this comes again, the code is not genuine.
}
reason-algorithm-missing = This device can't check signatures of this kind.
remedy-algorithm-missing = Check the pass in another browser, or ask for another proof.
reason-algorithm-not-allowed = The code is signed in a way that is not allowed.
remedy-algorithm-not-allowed = { $layer ->
    [foreign-pass] Do not accept it. Ask for another proof.
    [paper] Do not accept this card. Check another proof.
   *[other] Ask for a code from the official wallet.
}
reason-bundle-missing = This device has no trust list yet.
remedy-bundle-missing = Go online, then press Refresh, or load data from a file.
reason-bundle-wrong-root = The trust list received is not signed by the authority of this system.
remedy-bundle-wrong-root = It was not used. Make sure that you opened the official address.
reason-bundle-rolled-back = The trust list received ({ $offered }) is older than the one held ({ $held }).
remedy-bundle-rolled-back = It was not used. Refresh again later.
reason-bundle-expired = The trust list expired at { $expiredAt }.
remedy-bundle-expired = Go online, then press Refresh, or load newer data from a file. Until then check another proof.
reason-bundle-too-old = The trust list is too old (made at { $issuedAt }).
remedy-bundle-too-old = Go online, then press Refresh, or load newer data from a file. Until then check another proof.
reason-unknown-issuer = The issuer of this code is not in the trust list.
remedy-unknown-issuer = Refresh the trust list. If this comes again, check another proof.
reason-unknown-key = The key that signed this code is not in the trust list.
remedy-unknown-key = Refresh the trust list. If this comes again, the code may be forged: check another proof.
reason-key-use = { $layer ->
    [paper] The key that signed this card may not sign paper codes.
   *[other] The key that signed this code may not be used for this.
}
remedy-key-use = Do not accept it. Ask for another proof.
reason-key-region = The issuer may not issue codes for this region ({ $region }).
remedy-key-region = Do not accept it. Ask for another proof.
reason-key-not-valid = The key that is said to have signed this pass is not valid now.
remedy-key-not-valid = Do not accept it. Ask for a newer pass or another proof.
reason-bad-signature = The signature does not fit: the code is forged or damaged.
remedy-bad-signature = Scan it again. If this comes again, do not accept it; ask for another proof.
reason-disclosure-unmatched = The code contains data that the issuer did not put there.
remedy-disclosure-unmatched = Do not accept it. Ask for another proof.
reason-disclosure-doubled = The code shows the same data twice.
remedy-disclosure-doubled = Do not accept it. Ask for another proof.
reason-disclosure-malformed = The data shown in the code cannot be read.
remedy-disclosure-malformed = Ask the person to open the wallet again.
reason-delegation-chain = This permission was passed on by somebody who holds it for another person.
remedy-delegation-chain = Only the person of the code can allow another phone to show it. Ask for that, or for another proof.
reason-delegation-mismatch = This permission belongs to another code.
remedy-delegation-mismatch = Ask the person of the code to allow it again.
reason-delegation-scope = The code shows data that its person did not allow this guardian to show.
remedy-delegation-scope = Show it without these data, or ask the person of the code to allow them.
reason-delegation-too-long = The permission to show this code is made for more than 180 days.
remedy-delegation-too-long = No proper wallet makes such a permission. Ask for a new one of at most 180 days.
reason-delegation-to-self = The permission names the same phone that gave it.
remedy-delegation-to-self = The person shows the own code without any permission. Ask to open the code page.
reason-grant-mismatch = This permission answers another request.
remedy-grant-mismatch = Show your request again and let the other phone scan it.
reason-request-answered = This request was allowed before.
remedy-request-answered = If it is asked for again, let the other phone make a new request.
reason-clock-wrong = The clock of this device is wrong: it says { $now }, the authority's clock or data say { $notBefore }.
remedy-clock-wrong = Set date and time to automatic in the device's settings, then try again.
reason-expired = { $layer ->
    [credential] The code's credential ended at { $expiredAt }.
    [status-list] The status list ended at { $expiredAt }.
    [application] The application is too old.
    [request] The request is too old.
    [foreign-pass] This pass ended at { $expiredAt }.
    [challenge] This gate's code ended at { $expiredAt }.
    [delegation] The permission to show this code ended at { $expiredAt }.
    [delegation-request] This request ended at { $expiredAt }.
    [venue] This poster ended at { $expiredAt }.
    [paper] This paper code ended at { $expiredAt }.
   *[other] This code ended at { $expiredAt }.
}
remedy-expired = { $layer ->
    [credential] Apply again in the wallet. If the date looks wrong, check the device's clock.
    [status-list] Go online, then press Refresh.
    [application] Check this device's clock, then send it again.
    [request] Check this device's clock, then try again.
    [foreign-pass] Ask for a newer pass or another proof. If the date looks wrong, check this device's clock.
    [challenge] Scan the code that the gate shows now. If this comes again, check this phone's clock.
    [delegation] Ask the person of the code to allow it again.
    [delegation-request] Let the other phone make a new request. If this comes again, compare both clocks.
    [venue] Tell the staff that the poster has to be renewed. If the date looks wrong, check this phone's clock.
    [paper] The community office makes a new card; for now check another proof. If the date looks wrong, check this device's clock.
   *[other] Ask the person to open the wallet: it makes a new code. If that doesn't help, compare both clocks.
}
reason-not-yet-valid = This code is valid only from { $validFrom }.
remedy-not-yet-valid = { $layer ->
    [venue] Check this phone's clock. If it is right, tell the staff about the poster.
    [foreign-pass] Do not accept it now. If the date looks wrong, check this device's clock.
    [paper] Check this device's clock. If it is right, do not accept this card now.
   *[other] One of the two clocks is wrong. Set date and time to automatic on both devices, then scan again.
}
reason-lifetime-too-long = This code is made to be valid for longer than 15 minutes.
remedy-lifetime-too-long = No proper wallet makes such a code. Do not accept it; ask for another proof.
reason-times-inconsistent = The times in the code contradict one another.
remedy-times-inconsistent = Ask the person to open the wallet again.
reason-audience-mismatch = This code was made for another place.
remedy-audience-mismatch = Ask the person to open the code page again.
reason-not-a-challenge = This is not a gate's code.
remedy-not-a-challenge = Scan the code on the gate's screen. Your own code has not changed.
reason-nonce-missing = This code does not answer this gate's request.
remedy-nonce-missing = Ask the person to tap “Scan the gate's code” in the wallet and to scan the code shown here.
reason-nonce-mismatch = This code does not answer the request that this gate shows now.
remedy-nonce-mismatch = Ask the person to scan this gate's code again.
reason-status-missing = The status list of this code is not on this device.
remedy-status-missing = Go online, then press Refresh, or load newer data from a file. Until then check another proof.
reason-status-too-old = The status list is too old (made at { $issuedAt }).
remedy-status-too-old = Go online, then press Refresh, or load newer data from a file. Until then check another proof.
reason-list-older = The status list received (made at { $offeredAt }) is older than the one held ({ $heldAt }).
remedy-list-older = It was not used. Get newer data.
reason-delta-other-base = The changes received begin at { $sinceAt }, after the status list held (made at { $heldAt }).
remedy-delta-other-base = They were not used. Get data with the whole status list.
reason-delta-mismatch = The changes received don't go with the status list held.
remedy-delta-mismatch = They were not used. Get data with the whole status list.
reason-parcel-parts = Data for this gate: { $have } of { $of } codes are read.
remedy-parcel-parts = Hold the camera on the sequence until all are read, in any order.
reason-parcel-other = This is a code of another sequence of data, which has { $of } codes.
remedy-parcel-other = What was read before is dropped. Go on with this sequence.
reason-parcel-damaged = These data are cut, altered, or not of this system.
remedy-parcel-damaged = They were not used. Get the file or the codes again from whoever made them.
reason-parcel-too-large = These data are larger than any can be.
remedy-parcel-too-large = They were not used. Get them as several files, or ask whoever made them.
reason-parcel-taken = Data loaded: { $taken } of { $of } parts were new and good.
remedy-parcel-taken = Look at the ages below. What was not used has a notice of its own.
reason-status-index-out-of-range = The number of this code is not in its status list.
remedy-status-index-out-of-range = Do not accept it. Ask for another proof.
reason-revoked = The issuer has revoked this code.
remedy-revoked = Do not accept it. The person can ask 12345.
reason-suspended = The issuer has turned this code red.
remedy-suspended = Do not let the person in, keep your distance and follow your place's plan. The person can ask or appeal at 12345.
reason-turned-yellow = The issuer has turned this code yellow.
remedy-turned-yellow = Follow the rules of your place for yellow codes. The person can ask or appeal at 12345.
reason-status-unknown = This device does not know the status of this code ({ $value }).
remedy-status-unknown = Update this page. Until then check another proof.
reason-colour-yellow = The code is yellow.
remedy-colour-yellow = Follow the rules of your place for yellow codes.
reason-colour-red = The code is red.
remedy-colour-red = Do not let the person in, keep your distance and follow your place's plan.
reason-fever-clinic = The body temperature is 37.3 °C or more.
remedy-fever-clinic = Show the way to the fever clinic, with a mask, and keep your distance.
reason-mask-required = This person may enter with a mask only.
remedy-mask-required = Ask the person to put on a mask.
reason-place-forbidden = With this code nobody may enter a place of this kind.
remedy-place-forbidden = Do not let the person in. The person can ask or appeal at 12345.
reason-place-restricted = With this code people may come here only where it can't be put off.
remedy-place-restricted = Ask for the purpose: own medical care is admitted, leaving the city is discouraged. A mask is required.
reason-proof-missing = No code was shown.
remedy-proof-missing = Check another proof: a negative test of the last 7 days, a paper code, a paper certificate, or note down the ID card. Do not turn the person away for having no phone.
reason-temperature-high = The body temperature is 37.3 °C or more.
remedy-temperature-high = Do not let the person in. Measure again after a rest; if it is still high, show the way to a fever clinic.
reason-seen-before = This very code was checked here before.
remedy-seen-before = Ask who shows it to renew the code, and compare the document.
reason-data-ageing = The code is good, but the data of this gate are soon too old.
remedy-data-ageing = Compare the document; go online soon and press Refresh.
reason-test-missing = This place asks for a recent negative test, and the code shows none.
remedy-test-missing = Ask for the test report on paper or in another app, or for the test to be disclosed in the wallet.
reason-rule-failed = The rule { $rule } came to no answer.
remedy-rule-failed = Decide by another proof, and tell whoever made the rules.
reason-rule-malformed = The rule { $rule } can't be read: { $fault }.
remedy-rule-malformed = It was not used. Tell whoever made the rules.
reason-rule-expired = The rule { $rule } ended at { $expiredAt }.
remedy-rule-expired = Refresh the rules. Until then decide by another proof.
reason-rule-not-yet-valid = The rule { $rule } is in force only from { $validFrom }.
remedy-rule-not-yet-valid = Check this device's clock, then refresh the rules.
reason-rules-unknown = There are no rules named { $name }.
remedy-rules-unknown = Check the name or the file.
reason-foreign-not-bound = This is a genuine pass of another system. It is not bound to a phone.
remedy-foreign-not-bound = Compare name and birth date with the person's identity document, then follow the rules of your place.
reason-nobody-named = This is a genuine document of another system, but it does not say whose it is.
remedy-nobody-named = Ask for another proof.
reason-paper-not-bound = This paper code is genuine and valid, but bound to no phone.
remedy-paper-not-bound = Name and number must be those of the person's identity document. If not, do not let the person in.
reason-paper-no-answer = A paper code can't answer this gate's request.
remedy-paper-no-answer = Do not turn the person away for that alone: tap “No code” and check another proof, or switch the request off in the settings and scan again.
reason-paper-too-long = This paper code says that it is good for more than 180 days.
remedy-paper-too-long = No proper issuer makes such a paper code. Do not accept it; check another proof.
reason-paper-void = This paper code is void: it was reported lost, or a new card was issued in its place.
remedy-paper-void = Do not accept this card. If the person has a newer one, scan that; if not, the community office makes one. For now check another proof.
reason-poster-elsewhere = This venue code is of another place than this gate is set up for.
remedy-poster-elsewhere = Read this place's own venue code, or put kind and region of the place right in the settings.
reason-field-empty = There is no answer yet.
remedy-field-empty = Please fill it in or choose one.
reason-field-too-long = This is too long.
remedy-field-too-long = Please shorten it.
reason-name-malformed = A name has only letters, spaces, and · - '.
remedy-name-malformed = Write it as on the document.
reason-document-malformed = The number does not fit this kind of document.
remedy-document-malformed = Compare it with the document, or choose another kind.
reason-document-check-digit = The ID number has a typing error: its last character does not fit.
remedy-document-check-digit = Compare all 18 characters with the card.
reason-document-birth-date = The birth date in the ID number does not exist.
remedy-document-birth-date = Compare digits 7 to 14 with the card.
reason-phone-malformed = This phone number is incomplete or wrong.
remedy-phone-malformed = 11 digits, or + with country code.
reason-declaration-missing = The form has no declaration of health.
remedy-declaration-missing = Update this program and apply again: reloading the page is enough.
reason-truth-not-stated = You have not stated yet that what you entered is true.
remedy-truth-not-stated = Check it, then tick the statement.
reason-guardian-consent-missing = The guardian has not agreed yet.
remedy-guardian-consent-missing = For a child under 14 a parent or another guardian has to read it and agree; without agreeing you can still show other proofs.
reason-consent-missing = You have not agreed to the text in force (version { $version }).
remedy-consent-missing = Read it and agree; without agreeing you can still show other proofs.
reason-measurement-implausible = This body temperature is not possible; it is between 34.0 and 43.0 °C.
remedy-measurement-implausible = Measure again and check the number.
reason-declared-today = The declaration was changed today already; once a day is possible.
remedy-declared-today = You can change it again from { $againAt } on. If it is urgent, call 12345.
reason-credential-unknown = The authority has no record of this code.
remedy-credential-unknown = Please apply again.
reason-key-doubled = A new key is used twice.
remedy-key-doubled = Try again; if it fails again, apply anew.
reason-key-not-proven = It was not proven that a new key is on this phone.
remedy-key-not-proven = Try again; if it fails again, apply anew.
reason-too-many-keys = At most { $most } codes can be renewed at once.
remedy-too-many-keys = Ask for fewer.
reason-too-many-credentials = Too many codes were issued to you today.
remedy-too-many-credentials = The codes you have stay valid. Try again tomorrow.
reason-too-many-appeals = Several of your appeals are still open.
remedy-too-many-appeals = Wait for an answer, or call 12345.
reason-appeal-unknown = There is no such appeal of yours.
remedy-appeal-unknown = Check the number; appeals are kept for 30 days after they are decided.
reason-application-refused = The authority did not accept the application.
remedy-application-refused = Check what you entered. For help call 12345.
reason-answer-malformed = The authority's answer has an error and could not be used.
remedy-answer-malformed = Nothing is lost. It will be tried again. Some networks ask you to sign in first.
reason-answer-unusable = The authority's answers have an error and could not be used.
remedy-answer-unusable = What you entered is kept, and is not sent by itself any more. Check the network – some ask you to sign in first – then try again, or call 12345.
reason-credential-foreign-key = The code received belongs to another phone and was not used.
remedy-credential-foreign-key = It will be tried again.
reason-offline = The authority cannot be reached now.
remedy-offline = Nothing is lost. Check the network; it will be tried again.
reason-server-fault = The authority's system has a fault ({ $status }).
remedy-server-fault = Nothing is lost. It will be tried again.
reason-camera-refused = This page may not use the camera.
remedy-camera-refused = Allow the camera in the browser's settings, then press Try again. Or use a picture, a text or a hand scanner.
reason-camera-absent = This device has no camera that can be used.
remedy-camera-absent = Use a picture, a text or a hand scanner.
reason-camera-in-use = Another program uses the camera.
remedy-camera-in-use = Close the other program, then press Try again.
reason-nothing-read = No code was found in the picture.
remedy-nothing-read = Choose a sharp picture with the whole code in it.
reason-picture-unreadable = This file is not a picture that can be opened.
remedy-picture-unreadable = Choose a PNG or JPEG picture.
reason-secret-short = That is too short.
remedy-secret-short = Please choose at least { $least } characters.
reason-passcode-wrong = That passcode is wrong.
remedy-passcode-wrong = Please try again. After three wrong ones each further try has to wait.
reason-passcode-wait = Too many wrong passcodes.
remedy-passcode-wait = You can try again at { $againAt }.
reason-passkey-wrong = This passkey is not the one of this lock.
remedy-passkey-wrong = Please enter the passcode. You can set up a passkey again under “Lock and backup”.
reason-passkey-unusable = The passkey could not be used.
remedy-passkey-unusable = Please try again, or use the passcode. Some phones and browsers have no passkeys that can encrypt.
reason-passphrase-wrong = That passphrase is wrong.
remedy-passphrase-wrong = Please try again; capitals and spaces count. Nothing was changed.
reason-backup-foreign = This file is not a backup of Tongma.
remedy-backup-foreign = Please choose the file whose name ends with “.backup.txt”. Nothing was changed.
reason-backup-damaged = This backup is incomplete or damaged.
remedy-backup-damaged = Please copy the file again, or take another backup. Nothing was changed.
reason-backup-newer = This backup was made by a newer version ({ $version }).
remedy-backup-newer = Please update this page first. Nothing was changed.
reason-restored = Your data are back; the code itself must be applied for again.
remedy-restored = The key stayed on the old phone. Please fill in the form: this phone then gets a key and a code of its own, and the old code ends.
reason-storage-full = The device has no room left.
remedy-storage-full = Free some space on the device. Until then nothing new can be kept.
reason-storage-refused = The browser does not let this page keep data.
remedy-storage-refused = Leave private mode, or allow storage in the settings. Otherwise the data is lost when the page is closed.
reason-storage-damaged = The stored data cannot be read any more.
remedy-storage-damaged = It is kept aside. In the wallet, please apply again; in the verifier, go online and refresh.
reason-storage-newer = The data here was stored by a newer version ({ $version }).
remedy-storage-newer = Reload the page to use the newer version. Nothing was changed.
reason-already-open = This page is already open in another tab or window.
remedy-already-open = Use that one, or close it: this one then starts by itself.
reason-other-tab = This page is also open in another tab, which changed the data.
remedy-other-tab = This tab now shows the changed data. It is best to close one of the two.
reason-key-unusable = This phone's key is gone or cannot be used.
remedy-key-unusable = Please apply again: a code is bound to the phone's key.
reason-browser-too-old = This browser lacks something that this page needs.
remedy-browser-too-old = Update the browser or use another one, and open the page with https.
reason-internal = Something went wrong in this program.
remedy-internal = Reload the page. If it happens again, tell the maintainers.

# The wallet beside the code
rooms-open = More
rooms-title = More
rooms-back = ← Back
rooms-offline = This part is not on your phone yet. Connect to the network and tap again; your code is not affected.
room-people = People and passes
people-what = One tap shows that person's code.
people-alone = You can apply for a child or an elder without a phone, and show the code for them.
people-front = On the screen now
people-begun = Not applied for yet
people-applying = Waiting for the authority
people-over = Over; one tap renews it
people-until = can be shown before { $day }
people-lent = shown with permission until { $time }
people-lent-over = The permission has ended. Ask once more when you need it.
people-errands = Something waits to be sent. It goes when this code is shown.
people-reached-14 = { $name } is 14 now: the own consent counts from now on, so talk it over. Until 18 you can still show the code.
people-reached-18 = { $name } is 18 now, and should apply on an own phone. Remove this code after that.
people-up = Up
people-down = Down
people-remove = Remove
people-remove-sure = Remove code, keys and records of “{ $name }”? There is no way back.
people-remove-yes = Yes, remove
people-remove-no = No, keep them
people-sign-of = Sign of { $name }
people-sign = A sign, to be told apart at a glance
people-region = Codes of other regions
people-region-what = One more code, of another region, for the person in front. You choose which one is shown.
people-region-add = Apply for the code of { $region }
people-add = For somebody else
people-add-what = For children and elders without a phone; { $most } people at most.
people-add-begin = Add a person
people-full = This phone has codes of { $most } people and takes no more.
people-i-am = I am this person's
people-duty = Show it only to help this person pass, and answer for what you enter. Who checks it sees that you show it for somebody, and what you are to them.
people-go-on = Go to the form
people-drop = Cancel
relation-parent = parent
relation-child = child
relation-spouse = spouse
relation-relative = other relative
relation-carer = carer
relation-other = other helper
sign-disc = Disc
sign-square = Square
sign-triangle = Triangle
sign-star = Star
sign-heart = Heart
sign-moon = Moon
sign-drop = Drop
sign-house = House
stored-pass = Other people's codes
stored-people = List of people
room-data = My data
mine-where = All data are on this phone only, and encrypted.
mine-bytes = { $n } bytes
mine-kilobytes = { $n } KB
mine-file = Take your data along
mine-file-what = Makes one file with all your data. The file is not encrypted, so keep it safe; keys are not in it, nobody can show your code with it.
mine-file-make = Make the file
mine-file-save = Save the file
mine-wipe = Destroy all data
mine-wipe-what = Deletes the code, the keys and all records from this phone at once. Nothing can be brought back.
mine-wipe-sure = Really destroy all data?
mine-wipe-yes = Yes, destroy everything
mine-wipe-no = No, keep it
mine-version = Version { $version }
stored-state = Code, form and settings
stored-appeals = Appeals
stored-diary = Check-ins and declarations
stored-holdings = Other codes
stored-visits = Visits
locked-title = The wallet is locked
locked-loading = One moment: what opens it is being loaded.
room-safety = Lock and backup
safety-passcode = Passcode
safety-open = Unlock
safety-trying = Checking …
safety-wait = The next try is possible at { $time }.
safety-forgotten = Nobody can look up a forgotten passcode. What helps is a backup: clear this page's data in the browser, restore the backup and apply again.
safety-lock = Lock
safety-lock-what = Whoever has your unlocked phone in hand needs a passcode to get into the wallet.
safety-new-passcode = New passcode, at least 6 characters
safety-repeat = Once more
safety-differ = The two do not match.
safety-show-code = Show the code without the passcode
safety-after = Lock after
safety-after-0 = at once in the background
safety-after-60 = 1 minute in the background
safety-after-300 = 5 minutes in the background
safety-turn-on = Turn the lock on
safety-is-on = The lock is on.
safety-busy = Data are being encrypted anew …
safety-now = Lock now
safety-change = Change the passcode
safety-passkey = Unlock by fingerprint, face or screen lock
safety-passkey-what = A passkey of this phone opens the lock too. The passcode stays.
safety-passkey-add = Set up a passkey
safety-passkey-on = A passkey opens the lock too.
safety-passkey-remove = Use the passkey no more
safety-passkey-name = Tongma wallet
safety-turn-off = Turn the lock off
safety-old-passcode = Passcode until now
safety-backup = Backup
safety-backup-what = One encrypted file with everything but the key. With file and passphrase all comes back on another phone; the code is then applied for again.
safety-passphrase = Passphrase, at least 10 characters
safety-passphrase-of = Its passphrase
safety-backup-make = Make the backup
safety-backup-save = Save the backup
safety-restore = Restore a backup
safety-restore-what = Everything of the backup comes into this empty wallet.
safety-restore-has = This wallet is in use, so no backup can come into it. “My data” can destroy it first.
safety-file = Backup file
safety-restore-now = Restore

room-colour = Your colour
colour-reason = Reason
colour-rule = Rule
colour-since = Since
colour-issuer = Issuer
colour-because-case = Confirmed or suspected case
colour-because-asymptomatic = Asymptomatic infection
colour-because-close-contact = Close contact of a case
colour-because-from-abroad = Arrived from abroad, isolation not complete
colour-because-high-risk-area = Was in a key or high-risk area in the last 14 days
colour-because-medium-risk-area = Was in a medium-risk area, isolation not complete
colour-because-discharged = Discharged, isolation at home not complete
colour-because-released = Released from observation less than 14 days ago
colour-because-declared-symptoms = Fever or respiratory symptoms, as you declared
colour-because-isolated-observation = Under isolated medical observation
colour-because-home-observation = Under health observation at home
colour-because-fever-unknown-cause = Fever of unknown cause
colour-because-health-monitoring = Under daily health monitoring
colour-because-ordered = By decision of the authority
colour-because-unsaid = The code does not say
colour-allowed = What this means
colour-allowed-green = You may go everywhere; wear a mask where it is asked for.
colour-allowed-yellow = You may go out with a mask on, but not: public transport, stations and airports, markets and malls, schools and nursing homes, cinemas, museums, exhibitions and dinners; hospitals only for your own care. Each place's rules decide.
colour-allowed-red = You may enter no public place. Stay where you are, and tell your community; if you must move, they arrange it.
colour-helps = What helps
colour-helps-what = 14 days of isolation as it applies to you, without symptoms, with a normal check-in every day. A day without one starts the count anew.
colour-changed = The authority has you as { $colour } now ({ $time }). Your code is renewed with that colour.
colour-wrong = Not right?
colour-wrong-what = You can appeal here, or at the hotline 12345: give the reason, rule and date above.
colour-call = Call 12345

room-diary = Daily check-in
diary-days = Check-ins of the last 14 days
diary-day-none = no check-in
diary-day-waiting = waits to be sent
diary-day-normal = normal
diary-day-unwell = not normal
diary-counted = { $n } of { $of } normal days in a row
diary-waits = Not sent yet. It goes by itself, today.
diary-today = Today
diary-send = Check in
diary-sent-taken = You have checked in today.
diary-sent-waiting = Your check-in waits to be sent; it goes by itself, today.
diary-sent-refused = Your check-in was refused.
diary-sent-stopped = Your check-in of today is kept here, but not sent.
diary-stopped = The authority's answers can't be read, so nothing is sent by itself any more. What you entered is kept.
diary-again = Send again
diary-change = Change my declaration
diary-change-what = Once a day. Name, document and phone can't be changed here.
diary-change-send = Send the change
diary-change-drop = Leave it as it is
diary-change-again = You can change your declaration again at { $day }.
diary-kept = This phone and the authority keep these for 14 days; then they delete themselves.
room-renewal = Age and renewal
renewal-what = The code on the screen renews itself every quarter of an hour. What it rests on, your certificate, is renewed by itself as well, when you open this page online and less than a third of its time is left.
renewal-issued = Issued
renewal-ends = Ends
renewal-from = Renewed from
renewal-codes = Codes on this phone
renewal-codes-n = { $n ->
    [one] 1
   *[other] { $n }, one for each day
}
renewal-codes-one = The next renewal brings several codes, each for one day only: then visits of different days can't be told to be yours by the code.
renewal-codes-many = Each is shown on one day only, so that visits of different days can't be told to be yours by the code. The masked name, region and colour are the same in all of them.
renewal-refused = It could not be renewed.
renewal-waits = Not renewed yet. It goes by itself when you open this page with a network.
renewal-under-way = It is being renewed …
renewal-now = Renew now

room-appeals = Appeal or correction
appeal-waits = Not sent yet. It goes by itself when there is a network.
appeal-new = Write one
appeal-what = An answer comes here: open this page again later. Your code goes with it, you need not say who you are.
appeal-wish = 1. What is it about?
appeal-wish-colour = My colour is wrong
appeal-wish-data = Something about me is wrong
appeal-wish-other = Something else
appeal-wrong = 2. What is wrong?
appeal-wrong-colour = Say what shows it: where you were and when, tests with their dates, the end of an isolation.
appeal-wrong-data = Say which statement is wrong, and what is right.
appeal-wrong-other = Say what happened, where and when.
appeal-wanted = 3. What do you want? (may stay empty)
appeal-left = { $n } characters left for both
appeal-send = Send
appeal-kept = This phone keeps it until 30 days after the decision, the authority as long. Only you and the authority can read it.
appeal-sent-waiting = Waits to be sent
appeal-sent-taken = Received
appeal-state-refused = Refused
appeal-sent-refused = Not accepted
appeal-sent-stopped = Not sent
appeal-state-received = Received, not decided yet
appeal-state-granted = Granted
appeal-number = No. { $n }
appeal-why = Ground:
appeal-again = Send again
appeal-along = Take it along
appeal-along-what = For a counter, or for somebody with a network: signed by this phone, so nobody can change it. Brought and sent, it counts once.
appeal-along-close = Done
appeal-qr-label = QR code of the appeal
appeal-qr-long = The text is too long for a QR code. Please save the file.
appeal-save = Save the file
appeal-drop = Throw away
appeal-by-phone = Or by phone
appeal-by-phone-what = The hotline 12345 takes appeals and corrections, too.
room-display = Text and display
display-elder = Simple and large
display-elder-what = Only the code, “Read aloud” and “More” on the screen, all of them large.
display-large = Larger text
display-large-what = Makes all text larger still.
display-contrast = Strong contrast
display-contrast-what = Black on white, with clear edges.
room-help = Help
help-apply = 1. Apply once with your name and document.
help-show = 2. At the door, open this page and show the code.
help-keep = 3. Your data stay on this phone, and it works without a network.
help-valid = How long is the code valid?
help-valid-answer = The ring beside the code shows the time left. When it is over, a new code comes by itself. You don't have to do anything.
help-offline = No network?
help-offline-answer = Show the code as always. Only applying and getting a new certificate need a network.
help-colour = The code is yellow or red, and I don't know why?
help-colour-answer = Tap “Why?” below the code: there are the reason, the rule, the date and what leads back to green. You have a right to them, and to an appeal; 12345 takes it.
help-gate = The gate does not accept the code?
help-gate-answer = Turn up the brightness, wipe the screen and hold the phone still, a hand's width away. Does the gate show a code itself? Then tap “Scan the gate's code”, below your code or under “More”. If it still does not work, ask the staff for the way on paper.
help-lost = New phone, or phone lost?
help-lost-answer = Open this page on the other phone and apply again. A code works only on the phone that applied for it.
help-call = Still no way forward?
help-call-what = 12345 is the government's service line, by phone, without a smartphone.
help-call-12345 = Call 12345

# Showing, venue codes, the first opening
code-colour-only = Colour only
code-details = Details
code-bright = Turn the screen's brightness all the way up. Tap the code to make it small again.
code-test-negative = Test negative, { $time }
code-test-positive = Test positive, { $time }
code-vaccination = Vaccination { $doses }
code-monitoring = Under daily health monitoring
answering-venue = What this place's rules say
answering-poster = the place of the venue code
room-details = What the code shows
details-choose = Your choice
details-choose-what = Besides what is always seen, show:
details-no-choice = There is nothing to choose with this code: what stands in it is always seen.
details-always = Always seen
details-colour = Colour
details-name = Name
details-document = Document number
details-test = Test
details-vaccination = Vaccination
details-issued = Issued
details-ends = Ends
details-code-until = The code on the screen is valid until
details-status = Number in the status list
details-key = This phone's key
details-linked = Number and key are the same in every code: gates that compare notes can tell that it is the same code.
details-screen = The screen of the code shows no more than the code itself. Your choice stays until you change it.
room-visits = Venue codes and visits
visits-what = Scan the poster or the screen at an entrance: this phone says at once whether you may enter with your code.
visits-scan = Scan the venue code
visits-no-code = Apply for your code first: without one there is nothing to decide over.
visits-reading = One moment: the venue code is being checked …
visits-pass = You may enter
visits-restricted = With conditions
visits-stop = You may not enter
visits-invalid = This venue code does not count
visits-cannot-tell = Cannot tell
visits-pass-what = Your code is enough here. Show it where it is asked for.
visits-no-promise = No promise: a gate may know a newer colour, take your temperature or ask for a test.
visits-live = This gate asks for a code made for it alone:
visits-answer = Show my code to this gate
visits-close = Done
visits-fitting = Use the code of { $region }
visits-trust = Rules and trust list: { $age }
visits-trust-none = Rules and trust list: none yet; they come by themselves with a network.
visits-trouble = Newer ones could not be had.
visits-log = Visits of the last 14 days
visits-none = None.
visits-log-what = On this phone only: nobody gets them, and no colour ever changes by them. Each deletes itself after 14 days.
visits-by-poster = by poster
visits-by-live = by the gate's screen
visits-because-colour-red = Your code is red.
visits-because-colour-yellow = Your code is yellow.
visits-because-mask-required = You may enter with a mask only.
visits-because-place-forbidden = With your code nobody may enter a place of this kind.
visits-because-place-restricted = With your code people come here only where it can't be put off.
visits-because-not-a-pass = This is not a venue code.
visits-because-key-region = Whoever signed this venue code may not do so for this region.
visits-because-key-use = Whoever signed this may not make venue codes.
visits-because-unknown-issuer = Whoever made this venue code is not in the trust list.
visits-because-unknown-key = The key that signed this venue code is not in the trust list.
visits-because-revoked = This venue code was withdrawn.
visits-because-rules-unknown = There are no rules here for this kind of place.
visits-because-bundle-missing = This phone has no rules and trust list yet.
visits-remedy-colour-red = Stay away from public places and tell your community. Under “Why?” you find the reason and the way to appeal; 12345 helps.
visits-remedy-colour-yellow = Wear a mask; the staff go by the place's rules. Under “Why?” you find what leads back to green.
visits-remedy-mask-required = Put on a mask before you go in.
visits-remedy-place-forbidden = Under “Why?” you find the reason and what helps; 12345 takes appeals.
visits-remedy-place-restricted = For your own medical care you are admitted. Wear a mask and say so at the entrance.
visits-remedy-bad-signature = Scan it again at the entrance itself. If this comes again, tell the staff: the venue code is forged or damaged.
visits-remedy-unknown-issuer = With a network, enter this room again. If this comes again, do not rely on this code; ask the staff.
visits-remedy-unknown-key = With a network, enter this room again. If this comes again, do not rely on this code; ask the staff.
visits-remedy-rules-unknown = Ask the staff which rules hold, or update this page.
visits-remedy-bundle-missing = Connect to a network: then it is told by itself. Your code can be shown as always.
visits-remedy-bundle-expired = Connect to a network: then it is told by itself. Your code can be shown as always.
visits-remedy-bundle-too-old = Connect to a network: then it is told by itself. Your code can be shown as always.
visits-remedy-other = Scan the poster or the screen at the entrance itself. If this comes again, ask the staff.
stored-trust = Trust list and rules of places
mine-persisted = The browser has agreed to keep these data.
mine-not-persisted = The browser has not promised to keep these data: when the device runs short of room it may delete them. Put this page on the home screen, and take a backup.
mine-persist = Ask the browser to keep them
mine-persist-refused = The browser does not promise it. Putting this page on the home screen often helps.
mine-licences = Licences of the software in this page
mine-licences-missing = The list could not be loaded. Go online and try again.
welcome-label = What this page does
welcome-apply = Apply once
welcome-show = Show the code at the door
welcome-keep = Data stay on this phone
welcome-skip = Skip
help-days = How do I get back to green?
help-days-answer = Usually with 14 days of isolation without symptoms and a normal check-in every day. The daily check-in counts the days, and is made in a minute.

# --- paper codes: the card, and what is wrong with a line of a list (the command line)
paper-card-title = Paper health code
paper-card-until = Valid until
paper-card-serial = Card number
paper-card-show = At the entrance show the code on the front, and your identity card.
paper-card-colour = No colour is printed: scanning tells it. The card stays the same.
paper-card-lost = Lost? Tell your community office or call 12345 at once, with the card number or your document number. A new card makes the old one void.
paper-line-cells = This line has { $have } cells, the heading has { $need }: is a column missing, or one too many?
paper-line-double = The same document as in line { $line }: a person has one paper code.
paper-line-kind = This kind of document is not known. Write id-card, passport, hk-mo-permit, taiwan-permit, permanent-residence or other.
paper-line-long = This line is too long to be one of a list. Is a line end missing?
paper-line-monitored = This person is under daily health monitoring, which paper can't tell: no paper code is issued meanwhile. Use another proof.
paper-line-quote = A quotation mark of this line has no partner. Take it away, or complete it.
paper-line-region = A region code has six digits, such as 360102.
paper-line-rounded = The spreadsheet took the document number for a number to calculate with, and its last digits are lost. Make the column text, and enter the number again.
paper-line-unreadable = There are characters in this line that can't be read. Save the file as UTF-8 or GB18030.
# Between two phones: moving, and letting somebody show the code
apply-move = My code is on my old phone
apply-lend = Show a relative's code
code-lent = { $relation ->
    [parent] You are showing your child's code
    [child] You are showing your parent's code
    [spouse] You are showing your spouse's code
    [relative] You are showing your relative's code
    [carer] You are showing the code of a person in your care
   *[other] You are showing somebody else's code
}
renewal-moved = This code came from your old phone and can be shown until it ends. When you open this page online, it is exchanged by itself for one of this phone's own, and the code on the old phone ends. If you stay offline until then, apply again, or move again from the old phone.
room-moving = Move to a new phone
room-delegations = Family and carers
stored-delegations = Permissions given
exchange-busy = One moment …
exchange-text = Can't be scanned? Show the text
exchange-paste = Can't scan? Paste the text
exchange-pasted = The text on the other phone
exchange-take = Read the text
exchange-long = This is too long for a QR code. Use the text.
exchange-no-trust = This phone has no trust list yet, so it can't check the answer. Connect to a network once and come back here; after that none is needed.
exchange-moved = The code on this phone came from another one and is not renewed yet. Open this page online first; then it can be passed on.
exchange-request-until = This code is good until { $time }. After that, make a new one.
exchange-asked = Somebody asks to show your code
exchange-asked-move = A new phone asks to take over your code
exchange-is = { $relation ->
    [parent] says to be your parent.
    [child] says to be your child.
    [spouse] says to be your spouse.
    [relative] says to be your relative.
    [carer] says to be your carer.
   *[other] does not say what you are to one another.
}
exchange-unverified = The other phone says so itself; nobody has checked it. Make sure that the person is in front of you.
exchange-may = If you agree, that person can show your code on the own phone: colour, region and masked name are always seen, and a gate sees that it is shown for you. Nobody can check in or appeal for you by it, or pass it on.
exchange-may-move = If you agree, that phone can show this code as you do. Agree only if both phones are yours. If somebody else told you to scan, don't.
exchange-scope = May also be shown
exchange-days = For how long
exchange-days-n = { $n ->
    [one] 1 day
   *[other] { $n } days
}
exchange-until = Ends: { $time }
exchange-ends = When your code ends, at the latest.
exchange-agree = Yes, let that person show it
exchange-agree-move = Yes, move to that phone
exchange-decline = No
moving-new = Brings the code of your old phone to this new one, with no network. Have both phones at hand.
moving-name = New phone
moving-ask = Begin
moving-first = First: the old phone scans this
moving-first-what = On the old phone choose More, then Move to a new phone. Scan this code there, and agree.
moving-request-label = The new phone's request, for the old phone to scan
moving-then = Then: scan the old phone
moving-then-what = When the old phone has agreed, it shows a code. Scan it with this phone.
moving-scan-old = Scan the old phone's code
moving-takes = Only the code moves. Check-ins, visits and appeals stay on the old phone; bring them over first with Lock and backup.
moving-old = Scan the code that your new phone shows, and your code moves there, with no network.
moving-scan-new = Scan the new phone's code
moving-what = On the new phone open this page and choose My code is on my old phone: it shows what to scan.
moving-granted = Scan this with the new phone.
moving-grant-label = The code for the new phone to scan
moving-after = When the new phone shows your code
moving-both = Both phones can show this code now, until you wipe this old one, or the new one renews it online. Wipe it before you give it away or sell it.
moving-wipe = Wipe this old phone
moving-keep = Not now
lend-give = Let somebody show my code
lend-give-what = Family or carers can show your code on their phones. Scan their request, read it, and agree; no network is needed.
lend-no-code = Apply for your own code first.
lend-not-own = The code on the screen now is somebody else's. To let somebody show yours, bring it to the front under People and passes.
lend-scan-request = Scan a request
lend-granted = You agreed. Let the other phone scan this.
lend-grant-label = The permission, for the other phone to scan
lend-done = Done
lend-given = What I allowed
lend-moved = Moved to a new phone
lend-until = Ends: { $time }
lend-over = Ended: { $time }
lend-withdrawn = Taken back (would have ended: { $time })
lend-end = Take all of them back
lend-end-what = A permission ends by itself, also for gates with no network. To take it back before needs a network: your code is exchanged for a new one, and the former code ends with every permission on it. Gates know when they fetch new data next.
lend-end-waits = Not taken back yet. It goes by itself when you open this page with a network.
lend-ending = They are being taken back …
lend-hold = Show somebody's code
lend-hold-what = If they agree, their code is one more among People and passes. It ends with the permission; ask once more then.
lend-ask = Ask to show somebody's code
lend-name = Your name, which they will see
lend-relation = To that person you are
lend-as-parent = parent
lend-as-child = child
lend-as-spouse = spouse
lend-as-relative = relative
lend-as-carer = carer
lend-as-other = other
lend-scope = Beside colour and region it shall be able to show
lend-scope-none = Nothing beside what is always seen
lend-days = For how long
lend-ask-now = Show the request
lend-request = Let the other phone scan this. When it has agreed, scan the code that it shows.
lend-request-label = Your request, for the other phone to scan
lend-scan-answer = Scan the permission
lend-drop = Never mind
# Walking together, in the wallet
room-group = Walk together
group-what = Shows the codes of several people in turn. The gate reads all of them, in any order, and answers for the group and for each.
group-making = The codes are being made …
group-red = { $names }: red. The gate will stop the whole group. Go without that person, or call 12345 first.
group-most = { $most } people walk together at most.
group-two = A group has two people at least.
group-show = { $n ->
    [one] Show 1 code
   *[other] Show { $n } codes
}
group-pace = Each code stays for
group-pace-n = { $seconds } seconds
group-place = { $n } of { $of }
group-label = QR code of { $name }, { $place }
group-tap = Hold it before the gate's camera. Tap the code to stop.
group-paused = Stopped. Turn by hand, or tap the code to go on.
group-back = Back
group-next = Next
group-done = Done
# What was shown on somebody's behalf
behalf-title = What you showed for this person
behalf-what = Kept on this phone for 30 days, then deleted by itself. Where a gate says which place it is, that is noted.
behalf-lent = Kept on this phone for 30 days, then deleted by itself. If the person wants to know, show the list: that phone scans it.
behalf-tell = Show the list to this person
behalf-scan = Let the phone of the person whose code this is scan it, under Family and carers.
behalf-label = What you showed, for the other phone to scan
behalf-told = { $n ->
    [one] Shown once, as that phone says
   *[other] Shown { $n } times, as that phone says
}
behalf-ask = To know where your code was shown, ask that person to show the list, and scan it here.
stored-showings = What was shown for others
# --- mini-program
mini-too-old = This app is too old: it lacks something that Tongma needs.
mini-too-old-remedy = Update WeChat or Alipay, then open this mini-program again. Nothing was stored.
mini-no-core = The program did not load completely.
mini-no-core-remedy = Close it and open it again; if this comes again, delete the mini-program and come back. What is stored was not touched.
mini-no-random = This phone gave no secure random numbers, so no key can be made.
mini-no-random-remedy = Update WeChat and try again. Until then use a paper code.
mini-room-absent = This part is not in the mini-program
mini-room-absent-what = Open Tongma's page in a browser for it.
mini-gate-open = Staff: verify codes
mini-capture = Some phones hide this page from screen recordings; nothing stops a screenshot. What helps is that a code ends after a quarter of an hour, and that staff compare the name.
mini-elder-what = Only the code and “More” on the screen, all of them large.
mini-font = Letters follow WeChat's font size, too. WeChat has no voice for mini-programs; the phone's own screen reader reads this page.
mini-scan = Scan with WeChat
mini-scan-alipay = Scan with Alipay
mini-scan-unreadable = No text could be read from this code.
mini-scan-unreadable-remedy = Wipe the lens and scan again; if this comes again, it is no pass code.
mini-scan-failed = Codes can't be scanned now.
mini-scan-failed-remedy = Allow the camera in the settings behind “…” at the top right, then try again. Your code works all the same.
mini-alipay-scan-failed-remedy = Allow the camera in Alipay's settings, then try again. A text can be pasted, too.
mini-privacy = Scanning needs the camera. Its picture is read on this phone only, and neither kept nor sent.
mini-privacy-read = Read the privacy guide
mini-privacy-agree = Agree and go on
mini-privacy-refuse = Don't agree
mini-privacy-refused = Without your consent the camera is not used.
mini-privacy-refused-remedy = Tap again and agree when you want to scan. Your code works all the same.
mini-file-failed = The file was not saved.
mini-file-failed-remedy = Please try again. Nothing was changed.
mini-reason-storage-refused = Data can't be stored now.
mini-remedy-storage-refused = Open this mini-program again; otherwise your data are lost when it is closed.
mini-remedy-storage-newer = Close it and open it again for the new version. Nothing was changed.
mini-remedy-camera-refused = Allow the camera in the settings behind “…” at the top right, then try again. A text can be pasted, too.
mini-remedy-internal = Open this mini-program again. If this comes again, tell whoever maintains it.
