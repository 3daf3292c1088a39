//! Telling others what changed: WebSub hubs of the feeds (W3C Recommendation, 2018, section 7: what a publisher sends a hub
//! is `hub.mode=publish` with its topics), and a network in front of us of the keys whose pages it is to drop.
//!
//! Invariants: what is told is read from the log of changes, from where the last telling ended; so nothing is left out
//! when a server or the other side was away, and a second node tells nothing twice. Each of them has a job and a place in
//! the log of its own, so that one that is away holds up no other.

use std::collections::BTreeSet;

use onrecord_base::{
    App, Conn, Error, Result,
    changes::{self, Change},
    fetch::{self, Message, Reach},
    jobs::{self, Job, Registry},
    settings::Cdn,
};
use onrecord_record::store::public;
use onrecord_stories::{Kind, published};
use serde::{Deserialize, Serialize};

use crate::{
    edition::deps::{self, hash, key},
    pages::FEEDS,
    store,
};

const HUB: &str = "site.hub";
const CDN: &str = "site.cdn";
/// Keys told at once: what the most modest of the large networks takes.
const KEYS: usize = 30;
/// Addresses told to a hub at once.
const TOPICS: usize = 30;

/// The jobs of this area. `reach` is for hubs; a network in front of us may sit on this machine.
pub fn jobs(registry: &mut Registry, reach: Reach) {
    registry
        .job(HUB, move |app, job: Job| async move { hub(&app, &job.read::<Hub>()?.address, reach).await })
        .job(CDN, |app, _: Job| async move { cdn(&app).await });
}

/// Whom a job tells.
#[derive(Serialize, Deserialize)]
struct Hub {
    address: String,
}

/// Has those told who want to be, of what the log says by now. Each has one job, whatever number of changes it is about:
/// who does not answer is asked by nobody else, and keeps nobody waiting.
pub(crate) async fn later(app: &App) -> Result<()> {
    let settings = app.settings();
    if settings.hubs.is_empty() && settings.cdn.is_none() {
        return Ok(());
    }
    let now = app.now();
    app.db
        .write(move |conn| {
            for address in &settings.hubs {
                jobs::enqueue(conn, &named(address), HUB, &Hub { address: address.clone() }, now, now)?;
            }
            match settings.cdn {
                Some(_) => jobs::enqueue(conn, CDN, CDN, &(), now, now),
                None => Ok(()),
            }
        })
        .await
}

/// What a hub's job is called, and how far it has been told.
fn named(hub: &str) -> String {
    format!("{HUB}:{hub}")
}

async fn hub(app: &App, address: &str, reach: Reach) -> Result<()> {
    let settings = app.settings();
    if !settings.hubs.iter().any(|hub| hub == address) {
        return Ok(());
    }
    let name = named(address);
    while let Some((lines, last)) = untold(app, name.clone()).await? {
        let base = settings.base_url.clone();
        let topics = app.db.read(move |conn| topics(conn, &base, &lines)).await?;
        for topics in topics.chunks(TOPICS) {
            // Hubs read the one name or the other.
            let named = topics.iter().flat_map(|topic| [("hub.url", topic.as_str()), ("hub.topic", topic)]);
            send(address, Message::form([("hub.mode", "publish")].into_iter().chain(named)), reach).await?;
        }
        let name = name.clone();
        app.db.write(move |conn| store::tell(conn, &name, last)).await?;
    }
    Ok(())
}

async fn cdn(app: &App) -> Result<()> {
    let Some(cdn) = app.settings().cdn.clone() else { return Ok(()) };
    while let Some((lines, last)) = untold(app, CDN.to_owned()).await? {
        for keys in keys(&lines).chunks(KEYS) {
            purge(&cdn, keys).await?;
        }
        app.db.write(move |conn| store::tell(conn, CDN, last)).await?;
    }
    Ok(())
}

/// As Fastly and Varnish read it, a header; as Cloudflare does, a list of tags.
async fn purge(cdn: &Cdn, keys: &[String]) -> Result<()> {
    let mut message =
        Message::json(serde_json::json!({ "tags": keys }).to_string()).header("surrogate-key", &keys.join(" "));
    if !cdn.token.is_empty() {
        message = message.header("authorization", &format!("Bearer {}", cdn.token));
    }
    send(&cdn.purge_url, message, Reach::Loopback).await
}

async fn send(address: &str, message: Message, reach: Reach) -> Result<()> {
    let answer = fetch::post(address, message, reach).await;
    match answer {
        Ok(status) if status.is_success() => Ok(()),
        // Tried again later: the job keeps what it was about.
        Ok(status) => Err(Error::unavailable(format!("{address} answered {status}"))),
        Err(refusal) => Err(Error::unavailable(format!("{address}: {refusal}"))),
    }
}

/// Lines of the log that `name` has not been told of, and the last of them. Who is told for the first time hears of what
/// comes from now on, and of the last batch.
async fn untold(app: &App, name: String) -> Result<Option<(Vec<Change>, i64)>> {
    app.db
        .read(move |conn| {
            let told = match store::told(conn, &name)? {
                0 => changes::last(conn)?.saturating_sub(changes::BATCH),
                told => told,
            };
            let lines = changes::since(conn, told)?;
            Ok(lines.last().map(|line| line.seq).map(|last| (lines, last)))
        })
        .await
}

fn keys(lines: &[Change]) -> Vec<String> {
    if lines.iter().any(|line| line.kind == "all") {
        return vec![key(hash("all", ""))];
    }
    deps::hashes(lines).into_iter().chain([hash("any", "")]).map(key).collect()
}

/// Addresses of the feeds that a batch of the log changed.
fn topics(conn: &mut Conn<'_>, base: &str, lines: &[Change]) -> Result<Vec<String>> {
    let of_kind = |kind: &'static str| lines.iter().filter(move |line| line.kind == kind).map(|line| &line.subject);
    let mut lists: BTreeSet<String> = of_kind("list").cloned().collect();
    for story in of_kind("story").collect::<BTreeSet<_>>() {
        lists.extend(lists_of(conn, story)?);
    }
    let changed = |kind: &str, id: &str| lists.contains(&format!("{kind}/{id}"));
    let mut homes = Vec::new();
    if lists.contains("all") {
        homes.push(String::new());
    }
    if lists.contains("corrections") {
        homes.push("/corrections".to_owned());
    }
    let sections = published::sections(conn)?.into_iter().filter(|one| changed("section", &one.id));
    homes.extend(sections.map(|one| format!("/{}", one.slug)));
    if lists.iter().any(|list| list.starts_with("author/")) {
        let authors = published::authors(conn)?.into_iter().filter(|one| changed("author", &one.id));
        homes.extend(authors.map(|one| format!("/by/{}", one.slug)));
    }
    if lists.iter().any(|list| list.starts_with("tag/")) {
        let tags = published::tags(conn)?.into_iter().filter(|one| changed("tag", &one.id));
        homes.extend(tags.map(|one| format!("/tags/{}", one.slug)));
    }
    let people: Vec<&str> = of_kind("person").map(String::as_str).collect();
    homes.extend(public::people_of(conn, &people)?.into_iter().map(|person| format!("/people/{}", person.slug)));
    // A quotation whose source changed, say: the log names it and not who said it.
    let quotations: Vec<&str> = of_kind("quotation").map(String::as_str).collect();
    let said_by = public::quotations(conn, &quotations)?.into_iter().filter_map(|one| one.person);
    homes.extend(said_by.map(|person| format!("/people/{}", person.slug)));
    homes.sort();
    homes.dedup();
    Ok(homes.iter().flat_map(|home| FEEDS.map(|file| format!("{base}{home}/{file}"))).collect())
}

/// The lists whose feeds hold a published story. The log names those that it came to or left; a text that was changed or
/// corrected where it stands is news to all of them too.
fn lists_of(conn: &mut Conn<'_>, story: &str) -> Result<Vec<String>> {
    let Some(story) = published::story(conn, story)?.filter(|story| story.kind == Kind::Story) else {
        return Ok(Vec::new());
    };
    let authors = story.bylines.iter().filter_map(|byline| byline.author.as_ref());
    Ok(["all".to_owned()]
        .into_iter()
        .chain(story.section.iter().map(|section| format!("section/{}", section.id)))
        .chain(authors.map(|author| format!("author/{}", author.id)))
        .chain(story.tags.iter().map(|tag| format!("tag/{}", tag.id)))
        .collect())
}
