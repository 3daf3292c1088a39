### Die Suche auf der öffentlichen Seite.

site-search = Suche
site-search-title = Suche
site-search-title-for = Suche: { $words }
site-search-title-of = Suche in { $name }
site-search-label = Wörter, Namen oder eine „Wortfolge in Anführungszeichen“
site-search-button = Suchen
site-search-hint = Ein Minus vor einem Wort lässt weg, worin es steht.
site-search-more = Mehr Möglichkeiten
site-search-any = Alle
site-search-kind = Was
site-search-section = Ressort
site-search-author = Von wem
site-search-person = Wer zitiert wird
site-search-said-by = Gesagt von
site-search-from = Ab
site-search-to = Bis
site-search-sort = Reihenfolge
site-search-sort-best = Das Passendste zuerst
site-search-sort-newest = Das Neueste zuerst

## Arten, und eines von jeder
site-search-kind-story = Artikel
site-search-kind-page = Seiten
site-search-kind-quotation = Zitate
site-search-kind-person = Personen
site-search-one-story = Artikel
site-search-one-page = Seite
site-search-one-quotation = Zitat
site-search-one-person = Zitierte Person
site-search-one-section = Ressort

## Was gefunden wurde
site-search-results = Ergebnisse
site-search-count = { $count ->
    [one] Ein Ergebnis
   *[other] { $count } Ergebnisse
}
site-search-about = Etwa { $count } Ergebnisse
site-search-cut = Diese Suche dauert lange: Durchgesehen wurde der neueste Teil. Mit mehr Wörtern findet sie genauer.
site-search-in = In:
site-search-previous = Vorige Ergebnisse
site-search-next = Weitere Ergebnisse
site-search-active = Eingegrenzt auf
site-search-remove = Entfernen:
site-search-narrow = Eingrenzen
site-search-by-kind = Was
site-search-by-section = Ressort
site-search-by-author = Von wem
site-search-by-person = Wer zitiert wird
site-search-by-year = Jahr

## Was nicht gefunden wurde
site-search-empty = Hier findet sich alles, was wir veröffentlicht haben: Artikel, Personen und was sie gesagt haben. Oder sehen Sie sich um:
site-search-none = Nichts gefunden.
site-search-missing = Nichts, was wir veröffentlicht haben, enthält „{ $word }“.
site-search-instead = Nichts, was wir veröffentlicht haben, enthält „{ $word }“; hier stehen Wörter, die fast so geschrieben werden.
site-search-unknown = Wir kennen nichts mit dem Namen „{ $word }“.
site-search-which = „{ $word }“ steht in diesen Namen:
site-search-meant = Meinten Sie:
site-search-other-unfiltered = Überall suchen
site-search-other-unphrased = Ohne die Anführungszeichen
site-search-other-without = Ohne „{ $word }“
site-search-away = Die Suche wird gerade eingerichtet. Bitte versuchen Sie es gleich noch einmal.

## Beim Tippen
site-search-suggestions = Vorschläge
site-search-suggestions-none = Keine Vorschläge
site-search-suggestions-some = Darunter stehen Vorschläge: wählen mit den Pfeiltasten.
