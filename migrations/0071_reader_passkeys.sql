-- Passkeys of readers. A reader who came in by a passkey alone has an empty address, and their id in `email_folded`, which
-- is no address and so nobody's.

-- id and public_key are written in base64url; public_key is the COSE key as the authenticator gave it.
CREATE TABLE reader_passkeys (
    id TEXT NOT NULL PRIMARY KEY,
    reader_id TEXT NOT NULL REFERENCES readers (id),
    public_key TEXT NOT NULL,
    signatures BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX reader_passkeys_by_reader ON reader_passkeys (reader_id);

-- What authenticators were asked to sign: used once, for minutes. purpose: in (signing in), new (a new passkey; then
-- reader_id says whose it is to be).
CREATE TABLE reader_challenges (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    reader_id TEXT,
    expires_at BIGINT NOT NULL
);

CREATE INDEX reader_challenges_by_end ON reader_challenges (expires_at);
