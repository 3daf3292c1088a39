//! What readers of the demo say, as it is written down in `demo/comments.toml`: in by the door of an import, with the
//! newsroom's answers, choices and reports made as the desk makes them.

use std::collections::HashMap;

use onrecord_base::{App, Conn, Error, Result, Time};
use onrecord_comments::{
    import::{self, Foreign},
    moderation::{self, Action, Hand},
    store::{imports, reports},
};
use serde::Deserialize;

use super::{
    content::{self, Content},
    furnish::{HOUR, press_time},
};
use crate::failure::Failure;

/// The name under which the demo's comments are remembered.
const SOURCE: &str = "demo";

#[derive(Debug, Deserialize)]
pub struct Talk {
    threads: Vec<Thread>,
}

#[derive(Debug, Deserialize)]
struct Thread {
    story: String,
    comments: Vec<Said>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    key: String,
    to: String,
    name: String,
    hours: f64,
    respect: i64,
    text: String,
    featured: bool,
    newsroom: bool,
    held: bool,
    removed: bool,
    report: String,
}

/// Reads it.
pub fn talk() -> std::result::Result<Talk, Failure> {
    toml::from_str(content::text("comments.toml")?).map_err(|e| Failure::new(format!("the demo cannot be read: {e}")))
}

/// Puts the comments below the demo's stories. `stories` are their ids by slug.
pub fn put(
    conn: &mut Conn<'_>,
    app: &App,
    demo: &Content,
    talk: &Talk,
    stories: &HashMap<String, String>,
    by: &str,
) -> Result<()> {
    let now = app.now();
    let press = press_time(demo, now);
    for thread in &talk.threads {
        let story = demo.stories.iter().find(|story| story.slug == thread.story);
        let lost = || Error::internal(format!("the demo comments on {}, which it does not have", thread.story));
        let (story, id) = story.zip(stories.get(&thread.story)).ok_or_else(lost)?;
        let published = press.plus(-story.hours_ago * HOUR);
        let at = |said: &Said| published.plus((said.hours * HOUR as f64) as i64);
        let readers: Vec<Foreign> = thread
            .comments
            .iter()
            .enumerate()
            .filter(|(_, said)| !said.newsroom)
            .map(|(n, said)| foreign(thread, n, said, id, at(said)))
            .collect();
        import::thread(conn, &app.random, SOURCE, &readers, now)?;
        for (n, said) in thread.comments.iter().enumerate() {
            let hand = Hand { by: by.to_owned(), random: app.random.clone(), now: at(said).plus(HOUR / 4) };
            decided(conn, &hand, &demo.authors[0].name, (thread, n, said))?;
        }
    }
    Ok(())
}

fn key(thread: &Thread, n: usize) -> String {
    format!("{}#{n}", thread.story)
}

fn foreign(thread: &Thread, n: usize, said: &Said, story: &str, at: Time) -> Foreign {
    let above = thread.comments.iter().position(|other| !said.to.is_empty() && other.key == said.to);
    Foreign {
        key: key(thread, n),
        parent: above.map(|n| key(thread, n)).unwrap_or_default(),
        story: story.to_owned(),
        name: said.name.clone(),
        at,
        shown: !said.held,
        deleted: said.removed,
        respect: said.respect,
        text: said.text.clone(),
    }
}

/// What the newsroom, whose `name` stands above its answers, and other readers did with a comment.
fn decided(conn: &mut Conn<'_>, hand: &Hand, name: &str, (thread, n, said): (&Thread, usize, &Said)) -> Result<()> {
    let id = |conn: &mut Conn<'_>, n: usize| {
        imports::find(conn, SOURCE, &key(thread, n))?.ok_or_else(|| Error::internal("a comment of the demo is lost"))
    };
    if said.newsroom {
        let above = thread.comments.iter().position(|other| other.key == said.to).unwrap_or_default();
        let above = id(conn, above)?;
        let answer = moderation::reply(conn, hand, &above, name, said.text.clone())?;
        return imports::respect(conn, &answer, said.respect);
    }
    if said.featured {
        let id = id(conn, n)?;
        moderation::decide(conn, hand, &id, Action::Feature)?;
    }
    if !said.report.is_empty() {
        let report = reports::Report {
            id: hand.random.id(hand.now),
            comment_id: id(conn, n)?,
            at: hand.now,
            reason: "abuse".into(),
            text: said.report.clone(),
            name: String::new(),
            email: String::new(),
            by_key: "demo".into(),
            settled_at: None,
            outcome: None,
        };
        reports::add(conn, &report)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_comment_stands_below_a_story_and_before_today() {
        let (demo, talk) = (content::content().unwrap(), talk().unwrap());
        let now = Time::parse("2026-11-22T12:00:00Z").unwrap();
        let mut shown = 0;
        for thread in &talk.threads {
            let story = demo.stories.iter().find(|story| story.slug == thread.story).expect(&thread.story);
            for said in &thread.comments {
                let at =
                    press_time(&demo, now).plus(((said.hours + 0.5) * HOUR as f64) as i64 - story.hours_ago * HOUR);
                assert!(said.hours > 0.0 && at < now, "{said:?}");
                assert!(said.to.is_empty() || thread.comments.iter().any(|other| other.key == said.to), "{said:?}");
                assert!(!said.newsroom || !said.to.is_empty(), "{said:?}");
                assert!(said.removed || !said.text.trim().is_empty(), "{said:?}");
                assert!(said.removed || said.newsroom || !said.name.is_empty(), "{said:?}");
                shown += usize::from(!said.removed && !said.held);
            }
        }
        assert!(shown >= 20 && talk.threads.iter().any(|t| t.comments.iter().any(|said| said.held)));
    }
}
