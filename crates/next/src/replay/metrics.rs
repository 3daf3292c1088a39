//! AUC, MRR, nDCG as the MIND papers compute them for each list, with bootstrap intervals over lists.

/// Resamplings of an interval.
const RESAMPLED: usize = 400;

/// The measures of one list.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// Share of pairs in the right order.
    pub auc: f64,
    /// Mean reciprocal rank.
    pub mrr: f64,
    /// Normalised discounted gain of the first five.
    pub ndcg5: f64,
    /// Of the first ten.
    pub ndcg10: f64,
}

/// The measures of a contender on every list.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Whose.
    pub name: &'static str,
    /// On every list.
    pub lists: Vec<Measures>,
}

/// A mean with its interval of 95 per cent.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// Where it begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}

impl Measures {
    /// The names in tables.
    pub const NAMES: [&'static str; 4] = ["AUC", "MRR", "nDCG@5", "nDCG@10"];

    /// In that order.
    pub fn all(&self) -> [f64; 4] {
        [self.auc, self.mrr, self.ndcg5, self.ndcg10]
    }

    /// Of one list; equal scores are put in an order that `seed` decides.
    pub fn of(scores: &[f64], clicked: &[bool], seed: u64) -> Measures {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(mix(seed, *a).cmp(&mix(seed, *b))));
        let good = clicked.iter().filter(|one| **one).count();
        let bad = clicked.len() - good;
        let mut pairs = 0.0;
        for (score, _) in scores.iter().zip(clicked).filter(|(_, clicked)| **clicked) {
            for (other, _) in scores.iter().zip(clicked).filter(|(_, clicked)| !**clicked) {
                pairs += if score > other {
                    1.0
                } else if score == other {
                    0.5
                } else {
                    0.0
                };
            }
        }
        let ranks = || order.iter().enumerate().filter(|(_, at)| clicked[**at]).map(|(rank, _)| rank as f64 + 1.0);
        let gain = |most: usize| {
            let found: f64 = ranks().filter(|rank| *rank <= most as f64).map(|rank| 1.0 / (1.0 + rank).log2()).sum();
            let ideal: f64 = (1..=good.min(most)).map(|rank| 1.0 / (1.0 + rank as f64).log2()).sum();
            found / ideal.max(f64::MIN_POSITIVE)
        };
        Measures {
            auc: pairs / (good * bad).max(1) as f64,
            mrr: ranks().map(|rank| 1.0 / rank).sum::<f64>() / good.max(1) as f64,
            ndcg5: gain(5),
            ndcg10: gain(10),
        }
    }
}

impl Measured {
    /// Of nothing yet.
    pub fn new(name: &'static str) -> Measured {
        Measured { name, lists: Vec::new() }
    }

    /// Mean and interval of each measure.
    pub fn intervals(&self) -> [Interval; 4] {
        std::array::from_fn(|at| interval(&self.lists.iter().map(|one| one.all()[at]).collect::<Vec<_>>()))
    }

    /// How much better than another on the same lists.
    pub fn over(&self, other: &Measured) -> [Interval; 4] {
        std::array::from_fn(|at| {
            let both = self.lists.iter().zip(&other.lists);
            interval(&both.map(|(ours, theirs)| ours.all()[at] - theirs.all()[at]).collect::<Vec<_>>())
        })
    }
}

fn interval(values: &[f64]) -> Interval {
    if values.is_empty() {
        return Interval::default();
    }
    let n = values.len();
    let mean = |sum: f64| sum / n as f64;
    let mut means: Vec<f64> = (0..RESAMPLED)
        .map(|round| mean((0..n).map(|draw| values[(mix(round as u64, draw) % n as u64) as usize]).sum()))
        .collect();
    means.sort_by(f64::total_cmp);
    Interval {
        mean: mean(values.iter().sum()),
        low: means[RESAMPLED / 40],
        high: means[RESAMPLED - 1 - RESAMPLED / 40],
    }
}

/// Numbers without order, always the same ones (SplitMix64).
pub(crate) fn mix(seed: u64, at: usize) -> u64 {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (at as u64).wrapping_mul(0xd1b5_4a32_d192_ed03);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_are_those_of_the_papers() {
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        let perfect = Measures::of(&[3.0, 2.0, 1.0], &[true, false, false], 1);
        assert_eq!(perfect.all(), [1.0; 4]);
        let worst = Measures::of(&[1.0, 2.0, 3.0], &[true, false, false], 1);
        near(worst.auc, 0.0);
        near(worst.mrr, 1.0 / 3.0);
        near(worst.ndcg5, 0.5);
        // Two of four: first and third.
        let mixed = Measures::of(&[4.0, 3.0, 2.0, 1.0], &[true, false, true, false], 1);
        near(mixed.auc, 0.75);
        near(mixed.mrr, (1.0 + 1.0 / 3.0) / 2.0);
        near(mixed.ndcg10, (1.0 + 0.5) / (1.0 + 1.0 / 3f64.log2()));
        near(Measures::of(&[1.0, 1.0], &[true, false], 1).auc, 0.5);
    }

    #[test]
    fn an_interval_holds_its_mean_and_narrows() {
        let few: Vec<f64> = (0..50).map(|at| (mix(9, at) % 100) as f64).collect();
        let many: Vec<f64> = (0..5_000).map(|at| (mix(9, at) % 100) as f64).collect();
        let (few, many) = (interval(&few), interval(&many));
        assert!(few.low < few.mean && few.mean < few.high);
        assert!(many.high - many.low < (few.high - few.low) / 5.0);
    }
}
