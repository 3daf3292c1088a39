//! What lines of the log ask to be written anew, and the documents of it.

use std::collections::BTreeSet;

use onrecord_base::{App, Conn, Result, changes::Change};
use onrecord_record::store::public;
use onrecord_stories::published::{self, Cursor, Filter};
use tantivy::DocSet;
use tantivy::{
    TERMINATED, TantivyDocument, Term,
    schema::{Field, IndexRecordOption},
};

use crate::{
    document::{self, Maker},
    find::key_of,
    generation::{self, Generation, broken},
    rebuild::texts_with_people,
    schema::{Key, STAMP},
};

/// A document's key, and what it is now; nothing if it is no longer public.
pub(super) type Document = (Key, Option<TantivyDocument>);

/// Things read at once.
const BATCH: usize = 200;
/// Stories that are written anew because an author, a tag or a person is called otherwise: the newest.
const MOST_AGAIN: usize = 5_000;
/// Stories of one quotation that are written anew.
const MOST_USES: usize = 50;

/// What is to be read again.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    stories: BTreeSet<String>,
    quotations: BTreeSet<String>,
    people: BTreeSet<String>,
    authors: BTreeSet<String>,
    tags: BTreeSet<String>,
}

impl Wanted {
    pub(super) fn of(lines: &[Change]) -> Wanted {
        let mut wanted = Wanted::default();
        for line in lines {
            let into = match line.kind.as_str() {
                "story" => &mut wanted.stories,
                "quotation" => &mut wanted.quotations,
                "person" => &mut wanted.people,
                "author" => &mut wanted.authors,
                "tag" => &mut wanted.tags,
                _ => continue,
            };
            into.insert(line.subject.clone());
        }
        wanted
    }

    pub(super) fn is_empty(&self) -> bool {
        [&self.stories, &self.quotations, &self.people, &self.authors, &self.tags].iter().all(|set| set.is_empty())
    }

    /// Reads all of it. Every read sees one state of the database that is not older than the lines.
    pub(super) async fn gather(self, app: &App, generation: &Generation, maker: &Maker) -> Result<Vec<Document>> {
        let Wanted { mut stories, mut quotations, people, authors, tags } = self;
        let mut documents = Vec::new();
        for (ids, field, filter) in [
            (authors, generation.fields().author, Filter::author as fn(&str) -> Filter),
            (tags, generation.fields().tag, Filter::tag as fn(&str) -> Filter),
        ] {
            for id in ids {
                stories.extend(of_filter(app, filter(&id)).await?);
                stories.extend(indexed(generation, field, &id)?);
            }
        }
        for ids in chunks(people) {
            let read = ids.clone();
            let found = app.db.read(move |conn| public::people_of(conn, &strs(&read))).await?;
            for id in ids {
                let key = Key::Person(id.clone());
                let person = found.iter().find(|person| person.id == id);
                let renamed = person.is_some_and(|person| {
                    stamp_of(generation, &key).ok().flatten() != Some(document::stamp_of_person(person))
                });
                if renamed {
                    let sayings = app.db.read(move |conn| public::sayings(conn, &id)).await?;
                    quotations.extend(sayings.into_iter().take(MOST_AGAIN).map(|saying| saying.id));
                }
                documents.push((key, person.map(|person| maker.person(person))));
            }
        }
        for ids in chunks(quotations) {
            let read = ids.clone();
            let found = app.db.read(move |conn| public::quotations(conn, &strs(&read))).await?;
            for id in ids {
                let quotation = found.iter().find(|quotation| quotation.id == id);
                // Who is quoted in a story stands in the story's document.
                let uses = quotation.iter().flat_map(|quotation| quotation.uses.iter().take(MOST_USES));
                stories.extend(uses.map(|one| one.story.clone()));
                documents.push((Key::Quotation(id), quotation.and_then(|quotation| maker.quotation(quotation))));
            }
        }
        for ids in chunks(stories) {
            documents.extend(self::stories(app, maker, ids).await?);
        }
        Ok(documents)
    }
}

/// The documents of stories.
pub(super) async fn stories(app: &App, maker: &Maker, ids: Vec<String>) -> Result<Vec<Document>> {
    let read = ids.clone();
    let found = app.db.read(move |conn: &mut Conn<'_>| texts_with_people(conn, &strs(&read))).await?;
    let document = |id: String| {
        let text = found.iter().find(|(text, _)| text.card.id == id);
        (Key::Story(id), text.map(|(text, people)| maker.story(text, people)))
    };
    Ok(ids.into_iter().map(document).collect())
}

/// The newest published stories of a filter.
async fn of_filter(app: &App, filter: Filter) -> Result<Vec<String>> {
    let read = app.db.read(move |conn| {
        let mut ids = Vec::new();
        let mut before: Option<Cursor> = None;
        while ids.len() < MOST_AGAIN {
            let cards = published::cards(conn, &filter, before.as_ref(), BATCH)?;
            let Some(last) = cards.last() else { break };
            before = Some(last.cursor());
            ids.extend(cards.iter().map(|card| card.id.clone()));
        }
        Ok(ids)
    });
    read.await
}

/// The stories that the index has under an id.
fn indexed(generation: &Generation, field: Field, id: &str) -> Result<Vec<String>> {
    let searcher = generation.searcher();
    let term = Term::from_field_text(field, id);
    let mut ids = Vec::new();
    for (number, segment) in (0..).zip(searcher.segment_readers()) {
        let inverted = segment.inverted_index(field).map_err(broken)?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED && ids.len() < MOST_AGAIN {
            if !segment.is_deleted(postings.doc()) {
                let address = tantivy::DocAddress::new(number, postings.doc());
                ids.extend(key_of(generation, &searcher, address)?.and_then(|key| match key {
                    Key::Story(id) => Some(id),
                    _ => None,
                }));
            }
            postings.advance();
        }
    }
    Ok(ids)
}

/// The stamp of a document in the index.
pub(super) fn stamp_of(generation: &Generation, key: &Key) -> Result<Option<u64>> {
    let searcher = generation.searcher();
    let term = generation::key(generation.fields(), key);
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(generation.fields().key).map_err(broken)?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                return Ok(segment.fast_fields().u64(STAMP).map_err(broken)?.first(postings.doc()));
            }
            postings.advance();
        }
    }
    Ok(None)
}

fn chunks(ids: BTreeSet<String>) -> Vec<Vec<String>> {
    let ids: Vec<String> = ids.into_iter().collect();
    ids.chunks(BATCH).map(<[String]>::to_vec).collect()
}

fn strs(ids: &[String]) -> Vec<&str> {
    ids.iter().map(String::as_str).collect()
}
