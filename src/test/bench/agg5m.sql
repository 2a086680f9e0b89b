-- The aggregates' migration in the form of points.sql.
INSERT INTO point_readings_agg_5m (
  system_id, point_id, interval_end, avg, min, max, last, sample_count, error_count, created_at, updated_at)
SELECT
  r.system_id,
  pi.id AS point_id,
  r.interval_end * 1000,
  CASE pi.origin_sub_id
    WHEN 'solar_w' THEN r.solar_w_avg
    WHEN 'load_w' THEN r.load_w_avg
    WHEN 'battery_w' THEN r.battery_w_avg
    WHEN 'grid_w' THEN r.grid_w_avg
    WHEN 'solar_interval_wh' THEN r.solar_interval_wh
    WHEN 'solarW' THEN r.solar_w_avg
    WHEN 'loadW' THEN r.load_w_avg
    WHEN 'batteryW' THEN r.battery_w_avg
    WHEN 'gridW' THEN r.grid_w_avg
  END AS avg,
  CASE pi.origin_sub_id
    WHEN 'solar_w' THEN r.solar_w_min
    WHEN 'load_w' THEN r.load_w_min
    WHEN 'battery_w' THEN r.battery_w_min
    WHEN 'grid_w' THEN r.grid_w_min
    WHEN 'solarW' THEN r.solar_w_min
    WHEN 'loadW' THEN r.load_w_min
    WHEN 'batteryW' THEN r.battery_w_min
    WHEN 'gridW' THEN r.grid_w_min
  END AS min,
  CASE pi.origin_sub_id
    WHEN 'solar_w' THEN r.solar_w_max
    WHEN 'load_w' THEN r.load_w_max
    WHEN 'battery_w' THEN r.battery_w_max
    WHEN 'grid_w' THEN r.grid_w_max
    WHEN 'solarW' THEN r.solar_w_max
    WHEN 'loadW' THEN r.load_w_max
    WHEN 'batteryW' THEN r.battery_w_max
    WHEN 'gridW' THEN r.grid_w_max
  END AS max,
  CASE pi.origin_sub_id
    WHEN 'battery_soc' THEN r.battery_soc_last
    WHEN 'solar_wh_total' THEN r.solar_kwh_total_last * 1000
    WHEN 'load_wh_total' THEN r.load_kwh_total_last * 1000
    WHEN 'battery_in_wh_total' THEN r.battery_in_kwh_total_last * 1000
    WHEN 'battery_out_wh_total' THEN r.battery_out_kwh_total_last * 1000
    WHEN 'grid_in_wh_total' THEN r.grid_in_kwh_total_last * 1000
    WHEN 'grid_out_wh_total' THEN r.grid_out_kwh_total_last * 1000
    WHEN 'batterySOC' THEN r.battery_soc_last
  END AS last,
  coalesce(r.sample_count, 0),
  0,
  coalesce(r.created_at, r.interval_end) * 1000,
  coalesce(r.created_at, r.interval_end) * 1000
FROM readings_agg_5m r
CROSS JOIN point_info pi ON pi.system_id = r.system_id
WHERE pi.origin_sub_id IN (
  'solar_w', 'load_w', 'battery_w', 'grid_w', 'battery_soc', 'solar_wh_total', 'load_wh_total', 'battery_in_wh_total',
  'battery_out_wh_total', 'grid_in_wh_total', 'grid_out_wh_total', 'solar_interval_wh', 'solarW', 'loadW', 'batteryW',
  'gridW', 'batterySOC')
ON CONFLICT (system_id, point_id, interval_end) DO NOTHING;
