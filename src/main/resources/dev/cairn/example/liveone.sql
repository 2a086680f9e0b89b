-- The LiveOne schema, as its documentation states it: tables first, then the indexes, which are
-- made after the rows. Each statement ends with a semicolon at the end of a line.

CREATE TABLE systems (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_clerk_user_id TEXT,
  vendor_type TEXT NOT NULL,
  vendor_site_id TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'active',
  display_name TEXT NOT NULL,
  alias TEXT,
  model TEXT,
  serial TEXT,
  ratings TEXT,
  solar_size TEXT,
  battery_size TEXT,
  location TEXT,
  metadata TEXT,
  timezone_offset_min INTEGER NOT NULL,
  display_timezone TEXT NOT NULL,
  is_default INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER,
  updated_at INTEGER
);

CREATE TABLE polling_status (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  last_poll_time INTEGER,
  last_success_time INTEGER,
  last_error_time INTEGER,
  last_error TEXT,
  last_response TEXT,
  consecutive_errors INTEGER DEFAULT 0,
  total_polls INTEGER DEFAULT 0,
  successful_polls INTEGER DEFAULT 0,
  updated_at INTEGER
);

-- solar_inverter_w and shunt_w are not in the schema document; the migration plan maps them.
CREATE TABLE readings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  inverter_time INTEGER NOT NULL,
  received_time INTEGER NOT NULL,
  delay_seconds INTEGER,
  solar_w INTEGER,
  solar_local_w INTEGER,
  solar_remote_w INTEGER,
  load_w INTEGER,
  battery_w INTEGER,
  grid_w INTEGER,
  battery_soc REAL,
  fault_code TEXT,
  fault_timestamp INTEGER,
  generator_status INTEGER,
  sequence TEXT,
  solar_wh_interval INTEGER,
  load_wh_interval INTEGER,
  battery_in_wh_interval INTEGER,
  battery_out_wh_interval INTEGER,
  grid_in_wh_interval INTEGER,
  grid_out_wh_interval INTEGER,
  solar_kwh_total REAL,
  load_kwh_total REAL,
  battery_in_kwh_total REAL,
  battery_out_kwh_total REAL,
  grid_in_kwh_total REAL,
  grid_out_kwh_total REAL,
  created_at INTEGER,
  solar_inverter_w INTEGER,
  shunt_w INTEGER
);

CREATE TABLE readings_agg_5m (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  system_id INTEGER NOT NULL,
  interval_end INTEGER NOT NULL,
  solar_w_avg INTEGER,
  solar_w_min INTEGER,
  solar_w_max INTEGER,
  solar_interval_wh INTEGER,
  load_w_avg INTEGER,
  load_w_min INTEGER,
  load_w_max INTEGER,
  battery_w_avg INTEGER,
  battery_w_min INTEGER,
  battery_w_max INTEGER,
  grid_w_avg INTEGER,
  grid_w_min INTEGER,
  grid_w_max INTEGER,
  battery_soc_last REAL,
  solar_kwh_total_last REAL,
  load_kwh_total_last REAL,
  battery_in_kwh_total_last REAL,
  battery_out_kwh_total_last REAL,
  grid_in_kwh_total_last REAL,
  grid_out_kwh_total_last REAL,
  sample_count INTEGER,
  created_at INTEGER
);

CREATE TABLE readings_agg_1d (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  system_id TEXT,
  day TEXT,
  solar_kwh REAL,
  load_kwh REAL,
  battery_charge_kwh REAL,
  battery_discharge_kwh REAL,
  grid_import_kwh REAL,
  grid_export_kwh REAL,
  solar_w_min INTEGER,
  solar_w_avg INTEGER,
  solar_w_max INTEGER,
  load_w_min INTEGER,
  load_w_avg INTEGER,
  load_w_max INTEGER,
  battery_w_min INTEGER,
  battery_w_avg INTEGER,
  battery_w_max INTEGER,
  grid_w_min INTEGER,
  grid_w_avg INTEGER,
  grid_w_max INTEGER,
  battery_soc_min REAL,
  battery_soc_avg REAL,
  battery_soc_max REAL,
  battery_soc_end REAL,
  solar_alltime_kwh REAL,
  load_alltime_kwh REAL,
  battery_charge_alltime_kwh REAL,
  battery_discharge_alltime_kwh REAL,
  grid_import_alltime_kwh REAL,
  grid_export_alltime_kwh REAL,
  interval_count INTEGER DEFAULT 0,
  sample_count INTEGER DEFAULT 0,
  version INTEGER,
  created_at INTEGER,
  updated_at INTEGER
);

CREATE TABLE point_info (
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  origin_id TEXT NOT NULL,
  origin_sub_id TEXT,
  point_name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  subsystem TEXT,
  type TEXT,
  subtype TEXT,
  extension TEXT,
  alias TEXT,
  metric_type TEXT NOT NULL,
  metric_unit TEXT NOT NULL,
  active BOOLEAN NOT NULL DEFAULT 1,
  transform TEXT,
  created INTEGER,
  PRIMARY KEY (system_id, id)
);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_label TEXT,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  cause TEXT NOT NULL,
  started INTEGER,
  duration INTEGER NOT NULL,
  successful BOOLEAN,
  error_code TEXT,
  error TEXT,
  response TEXT,
  num_rows INTEGER NOT NULL,
  created_at INTEGER
);

CREATE TABLE point_readings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  point_id INTEGER NOT NULL,
  session_id INTEGER REFERENCES sessions(id) ON DELETE SET NULL,
  measurement_time INTEGER NOT NULL,
  received_time INTEGER NOT NULL,
  value REAL,
  value_str TEXT,
  error TEXT,
  data_quality TEXT NOT NULL DEFAULT 'good',
  FOREIGN KEY (system_id, point_id) REFERENCES point_info(system_id, id) ON DELETE CASCADE
);

CREATE TABLE point_readings_agg_5m (
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  point_id INTEGER NOT NULL,
  interval_end INTEGER NOT NULL,
  session_id INTEGER,
  avg REAL,
  min REAL,
  max REAL,
  last REAL,
  delta REAL,
  value_str TEXT,
  sample_count INTEGER NOT NULL,
  error_count INTEGER NOT NULL,
  data_quality TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (system_id, point_id, interval_end),
  FOREIGN KEY (system_id, point_id) REFERENCES point_info(system_id, id) ON DELETE CASCADE
);

CREATE TABLE point_readings_agg_1d (
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  point_id INTEGER NOT NULL,
  day TEXT NOT NULL,
  avg REAL,
  min REAL,
  max REAL,
  last REAL,
  delta REAL,
  sample_count INTEGER NOT NULL,
  error_count INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (system_id, point_id, day),
  FOREIGN KEY (system_id, point_id) REFERENCES point_info(system_id, id) ON DELETE CASCADE
);

CREATE TABLE user_systems (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  clerk_user_id TEXT NOT NULL,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  role TEXT NOT NULL DEFAULT 'viewer',
  created_at INTEGER,
  updated_at INTEGER
);

CREATE TABLE clerk_id_mapping (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT NOT NULL,
  prod_clerk_id TEXT NOT NULL UNIQUE,
  dev_clerk_id TEXT NOT NULL UNIQUE,
  created_at INTEGER,
  updated_at INTEGER
);

CREATE TABLE sync_status (
  table_name TEXT PRIMARY KEY,
  last_entry_ms INTEGER,
  last_entry_date TEXT,
  updated_at INTEGER
);

CREATE INDEX owner_clerk_user_idx ON systems (owner_clerk_user_id);
CREATE INDEX systems_status_idx ON systems (status);
CREATE UNIQUE INDEX alias_unique ON systems (owner_clerk_user_id, alias);
CREATE UNIQUE INDEX is_default_unique ON systems (owner_clerk_user_id) WHERE is_default = 1;
CREATE INDEX polling_system_idx ON polling_status (system_id);
CREATE UNIQUE INDEX polling_status_system_id_unique ON polling_status (system_id);
CREATE UNIQUE INDEX readings_system_inverter_time_unique ON readings (system_id, inverter_time);
CREATE INDEX system_inverter_time_idx ON readings (system_id, inverter_time);
CREATE INDEX inverter_time_idx ON readings (inverter_time);
CREATE INDEX received_time_idx ON readings (received_time);
CREATE UNIQUE INDEX readings_agg_5m_system_interval_idx ON readings_agg_5m (system_id, interval_end);
CREATE INDEX readings_agg_5m_system_id_idx ON readings_agg_5m (system_id);
CREATE INDEX readings_agg_5m_interval_end_idx ON readings_agg_5m (interval_end);
CREATE UNIQUE INDEX idx_readings_agg_1d_system_day ON readings_agg_1d (system_id, day);
CREATE INDEX idx_readings_agg_1d_day ON readings_agg_1d (day);
CREATE INDEX idx_readings_agg_1d_updated ON readings_agg_1d (updated_at);
CREATE UNIQUE INDEX pi_system_point_unique ON point_info (system_id, origin_id, origin_sub_id);
CREATE INDEX pi_system_idx ON point_info (system_id);
CREATE INDEX pi_subsystem_idx ON point_info (subsystem);
CREATE INDEX pi_metric_type_idx ON point_info (metric_type);
CREATE UNIQUE INDEX pi_system_short_name_unique ON point_info (system_id, alias);
CREATE UNIQUE INDEX pr_point_time_unique ON point_readings (system_id, point_id, measurement_time);
CREATE INDEX pr_system_time_idx ON point_readings (system_id, measurement_time);
CREATE INDEX pr_point_idx ON point_readings (point_id);
CREATE INDEX pr_session_idx ON point_readings (session_id);
CREATE INDEX pr_measurement_time_idx ON point_readings (measurement_time);
CREATE INDEX pr5m_system_time_idx ON point_readings_agg_5m (system_id, interval_end);
CREATE INDEX pr5m_interval_end_idx ON point_readings_agg_5m (interval_end);
CREATE INDEX pr5m_session_idx ON point_readings_agg_5m (session_id);
CREATE INDEX pr1d_system_day_idx ON point_readings_agg_1d (system_id, day);
CREATE INDEX pr1d_day_idx ON point_readings_agg_1d (day);
CREATE UNIQUE INDEX user_system_unique ON user_systems (clerk_user_id, system_id);
CREATE INDEX user_systems_user_idx ON user_systems (clerk_user_id);
CREATE INDEX user_systems_system_idx ON user_systems (system_id);
CREATE INDEX sessions_system_idx ON sessions (system_id);
CREATE INDEX sessions_started_idx ON sessions (started);
CREATE INDEX sessions_cause_idx ON sessions (cause);
