-- The part of LiveOne's schema that its key mistakes are about, in words that SQLite and PostgreSQL share.
-- Point ids count from 1 in every system, so that the same id means something else in each.

CREATE TABLE systems (
  id INTEGER PRIMARY KEY,
  owner_clerk_user_id TEXT,
  vendor_type TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'active',
  display_name TEXT NOT NULL,
  alias TEXT,
  timezone_offset_min INTEGER NOT NULL,
  updated_at INTEGER
);
CREATE TABLE polling_status (
  id INTEGER PRIMARY KEY,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  last_error TEXT,
  consecutive_errors INTEGER DEFAULT 0
);
CREATE TABLE readings (
  id INTEGER PRIMARY KEY,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  inverter_time INTEGER NOT NULL,
  received_time INTEGER NOT NULL,
  solar_w INTEGER
);
CREATE TABLE point_info (
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  origin_id TEXT NOT NULL,
  origin_sub_id TEXT,
  display_name TEXT NOT NULL,
  subsystem TEXT,
  alias TEXT,
  metric_type TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1,
  transform TEXT,
  PRIMARY KEY (system_id, id)
);
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  cause TEXT NOT NULL,
  successful INTEGER
);
CREATE TABLE point_readings (
  id INTEGER PRIMARY KEY,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  point_id INTEGER NOT NULL,
  session_id INTEGER REFERENCES sessions(id) ON DELETE SET NULL,
  measurement_time INTEGER NOT NULL,
  value REAL,
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
  PRIMARY KEY (system_id, point_id, interval_end),
  FOREIGN KEY (system_id, point_id) REFERENCES point_info(system_id, id) ON DELETE CASCADE
);
CREATE TABLE point_readings_agg_1d (
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  point_id INTEGER NOT NULL,
  day TEXT NOT NULL,
  avg REAL,
  delta REAL,
  sample_count INTEGER NOT NULL,
  PRIMARY KEY (system_id, point_id, day),
  FOREIGN KEY (system_id, point_id) REFERENCES point_info(system_id, id) ON DELETE CASCADE
);
CREATE TABLE user_systems (
  id INTEGER PRIMARY KEY,
  clerk_user_id TEXT NOT NULL,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  role TEXT NOT NULL DEFAULT 'viewer'
);
-- What came from the one Mondo site before it had company.
CREATE TABLE mondo_import (
  system_id INTEGER NOT NULL,
  point_id INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (system_id, point_id)
);
CREATE UNIQUE INDEX polling_status_system_id_unique ON polling_status (system_id);
CREATE UNIQUE INDEX readings_system_inverter_time_unique ON readings (system_id, inverter_time);
CREATE UNIQUE INDEX pi_system_point_unique ON point_info (system_id, origin_id, origin_sub_id);
CREATE UNIQUE INDEX pi_system_short_name_unique ON point_info (system_id, alias);
CREATE UNIQUE INDEX pr_point_time_unique ON point_readings (system_id, point_id, measurement_time);
CREATE UNIQUE INDEX user_system_unique ON user_systems (clerk_user_id, system_id);
CREATE INDEX pr5m_interval_end_idx ON point_readings_agg_5m (interval_end);

CREATE VIEW energy_points AS
  SELECT system_id, id, display_name FROM point_info WHERE metric_type = 'energy';
CREATE VIEW energy_point_ids AS
  SELECT id AS point_id FROM point_info WHERE metric_type = 'energy';
CREATE VIEW busy_systems AS
  SELECT system_id, count(*) AS points FROM point_info GROUP BY system_id;

INSERT INTO systems VALUES
  (1, 'user_a', 'selectronic', 'active', 'Home Solar', 'home', 600, 10),
  (2, 'user_a', 'enphase', 'disabled', 'Shed', 'shed', 600, 20),
  (3, 'user_b', 'enphase', 'active', 'Ridge', 'ridge', 600, 30),
  (5, 'user_b', 'fronius', 'active', 'Barn', 'barn', 570, 40),
  (6, 'user_c', 'mondo', 'active', 'Kinkora Mondo', 'kinkora', 600, 50);
INSERT INTO polling_status VALUES (1, 1, NULL, 0), (2, 2, 'timeout', 4), (3, 3, NULL, 0), (4, 6, '502', 9);
INSERT INTO readings VALUES (1, 1, 1000, 1001, 500), (2, 1, 1060, 1061, 510), (3, 2, 1000, 1003, 0);
INSERT INTO point_info VALUES
  (1, 1, 'inv', 'power', 'Solar', 'solar', 'solar', 'power', 1, NULL),
  (1, 2, 'inv', 'energy', 'Solar energy', 'solar', 'solar_kwh', 'energy', 1, NULL),
  (1, 3, 'bat', 'soc', 'Battery', 'battery', 'battery', 'soc', 1, NULL),
  (3, 1, 'env', 'energy', 'Array', 'solar', 'solar', 'energy', 1, NULL),
  (3, 2, 'env', 'power', 'Array power', 'solar', 'array', 'power', 1, NULL),
  (3, 3, 'met', 'power', 'Grid power', 'grid', 'grid_w', 'power', 1, NULL),
  (3, 5, 'met', 'energy', 'Grid import', 'grid', 'grid', 'energy', 0, NULL),
  (6, 1, 'm1', 'power', 'Battery charge', 'battery', 'battery', 'power', 1, NULL),
  (6, 2, 'm1', 'energy', 'Battery total', 'battery', 'battery_kwh', 'energy', 1, 'd'),
  (6, 5, 'm2', 'power', 'Grid export', 'grid', 'grid', 'power', 1, NULL),
  (6, 7, 'm3', 'energy', 'Hot water', 'load', 'hot_water', 'energy', 1, NULL);
INSERT INTO sessions VALUES (1, 1, 'POLL', 1), (2, 3, 'POLL', 0), (3, 6, 'ADMIN', 1), (4, 6, 'POLL', 0);
INSERT INTO point_readings (id, system_id, point_id, session_id, measurement_time, value)
  SELECT p.system_id * 100 + p.id * 10 + t.n, p.system_id, p.id,
    CASE p.system_id WHEN 1 THEN 1 WHEN 3 THEN 2 ELSE 2 + t.n END, t.n * 300000, p.system_id * p.id + t.n
  FROM point_info p CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2) t;
INSERT INTO point_readings_agg_5m (system_id, point_id, interval_end, session_id, avg, min, max, last, sample_count)
  SELECT p.system_id, p.id, t.n * 300000, p.system_id, p.system_id * 100 + p.id + t.n, p.id, p.system_id * 200, p.system_id * 1000 + p.id + t.n, 4 + t.n
  FROM point_info p CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) t;
INSERT INTO point_readings_agg_1d (system_id, point_id, day, avg, sample_count)
  SELECT p.system_id, p.id, t.day, p.system_id * 100 + p.id, 288
  FROM point_info p CROSS JOIN (SELECT '2025-11-09' AS day UNION ALL SELECT '2025-11-10') t WHERE p.id < 6 AND NOT (p.system_id = 3 AND p.id = 2);
INSERT INTO user_systems VALUES (1, 'user_a', 1, 'owner'), (2, 'user_a', 2, 'owner'), (3, 'user_b', 3, 'owner'), (4, 'user_c', 1, 'viewer');
INSERT INTO mondo_import VALUES (6, 1, 1.5), (6, 2, 2.5), (6, 5, 3.5);
