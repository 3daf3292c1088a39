-- What waits for a link to be opened, so that the hourly round finds what waited in vain without reading all others.
CREATE INDEX comments_unconfirmed ON comments (at, id) WHERE state = 'unconfirmed';
