-- The trigger before its function, which could not go otherwise.
DROP TRIGGER token_events_refresh ON token_events;
DROP FUNCTION refresh_readings_mv();
DROP VIEW electricity_readings_v;
DROP MATERIALIZED VIEW electricity_readings_mv;
