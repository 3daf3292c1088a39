//! The newsroom's people: staff, roles, sessions, sign-in, and the settings they share.
//!
//! Invariants:
//! - what a role may do stands in one table ([`roles`]), and nowhere else is a role compared;
//! - no secret is kept as it is: passwords as argon2id, tokens of sessions and links as SHA-256;
//! - nobody outside learns whether an address belongs to somebody here;
//! - there is always an owner who can come in: the last one cannot be demoted or locked out;
//! - readers of the public site have no accounts here, and nothing here sets a cookie on public pages;
//! - every way in ends in one place that begins a session (`web::sign_in::begin`): a passkey or OpenID Connect adds a
//!   kind of credential and a page, and changes nothing about sessions.
//!
//! How areas use it: a handler takes an [`Actor`] (or is for everybody), asks [`Actor::may`], and answers with
//! [`Actor::page`], or with [`flash`] around a redirect. Router tests take people and browsers from `testing`.
//! The binary merges [`routes`], passes [`TEMPLATES`], registers [`jobs`], inserts `ConnectInfo<SocketAddr>` so that
//! tries are counted by client, and calls [`operator`] from its command line:
//! [`operator::create_owner`] (`init`), [`operator::list`], [`operator::invite`], [`operator::reset`],
//! [`operator::set_role`], [`operator::set_active`] (`staff ...`), [`operator::one_time_sign_in`] (`demo`).

pub mod nav;
pub mod roles;
pub mod store;
#[cfg(any(test, feature = "testing"))]
#[allow(clippy::expect_used)]
pub mod testing;

pub mod operator;

mod actor;
mod cookies;
mod flash;
mod invitation;
mod link;
mod mails;
mod password;
mod session;
mod settings;
mod staff;
mod web;

pub use actor::Actor;
pub use flash::flash;
pub use invitation::Invitation;
pub use link::{Link, Purpose};
pub use mails::jobs;
pub use roles::{Action, Role};
pub use session::Session;
pub use staff::{Deactivation, Staff};
pub use web::{TEMPLATES, routes};

#[cfg(test)]
mod tests;
