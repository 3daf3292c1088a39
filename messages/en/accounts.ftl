# The desk's people and the newsroom's settings.

## The desk's navigation
accounts-nav-stories = Stories
accounts-nav-tips = Tips
accounts-nav-front = Front page
accounts-nav-pages = Pages
accounts-nav-pictures = Pictures
accounts-nav-sources = Sources
accounts-nav-people = People
accounts-nav-sections = Sections
accounts-nav-tags = Tags
accounts-nav-authors = Authors
accounts-nav-comments = Comments
accounts-nav-next = Next article
accounts-nav-staff = Staff
accounts-nav-theme = Theme
accounts-nav-settings = Settings

## Roles
accounts-role-owner = Owner
accounts-role-publisher = Publisher
accounts-role-editor = Editor
accounts-role-reporter = Reporter
accounts-role-moderator = Moderator
accounts-role-unknown = Choose one of the roles.

## Fields
accounts-email = E-mail
accounts-email-missing = Write an e-mail address.
accounts-email-wrong = This does not look like an e-mail address.
accounts-email-taken = Somebody with this address is on the staff already.
accounts-name = Name
accounts-name-hint = As colleagues see it; bylines are set apart from it.
accounts-name-missing = Write a name.
accounts-name-wrong = A name is one line of at most { $most } characters.
accounts-password = Password
accounts-password-hint = At least 12 characters. Four words that do not belong together are good.
accounts-password-short = A password has at least { $least } characters.
accounts-password-long = A password has at most { $most } characters.
accounts-password-guessed = This is the first thing somebody would try. Choose another.
accounts-fields-wrong = { $count ->
    [one] One field needs another look. Nothing has been saved.
   *[other] { $count } fields need another look. Nothing has been saved.
}

## Signing in
accounts-sign-in = Sign in
accounts-sign-in-wrong = Address and password do not go together.
accounts-sign-in-elsewhere = The desk’s own address is another. Sign in there:
accounts-forgot = I forgot my password
accounts-recovery = A forgotten password
accounts-recovery-explained = We send you a link with which you choose a new one.
accounts-recovery-send = Send the link
accounts-recovery-sent = If { $email } belongs to somebody here, a mail is on its way.
accounts-recovery-wait = The link works once, for an hour. Nothing there after a few minutes? Look among the unwanted mail, or ask an owner of the newsroom.
accounts-recovery-no-mail = This newsroom has no mail relay, so it cannot send you a link.
accounts-recovery-operator = Ask whoever runs the server: this prints a link that works once, for an hour.
accounts-new-password = New password
accounts-new-password-for = For { $email }. Saving it signs you out everywhere else.
accounts-new-password-save = Save the password
accounts-used-link = This link does not work any more
accounts-used-link-recovery = It was used, or is more than an hour old.
accounts-used-link-invitation = It was used, taken back, or is more than a week old. Ask whoever invited you for another.
accounts-used-link-sign-in = It was used, or is more than an hour old.
accounts-used-link-again = Ask for another
accounts-welcome = Welcome
accounts-welcome-as = { $site } asks you in as: { $role }. Choose your name and a password.
accounts-welcome-enter = Enter the newsroom

## Staff
accounts-staff = Staff
accounts-staff-count = { $count ->
    [one] One person.
   *[other] { $count } people.
}
accounts-role = Role
accounts-role-of = Role of { $name }
accounts-role-change = Change
accounts-role-change-of = Change: role of { $name }
accounts-role-changed = The role is changed.
accounts-role-hint = Reporters write, editors publish, publishers run the house, owners answer for it. Moderators keep the comments.
accounts-since = Since
accounts-actions = Actions
accounts-you = You
accounts-locked-out = Locked out
accounts-locked-out-by = By { $name }, { $at }
accounts-locked-out-at = { $at }
accounts-deactivate = Lock out
accounts-deactivate-of = Lock out: { $name }
accounts-deactivate-sure = Lock { $name } out? They are signed out at once, and invitations they sent no longer work. Their stories stay.
accounts-deactivated = The person is locked out.
accounts-reactivate = Let in again
accounts-reactivate-of = Let in again: { $name }
accounts-reactivated = The person may come in again.
accounts-last-owner = This is the last owner. Make somebody else an owner first: a newsroom needs one who can come in.
accounts-invite = Invite somebody
accounts-invite-send = Invite
accounts-invited = { $email } is invited
accounts-invited-mail-sent = A mail with the link is on its way.
accounts-invited-mail-off = No mail relay is set up, so nothing was sent: give them this link yourself.
accounts-invited-mail-failed = The mail relay did not take the mail: give them this link yourself, and look at the mail settings.
accounts-invited-link = The link
accounts-invited-hint = It works once, for a week, and is shown only now.
accounts-invitations = Open invitations
accounts-invitation-until = until
accounts-invitation-withdrawn = The invitation is taken back.
accounts-withdraw = Take back
accounts-withdraw-of = Take back: invitation of { $email }

## One's own account
accounts-account = Your account
accounts-name-save = Save the name
accounts-name-changed = Your name is saved.
accounts-password-current = Present password
accounts-password-not-current = This is not your present password.
accounts-password-ends = Saving it signs you out everywhere else.
accounts-password-changed = Your password is changed, and you are signed out everywhere else.
accounts-sessions = Where you are signed in
accounts-session-unknown = Unknown browser
accounts-session-own = This one
accounts-session-seen = Last seen
accounts-session-since = since
accounts-session-end = Sign out there
accounts-session-ended = That browser is signed out.
accounts-sessions-end = Sign out everywhere else
accounts-sessions-ended = You are signed out everywhere else.

## Settings
accounts-settings = Settings
accounts-settings-sub = What readers see of the house, and how it reaches them.
accounts-settings-save = Save settings
accounts-settings-saved = The settings are saved.
accounts-settings-missing = This cannot be empty.
accounts-settings-long = One line of at most { $most } characters.
accounts-settings-name = Name of the newsroom
accounts-settings-tagline = Line below the name
accounts-settings-logo = Logo
accounts-settings-logo-hint = The public address of one of your pictures, such as /media/….jpg: its own page under Pictures says it. Empty: the name in type.
accounts-logo-wrong = Paste the address of one of your pictures; it begins with /media/.
accounts-settings-phone = Phone number for tips
accounts-settings-phone-hint = On top of every page. Empty for none.
accounts-phone-wrong = Write a number such as +34 600 000 000.
accounts-settings-zone = Time zone
accounts-settings-zone-hint = Dates are printed in it, such as Europe/Madrid.
accounts-zone-wrong = There is no such time zone. Choose one of the list, such as Europe/Madrid.
accounts-settings-languages = Languages
accounts-settings-languages-hint = Tags such as en, es, pt-BR. The first is the site’s own.
accounts-languages-missing = Name at least one language, such as en.
accounts-languages-many = At most { $most } languages.
accounts-language-wrong = “{ $tag }” is not a language tag. Examples: en, es, pt-BR.
accounts-settings-base-url = Public address
accounts-settings-base-url-hint = As readers type it, such as https://example.org. With https, sign-in works over HTTPS only.
accounts-base-url-wrong = Write http:// or https:// and a host, and nothing after it.
accounts-settings-pattern = Addresses of stories
accounts-settings-pattern-hint = Of {"{"}section{"}"}, {"{"}slug{"}"}, {"{"}year{"}"}, {"{"}month{"}"}, {"{"}day{"}"} and {"{"}id{"}"}. At present: { $example }
accounts-settings-more = Behind a proxy
accounts-settings-proxies = Addresses of proxies
accounts-settings-proxies-hint = IP addresses whose X-Forwarded-For is believed; those on this machine are anyway.
accounts-proxy-wrong = “{ $address }” is not an IP address.
accounts-proxies-many = At most { $most } addresses.
accounts-settings-quotations = Quotations
accounts-settings-quotations-hint = Each quotation of a story is compared, word for word, with the source it rests on.
accounts-settings-gate = A quotation without a source, or with other words than its source
accounts-gate-off = does not hinder publication
accounts-gate-warn = is published after a warning
accounts-gate-block = is published only with a reason, by those who may
accounts-settings-rules = What may differ from the source without a mark
accounts-rules-strict = Nothing: only an ellipsis … and [brackets], which are marks
accounts-rules-standard = The first letter’s case, the last punctuation mark, typographic marks
accounts-rules-light = These, and hesitations left out (um, uh)
accounts-settings-gate-imported = The same holds for stories that came with an import
accounts-settings-choice = Choose one of these.
accounts-settings-found = Being found
accounts-settings-found-hint = Feeds, site maps and descriptions for search engines are made by themselves.
accounts-settings-crawlers = What robots.txt asks of crawlers
accounts-crawlers-all = Everybody may read
accounts-crawlers-no_training = Those that train models read nothing
accounts-crawlers-no_ai = No AI reads, for training or for answers
accounts-settings-hubs = Hubs
accounts-settings-hubs-hint = Addresses of WebSub hubs that are told of every story, with spaces between. Feed readers hear of it within seconds.
accounts-settings-hubs-many = At most { $most } hubs.
accounts-settings-purge = Network in front of us (CDN)
accounts-settings-purge-hint = The address that is told which pages to drop. Empty: pages are asked for anew each time.
accounts-settings-token = Its token
accounts-settings-token-hint = Sent as Authorization: Bearer.
accounts-settings-token-kept = One is kept. Leave this empty to keep it.
accounts-settings-token-again = The address is another: type the token again.
accounts-settings-address = “{ $address }” is no address such as https://hub.example/.
accounts-settings-mail = Outgoing mail
accounts-settings-mail-hint = The relay that sends invitations and links for forgotten passwords. Leave the server empty for none.
accounts-smtp-host = Server
accounts-smtp-host-wrong = Write the name of a server, such as mail.example.org.
accounts-smtp-port = Port
accounts-smtp-port-wrong = Write a number such as 587.
accounts-smtp-security = Encryption
accounts-smtp-security-wrong = Choose one of the list.
accounts-smtp-unencrypted = Only a relay on this machine may be spoken to without encryption.
accounts-smtp-starttls = STARTTLS (587)
accounts-smtp-tls = TLS (465)
accounts-smtp-none = None (this machine only)
accounts-smtp-from = Sender
accounts-smtp-user = User
accounts-smtp-password = Password
accounts-smtp-password-hint = Not shown. Empty keeps the one that is set.
accounts-smtp-password-again = Write the password: it stays with the server and user it was given for.
accounts-test-mail = Test the mail
accounts-test-mail-hint = Sends a mail to you with the settings as they are saved.
accounts-test-mail-send = Send me a test mail
accounts-test-mail-sent = The relay has taken the mail. See whether it arrives.
accounts-test-mail-failed = The mail could not be sent. What the relay said:

## Mails
accounts-mail-invitation-subject = { $by } asks you in at { $site }
accounts-mail-invitation-body =
    Hello,

    { $by } invites you to the newsroom of { $site }. Choose your name and a password here:

    { $link }

    The link works once, for a week. If you do not know what this is about, do nothing.

    { $site }
accounts-mail-recovery-subject = A new password for { $site }
accounts-mail-recovery-body =
    Hello { $name },

    somebody, probably you, asked for a new password at { $site }. Choose it here:

    { $link }

    The link works once, for an hour. If it was not you, do nothing: your password stays as it is.

    { $site }
accounts-mail-test-subject = Mail from { $site } works
accounts-mail-test-body =
    Hello,

    you asked { $site } for a test mail. This is it: invitations and links for new passwords will arrive too.

    { $site }
