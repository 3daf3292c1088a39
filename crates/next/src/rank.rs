//! The pure part: what speaks for a story after another one, and how a list is put together from that. No I/O, no clock.

pub mod chain;
pub mod decay;
pub mod learn;
pub mod positions;
pub mod signals;
pub mod spread;
pub mod text;
