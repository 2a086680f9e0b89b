-- INSERT … ON CONFLICT.
INSERT INTO kv VALUES ('a', 1) ON CONFLICT DO NOTHING;
INSERT INTO kv VALUES ('a', 1) ON CONFLICT (k) DO NOTHING;
INSERT INTO kv VALUES ('a', 1) ON CONFLICT (k) DO UPDATE SET v = excluded.v;
INSERT INTO kv (k, v) VALUES ('a', 1), ('b', 2) ON CONFLICT (k) DO UPDATE SET v = v + 1 WHERE excluded.v > kv.v;
INSERT INTO kv VALUES ('a', 1) ON CONFLICT DO UPDATE SET v = excluded.v;
INSERT INTO systems (owner, is_default) VALUES ('me', 1) ON CONFLICT (owner) WHERE is_default = 1 DO UPDATE SET status = 'active' WHERE systems.status <> 'removed';
INSERT INTO u (id, b) VALUES (1, 'x') ON CONFLICT (id) DO NOTHING ON CONFLICT (b) DO UPDATE SET n = n + 1 ON CONFLICT DO NOTHING;
INSERT INTO u (a, b) SELECT a, b FROM t WHERE true ON CONFLICT (b) DO UPDATE SET a = excluded.a;
INSERT INTO u (a, b) VALUES (1, 'x') ON CONFLICT (b) DO UPDATE SET (a, n) = (excluded.a, u.n + 1) RETURNING id, n;
INSERT INTO u AS old (a, b) VALUES (1, 'x') ON CONFLICT (b) DO UPDATE SET n = old.n + 1, a = (SELECT max(a) FROM t WHERE t.b = excluded.b);
INSERT INTO point_readings_agg_5m (system_id, point_id, interval_end, last) SELECT system_id, point_id, 300000, value FROM point_readings WHERE measurement_time < 300000 ON CONFLICT (system_id, point_id, interval_end) DO NOTHING;
WITH x AS (SELECT 'a' AS k, 1 AS v) INSERT INTO kv SELECT k, v FROM x WHERE 1 ON CONFLICT (k) DO UPDATE SET v = coalesce(excluded.v, kv.v);
INSERT INTO u (b) VALUES ('x') ON CONFLICT (b COLLATE BINARY) DO UPDATE SET "n" = "excluded"."n";
INSERT OR ABORT INTO kv VALUES ('a', 1) ON CONFLICT (k) DO NOTHING RETURNING v;
INSERT INTO main.kv (k, v) VALUES ('a', 1) ON CONFLICT (k) DO UPDATE SET v = CASE WHEN kv.v IS NULL THEN excluded.v ELSE kv.v || excluded.v END;
