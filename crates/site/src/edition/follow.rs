//! Following the log of changes: what changed is dropped at once, and what readers ask for is made anew.

use std::time::Duration;

use onrecord_base::{
    Result,
    changes::{self, Change},
};
use onrecord_stories::published;
use tokio::time::Instant;

use super::{
    Edition,
    deps::{self, hash},
    kept::Dropped,
};
use crate::{pages::address::Address, tell};

/// How long a write of another process or node may wait to be seen. Writes of this process wake at once.
const LOOK: Duration = Duration::from_millis(100);
/// How long who wrote something waits for the pages to follow.
const SETTLED: Duration = Duration::from_millis(250);
/// How often the operator's theme is looked at.
const LOOK_AT_THEME: Duration = Duration::from_secs(1);
/// How often pages are dropped that show how late it is: the map of news.
const HOUR: Duration = Duration::from_secs(3600);
/// How often an import empties the edition while it runs: its batches come many times a second, and readers have asked
/// for none of its stories yet.
const IMPORT_SEEN: Duration = Duration::from_secs(1);
/// Pages made anew after a change before anybody asks: the front, lists and feeds, and what is read most. The rest is
/// made when it is asked for.
const AHEAD: usize = 48;

impl Edition {
    /// Keeps the edition true to the log of changes, for as long as the server runs.
    pub async fn follow(self) {
        let mut written = self.0.app.db.written();
        let mut seen = self.0.began_at;
        let mut theme_at = Instant::now();
        let mut hour_at = Instant::now();
        let mut imported = false;
        let mut emptied_at = None::<Instant>;
        loop {
            let _ = tokio::time::timeout(LOOK, written.changed()).await;
            match self.catch_up(&mut seen).await {
                Ok(more) => imported |= more,
                Err(error) => {
                    // The pages in memory may be out of date and nobody can tell: keep trying, say it, do not spin.
                    tracing::error!(%error, "the log of changes cannot be read");
                    tokio::time::sleep(LOOK * 10).await;
                }
            }
            if imported && emptied_at.is_none_or(|at| at.elapsed() >= IMPORT_SEEN) {
                imported = false;
                emptied_at = Some(Instant::now());
                self.empty();
            }
            if hour_at.elapsed() >= HOUR {
                hour_at = Instant::now();
                self.0.kept.drop_changed(&[hash("hour", "")]);
            }
            if self.0.next.became_ready() {
                self.0.kept.drop_changed(&[hash("next", "model")]);
            }
            if theme_at.elapsed() >= LOOK_AT_THEME {
                theme_at = Instant::now();
                self.look_at_theme().await;
            }
        }
    }

    /// Waits until what was written before now has left the pages in memory, so that whoever wrote it and then reads
    /// sees it. Gives up after [`SETTLED`]: an answer late by more helps nobody.
    pub async fn settle(&self) {
        let Ok(last) = self.0.app.db.glance(changes::last).await else { return };
        let mut seen = self.0.seen.subscribe();
        let _ = tokio::time::timeout(SETTLED, seen.wait_for(|seen| *seen >= last)).await;
    }

    /// Applies what the log says since line `seen`. True if an import wrote: then every page is to be dropped, which the
    /// caller does in its own time, by [`Edition::empty`].
    ///
    /// # Errors
    /// If the log cannot be read.
    pub async fn catch_up(&self, seen: &mut i64) -> Result<bool> {
        let mut imported = false;
        loop {
            let after = *seen;
            let lines = self.0.app.db.read(move |conn| changes::since(conn, after)).await?;
            let Some(last) = lines.last() else { return Ok(imported) };
            *seen = last.seq;
            let more = lines.len() as i64 == changes::BATCH;
            imported |= lines.iter().any(|line| line.kind == "all");
            self.apply(&lines).await?;
            self.0.seen.send_replace(after.max(*seen));
            if !more {
                return Ok(imported);
            }
        }
    }

    /// Drops every page and makes anew what is asked for most.
    pub fn empty(&self) {
        let dropped = self.0.kept.drop_all();
        let edition = self.clone();
        self.0.runtime.spawn(async move { edition.ahead(Vec::new(), dropped).await });
    }

    async fn apply(&self, lines: &[Change]) -> Result<()> {
        if lines.iter().any(|line| line.kind == "settings") {
            self.0.app.reload_settings().await?;
        }
        let dropped = self.0.kept.drop_changed(&deps::hashes(lines));
        tell::later(&self.0.app).await?;
        let stories = lines.iter().filter(|line| line.kind == "story").map(|line| line.subject.clone()).collect();
        let edition = self.clone();
        self.0.runtime.spawn(async move { edition.ahead(stories, dropped).await });
        Ok(())
    }

    /// Makes anew what readers will ask for next.
    async fn ahead(&self, mut stories: Vec<String>, mut dropped: Vec<Dropped>) {
        stories.sort();
        stories.dedup();
        // Readers come to few of many stories soon.
        stories.truncate(AHEAD / 4);
        let paths = self.0.app.db.read(move |conn| {
            let mut paths = Vec::new();
            for id in stories {
                paths.extend(published::story(conn, &id)?.map(|story| story.path));
            }
            Ok(paths)
        });
        for path in paths.await.unwrap_or_default() {
            if let Ok(address) = Address::read(&path, None) {
                self.find(&address).await;
            }
        }
        // Short addresses first: the front, sections and their feeds.
        let rank = |d: &Dropped| (d.path.matches('/').count(), u32::MAX - d.page.asked());
        dropped.sort_by_key(rank);
        for Dropped { path, page } in dropped.into_iter().filter(|d| d.page.asked() > 0).take(AHEAD) {
            let Some(address) = Address::kept(&path) else { continue };
            if self.get(&path).is_none() {
                self.make(&address, Some(page)).await;
            }
        }
    }

    async fn look_at_theme(&self) {
        let (themes, app) = (self.0.themes.clone(), self.0.app.clone());
        let changed = tokio::task::spawn_blocking(move || themes.look_now(&app)).await;
        if changed.unwrap_or(false) {
            self.empty();
        }
    }
}
