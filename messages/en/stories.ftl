# Stories at the desk.

## Lists
stories-list-story = Stories
stories-list-page = Pages
stories-list-sub-story = What is being written, and what readers see of it.
stories-list-sub-own = The stories you began or sign. Those of your colleagues are not listed here.
stories-list-sub-page = Pages that stay: about, privacy, imprint, contact. The footer names them.
stories-new-story = New story
stories-new-page = New page
stories-states = State
stories-tab-all = All
stories-tab-draft = Drafts
stories-tab-scheduled = Scheduled
stories-tab-published = Published
stories-tab-changed = With changes
stories-tab-killed = Killed
stories-state-draft = Draft
stories-state-scheduled = Scheduled
stories-state-published = Published
stories-state-changed = Unpublished changes
stories-state-withdrawn = Taken down
stories-state-killed = Killed
stories-search = Words in headline, byline or tags
stories-section = Section
stories-author = Author
stories-any = Any
stories-show = Show
stories-show-all = Show all
stories-untitled = Without a headline
stories-last-saved-by = saved by { $by }
stories-due = To be published { $at }
stories-pages = Pages of the list
stories-from-to = { $first } to { $last } of { $total }
stories-newer = Newer
stories-older = Older
stories-before = Before
stories-after = After
stories-nothing-found = Nothing found
stories-nothing-found-hint = Try fewer words, or another state.
stories-empty-story = No stories yet
stories-empty-hint-story = Begin the first one: it is a draft until somebody publishes it.
stories-empty-own = No stories of yours yet
stories-empty-hint-own = Here are the stories you began or sign. Begin one: it is a draft until an editor publishes it.
stories-empty-page = No pages yet
stories-empty-hint-page = Readers look for an “about” and an imprint first.
stories-where = Where you are
stories-count = { $count ->
    [0] nothing published
    [one] one story
   *[other] { $count } stories
}

## The editor
stories-about-story = About the story
stories-about-page = About the page
stories-kicker = Kicker
stories-headline = Headline
stories-dek = Dek
stories-text = Text
stories-slug = Slug
stories-slug-hint = Address: { $address }
stories-slug-hint-empty = Last part of the address. Empty: made of the headline.
stories-bylines = Byline
stories-bylines-hint = Names, with commas between.
stories-dateline = Dateline
stories-dateline-hint = Where it was written.
stories-tags = Tags
stories-tags-hint = With commas between.
stories-language = Language
stories-language-en = English
stories-language-es = Spanish
stories-language-de = German
stories-language-fr = French
stories-language-pt = Portuguese
stories-language-it = Italian
stories-language-ar = Arabic
stories-time = Publication time
stories-time-hint = Time of { $zone }. Empty: when you publish. In the future: published by itself then.
stories-time-wrong = Write a day and a time, such as 2026-11-23T09:30.
stories-none = None
stories-lead = Lead picture
stories-lead-this = Chosen
stories-lead-about = Description and credit
stories-lead-none = No picture
stories-lead-choose = Choose another
stories-lead-upload = All pictures, and adding one
stories-picture-untitled = Picture without a description
stories-more = Translation, first appearance
stories-translation-of = Translation of
stories-canonical = First appeared at
stories-canonical-hint = Address of the original elsewhere, for search engines.
stories-canonical-wrong = Write an address that begins with https:// or http://.
stories-save = Save
stories-saved = Saved.
stories-saved-cleaned = Saved. Something in the text is nothing a story can hold, and was altered: please read it over.
stories-saved-at = Saved { $at }
stories-saved-by = Saved { $at } by { $by }
stories-cancel = Cancel
stories-preview = Preview
stories-see = See it
stories-publish = Publish
stories-schedule = Schedule
stories-unschedule = Cancel the schedule
stories-unscheduled = The schedule is cancelled: it is not published by itself.
stories-not-scheduled = No time is set for it.
stories-publish-update = Publish changes
stories-publish-anyway = Publish anyway
stories-published = Readers see it now.
stories-scheduled = It will be published at its time, as it stands now. Changes made until then need publishing again.
stories-publish-stale = Somebody saved meanwhile, so nothing was published. Look at the story as it stands now, then publish.
stories-held = Not published. This has to be put right first:
stories-held-warnings = Not published yet. Is this meant so?
stories-held-reason = Not published. What is not on the record needs a source, or a reason:
stories-held-reason-too = What is not on the record needs a source, or a reason:
stories-held-not-blocking = This does not stand in the way, but is worth a look:
stories-override-reason = Reason
stories-override-hint = Kept for ever with this version: who published it, when, in spite of what, and why.
stories-override-reason-too-long = A reason has at most 2,000 characters.
stories-override-not-yours = An editor can publish it with a reason.
stories-publish-with-reason = Publish with this reason
stories-overridden-by = Version { $number } was published with a reason by { $by }, { $at }:
stories-overridden-at = Version { $number } was published with a reason, { $at }:
stories-on-record = On the record
stories-on-record-open = Quotations and sources
stories-next = Next article
stories-put-right = Put it right
stories-fields-wrong = { $count ->
    [one] One field needs another look. Nothing has been saved; what you wrote stands below.
   *[other] { $count } fields need another look. Nothing has been saved; what you wrote stands below.
}
stories-text-too-long = At most { $limit } characters.
stories-too-many-names = At most { $limit } names, each no longer than a line.
stories-draft-broken = What came was cut off or garbled, and was not saved.
stories-no-script = This editor needs JavaScript, which is off or was not loaded. The same story can be written in plain text.
stories-plain-enter = Write in plain text
stories-plain-hint = Text in Markdown: blank lines between paragraphs, ## for headings, > for quotations.
stories-plain-leave = Back to the editor

## What publishing asks for
stories-check-headline = The headline is missing.
stories-check-body = There is no text.
stories-check-section = Choose a section.
stories-check-byline = Nobody is named as the author.
stories-check-author = “{ $name }” is not among the authors: the name is printed without a page behind it.
stories-check-picture-file = Picture { $number } has no file: readers see its caption only.
stories-check-picture-alt = Picture { $number } has no description for those who cannot see it.
stories-check-picture-credit = Picture { $number } has no credit.
stories-check-lead-missing = The lead picture is no longer in the library. Choose another.
stories-check-lead-alt = The lead picture has no description for those who cannot see it.
stories-check-lead-credit = The lead picture has no credit.
stories-slug-empty = Letters or digits are needed to make an address of.
stories-slug-taken = Something stands at this address already.
stories-slug-reserved = “{ $slug }” is an address that the site needs itself.
stories-address-taken = Another story or section stands at this address, or did once. Change the slug.
stories-address-reserved = The site needs this address itself. Change the slug.
stories-address-wrong = This is not an address of this site.

## Ends
stories-ends = Taking it down
stories-withdraw = Take it down
stories-withdraw-hint = Readers find a note in its place. It stays here as a draft and can be published again, at the same address. A time that was set for changes is dropped.
stories-withdraw-sure = Take it down? Readers will find a note in its place.
stories-withdrawn = It is taken down.
stories-not-published = It is not published.
stories-kill = Kill it
stories-kill-reason = Why
stories-kill-hint = For the newsroom’s memory; readers do not see it.
stories-kill-sure = Kill it? Readers will find a note in its place, and nobody can publish it until it is restored.
stories-kill-reason-missing = Say why: somebody will ask.
stories-kill-reason-too-long = Say it in at most 2000 characters.
stories-killed = It is killed.
stories-killed-by = Killed by { $by }, { $at }.
stories-killed-at = Killed { $at }.
stories-killed-not-publishable = It was killed. Restore it first.
stories-not-killed = It is not killed.
stories-restore = Restore it
stories-restored = It is a draft again.
stories-schedule-did-not = It should have been published by itself, and was not.
stories-schedule-failed = The version that was to be published is not there any more.

## Corrections
stories-corrections = Corrections
stories-correction = New correction
stories-correction-hint = Readers see it under the story at once, with today’s date.
stories-correction-add = Add the correction
stories-correction-empty = Write what was wrong, and what is right.
stories-correction-remove = Take back
stories-correction-remove-sure = Take this correction back? Readers may have seen it.
stories-corrected = The correction is published.
stories-correction-removed = The correction is taken back.

## Previews
stories-previews = Links for a preview
stories-previews-hint = Whoever has the link sees the story as it stands, without an account, for a week.
stories-preview-make = Make a link
stories-preview-made = A link for a preview
stories-preview-made-hint = It works until { $at } and is shown only now. You can end it at the story.
stories-preview-link = The link
stories-preview-by = Link by { $by }
stories-preview-until = until
stories-preview-revoke = End it
stories-preview-revoked = The link no longer works.
stories-preview-back = Back to the story

## Revisions
stories-revisions = Versions
stories-revisions-sub = What it said before. A few minutes of one person’s writing are one version.
stories-revision = Version { $number }
stories-revision-current = Current
stories-revision-changed = What changed since version { $number }
stories-revision-unchanged = Nothing in the words.
stories-revision-text = The text
stories-revision-restore = Make it the draft again
stories-revision-restore-sure = Make this version the draft again? What stands now stays among the versions.
stories-revision-restored = The older version is the draft again.
stories-restore-stale = Somebody saved meanwhile. Look at the newest version first.
stories-mark-saved = Saved
stories-mark-published = Published
stories-mark-scheduled = Scheduled
stories-mark-restored = Restored
stories-mark-imported = Imported

## Two versions
stories-conflict = It was saved meanwhile
stories-conflict-by = { $by } saved { $at }. Nothing of yours is lost: choose.
stories-conflict-at = It was saved { $at }. Nothing of yours is lost: choose.
stories-conflict-you = You saved { $at } yourself, in another window. Nothing is lost: choose.
stories-conflict-legend = Struck out: as it stands now. Underlined: as you wrote it.
stories-conflict-same = The words are the same in both; a picture, the section or something else beside them differs.
stories-conflict-mine = Keep mine
stories-conflict-theirs = Take theirs

## Sections
stories-sections = Sections
stories-sections-sub = In the order of the site’s navigation.
stories-sections-empty = No sections yet
stories-sections-empty-hint = A story needs one. Three or four are a good beginning.
stories-section-new = New section
stories-section-add = Add the section
stories-section-change = Change { $name }
stories-section-slug-hint = Its address is /SLUG. Empty: made of the name. An old address leads to the new one.
stories-section-made = The section is there.
stories-section-changed = The section is changed.
stories-section-removed = The section is gone.
stories-section-remove-sure = Remove { $name }?
stories-section-in-use = Stories stand in this section. Move them first.
stories-name = Name
stories-name-missing = Write a name.
stories-description = Description
stories-description-hint = Shown at the top of the section’s page.
stories-move-up = Move { $name } up
stories-move-down = Move { $name } down
stories-remove = Remove
stories-remove-of = Remove { $name }

## Authors
stories-authors = Authors
stories-authors-sub = The people behind the bylines, as readers meet them.
stories-authors-empty = No authors yet
stories-authors-empty-hint = A byline that is not among them is printed without a page behind it.
stories-author-new = New author
stories-author-add = Add the author
stories-author-role = What they do
stories-author-role-hint = Such as “Harbour correspondent”.
stories-author-bio = About them
stories-author-slug-hint = Their address is /by/SLUG. Empty: made of the name.
stories-author-account = Account
stories-author-account-hint = Whose stories at the desk are theirs.
stories-author-no-account = No account
stories-author-portrait = Portrait
stories-author-no-portrait = No portrait
stories-author-made = The author is there.
stories-author-changed = The author is changed.
stories-author-removed = The author is gone.
stories-author-remove-sure = Remove { $name }?
stories-author-remove-hint = Only while no story names them.
stories-author-in-use = Stories name this author. Change their bylines first.

## Tags
stories-tags-sub = They come to be when a story that names them is published.
stories-tags-empty = No tags yet
stories-tags-empty-hint = Write them at a story; they appear here when it is published.
stories-tag-search = Name
stories-tag-change = Change { $name }
stories-tag-changed = The tag is changed. Its old address leads to the new one.
stories-tag-merge = Merge
stories-tag-merge-into = Merge into (name of the other tag)
stories-tag-merge-itself = These are one tag already.
stories-tag-merged = The tags are one now.
stories-tag-unknown = There is no tag of that name.
stories-tag-removed = The tag is gone.
stories-tag-in-use = Published stories carry this tag. Merge it into another instead.

## The front
stories-front = Front page
stories-front-sub = Pinned stories come first, in this order; then the newest.
stories-front-pinned = Pinned
stories-front-empty = Nothing is pinned: the newest stories lead.
stories-front-latest = The newest
stories-front-nothing = Nothing is published yet.
stories-front-full = The front holds no more pins. Unpin one first.
stories-pin = Pin
stories-pin-of = Pin “{ $name }”
stories-pinned = It is pinned at the top.
stories-unpin = Unpin
stories-unpin-of = Unpin “{ $name }”
stories-unpinned = It is unpinned.
