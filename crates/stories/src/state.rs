//! Where a story stands between the desk and its readers.

use onrecord_base::Time;

use crate::Finding;

/// Where a story stands. Each comes from a row with a who and a when; none is a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Never published, nothing set.
    Draft,
    /// Waits for its hour.
    Scheduled(Schedule),
    /// Readers see it as the desk has it.
    Published(Publication),
    /// Readers see an earlier version than the desk has; perhaps an update waits for its hour.
    Changed(Publication, Option<Schedule>),
    /// It was published once and was taken down; it may be published again.
    Withdrawn,
    /// Killed: gone for readers, and not to be published until it is restored.
    Killed(Kill),
}

/// A story's publication, as the desk needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Where it stands.
    pub path: String,
    /// The revision readers see.
    pub revision: i64,
    /// When it was first published.
    pub published_at: Time,
    /// When it was last changed.
    pub updated_at: Option<Time>,
    /// Staff id of who published it last.
    pub by: Option<String>,
}

/// A publication that waits for its hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The revision that will be published.
    pub revision: i64,
    /// When.
    pub due_at: Time,
    /// Staff id of who set it.
    pub by: Option<String>,
    /// What kept it from happening, if it should have.
    pub failed: Option<Finding>,
}

/// A publication in spite of what the checks found, with the reason somebody gave. Kept for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The version that was published or set to be.
    pub version: i64,
    /// When.
    pub at: Time,
    /// Staff id of who decided it.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// A kill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kill {
    /// When.
    pub at: Time,
    /// Staff id of who did it.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
}

impl State {
    /// Its short name: key of its text (`stories-state-NAME`) and value of the list's filter.
    pub fn name(&self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Scheduled(_) => "scheduled",
            State::Published(_) => "published",
            State::Changed(..) => "changed",
            State::Withdrawn => "withdrawn",
            State::Killed(_) => "killed",
        }
    }

    /// The stylesheet's class for its badge.
    pub fn badge(&self) -> &'static str {
        match self {
            State::Draft | State::Withdrawn => "draft",
            State::Scheduled(_) => "scheduled",
            State::Published(_) => "published",
            State::Changed(..) => "info",
            State::Killed(_) => "killed",
        }
    }

    /// The publication, if readers see one.
    pub fn publication(&self) -> Option<&Publication> {
        match self {
            State::Published(publication) | State::Changed(publication, _) => Some(publication),
            _ => None,
        }
    }

    /// The schedule, if one is set.
    pub fn schedule(&self) -> Option<&Schedule> {
        match self {
            State::Scheduled(schedule) | State::Changed(_, Some(schedule)) => Some(schedule),
            _ => None,
        }
    }
}
