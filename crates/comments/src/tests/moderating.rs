//! Mirela and Jun keep the comments in order.

use onrecord_base::{App, testing};

use super::room::{
    TEMPLATES, browser, find, id_of, moderator, post, posted, read, roots, rules, run_jobs, story, thread,
};
use crate::{
    Mode, Queue, Rules, State, Who, Why,
    store::{bans, decisions, queue, reports},
    thread::Sort,
};

#[tokio::test]
async fn two_people_work_through_a_queue_and_do_nothing_twice() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Held, Who::Name).await.article.id.clone();
        let mut ola = browser(&app);
        for text in ["One", "Two", "Three"] {
            app.clock.advance(1);
            posted(&mut ola, &story, "Ola", text).await;
        }
        let (mut mirela, mut jun) = (moderator(&app, "Mirela Osei").await, moderator(&app, "Jun Sato").await);
        let page = mirela.get("/desk/comments").await;
        assert!(page.body.contains("Held (3)") && page.body.contains("<p>One</p>"), "{}", page.body);
        let first = read(&app, |conn| queue::list(conn, Queue::Held, queue::Order::Oldest, None, 1)).await.remove(0);
        let decide = |action| [("action", action), ("seen", "held"), ("queue", "held")];
        let path = format!("/desk/comments/{}/decision", first.id);
        let answer = mirela.post(&path, &decide("approve")).await;
        assert_eq!(answer.location, "/desk/comments?queue=held&order=oldest");
        assert!(mirela.get(&answer.location).await.body.contains("<p>Two</p>"));
        let late = jun.post(&path, &decide("reject")).await;
        assert!(jun.get(&late.location).await.body.contains("Somebody else decided"));
        assert_eq!(roots(&app, &story, Sort::Newest).await, ["One"]);
        // Undone from anywhere, by the one who did it.
        assert_eq!(mirela.post("/desk/comments/undoing", &[]).await.status, 303);
        assert_eq!(roots(&app, &story, Sort::Newest).await, [""; 0]);
        let back = find(&app, &first.id).await;
        assert_eq!((back.state, back.why, back.queue), (State::Held, Why::Mode, Queue::Held));
        let log = read(&app, |conn| decisions::before(conn, None, 10)).await;
        assert_eq!((log.len(), log[0].undone_at.is_some()), (1, true), "the log keeps what was taken back");
        assert_eq!(mirela.post("/desk/comments/undoing", &[]).await.status, 403, "nothing is left to take back");
    })
    .await;
}

#[tokio::test]
async fn two_people_are_given_two_comments() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Held, Who::Name).await.article.id.clone();
        let mut ola = browser(&app);
        for text in ["One", "Two", "Three"] {
            app.clock.advance(1);
            posted(&mut ola, &story, "Ola", text).await;
        }
        // One desk: what somebody looks at is known to the node, not to a browser.
        let room = browser(&app);
        let (_, cookie) =
            onrecord_accounts::testing::staff(&app, "Mirela Osei", onrecord_accounts::Role::Moderator).await;
        let mut mirela = room.clone().signed_in(&cookie);
        let (_, cookie) = onrecord_accounts::testing::staff(&app, "Jun Sato", onrecord_accounts::Role::Moderator).await;
        let mut jun = room.signed_in(&cookie);
        let sees = |page: &super::room::Answer, text: &str| page.body.contains(&format!("<p>{text}</p>"));
        assert!(sees(&mirela.get("/desk/comments").await, "One"));
        assert!(sees(&jun.get("/desk/comments").await, "Two"));
        assert!(sees(&mirela.get("/desk/comments").await, "One"), "still hers");
        let first = read(&app, |conn| queue::list(conn, Queue::Held, queue::Order::Oldest, None, 1)).await.remove(0);
        let approve = [("action", "approve"), ("seen", "held"), ("queue", "held")];
        let next = mirela.post(&format!("/desk/comments/{}/decision", first.id), &approve).await.location;
        assert!(sees(&mirela.get(&next).await, "Three"));
        app.clock.advance(3 * 60_000);
        assert!(sees(&mirela.get(&next).await, "Two"), "he has gone for coffee");
    })
    .await;
}

#[tokio::test]
async fn the_hash_of_an_address_goes_with_the_ban_after_seven_days() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let id = posted(&mut browser(&app), &story, "Eve", "One").await;
        let mut mirela = moderator(&app, "Mirela Osei").await;
        app.clock.advance(86_400_000);
        let ban = [("kind", "ban"), ("days", "300"), ("reason", "spam")];
        assert_eq!(mirela.post(&format!("/desk/comments/{id}/ban"), &ban).await.status, 303);
        let now = app.now();
        let held = read(&app, move |conn| bans::holding(conn, now, 9)).await.remove(0);
        assert!(held.who.starts_with("address:"));
        assert_eq!(held.until, Some(now.plus(6 * 86_400_000)), "as long as the address is known");
        app.clock.advance(6 * 86_400_000 - 1);
        assert_eq!(post(&mut browser(&app), &story, "Eve", "Two").await.status, 403);
        app.clock.advance(1);
        crate::keep_forgetting(&app).await.expect("in line");
        run_jobs(&app).await;
        let (ban, comment) = (held.id.clone(), id.clone());
        let kept = read(&app, move |conn| Ok((bans::find(conn, &ban)?, queue::address_key(conn, &comment)?))).await;
        assert_eq!((kept.0.map(|ban| ban.who), kept.1), (Some(format!("forgotten:{}", held.id)), None));
        posted(&mut browser(&app), &story, "Eve", "Three").await;
    })
    .await;
}

#[tokio::test]
async fn readers_do_not_come_to_the_desk() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let answer = browser(&app).get("/desk/comments").await;
        assert_eq!((answer.status.as_u16(), answer.location.as_str()), (303, "/desk/sign-in?to=/desk/comments"));
        let (_, cookie) = onrecord_accounts::testing::staff(&app, "Bo Li", onrecord_accounts::Role::Reporter).await;
        assert_eq!(browser(&app).signed_in(&cookie).get("/desk/comments").await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn a_reported_comment_comes_first_and_its_reporter_is_told() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let id = posted(&mut browser(&app), &story, "Eve", "Bad").await;
        let path = format!("/comments/{id}/report");
        let mut ola = browser(&app);
        assert!(ola.get(&path).await.body.contains("A comment by Eve"));
        assert_eq!(ola.post(&path, &[("reason", "x")]).await.status, 422);
        let wrong = ola.post(&path, &[("reason", "illegal"), ("text", "")]).await;
        assert!(wrong.body.contains("Please say why") && wrong.body.contains("Please confirm this"), "{}", wrong.body);
        let notice = [
            ("reason", "illegal"),
            ("text", "It threatens somebody."),
            ("name", "Ola Nordmann"),
            ("email", "ola@example.org"),
            ("good_faith", "1"),
        ];
        assert_eq!(ola.post(&path, &notice).await.status, 200);
        assert_eq!(ola.post(&path, &notice).await.status, 200, "twice is once");
        assert_eq!(find(&app, &id).await.queue, Queue::Reported);
        let comment = id.clone();
        assert_eq!(read(&app, move |conn| reports::of(conn, &comment)).await.len(), 1);
        let mut mirela = moderator(&app, "Mirela Osei").await;
        assert!(mirela.get("/desk/comments").await.body.contains("ola@example.org"));
        let decision = [("action", "reject"), ("seen", "reported")];
        mirela.post(&format!("/desk/comments/{id}/decision"), &decision).await;
        assert_eq!(roots(&app, &story, Sort::Newest).await, [""; 0]);
        let comment = id.clone();
        let settled = read(&app, move |conn| reports::of(conn, &comment)).await.remove(0);
        assert_eq!(settled.outcome.as_deref(), Some("removed"));
        // Without a relay the mails wait and are tried again; nothing else does.
        app.db
            .write(move |conn| {
                onrecord_base::jobs::cancel(conn, &format!("notice:{}", settled.id))?;
                onrecord_base::jobs::cancel(conn, &format!("notice:{}:came", settled.id))
            })
            .await
            .expect("the mails");
    })
    .await;
}

#[tokio::test]
async fn a_ban_ends_by_itself_and_a_shadow_is_not_seen() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let mut eve = browser(&app);
        let id = posted(&mut eve, &story, "Eve", "One").await;
        let mut mirela = moderator(&app, "Mirela Osei").await;
        let ban = format!("/desk/comments/{id}/ban");
        assert_eq!(mirela.post(&ban, &[("kind", "ban"), ("days", "0")]).await.status, 403);
        assert_eq!(mirela.post(&ban, &[("kind", "ban"), ("days", "2"), ("reason", "spam")]).await.status, 303);
        assert_eq!(post(&mut eve, &story, "Eve", "Two").await.status, 403);
        assert!(mirela.get("/desk/comments/log").await.body.contains("spam"));
        app.clock.advance(2 * 86_400_000);
        posted(&mut eve, &story, "Eve", "Three").await;
        mirela.post(&ban, &[("kind", "shadow")]).await;
        let four = post(&mut eve, &story, "Eve", "Four").await;
        assert!(eve.get(&four.location).await.body.contains("Your comment is shown"), "she is not told");
        let held = find(&app, &id_of(&four)).await;
        assert_eq!((held.state, held.why), (State::Held, Why::Shadow));
        assert_eq!(roots(&app, &story, Sort::Oldest).await, ["One", "Three"]);
        let now = app.now();
        let holding = read(&app, move |conn| bans::holding(conn, now, 9)).await;
        let lifting = format!("/desk/comments/bans/{}/lifting", holding[0].id);
        mirela.post(&lifting, &[]).await;
        posted(&mut eve, &story, "Eve", "Five").await;
        assert_eq!(roots(&app, &story, Sort::Oldest).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn the_newsroom_answers_and_features() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let id = posted(&mut browser(&app), &story, "Ola", "A question").await;
        let mut mirela = moderator(&app, "Mirela Osei").await;
        mirela.post(&format!("/desk/comments/{id}/reply"), &[("text", "An answer")]).await;
        mirela.post(&format!("/desk/comments/{id}/decision"), &[("action", "feature")]).await;
        let page = thread(&app, &story, Sort::Newest).await;
        let answer = page.branches[0].answers[0].shown.clone().expect("shown");
        assert_eq!((answer.staff, answer.name.as_str()), (true, "Mirela Osei"));
        assert_eq!(page.featured.len(), 1);
        // A removed root keeps its place above the answer, and is featured no more.
        mirela.post(&format!("/desk/comments/{id}/decision"), &[("action", "reject")]).await;
        let page = thread(&app, &story, Sort::Newest).await;
        assert_eq!((page.shown, page.featured.len(), page.branches.len()), (1, 0, 1));
        assert!(!page.branches[0].root.by_writer && page.branches[0].root.shown.is_none());
    })
    .await;
}

#[tokio::test]
async fn words_refuse_and_hold() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let mut mirela = moderator(&app, "Mirela Osei").await;
        assert_eq!(mirela.post("/desk/comments/rules", &[]).await.status, 403, "settings are the publisher's");
        let lists = Rules { banned: vec!["casino".into()], suspect: vec!["crook*".into()], ..Rules::default() };
        rules(&app, Rules { mode: Mode::Open, hold_score: 0, ..lists }).await;
        let mut eve = browser(&app);
        assert_eq!(post(&mut eve, &story, "Eve", "Best c.a.s.i.n.o").await.status, 403);
        let held = posted(&mut eve, &story, "Eve", "All cr00ks").await;
        assert_eq!(find(&app, &held).await.why, Why::Word);
    })
    .await;
}

#[tokio::test]
async fn many_reports_take_a_comment_out_of_sight_until_somebody_decides() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let id = posted(&mut browser(&app), &story, "Eve", "Bad").await;
        for n in 0..5 {
            let (comment, now, report) = (id.clone(), app.now(), app.id());
            let report = reports::Report {
                id: report,
                comment_id: comment,
                at: now,
                reason: "abuse".into(),
                text: String::new(),
                name: String::new(),
                email: String::new(),
                by_key: format!("reader-{n}"),
                settled_at: None,
                outcome: None,
            };
            app.db.write(move |conn| reports::add(conn, &report)).await.expect("a report");
        }
        browser(&app).post(&format!("/comments/{id}/report"), &[("reason", "abuse")]).await;
        assert_eq!(find(&app, &id).await.state, State::Held);
        run_jobs(&app).await;
        let mut ola = browser(&app);
        answered_is_refused(&mut ola, &story, &id).await;
    })
    .await;
}

async fn answered_is_refused(ola: &mut super::room::Browser, story: &str, parent: &str) {
    let form = [("name", "Ola"), ("text", "x"), ("parent", parent)];
    assert_eq!(ola.post(&format!("/comments/on/{story}"), &form).await.status, 403);
}
