# The tip line at the desk.

## The list
tips-title = Tips
tips-sub = What they say is sealed. It opens on your screen, with your passphrase.
tips-states = Tips by state
tips-state = State
tips-state-new = New
tips-state-assigned = Assigned
tips-state-following = Following
tips-state-closed = Closed
tips-desk = Desk
tips-desk-all = All desks
tips-show = Show
tips-tip = Tip { $short }
tips-unread = Unread
tips-erased-on = erased on { $day }
tips-pages = Pages of the list
tips-newer = Newer
tips-older = Older
tips-nothing = When a source writes, it appears here with the day and nothing more.
tips-nothing-new = Nothing new
tips-nothing-assigned = Nothing is assigned
tips-nothing-following = Nothing is being followed
tips-nothing-closed = Nothing is closed
tips-no-desk = You are at no desk of the tip line
tips-no-desk-how = A publisher takes you into one under Keys and desks. Until then tips are not shown to you, whatever your role.
tips-channel-web = sealed in the browser
tips-channel-form = form without script
tips-channel-sms = text message
tips-channel-voice = telephone
tips-channel-mail = e-mail
tips-channel-drop = recording or upload
tips-closed-no-key = Sources cannot write: the line has no key yet.
tips-closed-no-list = Sources cannot write: no list of keys has been signed.
tips-closed-expired = Sources cannot write: the signed list of keys has ended.
tips-closed-not-ours = Sources cannot write: the list of keys is not one that the newsroom’s key signed. Somebody may have changed it.
tips-closed-no-desk = Sources cannot write: no desk has anybody with keys in the signed list.

## One tip
tips-messages = { $count ->
    [one] one message
   *[other] { $count } messages
}
tips-sealed-title = This tip is sealed
tips-sealed = Its text is opened in this browser, with your passphrase: that needs a script. Without one, or away from the server, read and answer it in a terminal, on a copy of the data folder too:
tips-channel-seen = What others could see on the way
tips-seen-web = The source’s network saw a visit to this site, and whoever runs the server could have served another page. The words were sealed before they left the source’s device.
tips-seen-form = As for the web; and this server had the words in its memory for a moment, because the source’s browser ran no script.
tips-seen-sms = The telephone companies and the provider of our number saw both numbers, the time and the words. We asked the provider to delete its copy.
tips-seen-voice = The telephone companies and the provider of our number saw both numbers, the time and the length, and could listen. We asked the provider to delete its recording.
tips-seen-mail = Every mail server on the way saw who wrote, to whom, when and what, unless the source encrypted it. Its own copy may still lie in the source’s sent mail.
tips-seen-drop = The telephone network saw both numbers, the time and the length. Our own telephone system had the recording in the open until it was sealed.
tips-triage = What becomes of it
tips-state-wrong = Choose one of the states.
tips-assigned = Followed by
tips-nobody = Nobody
tips-save = Save
tips-saved = Saved.
tips-saved-sign = Saved. Sources see it once the list of keys is signed anew.
tips-first-day = First came
tips-last-day = Last changed
tips-erase-day = Erased by itself on
tips-retention = Days until erased, after closing
tips-retention-hint = Counted from the day it was closed.
tips-retention-wrong = A number of days from 0 to { $most }.
tips-retention-needed = Give a number of days, at most ten years.
tips-retention-open = Close the tip first: its days are counted from then.
tips-not-at-desk = This person is not at the desk of the tip.
tips-erase = Erase
tips-erase-what = The keys that are wrapped for you are written over and removed, and the sealed text and files with them. The source’s codename then leads to nothing. Backups and copies of the disk made before still hold the sealed tip; it cannot be opened for good only when the month’s keys are destroyed too.
tips-erase-sure = Erase it for everybody at the desk
tips-erase-not-sure = Nothing was erased: tick the box to say that you mean it.
tips-erased = The tip is erased.
tips-no-source = This source left no key to answer to: it came by a way without a codename.

## A tip that is opened in the browser
tips-unlock-what = Your passphrase opens it here, in this tab. Neither the passphrase nor what it opens is sent anywhere.
tips-passphrase = Passphrase of your keys
tips-passphrase-hint = Not your sign-in password. Opening takes some seconds and 256 MB of memory, on purpose.
tips-passphrase-again = The same passphrase again
tips-unlock = Open the tip
tips-thread = Messages
tips-lock = Lock now
tips-lock-when = Locks by itself after 10 minutes without a key or a touch, and when you leave the page. What you have not sent is cleared too.
tips-reply = Reply to the source
tips-reply-hint = Sealed to the source’s codename and signed by you. It can be read by the source and by everybody at this desk.
tips-reply-send = Send the reply
tips-note = A note for the desk
tips-note-text = Note
tips-reply-files = Files for the source
tips-reply-files-hint = Sealed with the reply, and handed over as they are: make publication copies of them first if they name somebody. Up to 100 MB.
tips-note-hint = Sealed too: the source does not see it, everybody at this desk can open it.
tips-note-keep = Keep the note
tips-link = Confidential source of a story
tips-link-address = Address of the story or quotation at the desk
tips-link-hint = Such as …/desk/stories/… from the address bar. Sealed in the tip: it stands nowhere else, and nothing about the story changes.
tips-link-keep = Keep the link
tips-make = Make keys
tips-make-what = Makes keys for this month and the next, as far as you have none. They are closed with your passphrase before they leave this browser.
tips-make-same = The passphrase of the keys that you have: one opens all months.
tips-change = Change the passphrase
tips-change-what = Closes your keys of all months with another passphrase, in this browser. Backups and copies of the server made before still hold them as the old one opens them: if somebody may know it, destroy the keys of past months too, and make new ones.
tips-change-old = The passphrase until now
tips-change-new = The new passphrase
tips-change-again = The new passphrase again
tips-change-do = Change it
tips-begin = Make the newsroom’s key in this browser
tips-begin-what = Only where you trust this computer and this server. A terminal on a machine kept apart is safer. The key decides who can read what sources send; the server is told its public half alone.
tips-begin-passphrase = A passphrase for the newsroom’s key
tips-begin-do = Make the key
tips-begin-made = The key is made
tips-begin-made-what = Save it now to a stick that stays in a drawer, with a copy in another place. It is nowhere else: when this page is left it is gone. Print the fingerprint in the paper and post it where sources look.
tips-begin-save = Save the key file
tips-begin-sure = It is saved, and I know its passphrase
tips-begin-use = Use this key for the line
tips-sign = Sign in this browser
tips-sign-what = Only where you trust this computer and this server: who can change what the server sends could take the newsroom’s key while it is open here. A terminal on a machine kept apart is safer.
tips-sign-file = The newsroom’s key file
tips-sign-passphrase = Passphrase of the key file
tips-sign-do = Sign the list
tips-say-other-key = This is another newsroom’s key.
tips-say-opening = Opening your keys. This takes some seconds.
tips-say-reading = Opening the messages.
tips-say-locked = Locked.
tips-say-ended = Locked before it was done.
tips-say-sealing = Sealing.
tips-say-sent = The reply is sent.
tips-say-noted = The note is kept.
tips-say-linked = The link is kept.
tips-say-link-wrong = This is no address of a story or quotation at the desk.
tips-say-making = Making your keys. This takes some seconds.
tips-say-signing = Signing.
tips-say-failed = It did not work. Try again, or use a terminal.
tips-say-passphrase = The passphrase does not open these keys.
tips-say-passphrase-short = A passphrase has at least 16 characters: four words that do not belong together are good.
tips-say-passphrase-twice = The two passphrases are not the same.
tips-say-no-keys = You have no keys here. Make them under Keys and desks; what was sealed before stays closed to you.
tips-say-not-for-you = This message is not sealed to any of your keys, or those of its month are destroyed.
tips-say-list = The newsroom’s signed list of keys is missing, has ended or is not signed by its key. Nothing can be sealed until it is signed anew.
tips-say-from-source = The source
tips-say-from-desk = The desk
tips-say-from-nobody = Sealed by this server on arrival; no source’s key signed it
tips-say-from-other = Signed by other keys than the first message: do not take it for the same source
tips-say-unsigned = Signed by nobody in the newsroom’s list of keys: do not trust it
tips-say-unchecked = Whose signature this is cannot be checked without a list of keys
tips-say-is-note = note
tips-say-is-link = link
tips-say-damaged = This message cannot be opened: it was changed or is broken.
tips-say-unreachable = This message did not arrive from the server. Lock, and open again.
tips-say-changed = Others wrote at the same time. Try again.
tips-say-changed-passphrase = The passphrase is changed.
tips-say-too-large = This is more than one message can hold.
tips-say-reply-large = These files are more than 100 MB. Send several replies, or what is larger from a terminal: onrecord tips reply --file.
tips-say-preview = Preview
tips-say-copy = Make a publication copy
tips-say-original = Original
tips-say-original-warning = An original can harm the computer that opens it, tell its maker that it was opened, and name the source to whoever gets it. Open it only on a machine without a network, and do not pass it on.
tips-say-original-save = Save the original all the same
tips-say-copy-save = Save the publication copy
tips-say-copy-what = Built anew from what is seen and heard, without the metadata that we know of. Look at it before you publish: faces, handwriting and words can name a person too.
tips-say-saving = Saving:
tips-say-fetching = Fetching and opening the file.
tips-say-working = Working on the file.
tips-say-no-preview = There is no preview:
tips-say-no-copy = There is no publication copy:
tips-say-page = Picture
tips-say-more = There is more than the preview shows.
tips-say-fact-channel = Came by
tips-say-fact-from = From
tips-say-fact-to = To
tips-say-fact-subject = Subject
tips-say-fact-received = Received
tips-say-fact-seconds = Length in seconds
tips-say-fact-message-id = Mail’s own id
tips-refused-empty = there is nothing in it.
tips-refused-too-large = it is too large: files up to 100 MB are taken, PDFs up to 50 MB. Cut a longer one into pieces where no network is, and make copies of those with onrecord strip.
tips-refused-too-many-pixels = it has too many pixels.
tips-refused-unpacks-too-large = it unpacks to more than is taken.
tips-refused-too-complex = it has more parts than are taken.
tips-refused-encrypted = it is locked by a password.
tips-refused-broken = it is broken or cut off.
tips-refused-variety = it is a variety of its format that cannot be built anew.
tips-refused-unknown-format = its format cannot be built anew.
tips-refused-active = it is markup or a program.
tips-refused-nothing-to-show = nothing in it can be shown.
tips-copied-turned = Turned upright.
tips-copied-converted = Colours converted to sRGB.
tips-copied-colours-approximate = Colours may differ a little: their profile could not be converted exactly.
tips-copied-first-frame-only = Only the first picture of the animation is there.
tips-copied-tracks-left-out = Tracks or items besides picture and sound were left out.
tips-copied-annotations-drawn = Annotations were drawn onto their page, without their authors.
tips-copied-pictures-left-out = Pictures that could not be read were left out.
tips-copied-objects-left-out = Embedded objects were left out.
tips-copied-links-left-out = Links that led outside were left out.
tips-copied-comments-kept = Comments or tracked changes are in there, without names and times.
tips-copied-invisible-left-out = Invisible characters were left out.
tips-copied-encoded-as-before = Picture or sound was copied as it was encoded.

## Keys and desks
tips-keys = Keys and desks
tips-keys-sub = Who can open what sources send, and how sources know that it is us.
tips-own = Your keys
tips-own-what = A pair for each month, closed with a passphrase that is not your sign-in password. The server keeps it closed; nobody can open your tips without the passphrase, and nobody can replace it if you forget it.
tips-own-none = You have none yet: nothing is sealed to you.
tips-own-cli = Without a script, make them in a terminal:
tips-own-destroy = Destroy keys of past months
tips-own-destroy-what = Tips that were sealed to these months can then not be opened by you, from any copy of the server made afterwards. Copies made before still hold the closed keys.
tips-key-is-closed = closed with your passphrase
tips-key-is-destroyed = destroyed
tips-before = Months before
tips-before-hint = Such as 2026-11. Empty: all of your keys.
tips-destroy-sure = I mean it: what only these keys open is lost
tips-destroy-not-sure = Nothing was destroyed.
tips-keys-destroyed = The keys are destroyed.
tips-list = The signed list
tips-fingerprint = The newsroom key’s fingerprint
tips-list-in-use = List in use
tips-list-is = number { $serial }, signed on { $issued }, good until { $until }
tips-list-ends = ends soon
tips-list-outdated = People, desks or keys have changed since the list was signed. Sources are served the old one until it is signed anew.
tips-list-cli = The list is signed with the newsroom’s key, which is kept away from this server. On a machine that has it:
tips-people = Journalists
tips-has-key = has keys
tips-has-no-key = no keys
tips-desks = Desks
tips-desks-what = A source chooses a desk; everybody at it can open what it gets, and nobody else. At most 32 people a desk.
tips-desk-closed = takes no tips
tips-desk-close = Take no more tips
tips-desk-open = Take tips again
tips-desk-make = Make a desk
tips-desk-name = Name
tips-desk-name-hint = As sources see it, such as Investigations.
tips-desk-name-wrong = One line of at most { $most } characters.
tips-desk-name-needed = A desk needs a name in one line of at most 60 characters.
tips-desk-name-taken = There is a desk of this name.
tips-desks-many = There are as many desks as sources can choose from.
tips-desk-full = 32 people are at this desk: there is no slot left in what sources seal.
tips-join = Take in
tips-join-do = Take in
tips-leave = Take out
tips-leave-of = Take out: { $name }
tips-page = On the tip page
tips-printed = Where the fingerprint is printed
tips-printed-hint = Besides the tip page, such as: page 2 of Saturday’s paper, and every journalist’s card. Sources are told to compare it there. Empty: they are told to ask a journalist by another way.
tips-printed-wrong = Where the fingerprint is printed: one line of at most 300 characters.
tips-onion-address = Onion address of this site
tips-onion-hint = Such as http://….onion. Tor Browser is told of it; other browsers see it as plain text. Empty for none.
tips-onion-wrong = An onion address has 56 letters and digits before .onion.
tips-old-keys = Past months
tips-old-keys-what = Destroys everybody’s keys of past months. What was sealed to them alone can then not be opened any more, from this server or any copy made afterwards: this is what makes erasing final.
tips-old-keys-destroy = Destroy the keys of everybody
tips-no-line = The line has no key yet: onrecord tips init makes one.
tips-line-wrong = These are not a newsroom’s id and key.
tips-line-other = The line belongs to another newsroom’s id.
tips-list-old = This list is not newer than the one in use.
tips-list-dates = This list is not good today.
tips-list-signature = The newsroom’s key did not sign this list.
tips-list-wrong = This is not a list of keys.
tips-key-wrong = These are not keys of yours.
tips-key-month = Keys are made for this month and the next two.
tips-key-there = You have keys for this month. Destroy them first to make others.
tips-key-destroyed = These keys were destroyed.
tips-no-keys = There are no keys of this person here.
tips-passphrase-wrong = The passphrase does not open these keys.
tips-passphrase-short = A passphrase has at least 16 characters: four words that do not belong together are good.

## Channels
tips-channels = Telephone and mail
tips-channels-sub = Other ways to reach the tip line. None is sealed on its way, and the tip page says so for each that is on.
tips-channels-wait = Deliveries are answered so that they are tried again.
tips-channels-wrong = Not saved yet: something below has to be put right.
tips-channels-docs = How to set each of them up, with examples: docs/tips.md.
tips-channel-on = on
tips-channel-off = off
tips-channel-desk = Desk that gets it
tips-channel-desk-first = The first desk that takes tips
tips-channel-desk-unknown = Choose one of the desks.
tips-errands-waiting = { $count ->
    [one] One delivery waits
   *[other] { $count } deliveries wait
} for the provider: to be fetched, or to be deleted there. They are tried again by themselves.
tips-errands-dead = { $count ->
    [one] One delivery was
   *[other] { $count } deliveries were
} given up after half a day: what it names may still lie at the provider. Look whether the account’s id and secret are right.
tips-errands-try = Try again
tips-errands-again = They are tried again.
tips-phone = Text messages and calls
tips-phone-what = A number at a provider that sends signed webhooks in the Twilio shape.
tips-phone-not-printed = The number is not printed on the tip page yet.
tips-phone-print = Set it in the settings
tips-phone-sms = Take text messages
tips-phone-voice = Answer calls and record messages
tips-phone-account = Account id
tips-phone-account-hint = The provider calls it the Account SID.
tips-phone-account-wrong = Letters, digits and hyphens, at most 80.
tips-phone-account-needed = Without it nothing can be taken.
tips-phone-token = Account secret
tips-phone-token-hint = The provider calls it the auth token. It is not shown again.
tips-phone-token-set = Set, and not shown again. Leave it empty to keep it.
tips-phone-token-wrong = One line of at most 300 characters.
tips-phone-token-needed = Without it no signature can be checked.
tips-phone-more = Addresses
tips-phone-public = Address at which the provider reaches this site
tips-phone-public-hint = If it is another than the site’s own. Signatures are checked against it, to the letter.
tips-phone-public-wrong = An address such as https://news.example.org, without ? and #.
tips-phone-api = The provider’s interface
tips-phone-api-hint = Recordings and pictures are fetched and deleted there, and nowhere else.
tips-phone-api-wrong = An https address such as https://api.example.com, without a password.
tips-phone-hosts = Hosts that hold its media
tips-phone-hosts-hint = Where its redirects may lead, apart by spaces. They never get the account’s secret.
tips-phone-hosts-wrong = Names of hosts, apart by spaces.
tips-phone-give = Give these addresses to the provider, all with POST:
tips-phone-give-sms = A message comes in
tips-phone-give-voice = A call comes in
tips-phone-give-status = Call status changes
tips-recordings = Recordings from our own telephone system
tips-recordings-what = Asterisk, jambonz or another: it drops recordings into a folder, or uploads them.
tips-recordings-upload = Upload
tips-recordings-how = Put it where the telephone system can read it and nobody else. It is sent as “Authorization: Bearer …”.
tips-recording-wrong = This is not a recording: WAV, OGG, MP3 or FLAC.
tips-folder = Watched folder
tips-folder-mail = Watched maildir
tips-folder-none = None on this server. It is set where the server is started:
tips-folder-unreadable = The folder cannot be read. Nothing is taken from it until it can.
tips-aside = Set aside: these could not be sealed and lie there in the open
tips-aside-too-large = { $count } larger than 500 MB, or 50 MB for a mail:
tips-aside-unreadable = { $count } that could not be read, or are no recordings:
tips-aside-none = Nothing was set aside.
tips-secret-set = A secret is set. It is not shown again.
tips-secret-none = Off until a secret is made.
tips-secret-make = Make a secret
tips-secret-replace = Make another secret
tips-secret-remove = Remove the secret
tips-secret-made = This is the secret. It is shown this once:
tips-mail = E-mail
tips-mail-what = Mails come as they are, by a webhook or from a maildir. Turn off the mail host’s own archive for the address.
tips-mail-how = The mail host sends it as “Authorization: Bearer …”, as the password of basic authentication, or signs with it.
tips-mail-webhook = Webhook
tips-mail-address = Address as it is printed
tips-mail-address-hint = Shown on the tip page once mails are taken. Empty: not shown.
tips-mail-address-wrong = An address such as tips@example.org.
tips-arrived-later = What was announced before has come.
tips-arrived-media = { $count ->
    [one] A file
   *[other] { $count } files
} came with it and could not be fetched yet. What can be fetched follows in this thread.
tips-arrived-elsewhere = { $count ->
    [one] A file
   *[other] { $count } files
} came with it from an address that is not the provider’s, and was not fetched.
tips-arrived-recording = A voice message. Its recording could not be fetched yet; it follows in this thread.

## The end
tips-destruction = Destroy everything
tips-destruction-sub = { $tips ->
    [one] One tip
   *[other] { $tips } tips
} and { $keys ->
    [one] one key
   *[other] { $keys } keys
} lie here.
tips-destruction-goes = All journalists’ keys, all tips with their files, all lists, the desks and the line’s settings are written over and removed from this server’s database and data folder. Sources cannot come back. It cannot be undone.
tips-destruction-stays = It does not reach backups, copies or snapshots of the disk, PostgreSQL’s own log until it is recycled, or the blocks that a solid-state disk keeps in reserve: there the tips are still sealed, and open with the closed keys in the same copy and a journalist’s passphrase. Nor does it reach what a journalist has exported or saved: that lies in the open. Destroy all of these too.
tips-destruction-word = Type “{ $word }”
tips-destruction-do = Destroy everything now
tips-destroyed = Everything is destroyed. The line is closed.
tips-destruction-copies = { $count ->
    [one] One copy of a message, recording or call may still lie at the telephone provider: it did not confirm that it is deleted, and its secret is gone from here. Sign in there and delete it.
   *[other] { $count } copies of messages, recordings or calls may still lie at the telephone provider: it did not confirm that they are deleted, and its secret is gone from here. Sign in there and delete them.
}

## Mail
tips-mail-notice-subject = { $site }: something waits at the desk
tips-mail-notice-body = Something waits for you at the desk:

    { $link }

    This mail says nothing else on purpose.
tips-mail-keys-subject = { $site }: keys for the month
tips-mail-keys-body = You have no keys for this month or the next. Make them at the desk, under Tips, Keys and desks:

    { $link }/keys
tips-mail-list-subject = { $site }: the list of keys ends soon
tips-mail-list-body = The signed list of keys ends soon or has ended. Sign another, or the line closes:

    { $link }/keys
