-- The newsroom's people: who they are, how they prove it, where they are signed in, who asked them in.

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    -- The address case-folded: what is compared and unique, while the other keeps the person's own spelling.
    email_folded TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (email_folded)
);

-- A row while a person is locked out: who did it and when.
CREATE TABLE staff_deactivations (
    staff_id TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
    deactivated_by TEXT REFERENCES staff (id),
    deactivated_at BIGINT NOT NULL
);

-- How people prove who they are. kind: password (handle: the staff id, data: PHC string); passkeys, one-time codes and
-- OpenID Connect bring kinds of their own, with the passkey's or the subject's id as handle.
CREATE TABLE credentials (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,
    handle TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (kind, handle)
);

CREATE INDEX credentials_staff ON credentials (staff_id, kind);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    token_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    agent TEXT NOT NULL,
    UNIQUE (token_hash)
);

CREATE INDEX sessions_staff ON sessions (staff_id, last_seen_at);

-- Open invitations; accepted or withdrawn ones are gone.
CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    invited_by TEXT REFERENCES staff (id),
    invited_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (email_folded),
    UNIQUE (token_hash)
);

-- Links that open a door once: purpose is recovery (choose a new password) or sign-in. Used ones are gone.
CREATE TABLE staff_links (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    purpose TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (token_hash)
);

CREATE INDEX staff_links_staff ON staff_links (staff_id);
