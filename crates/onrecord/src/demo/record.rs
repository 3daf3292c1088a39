//! The demo's record: people, sources and quotations as they are written down in `demo/record.toml`.

use std::collections::HashMap;

use onrecord_base::{App, Conn, Error, Result};
use onrecord_record::{
    Person, Quotation, SourceKind,
    capture::{self, NewSource},
    follow::{self, Text},
    store::{people, quotations},
};
use onrecord_stories::store::drafts;
use serde::Deserialize;
use tokio::task::JoinSet;

use super::content;
use crate::failure::Failure;

#[derive(Debug, Deserialize)]
pub struct Record {
    people: Vec<Who>,
    sources: Vec<Told>,
    quotations: Vec<Said>,
}

#[derive(Debug, Deserialize)]
struct Who {
    slug: String,
    name: String,
    description: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    same_as: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Told {
    slug: String,
    kind: SourceKind,
    title: String,
    intro: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    confidential: bool,
    #[serde(default)]
    notes: String,
}

#[derive(Debug, Deserialize)]
struct Said {
    story: String,
    begins: String,
    speaker: Option<String>,
    person: Option<String>,
    channel: Option<String>,
    outlet: Option<String>,
    addressee: Option<String>,
    said_on: Option<String>,
    source: Option<String>,
    /// What the source has instead of the words of the story.
    said: Option<String>,
    disputed: Option<String>,
}

/// Reads it.
pub fn record() -> std::result::Result<Record, Failure> {
    toml::from_str(content::text("record.toml")?).map_err(|e| Failure::new(format!("the demo cannot be read: {e}")))
}

/// Takes the sources, as the desk does. Their ids by slug.
pub async fn sources(
    app: &App,
    demo: &content::Content,
    record: &Record,
    by: &str,
) -> std::result::Result<HashMap<String, String>, Failure> {
    let texts = texts(demo, record)?;
    let mut tasks = JoinSet::new();
    for told in &record.sources {
        let new = NewSource {
            title: told.title.clone(),
            notes: told.notes.clone(),
            confidential: told.confidential,
            by: by.to_owned(),
        };
        let text = texts.get(&told.slug).cloned().unwrap_or_default();
        let (app, slug, kind, url) = (app.clone(), told.slug.clone(), told.kind, told.url.clone());
        tasks.spawn(async move {
            let taken = capture::text(&app, kind, &text, &url, new).await?;
            capture::keep(&app, taken, |_, _| Ok(())).await.map(|source| (slug, source.id))
        });
    }
    let mut ids = HashMap::new();
    while let Some(task) = tasks.join_next().await {
        let (slug, id) = task.map_err(|e| Failure::new(e.to_string()))??;
        ids.insert(slug, id);
    }
    Ok(ids)
}

/// What the sources say: their beginning, then what rests on them.
fn texts(demo: &content::Content, record: &Record) -> std::result::Result<HashMap<String, String>, Failure> {
    let mut texts: HashMap<String, String> =
        record.sources.iter().map(|told| (told.slug.clone(), told.intro.clone())).collect();
    for story in &demo.stories {
        let body = super::furnish::body(&story.file, &HashMap::new())?;
        let found = follow::found(&body);
        let words: Vec<&str> = found.iter().map(|found| found.words.as_str()).collect();
        for (at, said) in matched(record, &story.slug, &words) {
            let text = said.source.as_ref().and_then(|slug| texts.get_mut(slug));
            let words = said.said.as_deref().unwrap_or(words[at]);
            if let Some(text) = text.filter(|_| !words.is_empty()) {
                text.push_str("\n\n");
                text.push_str(words);
            }
        }
    }
    Ok(texts)
}

/// Which quotation of a story each line of the record means: the first of its beginning that no other line took.
fn matched<'a>(record: &'a Record, story: &str, words: &[&str]) -> Vec<(usize, &'a Said)> {
    let mut taken = vec![false; words.len()];
    let mut matched = Vec::new();
    for said in record.quotations.iter().filter(|said| said.story == story) {
        let place = (0..words.len()).find(|at| !taken[*at] && words[*at].starts_with(&said.begins));
        if let Some(at) = place {
            taken[at] = true;
            matched.push((at, said));
        }
    }
    matched
}

/// Puts the demo's stories on the record. `stories` are their ids by slug.
pub fn put(
    conn: &mut Conn<'_>,
    app: &App,
    record: &Record,
    stories: &HashMap<String, String>,
    sources: &HashMap<String, String>,
    by: &str,
) -> Result<()> {
    let now = app.now();
    let mut known = HashMap::new();
    for who in &record.people {
        let person = Person {
            id: app.id(),
            slug: who.slug.clone(),
            name: who.name.clone(),
            description: who.description.clone(),
            aliases: who.aliases.clone(),
            same_as: who.same_as.clone(),
        };
        people::save(conn, &person, now)?;
        known.insert(who.slug.as_str(), person.id);
    }
    for (slug, id) in stories {
        let draft = drafts::get(conn, id)?;
        let found = follow::found(&draft.content.body);
        let text = Text { story: id, version: draft.version, found: &found };
        let mut placed = follow::follow(conn, &app.random, text, by, now)?;
        let words: Vec<&str> = found.iter().map(|found| found.words.as_str()).collect();
        for (at, said) in matched(record, slug, &words) {
            let new = said.over(&placed[at].1, &known, sources)?;
            quotations::save(conn, &new, by, now)?;
            quotations::dispute(conn, &new.id, by, new.disputed.as_deref(), now)?;
            // The same words may stand twice in a story: one record.
            placed.iter_mut().filter(|(_, record)| record.id == new.id).for_each(|(_, record)| *record = new.clone());
        }
        onrecord_record::publish(conn, &app.settings(), id, draft.version, placed, now)?;
    }
    Ok(())
}

impl Said {
    /// The record with what is written down about it.
    fn over(
        &self,
        record: &Quotation,
        people: &HashMap<&str, String>,
        sources: &HashMap<String, String>,
    ) -> Result<Quotation> {
        let lost = |slug: &str| Error::internal(format!("the demo names {slug} and does not say what that is"));
        let mut new = record.clone();
        let person = self.person.as_deref().map(|slug| people.get(slug).cloned().ok_or_else(|| lost(slug)));
        let source = self.source.as_deref().map(|slug| sources.get(slug).cloned().ok_or_else(|| lost(slug)));
        // Another name than the text's is another person's, or nobody's whom we know.
        if person.is_some() || self.speaker.as_ref().is_some_and(|speaker| *speaker != new.speaker) {
            new.person = person.transpose()?;
        }
        let lines = [
            (&self.speaker, &mut new.speaker),
            (&self.channel, &mut new.channel),
            (&self.outlet, &mut new.outlet),
            (&self.addressee, &mut new.addressee),
            (&self.said_on, &mut new.said_on),
        ];
        lines.into_iter().filter_map(|(given, line)| given.as_ref().map(|given| (given, line))).for_each(
            |(given, line)| {
                line.clone_from(given);
            },
        );
        Ok(Quotation { source: source.transpose()?, disputed: self.disputed.clone(), confirmed: true, ..new })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_record_means_a_quotation_of_the_demo() {
        let (demo, record) = (content::content().unwrap(), record().unwrap());
        let mut lines = 0;
        for story in &demo.stories {
            let found = follow::found(&super::super::furnish::body(&story.file, &HashMap::new()).unwrap());
            let words: Vec<&str> = found.iter().map(|found| found.words.as_str()).collect();
            let meant = matched(&record, &story.slug, &words);
            for said in record.quotations.iter().filter(|said| said.story == story.slug) {
                assert!(meant.iter().any(|(_, known)| std::ptr::eq(*known, said)), "{said:?} not among {words:#?}");
                assert!(said.source.iter().all(|slug| record.sources.iter().any(|told| told.slug == *slug)));
                assert!(said.person.iter().all(|slug| record.people.iter().any(|who| who.slug == *slug)));
            }
            lines += meant.len();
        }
        assert_eq!(lines, record.quotations.len());
    }
}
