-- Option 2A's data migration as one statement over all readings, with the same duplicates and metadata as the plan's.
INSERT INTO token_events (
  user_id, event_type, event_timestamp, reading_kwh, token_amount, token_cost, notes, is_voided, metadata, created_at)
SELECT
  user_id,
  CASE WHEN token_amount > 0 THEN 'TOKEN_PURCHASE' ELSE 'METER_READING' END,
  date,
  reading_kwh,
  coalesce(token_amount, 0),
  token_cost,
  notes,
  duplicate_kind IS NOT DISTINCT FROM 'COPY',
  jsonb_strip_nulls(jsonb_build_object('migrated_from', 'electricity_readings', 'original_id', id,
    'duplicate', duplicate_kind, 'duplicate_of', of_reading_id)),
  created_at
FROM readings_to_migrate
ORDER BY date
ON CONFLICT (reading_id) DO NOTHING
