//! The furniture: a story to comment on, readers and moderators with their browsers.

use axum::response::IntoResponse;
use onrecord_accounts::{Role, testing as people};
use onrecord_base::{
    App, Conn, Result, Settings,
    jobs::Registry,
    settings::Smtp,
    web::{Frame, errors},
};
use onrecord_stories::{published::PublishedStory, testing as newsroom};

pub(super) use onrecord_accounts::testing::{Answer, Browser};

use crate::{
    Comment, Mode, Rules, Who,
    store::{comments, settings, threads},
    thread::{Sort, Thread},
};

/// Everything a template may extend.
pub(super) const TEMPLATES: &[onrecord_base::views::Templates] = &[errors::TEMPLATES, crate::TEMPLATES];

/// A story that can be commented on, under rules without limits of rate.
pub(super) async fn story(app: &App, mode: Mode, who: Who) -> PublishedStory {
    let section = newsroom::section(app, "Town").await;
    let story = newsroom::published(app, "The wall", &section).await;
    rules(app, Rules { mode, who, a_minute: 0, a_minute_address: 0, hold_score: 0, ..Rules::default() }).await;
    if who == Who::Email && app.settings().smtp.is_none() {
        with_mail(app).await;
    }
    story
}

/// A newsroom that has a relay in its settings, where no mail is looked at.
async fn with_mail(app: &App) {
    let smtp = Smtp {
        host: "127.0.0.1".into(),
        port: 9,
        security: "none".into(),
        user: String::new(),
        password: String::new(),
        from: "desk@news.example".into(),
    };
    app.save_settings(Settings { smtp: Some(smtp), ..Settings::clone(&app.settings()) }).await.expect("settings");
}

pub(super) async fn rules(app: &App, rules: Rules) {
    let now = app.now();
    app.clock.advance(1);
    app.db.write(move |conn| settings::save_site(conn, &rules, "ana", now)).await.expect("rules");
}

/// A reader's browser, without a cookie.
pub(super) fn browser(app: &App) -> Browser {
    let frame = Frame::new(|_, framed| async move { Ok((framed.status, framed.html).into_response()) });
    Browser::new(app, crate::routes(frame))
}

/// A moderator's browser.
pub(super) async fn moderator(app: &App, name: &str) -> Browser {
    let (_, cookie) = people::staff(app, name, Role::Moderator).await;
    browser(app).signed_in(&cookie)
}

/// Posts with a name; the answer's address of one's own comment.
pub(super) async fn post(browser: &mut Browser, story: &str, name: &str, text: &str) -> Answer {
    browser.post(&format!("/comments/on/{story}"), &[("name", name), ("text", text)]).await
}

/// Posts and gives the new comment's id.
pub(super) async fn posted(browser: &mut Browser, story: &str, name: &str, text: &str) -> String {
    let answer = post(browser, story, name, text).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    id_of(&answer)
}

pub(super) async fn answered(browser: &mut Browser, story: &str, parent: &str, name: &str, text: &str) -> String {
    let form = [("name", name), ("text", text), ("parent", parent)];
    let answer = browser.post(&format!("/comments/on/{story}"), &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    id_of(&answer)
}

pub(super) fn id_of(answer: &Answer) -> String {
    answer.location.split('/').nth(2).expect("an id").to_owned()
}

pub(super) async fn read<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static,
) -> T {
    app.db.read(work).await.expect("a read")
}

pub(super) async fn thread(app: &App, story: &str, sort: Sort) -> Thread {
    let story = story.to_owned();
    read(app, move |conn| threads::page(conn, &story, sort, None)).await
}

/// Texts of the roots on the first page.
pub(super) async fn roots(app: &App, story: &str, sort: Sort) -> Vec<String> {
    let thread = thread(app, story, sort).await;
    thread.branches.iter().map(|b| b.root.shown.as_ref().map_or("-".into(), |s| s.text.clone())).collect()
}

pub(super) async fn find(app: &App, id: &str) -> Comment {
    let id = id.to_owned();
    read(app, move |conn| comments::find(conn, &id)).await.expect("the comment")
}

/// Runs what is due.
pub(super) async fn run_jobs(app: &App) {
    let mut registry = Registry::new();
    crate::jobs(&mut registry);
    onrecord_base::jobs::drain(app, &registry).await.expect("the jobs");
}
