//! Following the log of changes: what was published is in the index within the second, what was taken down leaves it.

mod again;
mod gather;

use std::{sync::Arc, time::Duration};

use onrecord_base::{Error, Result, changes, changes::Change};
use tantivy::IndexWriter;
use tokio::{task::JoinHandle, time::Instant};

use self::{again::Again, gather::Wanted};
use crate::{
    Search,
    generation::{self, Followed, Generation},
    rebuild::{self, Built},
    schema,
};

/// How long a write of another process or node may wait to be seen. Writes of this process wake, see [`pause`].
const LOOK: Duration = Duration::from_millis(400);
/// How long a write of this process is left alone before it is followed: the pages that show it are made first, and take the
/// whole of a small machine for some tens of milliseconds. Nobody searches for a story within them.
const AFTER_PAGES: Duration = Duration::from_millis(50);
/// As many times as the last commit took is waited before the next,
const RESTS: u32 = 3;
/// and never longer: with a commit before and one after, what is published is found within the second.
const LONGEST: Duration = Duration::from_millis(400);
/// How long to wait after something failed.
const PAUSE: Duration = Duration::from_secs(5);
/// How long to wait between two looks for what an import brought, while it runs.
const IMPORT_SEEN: Duration = Duration::from_secs(2);

impl Search {
    /// Keeps the index true to the log of changes, for as long as the server runs; makes one where there is none, or it is
    /// broken, old, or of another database.
    pub async fn follow(self) {
        let mut written = self.app().db.written();
        let mut follower = Follower::new(self);
        loop {
            let rest = match follower.step().await {
                Ok(true) => Duration::ZERO,
                Ok(false) => LOOK,
                Err(error) => {
                    tracing::error!(%error, "the search index cannot follow");
                    PAUSE
                }
            };
            if !rest.is_zero() && tokio::time::timeout(rest, written.changed()).await.is_ok() {
                tokio::time::sleep(pause(follower.committing)).await;
            }
        }
    }
}

/// How long what was just written is left alone, after a commit that took so long. Where much is written, a large index would be
/// committed and merged without end: then what comes together is followed together.
fn pause(committing: Duration) -> Duration {
    (committing * RESTS).clamp(AFTER_PAGES, LONGEST)
}

/// Whoever follows: the one writer of the index in use.
struct Follower {
    search: Search,
    /// The index that is followed.
    generation: Option<Arc<Generation>>,
    /// Made when there is something to write.
    writer: Option<IndexWriter>,
    /// The last line that was followed.
    seq: Followed,
    /// How far the index may say that it is, as long as something before is still to be looked at again.
    owed: Option<Followed>,
    /// A look at all stories that is under way, after an import.
    again: Option<Again>,
    looked_again: Option<Instant>,
    building: Option<JoinHandle<Result<Built>>>,
    /// How long the last commit took.
    committing: Duration,
    checked: bool,
    /// The name of an index that is broken or of another database: it is not opened again.
    bad: Option<String>,
}

impl Follower {
    fn new(search: Search) -> Follower {
        let seq = Followed { schema: schema::VERSION, seq: 0, at: onrecord_base::Time::from_millis(0) };
        Follower {
            search,
            generation: None,
            writer: None,
            seq,
            owed: None,
            again: None,
            looked_again: None,
            building: None,
            committing: Duration::ZERO,
            checked: false,
            bad: None,
        }
    }

    /// One step; true if there is more to do at once.
    async fn step(&mut self) -> Result<bool> {
        if self.building.as_ref().is_some_and(JoinHandle::is_finished)
            && let Some(built) = self.building.take()
        {
            let built = built.await.map_err(|e| Error::internal(e.to_string()))??;
            tracing::info!(
                stories = built.stories,
                quotations = built.quotations,
                millis = built.millis,
                "the search index is made"
            );
        }
        self.look_for_another().await?;
        if self.search.is_broken() && self.generation.is_some() {
            self.bad = self.generation.as_ref().map(|generation| generation.name().to_owned());
            self.leave().await;
        }
        if self.generation.is_none() {
            self.build();
            return Ok(false);
        }
        if !self.checked {
            self.checked = true;
            self.check().await;
        }
        self.catch_up().await
    }

    /// Goes over to the index that is in use now, if it is another.
    async fn look_for_another(&mut self) -> Result<()> {
        let data = self.search.app().data.clone();
        let current = generation::current(&data);
        let known = self.generation.as_ref().map(|generation| generation.name().to_owned());
        if current == known || current.is_none() || current == self.bad {
            return Ok(());
        }
        // What was opened at the start need not be opened twice.
        let opened = match self.search.generation().filter(|open| Some(open.name()) == current.as_deref()) {
            Some(open) => open,
            None => {
                let (name, data) = (current.clone().unwrap_or_default(), data.clone());
                let opened = tokio::task::spawn_blocking(move || Generation::open(&data, &name)).await;
                match opened {
                    Ok(Ok(generation)) => Arc::new(generation),
                    _ => {
                        self.bad = current;
                        return Ok(());
                    }
                }
            }
        };
        let followed = opened.followed();
        let Some(followed) = self.is_ours(followed).await? else {
            tracing::info!("the search index is of another time, and is made again");
            self.bad = current;
            return Ok(());
        };
        self.leave().await;
        self.search.exchange(Some(opened.clone()));
        self.search.followed_to(followed.seq);
        self.seq = followed;
        self.checked = false;
        if let Ok(_lock) = generation::lock(&data) {
            generation::sweep(&data, &[opened.name()]);
        }
        self.generation = Some(opened);
        Ok(())
    }

    /// How far an index is, if the log still holds everything since, and is the log that it was written from.
    async fn is_ours(&self, followed: Option<Followed>) -> Result<Option<Followed>> {
        let Some(followed) = followed else { return Ok(None) };
        let read = self.search.app().db.read(move |conn| {
            if followed.seq == 0 {
                return Ok(changes::trimmed_to(conn)? == 0);
            }
            let line = changes::since(conn, followed.seq - 1)?.into_iter().next();
            Ok(line.is_some_and(|line| line.seq == followed.seq && line.at == followed.at))
        });
        Ok(read.await?.then_some(followed))
    }

    /// Lets go of the index that was followed.
    async fn leave(&mut self) {
        let writer = self.writer.take();
        (self.generation, self.owed, self.again) = (None, None, None);
        // It waits for its threads.
        let _ = tokio::task::spawn_blocking(move || drop(writer)).await;
    }

    /// Makes a new index beside, if that is not under way already.
    fn build(&mut self) {
        if self.building.is_none() {
            let app = self.search.app().clone();
            self.building = Some(tokio::spawn(async move { rebuild::rebuild(&app, |_| {}).await }));
        }
    }

    /// Reads the index once from end to end: a disk may have changed what nobody wrote.
    async fn check(&mut self) {
        let Some(generation) = self.generation.clone() else { return };
        let search = self.search.clone();
        tokio::task::spawn_blocking(move || {
            if !generation.is_whole() {
                tracing::error!("the search index is damaged, and is made again");
                search.break_off();
            }
        });
    }

    /// Follows the log as far as it goes, at most one batch of lines.
    async fn catch_up(&mut self) -> Result<bool> {
        let after = self.seq.seq;
        let lines = self.search.app().db.read(move |conn| changes::since(conn, after)).await?;
        if let Some(last) = lines.last() {
            if lines.iter().any(|line| line.kind == "all") {
                // Until all stories were looked at, the index must not say that it has seen this.
                self.owed.get_or_insert(self.seq);
                self.again.get_or_insert_default().once_more();
            }
            let to = Followed { seq: last.seq, at: last.at, ..self.seq };
            self.apply(&lines, to).await?;
            if lines.len() as i64 == changes::BATCH {
                return Ok(true);
            }
        }
        let due = self.looked_again.is_none_or(|at| at.elapsed() >= IMPORT_SEEN);
        match self.again.take() {
            Some(again) if due || again.is_under_way() => self.look_again(again).await,
            again => {
                self.again = again;
                Ok(false)
            }
        }
    }

    async fn apply(&mut self, lines: &[Change], to: Followed) -> Result<()> {
        let Some(generation) = self.generation.clone() else { return Ok(()) };
        let wanted = Wanted::of(lines);
        if !wanted.is_empty() {
            let maker = rebuild::maker(self.search.app(), &generation);
            let found = wanted.gather(self.search.app(), &generation, &maker).await?;
            self.write(found, self.owed.unwrap_or(to)).await?;
        }
        self.seq = to;
        // While an import's stories are missing, nobody is told that all is there.
        if self.owed.is_none() {
            self.search.followed_to(to.seq);
        }
        Ok(())
    }

    /// Looks at the next stories of all.
    async fn look_again(&mut self, mut again: Again) -> Result<bool> {
        let Some(generation) = self.generation.clone() else { return Ok(false) };
        let maker = rebuild::maker(self.search.app(), &generation);
        let found = again.next(self.search.app(), &generation, &maker).await;
        let done = matches!(found, Ok((_, true)));
        if !done {
            self.again = Some(again);
        }
        let (found, _) = found?;
        if done {
            self.owed = None;
            self.looked_again = Some(Instant::now());
        }
        let followed = self.owed.unwrap_or(self.seq);
        if !found.is_empty() || done {
            self.write(found, followed).await?;
        }
        if done {
            self.search.followed_to(self.seq.seq);
        }
        Ok(!done)
    }

    /// Writes documents in place of what stood there, and lets readers see them.
    async fn write(&mut self, found: Vec<gather::Document>, followed: Followed) -> Result<()> {
        let Some(generation) = self.generation.clone() else { return Ok(()) };
        let mut writer = match self.writer.take() {
            Some(writer) => writer,
            None => match generation.writer() {
                Ok(writer) => writer,
                Err(error) => {
                    // Another process may write for a moment; without its files it is broken.
                    if !generation.is_there() {
                        self.search.break_off();
                    }
                    return Err(error);
                }
            },
        };
        let began = Instant::now();
        let task = tokio::task::spawn_blocking(move || {
            for (key, document) in found {
                writer.delete_term(generation::key(generation.fields(), &key));
                if let Some(document) = document {
                    writer.add_document(document).map_err(generation::broken)?;
                }
            }
            generation::commit(&mut writer, followed)?;
            generation.reload()?;
            Ok(writer)
        });
        match task.await {
            Ok(Ok(writer)) => {
                self.writer = Some(writer);
                self.committing = began.elapsed();
                Ok(())
            }
            Ok(Err(error)) => {
                self.search.break_off();
                Err(error)
            }
            Err(_) => {
                self.search.break_off();
                Err(Error::internal("the writer of the search index broke"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_commits_come_seldom_and_never_late() {
        let after = |millis| pause(Duration::from_millis(millis));
        assert_eq!(after(0), AFTER_PAGES, "pages go first");
        assert_eq!(after(100), Duration::from_millis(300));
        assert_eq!(after(60_000), LONGEST);
    }
}
