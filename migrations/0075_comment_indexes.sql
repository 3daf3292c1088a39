-- Of what few comments have, only these few stand in the index: every comment is put into all of them when it is written.
DROP INDEX comments_by_parent;
DROP INDEX comments_by_reader;
DROP INDEX comments_by_feature;
CREATE INDEX comments_by_parent ON comments (parent_id, listed, at, id) WHERE parent_id IS NOT NULL;
CREATE INDEX comments_by_reader ON comments (reader_id, at, id) WHERE reader_id IS NOT NULL;
CREATE INDEX comments_by_feature ON comments (story_id, featured_at) WHERE featured_at IS NOT NULL;
