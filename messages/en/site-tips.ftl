# The tip line, as sources meet it.

## The tip page
site-tips-title = Send us a tip
site-tips-dek = Tell us what you know, attach what shows it, and come back for our answer.
site-tips-languages = Language of this page
site-tips-return-link = You have a codename? Read our answer
site-tips-closed-title = Our sealed tip line is not open
site-tips-closed = We would rather say so than let you type something here that we cannot protect.
site-tips-desk = Who should read it
site-tips-desk-one = It goes to: { $desk }
site-tips-desk-unknown = Choose one of the desks.
site-tips-text = What you want to tell us
site-tips-text-hint = Who, what, when, where, and how you know. Leave out what only you could know, if nobody must guess who wrote.
site-tips-files = Files
site-tips-files-hint = Pictures and documents often name the device, the place or the person that made them. The journalists you write to will see that.
site-tips-files-most = Up to { $megabytes } MB in all.
site-tips-plain-title = Before you send: this way is the weaker one
site-tips-plain = Your browser runs no script, so your words travel encrypted to our server (HTTPS) and are sealed there, in memory, before anything is written to a disk. For that moment our server can read them, and so could whoever controls it. With scripts allowed for this page, your words are sealed before they leave your device.
site-tips-sealed-title = Before you send: it is sealed in your browser
site-tips-sealed = Your browser seals what you write to the journalists of this desk before it leaves your device. Our server keeps it and cannot open it. What the server can see is that somebody sent something, when it came, and roughly how large it is. What this protects, and what it does not, is said further down.
site-tips-send = Send
site-tips-empty = Write something, or attach a file.
site-tips-text-long = This is too long for one message. Attach it as a file.
site-tips-phone-title = Or call
site-tips-phone-badge = Weaker: not sealed on the way
site-tips-phone = The telephone company knows your number, ours, the time and how long you spoke, and can listen. A text message can be read by every company it passes. If what you know could put you in danger, use a telephone that is neither yours nor your employer’s, and do not call from work.
site-tips-phone-or-text = Or call, or send a text message
site-tips-mail-title = Or write an e-mail
site-tips-mail = A mail passes through several companies that can read it, keep it and hand it over. If what you know could put you in danger, write here on this page instead; from an address that names you or from work, do not write at all.
site-tips-way-sms = A text message: who sees what
site-tips-way-sms-them = Your telephone company, and the company that runs our number, see your number, ours, the time, and every word and picture. They keep records of it, some of them for months or years.
site-tips-way-sms-us = Our server receives it in the open and seals it at once, in memory; then it asks the company that runs our number to delete its copy. Your number is sealed with it: the journalists see it, and it stands nowhere else with us. Your telephone keeps what you sent until you delete it.
site-tips-way-voice = A call: who sees what
site-tips-way-voice-them = Your telephone company, and the company that runs our number, see your number, ours, the time and the length, and can listen. The company that runs our number records what you say after the tone.
site-tips-way-voice-us = Our server fetches the recording and seals it as it comes; then it asks that company to delete its recording and its note of the call. The journalists hear your voice and see your number; it stands nowhere else with us.
site-tips-way-own = A call: who sees what
site-tips-way-own-them = Your telephone company, and ours, see your number, ours, the time and the length, and can listen.
site-tips-way-own-us = A telephone system of our own records what you say after the tone. The recording lies there in the open until our server has sealed it, usually within a minute, and is then written over. The journalists hear your voice and see your number.
site-tips-way-mail = An e-mail: who sees what
site-tips-way-mail-them = Your mail host and ours see your address, ours, the time and the subject, and every word and file that you did not encrypt yourself. Both may keep copies, and your own folder of sent mail keeps one.
site-tips-way-mail-us = Our server seals your mail as soon as it gets it. Your address is sealed with it: the journalists see it. What lies at the mail hosts we cannot delete.
site-tips-way-back = You get no codename this way: we can answer only by calling or writing back.
site-tips-protection = What is protected, and what is not
site-tips-protection-what = What
site-tips-protection-how = How it stands
site-tips-protection-words = Your words and files
site-tips-protection-words-how = Sealed to the journalists of the desk you choose. Whoever takes our server’s disk, or a backup, cannot read them without a journalist’s passphrase.
site-tips-protection-visit = That you were here
site-tips-protection-visit-how = We write down neither your address nor your browser. Your network (at work, at home, the mobile company) sees that you visited this site, though not which page. Tor Browser hides that from it; do not write from work.
site-tips-protection-when = When, and how much
site-tips-protection-when-how = Our server keeps the day, the desk and roughly the size: not the hour. Until the next night the disk itself may still tell it.
site-tips-protection-server = An attacker who controls our server
site-tips-protection-server-how = Could send you another page than ours and read what you type into it. The fingerprint below helps you notice; for the greatest care, meet a journalist.
site-tips-protection-device = Your own device
site-tips-protection-device-how = We cannot protect you from somebody who watches your screen, your keyboard or your employer’s computer. Your browser may remember that you were here.
site-tips-protection-time = How long we keep it
site-tips-protection-time-how = When we are done with a tip, it is erased after a while: usually { $days } days.
site-tips-fingerprint = Our key’s fingerprint
site-tips-fingerprint-printed = Our newsroom has the same digits printed elsewhere: { $where } Look there, not on this site alone. If they differ, do not write here.
site-tips-fingerprint-ask = Ask a journalist of ours for these digits by another way: on the telephone, on paper, in person. If they differ, do not write here.
site-tips-fingerprint-words = In words:
site-tips-onion = In Tor Browser this site also has an address of its own:

## The codename
site-tips-done-title = It has arrived. This is your codename
site-tips-done-once = Write these seven words on paper now. They are shown only this once, we do not have them, and they are the only way to our answer.
site-tips-done-after = Then close this window. Come back to this page in a few days, from a place where nobody watches you, and choose “Read our answer”.
site-tips-done-plain = Our server made this codename because your browser ran no script. It has forgotten it already.

## Coming back
site-tips-return-title = Read our answer
site-tips-codename = Your codename
site-tips-codename-hint = Seven words. Capitals, commas and hyphens do not matter.
site-tips-codename-plain = Without a script the codename goes to our server, which opens our answer for you in memory and then forgets it. With scripts allowed it never leaves your device.
site-tips-codename-sealed = The codename does not leave this browser. It opens our answer here, on your device; our server sees only a value worked out from it, with which it finds your message.
site-tips-codename-open = Open
site-tips-codename-count = A codename has seven words; these are { $count }.
site-tips-codename-word = Word { $number } is not one of ours. Look whether it is spelled as on your paper.
site-tips-codename-wrong = Nothing lies under this codename. Look whether every word is as on your paper; or it was erased because it was done with.
site-tips-thread-title = Your conversation with us
site-tips-from-us = From us
site-tips-from-you = From you
site-tips-own-sealed = Sealed to the journalists; it cannot be shown again.
site-tips-no-replies = We have not answered yet. Come back in a few days.
site-tips-unsigned = This message does not carry a signature of this desk, or was changed. Do not trust it.
site-tips-more-title = Write more
site-tips-more-sent = Your message has arrived. Your codename stays the same.
site-tips-to-tip = Write to us for the first time

## What the script says
site-tips-script-making = Making your codename. This takes a few seconds.
site-tips-script-checking = Checking our keys.
site-tips-script-working = Doing a little arithmetic that keeps machines from flooding us.
site-tips-script-sealing = Sealing.
site-tips-script-sending = Sending.
site-tips-script-done = It has arrived.
site-tips-script-opening = Opening.
site-tips-script-wrong-keys = The keys that this server sent are not signed by the newsroom. Nothing was sent. Do not write here; reach us another way.
site-tips-script-too-large = This is more than we can take at once.
site-tips-script-failed = It could not be sent. What you wrote is still here; try again.

## What goes wrong
site-tips-error-title = That did not work
site-tips-error-busy-title = Very busy, try again
site-tips-error-busy = More is arriving than we can take just now. Nothing of yours was kept. Go back, wait a few minutes, and send it again.
site-tips-error-work = This form is too old, or was sent before. Load the page again.
site-tips-again-work = This form was too old, or was sent before: this time nothing was kept. What you wrote stands below. Send it again.
site-tips-again-busy = More is arriving than we can take just now. Nothing of yours was kept. What you wrote stands below: wait a few minutes, and send it again.
site-tips-again-large = Your files are more than we can take at once. Nothing was kept. What you wrote stands below.
site-tips-again-files = Files must be chosen again.
site-tips-error-envelope = What arrived is not a sealed message. Nothing was kept.
site-tips-error-form = The form arrived incomplete. Nothing was kept; go back and send it again.
site-tips-error-large = This is more than we can take at once. Nothing was kept.
site-tips-error-thread-full = This conversation is full. Write to us anew, and say that you wrote before.
site-tips-error-closed = The line was closed meanwhile. Nothing was kept.
site-tips-kept-text = What you wrote
site-tips-kept-text-hint = Copy it if you want to send it later: it is nowhere but on this page.
site-tips-error-known = A message with this codename is here already. Come back with it to write more.
site-tips-error-stale = Our keys have changed meanwhile. Load the page again.
site-tips-error-not-found = There is nothing here.

## What a caller hears
site-tips-call-warning = This is the tip line of { $site }. Please listen first: this call is not sealed on its way. The telephone companies know your number and ours, and can listen. What you say is recorded, sealed for our journalists, and the recording is then deleted here. If what you know could put you in danger, hang up now, and write to us on our web site instead, from a device that is not your employer's. Otherwise speak after the tone. Press the hash key when you are done.
site-tips-call-thanks = Thank you. We have your message. Goodbye.
site-tips-call-nothing = We heard nothing. Goodbye.
site-tips-call-closed = This is the tip line of { $site }. It cannot take messages now. Nothing was recorded. Please try again later, or write to us. Goodbye.
