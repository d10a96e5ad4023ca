-- What was read and what was coded in it. Columns follow the record schema (a test holds them to it); spans are
-- two columns, lists of words are JSON arrays, lists of records are tables of their own, keyed by their claim.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                 -- ingest, recode, import
    started TEXT NOT NULL,              -- ISO 8601, UTC
    finished TEXT,                      -- null while running, or when it was cut off
    program TEXT NOT NULL,              -- version of forewarn
    model TEXT NOT NULL,                -- digest of the model's weights
    codebook TEXT NOT NULL,             -- digest of codebook/ and dictionaries/, overlays included
    gazetteer TEXT NOT NULL,            -- digest of the gazetteer
    settings TEXT NOT NULL,             -- JSON
    reports INTEGER NOT NULL DEFAULT 0,
    claims INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE input (
    run INTEGER NOT NULL REFERENCES run(id),
    path TEXT NOT NULL,                 -- as given; - for standard input
    reports INTEGER NOT NULL,           -- how many it held
    stored INTEGER NOT NULL,            -- how many of them were new
    failed INTEGER NOT NULL,
    digest TEXT,                        -- BLAKE3 over the digests of its reports, in order; null while it is being read
    PRIMARY KEY (run, path)
) WITHOUT ROWID;

CREATE TABLE failure (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run(id),
    path TEXT,
    line INTEGER,
    code TEXT NOT NULL,
    message TEXT NOT NULL
);

CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL UNIQUE,
    url TEXT,
    title TEXT,
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,
    publisher TEXT,
    authors TEXT NOT NULL,
    published TEXT,
    language TEXT,
    source_path TEXT,
    source_line INTEGER,
    dropped TEXT NOT NULL,
    digest INTEGER NOT NULL,            -- first 8 bytes of the BLAKE3 of text, publisher and day
    run INTEGER NOT NULL REFERENCES run(id)
);
CREATE INDEX report_publisher ON report(publisher);

CREATE TABLE sentence (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(id),
    sentence INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX sentence_report ON sentence(report, sentence);

CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT,
    admin1 TEXT,
    lat REAL,
    lon REAL,
    geonameid INTEGER,
    precision TEXT NOT NULL
);
CREATE INDEX place_name ON place(name COLLATE NOCASE);
CREATE INDEX place_admin1 ON place(admin1 COLLATE NOCASE);
CREATE VIRTUAL TABLE place_area USING rtree(id, min_lat, max_lat, min_lon, max_lon);

CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    claim_id TEXT NOT NULL,
    report INTEGER REFERENCES report(id),   -- null for events of other data sets
    sentence INTEGER REFERENCES sentence(id),
    predicate_text TEXT NOT NULL,
    predicate_start INTEGER,
    predicate_end INTEGER,
    event_type TEXT NOT NULL,           -- '' for statements of foreign sets
    event_mode TEXT,
    contexts TEXT NOT NULL,
    cameo TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    goldstein REAL,
    plover_score REAL,
    factuality TEXT NOT NULL,
    date_start TEXT,
    date_end TEXT,
    date_precision TEXT,
    date_text TEXT,
    date_span_start INTEGER,
    date_span_end INTEGER,
    date_rule TEXT,
    place INTEGER REFERENCES place(id),
    place_text TEXT,
    place_span_start INTEGER,
    place_span_end INTEGER,
    place_rule TEXT,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    day TEXT,                           -- date_start, otherwise the report's day
    day_end TEXT,                       -- date_end, otherwise the report's day
    country TEXT,                       -- the place's, otherwise the recipient's, otherwise the actor's
    digest INTEGER NOT NULL,            -- of the whole claim: tells whether a recoding changed it
    run INTEGER NOT NULL REFERENCES run(id),
    superseded INTEGER REFERENCES run(id)   -- the run that replaced it; null while it is current
);
-- One index has the order by day; the others have rows in the order in which they came, so that writing a batch touches
-- the ends of few lists and not pages all over the file (query/condition.rs says how questions use them).
CREATE INDEX claim_claim_id ON claim(claim_id);
CREATE INDEX claim_report ON claim(report);
CREATE INDEX claim_sentence ON claim(sentence);
CREATE INDEX claim_day ON claim(day) WHERE superseded IS NULL;
CREATE INDEX claim_kind ON claim(event_type, event_mode) WHERE superseded IS NULL;
CREATE INDEX claim_factuality ON claim(factuality) WHERE superseded IS NULL;
CREATE INDEX claim_country ON claim(country) WHERE superseded IS NULL;
CREATE INDEX claim_place ON claim(place) WHERE superseded IS NULL AND place IS NOT NULL;

CREATE TABLE party (
    claim INTEGER NOT NULL REFERENCES claim(id),
    side TEXT NOT NULL,                 -- actor or recipient
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    span_start INTEGER,
    span_end INTEGER,
    country TEXT,
    sector TEXT,
    "group" TEXT,
    ethnicity TEXT,
    person TEXT,
    office TEXT,
    resolved TEXT,
    rule TEXT NOT NULL,
    inferred INTEGER NOT NULL,
    PRIMARY KEY (claim, side, position)
) WITHOUT ROWID;

-- Each claim under every pair of codes of its two sides (country, group, else ethnicity; '' where a side is not named).
CREATE TABLE dyad (
    actor TEXT NOT NULL,
    recipient TEXT NOT NULL,
    day TEXT NOT NULL,                  -- '' where it is not known
    claim INTEGER NOT NULL REFERENCES claim(id),
    PRIMARY KEY (actor, recipient, claim)
) WITHOUT ROWID;
CREATE INDEX dyad_recipient ON dyad(recipient, actor);
CREATE INDEX dyad_claim ON dyad(claim);

CREATE TABLE voice (
    claim INTEGER NOT NULL REFERENCES claim(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    span_start INTEGER,
    span_end INTEGER,
    kind TEXT NOT NULL,
    stance TEXT NOT NULL,
    resolved TEXT,
    rule TEXT NOT NULL,
    PRIMARY KEY (claim, position)
) WITHOUT ROWID;

CREATE TABLE tally (
    claim INTEGER NOT NULL REFERENCES claim(id),
    position INTEGER NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    low INTEGER,
    best INTEGER,
    high INTEGER,
    text TEXT NOT NULL,
    span_start INTEGER,
    span_end INTEGER,
    rule TEXT NOT NULL,
    PRIMARY KEY (claim, position)
) WITHOUT ROWID;

-- Words of the sentences that bear claims: rowid is sentence.id; the text itself is in sentence.
CREATE VIRTUAL TABLE evidence USING fts5(
    text, content='sentence', content_rowid='id', tokenize='unicode61 remove_diacritics 2', columnsize=0, detail=full
);
