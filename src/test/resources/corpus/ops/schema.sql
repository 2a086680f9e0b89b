-- What the other checks speak of: cascades, triggers, copies beside originals, NULLs, live writers. Triggers make it SQLite's alone.

CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, lead_id INTEGER);
CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE ON UPDATE CASCADE,
  mentor_id INTEGER REFERENCES members(id) ON DELETE SET NULL,
  name TEXT,
  salary INTEGER,
  active INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE badges (member_id INTEGER NOT NULL REFERENCES members(id) ON DELETE CASCADE, badge TEXT NOT NULL, PRIMARY KEY (member_id, badge));
CREATE TABLE quiet (id INTEGER PRIMARY KEY, kind TEXT, note TEXT);
CREATE TABLE kinds (kind TEXT, title TEXT);
CREATE TABLE events (id INTEGER PRIMARY KEY, kind TEXT, payload TEXT, created_at INTEGER NOT NULL, updated_at INTEGER);
CREATE TABLE stock (item TEXT PRIMARY KEY, amount INTEGER NOT NULL);
CREATE TABLE stock_log (id INTEGER PRIMARY KEY, item TEXT, was INTEGER);
CREATE TRIGGER stock_changes AFTER UPDATE ON stock BEGIN INSERT INTO stock_log (item, was) VALUES (old.item, old.amount); END;
CREATE TABLE rates (currency TEXT NOT NULL, day TEXT NOT NULL, rate REAL NOT NULL, PRIMARY KEY (currency, day));
CREATE TABLE wallets (id INTEGER PRIMARY KEY, currency TEXT NOT NULL, cents INTEGER NOT NULL);

INSERT INTO teams VALUES (1, 'red', 1), (2, 'blue', NULL), (3, 'empty', NULL);
INSERT INTO members VALUES (1, 1, NULL, 'Ann', 10, 1), (2, 1, 1, 'Bob', 20, 1), (3, 2, 1, NULL, 30, 0), (4, 2, 3, 'Dan', 40, 1);
INSERT INTO badges VALUES (1, 'gold'), (1, 'old'), (3, 'new');
INSERT INTO quiet VALUES (1, 'a', NULL), (2, 'b', NULL), (3, NULL, 'x'), (4, 'z', NULL);
INSERT INTO kinds VALUES ('a', 'A'), ('b', 'B'), (NULL, 'none');
INSERT INTO events VALUES (1, 'a', 'p', 100, NULL), (2, 'b', 'p', 200, NULL), (3, 'a', 'q', 300, 350), (4, 'c', 'q', 400, NULL);
INSERT INTO stock VALUES ('nail', 5), ('bolt', 9);
INSERT INTO rates VALUES ('EUR', '2025-01-01', 1.1), ('EUR', '2025-01-02', 1.2), ('USD', '2025-01-01', 1.0);
INSERT INTO wallets VALUES (1, 'EUR', 100), (2, 'USD', 200);
