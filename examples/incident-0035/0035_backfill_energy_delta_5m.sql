-- Migration 0035 as it ran on 2025-11-11 at 4:45 in the morning.
-- Energy points get a delta; avg, min and max mean nothing for them.
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
