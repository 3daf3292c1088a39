//! Staff, roles, sessions, sign-in, settings.
