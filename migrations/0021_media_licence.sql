-- What others may do with a picture: the name of a licence or the address of its text; and where more can be asked for.
ALTER TABLE pictures ADD COLUMN licence TEXT NOT NULL DEFAULT '';
ALTER TABLE pictures ADD COLUMN terms TEXT NOT NULL DEFAULT '';
