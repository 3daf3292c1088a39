//! The rankers a newsroom can choose from, and set side by side.

use serde::{Deserialize, Serialize};

/// How the next article is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ranker {
    /// All signals, with weights that stay.
    #[default]
    Chosen,
    /// All signals, with weights that learn from clicks.
    Learning,
    /// The newest of the section: what to compare the others with.
    Newest,
}

impl Ranker {
    /// All of them.
    pub const ALL: [Ranker; 3] = [Ranker::Chosen, Ranker::Learning, Ranker::Newest];

    /// Its name in forms and tables.
    pub fn name(self) -> &'static str {
        match self {
            Ranker::Chosen => "chosen",
            Ranker::Learning => "learning",
            Ranker::Newest => "newest",
        }
    }

    /// The one of this name.
    pub fn parse(name: &str) -> Option<Ranker> {
        Ranker::ALL.into_iter().find(|ranker| ranker.name() == name)
    }
}
