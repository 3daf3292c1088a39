//! Watched folders.

use std::{fs, path::PathBuf};

use onrecord_base::{App, fetch::Reach, testing};

use super::{
    super::{cast, cast::TEMPLATES, sealed_in_browser::run_jobs},
    cast::{fact, files, read},
    mails::MAIL,
};
use crate::{
    Channel, Folders, Guard,
    channels::{
        audio::silence,
        watch::{Reason, SetAside, Watcher, set_aside},
    },
    line::MOST_BYTES,
    store::tips,
};

struct Spool {
    _folder: tempfile::TempDir,
    recordings: PathBuf,
    mail: PathBuf,
    watcher: Watcher,
}

fn spool(app: &App) -> Spool {
    let folder = tempfile::tempdir().unwrap();
    let (recordings, mail) = (folder.path().join("recordings"), folder.path().join("mail"));
    fs::create_dir_all(&recordings).unwrap();
    fs::create_dir_all(mail.join("new")).unwrap();
    let folders = Folders { recordings: Some(recordings.clone()), mail: Some(mail.clone()) };
    folders.check().unwrap();
    let watcher = Watcher::new(app.clone(), Guard::new(folders, Reach::Public));
    Spool { _folder: folder, recordings, mail, watcher }
}

async fn count(app: &App) -> usize {
    app.db.read(tips::all).await.unwrap().len()
}

#[tokio::test]
async fn a_dropped_recording_is_sealed_once_and_removed() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let mut spool = spool(&app);
        let file = spool.recordings.join("1763806.42.wav");
        let sound = silence(b"a voice that is heard for a while");
        fs::write(spool.recordings.join("1763806.42.json"), r#"{"from":"+15550142","to":"100"}"#).unwrap();
        fs::write(&file, &sound[..60]).unwrap();
        for _ in 0..4 {
            spool.watcher.look().await;
            assert_eq!(count(&app).await, 0, "half written: its own head says so");
        }
        fs::write(&file, &sound).unwrap();
        spool.watcher.look().await;
        assert_eq!(count(&app).await, 0, "it has just changed");
        spool.watcher.look().await;
        let all = read(&line).await;
        assert_eq!((all.len(), all[0].0.channel), (1, Channel::Drop));
        assert_eq!((fact(&all[0].1[0], "from"), all[0].1[0].parts[0].name.as_str()), ("+15550142", "1763806.42.wav"));
        assert_eq!(files(&line, &all[0].0).await, [sound]);
        assert_eq!(fs::read_dir(&spool.recordings).unwrap().count(), 0, "the recording and its caller data are gone");
        spool.watcher.look().await;
        assert_eq!(count(&app).await, 1);
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn what_does_not_say_that_it_is_whole_lies_still_for_longer() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        let mut spool = spool(&app);
        let file = spool.recordings.join("call.ogg");
        fs::write(&file, [b"OggS".as_slice(), &[0; 100]].concat()).unwrap();
        for _ in 0..12 {
            spool.watcher.look().await;
        }
        assert_eq!(count(&app).await, 0);
        spool.watcher.look().await;
        assert_eq!(count(&app).await, 1);
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_set_aside_with_its_reason() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        let mut spool = spool(&app);
        fs::write(spool.recordings.join("letter.pdf"), [b"%PDF-1.7".as_slice(), &[b' '; 100]].concat()).unwrap();
        fs::write(spool.recordings.join("empty.wav"), b"").unwrap();
        fs::write(spool.recordings.join("now.wav.part"), b"RIFF").unwrap();
        let large = fs::File::create(spool.recordings.join("large.wav")).unwrap();
        large.set_len(MOST_BYTES + 1).unwrap();
        let outside = spool.mail.join("outside.wav");
        fs::write(&outside, silence(&[1; 100])).unwrap();
        std::os::unix::fs::symlink(&outside, spool.recordings.join("link.wav")).unwrap();
        for _ in 0..14 {
            spool.watcher.look().await;
        }
        assert_eq!(count(&app).await, 0);
        let folder = |reason: &str| spool.recordings.join("set-aside").join(reason).display().to_string();
        let aside = set_aside(&spool.recordings);
        assert_eq!(
            aside,
            [
                SetAside { reason: Reason::TooLarge, count: 1, folder: folder("too-large") },
                SetAside { reason: Reason::Unreadable, count: 2, folder: folder("unreadable") },
            ]
        );
        assert_eq!(fs::read(&outside).unwrap(), silence(&[1; 100]), "what a link points at is not touched");
        assert!(!spool.recordings.join("empty.wav").exists() && spool.recordings.join("now.wav.part").exists());
    })
    .await;
}

#[tokio::test]
async fn a_maildir_is_emptied_into_sealed_tips() {
    testing::both(TEMPLATES, async |app: App| {
        let mut spool = spool(&app);
        let place = spool.mail.join("new/1763.M1.host");
        fs::write(&place, MAIL).unwrap();
        spool.watcher.look().await;
        assert!(place.exists(), "while the line is closed everything stays");
        let line = cast::line(&app).await;
        spool.watcher.look().await;
        assert!(!place.exists());
        let all = read(&line).await;
        assert_eq!((all[0].0.channel, fact(&all[0].1[0], "subject")), (Channel::Mail, "The wall"));
        fs::write(&place, MAIL).unwrap();
        spool.watcher.look().await;
        assert!(!place.exists() && count(&app).await == 1, "the same mail is one tip");
        let large = fs::File::create(spool.mail.join("new/large")).unwrap();
        large.set_len(crate::channels::mail::LARGEST + 1).unwrap();
        spool.watcher.look().await;
        assert_eq!(set_aside(&spool.mail)[0].reason, Reason::TooLarge);
        run_jobs(&app).await;
    })
    .await;
}
