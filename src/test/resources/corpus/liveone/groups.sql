-- Links over the leading column alone, and questions that are asked of the group and nothing else; literals.

-- wrong: error partial-key point_id
-- as written 33, key-safe 15
-- means: UPDATE point_readings_agg_5m AS a SET value_str = p.display_name FROM point_info AS p WHERE p.system_id = a.system_id AND p.id = a.point_id AND p.metric_type = 'power'
UPDATE point_readings_agg_5m AS a SET value_str = p.display_name FROM point_info AS p WHERE p.system_id = a.system_id AND p.metric_type = 'power';

-- wrong: error partial-key point_id
-- as written 9, key-safe 9
-- means: INSERT INTO point_readings_agg_1d (system_id, point_id, day, delta, sample_count)
--   SELECT d.system_id, d.point_id, '2025-11-14', sum(a.sample_count), 1 FROM point_readings_agg_1d d JOIN point_readings_agg_5m a ON a.system_id = d.system_id AND a.point_id = d.point_id
--   WHERE d.day = '2025-11-10' GROUP BY d.system_id, d.point_id
INSERT INTO point_readings_agg_1d (system_id, point_id, day, delta, sample_count)
SELECT d.system_id, d.point_id, '2025-11-14', sum(a.sample_count), 1 FROM point_readings_agg_1d d JOIN point_readings_agg_5m a ON a.system_id = d.system_id
WHERE d.day = '2025-11-10' GROUP BY d.system_id, d.point_id;

-- wrong: note partial-key point_id
-- as written 56, key-safe 14
-- means: SELECT r.id, p.display_name FROM point_readings r JOIN point_info p ON p.system_id = r.system_id AND p.id = r.point_id WHERE r.value > 5 ORDER BY 1, 2
SELECT r.id, p.display_name FROM point_readings r JOIN point_info p ON p.system_id = r.system_id WHERE r.value > 5 ORDER BY 1, 2;

-- right
UPDATE point_readings SET data_quality = 'estimated' WHERE EXISTS (SELECT 1 FROM point_readings_agg_1d d WHERE d.system_id = point_readings.system_id);

-- right
DELETE FROM point_readings WHERE system_id NOT IN (SELECT system_id FROM point_readings_agg_1d);

-- right
UPDATE point_info SET active = 0 WHERE system_id IN (SELECT system_id FROM busy_systems WHERE points > 3);

-- right
UPDATE point_info SET active = 0 WHERE system_id IN (SELECT system_id FROM point_readings GROUP BY system_id HAVING count(*) < 7);

-- right
UPDATE point_info SET transform = 'i'
WHERE (SELECT count(*) FROM point_readings r WHERE r.system_id = point_info.system_id) > 6 AND metric_type = 'power';

-- right
SELECT d.system_id, d.point_id, d.sample_count * 1.0 / t.samples FROM point_readings_agg_1d d
JOIN (SELECT system_id, sum(sample_count) AS samples FROM point_readings_agg_1d GROUP BY system_id) AS t ON t.system_id = d.system_id ORDER BY 1, 2, 3;

-- right
SELECT p.display_name, b.points FROM point_info p JOIN busy_systems b ON b.system_id = p.system_id ORDER BY 1, 2;

-- A point's number without its system.
-- wrong: warning partial-key system_id
-- as written 4, key-safe 2
-- means: DELETE FROM point_readings_agg_1d WHERE system_id = 3 AND point_id = 5
DELETE FROM point_readings_agg_1d WHERE point_id = 5;

-- wrong: warning partial-key system_id
-- as written 2, key-safe 1
-- means: UPDATE point_info SET display_name = 'Grid' WHERE system_id = 6 AND id = 5
UPDATE point_info SET display_name = 'Grid' WHERE id = 5;

-- wrong: warning partial-key system_id
-- as written 5, key-safe 2
-- means: UPDATE point_info SET active = 0 WHERE system_id = 6 AND id IN (1, 5)
UPDATE point_info SET active = 0 WHERE id IN (1, 5);

-- wrong: warning partial-key system_id
-- as written 3, key-safe 1
-- means: UPDATE point_readings_agg_5m SET avg = 0 WHERE system_id = 6 AND point_id = 1 AND interval_end = 300000
UPDATE point_readings_agg_5m SET avg = 0 WHERE point_id = 1 AND interval_end = 300000;

-- wrong: note partial-key system_id
-- as written 3, key-safe 1
-- means: SELECT * FROM point_info WHERE system_id = 3 AND id = 2
SELECT * FROM point_info WHERE id = 2 ORDER BY system_id;

-- right
DELETE FROM point_readings_agg_1d WHERE system_id = 3 AND point_id = 5;

-- right
UPDATE point_info SET display_name = 'Grid' WHERE (system_id, id) = (6, 5);

-- right
UPDATE point_info SET active = 0 WHERE id IN (1, 5) AND system_id = 6;

-- right
UPDATE point_info SET active = 0 WHERE (system_id, id) IN (VALUES (6, 1), (3, 5));

-- right
UPDATE point_info SET active = 0 WHERE system_id = 2;

-- All of its rows are of one system.
-- right
UPDATE mondo_import SET value = 0 WHERE point_id = 5;

-- A number that names a row by itself.
-- right
UPDATE point_readings SET value = 0 WHERE id = 612;

-- right
UPDATE systems SET status = 'disabled' WHERE id = 5;

-- A time is no name of a row.
-- right
DELETE FROM point_readings_agg_5m WHERE interval_end < 600000;
