# Every text of both pages and of the command line. One file per language, the same identifiers in each.

# --- both pages
app-name = Tongma
language-other = 中文
notice-close = Got it
update-ready = A new version is ready.
update-now = Use it now
loading = One moment …
try-again = Try again
show-reason = What to do

# --- wallet
wallet-title = Tongma wallet
wallet-kind = Wallet
apply-title = Apply for your code
apply-intro = Once is enough. Afterwards the code is here at every opening, also without a network.
apply-name = Name
apply-name-hint = As on your document
apply-document-kind = Document
apply-document-number = Document number
apply-phone = Mobile phone
apply-phone-hint = 11 digits, or with + and country code
apply-send = Apply
apply-privacy = These four go to the authority that issues your code, and to nobody else. On this phone only the masked number stays.
apply-problem = That did not work yet
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
code-of = Code of { $name }
code-colour-green = Green code
code-colour-yellow = Yellow code
code-colour-red = Red code
code-qr-label = QR code of { $name }: { $colour }, valid until { $time }
code-preparing = The code is being made …
code-over = This code has ended. A new one is being made …
code-left = Time left
code-until = Valid until { $time }
code-document = Document
code-region = Region
code-issuer = Issuer
code-credential-until = Code can be shown until { $time }
code-offline = Works without a network. It renews itself.
blocked-title = This can't go on here

# --- verifier
verifier-title = Tongma verifier
verifier-kind = Verifier
scan-title = Hold the code in front of the camera
scan-hint = Or use a hand scanner: just scan.
scan-picture = Picture file
scan-paste = Paste text
scan-paste-label = Text of the code
scan-paste-read = Check
scan-paste-cancel = Cancel
scan-video-label = Camera picture
checking = Checking …
verdict-pass = May enter
verdict-restricted = With conditions
verdict-stop = May not enter
verdict-invalid = Code not valid
verdict-cannot-tell = Cannot tell
verdict-next = Scan next
verdict-disclosed = Shown by the person
verdict-name = Name
verdict-document = Document
verdict-test = Test
verdict-vaccination = Vaccination
verdict-region = Region
verdict-issuer = Issuer
verdict-made = Made at { $time }
verdict-until = Valid until { $time }
verdict-seen = Seen here before, at { $time }. Is it the same person?
verdict-pass-hint = The code is genuine. Compare the name if you know the person.
verdict-restricted-hint = The code is genuine and yellow. Follow the rules of your place for yellow codes.
data-bundle = Trust list
data-status = Status list
data-fresh = up to date ({ $age })
data-ageing = { $age }, refresh before { $until }
data-stale = too old ({ $age })
data-missing = not there yet
data-refresh = Refresh
age-minutes = { $n ->
    [one] 1 minute old
   *[other] { $n } minutes old
}
age-hours = { $n ->
    [one] 1 hour old
   *[other] { $n } hours old
}
age-days = { $n ->
    [one] 1 day old
   *[other] { $n } days old
}

# --- reasons: what happened; remedies: what to do
reason-not-a-pass = This is no pass code.
remedy-not-a-pass = { $looksLike ->
    [url] It is a web address. Ask for the pass code.
    [wi-fi] It is a code for a wireless network. Ask for the pass code.
    [payment] It is a payment code. Ask for the pass code.
   *[other] Ask for the pass code.
}
reason-prefix-version = This code is of a newer format (version { $version }).
remedy-prefix-version = Update this page, then scan again.
reason-text-lower-case = The text was changed to lower case.
remedy-text-lower-case = Switch off caps lock or the conversion in the hand scanner, then scan again.
reason-text-too-long = The text is longer than any code.
remedy-text-too-long = Scan one code at a time.
reason-text-malformed = The code is damaged or incomplete.
remedy-text-malformed = Scan it again, with the whole code in the picture.
reason-cbor-truncated = The code is cut off.
remedy-cbor-truncated = Scan it again, with the whole code in the picture.
reason-cbor-trailing-bytes = There is something behind the end of the code.
remedy-cbor-trailing-bytes = Scan one code at a time. If it stays so, the code is not genuine.
reason-cbor-indefinite = The code is not written as it must be.
remedy-cbor-indefinite = Ask for a code from the official wallet.
reason-cbor-not-minimal = The code is not written as it must be.
remedy-cbor-not-minimal = Ask for a code from the official wallet.
reason-cbor-duplicate-key = The code says something twice.
remedy-cbor-duplicate-key = Ask for a code from the official wallet.
reason-cbor-too-deep = The code is built to cause harm.
remedy-cbor-too-deep = Do not accept it.
reason-cbor-too-large = The code is larger than allowed.
remedy-cbor-too-large = Do not accept it.
reason-cbor-malformed = The content of the code can't be read.
remedy-cbor-malformed = Scan it again. If it stays so, the code is not genuine.
reason-wrong-type = This is another kind of code than is needed here.
remedy-wrong-type = Ask the person to open the wallet and show the code page.
reason-credential-not-presentation = This is the stored credential, not a code shown by the person.
remedy-credential-not-presentation = Ask the person to open the wallet and show the code page.
reason-token-malformed = The code lacks something or has something wrong in it.
remedy-token-malformed = Ask the person to open the wallet again. If it stays so, the code is not genuine.
reason-algorithm-not-allowed = The code is signed in a way that is not accepted.
remedy-algorithm-not-allowed = Ask for a code from the official wallet.
reason-bundle-missing = This device has no trust list yet.
remedy-bundle-missing = Go online once and press refresh.
reason-bundle-wrong-root = The trust list is not signed by the authority of this device.
remedy-bundle-wrong-root = Nothing was taken over. Open this page from its official address.
reason-bundle-rolled-back = The trust list offered ({ $offered }) is older than the one held ({ $held }).
remedy-bundle-rolled-back = Nothing was taken over. Refresh again later.
reason-bundle-expired = The trust list ended at { $expiredAt }.
remedy-bundle-expired = Go online and press refresh. Until then check the document.
reason-bundle-too-old = The trust list is too old (made at { $issuedAt }).
remedy-bundle-too-old = Go online and press refresh. Until then check the document.
reason-unknown-issuer = The issuer of this code is not in the trust list.
remedy-unknown-issuer = Refresh the trust list. If it stays so, check another proof.
reason-unknown-key = The issuer's key is not in the trust list.
remedy-unknown-key = Refresh the trust list. If it stays so, the code may be forged: check another proof.
reason-key-use = The code is signed with a key that is not for this.
remedy-key-use = Do not accept it.
reason-key-region = The issuer may not issue codes for region { $region }.
remedy-key-region = Do not accept it.
reason-bad-signature = The code is forged or damaged: its signature does not fit.
remedy-bad-signature = Scan it again. If it stays so, do not accept it.
reason-disclosure-unmatched = The code shows data that the issuer did not put into it.
remedy-disclosure-unmatched = Do not accept it.
reason-disclosure-doubled = The code shows the same data twice.
remedy-disclosure-doubled = Do not accept it.
reason-disclosure-malformed = Data shown in the code can't be read.
remedy-disclosure-malformed = Ask the person to open the wallet again.
reason-clock-wrong = The clock of this device is wrong: it says { $now }, but it is after { $notBefore }.
remedy-clock-wrong = Set date and time to automatic in the device's settings, then try again.
reason-expired = { $layer ->
    [credential] The code's credential ended at { $expiredAt }.
    [status-list] The status list ended at { $expiredAt }.
    [application] The application is too old.
   *[other] This code ended at { $expiredAt }.
}
remedy-expired = { $layer ->
    [credential] Apply again in the wallet. If the date looks wrong, check the device's clock.
    [status-list] Go online and press refresh.
    [application] Check this device's clock, then send it again.
   *[other] Ask the person to open the wallet: it makes a new code. If that doesn't help, compare both clocks.
}
reason-not-yet-valid = This code is valid only from { $validFrom }.
remedy-not-yet-valid = One of the two clocks is wrong. Set date and time to automatic on both devices.
reason-lifetime-too-long = This code claims to be valid longer than 15 minutes.
remedy-lifetime-too-long = Do not accept it.
reason-times-inconsistent = The times within the code contradict one another.
remedy-times-inconsistent = Ask the person to open the wallet again.
reason-audience-mismatch = This code was made for another place.
remedy-audience-mismatch = Ask the person to show the code page anew.
reason-nonce-missing = This code does not answer the question shown here.
remedy-nonce-missing = Ask the person to scan this gate's code first.
reason-nonce-mismatch = This code answers another question than the one shown here.
remedy-nonce-mismatch = Ask the person to scan this gate's code again.
reason-status-missing = The status list of this code is not on this device.
remedy-status-missing = Go online and press refresh. Until then check another proof.
reason-status-too-old = The status list is too old (made at { $issuedAt }).
remedy-status-too-old = Go online and press refresh. Until then check another proof.
reason-status-index-out-of-range = The code names a place that its status list does not have.
remedy-status-index-out-of-range = Do not accept it.
reason-revoked = The issuer has withdrawn this code.
remedy-revoked = Do not accept it. The person can ask the issuer, telephone 12345.
reason-suspended = The issuer has turned this code red.
remedy-suspended = Do not let the person in. Keep distance and follow your place's plan. The person can ask 12345.
reason-turned-yellow = The issuer has turned this code yellow.
remedy-turned-yellow = Follow the rules of your place for yellow codes. The person can ask 12345.
reason-status-unknown = The status of this code ({ $value }) is not known here.
remedy-status-unknown = Update this page. Until then check another proof.
reason-colour-yellow = The code is yellow.
remedy-colour-yellow = Follow the rules of your place for yellow codes.
reason-colour-red = The code is red.
remedy-colour-red = Do not let the person in. Keep distance and follow your place's plan.
reason-field-empty = This is still empty.
remedy-field-empty = Please fill it in.
reason-field-too-long = This is too long.
remedy-field-too-long = Please shorten it.
reason-name-malformed = A name has only letters, spaces, and · - '.
remedy-name-malformed = Write it as on the document.
reason-document-malformed = The number does not fit this kind of document.
remedy-document-malformed = Compare it with the document, or choose another kind.
reason-document-check-digit = The ID number has a typing error: its last digit does not fit.
remedy-document-check-digit = Compare all 18 characters with the card.
reason-document-birth-date = The birth date within the ID number does not exist.
remedy-document-birth-date = Compare digits 7 to 14 with the card.
reason-phone-malformed = This is no complete phone number.
remedy-phone-malformed = 11 digits, or + with country code.
reason-application-refused = The authority has refused the application.
remedy-application-refused = Check what you entered. For help call 12345.
reason-answer-malformed = The authority's answer could not be used.
remedy-answer-malformed = Nothing is lost. It is tried again by itself.
reason-credential-foreign-key = The code received belongs to another phone.
remedy-credential-foreign-key = It was not taken over. It is tried again by itself.
reason-offline = The authority can't be reached.
remedy-offline = Nothing is lost. Check the network; it is tried again by itself.
reason-server-fault = The authority has a fault of its own ({ $status }).
remedy-server-fault = Nothing is lost. It is tried again by itself.
reason-camera-refused = The camera is not allowed.
remedy-camera-refused = Allow the camera for this page in the browser's settings. Until then use a picture, a text or a hand scanner.
reason-camera-absent = This device has no camera.
remedy-camera-absent = Use a picture, a text or a hand scanner.
reason-camera-in-use = Another program uses the camera.
remedy-camera-in-use = Close the other program and come back here.
reason-nothing-read = No code was found in the picture.
remedy-nothing-read = Choose a sharp picture with the whole code in it.
reason-picture-unreadable = This file can't be opened as a picture.
remedy-picture-unreadable = Choose a PNG or JPEG picture.
reason-storage-full = The device has no room left.
remedy-storage-full = Delete something on the device. Until then nothing new is kept.
reason-storage-refused = The browser does not let this page keep anything.
remedy-storage-refused = Leave private mode, or allow storage. Until then everything is gone when the page is closed.
reason-storage-damaged = What was stored can't be read any more.
remedy-storage-damaged = It is kept aside. Please apply again.
reason-storage-newer = A newer version of this page has been here (version { $version }).
remedy-storage-newer = Reload the page to get the newer version. Nothing was changed.
reason-other-tab = This page is open in another tab, which has changed something.
remedy-other-tab = Go on here with what the other tab stored, or close one of the two.
reason-key-unusable = The key of this phone is gone or can't be used.
remedy-key-unusable = Please apply again: the code is bound to the phone's key.
reason-browser-too-old = This browser lacks something that is needed.
remedy-browser-too-old = Update the browser, and open the page with https.
reason-internal = Something went wrong in this program.
remedy-internal = Reload the page. If it happens again, tell the maintainers.
