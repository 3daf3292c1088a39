### Comments on the public site.

## The thread
site-comments-title = Comments
site-comments-on = Comments on “{ $title }”
site-comments-count = { $count ->
    [0] No comments yet
    [one] One comment
   *[other] { $count } comments
}
site-comments-none = Nobody has written anything yet.
site-comments-first = Be the first.
site-comments-write = Write a comment
site-comments-sort = Order
site-comments-sort-newest = Newest
site-comments-sort-oldest = Oldest
site-comments-sort-respect = Most respected
site-comments-featured = Chosen by the newsroom
site-comments-newsroom = Newsroom
site-comments-edited = changed
site-comments-in-answer = In answer to { $name }
site-comments-in-answer-gone = In answer to a comment that was removed
site-comments-reply = Reply
site-comments-reply-to = Reply to { $name }
site-comments-respect = Respect
site-comments-report = Report a comment
site-comments-report-short = Report
site-comments-report-this = Report the comment of { $name }
site-comments-link = Link to the comment of { $name }
site-comments-more-answers = { $count ->
    [one] One more answer
   *[other] { $count } more answers
}
site-comments-more = More comments
site-comments-start = From the beginning
site-comments-all = All comments
site-comments-answers = Answers
site-comments-gone-writer = Removed by the writer
site-comments-gone-newsroom = Removed by the newsroom
site-comments-new = { $count ->
    [one] One new comment
   *[other] { $count } new comments
}
site-comments-show-new = Show new comments
site-comments-failed = That did not work. Please try again.
site-comments-me-short = Your comments
site-comments-closed = This conversation is closed. It can still be read.
site-comments-off = There are no comments here.

## Writing
site-comments-answer-to = Answer { $name }
site-comments-as = You write as { $name }.
site-comments-name = Name
site-comments-email = E-mail address
site-comments-email-hint = Never shown. You get a link that shows your comment.
site-comments-trap = Leave this empty
site-comments-text = Comment
site-comments-text-hint = *emphasis*, > quotation, and addresses that begin with https:// work. Please stay civil.
site-comments-notify = Mail me when somebody answers
site-comments-held-hint = Comments of new writers are read by the newsroom before they are shown.
site-comments-send = Send
site-comments-cancel = Cancel
site-comments-name-missing = Please give a name.
site-comments-name-long = At most { $most } characters, please.
site-comments-email-wrong = This is not an e-mail address.
site-comments-text-missing = Please write something.
site-comments-text-long = At most { $most } characters, please.
site-comments-parent = What you answer is not there any more.
site-comments-word = Your comment holds a word that is not accepted here. Please say it differently.
site-comments-twice = You have sent this already. It is kept once.
site-comments-banned = You cannot write here at the moment.
site-comments-machine = This form was filled in by a machine.
site-comments-own-respect = Your own comment has your respect already.

## What became of it
site-comments-own = Your comment
site-comments-posted-shown = Thank you. Your comment is shown.
site-comments-posted-held = Thank you. Somebody of the newsroom reads your comment before it is shown.
site-comments-posted-unconfirmed = Thank you. Open the link that we have sent to your address, and your comment goes its way.
site-comments-posted-rejected = The newsroom does not show this comment.
site-comments-posted-removed = This comment was removed.
site-comments-posted-erased = This comment was removed.
site-comments-state-shown = shown
site-comments-state-held = waits for the newsroom
site-comments-state-unconfirmed = waits for your link
site-comments-state-rejected = not shown
site-comments-state-removed = removed
site-comments-state-erased = removed
site-comments-back = Back to: { $title }
site-comments-edit = Change it
site-comments-edit-until = Possible until { $at }.
site-comments-save = Save
site-comments-too-late = The time in which a comment can be changed is over.
site-comments-remove = Remove it
site-comments-remove-hint = Its text and your name go for good; answers to it stay.
site-comments-removed = Removed
site-comments-removed-text = Your comment is gone.
site-comments-own-hint = Keep the address of this page: with it you can change or remove the comment. Do not pass it on.
site-comments-said-changed = Changed.
site-comments-said-saved = Saved.

## Reporting
site-comments-report-of = A comment by { $name }, below
site-comments-report-reason = What is wrong with it?
site-comments-reason-abuse = It insults or hates
site-comments-reason-spam = It advertises
site-comments-reason-other = Something else
site-comments-reason-illegal = It is against the law
site-comments-report-text = What should we know?
site-comments-report-text-hint = Needed for a notice of illegal content: why you think it is against the law.
site-comments-report-long = At most 4000 characters, please.
site-comments-report-why = Please say why you think it is against the law.
site-comments-report-faith = Please confirm this for a notice of illegal content.
site-comments-legal = For a notice of illegal content only
site-comments-legal-hint = Under article 16 of the EU’s Digital Services Act. We acknowledge it by mail, decide on it, and tell you what we decided.
site-comments-legal-name = Your name
site-comments-legal-faith = I believe in good faith that what I state here is accurate and complete.
site-comments-report-send = Send the report
site-comments-reported = Thank you
site-comments-reported-text = The newsroom will look at it.
site-comments-reported-legal = Your notice has arrived. You will be told by mail what becomes of it.

## Coming in
site-comments-sign-in = Sign in
site-comments-sign-in-hint = No password: you get a link by mail.
site-comments-sign-in-send = Send me the link
site-comments-sign-in-open = Hello, { $name }. Press the button to come in.
site-comments-sign-in-enter = Come in
site-comments-sign-in-used = This link does not work any more. It works once, for a day.
site-comments-sent = Look into your mail
site-comments-sent-text = If mail reaches this address, there is a link in it soon. It works for a day.
site-comments-no-mail = This newsroom has not set up mail yet, so it can send no links.
site-comments-sign-out = Sign out

## Your affairs
site-comments-me = Your comments and settings
site-comments-me-comments = What you wrote
site-comments-me-none = Nothing yet.
site-comments-me-empty = (no text)
site-comments-me-name = Your name
site-comments-me-name-hint = For what you write from now on.
site-comments-me-mails = Mails
site-comments-me-data = Your data
site-comments-me-download = Download everything (JSON)
site-comments-erase = Erase everything
site-comments-erase-hint = Your comments become “removed by the writer”. Your name, your address and all you wrote go at once and for good.
site-comments-erase-sure = I want everything erased
site-comments-erased = Erased
site-comments-erased-text = Nothing of you is kept here any more.
site-comments-unsubscribe = No more mails
site-comments-unsubscribe-text = Press the button, and we do not write to you about answers any more.
site-comments-unsubscribed = No more mails
site-comments-unsubscribed-text = We do not write to you about answers any more.

## When something is wrong
site-comments-error = That did not work
site-comments-error-form = Something in the form is missing or wrong.
site-comments-error-not-found = There is no such comment or story, or it is not shown any more.
site-comments-error-signed-out = Please sign in first.
site-comments-error-large = That is too much for one comment.
site-comments-error-many = That was quick. Please wait a moment and try again.
site-comments-error-stale = Somebody changed it meanwhile. Please look again.

## Mails
site-comments-mail-link-subject = Your link to { $site }
site-comments-mail-link-body =
    Hello,

    with this link you sign in at { $site }, and what you wrote with this address goes its way:

    { $link }

    It works once, for a day. If you did not ask for it, do nothing: nothing will be shown.
site-comments-mail-answer-subject = { $name } answered you: { $headline }
site-comments-mail-answer-body =
    { $name } answered your comment on “{ $headline }”:

    { $text }

    { $link }

    No more mails about answers: { $stop }
site-comments-mail-notice-subject = Your notice has arrived
site-comments-mail-notice-body =
    Your notice of illegal content about this comment has arrived at { $site }:

    { $link }

    A person will decide on it, and you will be told what was decided.
site-comments-mail-notice-removed-subject = Decision on your notice
site-comments-mail-notice-removed-body =
    A person at { $site } has decided on your notice about this comment:

    { $link }

    It was removed. If you disagree, answer to this mail's sender; you may also turn to an out-of-court body or to a court.
site-comments-mail-notice-kept-subject = Decision on your notice
site-comments-mail-notice-kept-body =
    A person at { $site } has decided on your notice about this comment:

    { $link }

    It stays. If you disagree, answer to this mail's sender; you may also turn to an out-of-court body or to a court.

## Passkeys
site-comments-sign-in-mail = With a link by mail
site-comments-no-way = Nobody can sign in.
site-comments-said-passkey = Your passkey is kept.
site-comments-me-passkeys = Passkeys
site-comments-passkey = With a passkey
site-comments-passkey-hint = A passkey is a key that your device keeps for you, unlocked as the device is. It works without a password, and without an address.
site-comments-passkey-script = Passkeys need a browser that runs scripts.
site-comments-passkey-none = This browser knows no passkeys.
site-comments-passkey-elsewhere = Passkeys work at
site-comments-passkey-in = Sign in with a passkey
site-comments-passkey-new = Make a passkey and come in
site-comments-passkey-new-hint = For your first visit. We keep your name and the key’s public half, nothing else.
site-comments-passkey-add = Add a passkey
site-comments-passkey-made = Made { $at }
site-comments-passkey-used = used { $at }
site-comments-passkey-remove = Remove
site-comments-passkey-remove-of = Remove the passkey made { $at }
site-comments-passkey-only = Without an address nobody can let you in again: keep a second passkey on another device.
site-comments-passkey-last = This is your only way in. Add another passkey first, or erase everything.
site-comments-passkey-many = You have twenty passkeys. Remove one first.
site-comments-passkey-failed = That did not work with this passkey. Please try again.
site-comments-passkey-needed = Only readers with a passkey write here.
