//! The index and the log: what is published is there, what was taken down is not, at once.

use onrecord_base::{App, Clock, DataDir, testing::both};
use onrecord_record::{
    SourceKind,
    capture::{self, NewSource},
};
use onrecord_stories::{
    import::{self, Imported, Standing},
    store::authors,
    testing as desk,
};

use super::{BRIDGE, Room, TEMPLATES, on_record, story, take_down, urls, write};
use crate::schema::Key;

#[tokio::test]
async fn what_is_published_changed_or_taken_down_is_seen() {
    both(&[TEMPLATES], async |app| {
        let room = Room::new(&app).await;
        let town = desk::section(&app, "Town").await;
        desk::draft(&app, onrecord_stories::Kind::Story, desk::content("A secret draft", Some(&town))).await;
        let wall = story(&app, &town, "The wall", "en", "<p>Masonry.</p>").await;
        assert_eq!(room.urls("q=masonry").await, ["/town/the-wall"]);
        assert_eq!(room.urls("q=secret").await, [""; 0]);
        desk::change(&app, &wall.id, |content| {
            content.body = onrecord_prose::Document::from_text("Concrete.").document;
        })
        .await;
        assert_eq!(room.urls("q=concrete").await, [""; 0], "saved is not published");
        desk::publish(&app, &wall.id).await.unwrap();
        assert_eq!(room.urls("q=concrete").await, ["/town/the-wall"]);
        assert_eq!(room.urls("q=masonry").await, [""; 0]);
        take_down(&app, &wall).await;
        assert_eq!(room.urls("q=concrete").await, [""; 0]);
        desk::publish(&app, &wall.id).await.unwrap();
        assert_eq!(room.urls("q=concrete").await, ["/town/the-wall"]);
    })
    .await;
}

#[tokio::test]
async fn a_takedown_is_seen_by_the_very_next_question_even_if_the_index_is_behind() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        let bridge = story(&app, &town, "The bridge", "en", BRIDGE).await;
        super::person(&app, "Ilse Tamberg", "ilse-tamberg").await;
        on_record(&app, &bridge, |_| {}).await;
        let room = Room::new(&app).await;
        assert!(room.urls("q=bridge").await.len() >= 2);
        assert!(room.suggested("brid").await.contains("/town/the-bridge"));
        room.stop();
        take_down(&app, &bridge).await;
        for asked in ["q=bridge", "q=tamberg", "said-by=ilse-tamberg", "section=town"] {
            assert_eq!(urls(&room.page(asked).await), [""; 0], "{asked}");
        }
        let (_, suggested) = room.get("/search/suggest?q=brid").await;
        assert_eq!(suggested, "{\"items\":[]}");
    })
    .await;
}

#[tokio::test]
async fn an_index_is_brought_up_to_date_after_a_restart_and_on_another_node() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        let gone = story(&app, &town, "The wall", "en", "<p>Masonry.</p>").await;
        let room = Room::new(&app).await;
        let made = crate::generation::current(&app.data).unwrap();
        room.stop();
        drop(room);
        take_down(&app, &gone).await;
        story(&app, &town, "The ferry", "en", "<p>A boat.</p>").await;
        let room = Room::new(&app).await;
        assert_eq!(room.urls("q=ferry").await, ["/town/the-ferry"]);
        assert_eq!(room.urls("q=masonry").await, [""; 0]);
        assert_eq!(crate::generation::current(&app.data), Some(made), "nothing was made anew");
        // Another node has a folder of its own.
        let folder = tempfile::tempdir().unwrap();
        let other = App::new(app.db.clone(), DataDir::new(folder.path()), Clock::system(), &[TEMPLATES]).await.unwrap();
        let node = Room::new(&other).await;
        assert_eq!(node.urls("q=ferry").await, ["/town/the-ferry"]);
        story(&app, &town, "The lighthouse", "en", "<p>A light.</p>").await;
        assert_eq!(node.urls("q=lighthouse").await, ["/town/the-lighthouse"]);
        assert_eq!(room.urls("q=lighthouse").await, ["/town/the-lighthouse"]);
    })
    .await;
}

#[tokio::test]
async fn what_an_import_brought_is_found() {
    both(&[TEMPLATES], async |app| {
        let room = Room::new(&app).await;
        let town = desk::section(&app, "Town").await;
        let (settings, now) = (app.settings(), app.now());
        let stories: Vec<Imported> = (0..3)
            .map(|number| Imported {
                id: app.id(),
                kind: onrecord_stories::Kind::Story,
                content: desk::content(&format!("Imported wall {number}"), Some(&town)),
                tags: vec![],
                created_at: now,
                changed_at: now,
                standing: Standing::Published { path: None, at: now.plus(-number * 86_400_000) },
            })
            .collect();
        write(&app, move |conn| {
            for story in stories {
                import::keep(conn, &settings, story)?;
            }
            import::done(conn, now)
        })
        .await;
        assert_eq!(room.urls("q=imported+wall").await.len(), 3);
        let followed = room.search.generation().unwrap().followed().unwrap();
        assert!(followed.seq > 0);
    })
    .await;
}

#[tokio::test]
async fn who_is_called_otherwise_is_found_by_the_new_name() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        let bo = desk::author(&app, "Bo Lind").await;
        let mut content = desk::content("The ferry", Some(&town));
        content.bylines = vec![onrecord_stories::Byline { author: Some(bo.id.clone()), name: bo.name.clone() }];
        content.tags = vec!["Timetables".into()];
        let ferry = desk::published_content(&app, onrecord_stories::Kind::Story, content).await;
        let room = Room::new(&app).await;
        assert_eq!(room.urls("q=lind").await, ["/town/the-ferry"]);
        assert_eq!(room.urls("q=timetable").await, ["/town/the-ferry"]);
        let (id, now) = (bo.id.clone(), app.now());
        let new = onrecord_stories::NewAuthor { name: "Bo Halvorsen".into(), slug: bo.slug, ..Default::default() };
        write(&app, move |conn| authors::update(conn, &id, new, now)).await;
        assert_eq!(room.urls("q=halvorsen").await, ["/town/the-ferry"]);
        assert_eq!(room.urls("q=lind").await, [""; 0]);
        let (tag, now) = (ferry.tags[0].id.clone(), app.now());
        let new = onrecord_stories::NewTag { name: "Departures".into(), ..Default::default() };
        write(&app, move |conn| onrecord_stories::store::tags::update(conn, &tag, new, now)).await;
        assert_eq!(room.urls("q=departures").await, ["/town/the-ferry"]);
        assert_eq!(room.urls("q=timetable").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn nothing_of_a_confidential_source_or_a_draft_is_in_the_index() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        let bridge = story(&app, &town, "The bridge", "en", BRIDGE).await;
        let new = NewSource {
            title: "Whistleblower Quillfeather".into(),
            notes: "met at zanzibar".into(),
            by: "ana".into(),
            confidential: true,
        };
        let text = "We will not close the bridge before the summer. Said by the xylophonist.";
        let taken = capture::text(&app, SourceKind::Notes, text, "", new).await.unwrap();
        let source = capture::keep(&app, taken, |_, _| Ok(())).await.unwrap();
        let id = source.id.clone();
        on_record(&app, &bridge, move |one| one.source = Some(id.clone())).await;
        desk::change(&app, &bridge.id, |content| content.headline = "The marzipan bridge".into()).await;
        let room = Room::new(&app).await;
        assert!(!room.urls("q=summer").await.is_empty());
        let generation = room.search.generation().unwrap();
        let mut terms = String::new();
        for segment in generation.searcher().segment_readers() {
            for field in [generation.fields().text, generation.fields().names, generation.fields().key] {
                let inverted = segment.inverted_index(field).unwrap();
                let mut stream = inverted.terms().stream().unwrap();
                while stream.advance() {
                    terms.push_str(&String::from_utf8_lossy(stream.key()));
                    terms.push('\n');
                }
            }
        }
        assert!(terms.contains("summer") && terms.contains(&Key::Story(bridge.id.clone()).to_text()));
        for secret in ["quillfeather", "whistleblow", "zanzibar", "xylophonist", "marzipan", &source.id] {
            assert!(!terms.contains(secret), "{secret} is in the index");
        }
    })
    .await;
}
