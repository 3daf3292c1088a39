-- The next article: counts, and what the desk wishes. No row is about a reader: a count says how often something was shown
-- or clicked in an hour, or how often a day's readers went from one story to another. A test walks these columns.

CREATE TABLE next_counts (
    hour BIGINT NOT NULL,
    story_id TEXT NOT NULL,
    variant TEXT NOT NULL,
    position BIGINT NOT NULL,
    shown BIGINT NOT NULL,
    clicked BIGINT NOT NULL,
    PRIMARY KEY (hour, story_id, variant, position)
);

-- From one story to another; from '' for a page view from elsewhere.
CREATE TABLE next_reads (
    day BIGINT NOT NULL,
    from_id TEXT NOT NULL,
    to_id TEXT NOT NULL,
    reads BIGINT NOT NULL,
    PRIMARY KEY (day, from_id, to_id)
);

CREATE INDEX next_reads_by_pair ON next_reads (from_id, to_id);

-- An editor wants this one to stand first after that one.
CREATE TABLE next_pins (
    story_id TEXT NOT NULL REFERENCES stories (id),
    target_id TEXT NOT NULL REFERENCES stories (id),
    at BIGINT NOT NULL,
    by_id TEXT,
    PRIMARY KEY (story_id, target_id)
);

-- An editor wants this one never to stand after that one.
CREATE TABLE next_excludes (
    story_id TEXT NOT NULL REFERENCES stories (id),
    target_id TEXT NOT NULL REFERENCES stories (id),
    at BIGINT NOT NULL,
    by_id TEXT,
    PRIMARY KEY (story_id, target_id)
);

-- An editor wants this one to be recommended nowhere.
CREATE TABLE next_withheld (
    story_id TEXT NOT NULL PRIMARY KEY REFERENCES stories (id),
    at BIGINT NOT NULL,
    by_id TEXT
);

CREATE TABLE next_settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT
);

-- Two rankers side by side; one at a time is open.
CREATE TABLE next_trials (
    id TEXT NOT NULL PRIMARY KEY,
    first_ranker TEXT NOT NULL,
    second_ranker TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    began_by TEXT,
    ended_at BIGINT
);
