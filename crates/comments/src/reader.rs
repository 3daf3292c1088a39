//! A reader who writes: an address, a name, a session. No password.

use onrecord_base::{Random, Time};
use serde::Serialize;

/// Milliseconds a session lasts from its beginning.
pub const SESSION: i64 = 180 * 86_400_000;
/// Milliseconds a link in a mail works.
pub const LINK: i64 = 24 * 3_600_000;
/// Milliseconds an address that nobody confirmed is kept, with what was written with it.
pub const CLAIM: i64 = 7 * 86_400_000;

/// A reader.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reader {
    /// Their id.
    pub id: String,
    /// Their name as it stands above their comments.
    pub name: String,
    /// Their address; never shown to anybody but themselves. Empty for who came in by a passkey alone.
    pub email: String,
    /// When they first wrote.
    pub created_at: Time,
    /// When they opened a link sent to their address.
    pub confirmed_at: Option<Time>,
    /// When they asked to hear of answers.
    pub notify_since: Option<Time>,
    /// Ends the mails; part of an address in each.
    #[serde(skip)]
    pub unsubscribe: String,
}

impl Reader {
    /// Somebody who has just given their address.
    pub fn new(id: String, name: String, email: String, random: &Random, now: Time) -> Reader {
        let unsubscribe = random.token();
        Reader { id, name, email, created_at: now, confirmed_at: None, notify_since: None, unsubscribe }
    }
}

/// An address as it is compared.
pub fn folded(email: &str) -> String {
    email.trim().to_lowercase()
}
