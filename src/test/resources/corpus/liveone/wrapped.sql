-- The same mistake behind CTEs, views, derived tables, UNION branches, casts and odd layout.

-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy')
WITH energy AS (SELECT id FROM point_info WHERE metric_type = 'energy')
UPDATE point_readings_agg_5m SET avg = NULL WHERE point_id IN (SELECT id FROM energy);

-- right
WITH energy AS (SELECT system_id, id FROM point_info WHERE metric_type = 'energy')
UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT system_id, id FROM energy);

-- wrong: error partial-key system_id
-- as written 21, key-safe 12
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy' AND active = 1)
WITH energy(s, p, on_off) AS (SELECT system_id, id, active FROM point_info WHERE metric_type = 'energy'),
     used AS (SELECT s, p AS q FROM energy WHERE on_off = 1)
UPDATE point_readings_agg_5m SET avg = NULL WHERE point_id IN (SELECT q FROM used);

-- right
WITH energy(s, p, on_off) AS (SELECT system_id, id, active FROM point_info WHERE metric_type = 'energy'),
     used AS (SELECT s, p AS q FROM energy WHERE on_off = 1)
UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT s, q FROM used);

-- wrong: error partial-key system_id
-- as written 20, key-safe 10
-- means: DELETE FROM point_readings WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'power')
WITH p AS (SELECT * FROM point_info WHERE metric_type = 'power')
DELETE FROM point_readings WHERE EXISTS (SELECT 1 FROM p WHERE p.id = point_readings.point_id);

-- right
WITH p AS (SELECT * FROM point_info WHERE metric_type = 'power')
DELETE FROM point_readings WHERE EXISTS (SELECT 1 FROM p WHERE p.id = point_readings.point_id AND p.system_id = point_readings.system_id);

-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT system_id, id FROM energy_points)
UPDATE point_readings_agg_5m SET avg = NULL WHERE point_id IN (SELECT id FROM energy_points);

-- right
UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT system_id, id FROM energy_points);

-- The view itself hands back only half of the key.
-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT system_id, id FROM energy_points)
UPDATE point_readings_agg_5m SET avg = NULL WHERE point_id IN (SELECT point_id FROM energy_point_ids);

-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m AS a SET value_str = e.display_name FROM energy_points AS e WHERE e.id = a.point_id AND e.system_id = a.system_id
UPDATE point_readings_agg_5m AS a SET value_str = e.display_name FROM energy_points AS e WHERE e.id = a.point_id;

-- right
UPDATE point_readings_agg_5m AS a SET value_str = e.display_name FROM energy_points AS e WHERE e.id = a.point_id AND e.system_id = a.system_id;

-- wrong: error partial-key system_id
-- as written 14, key-safe 6
-- means: DELETE FROM point_readings_agg_1d WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE subsystem = 'battery')
DELETE FROM point_readings_agg_1d
WHERE point_id IN (SELECT x.pid FROM (SELECT p.id AS pid, p.subsystem AS sub FROM point_info p) AS x WHERE x.sub = 'battery');

-- right
DELETE FROM point_readings_agg_1d
WHERE (system_id, point_id) IN (SELECT x.sid, x.pid FROM (SELECT p.system_id AS sid, p.id AS pid, p.subsystem AS sub FROM point_info p) AS x WHERE x.sub = 'battery');

-- wrong: error partial-key system_id
-- as written 10, key-safe 4
-- means: DELETE FROM point_readings WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'soc' UNION SELECT system_id, id FROM point_info WHERE transform = 'd')
DELETE FROM point_readings
WHERE point_id IN (SELECT id FROM point_info WHERE metric_type = 'soc' UNION SELECT id FROM point_info WHERE transform = 'd');

-- right
DELETE FROM point_readings
WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'soc' UNION ALL SELECT system_id, id FROM point_info WHERE transform = 'd');

-- One branch names a whole point, the other doesn't.
-- wrong: error partial-key
-- as written 8, key-safe 6
-- means: DELETE FROM point_readings WHERE id IN (SELECT r.id FROM point_readings r WHERE r.value > 30
--   UNION SELECT r.id FROM point_readings r JOIN point_info p ON p.id = r.point_id AND p.system_id = r.system_id WHERE p.metric_type = 'soc')
DELETE FROM point_readings
WHERE id IN (SELECT r.id FROM point_readings r WHERE r.value > 30
             UNION SELECT r.id FROM point_readings r JOIN point_info p ON p.id = r.point_id WHERE p.metric_type = 'soc');

-- right
DELETE FROM point_readings
WHERE id IN (SELECT r.id FROM point_readings r WHERE r.value > 30
             UNION SELECT r.id FROM point_readings r JOIN point_info p ON p.id = r.point_id AND p.system_id = r.system_id WHERE p.metric_type = 'soc');

-- wrong: error partial-key system_id
-- as written 0, key-safe 3
-- means: DELETE FROM point_readings_agg_5m WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info EXCEPT SELECT system_id, id FROM point_info WHERE active = 1)
DELETE FROM point_readings_agg_5m WHERE point_id IN (SELECT id FROM point_info EXCEPT SELECT id FROM point_info WHERE active = 1);

-- wrong: error partial-key system_id
-- as written 5, key-safe 4
-- means: INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count)
--   SELECT a.system_id, a.point_id, '2025-11-13', 1 FROM point_readings_agg_5m a JOIN point_info p ON p.id = a.point_id AND p.system_id = a.system_id WHERE a.interval_end = 300000 AND p.subsystem = 'load'
--   UNION SELECT a.system_id, a.point_id, '2025-11-13', 1 FROM point_readings_agg_5m a JOIN point_info p ON p.id = a.point_id AND p.system_id = a.system_id WHERE a.interval_end = 300000 AND p.subsystem = 'grid'
INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count)
SELECT a.system_id, a.point_id, '2025-11-13', 1 FROM point_readings_agg_5m a JOIN point_info p ON p.id = a.point_id AND p.system_id = a.system_id WHERE a.interval_end = 300000 AND p.subsystem = 'load'
UNION
SELECT a.system_id, a.point_id, '2025-11-13', 1 FROM point_readings_agg_5m a JOIN point_info p ON p.id = a.point_id WHERE a.interval_end = 300000 AND p.subsystem = 'grid';

-- wrong: error partial-key system_id
-- as written 18, key-safe 10
-- means: UPDATE point_readings SET error = 'x' WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy')
UPDATE point_readings SET error = 'x' WHERE CAST(point_id AS TEXT) IN (SELECT CAST(id AS TEXT) FROM point_info WHERE metric_type = 'energy');

-- wrong: error partial-key system_id
-- as written 18, key-safe 10
-- means: UPDATE point_readings SET error = 'x' WHERE (system_id, point_id + 0) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy')
UPDATE point_readings SET error = 'x' WHERE point_id + 0 IN (SELECT id FROM point_info WHERE metric_type = 'energy');

-- wrong: error partial-key system_id
-- as written 18, key-safe 10
-- means: UPDATE point_readings SET error = 'x' FROM point_info p WHERE p.id * 10 = point_readings.point_id * 10 AND p.system_id = point_readings.system_id AND p.metric_type = 'energy'
UPDATE point_readings SET error = 'x' FROM point_info p WHERE p.id * 10 = point_readings.point_id * 10 AND p.metric_type = 'energy';

-- right
UPDATE point_readings SET error = 'x' FROM point_info p WHERE p.id * 10 = point_readings.point_id * 10 AND p.system_id = point_readings.system_id AND p.metric_type = 'energy';

-- right
UPDATE point_readings SET error = 'x'
WHERE (CAST(system_id AS TEXT), CAST(point_id AS TEXT)) IN (SELECT CAST(system_id AS TEXT), CAST(id AS TEXT) FROM point_info WHERE metric_type = 'energy');

-- dialect: postgresql
-- wrong: error partial-key system_id
UPDATE point_readings SET error = 'x' WHERE point_id::text IN (SELECT id::text FROM point_info WHERE metric_type = 'energy');

-- dialect: postgresql
-- right
UPDATE point_readings SET error = 'x' WHERE (system_id::text, point_id::text) IN (SELECT system_id::text, id::text FROM point_info WHERE metric_type = 'energy');

-- dialect: postgresql
-- wrong: error partial-key system_id
WITH gone AS (DELETE FROM point_readings_agg_1d WHERE point_id IN (SELECT id FROM point_info WHERE active = 0) RETURNING system_id, point_id)
SELECT count(*) FROM gone;

-- dialect: postgresql
-- right
WITH gone AS (DELETE FROM point_readings_agg_1d WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE active = 0) RETURNING system_id, point_id)
SELECT count(*) FROM gone;

-- dialect: postgresql
-- wrong: error partial-key system_id
EXPLAIN ANALYZE DELETE FROM point_readings_agg_1d WHERE point_id IN (SELECT id FROM point_info WHERE active = 0);

-- dialect: postgresql
-- wrong: error partial-key system_id
UPDATE point_readings_agg_5m AS a SET value_str = x.display_name
FROM LATERAL (SELECT p.display_name, p.id FROM point_info p WHERE p.metric_type = 'energy') AS x WHERE x.id = a.point_id;

-- dialect: postgresql
-- wrong: error partial-key system_id
MERGE INTO point_readings_agg_5m AS a USING point_info AS p ON p.id = a.point_id AND p.metric_type = 'soc'
WHEN MATCHED THEN UPDATE SET avg = NULL;

-- dialect: postgresql
-- right
MERGE INTO point_readings_agg_5m AS a USING point_info AS p ON p.id = a.point_id AND p.system_id = a.system_id AND p.metric_type = 'energy'
WHEN MATCHED THEN UPDATE SET avg = NULL;

-- Comments, case and quotes don't hide it.
-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy')
update "point_readings_agg_5m" /* the aggregates */ set avg = null -- of energy
where "point_id" in ( -- ids
  select /* only */ "id" from "point_info" where metric_type = 'energy' /* and (system_id, point_id) */);

-- dialect: sqlite
-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy')
UPDATE [point_readings_agg_5m] SET `avg` = NULL WHERE [point_id] IN (SELECT `id` FROM main.[point_info] WHERE metric_type = 'energy');

-- dialect: sqlite
-- wrong: error partial-key system_id
-- as written 27, key-safe 15
-- means: UPDATE point_readings_agg_5m SET avg = NULL WHERE (system_id, point_id) IN (SELECT system_id, id FROM energy_points)
UPDATE point_readings_agg_5m SET avg = NULL WHERE point_id IN energy_point_ids;

-- dialect: sqlite
-- wrong: error partial-key system_id
-- as written 9, key-safe 5
-- means: UPDATE OR IGNORE point_readings_agg_5m INDEXED BY pr5m_interval_end_idx SET avg = NULL WHERE interval_end = 600000 AND (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy')
UPDATE OR IGNORE point_readings_agg_5m INDEXED BY pr5m_interval_end_idx SET avg = NULL
WHERE interval_end = 600000 AND point_id IN (SELECT id FROM point_info WHERE metric_type = 'energy');

-- dialect: sqlite
-- right
UPDATE OR IGNORE point_readings_agg_5m INDEXED BY pr5m_interval_end_idx SET avg = NULL
WHERE interval_end = 600000 AND (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy');
