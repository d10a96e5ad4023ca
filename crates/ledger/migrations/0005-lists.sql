-- Lists in the order of days: all that is of a type, of a country, or by, to or about a party. The latest of them are
-- taken from a list's end, and what stands in two lists is found by walking one and looking into the other.
--
-- Days are counted from 1970-01-01; what has none stands before all days, as day -1000000.

CREATE TABLE mark (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                     -- type, country; actor, recipient, party by country, …_group by group
    code TEXT NOT NULL,
    claims INTEGER NOT NULL DEFAULT 0,      -- how long its lists are
    incidents INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, code)
);

CREATE TABLE claim_list (
    mark INTEGER NOT NULL REFERENCES mark(id),
    day INTEGER NOT NULL,
    claim INTEGER NOT NULL REFERENCES claim(id),
    until INTEGER,                          -- its last day, where that is another
    PRIMARY KEY (mark, day, claim)
) WITHOUT ROWID;

CREATE TABLE incident_list (
    mark INTEGER NOT NULL REFERENCES mark(id),
    day INTEGER NOT NULL,
    incident INTEGER NOT NULL REFERENCES incident(id),
    until INTEGER,
    PRIMARY KEY (mark, day, incident)
) WITHOUT ROWID;

CREATE TEMP TABLE claim_mark AS
    SELECT id AS claim, 'type' AS kind, event_type AS code FROM claim WHERE event_type <> ''
    UNION ALL SELECT DISTINCT claim, side, country FROM party WHERE country <> ''
    UNION ALL SELECT DISTINCT claim, 'party', country FROM party WHERE country <> ''
    UNION ALL SELECT DISTINCT claim, side || '_group', "group" FROM party WHERE "group" <> ''
    UNION ALL SELECT DISTINCT claim, 'party_group', "group" FROM party WHERE "group" <> ''
    UNION ALL SELECT * FROM (
        SELECT claim, 'country', country FROM party WHERE country <> ''
        UNION SELECT c.id, 'country', p.country FROM claim c JOIN place p ON p.id = c.place WHERE p.country <> ''
    );

INSERT INTO mark (kind, code) SELECT DISTINCT kind, code FROM claim_mark ORDER BY kind, code;

INSERT INTO claim_list
SELECT m.id, coalesce(unixepoch(c.day) / 86400, -1000000), c.id,
    nullif(unixepoch(coalesce(c.day_end, c.day)) / 86400, coalesce(unixepoch(c.day) / 86400, -1000000))
FROM claim_mark x JOIN mark m ON m.kind = x.kind AND m.code = x.code JOIN claim c ON c.id = x.claim
WHERE c.superseded IS NULL
ORDER BY 1, 2, 3;

INSERT OR IGNORE INTO mark (kind, code) SELECT DISTINCT 'type', event_type FROM incident ORDER BY 2;
INSERT OR IGNORE INTO mark (kind, code)
SELECT DISTINCT 'country', p.country FROM incident i JOIN place p ON p.id = i.place WHERE p.country <> '' ORDER BY 2;

INSERT INTO incident_list
SELECT m.id, coalesce(unixepoch(i.day) / 86400, -1000000), i.id,
    nullif(unixepoch(coalesce(i.date_end, i.day)) / 86400, coalesce(unixepoch(i.day) / 86400, -1000000))
FROM (
    SELECT b.incident, x.kind, x.code FROM claim_mark x JOIN member b ON b.claim = x.claim WHERE x.kind <> 'type'
    UNION SELECT i.id, 'country', p.country FROM incident i JOIN place p ON p.id = i.place WHERE p.country <> ''
    UNION SELECT id, 'type', event_type FROM incident
) x JOIN mark m ON m.kind = x.kind AND m.code = x.code JOIN incident i ON i.id = x.incident
ORDER BY 1, 2, 3;

DROP TABLE claim_mark;

CREATE INDEX incident_list_incident ON incident_list(incident);

UPDATE mark SET claims = (SELECT count(*) FROM claim_list l WHERE l.mark = mark.id),
    incidents = (SELECT count(*) FROM incident_list l WHERE l.mark = mark.id);
CREATE TRIGGER claim_listed AFTER INSERT ON claim_list BEGIN
    UPDATE mark SET claims = claims + 1 WHERE id = new.mark;
END;
CREATE TRIGGER claim_unlisted AFTER DELETE ON claim_list BEGIN
    UPDATE mark SET claims = claims - 1 WHERE id = old.mark;
END;
CREATE TRIGGER incident_listed AFTER INSERT ON incident_list BEGIN
    UPDATE mark SET incidents = incidents + 1 WHERE id = new.mark;
END;
CREATE TRIGGER incident_unlisted AFTER DELETE ON incident_list BEGIN
    UPDATE mark SET incidents = incidents - 1 WHERE id = old.mark;
END;

-- What the lists do better.
DROP INDEX claim_country;
DROP INDEX incident_country;
