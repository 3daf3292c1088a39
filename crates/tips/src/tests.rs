//! Stories with a named cast, on both databases.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod bad_input;
mod cast;
mod channels;
mod desk;
mod erasing;
mod forms;
mod limits;
mod sealed_in_browser;
mod seizure;
mod views;
