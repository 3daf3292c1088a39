use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Parser;
use onrecord_base::DataDir;

use super::*;
use crate::{
    cli::backup::{self, BackupArgs},
    config, newsroom,
};

/// Arguments as the command line gives them.
#[derive(Parser)]
struct Line<A: clap::Args> {
    #[command(flatten)]
    args: A,
}

fn args<A: clap::Args>(file: &Path) -> A {
    Line::<A>::parse_from(["x".as_ref(), file.as_os_str()]).args
}

fn config(folder: &Path) -> Config {
    let data = DataDir::new(folder);
    Config { target: Target::Sqlite(data.database()), data, file: config::File::default() }
}

/// A newsroom with a picture's file and a theme, and its copy.
async fn copied(folder: &Path) -> PathBuf {
    let app = newsroom::create(config(&folder.join("news"))).await.unwrap();
    let mut settings = (*app.settings()).clone();
    settings.name = "The Harbour Post".into();
    app.save_settings(settings).await.unwrap();
    let name = onrecord_media::files::hash(b"a picture");
    onrecord_media::files::keep(
        &onrecord_media::files::rendition(&app.data, &name, onrecord_media::Format::WebP),
        b"a picture",
        true,
    )
    .unwrap();
    fs::create_dir_all(app.data.theme()).unwrap();
    fs::write(app.data.theme().join("story.html"), "x".repeat(5_000)).unwrap();
    fs::write(app.data.media().join(".1-1.part"), "unfinished").unwrap();
    let copy = folder.join("news.tar");
    backup::run(args::<BackupArgs>(&copy), config(&folder.join("news"))).await.unwrap();
    copy
}

#[tokio::test]
async fn a_newsroom_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let copy = copied(folder.path()).await;
    assert!(backup::run(args::<BackupArgs>(&copy), config(&folder.path().join("news"))).await.is_err());
    let again = folder.path().join("again");
    run(args(&copy), config(&again)).await.unwrap();
    let app = newsroom::open(config(&again)).await.unwrap();
    assert_eq!(app.settings().name, "The Harbour Post");
    let name = onrecord_media::files::hash(b"a picture");
    assert_eq!(
        fs::read(onrecord_media::files::rendition(&app.data, &name, onrecord_media::Format::WebP)).unwrap(),
        b"a picture"
    );
    assert_eq!(fs::read(app.data.theme().join("story.html")).unwrap().len(), 5_000);
    assert!(!app.data.media().join(".1-1.part").exists());
    let refused = run(args(&copy), config(&again)).await.unwrap_err().to_string();
    assert!(refused.contains("is not empty"), "{refused}");
}

#[tokio::test]
async fn a_copy_that_is_not_whole_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let copy = copied(folder.path()).await;
    let whole = fs::read(&copy).unwrap();
    let theme = whole.windows(100).position(|w| w == [b'x'; 100]).unwrap();
    let mut changed = whole.clone();
    changed[theme] = b'y';
    let list = whole.windows(MANIFEST.len()).rposition(|w| w == MANIFEST.as_bytes()).unwrap();
    let ends = [vec![0; 1024], Vec::new()].concat();
    let without_list = [&whole[..list], &ends].concat();
    for (bytes, word) in [
        (changed, "its checksum differs"),
        (whole[..whole.len() / 2].to_vec(), "not a whole copy"),
        (without_list, "list of checksums is missing"),
        (b"\x89PNG not a tar".repeat(100), "not a whole copy"),
        (Vec::new(), "list of checksums is missing"),
    ] {
        let bad = folder.path().join("bad.tar");
        fs::write(&bad, bytes).unwrap();
        let again = folder.path().join("again");
        let refused = run(args(&bad), config(&again)).await.unwrap_err().to_string();
        assert!(refused.contains(word), "{refused}");
        assert!(!again.exists());
    }
}

#[tokio::test]
async fn an_archive_of_somebody_else_writes_nothing_outside() {
    let folder = tempfile::tempdir().unwrap();
    for (name, kind) in [("../../evil", tar::EntryType::Regular), ("media/x", tar::EntryType::Symlink)] {
        let mut archive = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(0);
        header.set_entry_type(kind);
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive.append(&header, &b""[..]).unwrap();
        let bad = folder.path().join("bad.tar");
        fs::write(&bad, archive.into_inner().unwrap()).unwrap();
        let refused = run(args(&bad), config(&folder.path().join("a/b"))).await.unwrap_err().to_string();
        assert!(refused.contains("is no copy of a newsroom"), "{refused}");
    }
    assert!(!folder.path().join("evil").exists() && !folder.path().join("a/b").exists());
}

#[test]
fn only_a_newsrooms_own_files_are_unpacked() {
    for good in ["onrecord.sqlite", "onrecord.pgdump", "media/ab/x.jpg", "theme/story.html"] {
        assert!(ours(Path::new(good)), "{good}");
    }
    for bad in ["/etc/passwd", "../x", "media/../../x", "media", "onrecord.toml", "onrecord.sqlite/x", "lock", ""] {
        assert!(!ours(Path::new(bad)), "{bad}");
    }
}
