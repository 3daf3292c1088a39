//! The store of this area, one file a noun; every statement about its tables stands below here.

pub mod sessions;
pub mod staff;
