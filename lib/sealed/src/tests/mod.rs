//! Promises of the sealing, told with a newsroom of three.

mod codename;
mod envelope;
mod keys;
mod laws;
mod list;
mod peer;
mod room;
mod vectors;
