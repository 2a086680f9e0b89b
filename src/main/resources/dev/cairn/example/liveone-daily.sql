-- The daily summaries, made from the 5-minute ones as the nightly job makes them: a day is local
-- (UTC+10) and holds the intervals that end after its midnight, up to and with the next one.
-- Each statement ends with a semicolon at the end of a line.

INSERT INTO readings_agg_1d (system_id, day, solar_kwh, load_kwh, battery_charge_kwh, battery_discharge_kwh, grid_import_kwh, grid_export_kwh, solar_w_min, solar_w_avg, solar_w_max, load_w_min, load_w_avg, load_w_max, battery_w_min, battery_w_avg, battery_w_max, grid_w_min, grid_w_avg, grid_w_max, battery_soc_min, battery_soc_avg, battery_soc_max, battery_soc_end, solar_alltime_kwh, load_alltime_kwh, battery_charge_alltime_kwh, battery_discharge_alltime_kwh, grid_import_alltime_kwh, grid_export_alltime_kwh, interval_count, sample_count, version, created_at, updated_at)
SELECT CAST(system_id AS TEXT), day,
  round(coalesce(max(solar_kwh_total_last) - min(solar_kwh_total_last), sum(solar_interval_wh) / 1000.0), 3),
  round(max(load_kwh_total_last) - min(load_kwh_total_last), 3),
  round(max(battery_in_kwh_total_last) - min(battery_in_kwh_total_last), 3),
  round(max(battery_out_kwh_total_last) - min(battery_out_kwh_total_last), 3),
  round(max(grid_in_kwh_total_last) - min(grid_in_kwh_total_last), 3),
  round(max(grid_out_kwh_total_last) - min(grid_out_kwh_total_last), 3),
  min(solar_w_min), sum(solar_w_avg) / count(solar_w_avg), max(solar_w_max),
  min(load_w_min), sum(load_w_avg) / count(load_w_avg), max(load_w_max),
  min(battery_w_min), sum(battery_w_avg) / count(battery_w_avg), max(battery_w_max),
  min(grid_w_min), sum(grid_w_avg) / count(grid_w_avg), max(grid_w_max),
  min(battery_soc_last), round(avg(battery_soc_last), 1), max(battery_soc_last), max(soc_end),
  max(solar_kwh_total_last), max(load_kwh_total_last), max(battery_in_kwh_total_last),
  max(battery_out_kwh_total_last), max(grid_in_kwh_total_last), max(grid_out_kwh_total_last),
  count(*), coalesce(sum(sample_count), 0), 1, day_end + 300, day_end + 300
FROM (
  SELECT *, date(interval_end + 35999, 'unixepoch') AS day,
    (interval_end + 35999) / 86400 * 86400 + 50400 AS day_end,
    first_value(battery_soc_last) OVER (PARTITION BY system_id, (interval_end + 35999) / 86400 ORDER BY interval_end DESC) AS soc_end
  FROM readings_agg_5m
)
WHERE day < '2025-11-06'
GROUP BY system_id, day, day_end
ORDER BY day, system_id;

INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, min, max, last, delta, sample_count, error_count, created_at, updated_at)
SELECT system_id, point_id, day, round(avg(avg), 3), min(min), max(max), max(day_last), round(sum(delta), 3),
  sum(sample_count), sum(error_count), (day_end + 300) * 1000, (day_end + 300) * 1000
FROM (
  SELECT *, date(interval_end / 1000 + 35999, 'unixepoch') AS day,
    (interval_end / 1000 + 35999) / 86400 * 86400 + 50400 AS day_end,
    first_value(last) OVER (PARTITION BY system_id, point_id, (interval_end / 1000 + 35999) / 86400 ORDER BY interval_end DESC) AS day_last
  FROM point_readings_agg_5m
  WHERE system_id = 6
)
WHERE day < '2025-11-06'
GROUP BY system_id, point_id, day, day_end
ORDER BY system_id, point_id, day;
