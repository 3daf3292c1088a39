-- The tip line. What a source says is not in the database: heads hold keys wrapped for the journalists, bodies lie sealed
-- in files. Nothing here is dated finer than a day (`day`: days since 1970-01-01 UTC), and ids are random, not by time.

-- The line's own settings, one row: JSON. And `work`, the secret of the proofs of work.
CREATE TABLE tip_settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE tip_desks (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- Days after closing until a tip is erased by itself.
    retention_days BIGINT NOT NULL,
    closed_day BIGINT,
    UNIQUE (name)
);

CREATE TABLE tip_desk_members (
    desk_id TEXT NOT NULL REFERENCES tip_desks (id),
    staff_id TEXT NOT NULL,
    PRIMARY KEY (desk_id, staff_id)
);

CREATE INDEX tip_desk_members_by_person ON tip_desk_members (staff_id);

-- A journalist's keys of one month. `wrapped` is the private half under a passphrase; once destroyed it is gone.
CREATE TABLE tip_keys (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL,
    epoch TEXT NOT NULL,
    public {bytes} NOT NULL,
    wrapped {bytes},
    made_day BIGINT NOT NULL,
    destroyed_day BIGINT
);

CREATE INDEX tip_keys_by_person ON tip_keys (staff_id, epoch);

-- Lists of keys that the newsroom signed, all of them: an envelope names the one it was sealed to.
CREATE TABLE tip_key_lists (
    digest TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    signed {bytes} NOT NULL,
    issued_day BIGINT NOT NULL,
    valid_until_day BIGINT NOT NULL,
    UNIQUE (seq)
);

-- channel: web (sealed in the browser), form (sealed on arrival), sms, voice, mail, drop.
-- state: new, assigned, following, closed. lookup_hash: SHA-256 of the value that the codename gives.
CREATE TABLE tips (
    id TEXT NOT NULL PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES tip_desks (id),
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    assigned_to TEXT,
    lookup_hash TEXT,
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    -- 1 while the source has written something that nobody at the desk has opened.
    unread BIGINT NOT NULL,
    next_sequence BIGINT NOT NULL,
    closed_day BIGINT,
    -- The day on which it is erased by itself, if it has one.
    erase_day BIGINT,
    UNIQUE (lookup_hash)
);

CREATE INDEX tips_by_desk ON tips (desk_id, state, last_day, id);
CREATE INDEX tips_by_erasure ON tips (erase_day);

-- kind: tip (from the source), reply, note, link. `file` names the sealed body below the data folder's `tips`.
CREATE TABLE tip_messages (
    tip_id TEXT NOT NULL REFERENCES tips (id),
    sequence BIGINT NOT NULL,
    kind TEXT NOT NULL,
    by_id TEXT,
    day BIGINT NOT NULL,
    head {bytes} NOT NULL,
    size BIGINT NOT NULL,
    file TEXT NOT NULL,
    PRIMARY KEY (tip_id, sequence)
);

CREATE INDEX tip_messages_by_file ON tip_messages (file);

-- What arrived by a channel that may say the same thing twice (a webhook, a folder): only hashes of its ids.
CREATE TABLE tip_arrivals (
    channel TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    day BIGINT NOT NULL,
    PRIMARY KEY (channel, key_hash)
);
