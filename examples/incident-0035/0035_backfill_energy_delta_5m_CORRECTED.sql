-- What migration 0035 meant to do: every link goes over point_info's whole key (system_id, id).
UPDATE point_readings_agg_5m
SET
  delta = avg * sample_count,
  avg = NULL,
  min = NULL,
  max = NULL
WHERE (system_id, point_id) IN (
  SELECT system_id, id FROM point_info
  WHERE metric_type = 'energy' AND (transform IS NULL OR transform != 'd')
);
