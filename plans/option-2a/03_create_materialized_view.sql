-- Phase 1, third script: the readings as the application knows them, from the events. The arithmetic is that of
-- calculate_user_positions, which runs with the rights of whoever asks and so can't stand in here; the plan compares the two.

CREATE MATERIALIZED VIEW electricity_readings_mv AS
WITH since_reading AS (
  SELECT e.*, count(e.reading_kwh) OVER in_time AS reading_number
  FROM token_events e
  WHERE NOT e.is_voided
  WINDOW in_time AS (PARTITION BY e.user_id ORDER BY e.event_timestamp, e.created_at, e.id)
), positions AS (
  SELECT
    s.*,
    CASE WHEN s.reading_number > 0 THEN
      first_value(s.reading_kwh) OVER since
        + sum(CASE WHEN s.reading_kwh IS NULL THEN s.token_amount ELSE 0 END) OVER since
    END AS position_kwh
  FROM since_reading s
  WINDOW since AS (
    PARTITION BY s.user_id, s.reading_number ORDER BY s.event_timestamp, s.created_at, s.id)
)
SELECT
  coalesce(p.reading_id, p.id) AS id,
  p.id AS event_id,
  p.user_id,
  p.event_timestamp AS date,
  p.position_kwh AS reading_kwh,
  p.token_amount,
  p.token_cost,
  p.notes,
  p.event_type,
  lag(p.position_kwh) OVER (
    PARTITION BY p.user_id ORDER BY p.event_timestamp, p.created_at, p.id) + p.token_amount - p.position_kwh
    AS consumption_kwh,
  p.created_at
FROM positions p;

-- Unique, or it could not be refreshed CONCURRENTLY.
CREATE UNIQUE INDEX electricity_readings_mv_event ON electricity_readings_mv (event_id);
CREATE INDEX electricity_readings_mv_user_date ON electricity_readings_mv (user_id, date DESC);

CREATE VIEW electricity_readings_v AS SELECT * FROM electricity_readings_mv;

-- Once for each statement that writes events. A migration of many statements has it suspended and refreshes once.
CREATE FUNCTION refresh_readings_mv() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  REFRESH MATERIALIZED VIEW electricity_readings_mv;
  RETURN NULL;
END
$$;
CREATE TRIGGER token_events_refresh AFTER INSERT OR UPDATE OR DELETE ON token_events
  FOR EACH STATEMENT EXECUTE FUNCTION refresh_readings_mv();
