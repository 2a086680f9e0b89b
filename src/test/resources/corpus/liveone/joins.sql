-- Joins with ON and USING, UPDATE … FROM, DELETE … USING, INSERT … SELECT.

-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL FROM point_info p
--   WHERE p.system_id = point_readings_agg_5m.system_id AND p.id = point_readings_agg_5m.point_id AND p.metric_type = 'energy'
UPDATE point_readings_agg_5m SET avg = NULL
FROM point_info p
WHERE p.id = point_readings_agg_5m.point_id AND p.metric_type = 'energy';

-- right
UPDATE point_readings_agg_5m SET avg = NULL
FROM point_info p
WHERE p.system_id = point_readings_agg_5m.system_id AND p.id = point_readings_agg_5m.point_id AND p.metric_type = 'energy';

-- wrong: error partial-key system_id
-- as written 9, key-safe 9
-- means: UPDATE point_readings_agg_1d AS d SET delta = a.last FROM point_readings_agg_5m AS a
--   WHERE a.system_id = d.system_id AND a.point_id = d.point_id AND a.interval_end = 900000 AND d.day = '2025-11-10'
UPDATE point_readings_agg_1d AS d SET delta = a.last
FROM point_readings_agg_5m AS a
WHERE a.point_id = d.point_id AND a.interval_end = 900000 AND d.day = '2025-11-10';

-- right
UPDATE point_readings_agg_1d AS d SET delta = a.last
FROM point_readings_agg_5m AS a
WHERE a.system_id = d.system_id AND a.point_id = d.point_id AND a.interval_end = 900000 AND d.day = '2025-11-10';

-- The two systems are equated through the third table.
-- right
UPDATE point_readings_agg_5m AS a SET value_str = s.alias || '/' || p.alias
FROM point_info AS p JOIN systems AS s ON s.id = p.system_id
WHERE a.system_id = s.id AND a.point_id = p.id;

-- wrong: error partial-key system_id
-- as written 33, key-safe 33
-- means: UPDATE point_readings_agg_5m AS a SET value_str = s.alias || '/' || p.alias FROM point_info AS p JOIN systems AS s ON s.id = p.system_id
--   WHERE a.system_id = s.id AND a.point_id = p.id AND s.status = 'active'
UPDATE point_readings_agg_5m AS a SET value_str = s.alias || '/' || p.alias
FROM point_info AS p JOIN systems AS s ON s.id = p.system_id
WHERE a.point_id = p.id AND s.status = 'active';

-- Both are pinned to system 3.
-- right
UPDATE point_readings_agg_5m AS a SET avg = NULL FROM point_info AS p
WHERE a.point_id = p.id AND a.system_id = 3 AND p.system_id = 3 AND p.metric_type = 'energy';

-- wrong: error partial-key system_id
-- as written 12, key-safe 6
-- means: UPDATE point_readings_agg_5m AS a SET avg = NULL FROM point_info AS p
--   WHERE a.point_id = p.id AND a.system_id = 3 AND p.system_id = 3 AND p.metric_type = 'power'
UPDATE point_readings_agg_5m AS a SET avg = NULL FROM point_info AS p
WHERE a.point_id = p.id AND a.system_id = 3 AND p.metric_type = 'power';

-- A third table without any tie of its own to the points.
-- wrong: error partial-key system_id
-- as written 21, key-safe 12
-- means: UPDATE point_readings_agg_5m AS a SET avg = NULL FROM point_info AS p, sessions AS s
--   WHERE a.point_id = p.id AND a.system_id = p.system_id AND s.system_id = a.system_id AND s.successful = 0 AND p.metric_type = 'energy'
UPDATE point_readings_agg_5m AS a SET avg = NULL FROM point_info AS p, sessions AS s
WHERE a.point_id = p.id AND s.system_id = a.system_id AND s.successful = 0 AND p.metric_type = 'energy';

-- dialect: postgresql
-- wrong: error partial-key system_id
DELETE FROM point_readings_agg_5m a USING point_info p WHERE a.point_id = p.id AND p.metric_type = 'energy';

-- dialect: postgresql
-- right
DELETE FROM point_readings_agg_5m a USING point_info p WHERE a.point_id = p.id AND a.system_id = p.system_id AND p.metric_type = 'energy';

-- dialect: postgresql
-- wrong: error partial-key system_id
DELETE FROM point_readings AS r USING point_readings_agg_5m AS a JOIN point_info AS p ON p.id = a.point_id AND p.system_id = a.system_id
WHERE r.point_id = p.id AND p.active = 0;

-- dialect: postgresql
-- right
DELETE FROM point_readings AS r USING systems AS s JOIN point_info AS p ON p.system_id = s.id
WHERE r.point_id = p.id AND r.system_id = s.id AND p.active = 0;

-- wrong: error partial-key system_id
-- as written 10, key-safe 5
-- means: INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, sample_count)
--   SELECT a.system_id, a.point_id, '2025-11-11', avg(a.avg), sum(a.sample_count) FROM point_readings_agg_5m a
--   JOIN point_info p ON p.id = a.point_id AND p.system_id = a.system_id WHERE p.metric_type = 'power' GROUP BY a.system_id, a.point_id
INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, sample_count)
SELECT a.system_id, a.point_id, '2025-11-11', avg(a.avg), sum(a.sample_count)
FROM point_readings_agg_5m a JOIN point_info p ON p.id = a.point_id
WHERE p.metric_type = 'power' GROUP BY a.system_id, a.point_id;

-- right
INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, sample_count)
SELECT a.system_id, a.point_id, '2025-11-11', avg(a.avg), sum(a.sample_count)
FROM point_readings_agg_5m a JOIN point_info p ON p.id = a.point_id AND p.system_id = a.system_id
WHERE p.metric_type = 'power' GROUP BY a.system_id, a.point_id;

-- right
INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, sample_count)
SELECT a.system_id, a.point_id, '2025-11-11', avg(a.avg), sum(a.sample_count)
FROM point_readings_agg_5m a GROUP BY a.system_id, a.point_id;

-- The ids of every system under the number of one.
-- wrong: error partial-key system_id
-- as written 4, key-safe 2
-- means: INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count)
--   SELECT 6, p.id, '2025-11-12', 0 FROM point_info p WHERE p.metric_type = 'energy' AND p.system_id = 6
INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count)
SELECT DISTINCT 6, p.id, '2025-11-12', 0 FROM point_info p WHERE p.metric_type = 'energy';

-- right
INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count)
SELECT 6, p.id, '2025-11-12', 0 FROM point_info p WHERE p.metric_type = 'power' AND p.system_id = 6;

-- wrong: note partial-key system_id
-- as written 27, key-safe 11
-- means: SELECT a.system_id, p.display_name, sum(a.sample_count) FROM point_readings_agg_5m a JOIN point_info p ON a.point_id = p.id AND a.system_id = p.system_id GROUP BY a.system_id, p.display_name
SELECT a.system_id, p.display_name, sum(a.sample_count)
FROM point_readings_agg_5m a JOIN point_info p ON a.point_id = p.id GROUP BY a.system_id, p.display_name;

-- wrong: note partial-key system_id
-- as written 1, key-safe 1
-- means: SELECT count(*) FROM point_readings_agg_5m JOIN point_readings_agg_1d USING (system_id, point_id)
SELECT count(*) FROM point_readings_agg_5m JOIN point_readings_agg_1d USING (point_id);

-- right
SELECT count(*) FROM point_readings_agg_5m JOIN point_readings_agg_1d USING (system_id, point_id);

-- wrong: note partial-key system_id
-- as written 2, key-safe 3
-- means: SELECT a.system_id, count(*) FROM point_readings_agg_5m a LEFT JOIN point_info p ON p.id = a.point_id AND p.system_id = a.system_id AND p.metric_type = 'energy' WHERE p.id IS NULL GROUP BY a.system_id
SELECT a.system_id, count(*) FROM point_readings_agg_5m a
LEFT JOIN point_info p ON p.id = a.point_id AND p.metric_type = 'energy' WHERE p.id IS NULL GROUP BY a.system_id;

-- right
SELECT r.id, s.cause FROM point_readings r JOIN sessions s ON s.id = r.session_id ORDER BY r.id;

-- right
SELECT p.display_name, s.display_name FROM point_info p JOIN systems s ON s.id = p.system_id ORDER BY 1, 2;

-- right
SELECT s.id, max(r.value) FROM systems s JOIN point_readings r ON r.system_id = s.id GROUP BY s.id;

-- dialect: sqlite
-- right
INSERT INTO point_readings_agg_5m (system_id, point_id, interval_end, avg, sample_count)
SELECT system_id, point_id, measurement_time + 900000, value, 1 FROM point_readings NATURAL JOIN point_readings_agg_1d WHERE day = '2025-11-10';

-- wrong: note partial-key system_id
-- as written 27, key-safe 11
-- means: SELECT a.system_id, a.point_id, p.display_name FROM point_readings_agg_5m a, point_info p WHERE a.point_id = p.id AND p.system_id = a.system_id AND a.interval_end = 300000 ORDER BY 1, 2, 3
SELECT a.system_id, a.point_id, p.display_name FROM point_readings_agg_5m a, point_info p
WHERE a.point_id = p.id AND a.interval_end = 300000 ORDER BY 1, 2, 3;
