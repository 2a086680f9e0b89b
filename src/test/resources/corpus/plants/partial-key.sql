-- wrong: error partial-key country
-- as written 8, key-safe 4
-- means: UPDATE unit_log SET value = 0 WHERE (country, site, unit) IN (SELECT country, site, unit FROM units WHERE online = 0)
UPDATE unit_log SET value = 0 WHERE (site, unit) IN (SELECT site, unit FROM units WHERE online = 0);

-- wrong: error partial-key site
-- as written 6, key-safe 4
-- means: UPDATE unit_log SET value = 0 WHERE (country, site, unit) IN (SELECT country, site, unit FROM units WHERE online = 0)
UPDATE unit_log SET value = 0 WHERE (country, unit) IN (SELECT country, unit FROM units WHERE online = 0);

-- wrong: error partial-key
-- as written 12, key-safe 4
-- means: UPDATE unit_log SET value = 0 WHERE (country, site, unit) IN (SELECT country, site, unit FROM units WHERE online = 0)
UPDATE unit_log SET value = 0 WHERE unit IN (SELECT unit FROM units WHERE online = 0);

-- wrong: error partial-key unit
-- as written 14, key-safe 10
-- means: UPDATE unit_log SET value = length(u.model) + u.unit FROM units u WHERE u.country = unit_log.country AND u.site = unit_log.site AND u.unit = unit_log.unit AND u.online = 1
UPDATE unit_log SET value = length(u.model) + u.unit FROM units u WHERE u.country = unit_log.country AND u.site = unit_log.site AND u.online = 1;

-- right
UPDATE unit_log SET value = 0 WHERE (country, site, unit) IN (SELECT country, site, unit FROM units WHERE online = 0);

-- right
UPDATE unit_log SET value = 0 WHERE (unit, country, site) IN (SELECT unit, country, site FROM units WHERE online = 0);

-- wrong: error partial-key site
-- as written 8, key-safe 6
-- means: DELETE FROM unit_log WHERE EXISTS (SELECT 1 FROM repairs r WHERE r.country = unit_log.country AND r.site = unit_log.site AND r.unit = unit_log.unit AND r.done = 0)
DELETE FROM unit_log WHERE EXISTS (SELECT 1 FROM repairs r WHERE r.country = unit_log.country AND r.unit = unit_log.unit AND r.done = 0);

-- right
DELETE FROM unit_log WHERE EXISTS (SELECT 1 FROM repairs r WHERE r.country = unit_log.country AND r.site = unit_log.site AND r.unit = unit_log.unit AND r.done = 0);

-- Part of the key is the same constant on both sides, the rest is linked.
-- right
DELETE FROM unit_log WHERE country = 'de' AND (site, unit) IN (SELECT site, unit FROM units WHERE country = 'de' AND online = 0);

-- right
UPDATE unit_log SET value = -1 FROM units u
WHERE unit_log.country = 'fr' AND u.country = 'fr' AND unit_log.site = 'nord' AND u.site = 'nord' AND u.unit = unit_log.unit AND u.model = 'A';

-- wrong: error partial-key site
-- as written 6, key-safe 4
-- means: UPDATE unit_log SET value = -1 FROM units u WHERE unit_log.country = 'fr' AND u.country = 'fr' AND u.site = unit_log.site AND u.unit = unit_log.unit AND u.model = 'C'
UPDATE unit_log SET value = -1 FROM units u WHERE unit_log.country = 'fr' AND u.country = 'fr' AND u.unit = unit_log.unit AND u.model = 'C';

-- The country is equated through the site.
-- right
UPDATE unit_log SET value = -2
WHERE EXISTS (SELECT 1 FROM sites s JOIN units u ON u.country = s.country AND u.site = s.site
  WHERE s.country = unit_log.country AND s.site = unit_log.site AND u.unit = unit_log.unit AND s.manager = 'k');

-- wrong: error partial-key country
-- as written 4, key-safe 2
-- means: UPDATE unit_log SET value = -2 WHERE EXISTS (SELECT 1 FROM sites s JOIN units u ON u.country = s.country AND u.site = s.site
--   WHERE s.country = unit_log.country AND s.site = unit_log.site AND u.unit = unit_log.unit AND s.manager = 'h' AND u.model = 'A')
UPDATE unit_log SET value = -2
WHERE EXISTS (SELECT 1 FROM sites s JOIN units u ON u.country = s.country AND u.site = s.site
  WHERE s.site = unit_log.site AND u.unit = unit_log.unit AND s.manager = 'h' AND u.model = 'A');

-- sites is no declared parent of units; its whole key (country, site) is linked, or isn't.
-- wrong: error partial-key country
-- as written 4, key-safe 2
-- means: UPDATE units SET model = 'K' WHERE (country, site) IN (SELECT country, site FROM sites WHERE manager = 'h')
UPDATE units SET model = 'K' WHERE site IN (SELECT site FROM sites WHERE manager = 'h');

-- right
UPDATE units SET model = 'K' WHERE (country, site) IN (SELECT country, site FROM sites WHERE manager = 'h');

-- wrong: error partial-key
-- as written 3, key-safe 2
-- means: DELETE FROM repairs WHERE (country, site, unit) IN (SELECT country, site, unit FROM unit_log WHERE site = 'nord' AND at = 10)
DELETE FROM repairs WHERE (country, unit) IN (SELECT country, unit FROM unit_log WHERE site = 'nord' AND at = 10);

-- right
DELETE FROM repairs WHERE (country, site, unit) IN (SELECT country, site, unit FROM unit_log WHERE site = 'nord' AND at = 10);

-- wrong: error partial-key
-- as written 3, key-safe 4
-- means: DELETE FROM unit_log WHERE (country, site, unit, at) IN (SELECT country, site, unit, max(at) FROM unit_log WHERE country = 'fr' GROUP BY country, site, unit)
DELETE FROM unit_log WHERE (country, unit, at) IN (SELECT country, unit, max(at) FROM unit_log WHERE country = 'fr' AND site = 'nord' GROUP BY country, unit);

-- right
DELETE FROM unit_log WHERE (country, site, unit, at) IN (SELECT country, site, unit, max(at) FROM unit_log GROUP BY country, site, unit);

-- wrong: warning partial-key country
-- as written 2, key-safe 1
-- means: UPDATE units SET online = 0 WHERE country = 'fr' AND site = 'nord' AND unit = 1
UPDATE units SET online = 0 WHERE site = 'nord' AND unit = 1;

-- right
UPDATE units SET online = 0 WHERE country = 'fr' AND site = 'nord';

-- right
UPDATE units SET online = 0 WHERE country = 'fr' AND site = 'nord' AND unit = 1;

-- right
UPDATE units SET online = 0 WHERE (SELECT count(*) FROM unit_log l WHERE l.country = units.country AND l.site = units.site) < 3;
