-- Subqueries on the target itself that hand back only part of its key, and others that name whole rows.

-- wrong: error partial-key system_id
-- as written 9, key-safe 4
-- means: DELETE FROM point_readings_agg_5m WHERE (system_id, point_id, interval_end) IN
--   (SELECT system_id, point_id, interval_end FROM point_readings_agg_5m WHERE system_id = 6 AND sample_count > 6)
DELETE FROM point_readings_agg_5m
WHERE (point_id, interval_end) IN (SELECT point_id, interval_end FROM point_readings_agg_5m WHERE system_id = 6 AND sample_count > 6);

-- right
DELETE FROM point_readings_agg_5m
WHERE (system_id, point_id, interval_end) IN
  (SELECT system_id, point_id, interval_end FROM point_readings_agg_5m WHERE system_id = 6 AND sample_count > 6);

-- wrong: error partial-key system_id
-- as written 3, key-safe 1
-- means: UPDATE point_info SET active = 0 WHERE (system_id, id) IN (SELECT system_id, id FROM point_info WHERE transform = 'd')
UPDATE point_info SET active = 0 WHERE id IN (SELECT id FROM point_info WHERE transform = 'd');

-- right
UPDATE point_info SET active = 0 WHERE (system_id, id) IN (SELECT system_id, id FROM point_info WHERE transform = 'd');

-- wrong: error partial-key system_id
-- as written 22, key-safe 22
-- means: UPDATE point_readings_agg_5m AS a SET delta = a.last - (SELECT b.last FROM point_readings_agg_5m AS b
--   WHERE b.system_id = a.system_id AND b.point_id = a.point_id AND b.interval_end = a.interval_end - 300000) WHERE a.interval_end > 300000
UPDATE point_readings_agg_5m AS a
SET delta = a.last - (SELECT b.last FROM point_readings_agg_5m AS b WHERE b.point_id = a.point_id AND b.interval_end = a.interval_end - 300000 LIMIT 1)
WHERE a.interval_end > 300000 AND a.system_id > 0;

-- right
UPDATE point_readings_agg_5m AS a
SET delta = a.last - (SELECT b.last FROM point_readings_agg_5m AS b
  WHERE b.system_id = a.system_id AND b.point_id = a.point_id AND b.interval_end = a.interval_end - 300000)
WHERE a.interval_end > 300000;

-- Of each point's readings, all but the newest: the group is a whole point.
-- right
DELETE FROM point_readings
WHERE measurement_time < (SELECT max(r.measurement_time) FROM point_readings r
  WHERE r.system_id = point_readings.system_id AND r.point_id = point_readings.point_id);

-- Here it is one point of some system.
-- wrong: error partial-key system_id
-- as written 10, key-safe 0
-- means: DELETE FROM point_readings_agg_1d WHERE avg < (SELECT max(r.avg) FROM point_readings_agg_1d r
--   WHERE r.system_id = point_readings_agg_1d.system_id AND r.point_id = point_readings_agg_1d.point_id)
DELETE FROM point_readings_agg_1d
WHERE avg < (SELECT max(r.avg) FROM point_readings_agg_1d r WHERE r.point_id = point_readings_agg_1d.point_id);

-- point_readings.id names a row by itself.
-- right
DELETE FROM point_readings WHERE id IN (SELECT id FROM point_readings WHERE value > 20);

-- right
DELETE FROM point_readings WHERE id NOT IN (SELECT max(id) FROM point_readings GROUP BY system_id, point_id);

-- The newest of each point number, whatever the system: loses the others' newest.
-- wrong: error partial-key system_id
-- as written 13, key-safe 11
-- means: DELETE FROM point_readings WHERE (system_id, point_id, measurement_time) NOT IN
--   (SELECT system_id, point_id, max(measurement_time) FROM point_readings GROUP BY system_id, point_id)
DELETE FROM point_readings
WHERE (point_id, measurement_time) NOT IN (SELECT point_id, max(measurement_time) FROM point_readings WHERE system_id = 6 GROUP BY point_id);

-- dialect: sqlite
-- right
DELETE FROM point_readings_agg_5m WHERE rowid IN (SELECT rowid FROM point_readings_agg_5m WHERE sample_count > 6);

-- dialect: sqlite
-- right
DELETE FROM point_readings_agg_5m WHERE rowid NOT IN (SELECT min(rowid) FROM point_readings_agg_5m GROUP BY system_id, point_id);

-- A whole key through another unique index.
-- right
UPDATE point_info SET display_name = 'Sun' WHERE (system_id, alias) IN (SELECT system_id, alias FROM point_info WHERE subsystem = 'solar' AND alias IS NOT NULL);

-- wrong: error partial-key system_id
-- as written 2, key-safe 1
-- means: UPDATE point_info SET display_name = 'Sun' WHERE (system_id, alias) IN (SELECT system_id, alias FROM point_info WHERE subsystem = 'battery' AND system_id = 1)
UPDATE point_info SET display_name = 'Sun' WHERE alias IN (SELECT alias FROM point_info WHERE subsystem = 'battery' AND system_id = 1);

-- Inside one system.
-- right
UPDATE point_info SET active = 0 WHERE system_id = 6 AND id IN (SELECT id FROM point_info WHERE system_id = 6 AND transform = 'd');

-- right
SELECT a.display_name, b.display_name FROM point_info a JOIN point_info b ON b.system_id = a.system_id AND b.id = a.id + 1 ORDER BY 1, 2;

-- A copy of one system's points for another.
-- right
INSERT INTO point_info (system_id, id, origin_id, display_name, metric_type)
SELECT 5, id, origin_id, display_name, metric_type FROM point_info WHERE system_id = 6;

-- wrong: error partial-key system_id
-- as written 3, key-safe 2
-- means: INSERT INTO point_info (system_id, id, origin_id, display_name, metric_type)
--   SELECT 5, id, origin_id, display_name, metric_type FROM point_info WHERE system_id = 3 AND metric_type = 'energy'
INSERT INTO point_info (system_id, id, origin_id, display_name, metric_type)
SELECT 5, id, origin_id, display_name, metric_type FROM point_info WHERE metric_type = 'energy' AND id <> 2;
