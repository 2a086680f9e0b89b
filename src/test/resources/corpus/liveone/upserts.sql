-- INSERT … ON CONFLICT DO UPDATE with subqueries and joins, and its conflict targets.

-- wrong: error partial-key system_id
-- as written 1, key-safe 1
-- means: INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, sample_count) VALUES (6, 1, '2025-11-10', 1.0, 288)
--   ON CONFLICT (system_id, point_id, day) DO UPDATE SET avg = (SELECT avg(a.avg) FROM point_readings_agg_5m a
--   WHERE a.system_id = excluded.system_id AND a.point_id = excluded.point_id)
INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, sample_count) VALUES (6, 1, '2025-11-10', 1.0, 288)
ON CONFLICT (system_id, point_id, day) DO UPDATE SET avg = (SELECT avg(a.avg) FROM point_readings_agg_5m a WHERE a.point_id = excluded.point_id);

-- right
INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, sample_count) VALUES (6, 1, '2025-11-10', 1.0, 288)
ON CONFLICT (system_id, point_id, day) DO UPDATE SET avg = (SELECT avg(a.avg) FROM point_readings_agg_5m a
  WHERE a.system_id = excluded.system_id AND a.point_id = excluded.point_id);

-- right
INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, sample_count) VALUES (6, 1, '2025-11-10', 1.0, 288)
ON CONFLICT (system_id, point_id, day) DO UPDATE SET avg = excluded.avg, sample_count = excluded.sample_count;

-- right
INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count) VALUES (6, 1, '2025-11-10', 288)
ON CONFLICT (day, point_id, system_id) DO NOTHING;

-- wrong: error partial-key system_id
-- as written 4, key-safe 3
-- means: INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count)
--   SELECT a.system_id, a.point_id, '2025-11-10', sum(a.sample_count) FROM point_readings_agg_5m a JOIN point_info p ON p.id = a.point_id AND p.system_id = a.system_id
--   WHERE p.subsystem = 'grid' GROUP BY a.system_id, a.point_id
--   ON CONFLICT (system_id, point_id, day) DO UPDATE SET sample_count = excluded.sample_count
INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count)
SELECT a.system_id, a.point_id, '2025-11-10', sum(a.sample_count) FROM point_readings_agg_5m a JOIN point_info p ON p.id = a.point_id
WHERE p.subsystem = 'grid' GROUP BY a.system_id, a.point_id
ON CONFLICT (system_id, point_id, day) DO UPDATE SET sample_count = excluded.sample_count;

-- right
INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count)
SELECT a.system_id, a.point_id, '2025-11-10', sum(a.sample_count) FROM point_readings_agg_5m a JOIN point_info p ON p.id = a.point_id AND p.system_id = a.system_id
WHERE p.subsystem = 'grid' GROUP BY a.system_id, a.point_id
ON CONFLICT (system_id, point_id, day) DO UPDATE SET sample_count = excluded.sample_count;

-- wrong: error partial-key system_id
-- as written 1, key-safe 0
-- means: INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count) VALUES (6, 5, '2025-11-10', 7)
--   ON CONFLICT (system_id, point_id, day) DO UPDATE SET sample_count = 7 WHERE (excluded.system_id, excluded.point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy')
INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count) VALUES (6, 5, '2025-11-10', 7)
ON CONFLICT (system_id, point_id, day) DO UPDATE SET sample_count = 7
WHERE excluded.point_id IN (SELECT id FROM point_info WHERE metric_type = 'energy');

-- right
INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count) VALUES (6, 5, '2025-11-10', 7)
ON CONFLICT (system_id, point_id, day) DO UPDATE SET sample_count = 7
WHERE (excluded.system_id, excluded.point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'energy');

-- Neither engine accepts a target that no unique key has: the statement can only fail.
-- fails
-- wrong: error conflict-target
INSERT INTO point_readings_agg_1d (system_id, point_id, day, sample_count) VALUES (6, 5, '2025-11-10', 7)
ON CONFLICT (point_id, day) DO UPDATE SET sample_count = excluded.sample_count;

-- fails
-- wrong: error conflict-target
INSERT INTO point_info (system_id, id, origin_id, display_name, metric_type) VALUES (6, 9, 'm9', 'New', 'power')
ON CONFLICT (id) DO NOTHING;

-- fails
-- wrong: error conflict-target
INSERT INTO readings (id, system_id, inverter_time, received_time) VALUES (9, 1, 1000, 1001)
ON CONFLICT (system_id) DO UPDATE SET received_time = excluded.received_time;

-- right
INSERT INTO readings (id, system_id, inverter_time, received_time) VALUES (9, 1, 1000, 1009)
ON CONFLICT (system_id, inverter_time) DO UPDATE SET received_time = excluded.received_time;

-- right
INSERT INTO polling_status (id, system_id, consecutive_errors) VALUES (9, 6, 0)
ON CONFLICT (system_id) DO UPDATE SET consecutive_errors = 0;

-- right
INSERT INTO point_info (system_id, id, origin_id, display_name, metric_type, alias) VALUES (6, 9, 'm9', 'New', 'power', 'grid')
ON CONFLICT DO NOTHING;
