-- The recording beside a transcript. The transcript is the source's own file: it is what words are compared with.
CREATE TABLE source_recordings (
    source_id TEXT NOT NULL PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL
);
CREATE INDEX source_recordings_sha256 ON source_recordings (sha256);
CREATE INDEX sources_sha256 ON sources (sha256);
CREATE INDEX sources_captured_at ON sources (captured_at, id);

-- Where the pages of people were: an address that readers have seen leads on to where the person is now.
CREATE TABLE person_addresses (
    slug TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE
);
CREATE INDEX person_addresses_person ON person_addresses (person_id);
