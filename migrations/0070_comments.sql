-- What readers answer: readers and how they come in, comments, what readers and moderators did with them.

-- A reader is made by an e-mail address; until it is confirmed the row is only a claim and is forgotten after a week.
CREATE TABLE readers (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    -- When they asked to hear of answers; none if they do not want to.
    notify_since BIGINT,
    -- Part of the address in every mail that ends these mails. It opens nothing else.
    unsubscribe TEXT NOT NULL,
    UNIQUE (email_folded),
    UNIQUE (unsubscribe)
);

CREATE TABLE reader_sessions (
    id TEXT NOT NULL PRIMARY KEY,
    reader_id TEXT NOT NULL REFERENCES readers (id),
    token_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (token_hash)
);

CREATE INDEX reader_sessions_by_reader ON reader_sessions (reader_id);

-- Links sent by mail: they sign a reader in, and confirm what was written with the address before.
CREATE TABLE reader_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    reader_id TEXT NOT NULL REFERENCES readers (id),
    back TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX reader_links_by_reader ON reader_links (reader_id);

-- state: unconfirmed, held, shown, rejected, removed (by its writer), erased.
-- queue: where a moderator meets it next: reported, held, new, or nowhere.
-- listed: 1 a root that stands in the thread, 2 an answer that stands below one, 0 neither.
-- replies: of a root all that is shown below it, of an answer what answers it directly.
-- address_key: the keyed hash of the network address, taken away after seven days.
CREATE TABLE comments (
    id TEXT NOT NULL PRIMARY KEY,
    story_id TEXT NOT NULL,
    root_id TEXT NOT NULL,
    parent_id TEXT,
    depth BIGINT NOT NULL,
    at BIGINT NOT NULL,
    edited_at BIGINT,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    queue TEXT NOT NULL,
    listed BIGINT NOT NULL,
    name TEXT NOT NULL,
    reader_id TEXT REFERENCES readers (id),
    staff_id TEXT,
    respect BIGINT NOT NULL,
    replies BIGINT NOT NULL,
    reports BIGINT NOT NULL,
    featured_at BIGINT,
    score DOUBLE PRECISION NOT NULL,
    drove TEXT NOT NULL,
    notify BIGINT NOT NULL,
    fingerprint TEXT,
    own_hash TEXT,
    address_key TEXT,
    text TEXT NOT NULL,
    UNIQUE (fingerprint)
);

CREATE INDEX comments_by_place ON comments (story_id, listed, at, id);
CREATE INDEX comments_by_respect ON comments (story_id, listed, respect, id);
CREATE INDEX comments_by_root ON comments (root_id, listed, at, id);
CREATE INDEX comments_by_parent ON comments (parent_id, listed, at, id);
CREATE INDEX comments_by_queue ON comments (queue, at, id);
CREATE INDEX comments_by_score ON comments (queue, score, id);
CREATE INDEX comments_by_reader ON comments (reader_id, at, id);
CREATE INDEX comments_by_time ON comments (at, id);
CREATE INDEX comments_by_feature ON comments (story_id, featured_at);
CREATE INDEX comments_by_address ON comments (address_key, at);

-- How many are shown below a story.
CREATE TABLE comment_counts (
    story_id TEXT NOT NULL PRIMARY KEY,
    shown BIGINT NOT NULL
);

-- `by_key` is a reader's id or the keyed hash of an address.
CREATE TABLE comment_respects (
    comment_id TEXT NOT NULL REFERENCES comments (id),
    by_key TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (comment_id, by_key)
);

CREATE INDEX comment_respects_by_time ON comment_respects (at);
CREATE INDEX comment_respects_by_key ON comment_respects (by_key);

-- reason: abuse, spam, other, illegal. The last is a notice under article 16 of Regulation (EU) 2022/2065 and carries
-- who gave it, to be told what became of it.
CREATE TABLE comment_reports (
    id TEXT NOT NULL PRIMARY KEY,
    comment_id TEXT NOT NULL REFERENCES comments (id),
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    by_key TEXT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT,
    outcome TEXT,
    UNIQUE (comment_id, by_key)
);

CREATE INDEX comment_reports_by_key ON comment_reports (by_key);

-- Everything a moderator did, in the order it was done. Nothing a reader wrote stands here.
CREATE TABLE comment_decisions (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    by_id TEXT NOT NULL,
    action TEXT NOT NULL,
    comment_id TEXT,
    ban_id TEXT,
    scope TEXT,
    before TEXT NOT NULL,
    undone_at BIGINT,
    undone_by TEXT
);

CREATE INDEX comment_decisions_by_time ON comment_decisions (at, id);
CREATE INDEX comment_decisions_by_comment ON comment_decisions (comment_id, at);
CREATE INDEX comment_decisions_by_person ON comment_decisions (by_id, at);

-- kind: ban (may not write), shadow (what they write is held without telling them). `who` is a reader's id, or the
-- keyed hash of an e-mail or network address.
CREATE TABLE comment_bans (
    id TEXT NOT NULL PRIMARY KEY,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT,
    by_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted_at BIGINT,
    lifted_by TEXT
);

CREATE INDEX comment_bans_by_who ON comment_bans (who);
CREATE INDEX comment_bans_by_time ON comment_bans (at);

-- scope: site, section/ID, story/ID; and `key`, the secret of the hashes.
CREATE TABLE comment_settings (
    scope TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT
);

CREATE TABLE comment_imports (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    comment_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (source, key)
);

CREATE INDEX comment_imports_by_comment ON comment_imports (comment_id);
