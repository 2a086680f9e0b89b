-- What the statements beside this file are about. Loaded before each of them is judged.
CREATE TABLE systems (
  id INTEGER PRIMARY KEY,
  owner TEXT,
  vendor_type TEXT NOT NULL DEFAULT 'selectronic',
  vendor_site_id TEXT NOT NULL DEFAULT '',
  system_number TEXT,
  display_name TEXT,
  status TEXT NOT NULL DEFAULT 'active',
  is_default INTEGER NOT NULL DEFAULT 0,
  timezone_offset INTEGER DEFAULT 10,
  timezone_offset_min INTEGER,
  metadata TEXT
);
CREATE UNIQUE INDEX is_default_unique ON systems (owner) WHERE is_default = 1;
CREATE TABLE point_info (
  system_id INTEGER NOT NULL REFERENCES systems (id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  origin_sub_id TEXT,
  display_name TEXT,
  metric_type TEXT NOT NULL,
  metric_unit TEXT,
  transform TEXT,
  PRIMARY KEY (system_id, id)
);
CREATE TABLE point_readings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  system_id INTEGER NOT NULL,
  point_id INTEGER NOT NULL,
  measurement_time INTEGER NOT NULL,
  received_time INTEGER,
  value REAL,
  data_quality TEXT NOT NULL DEFAULT 'good',
  FOREIGN KEY (system_id, point_id) REFERENCES point_info (system_id, id),
  UNIQUE (system_id, point_id, measurement_time)
);
CREATE TABLE point_readings_agg_5m (
  system_id INTEGER NOT NULL,
  point_id INTEGER NOT NULL,
  interval_end INTEGER NOT NULL,
  avg REAL,
  min REAL,
  max REAL,
  last REAL,
  delta REAL,
  sample_count INTEGER NOT NULL DEFAULT 0,
  error_count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (system_id, point_id, interval_end),
  FOREIGN KEY (system_id, point_id) REFERENCES point_info (system_id, id)
);
CREATE TABLE readings (
  id INTEGER PRIMARY KEY,
  system_id INTEGER NOT NULL REFERENCES systems (id),
  inverter_time INTEGER NOT NULL,
  received_time INTEGER,
  solar_w INTEGER,
  load_w INTEGER,
  battery_soc REAL,
  UNIQUE (system_id, inverter_time)
);
CREATE TABLE t (a INTEGER, b TEXT, c REAL, d BLOB);
CREATE INDEX t_a ON t (a);
CREATE TABLE u (id INTEGER PRIMARY KEY, a INTEGER, b TEXT UNIQUE, n INTEGER DEFAULT 0);
CREATE TABLE kv (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE strict_one (id INTEGER PRIMARY KEY, x ANY, y INT GENERATED ALWAYS AS (id * 2) STORED) STRICT;
CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT, tags TEXT);
CREATE TABLE nodes (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES nodes (id), name TEXT);
CREATE TABLE "order" ("group" INTEGER, "select" TEXT, "weird ""name""" TEXT, "sp ace" REAL);
CREATE TABLE größe (id INTEGER PRIMARY KEY, höhe REAL, 高さ REAL);
CREATE VIEW good_points AS SELECT system_id, id, display_name FROM point_info WHERE metric_type = 'energy';
CREATE TRIGGER good_points_update INSTEAD OF UPDATE ON good_points BEGIN
  UPDATE point_info SET display_name = new.display_name WHERE system_id = old.system_id AND id = old.id;
END;
CREATE VIRTUAL TABLE notes USING fts5(title, body);
CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1);
CREATE TABLE u_ids (id INTEGER);
CREATE TABLE names (name TEXT);
CREATE TABLE keywords_a (abort, action, after, always, analyze, asc, attach, before, begin, by);
CREATE TABLE keywords_b (cascade, cast, column, conflict, current, cycle, database, deferred, desc, detach, do, each, end, exclude, key_of);
CREATE TABLE keywords_c (explain, fail, first, following, generated, glob, groups, ignore, immediate, initially, instead, key, last, like);
CREATE TABLE keywords_d (match, materialized, no, nulls, of, offset, others, partition, plan, pragma, preceding, query, raise, range, recursive, row_);
CREATE TABLE keywords_e (regexp, reindex, release, rename, replace, restrict, row, rows, rollback, savepoint, temp, ties, trigger, unbounded, vacuum, view, virtual, with, without);
CREATE TABLE common_words (value, values_, date, time, timestamp, year, month, day, hour, user, type, name, text, avg, min, max, count, sum, last, status, result, position, language, method, level, current_, interval, natural_, over, filter, window);
