-- What happened between 4:45 in the morning and the evening: migration 0035 as it ran, then the
-- application for fifteen hours. %d is how many intervals of five minutes it wrote.
-- Each statement ends with a semicolon at the end of a line.

UPDATE point_readings_agg_5m
SET
  delta = avg * sample_count,
  avg = NULL,
  min = NULL,
  max = NULL
WHERE point_id IN (
  SELECT id FROM point_info
  WHERE metric_type = 'energy' AND (transform IS NULL OR transform != 'd')
);

-- New rows. A power is a value, an energy a delta; the values follow the last ones before the night.
INSERT INTO point_readings_agg_5m (system_id, point_id, interval_end, avg, min, max, last, delta, value_str, sample_count, error_count, data_quality, created_at, updated_at)
WITH RECURSIVE
  later(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM later WHERE i < %d),
  newest AS (
    SELECT r.*, max(r.interval_end) AS newest_end, p.metric_type = 'power' AS power,
      p.metric_type = 'energy' AND coalesce(p.transform, '') <> 'd' AS energy,
      coalesce(r.avg, r.delta / r.sample_count) AS value
    FROM point_readings_agg_5m AS r
    JOIN point_info AS p ON p.system_id = r.system_id AND p.id = r.point_id
    GROUP BY r.system_id, r.point_id
  )
SELECT system_id, point_id, 1762800000000 + i * 300000,
  CASE WHEN energy THEN NULL ELSE round(value + i * 37 %% 101, 1) END,
  CASE WHEN power THEN round(value + i * 37 %% 101 - 4, 1) END,
  CASE WHEN power THEN round(value + i * 37 %% 101 + 5, 1) END,
  CASE WHEN power AND last IS NOT NULL THEN round(value + i * 37 %% 101, 1) ELSE last + i END,
  CASE WHEN energy THEN round(value * sample_count + i %% 7, 3) END,
  value_str, sample_count, 0, data_quality, 1762800003000 + i * 300000, 1762800003000 + i * 300000
FROM newest, later
ORDER BY i, system_id, point_id;

-- Late samples came in for the last interval before the night: the application aggregated it again.
UPDATE point_readings_agg_5m
SET
  avg = round(delta / sample_count + 1, 1),
  min = round(delta / sample_count - 3, 1),
  max = round(delta / sample_count + 5, 1),
  delta = NULL,
  sample_count = sample_count + 1,
  updated_at = 1762801500000
WHERE system_id = 6 AND interval_end = 1762800000000 AND avg IS NULL AND delta IS NOT NULL
  AND point_id IN (SELECT id FROM point_info WHERE system_id = 6 AND metric_type = 'power');
