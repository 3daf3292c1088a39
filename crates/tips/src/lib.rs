//! The tip line: how a source reaches the newsroom and comes back for the answer, and the inbox in which the newsroom
//! reads, answers and erases.
//!
//! What a source says is sealed to the journalists of a desk (`onrecord-sealed`): in the source's browser, or, without a
//! script and for the other channels, here on arrival ([`arrive`]). The server keeps envelopes that it cannot open.
//!
//! Invariants:
//! - nothing that is kept here opens an envelope: journalists' private keys lie wrapped under passphrases that the server
//!   never sees, a codename is derived and forgotten;
//! - what arrives from outside is an envelope that the strict parser takes, or is sealed before it touches the disk;
//! - nothing at rest is dated finer than a day ([`Day`]), and no id or file name tells an order;
//! - the pages of sources set no cookie, name no other host, and nothing here writes a network address, a user agent or
//!   a codename anywhere; limits are counted in memory;
//! - whose desk a tip is not for does not find it, whatever their role;
//! - absent on purpose: a way from a tip to a public page. No change here is written to the log of changes, and no other
//!   area can import this one.

pub mod arrive;
pub mod channels;
pub mod day;
pub mod desk;
pub mod epoch;
pub mod erase;
pub mod guard;
pub mod keys;
pub mod line;
pub mod offline;
pub mod quota;
pub mod store;
pub mod tip;
pub mod vault;
pub mod work;

mod codename;
mod jobs;
mod stack;
mod tries;
mod web;

pub use arrive::{Arrival, Part, arrive};
pub use channels::watch::{Folders, Watch};
pub use day::Day;
pub use desk::Desk;
pub use epoch::Epoch;
pub use guard::Guard;
pub use jobs::{keep_order, register as jobs};
pub use line::Line;
pub use tip::{Channel, Kind, Message, Series, State, Tip};
pub use web::{LANGUAGES, POLICY, TEMPLATES, desk_routes, routes, unkept};

#[cfg(test)]
mod tests;
