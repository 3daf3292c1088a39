### Comments at the desk.

comments-title = Comments
comments-waiting = { $count ->
    [0] Nothing waits for a decision.
    [one] One comment waits for a decision.
   *[other] { $count } comments wait for a decision.
}
comments-queues = Queues
comments-queue-reported = Reported
comments-queue-held = Held
comments-queue-new = New
comments-order-oldest = Longest waiting first
comments-order-score = Likeliest toxic first
comments-behind = Next in line
comments-nothing = Well done. New comments appear here by themselves when you load the page again.
comments-nothing-reported = No open reports
comments-nothing-held = Nothing is held
comments-nothing-new = Everything was looked at
comments-one = A comment
comments-alone = This comment alone
comments-no-name = No name
comments-empty-text = (no text)
comments-no-story = Its story is not published.
comments-rules-here = Rules for this story
comments-answers = Answers { $name }:
comments-gone = Its writer took it out, or has not confirmed it yet. There is nothing to decide.
comments-featured = Featured
comments-staff = Newsroom
comments-score = { $percent } % toxic?
comments-drove = The score comes from:
comments-settled = Settled
comments-reports = { $count ->
    [one] One report
   *[other] { $count } reports
}

## Where it stands, and why
comments-state-unconfirmed = Not confirmed
comments-state-held = Held
comments-state-shown = Shown
comments-state-rejected = Rejected
comments-state-removed = Removed by its writer
comments-state-erased = Erased
comments-why-mode = Everything is held here
comments-why-newcomer = New writer
comments-why-word = Suspect word
comments-why-links = Many links
comments-why-letters = Mixed alphabets
comments-why-score = High score
comments-why-shadow = Shadow
comments-why-reports = Held by hand or by reports
comments-why-edited = Changed
comments-reason-abuse = Insult or hate
comments-reason-spam = Spam
comments-reason-other = Something else
comments-reason-illegal = Notice of illegal content

## Decisions
comments-approve = Approve
comments-reject = Reject
comments-hold = Hold
comments-feature = Feature
comments-unfeature = Stop featuring
comments-skip = Skip
comments-undo = Undo my last decision
comments-undo-one = Undo
comments-undo-of = Undo the decision of { $at }
comments-reply = Answer as the newsroom
comments-reply-text = Answer
comments-reply-send = Publish the answer
comments-ban = Ban the writer
comments-ban-kind = Kind
comments-ban-ban = Ban: may not write
comments-ban-shadow = Shadow: held without telling
comments-ban-for = For how many days
comments-ban-for-hint = Empty: for good, or as long as the network address is kept.
comments-ban-reason = Reason, for the others at the desk
comments-ban-reader = Holds against this reader’s account.
comments-ban-address = This writer has no account. The ban holds against the network address, which others may share, and ends with it: seven days after the comment was written.
comments-ban-do = Ban
comments-history = More by this reader
comments-history-address = More from the same network in the last days
comments-history-none = Nothing else.
comments-history-more = There is more.
comments-decisions = Decisions
comments-done-approve = Approved.
comments-done-reject = Rejected.
comments-done-hold = Held.
comments-done-feature = Featured.
comments-done-unfeature = Not featured any more.
comments-done-ban = Banned.
comments-done-shadow = From now on this writer’s comments are held without telling them.
comments-done-reply = Your answer is published.
comments-done-lift = The ban is lifted.
comments-done-rules = The rules are saved and hold from now on.
comments-decided-already = Somebody else decided on that comment meanwhile. Nothing was changed.
comments-undone = Taken back: everything stands as it stood before.
comments-undo-late = This cannot be taken back any more: somebody decided on it since.
comments-undo-nothing = There is no decision of yours to take back.
comments-undo-not = This kind of decision cannot be taken back.
comments-reply-hidden = Only what readers see can be answered. Approve it first.
comments-reply-empty = The answer is empty or too long.
comments-ban-staff = The newsroom cannot be banned.
comments-ban-nobody = Nothing is known of this writer any more: there is nobody to ban.
comments-ban-days = The days must be a whole number from 1 to 3650, or empty.

## The log
comments-log = Log of decisions
comments-log-sub = Who decided what, and when. Nothing is ever taken out of this list.
comments-log-empty = Nobody has decided anything yet.
comments-older = Older decisions
comments-was-undone = Taken back
comments-action-approve = Approved
comments-action-reject = Rejected
comments-action-hold = Held
comments-action-feature = Featured
comments-action-unfeature = Stopped featuring
comments-action-reply = Answered as the newsroom
comments-action-ban = Banned a writer
comments-action-shadow = Put a writer in the shadow
comments-action-lift = Lifted a ban
comments-action-rules = Changed the rules
comments-bans = Bans that hold
comments-ban-who-reader = a reader
comments-ban-who-address = a network address
comments-ban-until = until
comments-ban-good = for good
comments-lift = Lift
comments-lift-of = Lift the ban of { $at }

## The rules
comments-rules = Rules
comments-rules-sub = What holds for the whole site. Sections and stories may differ.
comments-save = Save the rules
comments-mode = How comments come to be shown
comments-mode-open = At once; moderators read afterwards
comments-mode-newcomers = Newcomers are held, others are shown at once
comments-mode-held = Everything is held
comments-mode-closed = Closed: to be read only
comments-mode-off = Off: no comments here
comments-who = Who may write
comments-who-name = Anybody with a name
comments-who-email = Who confirms an e-mail address
comments-who-passkey = Who has a passkey
comments-who-hint = E-mail needs a mail relay in the settings, a passkey a public address that is a name. Without an account everybody counts as a newcomer.
comments-newcomers = Approved comments after which nobody is a newcomer
comments-newcomers-hint = For “Newcomers are held”.
comments-close = Close after days
comments-close-hint = Days after publication; 0: never.
comments-edit-minutes = Minutes in which a writer may change a comment
comments-links = Links before a comment is held
comments-links-hint = Spam lives by links.
comments-longest = Longest comment, in characters
comments-hold-score = Hold from this score, in percent
comments-hold-score-hint = The scorer knows English only and errs; it holds and never refuses. 0: never hold.
comments-a-minute = Comments a minute by one writer
comments-a-minute-hint = 0: no limit.
comments-a-minute-address = Comments a minute from one network address
comments-banned = Banned words: refused
comments-banned-hint = One word or phrase a line, * for any ending. Spaces, digits for letters and look-alike letters are seen through.
comments-suspect = Suspect words: held
comments-suspect-hint = As above, but the comment waits for you.
comments-number-wrong = A whole number from { $least } to { $most }, please.
comments-words-many = At most { $most } words.
comments-days-wrong = The days must be a whole number.
comments-exceptions = Where it is different
comments-exceptions-hint = For a story, open one of its comments and choose “Rules for this story”.
comments-exception-of = Section or story
comments-exception-save = Save the exception
comments-exception-end = End
comments-exception-end-of = End the exception for { $name }
comments-as-site = As the site
