-- What is on the record: people, sources, quotations, and where each quotation stands.

CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    aliases TEXT NOT NULL,
    same_as TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (slug)
);

-- A source: what we compare the words with, and how we came by it. A confidential one has no public form.
CREATE TABLE sources (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    final_url TEXT NOT NULL,
    headers TEXT NOT NULL,
    media_type TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    extracted TEXT NOT NULL,
    notes TEXT NOT NULL,
    captured_at BIGINT NOT NULL,
    captured_by TEXT NOT NULL
);

CREATE TABLE source_confidences (
    source_id TEXT NOT NULL PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    marked_at BIGINT NOT NULL,
    marked_by TEXT NOT NULL
);

-- One record for the same words of the same person, in however many stories they stand.
CREATE TABLE quotations (
    id TEXT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL,
    words_key TEXT NOT NULL,
    person_id TEXT REFERENCES people (id),
    speaker TEXT NOT NULL,
    channel TEXT NOT NULL,
    outlet TEXT NOT NULL,
    addressee TEXT NOT NULL,
    said_on TEXT NOT NULL,
    source_id TEXT REFERENCES sources (id),
    variant_of TEXT,
    confirmed_by TEXT,
    confirmed_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX quotations_words_key ON quotations (words_key);
CREATE INDEX quotations_person ON quotations (person_id);
CREATE INDEX quotations_source ON quotations (source_id);

CREATE TABLE quotation_disputes (
    quotation_id TEXT NOT NULL PRIMARY KEY REFERENCES quotations (id) ON DELETE CASCADE,
    disputed_at BIGINT NOT NULL,
    disputed_by TEXT NOT NULL,
    reason TEXT NOT NULL
);

-- Where a quotation stands in a draft, in the order of the text.
CREATE TABLE draft_quotations (
    story_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    quotation_id TEXT NOT NULL REFERENCES quotations (id),
    words TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (story_id, position)
);
CREATE INDEX draft_quotations_quotation ON draft_quotations (quotation_id);

-- Where it stands in public, as it was published.
CREATE TABLE published_quotations (
    story_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    quotation_id TEXT NOT NULL REFERENCES quotations (id),
    words TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    kind TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (story_id, position)
);
CREATE INDEX published_quotations_quotation ON published_quotations (quotation_id);

-- Publication in spite of findings: who, why, what. Never deleted.
CREATE TABLE publication_overrides (
    id TEXT NOT NULL PRIMARY KEY,
    story_id TEXT NOT NULL,
    overridden_at BIGINT NOT NULL,
    overridden_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    findings TEXT NOT NULL
);
CREATE INDEX publication_overrides_story ON publication_overrides (story_id, overridden_at);
