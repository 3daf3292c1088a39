//! How much of what is shown at a place is looked at: the first link is seen by all, the sixth by few. Clicks are compared
//! with what was looked at, not with what was shown, so that a story is not good because it stood on top.

/// Places of a list: the next article and at most six more.
pub const PLACES: usize = 7;
/// Rounds of the estimate; it stands still after about five.
const ROUNDS: usize = 6;
/// Showings that the assumption below weighs at each place.
const STRENGTH: f64 = 200.0;

/// What is assumed before anything is known: less with every place.
pub fn assumed(place: usize) -> f64 {
    1.0 / (1.0 + place as f64).powf(0.6)
}

/// What one story got at each place.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ByPlace {
    /// How often it was shown.
    pub shown: [f64; PLACES],
    /// How often it was clicked there.
    pub clicked: [f64; PLACES],
}

/// The share that looks at each place, the first place being one: the position-based model, fitted by turns (how good is
/// each story if the places are so; how good is each place if the stories are so).
pub fn estimate(stories: &[ByPlace]) -> [f64; PLACES] {
    let mut look: [f64; PLACES] = std::array::from_fn(assumed);
    let (mut clicks, mut shown) = (1.0, 20.0);
    for story in stories {
        clicks += story.clicked.iter().sum::<f64>();
        shown += story.shown.iter().zip(look).map(|(n, look)| n * look).sum::<f64>();
    }
    let usual: f64 = clicks / shown;
    for _ in 0..ROUNDS {
        let (mut got, mut expected) = ([0.0; PLACES], [0.0; PLACES]);
        for story in stories {
            let clicked: f64 = story.clicked.iter().sum();
            let seen: f64 = story.shown.iter().zip(look).map(|(n, look)| n * look).sum();
            let quality = (clicked + usual * 20.0) / (seen + 20.0);
            for place in 0..PLACES {
                got[place] += story.clicked[place];
                expected[place] += story.shown[place] * quality;
            }
        }
        for place in 0..PLACES {
            let weight = STRENGTH * usual;
            look[place] = (got[place] + assumed(place) * weight) / (expected[place] + weight);
        }
        let top = look[0].max(1e-6);
        look.iter_mut().for_each(|one| *one = (*one / top).clamp(0.02, 2.0));
    }
    look
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_known_is_the_assumption() {
        let look = estimate(&[]);
        assert!((look[0] - 1.0).abs() < 1e-9 && look.windows(2).all(|two| two[0] > two[1]));
    }

    #[test]
    fn a_good_story_at_a_bad_place_does_not_hide_the_place() {
        // The third place is looked at by a tenth, and the best story stands there always.
        let good = ByPlace {
            shown: [100.0, 0.0, 9000.0, 0.0, 0.0, 0.0, 0.0],
            clicked: [20.0, 0.0, 180.0, 0.0, 0.0, 0.0, 0.0],
        };
        let poor = ByPlace {
            shown: [9000.0, 0.0, 4000.0, 0.0, 0.0, 0.0, 0.0],
            clicked: [450.0, 0.0, 20.0, 0.0, 0.0, 0.0, 0.0],
        };
        let look = estimate(&[good, poor]);
        assert!((0.07..0.14).contains(&look[2]), "{look:?}");
    }
}
