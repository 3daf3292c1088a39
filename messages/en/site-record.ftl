### Quotations and people on the public site: who said it, where, and how we know.

## The mark behind a quotation. { $facts }: name, channel, one of the verdicts below.
site-mark = How we know: { $facts }
site-mark-exact = exact
site-mark-edited = edited within our rules
site-mark-unsourced = no source on file
site-mark-altered = differs from the source
site-mark-disputed = disputed
site-quotations-key = { $count ->
    [one] One quotation in this story is on the record. The ring behind it leads to who said it, where, and how we know.
   *[other] { $count } quotations in this story are on the record. The ring behind each leads to who said it, where, and how we know.
}

## Quotation marks
site-quote-open = “
site-quote-close = ”

## A quotation's page
site-quotation = On the record
site-quotation-of = On the record: { $name }
site-fact-how = How we know
site-fact-where = Where
site-fact-to = To whom
site-fact-when = When
site-fact-published = First published here
site-quotation-stories = { $count ->
    [one] The story it stands in
   *[other] The stories it stands in
}
site-quotation-there = There in these words:
site-quotation-variants = Published in other words too

## How we know
site-how-page = From this page, of which we keep a copy:
site-how-document = From a document we hold.
site-how-document-titled = From a document we hold:
site-how-ours = It was said to us. We hold a recording or our notes.
site-how-unnamed = From a source we do not name.
site-how-none = We have no source on file.

## Verdicts
site-verdict-name-exact = Exact
site-verdict-name-edited = Edited within our rules
site-verdict-name-unsourced = No source on file
site-verdict-name-altered = Differs from the source
site-verdict-name-disputed = Disputed
site-verdict-exact = We compared these words with the source, word for word. It says exactly this.
site-verdict-edited = We compared these words with the source. It says this but for what our rules allow: omissions and additions that are marked, capitals and punctuation, at most a filler such as “um”. No other word is different.
site-verdict-unsourced = We published these words without a source on file, so nothing was there to compare them with.
site-verdict-altered = When we published these words, the source we hold did not have them in this form. We say so rather than hide it.
site-verdict-disputed = It is contested that these words were said, or that they were said like this.

## How it was said, as a part of a sentence
site-said-interview = in an interview
site-said-interview-ours = in an interview with us
site-said-interview-at = in an interview with { $outlet }
site-said-text-message = in a text message
site-said-text-message-at = in a text message on { $outlet }
site-said-post = in a post
site-said-post-at = in a post on { $outlet }
site-said-broadcast = in a broadcast
site-said-broadcast-at = in a broadcast by { $outlet }
site-said-statement = in a statement
site-said-statement-at = in a statement to { $outlet }
site-said-court-document = in a court document
site-said-court-document-at = in a court document ({ $outlet })
site-said-speech = in a speech
site-said-speech-at = in a speech ({ $outlet })
site-said-letter = in a letter
site-said-letter-at = in a letter to { $outlet }
site-said-book = in a book
site-said-book-at = in a book ({ $outlet })
site-said-report = in an earlier report
site-said-report-at = as { $outlet } reported
site-said-unknown-at = according to { $outlet }
site-said-to = to { $addressee }
site-said-published = published
site-said-in = In

## A person's page
site-people = People on the record
site-people-intro = Everyone whose words stand in our stories under a name we could place, and what they said.
site-people-empty = Nobody is on the record here yet.
site-person-aliases = Also:
site-person-count = { $count ->
    [one] { $count } quotation
   *[other] { $count } quotations
}
site-person-parts = By channel and year
site-person-all = All
site-person-newer = Newer quotations
site-person-older = Older quotations
site-person-stories = Stories that quote { $name }

## Channels, as names of lists
site-channel-interview = Interviews
site-channel-text-message = Text messages
site-channel-post = Posts
site-channel-broadcast = Broadcasts
site-channel-statement = Statements
site-channel-court-document = Court documents
site-channel-speech = Speeches
site-channel-letter = Letters
site-channel-book = Books
site-channel-report = Earlier reports
site-channel-unknown = Elsewhere
