//! The best compression, made in the background for what is read often.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use super::{Edition, encode};

/// A page asked for so often is worth the work.
const WORTH: u32 = 16;
/// Pause when there is nothing to do.
const IDLE: Duration = Duration::from_secs(2);
/// Rest after each page, as a multiple of the work: readers and the desk come first.
const REST: u32 = 4;

impl Edition {
    /// Compresses pages better while the machine has time for it, for as long as the server runs.
    pub async fn improve(self) {
        loop {
            let Some((path, page)) = self.0.kept.most_asked(|page| page.asked() >= WORTH && page.may_improve()) else {
                tokio::time::sleep(IDLE).await;
                continue;
            };
            let began = Instant::now();
            let old = page.clone();
            let better = tokio::task::spawn_blocking(move || {
                let text = page.text();
                let quick = page.ready(super::Coding::Br).map_or(usize::MAX, |body| body.bytes.len());
                let best = encode::brotli(&text, encode::BEST);
                // Rarely the slower way gains nothing; the page is marked all the same, so as not to try again.
                let bytes = if best.len() < quick {
                    best.into()
                } else {
                    page.ready(super::Coding::Br).map(|b| b.bytes.clone()).unwrap_or_default()
                };
                page.with_best(bytes)
            })
            .await;
            if let Ok(better) = better {
                self.0.kept.replace(&path, &old, Arc::new(better));
            }
            tokio::time::sleep(began.elapsed() * REST).await;
        }
    }
}
