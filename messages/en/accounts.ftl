# The desk's people and the newsroom's settings.
accounts-nav-stories = Stories
accounts-nav-front = Front page
accounts-nav-pages = Pages
accounts-nav-pictures = Pictures
accounts-nav-sections = Sections
accounts-nav-authors = Authors
accounts-nav-staff = Staff
accounts-nav-settings = Settings
accounts-email-missing = Write an e-mail address.
accounts-email-wrong = This does not look like an e-mail address.
accounts-email-taken = Somebody with this address is on the staff already.
accounts-name-missing = Write a name.
accounts-name-wrong = A name is one line of at most { $most } characters.
accounts-last-owner = This is the last owner. Make somebody else an owner first: a newsroom needs one who can come in.
