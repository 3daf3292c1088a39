//! Stories, revisions, workflow, corrections.
