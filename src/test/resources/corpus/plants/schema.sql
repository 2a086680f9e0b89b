-- Keys of three columns, text and number: unit 1 stands at every site of every country.

CREATE TABLE units (
  country TEXT NOT NULL,
  site TEXT NOT NULL,
  unit INTEGER NOT NULL,
  model TEXT,
  online INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (country, site, unit)
);
CREATE TABLE unit_log (
  country TEXT NOT NULL,
  site TEXT NOT NULL,
  unit INTEGER NOT NULL,
  at INTEGER NOT NULL,
  value INTEGER,
  PRIMARY KEY (country, site, unit, at),
  FOREIGN KEY (country, site, unit) REFERENCES units(country, site, unit)
);
CREATE TABLE repairs (
  id INTEGER PRIMARY KEY,
  country TEXT NOT NULL,
  site TEXT NOT NULL,
  unit INTEGER NOT NULL,
  done INTEGER NOT NULL,
  FOREIGN KEY (country, site, unit) REFERENCES units(country, site, unit)
);
CREATE TABLE sites (country TEXT NOT NULL, site TEXT NOT NULL, manager TEXT, PRIMARY KEY (country, site));

INSERT INTO sites VALUES ('de', 'nord', 'h'), ('de', 'sued', 'k'), ('fr', 'nord', 'l'), ('fr', 'est', 'k');
INSERT INTO units VALUES ('de', 'nord', 1, 'A', 1), ('de', 'nord', 2, 'B', 0), ('de', 'sued', 1, 'B', 1), ('fr', 'nord', 1, 'C', 0), ('fr', 'nord', 2, 'A', 1), ('fr', 'est', 1, 'B', 1), ('fr', 'est', 3, 'C', 1);
INSERT INTO unit_log SELECT u.country, u.site, u.unit, t.at, u.unit * t.at FROM units u CROSS JOIN (SELECT 10 AS at UNION ALL SELECT 20) t;
INSERT INTO repairs VALUES (1, 'de', 'nord', 1, 0), (2, 'de', 'sued', 1, 1), (3, 'fr', 'nord', 2, 0), (4, 'fr', 'est', 3, 0);
