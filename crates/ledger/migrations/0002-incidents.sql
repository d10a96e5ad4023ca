-- Happenings: which claims tell one and the same, and why.

CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    incident_id TEXT NOT NULL UNIQUE,
    event_type TEXT NOT NULL,
    event_mode TEXT,
    cameo TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    goldstein REAL NOT NULL,
    plover_score REAL NOT NULL,
    status TEXT NOT NULL,
    disputed_actor INTEGER NOT NULL,
    actor TEXT NOT NULL,                -- the agreed side in words and codes
    recipient TEXT NOT NULL,
    date_start TEXT,
    date_end TEXT,
    date_precision TEXT,
    place INTEGER REFERENCES place(id),
    country TEXT,                       -- the place's, otherwise the recipient's, otherwise the actor's
    claims INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    publishers INTEGER NOT NULL,
    independent_origins INTEGER NOT NULL,
    killed_low INTEGER,
    killed_best INTEGER,
    killed_high INTEGER,
    injured_low INTEGER,
    injured_best INTEGER,
    injured_high INTEGER,
    first_published TEXT,
    last_published TEXT,
    day TEXT,                           -- date_start, otherwise first_published
    evidence INTEGER REFERENCES claim(id)   -- the claim whose sentence tells it best
);
-- The whole record as JSON, apart: what sums and maps read is then ten times smaller.
CREATE TABLE incident_body (incident INTEGER PRIMARY KEY REFERENCES incident(id), body TEXT NOT NULL);
CREATE INDEX incident_day ON incident(day);
CREATE INDEX incident_kind ON incident(event_type, event_mode);
CREATE INDEX incident_country ON incident(country);
CREATE INDEX incident_place ON incident(place) WHERE place IS NOT NULL;

CREATE TABLE incident_dyad (
    actor TEXT NOT NULL,
    recipient TEXT NOT NULL,
    day TEXT NOT NULL,
    incident INTEGER NOT NULL REFERENCES incident(id),
    PRIMARY KEY (actor, recipient, incident)
) WITHOUT ROWID;
CREATE INDEX incident_dyad_recipient ON incident_dyad(recipient, actor);
CREATE INDEX incident_dyad_incident ON incident_dyad(incident);

CREATE TABLE member (
    claim INTEGER PRIMARY KEY REFERENCES claim(id),
    incident INTEGER NOT NULL REFERENCES incident(id),
    role TEXT NOT NULL,                 -- telling, denial, announcement, follow-up, background …
    merged_to TEXT,                     -- the claim it was joined through; null for the first
    score REAL,
    reasons TEXT NOT NULL               -- JSON
);
CREATE INDEX member_incident ON member(incident);

-- A claim that tells of a happening of its own and points to another: who condemns an attack says something, too.
CREATE TABLE pointer (
    claim INTEGER NOT NULL REFERENCES claim(id),
    incident INTEGER NOT NULL REFERENCES incident(id),
    role TEXT NOT NULL,
    merged_to TEXT,
    score REAL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (claim, incident)
) WITHOUT ROWID;
CREATE INDEX pointer_incident ON pointer(incident);

-- What merging needs, kept so that a new report touches only its neighbourhood.
CREATE TABLE telling (claim INTEGER PRIMARY KEY REFERENCES claim(id), body BLOB NOT NULL);
CREATE TABLE sketch (report INTEGER PRIMARY KEY REFERENCES report(id), body BLOB NOT NULL);
CREATE TABLE block (key INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (key, claim)) WITHOUT ROWID;
CREATE TABLE link (
    a INTEGER NOT NULL REFERENCES claim(id),
    b INTEGER NOT NULL REFERENCES claim(id),
    score REAL NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX link_b ON link(b);
CREATE TABLE pending (claim INTEGER PRIMARY KEY REFERENCES claim(id));

-- What people have put right: found again after a recoding by report and words.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                 -- split or merge
    a_report_id TEXT NOT NULL,
    a_start INTEGER NOT NULL,
    a_end INTEGER NOT NULL,
    b_report_id TEXT NOT NULL,
    b_start INTEGER NOT NULL,
    b_end INTEGER NOT NULL,
    note TEXT NOT NULL,
    made TEXT NOT NULL                  -- ISO 8601, UTC
);

-- Incidents that no longer stand under their id, and where their claims went.
CREATE TABLE withdrawn (
    incident_id TEXT NOT NULL,
    now TEXT,                           -- the incident that holds its first claim
    run INTEGER,
    PRIMARY KEY (incident_id)
) WITHOUT ROWID;
