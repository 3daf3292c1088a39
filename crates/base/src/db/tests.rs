//! The database on both engines: one text, one behaviour.

mod durability;
mod faults;
mod schema;
mod statements;
