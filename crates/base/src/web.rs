//! The web shell: what every page and form of the desk shares.
//!
//! Invariants: no inline script or style anywhere ([`headers`]); a request that changes something must come from our
//! own pages ([`same_origin`]); an error is shown as one calm page and logged once ([`errors`]).

pub mod chrome;
pub mod errors;
pub mod forms;
pub mod headers;
pub mod limits;
pub mod same_origin;

pub use chrome::{Chrome, NavItem};
pub use errors::ErrorPage;
pub use forms::Form;

/// Name of the desk's home.
pub const DESK: &str = "/desk";
