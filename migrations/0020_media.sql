-- Pictures: one row a file, whatever number of stories shows it.

CREATE TABLE pictures (
    id TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    alt TEXT NOT NULL,
    caption TEXT NOT NULL,
    agency TEXT NOT NULL,
    photographer TEXT NOT NULL,
    file_name TEXT NOT NULL,
    uploaded_by TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (sha256)
);

-- What readers get: JPEGs without metadata, named by their content.
CREATE TABLE renditions (
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (picture_id, width)
);
