-- EXISTS, NOT EXISTS and correlated subqueries in SET.

-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE EXISTS (SELECT 1 FROM point_info p
--   WHERE p.system_id = point_readings_agg_5m.system_id AND p.id = point_readings_agg_5m.point_id AND p.metric_type = 'energy')
UPDATE point_readings_agg_5m SET avg = NULL
WHERE EXISTS (SELECT 1 FROM point_info p WHERE p.id = point_readings_agg_5m.point_id AND p.metric_type = 'energy');

-- right
UPDATE point_readings_agg_5m SET avg = NULL
WHERE EXISTS (SELECT 1 FROM point_info p
  WHERE p.system_id = point_readings_agg_5m.system_id AND p.id = point_readings_agg_5m.point_id AND p.metric_type = 'energy');

-- Unqualified, the inner columns are the subquery's, the others the target's.
-- wrong: error partial-key system_id
-- as written 30, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE EXISTS (SELECT * FROM point_info
--   WHERE point_info.system_id = point_readings_agg_5m.system_id AND id = point_id AND metric_type = 'power')
UPDATE point_readings_agg_5m SET avg = NULL WHERE EXISTS (SELECT * FROM point_info WHERE id = point_id AND metric_type = 'power');

-- wrong: error partial-key system_id
-- as written 0, key-safe 2
-- means: DELETE FROM point_readings AS r WHERE NOT EXISTS (SELECT 1 FROM point_info AS p WHERE p.system_id = r.system_id AND p.id = r.point_id AND p.active = 1)
DELETE FROM point_readings AS r
WHERE NOT EXISTS (SELECT 1 FROM point_info AS p WHERE p.id = r.point_id AND p.active = 1);

-- right
DELETE FROM point_readings AS r
WHERE NOT EXISTS (SELECT 1 FROM point_info AS p WHERE p.system_id = r.system_id AND p.id = r.point_id AND p.active = 1);

-- right
DELETE FROM point_readings AS r
WHERE NOT EXISTS (SELECT 1 FROM point_info AS p WHERE (p.id, p.system_id) = (r.point_id, r.system_id) AND p.active = 1);

-- wrong: error partial-key system_id
-- as written 9, key-safe 9
-- means: UPDATE point_readings_agg_1d SET delta = (SELECT sum(a.sample_count) FROM point_readings_agg_5m a
--   WHERE a.system_id = point_readings_agg_1d.system_id AND a.point_id = point_readings_agg_1d.point_id) WHERE day = '2025-11-10'
UPDATE point_readings_agg_1d
SET delta = (SELECT sum(a.sample_count) FROM point_readings_agg_5m a WHERE a.point_id = point_readings_agg_1d.point_id)
WHERE day = '2025-11-10';

-- The sum over all points of a system is asked of the group alone.
-- right
UPDATE point_readings_agg_1d
SET delta = (SELECT sum(a.sample_count) FROM point_readings_agg_5m a
  WHERE a.system_id = point_readings_agg_1d.system_id AND a.point_id = point_readings_agg_1d.point_id)
WHERE system_id = 6;

-- dialect: sqlite
-- wrong: error partial-key system_id
-- as written 33, key-safe 33
-- means: UPDATE point_readings_agg_5m SET value_str = (SELECT metric_type FROM point_info p
--   WHERE p.system_id = point_readings_agg_5m.system_id AND p.id = point_readings_agg_5m.point_id)
--   WHERE interval_end > 0
UPDATE point_readings_agg_5m SET value_str = (SELECT metric_type FROM point_info p WHERE p.id = point_readings_agg_5m.point_id)
WHERE interval_end > 0;

-- right
UPDATE point_readings_agg_5m SET value_str = (SELECT metric_type FROM point_info p
  WHERE p.system_id = point_readings_agg_5m.system_id AND p.id = point_readings_agg_5m.point_id)
WHERE interval_end > 0;

-- wrong: error partial-key system_id
-- as written 8, key-safe 8
-- means: UPDATE point_readings AS r SET value = (SELECT a.last FROM point_readings_agg_5m AS a
--   WHERE a.system_id = r.system_id AND a.point_id = r.point_id AND a.interval_end = r.measurement_time) WHERE r.system_id = 6
UPDATE point_readings AS r
SET value = (SELECT a.last FROM point_readings_agg_5m AS a WHERE a.point_id = r.point_id AND a.interval_end = r.measurement_time LIMIT 1)
WHERE r.system_id = 6;

-- Half of the interval's key is missing, the leading half is there.
-- wrong: error partial-key point_id
-- as written 8, key-safe 8
-- means: UPDATE point_readings AS r SET value = (SELECT a.last FROM point_readings_agg_5m AS a
--   WHERE a.system_id = r.system_id AND a.point_id = r.point_id AND a.interval_end = r.measurement_time) WHERE r.system_id = 6
UPDATE point_readings AS r
SET value = (SELECT a.last FROM point_readings_agg_5m AS a WHERE a.system_id = r.system_id AND a.interval_end = r.measurement_time LIMIT 1)
WHERE r.system_id = 6;

-- right
UPDATE point_readings AS r
SET value = (SELECT a.last FROM point_readings_agg_5m AS a
  WHERE a.system_id = r.system_id AND a.point_id = r.point_id AND a.interval_end = r.measurement_time)
WHERE r.system_id = 6;

-- right
UPDATE point_readings_agg_5m
SET (min, max) = (SELECT min(r.value), max(r.value) FROM point_readings r
  WHERE r.system_id = point_readings_agg_5m.system_id AND r.point_id = point_readings_agg_5m.point_id)
WHERE system_id = 3;

-- wrong: error partial-key system_id
-- as written 12, key-safe 12
-- means: UPDATE point_readings_agg_5m SET (min, max) = (SELECT min(r.value), max(r.value) FROM point_readings r
--   WHERE r.system_id = point_readings_agg_5m.system_id AND r.point_id = point_readings_agg_5m.point_id) WHERE system_id = 3
UPDATE point_readings_agg_5m
SET (min, max) = (SELECT min(r.value), max(r.value) FROM point_readings r WHERE r.point_id = point_readings_agg_5m.point_id)
WHERE system_id = 3;

-- The system is equated through a third table.
-- right
UPDATE point_readings_agg_5m SET avg = NULL
WHERE EXISTS (SELECT 1 FROM systems s JOIN point_info p ON p.system_id = s.id
  WHERE s.id = point_readings_agg_5m.system_id AND p.id = point_readings_agg_5m.point_id AND p.metric_type = 'energy');

-- The third table is there, but nothing ties it to the points.
-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE EXISTS (SELECT 1 FROM systems s JOIN point_info p ON p.system_id = s.id
--   WHERE s.id = point_readings_agg_5m.system_id AND p.id = point_readings_agg_5m.point_id AND p.metric_type = 'energy' AND s.status = 'active')
UPDATE point_readings_agg_5m SET avg = NULL
WHERE EXISTS (SELECT 1 FROM systems s JOIN point_info p ON p.id = point_readings_agg_5m.point_id
  WHERE s.id = point_readings_agg_5m.system_id AND p.metric_type = 'energy' AND s.status = 'active');

-- right
UPDATE systems SET updated_at = (SELECT max(r.inverter_time) FROM readings r WHERE r.system_id = systems.id) WHERE id < 4;

-- right
UPDATE systems SET updated_at = 0 WHERE NOT EXISTS (SELECT 1 FROM point_info WHERE point_info.system_id = systems.id);

-- The subquery asks of the whole system, and means it.
-- right
UPDATE point_info SET active = 0 WHERE NOT EXISTS (SELECT 1 FROM point_readings r WHERE r.system_id = point_info.system_id);

-- right
UPDATE user_systems SET role = 'viewer' WHERE EXISTS (SELECT 1 FROM systems s WHERE s.id = user_systems.system_id AND s.owner_clerk_user_id <> user_systems.clerk_user_id);

-- wrong: error partial-key system_id
-- as written 1, key-safe 2
-- means: UPDATE point_info SET active = 0 WHERE NOT EXISTS (SELECT 1 FROM point_readings_agg_1d d WHERE d.point_id = point_info.id AND d.system_id = point_info.system_id)
UPDATE point_info SET active = 0
WHERE NOT EXISTS (SELECT 1 FROM point_readings_agg_1d d WHERE d.point_id = point_info.id);

-- right
UPDATE point_info SET active = 0
WHERE NOT EXISTS (SELECT 1 FROM point_readings_agg_1d d WHERE d.point_id = point_info.id AND d.system_id = point_info.system_id);

-- A link that stands deeper still is a link.
-- wrong: error partial-key system_id
-- as written 18, key-safe 8
-- means: DELETE FROM point_readings_agg_1d WHERE EXISTS (SELECT 1 FROM sessions s WHERE s.system_id = point_readings_agg_1d.system_id
--   AND EXISTS (SELECT 1 FROM point_info p WHERE p.system_id = point_readings_agg_1d.system_id AND p.id = point_readings_agg_1d.point_id AND p.metric_type = 'power'))
DELETE FROM point_readings_agg_1d
WHERE EXISTS (SELECT 1 FROM sessions s WHERE s.system_id = point_readings_agg_1d.system_id
  AND EXISTS (SELECT 1 FROM point_info p WHERE p.id = point_readings_agg_1d.point_id AND p.metric_type = 'power'));

-- right
DELETE FROM point_readings_agg_1d
WHERE EXISTS (SELECT 1 FROM sessions s WHERE s.system_id = point_readings_agg_1d.system_id
  AND EXISTS (SELECT 1 FROM point_info p WHERE p.system_id = s.system_id AND p.id = point_readings_agg_1d.point_id AND p.metric_type = 'power'));

-- wrong: error partial-key system_id
-- as written 11, key-safe 11
-- means: UPDATE point_readings_agg_5m SET value_str = CASE WHEN (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'power') THEN 'W' ELSE 'Wh' END WHERE interval_end = 300000 AND point_id > 0
UPDATE point_readings_agg_5m
SET value_str = CASE WHEN point_id IN (SELECT id FROM point_info WHERE metric_type = 'power') THEN 'W' ELSE 'Wh' END
WHERE interval_end > 0 AND interval_end < 600000;
