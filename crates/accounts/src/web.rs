//! The pages of this area, one resource a file.

pub(crate) mod return_to;
