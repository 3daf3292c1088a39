-- What every area stands on: settings, the log of changes, events, jobs.

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Every change to public state, in the order of its commit. A node's edition follows it.
CREATE TABLE changes (
    seq {serial},
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL
);

-- The outbox: what happened, written with its cause, turned into jobs by the dispatcher.
CREATE TABLE events (
    seq {serial},
    at BIGINT NOT NULL,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL
);

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    leased_until BIGINT,
    leased_by TEXT,
    last_error TEXT,
    dead_at BIGINT
);

CREATE INDEX jobs_due ON jobs (dead_at, run_at);
