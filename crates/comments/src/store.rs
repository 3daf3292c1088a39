//! All SQL of this area.

pub mod bans;
pub mod comments;
pub mod decisions;
pub mod erase;
pub mod imports;
pub mod passkeys;
pub mod queue;
pub mod readers;
pub mod reports;
pub mod respects;
pub mod settings;
pub mod threads;
