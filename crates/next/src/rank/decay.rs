//! Counts that fade: what was clicked yesterday says less than what was clicked this hour.

/// Hours after which a click counts half, for what is read now.
pub const SHORT: f64 = 6.0;
/// The same for what lasts.
pub const LONG: f64 = 72.0;

/// A count with a half-life. What is added for an earlier hour fades as if it had been added then, so that the order in
/// which counts arrive (from several nodes, after a restart) changes nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Decayed {
    value: f64,
    /// The hour that `value` is of.
    at: f64,
}

impl Decayed {
    /// Adds what happened at an hour.
    pub fn add(&mut self, amount: f64, hour: f64, half_life: f64) {
        if hour > self.at {
            self.value = self.at_hour(hour, half_life) + amount;
            self.at = hour;
        } else {
            self.value += amount * fade(self.at - hour, half_life);
        }
    }

    /// What is left of it at an hour.
    pub fn at_hour(&self, hour: f64, half_life: f64) -> f64 {
        self.value * fade((hour - self.at).max(0.0), half_life)
    }
}

/// What is left of one after some hours.
pub fn fade(hours: f64, half_life: f64) -> f64 {
    (-hours / half_life).exp2()
}

/// How a rate of clicks compares with the usual one, as the logarithm of their ratio. `strength` is how many showings the
/// usual rate weighs: a story that was hardly shown stands where all stand. Bounded, so that no flood of clicks makes more
/// of a story than a good day would.
pub fn lift(clicks: f64, shown: f64, usual: f64, strength: f64) -> f64 {
    let usual = usual.clamp(1e-6, 1.0);
    let rate = (clicks + usual * strength) / (shown.max(clicks) + strength);
    (rate / usual).ln().clamp(-BOUND, BOUND)
}

/// The most that clicks say: five times the usual rate, or a fifth.
pub const BOUND: f64 = 1.61;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_is_left_after_the_half_life() {
        let mut count = Decayed::default();
        count.add(8.0, 100.0, SHORT);
        assert!((count.at_hour(100.0 + SHORT, SHORT) - 4.0).abs() < 1e-9);
        assert!((count.at_hour(100.0 + 3.0 * SHORT, SHORT) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn few_showings_say_little_and_many_clicks_not_everything() {
        assert!(lift(1.0, 1.0, 0.05, 40.0) < lift(40.0, 80.0, 0.05, 40.0));
        assert!(lift(0.0, 0.0, 0.05, 40.0).abs() < 1e-9);
        assert!(lift(1e9, 1e9, 0.05, 40.0) <= BOUND && lift(0.0, 1e9, 0.05, 40.0) >= -BOUND);
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_changes_nothing(mut events in prop::collection::vec((0.0..50.0f64, 0.0..200.0f64), 1..20)) {
            let sum = |events: &[(f64, f64)]| {
                let mut count = Decayed::default();
                for (amount, hour) in events {
                    count.add(*amount, *hour, SHORT);
                }
                count.at_hour(200.0, SHORT)
            };
            let forth = sum(&events);
            events.reverse();
            prop_assert!((forth - sum(&events)).abs() < 1e-6 * (1.0 + forth));
        }
    }
}
