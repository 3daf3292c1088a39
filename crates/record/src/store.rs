//! All SQL of this area.

pub mod people;
pub mod public;
pub mod quotations;
pub mod sources;
pub mod standing;
pub mod uses;
