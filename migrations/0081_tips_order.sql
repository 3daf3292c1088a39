-- Two things that told more than they should. Notes and links had numbers between those of messages and replies, so a gap
-- told the source of them: they are counted apart now. And a table of SQLite keeps the order in which its rows came, unless
-- it is kept by its key; ids are random.
-- @sqlite
CREATE TABLE tips_by_key (
    id TEXT NOT NULL PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES tip_desks (id),
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    assigned_to TEXT,
    lookup_hash TEXT,
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    unread BIGINT NOT NULL,
    next_sequence BIGINT NOT NULL,
    closed_day BIGINT,
    erase_day BIGINT,
    inside BIGINT NOT NULL DEFAULT 0,
    UNIQUE (lookup_hash)
) WITHOUT ROWID;

CREATE TABLE tip_messages_by_key (
    tip_id TEXT NOT NULL REFERENCES tips_by_key (id),
    sequence BIGINT NOT NULL,
    kind TEXT NOT NULL,
    by_id TEXT,
    day BIGINT NOT NULL,
    head {bytes} NOT NULL,
    size BIGINT NOT NULL,
    file TEXT NOT NULL,
    PRIMARY KEY (tip_id, sequence)
) WITHOUT ROWID;

CREATE TABLE tip_arrivals_by_key (
    channel TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    day BIGINT NOT NULL,
    PRIMARY KEY (channel, key_hash)
) WITHOUT ROWID;

INSERT INTO tips_by_key (id, desk_id, channel, state, assigned_to, lookup_hash, first_day, last_day, unread, next_sequence,
    closed_day, erase_day)
SELECT id, desk_id, channel, state, assigned_to, lookup_hash, first_day, last_day, unread, next_sequence, closed_day, erase_day
FROM tips ORDER BY id;
INSERT INTO tip_messages_by_key (tip_id, sequence, kind, by_id, day, head, size, file)
SELECT tip_id, sequence, kind, by_id, day, head, size, file FROM tip_messages ORDER BY tip_id, sequence;
INSERT INTO tip_arrivals_by_key (channel, key_hash, day)
SELECT channel, key_hash, day FROM tip_arrivals ORDER BY channel, key_hash;

DROP TABLE tip_messages;
DROP TABLE tips;
DROP TABLE tip_arrivals;
ALTER TABLE tips_by_key RENAME TO tips;
ALTER TABLE tip_messages_by_key RENAME TO tip_messages;
ALTER TABLE tip_arrivals_by_key RENAME TO tip_arrivals;

CREATE INDEX tips_by_desk ON tips (desk_id, state, last_day, id);
CREATE INDEX tips_by_erasure ON tips (erase_day);
CREATE INDEX tip_messages_by_file ON tip_messages (file);
-- @end
-- @postgres
ALTER TABLE tips ADD COLUMN inside BIGINT NOT NULL DEFAULT 0;
-- @end
