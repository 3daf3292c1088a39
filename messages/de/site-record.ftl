### Zitate und Personen auf der öffentlichen Seite: wer es gesagt hat, wo, und woher wir es wissen.

## Das Zeichen hinter einem Zitat. { $facts }: Name, Kanal, eines der Urteile unten.
site-mark = Woher wir das wissen: { $facts }
site-mark-exact = wortgetreu
site-mark-edited = nach unseren Regeln bearbeitet
site-mark-unsourced = keine Quelle hinterlegt
site-mark-altered = weicht von der Quelle ab
site-mark-disputed = bestritten
site-quotations-key = { $count ->
    [one] Ein Zitat in diesem Artikel ist erfasst. Der Ring dahinter führt dorthin, wo steht, wer es wo gesagt hat und woher wir es wissen.
   *[other] { $count } Zitate in diesem Artikel sind erfasst. Der Ring hinter jedem führt dorthin, wo steht, wer es wo gesagt hat und woher wir es wissen.
}

## Anführungszeichen
site-quote-open = „
site-quote-close = “

## Die Seite eines Zitats
site-quotation = Im Wortlaut
site-quotation-of = Im Wortlaut: { $name }
site-fact-how = Woher wir es wissen
site-fact-where = Wo
site-fact-to = Zu wem
site-fact-when = Wann
site-fact-published = Hier zuerst veröffentlicht
site-quotation-stories = { $count ->
    [one] Der Artikel, in dem es steht
   *[other] Die Artikel, in denen es steht
}
site-quotation-there = Dort mit diesen Worten:
site-quotation-variants = Auch in anderem Wortlaut veröffentlicht

## Woher wir es wissen
site-how-page = Von dieser Seite, von der wir eine Kopie aufbewahren:
site-how-document = Aus einem Dokument, das uns vorliegt.
site-how-document-titled = Aus einem Dokument, das uns vorliegt:
site-how-ours = Es wurde uns gesagt. Uns liegt eine Aufnahme oder unsere Mitschrift vor.
site-how-unnamed = Von einer Quelle, die wir nicht nennen.
site-how-none = Bei uns ist keine Quelle hinterlegt.

## Urteile
site-verdict-name-exact = Wortgetreu
site-verdict-name-edited = Nach unseren Regeln bearbeitet
site-verdict-name-unsourced = Keine Quelle hinterlegt
site-verdict-name-altered = Weicht von der Quelle ab
site-verdict-name-disputed = Bestritten
site-verdict-exact = Wir haben diese Worte Wort für Wort mit der Quelle verglichen. Genau so steht es dort.
site-verdict-edited = Wir haben diese Worte mit der Quelle verglichen. So steht es dort, bis auf das, was unsere Regeln erlauben: gekennzeichnete Auslassungen und Zusätze, Groß- und Kleinschreibung, Satzzeichen, höchstens ein Füllwort wie „äh“. Kein anderes Wort ist anders.
site-verdict-unsourced = Wir haben diese Worte ohne hinterlegte Quelle veröffentlicht; es gab also nichts, womit sie zu vergleichen waren.
site-verdict-altered = Als wir diese Worte veröffentlichten, standen sie in der Quelle, die uns vorliegt, nicht in dieser Form. Das sagen wir, statt es zu verbergen.
site-verdict-disputed = Es ist umstritten, ob diese Worte gefallen sind oder ob sie so gefallen sind.

## Wie es gesagt wurde, als Teil eines Satzes
site-said-interview = in einem Interview
site-said-interview-ours = in einem Interview mit uns
site-said-interview-at = in einem Interview ({ $outlet })
site-said-text-message = in einer Textnachricht
site-said-text-message-at = in einer Textnachricht ({ $outlet })
site-said-post = in einem Beitrag
site-said-post-at = in einem Beitrag auf { $outlet }
site-said-broadcast = in einer Sendung
site-said-broadcast-at = in einer Sendung ({ $outlet })
site-said-statement = in einer Stellungnahme
site-said-statement-at = in einer Stellungnahme gegenüber { $outlet }
site-said-court-document = in einer Gerichtsakte
site-said-court-document-at = in einer Gerichtsakte ({ $outlet })
site-said-speech = in einer Rede
site-said-speech-at = in einer Rede ({ $outlet })
site-said-letter = in einem Brief
site-said-letter-at = in einem Brief an { $outlet }
site-said-book = in einem Buch
site-said-book-at = in einem Buch ({ $outlet })
site-said-report = in einem früheren Bericht
site-said-report-at = laut einem Bericht von { $outlet }
site-said-unknown-at = laut { $outlet }
site-said-to = zu { $addressee }
site-said-published = veröffentlicht am
site-said-in = In

## Die Seite einer Person
site-people = Personen im Wortlaut
site-people-intro = Alle, deren Worte in unseren Artikeln unter einem Namen stehen, den wir zuordnen konnten, und was sie gesagt haben.
site-people-empty = Hier ist noch niemand im Wortlaut erfasst.
site-person-aliases = Auch:
site-person-count = { $count ->
    [one] { $count } Zitat
   *[other] { $count } Zitate
}
site-person-parts = Nach Kanal und Jahr
site-person-all = Alle
site-person-newer = Neuere Zitate
site-person-older = Ältere Zitate
site-person-stories = Artikel, die { $name } zitieren

## Kanäle, als Namen von Listen
site-channel-interview = Interviews
site-channel-text-message = Textnachrichten
site-channel-post = Beiträge in Netzwerken
site-channel-broadcast = Sendungen
site-channel-statement = Stellungnahmen
site-channel-court-document = Gerichtsakten
site-channel-speech = Reden
site-channel-letter = Briefe
site-channel-book = Bücher
site-channel-report = Frühere Berichte
site-channel-unknown = Andernorts
