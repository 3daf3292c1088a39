//! What was published without passing the gate is read in the background.

use onrecord_base::{
    App,
    jobs::{Registry, drain},
    testing::both,
};
use onrecord_stories::{Kind, import, testing as desk};

use crate::store::standing;

/// A story that an import published, that many minutes ago.
async fn imported(app: &App, headline: &str, html: &str, minutes: i64) -> String {
    let section = desk::section(app, &format!("Section of {headline}")).await;
    let mut content = desk::content(headline, Some(&section));
    content.body = onrecord_prose::Document::from_html(html).document;
    let (settings, id, at) = (app.settings(), app.id(), app.now().plus(-minutes * 60_000));
    let standing = import::Standing::Published { path: None, at };
    let story = import::Imported {
        id: id.clone(),
        kind: Kind::Story,
        content,
        tags: vec![],
        created_at: at,
        changed_at: at,
        standing,
    };
    app.db.write(move |conn| import::keep(conn, &settings, story).map(drop)).await.unwrap();
    id
}

async fn words(app: &App, story: &str) -> Vec<String> {
    let story = story.to_owned();
    let standing = app.db.read(move |conn| standing::of_published(conn, &story)).await.unwrap();
    standing.into_iter().map(|s| s.standing.words).collect()
}

#[tokio::test]
async fn a_story_that_cannot_be_read_holds_up_no_other_and_is_not_tried_again() {
    both(&[], async |app: App| {
        let newest = imported(&app, "Newest", "<p>“We will stay here,” said Ilse Tamberg.</p>", 1).await;
        let broken = imported(&app, "Broken", "<p>“We will stay here,” said Odd Varga.</p>", 2).await;
        let oldest = imported(&app, "Oldest", "<p>“Nobody asked us at all,” said Odd Varga.</p>", 3).await;
        // The database takes the same words only once: the story in the middle is refused.
        let trap = "CREATE UNIQUE INDEX trap ON published_quotations (words)";
        app.db.write(move |conn| conn.batch(trap)).await.unwrap();
        let mut registry = Registry::new();
        crate::jobs(&mut registry);
        crate::catch_up(&app).await.unwrap();
        drain(&app, &registry).await.unwrap();
        assert_eq!(words(&app, &newest).await, ["We will stay here,"]);
        assert_eq!(words(&app, &oldest).await, ["Nobody asked us at all,"]);
        assert_eq!(words(&app, &broken).await, [""; 0]);
        assert_eq!(app.db.read(|conn| standing::unread(conn, None, 9)).await.unwrap().len(), 0, "set aside");
    })
    .await;
}
