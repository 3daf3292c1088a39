//! All SQL of this area.

pub mod counts;
pub mod facts;
pub mod settings;
pub mod trials;
pub mod wishes;
