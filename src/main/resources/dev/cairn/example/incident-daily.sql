-- The daily aggregates of points up to and with 10 November, as the nightly job left them before
-- migration 0035: a day is local (UTC+10) and holds the intervals that end after its midnight, up to
-- and with the next one.
-- Each statement ends with a semicolon at the end of a line.

INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, min, max, last, delta, sample_count, error_count, created_at, updated_at)
SELECT system_id, point_id, day, round(avg(avg), 3), min(min), max(max), max(day_last), round(sum(delta), 3),
  sum(sample_count), sum(error_count), (day_end + 300) * 1000, (day_end + 300) * 1000
FROM (
  SELECT *, date(interval_end / 1000 + 35999, 'unixepoch') AS day,
    (interval_end / 1000 + 35999) / 86400 * 86400 + 50400 AS day_end,
    first_value(last) OVER (PARTITION BY system_id, point_id, (interval_end / 1000 + 35999) / 86400 ORDER BY interval_end DESC) AS day_last
  FROM point_readings_agg_5m
)
WHERE day < '2025-11-11'
GROUP BY system_id, point_id, day, day_end
ORDER BY system_id, point_id, day;
