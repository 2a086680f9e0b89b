-- Phase 2, first script: readings that stand there more than once. None is left out of the migration: a copy
-- becomes a voided event, so that nothing is lost and nothing is counted twice; readings of one moment that
-- disagree can't be decided by a machine, so each becomes an event and says with which it disagrees.

CREATE TABLE reading_duplicates (
  reading_id uuid PRIMARY KEY REFERENCES electricity_readings (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('COPY', 'DISAGREES')),
  of_reading_id uuid NOT NULL
);

INSERT INTO reading_duplicates (reading_id, kind, of_reading_id)
SELECT id, CASE WHEN id <> first_equal THEN 'COPY' ELSE 'DISAGREES' END,
  CASE WHEN id <> first_equal THEN first_equal ELSE first_then END
FROM (
  SELECT
    r.id,
    first_value(r.id) OVER (
      PARTITION BY r.user_id, r.date, r.reading_kwh, coalesce(r.token_amount, 0), r.token_cost
      ORDER BY (e.reading_id IS NULL), r.created_at, r.id) AS first_equal,
    first_value(r.id) OVER (
      PARTITION BY r.user_id, r.date ORDER BY (e.reading_id IS NULL), r.created_at, r.id) AS first_then
  FROM electricity_readings r
  LEFT JOIN token_events e ON e.reading_id = r.id
) AS beside
WHERE id <> first_then;

CREATE VIEW readings_to_migrate AS
SELECT r.*, d.kind AS duplicate_kind, d.of_reading_id
FROM electricity_readings r
LEFT JOIN reading_duplicates d ON d.reading_id = r.id;
