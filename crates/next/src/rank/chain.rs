//! The first link of each story, settled so that whoever follows "Next article" ten times meets no story twice.
//!
//! A page knows nothing of who reads it or where they came from. So it is the links themselves that must not run in small
//! circles: the map here holds what each story's first link is, and a new link is only put in if no way leads back from
//! its target in fewer than ten steps. Whenever a way ends at a story that has not chosen yet, that one chooses too, while
//! little leads to it; otherwise one that everything leads to would find no way out.

use std::collections::HashMap;

/// Steps within which no story comes twice.
pub const STEPS: usize = 10;
/// Stories that choose their link in one go, at most: the one that was asked for, and the end of the way behind it.
const AT_ONCE: usize = 4;

/// The settled links.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    first: HashMap<u32, u32>,
}

impl Chain {
    /// What a story's first link is now.
    pub fn of(&self, story: u32) -> Option<u32> {
        self.first.get(&story).copied()
    }

    /// Forgets a story that is gone. What led to it chooses anew when it is asked.
    pub fn remove(&mut self, story: u32) {
        self.first.remove(&story);
    }

    /// Chooses the first link of a story: the best of `ranked` (best first, for any story) from which no short way leads
    /// back. In a newsroom with too few stories it is the one with the longest way.
    pub fn settle(&mut self, story: u32, mut ranked: impl FnMut(u32) -> Vec<u32>) -> Option<u32> {
        let mut at = story;
        for _ in 0..AT_ONCE {
            let choices = ranked(at);
            // What it was before has a long way back for certain.
            let before = self.of(at).filter(|before| choices.contains(before));
            let mut longest = None;
            for choice in choices.into_iter().filter(|choice| *choice != at) {
                let way = self.way(choice, at);
                if longest.is_none_or(|(_, best)| way > best) {
                    longest = Some((choice, way));
                }
                if way >= STEPS {
                    break;
                }
            }
            let Some((choice, way)) = longest else { break };
            let choice = before.filter(|_| way < STEPS).unwrap_or(choice);
            self.first.insert(at, choice);
            match self.end(choice) {
                Some(end) => at = end,
                None => break,
            }
        }
        self.of(story)
    }

    /// The story at which the way from here ends, if that is within [`STEPS`].
    fn end(&self, from: u32) -> Option<u32> {
        let mut at = from;
        for _ in 0..STEPS {
            match self.first.get(&at) {
                Some(next) => at = *next,
                None => return Some(at),
            }
        }
        None
    }

    /// Steps from one story to another along first links; [`STEPS`] if there are that many or no way.
    fn way(&self, from: u32, to: u32) -> usize {
        let mut at = from;
        for steps in 0..STEPS {
            if at == to {
                return steps;
            }
            match self.first.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        STEPS
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn steps(chain: &mut Chain, from: u32, ranked: &mut impl FnMut(u32) -> Vec<u32>) -> Vec<u32> {
        let mut walk = vec![from];
        for _ in 0..STEPS {
            let Some(next) = chain.settle(walk[walk.len() - 1], &mut *ranked) else { break };
            walk.push(next);
        }
        walk
    }

    fn unique(walk: &[u32]) -> usize {
        let mut seen = walk.to_vec();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    }

    proptest! {
        /// Whatever each story likes best: here all like the same few, the worst case.
        #[test]
        fn ten_steps_meet_eleven_stories(
            stories in 11u32..60,
            likes in prop::collection::vec(any::<u32>(), 64),
            starts in prop::collection::vec(any::<u32>(), 1..30),
        ) {
            let mut chain = Chain::default();
            let mut ranked = |from: u32| {
                let mut all: Vec<u32> = (0..stories).filter(|other| *other != from).collect();
                all.sort_by_key(|other| if other % 3 == 0 { *other } else { likes[(*other as usize) % 64] ^ from });
                all
            };
            for start in starts {
                let walk = steps(&mut chain, start % stories, &mut ranked);
                prop_assert_eq!(unique(&walk), STEPS + 1, "{:?}", walk);
            }
        }
    }

    #[test]
    fn a_small_newsroom_shows_all_it_has_before_it_repeats() {
        for stories in 2..11u32 {
            let mut chain = Chain::default();
            let walk = steps(&mut chain, 0, &mut |from| (0..stories).filter(|other| *other != from).collect());
            assert_eq!(unique(&walk), stories as usize, "{walk:?}");
            assert!(walk.windows(2).all(|two| two[0] != two[1]));
        }
        assert_eq!(Chain::default().settle(0, |_| vec![]), None);
    }
}
