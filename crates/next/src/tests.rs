//! Stories with a named cast, on both databases; laws on models made by chance.

#![allow(clippy::expect_used)]

mod counting;
mod desk;
mod following;
mod laws;
mod room;
mod schema;
