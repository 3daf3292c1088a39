-- What readers see of a quotation is a whole copy made at publication; nothing has stood here before (see 0060).

DROP TABLE published_quotations;
CREATE TABLE published_quotations (
    story_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    quotation_id TEXT NOT NULL REFERENCES quotations (id),
    words TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    kind TEXT NOT NULL,
    verdict TEXT NOT NULL,
    person_id TEXT REFERENCES people (id),
    speaker TEXT NOT NULL,
    channel TEXT NOT NULL,
    outlet TEXT NOT NULL,
    addressee TEXT NOT NULL,
    said_on TEXT NOT NULL,
    source_id TEXT REFERENCES sources (id),
    disputed TEXT,
    PRIMARY KEY (story_id, position)
);
CREATE INDEX published_quotations_quotation ON published_quotations (quotation_id);
CREATE INDEX published_quotations_person ON published_quotations (person_id);
CREATE INDEX published_quotations_source ON published_quotations (source_id);

-- Publication in spite of findings: who, why, what, of which version. Never deleted.
DROP TABLE publication_overrides;
CREATE TABLE publication_overrides (
    id TEXT NOT NULL PRIMARY KEY,
    story_id TEXT NOT NULL REFERENCES stories (id),
    version BIGINT NOT NULL,
    overridden_at BIGINT NOT NULL,
    overridden_by TEXT,
    reason TEXT NOT NULL,
    findings TEXT NOT NULL
);
CREATE INDEX publication_overrides_story ON publication_overrides (story_id, version);

-- Grows with every correction by the desk: two people who correct one record do not overwrite each other.
ALTER TABLE quotations ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Which version of a draft, and which revision of a publication, the standings were read from.
CREATE TABLE followed_drafts (
    story_id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
CREATE TABLE followed_publications (
    story_id TEXT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL
);

-- The names a person answers to, folded: how a name in a text finds its person among thousands.
CREATE TABLE person_names (
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (name, person_id)
);
CREATE INDEX person_names_person ON person_names (person_id);
