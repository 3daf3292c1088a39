//! Making an index anew: missing, broken, of another version, and while it serves.

use std::fs;

use onrecord_base::testing::{both, on_sqlite};
use onrecord_stories::testing as desk;

use super::{Room, TEMPLATES, story, urls};
use crate::{Progress, generation, rebuild};

#[tokio::test]
async fn a_new_index_takes_over_while_the_old_one_answers() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        for number in 0..30 {
            story(&app, &town, &format!("Wall {number}"), "en", "<p>Masonry.</p>").await;
        }
        desk::published_page(&app, "About us").await;
        let room = Room::new(&app).await;
        let before = generation::current(&app.data).unwrap();
        let steps = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let (seen, handle) = (steps.clone(), app.clone());
        let making = tokio::spawn(async move { rebuild(&handle, move |step| seen.lock().unwrap().push(step)).await });
        while !making.is_finished() {
            assert_eq!(urls(&room.page("q=masonry").await).len(), 10);
        }
        let built = making.await.unwrap().unwrap();
        assert_eq!((built.stories, built.pages, built.quotations), (30, 1, 0));
        assert!(built.bytes > 0 && steps.lock().unwrap().contains(&Progress::Stories(31, 31)));
        let after = generation::current(&app.data).unwrap();
        assert_ne!(before, after);
        // The server goes over to it by itself, and the old one leaves the disk.
        while room.search.generation().unwrap().name() != after {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        story(&app, &town, "The ferry", "en", "<p>A boat.</p>").await;
        assert_eq!(room.urls("q=boat").await, ["/town/the-ferry"]);
        assert!(!generation::root(&app.data).join(before).exists());
    })
    .await;
}

#[tokio::test]
async fn a_broken_index_is_replaced_and_never_stops_anybody() {
    on_sqlite(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        for number in 0..5 {
            story(&app, &town, &format!("Wall {number}"), "en", "<p>Masonry.</p>").await;
        }
        let damages: [fn(&std::path::Path); 5] = [
            |folder| fs::write(folder.join("meta.json"), "{ not json").unwrap(),
            |folder| fs::remove_file(folder.join("meta.json")).unwrap(),
            |folder| fs::remove_dir_all(folder).unwrap(),
            |folder| each_file(folder, |_| Vec::new()),
            |folder| {
                each_file(folder, |mut bytes| {
                    let middle = bytes.len() / 2;
                    bytes[middle..].iter_mut().for_each(|byte| *byte ^= 0x55);
                    bytes
                });
            },
        ];
        for (number, damage) in damages.into_iter().enumerate() {
            let room = Room::new(&app).await;
            assert_eq!(room.urls("q=masonry").await.len(), 5);
            room.stop();
            drop(room);
            let name = generation::current(&app.data).unwrap();
            damage(&generation::root(&app.data).join(&name));
            let room = Room::opened(&app);
            let (status, html) = room.get("/search?q=masonry").await;
            assert!([200, 503].contains(&status), "{number}: {html}");
            while urls(&room.get("/search?q=masonry").await.1).len() != 5
                || generation::current(&app.data).as_ref() == Some(&name)
            {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        }
    })
    .await;
}

/// Every file of an index but the one that says what it is. Each gets a new file in its place: whoever still reads the old
/// one reads it whole.
fn each_file(folder: &std::path::Path, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != "meta.json" {
            let bytes = change(fs::read(entry.path()).unwrap());
            fs::remove_file(entry.path()).unwrap();
            fs::write(entry.path(), bytes).unwrap();
        }
    }
}

#[tokio::test]
async fn an_index_of_another_version_or_another_database_is_made_again() {
    on_sqlite(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        story(&app, &town, "The wall", "en", "<p>Masonry.</p>").await;
        for (from, to) in [("\\\"schema\\\":1", "\\\"schema\\\":0"), ("\\\"seq\\\":", "\\\"seq\\\":9")] {
            let room = Room::new(&app).await;
            room.stop();
            drop(room);
            let name = generation::current(&app.data).unwrap();
            let meta = generation::root(&app.data).join(&name).join("meta.json");
            let text = fs::read_to_string(&meta).unwrap();
            assert!(text.contains(from), "{text}");
            fs::write(&meta, text.replace(from, to)).unwrap();
            let room = Room::new(&app).await;
            assert_ne!(generation::current(&app.data), Some(name));
            assert_eq!(room.urls("q=masonry").await, ["/town/the-wall"]);
        }
    })
    .await;
}

#[tokio::test]
async fn only_one_index_is_made_at_a_time() {
    on_sqlite(&[TEMPLATES], async |app| {
        let lock = generation::lock(&app.data).unwrap();
        assert!(rebuild(&app, |_| {}).await.is_err());
        drop(lock);
        assert!(rebuild(&app, |_| {}).await.is_ok());
    })
    .await;
}
