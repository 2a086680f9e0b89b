-- The same as the migration's document does it: chronologically, a row at a time, each in a block that catches its
-- errors, while the trigger refreshes the view behind every statement.
DO $$
DECLARE
  reading record;
BEGIN
  FOR reading IN SELECT * FROM readings_to_migrate ORDER BY date LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM token_events WHERE reading_id = reading.id) THEN
        INSERT INTO token_events (
          user_id, event_type, event_timestamp, reading_kwh, token_amount, token_cost, notes, is_voided, metadata,
          created_at)
        VALUES (
          reading.user_id,
          CASE WHEN reading.token_amount > 0 THEN 'TOKEN_PURCHASE' ELSE 'METER_READING' END,
          reading.date,
          reading.reading_kwh,
          coalesce(reading.token_amount, 0),
          reading.token_cost,
          reading.notes,
          reading.duplicate_kind IS NOT DISTINCT FROM 'COPY',
          jsonb_strip_nulls(jsonb_build_object('migrated_from', 'electricity_readings', 'original_id', reading.id,
            'duplicate', reading.duplicate_kind, 'duplicate_of', reading.of_reading_id)),
          reading.created_at);
      END IF;
    EXCEPTION WHEN OTHERS THEN
      RAISE EXCEPTION 'reading %: %', reading.id, SQLERRM;
    END;
  END LOOP;
END
$$
