-- Tables made anew. One script ends where an empty line stands. SQLite runs each whole, going on after errors as its shell does.

-- right
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE new_sensors (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, unit TEXT, UNIQUE (site, name));
INSERT INTO new_sensors (id, site, name, offset_min) SELECT id, site, name, offset_min FROM sensors;
DROP TABLE sensors;
ALTER TABLE new_sensors RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;
COMMIT;
PRAGMA foreign_keys = ON;

-- right
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (name TEXT NOT NULL, site TEXT NOT NULL, id INTEGER PRIMARY KEY, offset_min INTEGER NOT NULL DEFAULT 600, UNIQUE (site, name));
INSERT INTO sensors_new (id, site, name, offset_min) SELECT s.id, s.site, s.name, coalesce(s.offset_min, 600) FROM sensors AS s;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;
PRAGMA foreign_keys = ON;

-- The copy fails on the one NULL, and the table goes all the same.
-- wrong: error rebuild-loss offset_min
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER NOT NULL, UNIQUE (site, name));
INSERT INTO sensors_new SELECT id, site, name, offset_min FROM sensors;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- wrong: error rebuild-loss sensors_offset
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, UNIQUE (site, name));
INSERT INTO sensors_new SELECT * FROM sensors;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- wrong: error rebuild-loss sensors_named
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, UNIQUE (site, name));
INSERT INTO sensors_new SELECT * FROM sensors;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);

-- The unique key is gone.
-- wrong: error rebuild-loss site
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER);
INSERT INTO sensors_new SELECT * FROM sensors;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- Foreign keys act: the DROP takes every sample.
-- wrong: error rebuild-loss samples
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, UNIQUE (site, name));
INSERT INTO sensors_new SELECT * FROM sensors;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- Inside a transaction the PRAGMA does nothing.
-- wrong: error rebuild-loss samples
BEGIN;
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, UNIQUE (site, name));
INSERT INTO sensors_new SELECT * FROM sensors;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;
COMMIT;

-- wrong: error rebuild-loss
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, UNIQUE (site, name));
INSERT INTO sensors_new SELECT * FROM sensors WHERE offset_min IS NOT NULL;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- A sensor whose site isn't listed is lost in the join.
-- wrong: error rebuild-loss
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, title TEXT, UNIQUE (site, name));
INSERT INTO sensors_new SELECT s.id, s.site, s.name, s.offset_min, t.title FROM sensors s JOIN sites t ON t.site = s.site;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- wrong: error rebuild-loss
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL UNIQUE, offset_min INTEGER, UNIQUE (site, name));
INSERT OR IGNORE INTO sensors_new SELECT * FROM sensors;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- wrong: error rebuild-loss offset_min
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (site, name));
INSERT INTO sensors_new SELECT id, site, name FROM sensors;
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- The old table renamed first takes the references with it.
-- wrong: error rebuild-loss samples
PRAGMA foreign_keys = OFF;
ALTER TABLE sensors RENAME TO sensors_old;
CREATE TABLE sensors (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, UNIQUE (site, name));
INSERT INTO sensors SELECT * FROM sensors_old;
DROP TABLE sensors_old;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- wrong: error rebuild-loss
PRAGMA foreign_keys = OFF;
CREATE TABLE sensors_new (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, UNIQUE (site, name));
DROP TABLE sensors;
ALTER TABLE sensors_new RENAME TO sensors;
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;

-- A table that nobody refers to.
-- right
CREATE TABLE sites_new (site TEXT PRIMARY KEY, title TEXT, country TEXT);
INSERT INTO sites_new (site, title) SELECT site, title FROM sites;
DROP TABLE sites;
ALTER TABLE sites_new RENAME TO sites;

-- right
BEGIN;
ALTER TABLE sites RENAME TO sites_old;
CREATE TABLE sites (site TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '');
INSERT INTO sites SELECT site, coalesce(title, '') FROM sites_old;
DROP TABLE sites_old;
COMMIT;

-- right
CREATE TABLE kinds (kind TEXT PRIMARY KEY);
INSERT INTO kinds SELECT DISTINCT name FROM sensors;
