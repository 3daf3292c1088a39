-- How far in the log of changes those outside have been told: hubs of the feeds, and a network in front of us.
CREATE TABLE site_told (
    name TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
);
