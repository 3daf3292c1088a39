//! What speaks for a story, by name, and how much each counts.

use serde::{Deserialize, Serialize};

macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $weight:literal;)*) => {
        /// Something that speaks for or against a story.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Signal { $($(#[$doc])* $name),* }

        impl Signal {
            /// All of them.
            pub const ALL: [Signal; [$(Signal::$name),*].len()] = [$(Signal::$name),*];

            /// Its name in explanations.
            pub fn name(self) -> &'static str {
                match self { $(Signal::$name => $key),* }
            }

            /// How much it counts until clicks say otherwise.
            pub fn weight(self) -> f64 {
                match self { $(Signal::$name => $weight),* }
            }
        }
    };
}

signals! {
    /// Clicks against looks in the last hours, compared with the usual rate.
    Clicks = "clicks", 0.6;
    /// The same over days.
    Lasting = "lasting", 0.5;
    /// Readers went from this story to that one, five times at least.
    Reads = "reads", 1.0;
    /// Words in common.
    Text = "text", 2.5;
    /// The same people speak.
    People = "people", 1.0;
    /// The same quotation, or the same two people speaking with each other.
    Exchange = "exchange", 1.5;
    /// The same section.
    Section = "section", 0.35;
    /// Tags in common.
    Tags = "tags", 0.8;
    /// How old it is: each doubling beyond six hours costs the same.
    Fresh = "fresh", 0.25;
    /// It was corrected this week.
    Corrected = "corrected", 0.3;
}

/// How many signals there are.
pub const COUNT: usize = Signal::ALL.len();

/// How strong each signal is for one story.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Signals(pub [f64; COUNT]);

impl Signals {
    /// Sets one.
    pub fn set(&mut self, signal: Signal, value: f64) {
        self.0[signal as usize] = value;
    }

    /// One of them.
    pub fn get(&self, signal: Signal) -> f64 {
        self.0[signal as usize]
    }
}

/// How much each signal counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weights(pub [f64; COUNT]);

impl Default for Weights {
    fn default() -> Weights {
        Weights(Signal::ALL.map(Signal::weight))
    }
}

impl Weights {
    /// What each signal adds to the score.
    pub fn parts(&self, signals: &Signals) -> [f64; COUNT] {
        std::array::from_fn(|at| self.0[at] * signals.0[at])
    }

    /// The score.
    pub fn score(&self, signals: &Signals) -> f64 {
        self.parts(signals).iter().sum()
    }
}
