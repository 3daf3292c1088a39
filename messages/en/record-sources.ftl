# What quotations rest on.
record-sources = Sources
record-sources-sub = What quotations are compared with, word for word. Our own copies, kept as they came.
record-sources-search = Title, address, file or notes
record-sources-all = Show all sources
record-sources-empty = No sources yet
record-sources-empty-hint = Keep the page, document, recording, notes or post that somebody’s words come from. Quotations are then checked against it.
record-sources-nothing-hint = No source that you may see has these words in its title, address, file name or notes.
record-sources-new = New source
record-sources-for = For: “{ $words }”
record-sources-added = The source has been kept.
record-sources-changed = Saved.
record-sources-removed = The source has been removed, with its file.
record-sources-marked = The source is confidential now. Readers learn only that you do not name it.
record-sources-unmarked = The source is no longer confidential.
record-on-record = On the record
record-sources-uses-count = { $count ->
    [0] no quotations
    [one] 1 quotation
   *[other] { $count } quotations
}

record-kind = Kind
record-kind-all = All
record-kind-missing = Choose what kind of source it is.
record-kind-url = Web page
record-kind-document = Document
record-kind-recording = Recording
record-kind-notes = Notes
record-kind-post = Post
record-kind-url-hint = We fetch the page now and keep our own copy, with the server’s headers.
record-kind-document-hint = PDF, Word (.docx), text, HTML, mail (.eml) or a transcript (.vtt, .srt). The file is kept as it is.
record-kind-recording-hint = A recording with its transcript: words are compared with text. Both files are kept.
record-kind-notes-hint = What you wrote down in an interview, as you wrote it down.
record-kind-post-hint = The words of a post on a network, copied exactly. Its address lets readers look for themselves.

record-sources-url = Address
record-sources-url-hint = Begins with https:// or http://. At most 10 MB, within 15 seconds.
record-sources-url-missing = Give the address of the page.
record-sources-final-url = Answered from
record-sources-file = File
record-sources-file-hint = At most { $most } MB.
record-sources-file-missing = Choose a file.
record-sources-file-name = File name
record-sources-type = What it is
record-sources-captured = Kept
record-sources-transcript = Transcript as a file
record-sources-transcript-hint = .vtt, .srt, text or PDF, at most { $most } MB.
record-sources-transcript-text = Transcript typed out
record-sources-transcript-text-hint = Leave this empty if you have the transcript as a file.
record-sources-transcript-missing = A recording needs a transcript, as a file or typed out: words are compared with text.
record-sources-recording = Recording
record-sources-recording-hint = Sound or video, at most { $most } MB. Without it the transcript alone is kept.
record-sources-text-missing = Write or paste the text.
record-sources-post-text = Words of the post
record-sources-post-url = Its address, if it has one
record-sources-notes-text = Notes
record-sources-notes-text-hint = Only what was said and how you noted it. Whatever is about the source itself goes below.
record-sources-title = Title
record-sources-title-public = Readers see it where a quotation rests on this source, unless it is confidential.
record-sources-title-hint-url = The page’s own title if you leave it empty. Readers see it.
record-sources-title-hint-document = The file’s own title or name if you leave it empty. Readers see it.
record-sources-title-hint-recording = The file’s name if you leave it empty. For the desk only.
record-sources-title-hint-notes = For the desk only: with whom, when, where.
record-sources-title-hint-post = The address if you leave it empty. Readers see it.
record-sources-notes = About the source
record-sources-notes-hint = For the desk only, never published.
record-sources-title-missing = A source needs a title.
record-sources-keep-url = Fetch and keep
record-sources-keep-document = Keep
record-sources-keep-recording = Keep
record-sources-keep-notes = Keep
record-sources-keep-post = Keep
record-sources-facts = Facts
record-sources-uses = What rests on it
record-sources-no-uses = No quotation rests on it.
record-sources-text = Its text
record-sources-text-more = { $count ->
    [one] One character more is not shown here.
   *[other] { $count } characters more are not shown here.
}
record-sources-text-all = All of the text
record-sources-download = Download as it came
record-sources-download-recording = Download the recording
record-sources-download-warc = Download as WARC
record-sources-remove-sure = Remove this source and its file? This cannot be undone.
record-sources-remove-hint = Only a source on which nothing rests can be removed. Its file goes too.

record-confidence = Confidence
record-confidential-badge = Confidential
record-confidential-mark = Confidential
record-confidential-hint = Readers learn only that you do not name the source: no title, no address, no file. At the desk it is for whoever brought it and for editors.
record-confidential-since = Marked confidential on { $at } by { $by }.
record-not-confidential = Not confidential: readers see where a quotation comes from.
record-confidence-remove = No longer confidential
record-confidence-remove-sure = Readers will see the title and the address of this source wherever a published quotation rests on it.

record-field-long = At most { $limit } characters.
record-file-large = “{ $name }” is larger than { $limit } MB and was not taken.
record-choose-again = Choose the file again: browsers do not give it back.
