//! Making an index anew, beside the one that serves.

use std::{collections::BTreeSet, fs, sync::Arc, time::Instant};

use onrecord_base::{App, Conn, Error, Result, Time, changes};
use onrecord_record::store::public;
use onrecord_stories::{
    Kind as StoryKind,
    published::{self, Cursor, Text},
};
use tantivy::{IndexWriter, TantivyDocument};

use crate::{
    document::Maker,
    generation::{self, Followed, Generation, broken},
    schema,
};

/// Stories read at once: some megabytes.
const BATCH: usize = 250;
/// People read at once.
const PEOPLE: usize = 200;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many stories and pages of so many were read.
    Stories(u64, u64),
    /// So many quotations were read.
    Quotations(u64),
    /// So many people were read; what is left is writing.
    People(u64),
    /// What was written in parts is made one.
    Joining,
}

/// What was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built {
    /// Its name.
    pub name: String,
    /// Stories in it.
    pub stories: u64,
    /// Static pages in it.
    pub pages: u64,
    /// Quotations in it.
    pub quotations: u64,
    /// People in it.
    pub people: u64,
    /// Bytes on the disk.
    pub bytes: u64,
    /// Milliseconds it took.
    pub millis: u64,
}

/// Makes a new index and puts it into use. Whoever serves from the old one, in this process or another, goes over to it
/// within a second, and follows the log from where this one was begun.
///
/// # Errors
/// If another is being made at the moment, the database does not answer, or the folder cannot be written. The old one
/// stays then.
pub async fn rebuild(app: &App, report: impl Fn(Progress) + Send + Sync + 'static) -> Result<Built> {
    let began = Instant::now();
    let lock = generation::lock(&app.data)?;
    let keep = generation::current(&app.data);
    generation::sweep(&app.data, &keep.iter().map(String::as_str).collect::<Vec<_>>());
    let generation = Arc::new(Generation::create(&app.data, &app.id())?);
    match make(app, &generation, Arc::new(report)).await {
        Ok(mut built) => {
            generation::choose(&app.data, generation.name())?;
            built.bytes = generation::size(generation.folder());
            built.millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            drop(lock);
            Ok(built)
        }
        Err(error) => {
            let _ = fs::remove_dir_all(generation.folder());
            Err(error)
        }
    }
}

async fn make(
    app: &App,
    generation: &Arc<Generation>,
    report: Arc<impl Fn(Progress) + Send + Sync + 'static>,
) -> Result<Built> {
    let mut build = Build {
        app: app.clone(),
        maker: maker(app, generation),
        writer: Arc::new(generation.writer_rebuild()?),
        built: Built { name: generation.name().to_owned(), ..Built::default() },
    };
    // Before anything is read: what changes from here on is followed afterwards.
    let followed = app.db.read(last_followed).await?;
    let total = u64::try_from(app.db.read(published::how_many).await?).unwrap_or_default();
    for kind in [StoryKind::Story, StoryKind::Page] {
        build.stories(kind, |done| report(Progress::Stories(done, total.max(done)))).await?;
    }
    build.quotations(|progress| report(progress)).await?;
    let Build { writer, built, .. } = build;
    let generation = generation.clone();
    let task = tokio::task::spawn_blocking(move || {
        let mut writer = Arc::into_inner(writer).ok_or_else(|| Error::internal("the index is still written"))?;
        generation::commit(&mut writer, followed)?;
        report(Progress::Joining);
        join(&generation, writer)
    });
    task.await.map_err(|e| Error::internal(e.to_string()))??;
    Ok(built)
}

/// Makes one segment of all: a question then looks into one dictionary and one list a word.
fn join(generation: &Generation, mut writer: IndexWriter) -> Result<()> {
    generation.reload()?;
    let segments: Vec<_> = generation.searcher().segment_readers().iter().map(|segment| segment.segment_id()).collect();
    if segments.len() > 1 {
        match writer.merge(&segments).wait() {
            Ok(_) => {}
            Err(error) => tracing::debug!(%error, "the index stays in several parts"),
        }
    }
    let _ = writer.garbage_collect_files().wait();
    writer.wait_merging_threads().map_err(broken)
}

/// How documents are made in this newsroom.
pub(crate) fn maker(app: &App, generation: &Generation) -> Maker {
    let settings = app.settings();
    Maker { fields: *generation.fields(), zone: settings.zone(), language: settings.language().to_owned() }
}

/// The end of the log, as an index keeps it.
pub(crate) fn last_followed(conn: &mut Conn<'_>) -> Result<Followed> {
    let seq = changes::last(conn)?;
    let line = changes::since(conn, seq - 1)?.into_iter().find(|line| line.seq == seq);
    Ok(Followed { schema: schema::VERSION, seq, at: line.map_or(Time::from_millis(0), |line| line.at) })
}

struct Build {
    app: App,
    maker: Maker,
    writer: Arc<IndexWriter>,
    built: Built,
}

impl Build {
    /// All stories of a kind, the newest first: a question that is cut short has then looked at the newest.
    async fn stories(&mut self, kind: StoryKind, report: impl Fn(u64)) -> Result<()> {
        let mut before = None;
        let mut next = self.read(kind, before.take()).await?;
        while let Some((stories, cursor)) = next {
            let count = stories.len() as u64;
            let maker = self.maker.clone();
            let writing = self.write(move || stories.iter().map(|(text, people)| maker.story(text, people)).collect());
            // The next are read while these are written.
            let (written, read) = tokio::join!(writing, self.read(kind, Some(cursor)));
            written?;
            next = read?;
            match kind {
                StoryKind::Story => self.built.stories += count,
                StoryKind::Page => self.built.pages += count,
            }
            report(self.built.stories + self.built.pages);
        }
        Ok(())
    }

    async fn read(
        &self,
        kind: StoryKind,
        before: Option<Cursor>,
    ) -> Result<Option<(Vec<(Text, Vec<String>)>, Cursor)>> {
        let read = self.app.db.read(move |conn| {
            let standing = published::walk(conn, kind, before.as_ref(), BATCH)?;
            let Some(last) = standing.last().map(|last| last.cursor.clone()) else { return Ok(None) };
            let ids: Vec<&str> = standing.iter().map(|one| one.cursor.id.as_str()).collect();
            Ok(Some((texts_with_people(conn, &ids)?, last)))
        });
        read.await
    }

    async fn quotations(&mut self, report: impl Fn(Progress)) -> Result<()> {
        let mut people = BTreeSet::new();
        let mut after: Option<String> = None;
        loop {
            let from = after.take();
            let read = self.app.db.read(move |conn| {
                let ids = public::addresses(conn, from.as_deref(), BATCH)?;
                let ids: Vec<&str> = ids.iter().map(|(id, _)| id.as_str()).collect();
                Ok((ids.last().map(|id| (*id).to_owned()), public::quotations(conn, &ids)?))
            });
            let (last, quotations) = read.await?;
            let Some(last) = last else { break };
            after = Some(last);
            people.extend(quotations.iter().filter_map(|one| one.person.as_ref()).map(|person| person.id.clone()));
            self.built.quotations += quotations.len() as u64;
            let maker = self.maker.clone();
            self.write(move || quotations.iter().filter_map(|one| maker.quotation(one)).collect()).await?;
            report(Progress::Quotations(self.built.quotations));
        }
        let people: Vec<String> = people.into_iter().collect();
        for ids in people.chunks(PEOPLE) {
            let ids = ids.to_vec();
            let people = self
                .app
                .db
                .read(move |conn| public::people_of(conn, &ids.iter().map(String::as_str).collect::<Vec<_>>()));
            let people = people.await?;
            self.built.people += people.len() as u64;
            let maker = self.maker.clone();
            self.write(move || people.iter().map(|person| maker.person(person)).collect()).await?;
        }
        report(Progress::People(self.built.people));
        Ok(())
    }

    /// Makes documents and hands them to the writer, which makes us wait when it is behind.
    async fn write(&self, make: impl FnOnce() -> Vec<TantivyDocument> + Send + 'static) -> Result<()> {
        let writer = self.writer.clone();
        let task = tokio::task::spawn_blocking(move || {
            make().into_iter().try_for_each(|document| writer.add_document(document).map(drop).map_err(broken))
        });
        task.await.map_err(|e| Error::internal(e.to_string()))?
    }
}

/// Published stories with the ids of who is quoted in each.
pub(crate) fn texts_with_people(conn: &mut Conn<'_>, ids: &[&str]) -> Result<Vec<(Text, Vec<String>)>> {
    let pairs = public::people_in(conn, ids)?;
    let texts = published::texts(conn, ids)?;
    Ok(texts
        .into_iter()
        .map(|text| {
            let people = pairs.iter().filter(|(story, _)| *story == text.card.id).map(|(_, person)| person.clone());
            let people = people.collect();
            (text, people)
        })
        .collect())
}
