//! The store of this area, one file a noun; every statement about its tables stands below here.

pub mod credentials;
pub mod invitations;
pub mod links;
pub mod sessions;
pub mod staff;
