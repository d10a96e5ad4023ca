-- Events of other data sets: they stand in claim, party, place, tally and dyad like our own, marked by their set, with
-- their own codes kept here.

ALTER TABLE claim ADD COLUMN "set" TEXT NOT NULL DEFAULT 'forewarn';

CREATE TABLE foreign_event (
    claim INTEGER PRIMARY KEY REFERENCES claim(id),
    "set" TEXT NOT NULL,
    own_key TEXT NOT NULL,              -- what tells it from every other event of its set
    own_id TEXT,
    own_code TEXT,
    own_scheme TEXT NOT NULL,
    own_label TEXT,
    own_quad_class INTEGER,
    own_goldstein REAL,
    directed INTEGER NOT NULL,          -- whether the row says who acted on whom
    path TEXT,
    line INTEGER NOT NULL,
    urls TEXT,
    publishers TEXT,
    published TEXT,
    recorded TEXT,                      -- when the set had it: nothing that looks at an earlier day may know of it
    headline TEXT,
    text TEXT,
    claimant TEXT,
    mentions INTEGER,
    sources INTEGER,
    articles INTEGER,
    repeats INTEGER,
    parties TEXT,                       -- own codes and further sectors of the parties, JSON
    own TEXT                            -- every other column as it stood, JSON
);
CREATE UNIQUE INDEX foreign_event_key ON foreign_event("set", own_key);
