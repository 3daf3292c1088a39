//! Following the log of changes: what changed is dropped at once, and what readers ask for is made anew.

use std::time::Duration;

use onrecord_base::{
    Result,
    changes::{self, Change},
};
use onrecord_stories::published;
use tokio::time::Instant;

use super::{Edition, deps::hash, kept::Dropped};
use crate::pages::address::Address;

/// How long a write of another process or node may wait to be seen. Writes of this process wake at once.
const LOOK: Duration = Duration::from_millis(100);
/// How often the operator's theme is looked at.
const LOOK_AT_THEME: Duration = Duration::from_secs(1);
/// Pages made anew after a change before anybody asks: the front, lists and feeds, and what is read most. The rest is
/// made when it is asked for.
const AHEAD: usize = 48;

impl Edition {
    /// Keeps the edition true to the log of changes, for as long as the server runs.
    pub async fn follow(self) {
        let mut written = self.0.app.db.written();
        let mut seen = self.0.began_at;
        let mut theme_at = Instant::now();
        loop {
            let _ = tokio::time::timeout(LOOK, written.changed()).await;
            if let Err(error) = self.catch_up(&mut seen).await {
                // The pages in memory may be out of date and nobody can tell: keep trying, say it, do not spin.
                tracing::error!(%error, "the log of changes cannot be read");
                tokio::time::sleep(LOOK * 10).await;
            }
            if theme_at.elapsed() >= LOOK_AT_THEME {
                theme_at = Instant::now();
                self.look_at_theme().await;
            }
        }
    }

    /// Applies what the log says since line `seen`.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub async fn catch_up(&self, seen: &mut i64) -> Result<()> {
        loop {
            let after = *seen;
            let lines = self.0.app.db.read(move |conn| changes::since(conn, after)).await?;
            let Some(last) = lines.last() else { return Ok(()) };
            *seen = last.seq;
            let more = lines.len() as i64 == changes::BATCH;
            self.apply(&lines).await?;
            if !more {
                return Ok(());
            }
        }
    }

    async fn apply(&self, lines: &[Change]) -> Result<()> {
        if lines.iter().any(|line| line.kind == "settings") {
            self.0.app.reload_settings().await?;
        }
        let everything = lines.iter().any(|line| line.kind == "all");
        let mut hashes: Vec<u64> = lines.iter().map(|line| hash(&line.kind, &line.subject)).collect();
        if lines.iter().any(|line| matches!(line.kind.as_str(), "settings" | "section" | "page")) {
            hashes.push(hash("frame", ""));
        }
        hashes.sort_unstable();
        hashes.dedup();
        let dropped = self.0.kept.drop_where(|page| everything || page.deps().any_of(&hashes));
        let stories = lines.iter().filter(|line| line.kind == "story").map(|line| line.subject.clone()).collect();
        let edition = self.clone();
        self.0.runtime.spawn(async move { edition.ahead(stories, dropped).await });
        Ok(())
    }

    /// Makes anew what readers will ask for next.
    async fn ahead(&self, mut stories: Vec<String>, mut dropped: Vec<Dropped>) {
        stories.sort();
        stories.dedup();
        // Many stories at once are an import: readers come to few of them soon.
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
            let edition = self.clone();
            let dropped = self.0.kept.drop_where(|_| true);
            self.0.runtime.spawn(async move { edition.ahead(Vec::new(), dropped).await });
        }
    }
}
