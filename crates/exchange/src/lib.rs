//! Import and export: what was published elsewhere comes in, what is here can go out.
//!
//! Invariants:
//! - readers ([`wxr`], [`plain`]) know nothing of the newsroom and do no I/O but reading their source;
//! - nothing is dropped silently: what could not be kept is named in the [`report`];
//! - an import writes through the areas' own stores, in batches, and remembers in the same transaction what it
//!   brought, so that running twice changes nothing and an interrupted run goes on where it stopped.

pub mod comments;
pub mod import;
pub mod plain;
pub mod report;
pub mod store;
pub mod wxr;

mod wordpress;

#[cfg(test)]
mod tests;
