-- Renditions in two formats: one JPEG for whatever is no browser, WebPs for those that are.
CREATE TABLE renditions_of_formats (
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    format TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (picture_id, format, width)
);
INSERT INTO renditions_of_formats (picture_id, format, width, height, sha256)
    SELECT picture_id, 'jpeg', width, height, sha256 FROM renditions;
DROP TABLE renditions;
ALTER TABLE renditions_of_formats RENAME TO renditions;
