### Kommentare auf der öffentlichen Seite.

site-comments-title = Kommentare
site-comments-on = Kommentare zu „{ $title }“
site-comments-count = { $count ->
    [0] Noch keine Kommentare
    [one] Ein Kommentar
   *[other] { $count } Kommentare
}
site-comments-none = Noch hat niemand etwas geschrieben.
site-comments-first = Schreiben Sie den ersten.
site-comments-write = Kommentar schreiben
site-comments-sort = Reihenfolge
site-comments-sort-newest = Neueste
site-comments-sort-oldest = Älteste
site-comments-sort-respect = Meistgeachtete
site-comments-featured = Von der Redaktion ausgewählt
site-comments-newsroom = Redaktion
site-comments-edited = geändert
site-comments-in-answer = Antwort an { $name }
site-comments-in-answer-gone = Antwort auf einen entfernten Kommentar
site-comments-reply = Antworten
site-comments-reply-to = { $name } antworten
site-comments-respect = Respekt
site-comments-report = Einen Kommentar melden
site-comments-report-short = Melden
site-comments-report-this = Den Kommentar von { $name } melden
site-comments-link = Link zum Kommentar von { $name }
site-comments-more-answers = { $count ->
    [one] Eine weitere Antwort
   *[other] { $count } weitere Antworten
}
site-comments-more = Weitere Kommentare
site-comments-start = Von Anfang an
site-comments-all = Alle Kommentare
site-comments-answers = Antworten
site-comments-gone-writer = Vom Verfasser entfernt
site-comments-gone-newsroom = Von der Redaktion entfernt
site-comments-new = { $count ->
    [one] Ein neuer Kommentar
   *[other] { $count } neue Kommentare
}
site-comments-show-new = Neue Kommentare zeigen
site-comments-failed = Das hat nicht geklappt. Bitte noch einmal versuchen.
site-comments-me-short = Ihre Kommentare
site-comments-closed = Dieses Gespräch ist geschlossen. Es kann weiter gelesen werden.
site-comments-off = Hier gibt es keine Kommentare.
site-comments-answer-to = { $name } antworten
site-comments-as = Sie schreiben als { $name }.
site-comments-name = Name
site-comments-email = E-Mail-Adresse
site-comments-email-hint = Wird nie gezeigt. Sie bekommen einen Link, der Ihren Kommentar zeigt.
site-comments-trap = Dieses Feld leer lassen
site-comments-text = Kommentar
site-comments-text-hint = *Betonung*, > Zitat und Adressen, die mit https:// beginnen, funktionieren. Bitte bleiben Sie höflich.
site-comments-notify = Mir schreiben, wenn jemand antwortet
site-comments-held-hint = Kommentare neuer Verfasser liest die Redaktion, bevor sie gezeigt werden.
site-comments-send = Absenden
site-comments-cancel = Abbrechen
site-comments-name-missing = Bitte geben Sie einen Namen an.
site-comments-name-long = Bitte höchstens { $most } Zeichen.
site-comments-email-wrong = Das ist keine E-Mail-Adresse.
site-comments-text-missing = Bitte schreiben Sie etwas.
site-comments-text-long = Bitte höchstens { $most } Zeichen.
site-comments-parent = Worauf Sie antworten, ist nicht mehr da.
site-comments-word = Ihr Kommentar enthält ein Wort, das hier nicht angenommen wird. Bitte sagen Sie es anders.
site-comments-twice = Das haben Sie schon gesendet. Es wird einmal behalten.
site-comments-banned = Sie können hier zurzeit nicht schreiben.
site-comments-machine = Dieses Formular hat eine Maschine ausgefüllt.
site-comments-own-respect = Ihr eigener Kommentar hat Ihren Respekt bereits.
site-comments-own = Ihr Kommentar
site-comments-posted-shown = Danke. Ihr Kommentar wird gezeigt.
site-comments-posted-held = Danke. Jemand aus der Redaktion liest Ihren Kommentar, bevor er gezeigt wird.
site-comments-posted-unconfirmed = Danke. Öffnen Sie den Link, den wir an Ihre Adresse geschickt haben, dann geht Ihr Kommentar seinen Weg.
site-comments-posted-rejected = Die Redaktion zeigt diesen Kommentar nicht.
site-comments-posted-removed = Dieser Kommentar wurde entfernt.
site-comments-posted-erased = Dieser Kommentar wurde entfernt.
site-comments-state-shown = gezeigt
site-comments-state-held = wartet auf die Redaktion
site-comments-state-unconfirmed = wartet auf Ihren Link
site-comments-state-rejected = nicht gezeigt
site-comments-state-removed = entfernt
site-comments-state-erased = entfernt
site-comments-back = Zurück zu: { $title }
site-comments-edit = Ändern
site-comments-edit-until = Möglich bis { $at }.
site-comments-save = Speichern
site-comments-too-late = Die Zeit, in der ein Kommentar geändert werden kann, ist vorbei.
site-comments-remove = Entfernen
site-comments-remove-hint = Der Text und Ihr Name verschwinden für immer; Antworten darauf bleiben.
site-comments-removed = Entfernt
site-comments-removed-text = Ihr Kommentar ist weg.
site-comments-own-hint = Heben Sie die Adresse dieser Seite auf: Mit ihr können Sie den Kommentar ändern oder entfernen. Geben Sie sie nicht weiter.
site-comments-said-changed = Geändert.
site-comments-said-saved = Gespeichert.
site-comments-report-of = Ein Kommentar von { $name }, unter
site-comments-report-reason = Was ist daran falsch?
site-comments-reason-abuse = Er beleidigt oder hasst
site-comments-reason-spam = Er wirbt
site-comments-reason-other = Etwas anderes
site-comments-reason-illegal = Er verstößt gegen das Gesetz
site-comments-report-text = Was sollten wir wissen?
site-comments-report-text-hint = Nötig für die Meldung rechtswidriger Inhalte: warum Sie meinen, dass er gegen das Gesetz verstößt.
site-comments-report-long = Bitte höchstens 4000 Zeichen.
site-comments-report-why = Bitte sagen Sie, warum er Ihrer Meinung nach gegen das Gesetz verstößt.
site-comments-report-faith = Bitte bestätigen Sie das für die Meldung rechtswidriger Inhalte.
site-comments-legal = Nur für die Meldung rechtswidriger Inhalte
site-comments-legal-hint = Nach Artikel 16 des Gesetzes über digitale Dienste (DSA) der EU. Wir bestätigen die Meldung per E-Mail, entscheiden darüber und sagen Ihnen, wie.
site-comments-legal-name = Ihr Name
site-comments-legal-faith = Ich bin in gutem Glauben, dass meine Angaben richtig und vollständig sind.
site-comments-report-send = Meldung absenden
site-comments-reported = Danke
site-comments-reported-text = Die Redaktion sieht es sich an.
site-comments-reported-legal = Ihre Meldung ist angekommen. Sie erfahren per E-Mail, was daraus wird.
site-comments-sign-in = Anmelden
site-comments-sign-in-hint = Ohne Passwort: Sie bekommen einen Link per E-Mail.
site-comments-sign-in-send = Link schicken
site-comments-sign-in-open = Guten Tag, { $name }. Drücken Sie den Knopf, um hereinzukommen.
site-comments-sign-in-enter = Hereinkommen
site-comments-sign-in-used = Dieser Link gilt nicht mehr. Er gilt einmal, einen Tag lang.
site-comments-sent = Sehen Sie in Ihre E-Mail
site-comments-sent-text = Wenn E-Mail diese Adresse erreicht, liegt dort bald ein Link. Er gilt einen Tag.
site-comments-no-mail = Diese Redaktion hat noch keine E-Mail eingerichtet und kann keine Links schicken.
site-comments-sign-out = Abmelden
site-comments-me = Ihre Kommentare und Einstellungen
site-comments-me-comments = Was Sie geschrieben haben
site-comments-me-none = Noch nichts.
site-comments-me-empty = (kein Text)
site-comments-me-name = Ihr Name
site-comments-me-name-hint = Für alles, was Sie von jetzt an schreiben.
site-comments-me-mails = E-Mails
site-comments-me-data = Ihre Daten
site-comments-me-download = Alles herunterladen (JSON)
site-comments-erase = Alles löschen
site-comments-erase-hint = Aus Ihren Kommentaren wird „Vom Verfasser entfernt“. Ihr Name, Ihre Adresse und alles Geschriebene verschwinden sofort und für immer.
site-comments-erase-sure = Ich möchte, dass alles gelöscht wird
site-comments-erased = Gelöscht
site-comments-erased-text = Von Ihnen ist hier nichts mehr aufbewahrt.
site-comments-unsubscribe = Keine E-Mails mehr
site-comments-unsubscribe-text = Drücken Sie den Knopf, und wir schreiben Ihnen nicht mehr über Antworten.
site-comments-unsubscribed = Keine E-Mails mehr
site-comments-unsubscribed-text = Wir schreiben Ihnen nicht mehr über Antworten.
site-comments-error = Das hat nicht geklappt
site-comments-error-form = Im Formular fehlt etwas oder ist falsch.
site-comments-error-not-found = Diesen Kommentar oder Artikel gibt es nicht, oder er wird nicht mehr gezeigt.
site-comments-error-signed-out = Bitte melden Sie sich zuerst an.
site-comments-error-large = Das ist zu viel für einen Kommentar.
site-comments-error-many = Das war schnell. Bitte warten Sie einen Augenblick und versuchen Sie es wieder.
site-comments-error-stale = Jemand hat es inzwischen geändert. Bitte sehen Sie noch einmal nach.
site-comments-mail-link-subject = Ihr Link zu { $site }
site-comments-mail-link-body =
    Guten Tag,

    mit diesem Link melden Sie sich bei { $site } an, und was Sie mit dieser Adresse geschrieben haben, geht seinen Weg:

    { $link }

    Er gilt einmal, einen Tag lang. Haben Sie nicht darum gebeten, so tun Sie nichts: Es wird nichts gezeigt.
site-comments-mail-answer-subject = { $name } hat Ihnen geantwortet: { $headline }
site-comments-mail-answer-body =
    { $name } hat auf Ihren Kommentar zu „{ $headline }“ geantwortet:

    { $text }

    { $link }

    Keine E-Mails über Antworten mehr: { $stop }
site-comments-mail-notice-subject = Ihre Meldung ist angekommen
site-comments-mail-notice-body =
    Ihre Meldung rechtswidriger Inhalte zu diesem Kommentar ist bei { $site } angekommen:

    { $link }

    Ein Mensch entscheidet darüber, und Sie erfahren, wie.
site-comments-mail-notice-removed-subject = Entscheidung über Ihre Meldung
site-comments-mail-notice-removed-body =
    Ein Mensch bei { $site } hat über Ihre Meldung zu diesem Kommentar entschieden:

    { $link }

    Er wurde entfernt. Sind Sie anderer Meinung, so antworten Sie dem Absender dieser E-Mail; auch eine außergerichtliche Stelle oder ein Gericht steht Ihnen offen.
site-comments-mail-notice-kept-subject = Entscheidung über Ihre Meldung
site-comments-mail-notice-kept-body =
    Ein Mensch bei { $site } hat über Ihre Meldung zu diesem Kommentar entschieden:

    { $link }

    Er bleibt. Sind Sie anderer Meinung, so antworten Sie dem Absender dieser E-Mail; auch eine außergerichtliche Stelle oder ein Gericht steht Ihnen offen.

## Passkeys
site-comments-sign-in-mail = Mit einem Link per E-Mail
site-comments-no-way = Niemand kann sich anmelden.
site-comments-said-passkey = Ihr Passkey ist hinterlegt.
site-comments-me-passkeys = Passkeys
site-comments-passkey = Mit einem Passkey
site-comments-passkey-hint = Ein Passkey ist ein Schlüssel, den Ihr Gerät für Sie aufhebt und der sich öffnet wie das Gerät. Er braucht kein Passwort und keine Adresse.
site-comments-passkey-script = Passkeys brauchen einen Browser mit Skripten.
site-comments-passkey-none = Dieser Browser kennt keine Passkeys.
site-comments-passkey-elsewhere = Passkeys gelten unter
site-comments-passkey-in = Mit Passkey anmelden
site-comments-passkey-new = Passkey anlegen und hereinkommen
site-comments-passkey-new-hint = Für den ersten Besuch. Wir behalten Ihren Namen und die öffentliche Hälfte des Schlüssels, sonst nichts.
site-comments-passkey-add = Passkey hinzufügen
site-comments-passkey-made = Angelegt am { $at }
site-comments-passkey-used = benutzt am { $at }
site-comments-passkey-remove = Entfernen
site-comments-passkey-remove-of = Passkey vom { $at } entfernen
site-comments-passkey-only = Ohne Adresse kann Sie niemand wieder hereinlassen: Bewahren Sie einen zweiten Passkey auf einem anderen Gerät auf.
site-comments-passkey-last = Das ist Ihr einziger Weg herein. Fügen Sie erst einen anderen Passkey hinzu, oder löschen Sie alles.
site-comments-passkey-many = Sie haben zwanzig Passkeys. Entfernen Sie erst einen.
site-comments-passkey-failed = Das ging mit diesem Passkey nicht. Bitte noch einmal.
site-comments-passkey-needed = Hier schreiben nur Leserinnen und Leser mit Passkey.
