-- What has changed since one last looked, and alerts.
--
-- `meta.tick` is a counter that every change of reports, claims, incidents, corrections and alerts moves on. Each list of
-- changes has numbers that only grow, so that a reader can go on after the last one it has seen.

INSERT INTO meta VALUES ('tick', (SELECT coalesce(max(id), 0) FROM incident));

ALTER TABLE incident ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;     -- the tick at which it became what it is
UPDATE incident SET changed = id;
CREATE INDEX incident_changed ON incident(changed);

-- What lasted until a day before its report no longer stands under the day of the report.
UPDATE dyad SET day = (SELECT c.day_end FROM claim c WHERE c.id = dyad.claim)
WHERE claim IN (SELECT id FROM claim WHERE day_end < day);
UPDATE claim SET day = day_end WHERE day_end < day;

-- Claims that a recoding replaced, in the order in which that was done.
CREATE TABLE retired (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    claim INTEGER NOT NULL REFERENCES claim(id)
);
INSERT INTO retired (claim) SELECT id FROM claim WHERE superseded IS NOT NULL ORDER BY superseded, id;

-- Incidents that no longer stand under their id, as before, in the order in which that was found.
ALTER TABLE withdrawn RENAME TO withdrawn_before;
CREATE TABLE withdrawn (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id TEXT NOT NULL UNIQUE,
    now TEXT,                           -- the incident that holds its claims
    run INTEGER,
    claim INTEGER REFERENCES claim(id)  -- a replaced claim of it, by whose words its successor is looked for; null once found
);
INSERT INTO withdrawn (incident_id, now, run) SELECT incident_id, now, run FROM withdrawn_before ORDER BY incident_id;
DROP TABLE withdrawn_before;
CREATE INDEX withdrawn_claim ON withdrawn(claim) WHERE claim IS NOT NULL;

CREATE INDEX report_published ON report(published);
-- What is asked of many reports, beside the long texts: a row's columns lie behind its text.
CREATE INDEX report_beside ON report(id, publisher, published);

-- Alerts: named filters with a threshold.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    filter TEXT NOT NULL,               -- as it was written: what is relative in it stays so
    "by" TEXT NOT NULL,                 -- all, dyad, pair, country
    step TEXT NOT NULL,                 -- day, week, month
    above TEXT NOT NULL,                -- what is compared: z, count, forecast
    level REAL NOT NULL,                -- with this
    pair TEXT,                          -- of a forecast: two codes with : between them
    cooldown INTEGER NOT NULL,          -- days for which a series that fired stays silent
    target TEXT NOT NULL,               -- atom, file:PATH, webhook:URL
    made TEXT NOT NULL                  -- ISO 8601, UTC
);

-- What fired: kept whether or not it could be delivered, and after its alert is gone.
CREATE TABLE firing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    alert INTEGER REFERENCES alert(id),
    name TEXT NOT NULL,
    series TEXT NOT NULL,               -- SRB>XKX, SRB<>XKX, XKX, or '' for all that the filter holds for
    "from" TEXT NOT NULL,               -- first day of the step
    as_of TEXT NOT NULL,
    body TEXT NOT NULL,                 -- figures, reason and evidence, JSON
    target TEXT NOT NULL,
    made TEXT NOT NULL,                 -- ISO 8601, UTC
    tries INTEGER NOT NULL DEFAULT 0,
    delivered TEXT,                     -- when; null until then
    fault TEXT                          -- why the last try failed
);
CREATE UNIQUE INDEX firing_once ON firing(name, series, "from") WHERE alert IS NOT NULL;
CREATE INDEX firing_waiting ON firing(id) WHERE delivered IS NULL;
