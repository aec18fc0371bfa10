-- Whether who gets a group's month by mail is also told before each of its streams.
ALTER TABLE digests ADD COLUMN streams INTEGER NOT NULL DEFAULT 0;
