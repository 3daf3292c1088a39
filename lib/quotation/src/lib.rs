//! Find quotations, name their speakers, verify them word for word.
