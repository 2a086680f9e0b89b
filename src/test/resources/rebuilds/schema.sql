-- A table that others refer to, with an index, a trigger, a unique key and one NULL where a new table may not want it.

CREATE TABLE sensors (id INTEGER PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, offset_min INTEGER, UNIQUE (site, name));
CREATE INDEX sensors_offset ON sensors (offset_min);
CREATE TABLE sensor_log (id INTEGER PRIMARY KEY, sensor_id INTEGER, was TEXT);
CREATE TRIGGER sensors_named AFTER UPDATE OF name ON sensors BEGIN INSERT INTO sensor_log (sensor_id, was) VALUES (old.id, old.name); END;
CREATE TABLE samples (id INTEGER PRIMARY KEY, sensor_id INTEGER NOT NULL REFERENCES sensors(id) ON DELETE CASCADE, value REAL);
CREATE TABLE sites (site TEXT PRIMARY KEY, title TEXT);

INSERT INTO sites VALUES ('n', 'North');
INSERT INTO sensors VALUES (1, 'n', 'a', 600), (2, 'n', 'b', NULL), (3, 's', 'a', 570);
INSERT INTO samples VALUES (1, 1, 1.5), (2, 2, 2.5), (3, 3, 3.5), (4, 3, 4.5);
