//! What a newsroom decides about the next article.

use serde::{Deserialize, Serialize};

use crate::{rank::positions::PLACES, ranker::Ranker};

/// The fewest further links below the first.
pub const FEWEST: usize = 3;
/// The most.
pub const MOST: usize = PLACES - 1;

/// The settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Stories follow one another without a click. Off, so that the end of the page can be reached.
    pub automatic: bool,
    /// Links below the first.
    pub more: usize,
    /// How the next article is chosen.
    pub ranker: Ranker,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { automatic: false, more: 4, ranker: Ranker::default() }
    }
}

impl Settings {
    /// Links in all.
    pub fn links(&self) -> usize {
        1 + self.more.clamp(FEWEST, MOST)
    }
}
