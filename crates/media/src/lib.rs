//! Pictures: stored by content hash, rendered in four widths, credited.
