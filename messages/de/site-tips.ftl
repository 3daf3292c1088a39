# Der Briefkasten, wie Quellen ihn sehen.

## The tip page
site-tips-title = Geben Sie uns einen Hinweis
site-tips-dek = Sagen Sie uns, was Sie wissen, legen Sie bei, was es zeigt, und holen Sie sich unsere Antwort ab.
site-tips-languages = Sprache dieser Seite
site-tips-return-link = Sie haben einen Decknamen? Lesen Sie unsere Antwort
site-tips-closed-title = Unser versiegelter Briefkasten ist nicht offen
site-tips-closed = Das sagen wir lieber, als Sie hier etwas eintippen zu lassen, das wir nicht schützen können.
site-tips-desk = Wer es lesen soll
site-tips-desk-one = Es geht an: { $desk }
site-tips-desk-unknown = Wählen Sie eine der Redaktionen.
site-tips-text = Was Sie uns sagen wollen
site-tips-text-hint = Wer, was, wann, wo und woher Sie es wissen. Lassen Sie weg, was nur Sie wissen können, wenn niemand erraten darf, wer schreibt.
site-tips-files = Dateien
site-tips-files-hint = Bilder und Dokumente nennen oft das Gerät, den Ort oder den Menschen, der sie gemacht hat. Die Journalisten, denen Sie schreiben, sehen das.
site-tips-files-most = Zusammen bis zu { $megabytes } MB.
site-tips-plain-title = Bevor Sie senden: Dieser Weg ist der schwächere
site-tips-plain = Ihr Browser führt kein Skript aus: Ihre Worte gehen verschlüsselt (HTTPS) an unseren Server und werden dort im Speicher versiegelt, bevor irgendetwas auf einen Datenträger geschrieben wird. In diesem Augenblick kann unser Server sie lesen, und ebenso, wer ihn beherrscht. Wenn Sie Skripte für diese Seite erlauben, werden Ihre Worte versiegelt, bevor sie Ihr Gerät verlassen.
site-tips-sealed-title = Bevor Sie senden: Ihr Browser versiegelt es
site-tips-sealed = Ihr Browser versiegelt, was Sie schreiben, für die Journalisten dieser Redaktion, bevor es Ihr Gerät verlässt. Unser Server bewahrt es auf und kann es nicht öffnen. Sehen kann er, dass jemand etwas gesendet hat, wann es kam und ungefähr, wie groß es ist. Was das schützt und was nicht, steht weiter unten.
site-tips-send = Senden
site-tips-empty = Schreiben Sie etwas, oder legen Sie eine Datei bei.
site-tips-text-long = Das ist zu lang für eine Nachricht. Legen Sie es als Datei bei.
site-tips-phone-title = Oder rufen Sie an
site-tips-phone-badge = Schwächer: unterwegs nicht versiegelt
site-tips-phone = Die Telefongesellschaft kennt Ihre Nummer, unsere, die Uhrzeit und die Dauer und kann mithören. Eine SMS kann jede Firma lesen, durch die sie geht. Wenn Ihr Wissen Sie in Gefahr bringen kann, benutzen Sie ein Telefon, das weder Ihnen noch Ihrem Arbeitgeber gehört, und rufen Sie nicht vom Arbeitsplatz an.
site-tips-phone-or-text = Oder rufen Sie an, oder schicken Sie eine SMS
site-tips-mail-title = Oder schreiben Sie eine E-Mail
site-tips-mail = Eine E-Mail geht durch mehrere Firmen, die sie lesen, aufbewahren und herausgeben können. Wenn Ihr Wissen Sie in Gefahr bringen kann, schreiben Sie lieber hier auf dieser Seite; von einer Adresse, die Sie nennt, oder vom Arbeitsplatz schreiben Sie gar nicht.
site-tips-way-sms = Eine SMS: wer was sieht
site-tips-way-sms-them = Ihre Telefongesellschaft und die Firma, bei der unsere Nummer liegt, sehen Ihre Nummer, unsere, die Uhrzeit und jedes Wort und Bild. Sie bewahren Aufzeichnungen darüber auf, manche monate- oder jahrelang.
site-tips-way-sms-us = Unser Server erhält sie offen und versiegelt sie sofort, im Speicher; dann bittet er die Firma, bei der unsere Nummer liegt, ihre Kopie zu löschen. Ihre Nummer wird mitversiegelt: Die Journalisten sehen sie, und sonst steht sie bei uns nirgends. Ihr Telefon behält, was Sie geschickt haben, bis Sie es löschen.
site-tips-way-voice = Ein Anruf: wer was sieht
site-tips-way-voice-them = Ihre Telefongesellschaft und die Firma, bei der unsere Nummer liegt, sehen Ihre Nummer, unsere, die Uhrzeit und die Dauer und können mithören. Die Firma, bei der unsere Nummer liegt, nimmt auf, was Sie nach dem Ton sagen.
site-tips-way-voice-us = Unser Server holt die Aufnahme und versiegelt sie, während sie kommt; dann bittet er jene Firma, ihre Aufnahme und ihren Vermerk über den Anruf zu löschen. Die Journalisten hören Ihre Stimme und sehen Ihre Nummer; sonst steht sie bei uns nirgends.
site-tips-way-own = Ein Anruf: wer was sieht
site-tips-way-own-them = Ihre Telefongesellschaft und unsere sehen Ihre Nummer, unsere, die Uhrzeit und die Dauer und können mithören.
site-tips-way-own-us = Unsere eigene Telefonanlage nimmt auf, was Sie nach dem Ton sagen. Die Aufnahme liegt dort offen, bis unser Server sie versiegelt hat, gewöhnlich innerhalb einer Minute, und wird dann überschrieben. Die Journalisten hören Ihre Stimme und sehen Ihre Nummer.
site-tips-way-mail = Eine E-Mail: wer was sieht
site-tips-way-mail-them = Ihr Mail-Anbieter und unserer sehen Ihre Adresse, unsere, die Uhrzeit, den Betreff und jedes Wort und jede Datei, die Sie nicht selbst verschlüsselt haben. Beide können Kopien behalten, und Ihr eigener Ordner „Gesendet“ behält eine.
site-tips-way-mail-us = Unser Server versiegelt Ihre E-Mail, sobald er sie bekommt. Ihre Adresse wird mitversiegelt: Die Journalisten sehen sie. Was bei den Mail-Anbietern liegt, können wir nicht löschen.
site-tips-way-back = Auf diesem Weg bekommen Sie keinen Decknamen: Antworten können wir nur, indem wir zurückrufen oder zurückschreiben.
site-tips-protection = Was geschützt ist und was nicht
site-tips-protection-what = Was
site-tips-protection-how = Wie es darum steht
site-tips-protection-words = Ihre Worte und Dateien
site-tips-protection-words-how = Versiegelt für die Journalisten der Redaktion, die Sie wählen. Wer die Festplatte unseres Servers oder eine Sicherung nimmt, kann sie ohne das Kennwort eines Journalisten nicht lesen.
site-tips-protection-visit = Dass Sie hier waren
site-tips-protection-visit-how = Wir schreiben weder Ihre Adresse noch Ihren Browser auf. Ihr Netz (Arbeitsplatz, Zuhause, Mobilfunk) sieht, dass Sie diese Website besucht haben, aber nicht, welche Seite. Der Tor-Browser verbirgt ihm das; schreiben Sie nicht vom Arbeitsplatz.
site-tips-protection-when = Wann und wie viel
site-tips-protection-when-how = Unser Server bewahrt den Tag, die Redaktion und ungefähr die Größe auf: nicht die Stunde. Bis zur nächsten Nacht verrät der Datenträger selbst sie womöglich noch.
site-tips-protection-server = Ein Angreifer, der unseren Server beherrscht
site-tips-protection-server-how = Könnte Ihnen eine andere Seite schicken als unsere und lesen, was Sie hineinschreiben. Der Fingerabdruck unten hilft, das zu bemerken; wo größte Vorsicht nötig ist, treffen Sie einen Journalisten.
site-tips-protection-device = Ihr eigenes Gerät
site-tips-protection-device-how = Vor jemandem, der Ihren Bildschirm, Ihre Tastatur oder den Rechner Ihres Arbeitgebers überwacht, können wir Sie nicht schützen. Ihr Browser kann sich merken, dass Sie hier waren.
site-tips-protection-time = Wie lange wir es aufbewahren
site-tips-protection-time-how = Wenn wir mit einem Hinweis fertig sind, wird er nach einer Weile gelöscht: gewöhnlich nach { $days } Tagen.
site-tips-fingerprint = Der Fingerabdruck unseres Schlüssels
site-tips-fingerprint-printed = Unsere Redaktion druckt dieselben Ziffern auch anderswo: { $where } Sehen Sie dort nach, nicht nur auf dieser Seite. Wenn sie abweichen, schreiben Sie hier nicht.
site-tips-fingerprint-ask = Fragen Sie jemanden aus unserer Redaktion auf einem anderen Weg nach diesen Ziffern: am Telefon, auf Papier, persönlich. Wenn sie abweichen, schreiben Sie hier nicht.
site-tips-fingerprint-words = In Wörtern:
site-tips-onion = Im Tor-Browser hat diese Website auch eine eigene Adresse:

## The codename
site-tips-done-title = Es ist angekommen. Das ist Ihr Deckname
site-tips-done-once = Schreiben Sie diese sieben Wörter jetzt auf Papier. Sie werden nur dieses eine Mal gezeigt, wir haben sie nicht, und nur mit ihnen kommen Sie an unsere Antwort.
site-tips-done-after = Schließen Sie dann dieses Fenster. Kommen Sie in ein paar Tagen von einem Ort, an dem niemand Ihnen zusieht, auf diese Seite zurück und wählen Sie „Lesen Sie unsere Antwort“.
site-tips-done-plain = Unser Server hat diesen Decknamen gemacht, weil Ihr Browser kein Skript ausführte. Er hat ihn schon vergessen.

## Coming back
site-tips-return-title = Lesen Sie unsere Antwort
site-tips-codename = Ihr Deckname
site-tips-codename-hint = Sieben Wörter. Großbuchstaben, Kommas und Bindestriche sind gleichgültig.
site-tips-codename-plain = Ohne Skript geht der Deckname an unseren Server, der unsere Antwort für Sie im Speicher öffnet und ihn dann vergisst. Wenn Skripte erlaubt sind, verlässt er Ihr Gerät nie.
site-tips-codename-sealed = Der Deckname verlässt diesen Browser nicht. Er öffnet unsere Antwort hier, auf Ihrem Gerät; unser Server sieht nur einen daraus errechneten Wert, mit dem er Ihre Nachricht findet.
site-tips-codename-open = Öffnen
site-tips-codename-count = Ein Deckname hat sieben Wörter; das sind { $count }.
site-tips-codename-word = Wort { $number } ist keines von unseren. Sehen Sie nach, ob es so geschrieben ist wie auf Ihrem Zettel.
site-tips-codename-wrong = Unter diesem Decknamen liegt nichts. Sehen Sie nach, ob jedes Wort so ist wie auf Ihrem Zettel; oder es wurde gelöscht, weil wir damit fertig waren.
site-tips-thread-title = Ihr Gespräch mit uns
site-tips-from-us = Von uns
site-tips-from-you = Von Ihnen
site-tips-own-sealed = Für die Journalisten versiegelt; es lässt sich nicht noch einmal zeigen.
site-tips-no-replies = Wir haben noch nicht geantwortet. Kommen Sie in ein paar Tagen wieder.
site-tips-unsigned = Diese Nachricht trägt keine Unterschrift dieser Redaktion oder wurde verändert. Trauen Sie ihr nicht.
site-tips-more-title = Schreiben Sie mehr
site-tips-more-sent = Ihre Nachricht ist angekommen. Ihr Deckname bleibt derselbe.
site-tips-to-tip = Uns zum ersten Mal schreiben

## What the script says
site-tips-script-making = Ihr Deckname wird gemacht. Das dauert ein paar Sekunden.
site-tips-script-checking = Unsere Schlüssel werden geprüft.
site-tips-script-working = Ein wenig Rechnen, das Maschinen davon abhält, uns zu überfluten.
site-tips-script-sealing = Wird versiegelt.
site-tips-script-sending = Wird gesendet.
site-tips-script-done = Es ist angekommen.
site-tips-script-opening = Wird geöffnet.
site-tips-script-wrong-keys = Die Schlüssel, die dieser Server geschickt hat, sind nicht von der Redaktion unterschrieben. Nichts wurde gesendet. Schreiben Sie hier nicht; erreichen Sie uns auf anderem Weg.
site-tips-script-too-large = Das ist mehr, als wir auf einmal annehmen können.
site-tips-script-failed = Es konnte nicht gesendet werden. Was Sie geschrieben haben, ist noch da; versuchen Sie es noch einmal.

## What goes wrong
site-tips-error-title = Das hat nicht geklappt
site-tips-error-busy-title = Viel los, bitte noch einmal versuchen
site-tips-error-busy = Gerade kommt mehr an, als wir annehmen können. Von Ihnen wurde nichts behalten. Gehen Sie zurück, warten Sie ein paar Minuten und senden Sie noch einmal.
site-tips-error-work = Dieses Formular ist zu alt oder wurde schon gesendet. Laden Sie die Seite neu.
site-tips-again-work = Dieses Formular war zu alt oder wurde schon einmal abgeschickt: Diesmal wurde nichts behalten. Was Sie geschrieben haben, steht unten. Schicken Sie es noch einmal ab.
site-tips-again-busy = Es kommt gerade mehr an, als wir annehmen können. Von Ihnen wurde nichts behalten. Was Sie geschrieben haben, steht unten: Warten Sie ein paar Minuten und schicken Sie es noch einmal ab.
site-tips-again-large = Ihre Dateien sind mehr, als wir auf einmal annehmen können. Nichts wurde behalten. Was Sie geschrieben haben, steht unten.
site-tips-again-files = Dateien müssen neu ausgewählt werden.
site-tips-error-envelope = Was ankam, ist keine versiegelte Nachricht. Nichts wurde behalten.
site-tips-error-form = Das Formular kam unvollständig an. Nichts wurde behalten; gehen Sie zurück und senden Sie es noch einmal.
site-tips-error-large = Das ist mehr, als wir auf einmal annehmen können. Nichts wurde behalten.
site-tips-error-thread-full = Dieses Gespräch ist voll. Schreiben Sie uns neu, und sagen Sie, dass Sie schon geschrieben haben.
site-tips-error-closed = Der Briefkasten wurde inzwischen geschlossen. Nichts wurde behalten.
site-tips-kept-text = Was Sie geschrieben haben
site-tips-kept-text-hint = Kopieren Sie es, wenn Sie es später senden möchten: Es steht nirgends als auf dieser Seite.
site-tips-error-known = Eine Nachricht mit diesem Decknamen ist schon hier. Kommen Sie mit ihm zurück, um mehr zu schreiben.
site-tips-error-stale = Unsere Schlüssel haben sich inzwischen geändert. Laden Sie die Seite neu.
site-tips-error-not-found = Hier ist nichts.

## What a caller hears
site-tips-call-warning = Hier ist der Briefkasten von { $site }. Bitte hören Sie erst zu: Dieser Anruf ist unterwegs nicht versiegelt. Die Telefongesellschaften kennen Ihre Nummer und unsere und können mithören. Was Sie sagen, wird aufgenommen und für unsere Journalisten versiegelt; danach wird die Aufnahme hier gelöscht. Wenn Ihr Wissen Sie in Gefahr bringen kann, legen Sie jetzt auf und schreiben Sie uns auf unserer Website, von einem Gerät, das nicht Ihrem Arbeitgeber gehört. Sonst sprechen Sie nach dem Ton. Drücken Sie die Rautetaste, wenn Sie fertig sind.
site-tips-call-thanks = Danke. Wir haben Ihre Nachricht. Auf Wiederhören.
site-tips-call-nothing = Wir haben nichts gehört. Auf Wiederhören.
site-tips-call-closed = Hier ist der Briefkasten von { $site }. Er kann gerade keine Nachrichten annehmen. Es wurde nichts aufgenommen. Bitte versuchen Sie es später, oder schreiben Sie uns. Auf Wiederhören.
