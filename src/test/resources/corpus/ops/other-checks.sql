-- missing-where

-- wrong: warning missing-where
UPDATE quiet SET note = 'x';

-- wrong: warning missing-where
DELETE FROM quiet;

-- The WHERE stands in the subquery only.
-- wrong: warning missing-where
UPDATE quiet SET note = (SELECT title FROM kinds WHERE kinds.kind = quiet.kind LIMIT 1);

-- wrong: warning missing-where
UPDATE quiet SET note = 'no WHERE here';

-- dialect: postgresql
-- wrong: warning missing-where
WITH d AS (DELETE FROM quiet RETURNING id) SELECT count(*) FROM d WHERE id > 1;

-- right
UPDATE quiet SET note = 'x' WHERE kind = 'a';

-- right
DELETE FROM quiet WHERE note IS NULL AND kind = 'z';

-- right
SELECT * FROM quiet;

-- right
UPDATE quiet SET note = k.title FROM (SELECT kind, min(title) AS title FROM kinds GROUP BY kind) AS k WHERE k.kind = quiet.kind;

-- always-true

-- wrong: warning always-true
UPDATE quiet SET note = 'x' WHERE 1 = 1;

-- wrong: warning always-true
DELETE FROM quiet WHERE kind = 'a' OR 1 = 1;

-- wrong: warning always-true
DELETE FROM quiet WHERE id = id;

-- wrong: warning always-true
DELETE FROM quiet WHERE kind = 'a' OR true;

-- dialect: sqlite
-- wrong: warning always-true
DELETE FROM quiet WHERE 1;

-- wrong: warning always-true
UPDATE quiet SET note = 'x' WHERE NOT (1 = 2);

-- right
DELETE FROM quiet WHERE id = 1 OR id = 3;

-- right
DELETE FROM quiet WHERE 1 = 1 AND kind = 'b';

-- outer-column: kinds has no column "id", so it is the target's own.

-- wrong: error outer-column
-- as written 4, key-safe 1
-- means: DELETE FROM quiet WHERE kind IN (SELECT kind FROM kinds WHERE title = 'A')
DELETE FROM quiet WHERE id IN (SELECT id FROM kinds WHERE title = 'A');

-- wrong: error outer-column
DELETE FROM members WHERE team_id IN (SELECT team_id FROM teams WHERE name = 'empty') AND salary > 15;

-- wrong: error outer-column
UPDATE quiet SET note = 'x' WHERE note IS NULL AND id NOT IN (SELECT id FROM kinds WHERE kind IS NOT NULL);

-- right
DELETE FROM quiet WHERE kind IN (SELECT kind FROM kinds WHERE title = 'A');

-- Said with the target's name it is meant.
-- right
DELETE FROM quiet WHERE EXISTS (SELECT 1 FROM kinds WHERE kinds.kind = quiet.kind AND quiet.note IS NULL);

-- right
UPDATE events SET payload = 'x' WHERE kind = 'a' AND id IN (SELECT e.id FROM events e WHERE e.created_at = 300);

-- fan-out: several rates for one wallet; which one wins is chance.

-- wrong: warning fan-out
-- as written 2, key-safe 2
-- means: UPDATE wallets SET cents = CAST(cents * r.rate AS INTEGER) FROM rates r WHERE r.currency = wallets.currency AND r.day = '2025-01-01'
UPDATE wallets SET cents = CAST(cents * r.rate AS INTEGER) FROM rates r WHERE r.currency = wallets.currency AND r.day > '2025-01-00';

-- right
UPDATE wallets SET cents = CAST(cents * r.rate AS INTEGER) FROM rates r WHERE r.currency = wallets.currency AND r.day = '2025-01-01';

-- right
UPDATE members SET name = t.name FROM teams t WHERE t.id = members.team_id;

-- wrong: warning fan-out
UPDATE teams SET lead_id = m.id FROM members m WHERE m.team_id = teams.id;

-- right
UPDATE teams SET lead_id = m.id FROM (SELECT team_id, min(id) AS id FROM members GROUP BY team_id) AS m WHERE m.team_id = teams.id;

-- conflict-target

-- fails
-- wrong: error conflict-target
INSERT INTO quiet (id, kind) VALUES (1, 'c') ON CONFLICT (kind) DO UPDATE SET kind = excluded.kind;

-- fails
-- wrong: error conflict-target
INSERT INTO rates VALUES ('EUR', '2025-01-01', 2) ON CONFLICT (currency) DO UPDATE SET rate = excluded.rate;

-- right
INSERT INTO rates VALUES ('EUR', '2025-01-01', 2) ON CONFLICT (currency, day) DO UPDATE SET rate = excluded.rate;

-- right
INSERT INTO quiet (id, kind) VALUES (1, 'c') ON CONFLICT (id) DO UPDATE SET kind = excluded.kind;

-- null-not-in

-- wrong: warning null-not-in
-- as written 0, key-safe 1
-- means: DELETE FROM quiet WHERE kind NOT IN (SELECT kind FROM kinds WHERE kind IS NOT NULL)
DELETE FROM quiet WHERE kind NOT IN (SELECT kind FROM kinds);

-- wrong: warning null-not-in
-- as written 0, key-safe 2
-- means: UPDATE members SET active = 0 WHERE id NOT IN (SELECT mentor_id FROM members WHERE mentor_id IS NOT NULL)
UPDATE members SET active = 0 WHERE id NOT IN (SELECT mentor_id FROM members);

-- right
DELETE FROM quiet WHERE kind NOT IN (SELECT kind FROM kinds WHERE kind IS NOT NULL);

-- right
UPDATE members SET active = 0 WHERE team_id NOT IN (SELECT id FROM teams WHERE name = 'red');

-- right
UPDATE members SET active = 0 WHERE NOT EXISTS (SELECT 1 FROM members m WHERE m.mentor_id = members.id);

-- wrong: warning null-not-in
UPDATE members SET active = 0 WHERE team_id NOT IN (1, NULL);

-- cascade

-- wrong: warning cascade
DELETE FROM teams WHERE id = 1;

-- wrong: warning cascade
DELETE FROM members WHERE active = 0;

-- No member is in it: nothing else is lost.
-- right
DELETE FROM teams WHERE name = 'empty';

-- right
DELETE FROM badges WHERE member_id = 1 AND badge = 'old';

-- wrong: warning cascade
UPDATE teams SET id = id + 100 WHERE name = 'blue';

-- dialect: sqlite
-- wrong: warning cascade
REPLACE INTO teams (id, name) VALUES (1, 'crimson');

-- trigger

-- wrong: warning trigger
UPDATE stock SET amount = 0 WHERE item = 'nail';

-- right
DELETE FROM stock WHERE item = 'nail';

-- right
INSERT INTO stock VALUES ('screw', 3);

-- key-change

-- wrong: warning key-change
UPDATE rates SET day = '2025-02-01' WHERE currency = 'EUR' AND day = '2025-01-01';

-- wrong: warning key-change
UPDATE quiet SET id = id + 10 WHERE kind = 'a';

-- right
UPDATE rates SET rate = 3 WHERE currency = 'EUR' AND day = '2025-01-01';

-- live-writer: an undo by time also takes what others wrote since.

-- wrong: error live-writer
DELETE FROM events WHERE created_at > 250;

-- wrong: error live-writer
DELETE FROM events WHERE 199 < created_at;

-- right
DELETE FROM events WHERE id IN (3, 4);

-- An old row is nobody's fresh one.
-- right
DELETE FROM events WHERE created_at < 150;

-- opaque

-- dialect: postgresql
-- wrong: error opaque
DO $$ BEGIN DELETE FROM quiet; END $$;

-- fails
-- wrong: error opaque
UPDAET quiet SET note = 'x' WHERE id = 1;
