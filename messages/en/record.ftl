# What is on the record: people, sources, quotations.
record-person-name-missing = A person needs a name.
record-person-name-long = A name has at most { $limit } characters.
record-person-aliases-many = At most { $limit } other names.
record-person-slug-missing = The address needs letters or digits.
record-person-description-long = At most { $limit } characters.
record-person-same-as-many = At most { $limit } pages.
record-person-merge-self = Choose another person.
record-person-merge-unknown = There is no such person. Take the name from the list.
record-person-merge-many = Together they would have too many names or pages. Remove some first.
record-person-same-as = These are addresses of web pages: they begin with https:// or http://.
record-person-slug-taken = Another person has this address already.
record-person-in-use = This person is quoted and cannot be removed.
record-source-in-use = Quotations rest on this source. It cannot be removed.
record-extract-empty = The file is empty.
record-extract-too-large = The file is larger than 50 MB, or its text longer than 20 MB.
record-extract-encrypted = This PDF asks for a password. Save it without one and try again.
record-extract-broken = The file is damaged and cannot be read.
record-extract-no-text = There is no text in this file, perhaps only pictures of text.
record-extract-unknown = Files of this kind cannot be read. PDF, Word (.docx), OpenDocument (.odt), text, HTML, mail (.eml) and transcripts (.vtt, .srt) can.
record-extract-too-hard = Reading this file took more than a minute or more memory than a file is worth, and was stopped. It may be damaged. Save the pages that matter as a new file and try again.
record-capture-status = The page answered with status { $status } and was not kept.

## The gate
record-check-unsourced = “{ $words }” has no source.
record-check-altered = “{ $words }” is not what its source says.
record-check-disputed = “{ $words }” is marked as disputed; readers will be told so.
record-check-more = { $count } more quotations are not on the record.

## The record of a story
record-title = On the record
record-sub =
    { $count ->
        [0] No quotation was found in this story.
        [one] One quotation.
       *[other] { $count } quotations, in the order of the story.
    }
record-gate-off = What is not on the record does not hinder publication.
record-gate-warn = What is not on the record is published after a warning.
record-gate-block = What is not on the record is published only with a reason.
record-rules-strict = Nothing may differ from the source but what … and [ ] mark.
record-rules-standard = The first letter’s case, the last punctuation mark and typographic marks may differ from the source.
record-rules-light = The first letter’s case, the last punctuation mark, typographic marks and hesitations may differ from the source.
record-empty = Nobody is quoted here yet
record-empty-hint = Words between quotation marks appear here by themselves, with who said them.
record-back = Back to the story
record-state-exact = As in the source
record-state-edited = Edited within the rules
record-state-unsourced = No source
record-state-altered = Not what the source says
record-state-disputed = Disputed
record-speaker = Who said it
record-speaker-unknown = Speaker not found
record-person = Person
record-person-none = Nobody we know yet
record-person-new = Enter a person
record-person-gone = This person is not there any more.
record-channel = How
record-channel-interview = interview
record-channel-text-message = text message
record-channel-post = post
record-channel-broadcast = broadcast
record-channel-statement = statement
record-channel-court-document = court document
record-channel-speech = speech
record-channel-letter = letter
record-channel-book = book
record-channel-report = report
record-channel-unknown = not said how
record-channel-wrong = Choose one of these.
record-outlet = Network or outlet
record-addressee = To whom
record-to = to { $name }
record-said-on = When
record-said-on-hint = A year, a month or a day: 2018, 2018-05 or 2018-05-03.
record-date-wrong = Write a year, a month or a day that exists: 2018, 2018-05 or 2018-05-03.
record-line-long = At most { $limit } characters.
record-confirm = I have checked who said it, how, to whom and when
record-confirmed = confirmed
record-disputed = Why it is disputed
record-disputed-hint = Readers see that it is disputed, not why. Empty if it is not.
record-disputed-because = Disputed:
record-disputed-long = At most { $limit } characters.
record-keep = Keep
record-correct = Correct who, how and when
record-fields-wrong =
    { $count ->
        [one] One field needs another look. Nothing was kept.
       *[other] { $count } fields need another look. Nothing was kept.
    }
record-quotation-kept = Kept.
record-quotation-stale = Somebody has corrected this quotation meanwhile. Look at how it stands now, then keep yours if it is still right.
record-source = Source
record-source-is = Source:
record-source-none = No source is attached: nothing to compare the words with.
record-source-choose-none = No source
record-source-attach = Attach
record-source-new = New source
record-source-attached = The words are compared with this source now.
record-source-detached = The quotation has no source now.
record-source-gone = This source is not there any more.
record-source-hidden = A source that only those who took it may see
record-source-url = web page
record-source-document = document
record-source-recording = recording
record-source-notes = notes
record-source-post = post
record-captured = taken by { $by }
record-confidential = confidential
record-comparison = The words of the story and of the source
record-comparison-quoted = Story
record-comparison-source = Source
record-comparison-exact = Word for word.
record-allowed = within the rules of the house
record-not-allowed = not what was said
record-op-ellipsis = Left out with a mark
record-op-bracket = In brackets
record-op-case = Other capitals
record-op-punctuation = Other punctuation
record-op-typography = Other typographic marks
record-op-filler = Hesitation left out
record-op-dropped = Left out without a mark
record-op-added = Not in the source
record-op-changed = Another word
record-op-reordered = Moved
record-op-negated = A negation lost or put in
record-variant-of = Changed here from:
record-elsewhere = Also in:
record-elsewhere-published = published
