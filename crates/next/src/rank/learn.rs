//! Weights that learn from clicks, in the order of time: of what was shown together, what was clicked should have stood above
//! what was looked at and passed over. Pairs, logistic loss, AdaGrad, drawn back to where it began; a few dozen numbers,
//! none of which is about anybody.

use serde::{Deserialize, Serialize};

/// How far one click may move the weights.
const STEP: f64 = 0.06;
/// How strongly they are drawn back.
const PULL: f64 = 1e-5;
/// The furthest that a weight goes.
const FURTHEST: f64 = 12.0;
/// Pairs of one list that are learned from.
const PAIRS: usize = 64;

/// Weights, and how sure they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Learner {
    weights: Vec<f64>,
    began: Vec<f64>,
    squares: Vec<f64>,
    /// Running scale of each signal, so that one with large numbers does not learn faster.
    scale: Vec<f64>,
    seen: f64,
}

impl Learner {
    /// Begins with these weights.
    pub fn new(began: &[f64]) -> Learner {
        let n = began.len();
        Learner {
            weights: began.to_vec(),
            began: began.to_vec(),
            squares: vec![1e-3; n],
            scale: vec![1.0; n],
            seen: 1.0,
        }
    }

    /// The weights as they stand.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The score of one story.
    pub fn score(&self, signals: &[f64]) -> f64 {
        self.weights.iter().zip(signals).map(|(w, x)| w * x).sum()
    }

    /// Learns from one list: the signals of each story, how surely it was looked at (0 to 1), and whether it was clicked.
    pub fn learn(&mut self, list: &[(&[f64], f64, bool)]) {
        let clicked: Vec<_> = list.iter().filter(|one| one.2).collect();
        let passed: Vec<_> = list.iter().filter(|one| !one.2).collect();
        if clicked.is_empty() || passed.is_empty() {
            return;
        }
        let count = clicked.len() * passed.len();
        let every = count.div_ceil(PAIRS);
        let weight = 1.0 / (count.div_ceil(every) as f64).sqrt();
        let mut gradient = vec![0.0; self.weights.len()];
        for pair in (0..count).step_by(every) {
            let (won, lost) = (clicked[pair % clicked.len()], passed[pair / clicked.len()]);
            let margin = self.score(won.0) - self.score(lost.0);
            let wrong = lost.1 / (1.0 + margin.clamp(-30.0, 30.0).exp());
            for (at, slope) in gradient.iter_mut().enumerate() {
                *slope += weight * wrong * (won.0[at] - lost.0[at]);
            }
        }
        self.rescale(list);
        for (at, slope) in gradient.into_iter().enumerate() {
            let slope = slope / self.scale[at] - PULL * (self.weights[at] - self.began[at]);
            self.squares[at] += slope * slope;
            let step = STEP * slope / self.squares[at].sqrt() / self.scale[at];
            self.weights[at] = (self.weights[at] + step).clamp(-FURTHEST, FURTHEST);
        }
    }

    /// Follows how much each signal differs within a list.
    fn rescale(&mut self, list: &[(&[f64], f64, bool)]) {
        self.seen = (self.seen + 1.0).min(5_000.0);
        let n = list.len() as f64;
        for at in 0..self.scale.len() {
            let mean = list.iter().map(|one| one.0[at]).sum::<f64>() / n;
            let spread = (list.iter().map(|one| (one.0[at] - mean).powi(2)).sum::<f64>() / n).sqrt();
            self.scale[at] += (spread.max(1e-3) - self.scale[at]) / self.seen;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_which_signal_speaks() {
        let mut learner = Learner::new(&[0.0, 0.0]);
        for n in 0..2_000u32 {
            let noise = f64::from(n.wrapping_mul(2_654_435_761) >> 8 & 0xff) / 255.0;
            learner.learn(&[(&[1.0, noise], 1.0, true), (&[0.0, 1.0 - noise], 1.0, false)]);
        }
        let [speaks, silent] = [learner.weights()[0], learner.weights()[1]];
        assert!(speaks > 1.0 && silent.abs() < speaks / 4.0, "{speaks} {silent}");
    }

    #[test]
    fn what_nobody_looked_at_was_not_passed_over() {
        let mut learner = Learner::new(&[0.5]);
        let before = learner.clone();
        learner.learn(&[(&[0.0], 1.0, true), (&[1.0], 0.0, false)]);
        assert!((learner.weights()[0] - before.weights()[0]).abs() < 1e-9);
        learner.learn(&[(&[0.0], 1.0, true)]);
        assert!((learner.weights()[0] - before.weights()[0]).abs() < 1e-9);
    }
}
