//! Work of this area that happens after its cause.

use onrecord_base::jobs::Registry;

/// Adds this area's jobs.
pub fn jobs(_registry: &mut Registry) {}
