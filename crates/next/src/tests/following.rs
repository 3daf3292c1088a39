//! The model follows the newsroom.

use onrecord_base::testing::both;
use onrecord_stories::{publishing, testing as newsroom};

use super::room::{TEMPLATES, list, sections, stories};
use crate::Next;

#[tokio::test]
async fn a_new_story_is_recommended_at_once_and_a_killed_one_never() {
    both(TEMPLATES, |app| async move {
        let next = Next::open(&app).await.expect("a model");
        let sections = sections(&app, &["Town", "Sea"]).await;
        let stories = stories(&app, &sections, 2).await;
        let (first, second) = (&stories[0].article.id, &stories[1].article.id);
        assert_eq!(list(&app, &next, first).await, std::slice::from_ref(second));
        let third = newsroom::published(&app, "News", &sections[0]).await.article.id.clone();
        assert!(list(&app, &next, first).await.contains(&third));
        let (id, now) = (third.clone(), app.now());
        app.db
            .write(move |conn| {
                publishing::kill(conn, &onrecord_stories::Checks::default(), &id, "It was wrong.", Some("ana"), now)
            })
            .await
            .expect("a kill");
        assert_eq!(list(&app, &next, first).await, std::slice::from_ref(second));
        // Even a node that never heard of it: the link is made of the publication tables.
        assert!(list(&app, &Next::default(), first).await.iter().all(|id| *id != third));
    })
    .await;
}

#[tokio::test]
async fn a_story_alone_has_no_next_one() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town"]).await;
        let stories = stories(&app, &sections, 1).await;
        let next = Next::open(&app).await.expect("a model");
        assert!(list(&app, &next, &stories[0].article.id).await.is_empty());
    })
    .await;
}
