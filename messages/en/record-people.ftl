# The people who are quoted, and what the pages of people and sources share.
record-show = Show
record-save = Save
record-cancel = Cancel
record-remove = Remove
record-where = Where you are
record-pages = Pages
record-before = Before
record-after = After
record-untitled = Untitled
record-nothing-found = Nothing found

record-people = People
record-people-sub = Who is quoted: one entry a person, under whatever names they appear.
record-people-search = Name
record-people-all = Show all people
record-people-empty = Nobody yet
record-people-empty-hint = People come from the quotations of your stories. Add the first one here, or while you work on a story’s record.
record-people-nothing-hint = Nobody answers to this name. Another spelling may; otherwise add the person below.
record-people-new = New person
record-person-add = Add
record-person-added = The person has been added.
record-person-changed = Saved.
record-person-removed = The person has been removed.
record-person-merged = The two are one person now. The quotations stand here.
record-person-also = also { $names }
record-person-public = On the site
record-person-count = { $count ->
    [0] no quotations
    [one] 1 quotation
   *[other] { $count } quotations
}
record-person-not-public = Readers do not see this person yet: nothing they said stands in a published story.
record-person-not-yours = Readers see this page. Changing it is for editors.
record-person-name = Name
record-person-name-hint = As you print it: given name and surname.
record-person-slug = Address
record-person-slug-hint = The last part of /people/… An old address leads on to the new one.
record-person-slug-new-hint = The last part of /people/… Made from the name if you leave it empty.
record-person-description = Who that is
record-person-description-hint = In a line, as readers see it: Mayor of Salt since 2019.
record-person-aliases = Other names
record-person-aliases-hint = One a line. A quotation under one of them is found to be this person’s.
record-person-pages = The same person elsewhere
record-person-pages-hint = One address a line: an own website, an encyclopedia, an official page. Search engines read it as sameAs.
record-person-uses = Quoted in
record-person-no-uses = Not quoted anywhere.
record-person-merge-title = Two entries, one person?
record-person-merge-hint = The quotations, names and pages of { $name } go to the other entry, and the address leads there.
record-person-merge-into = The entry that stays
record-person-merge-into-hint = Its name, or its address if two have the name.
record-person-merge = Join
record-person-merge-sure = Join { $name } with the other entry? This cannot be undone.
record-person-remove-sure = Remove { $name }?
record-person-remove-hint = Only somebody who is quoted nowhere can be removed.

record-use-published = published
record-use-draft = draft
record-use-nowhere = Stands in no story any more; its record is kept.
record-use-hidden = { $count ->
    [one] One more stands in a draft that is not yours.
   *[other] { $count } more stand in drafts that are not yours.
}
