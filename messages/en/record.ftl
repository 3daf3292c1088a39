# What is on the record: people, sources, quotations.
record-person-name-missing = A person needs a name.
record-person-name-long = A name has at most { $limit } characters.
record-person-aliases-many = At most { $limit } other names.
record-person-same-as = These are addresses of web pages: they begin with https:// or http://.
record-person-slug-taken = Another person has this address already.
record-person-in-use = This person is quoted and cannot be removed.
record-source-in-use = Quotations rest on this source. It cannot be removed.
record-extract-empty = The file is empty.
record-extract-too-large = The file is larger than 50 MB, or its text longer than 20 MB.
record-extract-encrypted = This PDF asks for a password. Save it without one and try again.
record-extract-broken = The file is damaged and cannot be read.
record-extract-no-text = There is no text in this file, perhaps only pictures of text.
record-extract-unknown = Files of this kind cannot be read. PDF, text, HTML, mail (.eml) and transcripts (.vtt, .srt) can.
record-capture-status = The page answered with status { $status } and was not kept.
