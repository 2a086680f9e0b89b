-- LiveOne before the vendor refactor: a system is its number at select.live, its offset stands in
-- hours. Systems have the columns that the document's rollback gives them; the tables around them
-- are those of the schema document, as far as the story needs them.
-- Each statement ends with a semicolon at the end of a line.

CREATE TABLE systems (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT,
  owner_clerk_user_id TEXT,
  system_number TEXT NOT NULL,
  display_name TEXT,
  model TEXT,
  serial TEXT,
  ratings TEXT,
  solar_size TEXT,
  battery_size TEXT,
  timezone_offset INTEGER DEFAULT 10,
  created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE polling_status (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  last_poll_time INTEGER,
  total_polls INTEGER DEFAULT 0
);

CREATE TABLE point_info (
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  origin_id TEXT NOT NULL,
  point_name TEXT NOT NULL,
  metric_type TEXT NOT NULL,
  metric_unit TEXT NOT NULL,
  PRIMARY KEY (system_id, id)
);

CREATE TABLE readings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  system_id INTEGER NOT NULL REFERENCES systems(id) ON DELETE CASCADE,
  inverter_time INTEGER NOT NULL,
  solar_w INTEGER,
  load_w INTEGER
);

CREATE TABLE system_events (
  id INTEGER PRIMARY KEY,
  system_id INTEGER NOT NULL,
  what TEXT NOT NULL
);

CREATE UNIQUE INDEX idx_systems_number ON systems(system_number);
CREATE INDEX idx_systems_owner ON systems(owner_clerk_user_id);
CREATE INDEX idx_point_info_system ON point_info(system_id);
CREATE INDEX idx_readings_system ON readings(system_id, inverter_time);

CREATE TRIGGER systems_named AFTER UPDATE OF display_name ON systems BEGIN INSERT INTO system_events (system_id, what) VALUES (new.id, 'named ' || coalesce(new.display_name, '-')); END;

CREATE VIEW system_points AS
SELECT s.id, s.display_name, count(p.id) AS points
FROM systems s LEFT JOIN point_info p ON p.system_id = s.id
GROUP BY s.id;

CREATE VIEW system_clock AS
SELECT id, display_name, timezone_offset * 60 AS offset_minutes FROM systems;
