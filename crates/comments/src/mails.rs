//! The mails of this area, and its other work in the background. What a job carries are ids: addresses and texts are
//! looked up when it runs, so that nothing of an erased reader lies in the line.

use onrecord_base::{
    App, Conn, Result, Time,
    jobs::{self, Job, Registry},
    mail::{self, Mail},
    messages::Arg,
};
use onrecord_stories::published;
use serde::{Deserialize, Serialize};

use crate::{
    comment::{Queue, State, Why},
    reader::CLAIM,
    rules::DAY,
    store::{bans, comments, erase, readers, reports, respects, settings},
    text,
};

const LINK: &str = "comments.link";
const ANSWER: &str = "comments.answer";
const NOTICE: &str = "comments.notice";
const FORGET: &str = "comments.forget";
/// How long the hash of a network address is kept.
pub const ADDRESS: i64 = 7 * DAY;
/// How often what has to be forgotten is looked for.
const ROUND: i64 = 3_600_000;
/// Characters of a comment in a mail.
const EXCERPT: usize = 400;

#[derive(Serialize, Deserialize)]
struct ToReader {
    reader: String,
    back: String,
}

#[derive(Serialize, Deserialize)]
struct About {
    id: String,
}

/// The jobs of this area.
pub fn jobs(registry: &mut Registry) {
    registry
        .job(LINK, |app, job| async move { link(&app, &job).await })
        .job(ANSWER, |app, job| async move { answer(&app, &job).await })
        .job(NOTICE, |app, job| async move { notice(&app, &job).await })
        .job(FORGET, |app, job| async move { forget(&app, &job).await });
}

/// Puts a mail with a link in line. The link itself is made when the mail is sent: no working one lies in the database.
pub(crate) fn request_link(conn: &mut Conn<'_>, id: &str, reader: &str, back: &str, now: Time) -> Result<()> {
    jobs::enqueue(conn, id, LINK, &ToReader { reader: reader.to_owned(), back: back.to_owned() }, now, now)
}

/// Puts the mail about an answer that came into sight in line, if the answered reader wants one.
pub(crate) fn answered(conn: &mut Conn<'_>, comment: &str, parent: Option<&str>, now: Time) -> Result<()> {
    let Some(parent) = parent else { return Ok(()) };
    let wanted = match readers::writer_to_notify(conn, parent)? {
        Some(reader) => comments::find(conn, comment)?.is_some_and(|c| c.reader_id.as_deref() != Some(&reader)),
        None => false,
    };
    if !wanted {
        return Ok(());
    }
    jobs::enqueue(conn, &format!("answer:{comment}"), ANSWER, &About { id: comment.to_owned() }, now, now)
}

/// Puts the mail to who gave a legal notice in line: that it came, or what became of it.
pub(crate) fn request_notice(conn: &mut Conn<'_>, id: &str, report: &str, now: Time) -> Result<()> {
    jobs::enqueue(conn, id, NOTICE, &About { id: report.to_owned() }, now, now)
}

/// Settles what was reported of a comment, and tells whoever gave notice what became of it.
pub(crate) fn settle(conn: &mut Conn<'_>, comment: &str, outcome: &str, by: &str, now: Time) -> Result<()> {
    for report in reports::settle(conn, comment, outcome, by, now)? {
        request_notice(conn, &format!("notice:{report}"), &report, now)?;
    }
    Ok(())
}

/// Sees to it that what has to be forgotten is; called when a server starts.
///
/// # Errors
/// If the job cannot be kept.
pub async fn keep_forgetting(app: &App) -> Result<()> {
    let now = app.now();
    app.db.write(move |conn| jobs::enqueue(conn, FORGET, FORGET, &(), now, now)).await
}

async fn link(app: &App, job: &Job) -> Result<()> {
    let ToReader { reader, back } = job.read()?;
    let (token, now) = (app.random.token(), app.now());
    let kept = token.clone();
    let found = app
        .db
        .write(move |conn| {
            let found = readers::find(conn, &reader)?;
            if let Some(reader) = &found {
                readers::link(conn, &reader.id, &kept, &back, now)?;
            }
            Ok(found)
        })
        .await?;
    let Some(reader) = found else { return Ok(()) };
    let link = format!("{}/comments/sign-in/{token}", app.settings().base_url);
    send(app, &reader.email, "site-comments-mail-link", vec![("link", link)], None).await
}

async fn answer(app: &App, job: &Job) -> Result<()> {
    let About { id } = job.read()?;
    let found = app
        .db
        .read(move |conn| {
            let Some(comment) = comments::find(conn, &id)?.filter(|comment| comment.is_shown()) else {
                return Ok(None);
            };
            let Some(parent) = comment.parent_id.as_deref() else { return Ok(None) };
            let Some(reader) = readers::writer_to_notify(conn, parent)? else { return Ok(None) };
            let Some(reader) = readers::find(conn, &reader)? else { return Ok(None) };
            let story = published::whereabouts(conn, &comment.story_id)?;
            Ok(story.map(|story| (comment, reader, story)))
        })
        .await?;
    let Some((comment, reader, story)) = found else { return Ok(()) };
    let base = app.settings().base_url.clone();
    let args = vec![
        ("name", comment.name.clone()),
        ("headline", story.headline.clone()),
        ("text", text::excerpt(&comment.text, EXCERPT)),
        ("link", format!("{base}{}/comments/{}", story.path.trim_end_matches('/'), comment.id)),
        ("stop", format!("{base}/comments/unsubscribe/{}", reader.unsubscribe)),
    ];
    let stop = format!("{base}/comments/unsubscribe/{}", reader.unsubscribe);
    send(app, &reader.email, "site-comments-mail-answer", args, Some(stop)).await
}

async fn notice(app: &App, job: &Job) -> Result<()> {
    let About { id } = job.read()?;
    let Some(report) = app.db.read(move |conn| reports::find(conn, &id)).await? else { return Ok(()) };
    if report.email.is_empty() {
        return Ok(());
    }
    let link = format!("{}/comments/{}", app.settings().base_url, report.comment_id);
    let key = match report.outcome.as_deref() {
        None => "site-comments-mail-notice",
        Some("removed") => "site-comments-mail-notice-removed",
        Some(_) => "site-comments-mail-notice-kept",
    };
    send(app, &report.email, key, vec![("link", link)], None).await
}

/// Forgets addresses after their days and claims that nobody confirmed, and comes again.
async fn forget(app: &App, _: &Job) -> Result<()> {
    let now = app.now();
    app.db
        .write(move |conn| {
            comments::forget_addresses(conn, now.plus(-ADDRESS))?;
            respects::forget(conn, now.plus(-ADDRESS))?;
            reports::forget(conn, now.plus(-ADDRESS), now.plus(-365 * DAY))?;
            bans::forget(conn, now, now.plus(-ADDRESS))?;
            for reader in readers::stale_claims(conn, now.plus(-CLAIM))? {
                erase::reader(conn, &reader, now)?;
            }
            for comment in comments::unconfirmed(conn, now.plus(-CLAIM))? {
                erase::comment(conn, &comment, State::Erased, now)?;
            }
            // A thread that closed by its age says so: a page in memory still shows the form. Two rounds, for the hour
            // in which no server ran.
            for story in settings::closed(conn, now.plus(-2 * ROUND), now)? {
                conn.changed("comments", &story, now)?;
            }
            jobs::enqueue(conn, &format!("{FORGET}:next"), FORGET, &(), now.plus(ROUND), now)
        })
        .await
}

async fn send(
    app: &App,
    to: &str,
    key: &str,
    args: Vec<(&'static str, String)>,
    unsubscribe: Option<String>,
) -> Result<()> {
    let settings = app.settings();
    let say = |part: &str| {
        let site = ("site", Arg::from(settings.name.clone()));
        let args = args.iter().map(|(name, value)| (*name, Arg::from(value.clone())));
        app.messages.text(settings.language(), &format!("{key}-{part}"), args.chain([site]))
    };
    mail::send(app, Mail { to: to.to_owned(), subject: say("subject"), body: say("body"), unsubscribe }).await
}

/// Where the link leads that a comment waits for.
pub(crate) fn waiting_at(comment: &str) -> String {
    format!("/comments/{comment}/own/me")
}

/// Brings into sight, or before a moderator, what a reader wrote before they opened the link.
///
/// Only what this link was sent for: whoever writes under another's address must not appear as them because they came in
/// by a link of their own.
pub(crate) fn release(conn: &mut Conn<'_>, reader: &str, back: &str, now: Time) -> Result<Vec<(String, State)>> {
    let mut released = Vec::new();
    // Who is banned is not known before the link is opened: until then anybody may claim an address.
    let (banned, shadowed) = bans::against(conn, [reader, ""], now)?;
    for comment in comments::of_reader(conn, reader, 100)? {
        if comment.state != State::Unconfirmed || back != waiting_at(&comment.id) {
            continue;
        }
        let why = if shadowed { Why::Shadow } else { comment.why };
        let (state, queue) = match banned {
            true => (State::Rejected, Queue::Nowhere),
            false => crate::posting::place(why),
        };
        comments::stand(conn, &comment, state, why, queue, now)?;
        if state == State::Shown {
            answered(conn, &comment.id, comment.parent_id.as_deref(), now)?;
        }
        released.push((comment.id, state));
    }
    Ok(released)
}
