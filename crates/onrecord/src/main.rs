//! A newsroom in one binary.
fn main() {}
