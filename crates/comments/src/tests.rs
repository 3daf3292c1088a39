//! Stories with a named cast, on both databases.

#![allow(clippy::expect_used)]

mod bad_input;
mod erasing;
mod mails;
mod misuse;
mod moderating;
mod passkeys;
mod reading;
mod room;
mod views;
mod writing;
