-- Sections, bylines, tags, and the two lives of a story: the draft at the desk and the publication readers see.

CREATE TABLE sections (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (slug)
);

-- Public bylines. They outlive the staff accounts that some of them belong to. `folded` is the name in small letters, as
-- whoever types a name is understood; the databases' own lower() differ beyond ASCII.
CREATE TABLE authors (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    bio TEXT NOT NULL,
    portrait TEXT,
    staff_id TEXT,
    folded TEXT NOT NULL,
    UNIQUE (slug)
);

CREATE INDEX authors_by_name ON authors (folded);

CREATE TABLE tags (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (slug)
);

CREATE INDEX tags_by_name ON tags (folded);

-- Slugs that a renamed or merged tag had before: a draft that says the old name finds the new tag.
CREATE TABLE tag_aliases (
    slug TEXT NOT NULL PRIMARY KEY,
    tag_id TEXT NOT NULL REFERENCES tags (id)
);

-- A story at the desk. Its text as it stands is the revision numbered `version`; the columns beside it are what the
-- desk's list shows and filters by. `path` is the address it was given when it was first published, `path_of` the
-- section and slug that address was made of: it is made anew only when one of them changes, so that imported addresses
-- and those of older patterns stay.
CREATE TABLE stories (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT,
    headline TEXT NOT NULL,
    section_id TEXT REFERENCES sections (id),
    language TEXT NOT NULL,
    words TEXT NOT NULL,
    path TEXT,
    path_of TEXT,
    first_published_at BIGINT
);

CREATE INDEX stories_by_time ON stories (kind, saved_at, id);

CREATE TABLE story_bylines (
    story_id TEXT NOT NULL REFERENCES stories (id),
    author_id TEXT NOT NULL REFERENCES authors (id),
    PRIMARY KEY (story_id, author_id)
);

CREATE INDEX story_bylines_by_author ON story_bylines (author_id, story_id);

-- `mark` says why a revision is kept as it is (published, scheduled, saved, restored); one without a mark may still be
-- overwritten by the same person's next autosave.
CREATE TABLE story_revisions (
    story_id TEXT NOT NULL REFERENCES stories (id),
    number BIGINT NOT NULL,
    began_at BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_id TEXT,
    mark TEXT,
    content TEXT NOT NULL,
    PRIMARY KEY (story_id, number)
);

-- What readers see. The body stands last, so that lists do not read it.
CREATE TABLE publications (
    story_id TEXT NOT NULL PRIMARY KEY REFERENCES stories (id),
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    revision BIGINT NOT NULL,
    section_id TEXT REFERENCES sections (id),
    published_at BIGINT NOT NULL,
    updated_at BIGINT,
    language TEXT NOT NULL,
    translation_of TEXT,
    slug TEXT NOT NULL,
    kicker TEXT NOT NULL,
    headline TEXT NOT NULL,
    dek TEXT NOT NULL,
    dateline TEXT NOT NULL,
    lead_picture TEXT,
    canonical TEXT,
    word_count BIGINT NOT NULL,
    published_by TEXT,
    body TEXT NOT NULL,
    UNIQUE (path)
);

CREATE INDEX publications_by_time ON publications (kind, published_at, story_id);
CREATE INDEX publications_by_section ON publications (section_id, published_at, story_id);
CREATE INDEX publications_by_language ON publications (kind, language, published_at, story_id);
CREATE INDEX publications_by_revision ON publications (kind, story_id, revision);
CREATE INDEX publications_by_original ON publications (translation_of);
CREATE INDEX publications_by_lead ON publications (lead_picture);

-- A byline without an author is a name that is printed and leads nowhere. `published_at` is the publication's own,
-- repeated so that an author's list is read from one index.
CREATE TABLE publication_bylines (
    story_id TEXT NOT NULL REFERENCES publications (story_id),
    position BIGINT NOT NULL,
    author_id TEXT REFERENCES authors (id),
    name TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (story_id, position)
);

CREATE INDEX publication_bylines_by_author ON publication_bylines (author_id, published_at, story_id);

CREATE TABLE publication_tags (
    story_id TEXT NOT NULL REFERENCES publications (story_id),
    position BIGINT NOT NULL,
    tag_id TEXT NOT NULL REFERENCES tags (id),
    published_at BIGINT NOT NULL,
    PRIMARY KEY (story_id, tag_id)
);

CREATE INDEX publication_tags_by_tag ON publication_tags (tag_id, published_at, story_id);

-- Pictures inside the published text, so that a changed picture finds the pages that show it.
CREATE TABLE publication_pictures (
    story_id TEXT NOT NULL REFERENCES publications (story_id),
    picture TEXT NOT NULL,
    PRIMARY KEY (story_id, picture)
);

CREATE INDEX publication_pictures_by_picture ON publication_pictures (picture, story_id);

-- A publication that waits for its hour: the revision that passed the checks, not whatever is written since.
CREATE TABLE schedules (
    story_id TEXT NOT NULL PRIMARY KEY REFERENCES stories (id),
    revision BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_id TEXT,
    failed TEXT
);

CREATE INDEX schedules_due ON schedules (due_at);

CREATE TABLE kills (
    story_id TEXT NOT NULL PRIMARY KEY REFERENCES stories (id),
    at BIGINT NOT NULL,
    by_id TEXT,
    reason TEXT NOT NULL
);

-- Addresses that were public once. A story's lead to where it stands now, or say that it is gone; the others lead to
-- `target`.
CREATE TABLE redirects (
    path TEXT NOT NULL PRIMARY KEY,
    story_id TEXT REFERENCES stories (id),
    target TEXT
);

CREATE INDEX redirects_by_story ON redirects (story_id);

CREATE TABLE corrections (
    id TEXT NOT NULL PRIMARY KEY,
    story_id TEXT NOT NULL REFERENCES stories (id),
    at BIGINT NOT NULL,
    by_id TEXT,
    text TEXT NOT NULL
);

CREATE INDEX corrections_by_story ON corrections (story_id, at);
CREATE INDEX corrections_by_time ON corrections (at, id);

CREATE TABLE previews (
    token_hash TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    story_id TEXT NOT NULL REFERENCES stories (id),
    by_id TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (id)
);

CREATE INDEX previews_by_story ON previews (story_id, created_at);

CREATE TABLE front_pins (
    story_id TEXT NOT NULL PRIMARY KEY REFERENCES stories (id),
    position BIGINT NOT NULL
);
