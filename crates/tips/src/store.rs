//! All SQL of this area. Nothing here dates finer than a day, and nothing is written to the log of changes.

pub mod arrivals;
pub mod channels;
pub mod desks;
pub mod jobs;
pub mod keys;
pub mod line;
pub mod messages;
pub mod places;
pub mod tips;
