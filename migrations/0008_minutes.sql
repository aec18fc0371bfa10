-- The minutes of a date of an event.
CREATE TABLE minutes (
  event_id TEXT NOT NULL REFERENCES events (id),
  occurrence TEXT NOT NULL,
  text TEXT NOT NULL,
  url TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  PRIMARY KEY (event_id, occurrence)
) WITHOUT ROWID;
