### Die öffentliche Seite.

## Der Rahmen
site-skip = Zum Artikel springen
site-preview = Vorschau. Diese Seite ist nicht veröffentlicht; nur wer diesen Link hat, kann sie sehen.
site-tip-label = Hinweise an die Redaktion
site-tip-send = Geben Sie uns einen Hinweis
site-tip-call = oder rufen Sie an:
site-tip-short = Hinweis geben
site-sections = Ressorts
site-about-this-site = Über diese Seite
site-archive = Archiv
site-feed = RSS-Feed
site-and = und

## Ein Artikel
site-by = Von
site-credit = Bild:
site-licence = Lizenz:
site-updated = Aktualisiert am
site-not-published = Noch nicht veröffentlicht
site-reading-minutes = { $minutes ->
    [one] { $minutes } Minute Lesezeit
   *[other] { $minutes } Minuten Lesezeit
}
site-corrected = { $count ->
    [one] Dieser Artikel wurde berichtigt
   *[other] Dieser Artikel wurde { $count }-mal berichtigt
}
site-corrections-title = Berichtigungen
site-corrections-intro = Was wir falsch hatten, und was richtig ist.
site-corrections-none = Noch wurde nichts berichtigt.
site-corrections = { $count ->
    [one] Berichtigung
   *[other] Berichtigungen
}
site-read-in = Auch auf
site-tags = Themen
site-comments-load = Kommentare laden
site-comments-load-count = Kommentare laden ({ $count })
site-next = Nächster Artikel
site-next-keep = Weiterlesen
site-next-stop = Hier aufhören
site-next-feed = Artikel, einer nach dem anderen
site-next-more = Mehr zum Lesen
site-next-after = Nach diesem Artikel

## Titelseite und Listen
site-edition = Neueste Ausgabe
site-top-stories = Das Wichtigste
site-latest = Neu
site-front-empty-title = Die erste Ausgabe wird gerade geschrieben
site-front-empty = Hier ist noch nichts veröffentlicht. Schauen Sie bald wieder vorbei.
site-list-empty = Hier ist noch nichts veröffentlicht.
site-author = Autorin oder Autor
site-tag = Thema
site-pages = Seiten
site-newer = Neuere Artikel
site-older = Ältere Artikel
site-page-of = Seite { $page } von { $pages }

## Seiten für den Fall, dass etwas fehlt
site-error-number = Fehler { $status }
site-error-404-title = Unter dieser Adresse gibt es keine Seite
site-error-404 = Vielleicht ist die Adresse falsch geschrieben, oder der Artikel ist umgezogen, bevor wir darüber Buch führten. Die Titelseite und die neuesten Artikel sind ein guter Ort zum Suchen.
site-error-410-title = Dieser Artikel wurde zurückgezogen
site-error-410 = Er stand einmal hier und wurde zurückgezogen. Wir tun nicht so, als hätte es ihn nie gegeben.
site-error-500-title = Bei uns ist etwas kaputtgegangen
site-error-500 = Es liegt nicht an Ihnen, und es ist für diejenigen notiert, die es beheben können. Bitte versuchen Sie es gleich noch einmal.
site-error-reference = Kennzeichen für unsere Technik: { $reference }
site-to-front = Zur Titelseite
site-back-to = Zurück zu: { $title }
