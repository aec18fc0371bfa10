-- While a backup is brought in the triggers that count are gone, since what they counted comes with it: their texts stand here.
CREATE TABLE restores (
  id TEXT PRIMARY KEY,
  triggers TEXT NOT NULL,
  started_at INTEGER NOT NULL
) WITHOUT ROWID;
