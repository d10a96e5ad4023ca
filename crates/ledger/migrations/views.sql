-- The documented views: what DuckDB, pandas, R and Datasette read.

DROP VIEW IF EXISTS events;
CREATE VIEW events AS
SELECT
    c.claim_id, c."set", r.report_id, r.published, r.publisher, r.url, r.title,
    s.sentence, s.text AS evidence,
    c.event_type, c.event_mode, c.cameo, c.quad_class, c.goldstein, c.plover_score, c.factuality,
    (SELECT group_concat(p.text, '; ') FROM party p WHERE p.claim = c.id AND p.side = 'actor') AS actor,
    (SELECT p.country FROM party p WHERE p.claim = c.id AND p.side = 'actor' AND p.position = 0) AS actor_country,
    (SELECT p.sector FROM party p WHERE p.claim = c.id AND p.side = 'actor' AND p.position = 0) AS actor_sector,
    (SELECT p."group" FROM party p WHERE p.claim = c.id AND p.side = 'actor' AND p.position = 0) AS actor_group,
    (SELECT group_concat(p.text, '; ') FROM party p WHERE p.claim = c.id AND p.side = 'recipient') AS recipient,
    (SELECT p.country FROM party p WHERE p.claim = c.id AND p.side = 'recipient' AND p.position = 0) AS recipient_country,
    (SELECT p.sector FROM party p WHERE p.claim = c.id AND p.side = 'recipient' AND p.position = 0) AS recipient_sector,
    (SELECT p."group" FROM party p WHERE p.claim = c.id AND p.side = 'recipient' AND p.position = 0) AS recipient_group,
    (SELECT group_concat(v.text || ' ' || v.stance, ' > ') FROM voice v WHERE v.claim = c.id) AS attribution,
    c.date_start, c.date_end, c.date_precision AS date_prec, c.day,
    pl.name AS place, pl.admin1, pl.country AS place_country, pl.lat, pl.lon, pl.geonameid, pl.precision AS place_prec,
    c.country,
    c.rule, c.confidence, i.incident_id, m.role, c.run
FROM claim c
LEFT JOIN report r ON r.id = c.report
LEFT JOIN sentence s ON s.id = c.sentence
LEFT JOIN place pl ON pl.id = c.place
LEFT JOIN member m ON m.claim = c.id
LEFT JOIN incident i ON i.id = m.incident
WHERE c.superseded IS NULL;

DROP VIEW IF EXISTS incidents;
CREATE VIEW incidents AS
SELECT
    i.incident_id, i.event_type, i.event_mode, i.cameo, i.quad_class, i.goldstein, i.plover_score, i.status,
    i.disputed_actor, i.actor, i.recipient, i.date_start, i.date_end, i.date_precision AS date_prec, i.day,
    pl.name AS place, pl.admin1, pl.country AS place_country, pl.lat, pl.lon, pl.geonameid, pl.precision AS place_prec,
    i.country, i.claims, i.reports, i.publishers, i.independent_origins,
    i.killed_low, i.killed_best, i.killed_high, i.injured_low, i.injured_best, i.injured_high,
    i.first_published, i.last_published,
    s.text AS evidence, r.publisher AS evidence_publisher, r.url AS evidence_url, r.report_id AS evidence_report_id
FROM incident i
LEFT JOIN place pl ON pl.id = i.place
LEFT JOIN claim c ON c.id = i.evidence
LEFT JOIN sentence s ON s.id = c.sentence
LEFT JOIN report r ON r.id = c.report;

-- Happenings: incidents of our own that are said to have happened, and events of foreign sets, which count as they are.
DROP VIEW IF EXISTS dyad_month;
CREATE VIEW dyad_month AS
SELECT
    d.actor, d.recipient, substr(d.day, 1, 7) AS month, 'forewarn' AS "set",
    count(*) AS happenings,
    sum(i.quad_class = 1) AS verbal_cooperation, sum(i.quad_class = 2) AS material_cooperation,
    sum(i.quad_class = 3) AS verbal_conflict, sum(i.quad_class = 4) AS material_conflict,
    sum(i.event_type = 'ASSAULT') AS assaults,
    sum(i.goldstein) AS goldstein_sum, sum(i.plover_score) AS plover_sum,
    sum(i.killed_low) AS killed_low, sum(i.killed_best) AS killed_best, sum(i.killed_high) AS killed_high,
    sum(i.reports) AS reports
FROM incident_dyad d JOIN incident i ON i.id = d.incident
WHERE i.status = 'asserted'
GROUP BY d.actor, d.recipient, substr(d.day, 1, 7)
UNION ALL
SELECT
    d.actor, d.recipient, substr(d.day, 1, 7), c."set",
    count(*),
    sum(c.quad_class = 1), sum(c.quad_class = 2), sum(c.quad_class = 3), sum(c.quad_class = 4),
    sum(c.event_type = 'ASSAULT'),
    sum(c.goldstein), sum(c.plover_score),
    sum((SELECT n.low FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = '')),
    sum((SELECT coalesce(n.best, n.low) FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = '')),
    sum((SELECT n.high FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = '')),
    count(*)
FROM dyad d JOIN claim c ON c.id = d.claim
WHERE c.report IS NULL AND c.superseded IS NULL
GROUP BY d.actor, d.recipient, substr(d.day, 1, 7), c."set";

DROP VIEW IF EXISTS country_month;
CREATE VIEW country_month AS
SELECT
    i.country, substr(i.day, 1, 7) AS month, 'forewarn' AS "set",
    count(*) AS happenings,
    sum(i.quad_class = 1) AS verbal_cooperation, sum(i.quad_class = 2) AS material_cooperation,
    sum(i.quad_class = 3) AS verbal_conflict, sum(i.quad_class = 4) AS material_conflict,
    sum(i.event_type = 'ASSAULT') AS assaults,
    sum(i.goldstein) AS goldstein_sum, sum(i.plover_score) AS plover_sum,
    sum(i.killed_low) AS killed_low, sum(i.killed_best) AS killed_best, sum(i.killed_high) AS killed_high,
    sum(i.reports) AS reports
FROM incident i
WHERE i.status = 'asserted'
GROUP BY i.country, substr(i.day, 1, 7)
UNION ALL
SELECT
    c.country, substr(c.day, 1, 7), c."set",
    count(*),
    sum(c.quad_class = 1), sum(c.quad_class = 2), sum(c.quad_class = 3), sum(c.quad_class = 4),
    sum(c.event_type = 'ASSAULT'),
    sum(c.goldstein), sum(c.plover_score),
    sum((SELECT n.low FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = '')),
    sum((SELECT coalesce(n.best, n.low) FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = '')),
    sum((SELECT n.high FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = '')),
    count(*)
FROM claim c
WHERE c.report IS NULL AND c.superseded IS NULL
GROUP BY c.country, substr(c.day, 1, 7), c."set";
