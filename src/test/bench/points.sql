-- The migration plan's own statement ("Performance test query") with its dots filled in: all systems, one transaction.
-- A bare product, as it stands there: cheaper than round(), so the stricter yardstick.
INSERT INTO point_readings (system_id, point_id, measurement_time, received_time, value, value_str, data_quality)
SELECT
  r.system_id,
  pi.id AS point_id,
  r.inverter_time * 1000,
  r.received_time * 1000,
  CASE pi.origin_sub_id
    WHEN 'solar_w' THEN r.solar_w
    WHEN 'solarinverter_w' THEN r.solar_inverter_w
    WHEN 'shunt_w' THEN r.shunt_w
    WHEN 'load_w' THEN r.load_w
    WHEN 'battery_w' THEN r.battery_w
    WHEN 'grid_w' THEN r.grid_w
    WHEN 'battery_soc' THEN r.battery_soc
    WHEN 'fault_ts' THEN r.fault_timestamp
    WHEN 'gen_status' THEN r.generator_status
    WHEN 'solar_wh_total' THEN r.solar_kwh_total * 1000
    WHEN 'load_wh_total' THEN r.load_kwh_total * 1000
    WHEN 'battery_in_wh_total' THEN r.battery_in_kwh_total * 1000
    WHEN 'battery_out_wh_total' THEN r.battery_out_kwh_total * 1000
    WHEN 'grid_in_wh_total' THEN r.grid_in_kwh_total * 1000
    WHEN 'grid_out_wh_total' THEN r.grid_out_kwh_total * 1000
    WHEN 'solarW' THEN r.solar_w
    WHEN 'solarRemoteW' THEN r.solar_inverter_w
    WHEN 'solarLocalW' THEN r.shunt_w
    WHEN 'loadW' THEN r.load_w
    WHEN 'batteryW' THEN r.battery_w
    WHEN 'gridW' THEN r.grid_w
    WHEN 'batterySOC' THEN r.battery_soc
    WHEN 'faultTimestamp' THEN r.fault_timestamp
    WHEN 'generatorStatus' THEN r.generator_status
  END AS value,
  CASE pi.origin_sub_id WHEN 'fault_code' THEN r.fault_code WHEN 'faultCode' THEN r.fault_code END AS value_str,
  'good'
FROM readings r
CROSS JOIN point_info pi ON pi.system_id = r.system_id
WHERE pi.origin_sub_id IN (
  'solar_w', 'solarinverter_w', 'shunt_w', 'load_w', 'battery_w', 'grid_w', 'battery_soc', 'fault_code', 'fault_ts',
  'gen_status', 'solar_wh_total', 'load_wh_total', 'battery_in_wh_total', 'battery_out_wh_total', 'grid_in_wh_total',
  'grid_out_wh_total', 'solarW', 'solarRemoteW', 'solarLocalW', 'loadW', 'batteryW', 'gridW', 'batterySOC', 'faultCode',
  'faultTimestamp', 'generatorStatus')
ON CONFLICT (system_id, point_id, measurement_time) DO NOTHING;
