-- Until when the dates of an event are in its text, where they are written out one by one; null where the text holds for ever.
ALTER TABLE events ADD COLUMN ics_until INTEGER;
--> statement-breakpoint
CREATE INDEX events_by_ics_until ON events (ics_until) WHERE ics_until IS NOT NULL;
