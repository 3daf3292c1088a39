//! Evaluation: behaviour logs replayed in the order of time. Each list is scored with what was known before it, and only
//! then learned from, so that nothing looks into the future.
//!
//! Formats are those of MIND (`behaviors.tsv`, `news.tsv`) and EB-NeRD (`behaviors.parquet`, `articles.parquet`,
//! `history.parquet`). The ranker under test is made of the same parts as the newsroom's: faded counts against looks,
//! words in common, freshness, sections, and the weights that learn. Where a log knows what somebody read before, that
//! takes the place of the story a reader comes from. Compiled for tests and the evaluation program alone.

pub mod baselines;
#[cfg(feature = "replay")]
pub mod ebnerd;
pub mod generate;
pub mod log;
pub mod metrics;
pub mod mind;
pub mod ranker;
mod state;

use self::{
    log::Log,
    metrics::{Measured, Measures},
};

/// Something that scores a list, then learns from it.
pub trait Contender {
    /// Its name in tables.
    fn name(&self) -> &'static str;
    /// A score for each story of the list; higher stands further up.
    fn score(&mut self, log: &Log, at: usize) -> Vec<f64>;
    /// Learns what was clicked.
    fn learn(&mut self, log: &Log, at: usize);
}

/// The share of a log that is learned from before scores count.
pub const WARM: f64 = 0.2;

/// Replays a log for each contender and measures it on all lists after the first [`WARM`] of them.
pub fn replay(log: &Log, contenders: &mut [Box<dyn Contender>], mut progress: impl FnMut(usize)) -> Vec<Measured> {
    let mut measured: Vec<Measured> = contenders.iter().map(|one| Measured::new(one.name())).collect();
    let begins = (log.lists.len() as f64 * WARM) as usize;
    for at in 0..log.lists.len() {
        let list = &log.lists[at];
        if list.clicked.iter().any(|clicked| *clicked) && list.clicked.iter().any(|clicked| !clicked) {
            for (one, measured) in contenders.iter_mut().zip(&mut measured) {
                if at >= begins {
                    let scores = one.score(log, at);
                    measured.lists.push(Measures::of(&scores, &list.clicked, at as u64));
                }
            }
        }
        for one in contenders.iter_mut() {
            one.learn(log, at);
        }
        progress(at);
    }
    measured
}

/// Every baseline, and the ranker last.
pub fn contenders() -> Vec<Box<dyn Contender>> {
    let mut all = baselines::all();
    all.push(Box::new(ranker::Replayed::default()));
    all
}

#[cfg(test)]
mod tests {
    use super::{
        generate::{SMALL, generate},
        *,
    };

    /// The small evaluation: better than every baseline in every measure, beyond chance.
    #[test]
    fn the_ranker_beats_every_baseline_on_logs_with_structure() {
        let files = generate(SMALL);
        let log = mind::parse(&files.news, &files.behaviors, true);
        let mut contenders = contenders();
        let measured = replay(&log, &mut contenders, |_| {});
        let ours = measured.last().unwrap();
        for other in &measured[..measured.len() - 1] {
            for (name, more) in metrics::Measures::NAMES.iter().zip(ours.over(other)) {
                assert!(more.low > 0.0, "{name} over {}: {more:?}", other.name);
            }
        }
        let random = measured[0].intervals()[0];
        assert!((random.mean - 0.5).abs() < 0.02, "{random:?}");
    }

    /// What is scored knows nothing of what comes after it.
    #[test]
    fn nothing_looks_into_the_future() {
        let files = generate(SMALL);
        let log = mind::parse(&files.news, &files.behaviors, true);
        let mut other = log.clone();
        let last = other.lists.len() - 1;
        other.lists[last].clicked.reverse();
        let scores = |log: &log::Log| {
            let mut ranker = ranker::Replayed::default();
            for at in 0..300 {
                ranker.learn(log, at);
            }
            ranker.score(log, last)
        };
        assert_eq!(scores(&log), scores(&other));
    }
}
