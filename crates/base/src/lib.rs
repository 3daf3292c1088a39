//! Ground floor: database, clock, ids, errors, web shell, jobs, test harness.
