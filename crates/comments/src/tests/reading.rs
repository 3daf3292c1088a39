//! Threads: order, pages, branches, counts, whatever their length and depth.

use onrecord_base::{App, Time, testing};

use super::room::{TEMPLATES, answered, browser, find, posted, read, roots, story, thread};
use crate::{
    Mode, Who,
    import::{self, Foreign},
    store::{comments, threads},
    thread::{PAGE, Sort},
};

fn foreign(story: &str, n: usize, parent: Option<usize>) -> Foreign {
    Foreign {
        key: n.to_string(),
        parent: parent.map_or_else(String::new, |n| n.to_string()),
        story: story.into(),
        name: format!("Reader {n}"),
        at: Time::from_millis(1_000 * n as i64),
        shown: true,
        deleted: false,
        respect: (n % 7) as i64,
        text: format!("Text {n}"),
    }
}

async fn load(app: &App, comments: Vec<Foreign>) {
    let (random, now) = (app.random.clone(), app.now());
    app.db.write(move |conn| import::thread(conn, &random, "test", &comments, now)).await.expect("an import");
}

#[tokio::test]
async fn pages_of_a_thread_hold_everything_once_in_order() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        load(&app, (0..55).map(|n| foreign(&story, n, None)).collect()).await;
        for sort in [Sort::Newest, Sort::Oldest, Sort::Respect] {
            let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
            loop {
                let (story, cursor) = (story.clone(), after.clone());
                let page = read(&app, move |conn| threads::page(conn, &story, sort, cursor.as_ref())).await;
                assert!(page.branches.len() <= PAGE);
                assert_eq!(page.shown, 55);
                seen.extend(page.branches.into_iter().map(|branch| branch.root));
                pages += 1;
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!((pages, seen.len()), (3, 55), "{sort:?}");
            let keys: Vec<i64> = seen
                .iter()
                .map(|e| match sort {
                    Sort::Newest => -e.at.millis(),
                    Sort::Oldest => e.at.millis(),
                    Sort::Respect => -e.respect,
                })
                .collect();
            assert!(keys.is_sorted(), "{sort:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_branch_of_any_depth_is_flat_and_short() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        load(&app, (0..500).map(|n| foreign(&story, n, n.checked_sub(1))).collect()).await;
        let page = thread(&app, &story, Sort::Newest).await;
        assert_eq!((page.branches.len(), page.branches[0].answers.len()), (1, 2));
        assert_eq!((page.shown, page.branches[0].root.replies), (500, 499));
        let root = page.branches[0].root.id.clone();
        let (place, id) = (story.clone(), root.clone());
        let focus = read(&app, move |conn| threads::focus(conn, &place, &id, None)).await.expect("the root");
        assert_eq!(focus.answers.len(), PAGE);
        let (place, id, next) = (story.clone(), root.clone(), focus.next);
        let more = read(&app, move |conn| threads::focus(conn, &place, &id, next.as_ref())).await.expect("the root");
        assert_eq!(more.answers[0].shown.as_ref().map(|s| s.text.as_str()), Some("Text 21"));
        let place = story.clone();
        let answer = focus.answers[3].id.clone();
        let one = read(&app, move |conn| threads::focus(conn, &place, &answer, None)).await.expect("an answer");
        assert_eq!(one.answers.len(), 1, "an answer shows what answers it directly");
        assert!(read(&app, move |conn| threads::focus(conn, "other", &root, None)).await.is_none(), "another story");
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_deep_is_read_and_answered_as_any_other() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        load(&app, (0..10_000).map(|n| foreign(&story, n, n.checked_sub(1))).collect()).await;
        let last = read(&app, |conn| comments::after(conn, Time::from_millis(9_998_999), "", 1)).await.remove(0);
        assert_eq!((last.depth, last.text.as_str()), (9_999, "Text 9999"));
        let deeper = answered(&mut browser(&app), &story, &last.id, "Ola", "One more").await;
        assert_eq!(find(&app, &deeper).await.depth, 10_000);
        let page = thread(&app, &story, Sort::Newest).await;
        assert_eq!((page.branches.len(), page.branches[0].answers.len(), page.shown), (1, 2, 10_001));
    })
    .await;
}

#[tokio::test]
async fn answers_are_counted_and_told_apart() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let mut ola = browser(&app);
        let root = posted(&mut ola, &story, "Ola", "Root").await;
        app.clock.advance(1);
        let first = answered(&mut ola, &story, &root, "Eve", "One").await;
        app.clock.advance(1);
        let second = answered(&mut ola, &story, &first, "Bo", "Two").await;
        assert_eq!((find(&app, &root).await.replies, find(&app, &first).await.replies), (2, 1));
        assert_eq!(find(&app, &second).await.depth, 2);
        let page = thread(&app, &story, Sort::Oldest).await;
        let entry = &page.branches[0].answers[1];
        assert_eq!(entry.answers, Some((first, Some("Eve".to_owned()))));
        assert_eq!(roots(&app, &story, Sort::Oldest).await, ["Root"]);
    })
    .await;
}
