//! Text messages, calls, recordings, mails: each arrives sealed, once, and leaves nothing in the open.

mod bad_input;
mod cast;
mod deliveries;
mod desk;
mod mails;
mod pages;
mod seizure;
mod twilio;
mod watching;
