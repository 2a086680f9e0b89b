-- Phase 1, second script: where each meter stood behind each event, and what was used since the one before.
--
-- The meters are prepaid: what they show falls with use and rises with a token. A reading is therefore no amount to be
-- added up: it says where the meter stands, whatever was summed before it. A token that nobody read the meter
-- behind raises the last position by its amount. So
--
--   position    = the last reading at or before the event + the tokens bought since without a reading
--   consumption = position before + tokens of this event - position behind
--
-- A consumption below zero is no error of the arithmetic: somebody read wrongly, or an event is missing. It is shown, not hidden.
-- Before a user's first reading nothing is known, and the position is NULL.

CREATE FUNCTION calculate_user_positions(wanted_user uuid)
RETURNS TABLE (
  event_id uuid,
  reading_id uuid,
  event_type text,
  event_timestamp timestamptz,
  token_amount numeric,
  position_kwh numeric,
  consumption_kwh numeric
)
LANGUAGE sql STABLE AS $$
  WITH since_reading AS (
    SELECT e.*, count(e.reading_kwh) OVER in_time AS reading_number
    FROM token_events e
    WHERE e.user_id = wanted_user AND NOT e.is_voided
    WINDOW in_time AS (ORDER BY e.event_timestamp, e.created_at, e.id)
  ), positions AS (
    SELECT
      s.*,
      CASE WHEN s.reading_number > 0 THEN
        first_value(s.reading_kwh) OVER since
          + sum(CASE WHEN s.reading_kwh IS NULL THEN s.token_amount ELSE 0 END) OVER since
      END AS position_kwh
    FROM since_reading s
    WINDOW since AS (PARTITION BY s.reading_number ORDER BY s.event_timestamp, s.created_at, s.id)
  )
  SELECT
    p.id,
    p.reading_id,
    p.event_type,
    p.event_timestamp,
    p.token_amount,
    p.position_kwh,
    lag(p.position_kwh) OVER (ORDER BY p.event_timestamp, p.created_at, p.id) + p.token_amount - p.position_kwh
  FROM positions p
$$;
