//! The area's tests, on both databases.

mod drafts;
mod importing;
mod lists;
mod names;
mod publishing;
