//! Comments: what readers answer below a story, and how a newsroom keeps order among it.
//!
//! Threads are read by the site ([`store::threads`]), which renders and keeps their pages like any other; what readers
//! and moderators *do* is answered here ([`routes`] below `/comments`, [`desk`] below `/desk/comments`).
//!
//! Invariants:
//! - what readers see changes only in `store::comments`, which counts, lists and writes to the log of changes in the
//!   same transaction: kind `comments` with the story's id, or `comment-rules` with `site`;
//! - a page of a thread is read through one index and holds [`thread::PAGE`] comments, whatever the thread's length or
//!   depth; nothing here is recursive;
//! - no cookie before a reader signs in, and then one; nothing a reader loads names another host;
//! - a network address is kept as a keyed hash, and that for seven days;
//! - the scorer orders and holds, it never refuses; every decision of a moderator stands in the log and can be undone;
//! - nothing a reader wrote stands in a job, an event, the log of changes or the log of decisions: erasing has few places
//!   to reach;
//! - a passkey is bound to one reader, and every challenge is answered once;
//! - absent on purpose: passwords, profiles, pictures of readers, downvotes.

pub mod comment;
pub mod import;
pub mod judge;
pub mod moderation;
pub mod passkey;
pub mod posting;
pub mod reader;
pub mod rules;
pub mod scorer;
pub mod store;
pub mod text;
pub mod thread;
pub mod words;

mod cookies;
mod guard;
mod mails;
mod web;

pub use comment::{Comment, Entry, Queue, State, Why};
pub use guard::Guard;
pub use mails::{jobs, keep_forgetting};
pub use reader::Reader;
pub use rules::{Exception, Mode, Rules, Who};
pub use web::{TEMPLATES, routes};

#[cfg(test)]
mod tests;
