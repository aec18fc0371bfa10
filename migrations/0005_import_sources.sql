-- What an imported event's source said when it was last read: a second import changes what changed there and nothing else.
CREATE TABLE import_sources (
  group_id TEXT NOT NULL REFERENCES groups (id),
  import_key TEXT NOT NULL,
  event_id TEXT NOT NULL REFERENCES events (id),
  source TEXT NOT NULL,
  is_joined INTEGER NOT NULL,
  PRIMARY KEY (group_id, import_key)
) WITHOUT ROWID;
