//! Uploads: what can be read is kept, what cannot says why, and nothing of the form is lost.

use http::StatusCode;
use onrecord_accounts::Role;
use onrecord_base::testing::{both, on_sqlite};

use super::{
    browsing::{ALL, browser},
    taking::send,
};
use crate::{
    capture,
    extract::MAX_BYTES,
    store::sources::{self, Narrow},
};

#[tokio::test]
async fn documents_of_every_kind_are_kept_with_their_words() {
    both(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let mail = b"From: Clerk <clerk@example.org>\r\nSubject: The bridge\r\n\r\nWe never signed it.\r\n";
        let vtt = b"WEBVTT\n\n00:01.000 --> 00:02.000\nWe never\n\n00:02.000 --> 00:03.000\nsigned it.\n";
        let srt = b"1\n00:00:01,000 --> 00:00:02,000\nWe never signed it.\n";
        for (name, bytes, title) in [
            ("notes.txt", &b"We never signed it."[..], "notes.txt"),
            ("latin.txt", b"Gr\xfc\xdfe. We never signed it.", "latin.txt"),
            ("utf16.txt", b"\xff\xfeW\0e\0 \0n\0e\0v\0e\0r\0 \0s\0i\0g\0n\0e\0d\0 \0i\0t\0.\0", "utf16.txt"),
            ("page.html", b"<title>The page</title><p>We never signed it.", "The page"),
            ("letter.eml", mail, "The bridge"),
            ("talk.vtt", vtt, "talk.vtt"),
            ("talk.srt", srt, "talk.srt"),
        ] {
            let kept = send(&mut ana, false, &[("kind", "document")], &[("file", name, bytes)]).await;
            assert_eq!(kept.status, StatusCode::SEE_OTHER, "{name}: {}", kept.body);
            let page = ana.get(&kept.location).await.body;
            assert!(
                page.contains("We never signed it.") && page.contains(name) && page.contains(title),
                "{name}: {page}"
            );
            assert_eq!(
                ana.get(&format!("{}/file", kept.location)).await.body,
                String::from_utf8_lossy(bytes),
                "{name}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_and_the_form_comes_back() {
    on_sqlite(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let large = vec![b'a'; MAX_BYTES + 1];
        let locked = include_bytes!("../extract/contained/locked.pdf");
        for (name, bytes, why) in [
            ("empty.pdf", &b""[..], "The file is empty."),
            ("blank.txt", b" \n ", "no text in this file"),
            ("broken.pdf", b"%PDF-1.7 and then nothing", "damaged"),
            ("locked.pdf", locked, "asks for a password"),
            ("program", b"\x7fELF\x02\x01\x01\0\0", "Files of this kind"),
            ("long.txt", &large, "“long.txt” is larger than 50 MB"),
        ] {
            let texts = [("kind", "document"), ("title", "The filing"), ("notes", "From the clerk"), ("story", "12ab")];
            let refused = send(&mut ana, false, &texts, &[("file", name, bytes)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            for shown in [why, "The filing", "From the clerk", "Choose the file again", "name=\"story\" value=\"12ab\""]
            {
                assert!(refused.body.contains(shown), "{name}: {shown}: {}", refused.body);
            }
        }
        let none = send(&mut ana, false, &[("kind", "document")], &[("file", "", b"")]).await;
        assert!(none.body.contains("Choose a file."), "{}", none.body);
        assert_eq!(app.db.read(|conn| sources::list(conn, &Narrow::default(), 0, 9)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn what_no_database_keeps_is_refused_or_left_out() {
    both(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let nul = send(&mut ana, false, &[("kind", "notes"), ("text", "a\0b")], &[]).await;
        assert_eq!(nul.status, StatusCode::BAD_REQUEST, "{}", nul.body);
        // The first kilobyte is text; a NUL comes later, as exporters of old programs leave it.
        let late = [&b"We never signed it. ".repeat(60)[..], b"\0end"].concat();
        let kept = send(&mut ana, false, &[("kind", "document")], &[("file", "late.txt", &late)]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let long = "x".repeat(301);
        let refused = send(&mut ana, false, &[("kind", "notes"), ("text", "No."), ("title", &long)], &[]).await;
        assert!(refused.body.contains("At most 300 characters."), "{}", refused.body);
        assert!(refused.body.contains("No.</textarea>"), "{}", refused.body);
        let unknown = send(&mut ana, true, &[("kind", "rumour"), ("text", "No.")], &[]).await;
        assert!(unknown.body.contains("Choose what kind of source it is."), "{}", unknown.body);
    })
    .await;
}

#[tokio::test]
async fn a_recording_is_kept_beside_its_transcript() {
    both(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let sound: Vec<u8> = (0..200_000u32).map(|n| (n % 251) as u8).collect();
        let vtt = b"WEBVTT\n\n00:01.000 --> 00:02.000\nWe never signed it.\n";
        let files = [("transcript", "talk.vtt", &vtt[..]), ("file", "talk.mp3", &sound)];
        let kept = send(&mut ana, false, &[("kind", "recording"), ("text", "")], &files).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let page = ana.get(&kept.location).await.body;
        assert!(page.contains("We never signed it.") && page.contains("talk.mp3, 200 kB"), "{page}");
        let recording = ana.get(&format!("{}/recording", kept.location)).await;
        assert_eq!(recording.body, String::from_utf8_lossy(&sound).replace("&#x2f;", "/"));
        let id = kept.location.rsplit('/').next().unwrap().to_owned();
        let recorded = app.db.read(move |conn| sources::recording(conn, &id)).await.unwrap().unwrap();
        let path = capture::path(&app.data, &recorded.sha256);
        assert_eq!(std::fs::read(&path).unwrap(), sound);

        let typed = [("kind", "recording"), ("text", "We never signed it.")];
        let second = send(&mut ana, false, &typed, &[("file", "talk.mp3", &sound)]).await;
        assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
        assert_eq!(ana.post(&format!("{}/removal", kept.location), &[]).await.location, "/desk/sources");
        assert!(path.exists(), "the second source has the same recording");
        ana.post(&format!("{}/removal", second.location), &[]).await;
        assert!(!path.exists(), "what no source names is gone");

        let alone = send(&mut ana, false, &[("kind", "recording")], &[("file", "talk.mp3", &sound)]).await;
        assert!(alone.body.contains("A recording needs a transcript"), "{}", alone.body);
        let left: Vec<_> = std::fs::read_dir(capture::folder(&app.data)).unwrap().flatten().collect();
        let parts = left.iter().filter(|entry| entry.path().extension().is_some_and(|e| e == "part")).count();
        assert_eq!(parts, 0, "nothing unfinished stays behind");
        let transcript = send(&mut ana, false, &[("kind", "recording")], &[("file", "talk.vtt", vtt)]).await;
        assert_eq!(transcript.status, StatusCode::SEE_OTHER, "a transcript alone will do: {}", transcript.body);
    })
    .await;
}

#[tokio::test]
async fn what_a_crash_left_unfinished_goes_and_what_is_coming_in_stays() {
    on_sqlite(&[], |app| async move {
        let folder = capture::folder(&app.data);
        let deep = folder.join("ab");
        std::fs::create_dir_all(&deep).unwrap();
        let file = |path: std::path::PathBuf, hours: i64| {
            let file = std::fs::File::create(&path).unwrap();
            let millis = u64::try_from(app.now().plus(-hours * 3_600_000).millis()).unwrap();
            file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_millis(millis)).unwrap();
            path
        };
        let gone = [file(folder.join(".old.part"), 25), file(deep.join(".1-2.part"), 48)];
        let kept = [file(folder.join(".new.part"), 23), file(deep.join("abcd"), 48), file(folder.join("a.part"), 48)];
        crate::catch_up(&app).await.unwrap();
        assert!(gone.iter().all(|path| !path.exists()));
        assert!(kept.iter().all(|path| path.exists()));
        std::fs::remove_dir_all(&folder).unwrap();
        crate::catch_up(&app).await.unwrap();
    })
    .await;
}
