-- What was imported from where, so that a second run changes nothing and an interrupted one goes on; and comments that
-- came with it, kept until there is a place for them.

-- `key` is the thing's name in its source (a guid, a file), `subject` the story or picture it became here, `hash` what it
-- said when it was imported.
CREATE TABLE imported (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (source, key)
);

CREATE INDEX imported_by_subject ON imported (subject);

-- `number` and `parent` are the source's own, so that threads can be joined again. Network addresses are not kept.
CREATE TABLE kept_comments (
    id TEXT NOT NULL PRIMARY KEY,
    story_id TEXT NOT NULL,
    number TEXT NOT NULL,
    parent TEXT NOT NULL,
    author TEXT NOT NULL,
    email TEXT NOT NULL,
    url TEXT NOT NULL,
    at BIGINT NOT NULL,
    standing TEXT NOT NULL,
    content TEXT NOT NULL
);

CREATE INDEX kept_comments_by_story ON kept_comments (story_id, at);
