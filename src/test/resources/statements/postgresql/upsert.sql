-- INSERT … ON CONFLICT.
INSERT INTO kv VALUES ('a', 1) ON CONFLICT DO NOTHING;
INSERT INTO kv VALUES ('a', 1) ON CONFLICT (k) DO NOTHING;
INSERT INTO kv VALUES ('a', 1) ON CONFLICT (k) DO UPDATE SET v = excluded.v;
INSERT INTO kv VALUES ('a', 1) ON CONFLICT (k) DO UPDATE SET v = EXCLUDED.v + kv.v WHERE kv.v IS DISTINCT FROM excluded.v RETURNING *;
INSERT INTO kv VALUES ('a', 1) ON CONFLICT ON CONSTRAINT kv_key DO UPDATE SET v = DEFAULT;
INSERT INTO systems (owner, is_default) VALUES ('me', true) ON CONFLICT (owner) WHERE is_default DO UPDATE SET status = 'active' WHERE systems.status <> 'removed';
INSERT INTO u (a, b) SELECT a, b FROM t ON CONFLICT (b) DO UPDATE SET a = excluded.a;
INSERT INTO u (a, b) VALUES (1, 'x') ON CONFLICT (b) DO UPDATE SET (a, n) = (excluded.a, u.n + 1) RETURNING id, n;
INSERT INTO u AS old_u (a, b) VALUES (1, 'x') ON CONFLICT (b) DO UPDATE SET n = old_u.n + 1, a = (SELECT max(a) FROM t WHERE t.b = excluded.b);
INSERT INTO u (a, b) VALUES (1, 'x') ON CONFLICT (b) DO UPDATE SET (a, n) = (SELECT t.a, 1 FROM t WHERE t.b = excluded.b), b = ROW(excluded.b)::text;
INSERT INTO point_readings_agg_5m (system_id, point_id, interval_end, last) SELECT system_id, 1, 300000, solar_w FROM readings ON CONFLICT (system_id, point_id, interval_end) DO NOTHING;
INSERT INTO point_readings_agg_5m AS p (system_id, point_id, interval_end, last) SELECT system_id, id, 1, 1 FROM point_info ON CONFLICT ON CONSTRAINT agg_key DO UPDATE SET last = greatest(p.last, excluded.last), sample_count = p.sample_count + 1;
WITH x AS (SELECT 'a' AS k, 1 AS v) INSERT INTO kv SELECT k, v FROM x ON CONFLICT (k) DO UPDATE SET v = coalesce(excluded.v, kv.v);
-- not in the tree: text_ops
INSERT INTO u (b) VALUES ('x') ON CONFLICT (b COLLATE "default" text_ops) DO NOTHING;
INSERT INTO kv VALUES ($1, $2) ON CONFLICT (k) DO UPDATE SET v = $2 WHERE kv.v < $3;
