-- IN, NOT IN and = with a subquery that hands back half of a point's key.

-- wrong: error partial-key system_id
-- as written 27, key-safe 12
-- means: UPDATE point_readings_agg_5m SET delta = avg * sample_count, avg = NULL, min = NULL, max = NULL
--   WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy' AND (transform IS NULL OR transform != 'd'))
UPDATE point_readings_agg_5m
SET delta = avg * sample_count, avg = NULL, min = NULL, max = NULL
WHERE point_id IN (
  SELECT id FROM point_info
  WHERE metric_type = 'energy' AND (transform IS NULL OR transform != 'd')
);

-- right
UPDATE point_readings_agg_5m
SET delta = avg * sample_count, avg = NULL, min = NULL, max = NULL
WHERE (system_id, point_id) IN (
  SELECT system_id, id FROM point_info
  WHERE metric_type = 'energy' AND (transform IS NULL OR transform != 'd')
);

-- right
UPDATE point_readings_agg_5m SET delta = 0
WHERE (point_id, system_id) IN (SELECT p.id, p.system_id FROM point_info p WHERE p.subsystem = 'grid');

-- wrong: error partial-key system_id
-- as written 4, key-safe 2
-- means: DELETE FROM point_readings WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE active = 0)
DELETE FROM point_readings
 WHERE point_id IN (SELECT id FROM point_info WHERE active = 0);

-- right
DELETE FROM point_readings WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE active = 0);

-- wrong: error partial-key system_id
-- as written 0, key-safe 10
-- means: delete from point_readings_agg_1d where (system_id, point_id) not in (select system_id, id from point_info where metric_type = 'power')
delete from point_readings_agg_1d where point_id not in (select id from point_info where metric_type = 'power');

-- right
delete from point_readings_agg_1d where (system_id, point_id) not in (select system_id, id from point_info where metric_type = 'power');

-- wrong: error partial-key system_id
-- as written 4, key-safe 2
-- means: UPDATE point_readings_agg_1d AS d SET delta = 0
--   WHERE (d.system_id, d.point_id) = (SELECT p.system_id, p.id FROM point_info p WHERE p.display_name = 'Battery')
UPDATE point_readings_agg_1d AS d SET delta = 0
WHERE d.point_id = (SELECT p.id FROM point_info p WHERE p.display_name = 'Battery');

-- right
UPDATE point_readings_agg_1d AS d SET delta = 0
WHERE (d.system_id, d.point_id) = (SELECT p.system_id, p.id FROM point_info p WHERE p.display_name = 'Battery');

-- The subquery reaches one system and the statement another row of the same: nothing can leak.
-- right
UPDATE point_readings_agg_1d SET delta = 0
WHERE system_id = 6 AND point_id = (SELECT id FROM point_info WHERE system_id = 6 AND alias = 'grid');

-- Both sides are pinned to the same system.
-- right
DELETE FROM point_readings WHERE system_id = 3 AND point_id IN (SELECT id FROM point_info WHERE system_id = 3 AND metric_type = 'energy');

-- right
DELETE FROM point_readings AS r WHERE 3 = r.system_id AND r.point_id IN (SELECT p.id FROM point_info AS p WHERE p.metric_type = 'energy' AND p.system_id = 3);

-- Only one side is pinned: the ids come from one system, the rows from all.
-- wrong: error partial-key system_id
-- as written 10, key-safe 4
-- means: DELETE FROM point_readings WHERE system_id = 6 AND point_id IN (SELECT id FROM point_info WHERE system_id = 6 AND metric_type = 'power')
DELETE FROM point_readings WHERE point_id IN (SELECT id FROM point_info WHERE system_id = 6 AND metric_type = 'power');

-- wrong: error partial-key system_id
-- as written 6, key-safe 4
-- means: DELETE FROM point_readings WHERE system_id = 6 AND point_id IN (SELECT id FROM point_info WHERE system_id = 6 AND metric_type = 'power')
DELETE FROM point_readings WHERE system_id = 6 AND point_id IN (SELECT id FROM point_info WHERE metric_type = 'power');

-- sessions.id names a session by itself.
-- right
UPDATE point_readings SET error = 'session failed' WHERE session_id IN (SELECT id FROM sessions WHERE successful = 0);

-- right
DELETE FROM point_readings WHERE session_id NOT IN (SELECT id FROM sessions WHERE cause = 'POLL') AND session_id IS NOT NULL;

-- right
UPDATE readings SET solar_w = 0 WHERE system_id IN (SELECT id FROM systems WHERE status = 'disabled');

-- right
UPDATE point_info SET active = 0 WHERE system_id IN (SELECT id FROM systems WHERE vendor_type = 'mondo');

-- right
UPDATE polling_status SET consecutive_errors = 0 WHERE system_id = (SELECT id FROM systems WHERE alias = 'kinkora');

-- polling_status has one row a system.
-- right
UPDATE systems SET status = 'disabled' WHERE id IN (SELECT system_id FROM polling_status WHERE consecutive_errors > 3);

-- Negation around it changes nothing.
-- wrong: error partial-key system_id
-- as written 6, key-safe 18
-- means: UPDATE point_readings_agg_5m SET value_str = 'x' WHERE NOT ((system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy'))
UPDATE point_readings_agg_5m SET value_str = 'x' WHERE NOT (point_id IN (SELECT id FROM point_info WHERE metric_type = 'energy'));

-- Nor do other conditions, or an OR, beside it.
-- wrong: error partial-key system_id
-- as written 13, key-safe 12
-- means: UPDATE point_readings_agg_5m SET value_str = 'x' WHERE interval_end >= 600000 AND (sample_count > 6 OR (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'soc'))
UPDATE point_readings_agg_5m SET value_str = 'x'
WHERE interval_end >= 600000 AND (sample_count > 6 OR point_id IN (SELECT id FROM point_info WHERE metric_type = 'soc'));

-- right
UPDATE point_readings_agg_5m SET value_str = 'x'
WHERE interval_end >= 600000 AND (sample_count > 6 OR (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'soc'));

-- An OR may pin one branch and not the other.
-- wrong: error partial-key system_id
-- as written 12, key-safe 10
-- means: DELETE FROM point_readings WHERE (system_id = 1 AND point_id IN (SELECT id FROM point_info WHERE system_id = 1 AND subsystem = 'solar'))
--   OR (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE subsystem = 'grid')
DELETE FROM point_readings
WHERE (system_id = 1 AND point_id IN (SELECT id FROM point_info WHERE system_id = 1 AND subsystem = 'solar'))
   OR point_id IN (SELECT id FROM point_info WHERE subsystem = 'grid');

-- Two subqueries, each with half of the key: together they still don't name one point.
-- wrong: error partial-key
-- as written 4, key-safe 2
-- means: DELETE FROM point_readings WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy')
--   AND system_id IN (SELECT system_id FROM point_info WHERE metric_type = 'soc')
DELETE FROM point_readings
WHERE point_id IN (SELECT id FROM point_info WHERE metric_type = 'energy')
  AND system_id IN (SELECT system_id FROM point_info WHERE metric_type = 'soc');

-- ANY is IN.
-- dialect: postgresql
-- wrong: error partial-key system_id
UPDATE point_readings_agg_5m SET value_str = 'x' WHERE point_id = ANY (SELECT id FROM point_info WHERE metric_type = 'energy');

-- dialect: postgresql
-- right
UPDATE point_readings_agg_5m SET value_str = 'x' WHERE (system_id, point_id) = ANY (SELECT system_id, id FROM point_info WHERE metric_type = 'energy');

-- dialect: postgresql
-- wrong: error partial-key system_id
UPDATE point_readings_agg_5m SET value_str = 'x' WHERE point_id <> ALL (SELECT id FROM point_info WHERE metric_type = 'energy');

-- In a query it is a note.
-- wrong: note partial-key system_id
-- as written 3, key-safe 3
-- means: SELECT count(*), system_id FROM point_readings_agg_5m WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy') GROUP BY system_id
SELECT count(*), system_id FROM point_readings_agg_5m WHERE point_id IN (SELECT id FROM point_info WHERE metric_type = 'energy') GROUP BY system_id;

-- right
SELECT count(*), system_id FROM point_readings_agg_5m WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy') GROUP BY system_id;
