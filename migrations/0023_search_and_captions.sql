-- What was said in talks, by captions; what a list shows of a talk, in its own row; and one index over both.
CREATE TABLE captions (
  talk_id TEXT NOT NULL REFERENCES talks (id),
  language TEXT NOT NULL,
  slot INTEGER NOT NULL,
  cues INTEGER NOT NULL,
  words TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  PRIMARY KEY (talk_id, language)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX captions_by_slot ON captions (talk_id, slot);
--> statement-breakpoint
-- A few cues each. The key is the talk's number, the slot of the language and the place, so that a range of keys is a talk.
CREATE TABLE passages (
  key INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  times TEXT NOT NULL
);
--> statement-breakpoint
-- The languages of its captions, as JSON.
ALTER TABLE talks ADD COLUMN captioned TEXT NOT NULL DEFAULT '[]';
--> statement-breakpoint
-- Its speakers, resources, conference and group as lists show them, as JSON: a page of a list reads one row for each talk.
ALTER TABLE talks ADD COLUMN card TEXT;
--> statement-breakpoint
-- A word for each thing that talks are narrowed by, for the index.
ALTER TABLE talks ADD COLUMN filters TEXT NOT NULL DEFAULT '';
--> statement-breakpoint
CREATE INDEX talks_by_year ON talks (year, starts_at DESC, key DESC) WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX talks_by_group_and_start ON talks (group_id, starts_at DESC, key DESC);
--> statement-breakpoint
CREATE INDEX talks_by_update ON talks (updated_at DESC, key DESC) WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX talks_by_title ON talks (title COLLATE NOCASE, key) WHERE is_public = 1;
--> statement-breakpoint
-- The one definition of both: whoever changes what a list shows makes this view anew and sets all cards again.
CREATE VIEW talk_cards AS SELECT talks.key AS key, talks.id AS id, json_object(
  'speakers', json((SELECT json_group_array(json_object('slug', slug, 'name', name)) FROM (
    SELECT speakers.slug, speakers.name FROM talk_speakers JOIN speakers ON speakers.id = talk_speakers.speaker_id
    WHERE talk_speakers.talk_id = talks.id ORDER BY talk_speakers.place))),
  'resources', json((SELECT json_group_array(json_object('type', type, 'url', url, 'title', title, 'mimeType', mime_type, 'language', language,
    'licence', licence, 'size', size, 'quality', quality)) FROM (
    SELECT * FROM resources WHERE resources.talk_id = talks.id ORDER BY place))),
  'conferenceSlug', conferences.slug, 'conferenceTitle', conferences.title, 'groupSlug', groups.slug
) AS card,
  'zz' || iif(conferences.slug IS NULL, '', ' zzc' || hex(conferences.slug)) || iif(groups.slug IS NULL, '', ' zzg' || hex(groups.slug))
    || iif(talks.year IS NULL, '', ' zzy' || hex(talks.year)) || iif(talks.language IS NULL, '', ' zzl' || hex(talks.language)) || iif(talks.track IS NULL, '', ' zzt' || hex(talks.track))
    || iif(talks.room IS NULL, '', ' zzr' || hex(talks.room)) || iif(talks.type IS NULL, '', ' zzk' || hex(talks.type))
    || coalesce((SELECT group_concat(' zzw' || hex(value), '') FROM json_each(talks.keywords)), '')
    || CASE WHEN instr(talks.resource_types, ' slides ') > 0 THEN ' zzh' || hex('slides') ELSE '' END
    || CASE WHEN instr(talks.resource_types, ' recording ') > 0 THEN ' zzh' || hex('recording') ELSE '' END
    || CASE WHEN instr(talks.resource_types, ' captions ') > 0 OR talks.captioned <> '[]' THEN ' zzh' || hex('captions') ELSE '' END
    || CASE WHEN instr(talks.resource_types, ' paper ') > 0 THEN ' zzh' || hex('paper') ELSE '' END
    || CASE WHEN instr(talks.resource_types, ' code ') > 0 THEN ' zzh' || hex('code') ELSE '' END
    || CASE WHEN instr(talks.resource_types, ' other ') > 0 THEN ' zzh' || hex('other') ELSE '' END AS filters
FROM talks LEFT JOIN conferences ON conferences.id = talks.conference_id LEFT JOIN groups ON groups.id = talks.group_id;
--> statement-breakpoint
-- The words of a talk. The index takes letters up to the next space as one word, so scripts that are written without
-- spaces get one around each letter, and what is searched in them is a phrase of letters.
CREATE VIEW talk_words AS SELECT key, id, is_public, captioned, filters,
  CASE WHEN length(title) = length(CAST(title AS BLOB)) OR title NOT GLOB '*[฀-႟ក-៿⺀-￿𠀀-𿿿]*' THEN title ELSE (
    SELECT group_concat(CASE WHEN letter GLOB '[฀-႟ក-៿⺀-￿𠀀-𿿿]' THEN ' ' || letter || ' ' ELSE letter END, '') FROM (
      SELECT substr(part, place.key + 1, 1) AS letter FROM (
        SELECT many.key AS number, substr(title, many.key * 200 + 1, 200) AS part
        FROM json_each('[' || replace(hex(zeroblob(2)), '00', '0,') || '0]') AS many WHERE many.key * 200 < length(title) LIMIT 1000) CROSS JOIN
        json_each('[' || replace(hex(zeroblob(199)), '00', '0,') || '0]') AS place
      WHERE place.key < length(part) ORDER BY number, place.key)) END AS title,
  CASE WHEN length(speaker_names) = length(CAST(speaker_names AS BLOB)) OR speaker_names NOT GLOB '*[฀-႟ក-៿⺀-￿𠀀-𿿿]*' THEN speaker_names ELSE (
    SELECT group_concat(CASE WHEN letter GLOB '[฀-႟ក-៿⺀-￿𠀀-𿿿]' THEN ' ' || letter || ' ' ELSE letter END, '') FROM (
      SELECT substr(part, place.key + 1, 1) AS letter FROM (
        SELECT many.key AS number, substr(speaker_names, many.key * 200 + 1, 200) AS part
        FROM json_each('[' || replace(hex(zeroblob(59)), '00', '0,') || '0]') AS many WHERE many.key * 200 < length(speaker_names) LIMIT 1000) CROSS JOIN
        json_each('[' || replace(hex(zeroblob(199)), '00', '0,') || '0]') AS place
      WHERE place.key < length(part) ORDER BY number, place.key)) END AS speaker_names,
  CASE WHEN length(keyword_names) = length(CAST(keyword_names AS BLOB)) OR keyword_names NOT GLOB '*[฀-႟ក-៿⺀-￿𠀀-𿿿]*' THEN keyword_names ELSE (
    SELECT group_concat(CASE WHEN letter GLOB '[฀-႟ក-៿⺀-￿𠀀-𿿿]' THEN ' ' || letter || ' ' ELSE letter END, '') FROM (
      SELECT substr(part, place.key + 1, 1) AS letter FROM (
        SELECT many.key AS number, substr(keyword_names, many.key * 200 + 1, 200) AS part
        FROM json_each('[' || replace(hex(zeroblob(19)), '00', '0,') || '0]') AS many WHERE many.key * 200 < length(keyword_names) LIMIT 1000) CROSS JOIN
        json_each('[' || replace(hex(zeroblob(199)), '00', '0,') || '0]') AS place
      WHERE place.key < length(part) ORDER BY number, place.key)) END AS keyword_names,
  CASE WHEN length(subtitle) = length(CAST(subtitle AS BLOB)) OR subtitle NOT GLOB '*[฀-႟ក-៿⺀-￿𠀀-𿿿]*' THEN subtitle ELSE (
    SELECT group_concat(CASE WHEN letter GLOB '[฀-႟ក-៿⺀-￿𠀀-𿿿]' THEN ' ' || letter || ' ' ELSE letter END, '') FROM (
      SELECT substr(part, place.key + 1, 1) AS letter FROM (
        SELECT many.key AS number, substr(subtitle, many.key * 200 + 1, 200) AS part
        FROM json_each('[' || replace(hex(zeroblob(2)), '00', '0,') || '0]') AS many WHERE many.key * 200 < length(subtitle) LIMIT 1000) CROSS JOIN
        json_each('[' || replace(hex(zeroblob(199)), '00', '0,') || '0]') AS place
      WHERE place.key < length(part) ORDER BY number, place.key)) END AS subtitle,
  CASE WHEN length(abstract) = length(CAST(abstract AS BLOB)) OR abstract NOT GLOB '*[฀-႟ក-៿⺀-￿𠀀-𿿿]*' THEN abstract ELSE (
    SELECT group_concat(CASE WHEN letter GLOB '[฀-႟ក-៿⺀-￿𠀀-𿿿]' THEN ' ' || letter || ' ' ELSE letter END, '') FROM (
      SELECT substr(part, place.key + 1, 1) AS letter FROM (
        SELECT many.key AS number, substr(abstract, many.key * 200 + 1, 200) AS part
        FROM json_each('[' || replace(hex(zeroblob(259)), '00', '0,') || '0]') AS many WHERE many.key * 200 < length(abstract) LIMIT 1000) CROSS JOIN
        json_each('[' || replace(hex(zeroblob(199)), '00', '0,') || '0]') AS place
      WHERE place.key < length(part) ORDER BY number, place.key)) END AS abstract,
  CASE WHEN length(description) = length(CAST(description AS BLOB)) OR description NOT GLOB '*[฀-႟ក-៿⺀-￿𠀀-𿿿]*' THEN description ELSE (
    SELECT group_concat(CASE WHEN letter GLOB '[฀-႟ក-៿⺀-￿𠀀-𿿿]' THEN ' ' || letter || ' ' ELSE letter END, '') FROM (
      SELECT substr(part, place.key + 1, 1) AS letter FROM (
        SELECT many.key AS number, substr(description, many.key * 200 + 1, 200) AS part
        FROM json_each('[' || replace(hex(zeroblob(259)), '00', '0,') || '0]') AS many WHERE many.key * 200 < length(description) LIMIT 1000) CROSS JOIN
        json_each('[' || replace(hex(zeroblob(199)), '00', '0,') || '0]') AS place
      WHERE place.key < length(part) ORDER BY number, place.key)) END AS description
FROM talks;
--> statement-breakpoint
CREATE VIRTUAL TABLE archive_fts USING fts5(
  title, speaker_names, keyword_names, subtitle, abstract, description, filters,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '3'
);
--> statement-breakpoint
INSERT INTO archive_fts (archive_fts, rank) VALUES ('rank', 'bm25(10.0, 6.0, 5.0, 4.0, 2.0, 1.0, 0.0)');
--> statement-breakpoint
-- The same of talks with captions, and what was said in them: apart, since hours of speech would weigh down the title. Of very
-- many very long captions it has the beginnings: D1 takes no value of more than 2 MB.
CREATE VIRTUAL TABLE said_fts USING fts5(
  title, speaker_names, keyword_names, subtitle, abstract, description, filters, captions,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '3'
);
--> statement-breakpoint
INSERT INTO said_fts (said_fts, rank) VALUES ('rank', 'bm25(10.0, 6.0, 5.0, 4.0, 2.0, 1.0, 0.0, 1.0)');
--> statement-breakpoint
CREATE VIRTUAL TABLE archive_fts_terms USING fts5vocab (archive_fts, 'row');
--> statement-breakpoint
CREATE VIRTUAL TABLE passages_fts USING fts5(
  text, times UNINDEXED, content = 'passages', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
--> statement-breakpoint
CREATE TRIGGER passages_inserted AFTER INSERT ON passages BEGIN
  INSERT INTO passages_fts (rowid, text) VALUES (NEW.key, NEW.text);
END;
--> statement-breakpoint
CREATE TRIGGER passages_deleted AFTER DELETE ON passages BEGIN
  INSERT INTO passages_fts (passages_fts, rowid, text) VALUES ('delete', OLD.key, OLD.text);
END;
--> statement-breakpoint
CREATE TRIGGER talks_found_inserted AFTER INSERT ON talks WHEN NEW.is_public AND NEW.filters <> '' BEGIN
  INSERT INTO archive_fts (rowid, title, speaker_names, keyword_names, subtitle, abstract, description, filters)
  SELECT key, title, speaker_names, keyword_names, subtitle, abstract, description, filters FROM talk_words WHERE key = NEW.key;
END;
--> statement-breakpoint
CREATE TRIGGER talks_found_deleted AFTER DELETE ON talks BEGIN
  DELETE FROM archive_fts WHERE rowid = OLD.key;
  DELETE FROM said_fts WHERE rowid = OLD.key;
END;
--> statement-breakpoint
CREATE TRIGGER talks_found_updated AFTER UPDATE OF is_public, title, speaker_names, keyword_names, subtitle, abstract, description, filters, captioned ON talks
WHEN OLD.is_public <> NEW.is_public OR OLD.title <> NEW.title OR OLD.speaker_names <> NEW.speaker_names OR OLD.keyword_names <> NEW.keyword_names OR OLD.subtitle <> NEW.subtitle OR OLD.abstract <> NEW.abstract OR OLD.description <> NEW.description
  OR OLD.filters <> NEW.filters OR OLD.captioned <> NEW.captioned BEGIN
  DELETE FROM archive_fts WHERE rowid = OLD.key AND OLD.is_public;
  INSERT INTO archive_fts (rowid, title, speaker_names, keyword_names, subtitle, abstract, description, filters)
  SELECT key, title, speaker_names, keyword_names, subtitle, abstract, description, filters FROM talk_words WHERE key = NEW.key AND is_public;
  DELETE FROM said_fts WHERE rowid = OLD.key AND OLD.captioned <> '[]';
  INSERT INTO said_fts (rowid, title, speaker_names, keyword_names, subtitle, abstract, description, filters, captions)
  SELECT key, title, speaker_names, keyword_names, subtitle, abstract, description, filters, (
    SELECT group_concat(CASE WHEN whole.bytes > 1750000 THEN substr(words, 1, 430000 / whole.number) ELSE words END, ' ')
    FROM captions, (SELECT sum(length(CAST(words AS BLOB))) AS bytes, count(*) AS number FROM captions WHERE talk_id = NEW.id) AS whole
    WHERE talk_id = NEW.id)
  FROM talk_words WHERE key = NEW.key AND is_public AND captioned <> '[]';
END;
--> statement-breakpoint
-- Captions are written before the talk that says so; only where a backup is brought in they come after it.
CREATE TRIGGER captions_inserted AFTER INSERT ON captions
WHEN (SELECT is_public AND instr(captioned, '"' || NEW.language || '"') FROM talks WHERE id = NEW.talk_id) BEGIN
  DELETE FROM said_fts WHERE rowid = (SELECT key FROM talks WHERE id = NEW.talk_id);
  INSERT INTO said_fts (rowid, title, speaker_names, keyword_names, subtitle, abstract, description, filters, captions)
  SELECT key, title, speaker_names, keyword_names, subtitle, abstract, description, filters, (
    SELECT group_concat(CASE WHEN whole.bytes > 1750000 THEN substr(words, 1, 430000 / whole.number) ELSE words END, ' ')
    FROM captions, (SELECT sum(length(CAST(words AS BLOB))) AS bytes, count(*) AS number FROM captions WHERE talk_id = NEW.talk_id) AS whole
    WHERE talk_id = NEW.talk_id)
  FROM talk_words WHERE id = NEW.talk_id;
END;
--> statement-breakpoint
CREATE TRIGGER talks_card_made AFTER INSERT ON talks WHEN NEW.card IS NULL BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE key = NEW.key;
END;
--> statement-breakpoint
CREATE TRIGGER talks_card_changed AFTER UPDATE OF conference_id, group_id, keywords, track, room, language, year, type, resource_types, captioned ON talks BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE key = NEW.key;
END;
--> statement-breakpoint
CREATE TRIGGER talk_speakers_card_inserted AFTER INSERT ON talk_speakers BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE id = NEW.talk_id;
END;
--> statement-breakpoint
CREATE TRIGGER talk_speakers_card_updated AFTER UPDATE ON talk_speakers BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE id IN (OLD.talk_id, NEW.talk_id);
END;
--> statement-breakpoint
CREATE TRIGGER talk_speakers_card_deleted AFTER DELETE ON talk_speakers BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE id = OLD.talk_id;
END;
--> statement-breakpoint
CREATE TRIGGER resources_card_inserted AFTER INSERT ON resources BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE id = NEW.talk_id;
END;
--> statement-breakpoint
CREATE TRIGGER resources_card_updated AFTER UPDATE ON resources BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE id IN (OLD.talk_id, NEW.talk_id);
END;
--> statement-breakpoint
CREATE TRIGGER resources_card_deleted AFTER DELETE ON resources BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE id = OLD.talk_id;
END;
--> statement-breakpoint
CREATE TRIGGER speakers_card_updated AFTER UPDATE OF slug, name ON speakers WHEN OLD.slug <> NEW.slug OR OLD.name <> NEW.name BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE id IN (SELECT talk_id FROM talk_speakers WHERE speaker_id = NEW.id);
END;
--> statement-breakpoint
CREATE TRIGGER conferences_card_updated AFTER UPDATE OF slug, title ON conferences WHEN OLD.slug <> NEW.slug OR OLD.title <> NEW.title BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE conference_id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER groups_card_updated AFTER UPDATE OF slug ON groups WHEN OLD.slug <> NEW.slug BEGIN
  UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key) WHERE group_id = NEW.id;
END;
--> statement-breakpoint
UPDATE talks SET (card, filters) = (SELECT card, filters FROM talk_cards WHERE talk_cards.key = talks.key);
