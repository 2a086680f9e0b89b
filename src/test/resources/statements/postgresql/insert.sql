-- INSERT, without ON CONFLICT.
INSERT INTO t VALUES (1, 'x', 2.5, '\x00ff', now(), '{1,2}', '{}');
INSERT INTO t (a, b) VALUES (1, 'x'), (2, DEFAULT), (3, NULL);
INSERT INTO public.t (a) VALUES (1);
INSERT INTO u DEFAULT VALUES;
INSERT INTO u (a, b) SELECT a, b FROM t WHERE a > 1;
INSERT INTO u AS target (a) VALUES (1) RETURNING target.id;
INSERT INTO u (id, a) OVERRIDING SYSTEM VALUE VALUES (5, 1);
INSERT INTO u (id, a) OVERRIDING USER VALUE SELECT 1, a FROM t;
INSERT INTO u (a, b) VALUES (1, 'x') RETURNING *, id AS "new id", a + 1;
WITH x(p, q) AS (SELECT 1, 'q') INSERT INTO u (a, b) SELECT p, q FROM x;
INSERT INTO u (a) WITH x AS (SELECT 1 AS i) SELECT i FROM x;
INSERT INTO u (a) (SELECT a FROM t);
INSERT INTO u (a) (SELECT a FROM t) UNION (SELECT 1) LIMIT 3;
INSERT INTO u (a, b, n) VALUES ((SELECT max(a) FROM t), lower('X'), CASE WHEN true THEN 2 END);
INSERT INTO kv TABLE kv;
-- not in the tree: x y
INSERT INTO people (id, feeling, spot.x, spot.y, tags[1], grid[1][1]) VALUES (1, 'ok', 1, 2, 'a', 3);
INSERT INTO people VALUES (1, 'sad'::mood, ROW(1, 2), ARRAY['a', 'b'], '{{1},{2}}');
INSERT INTO shop.orders (id, total, placed) SELECT g, g * 1.5, current_date - g FROM generate_series(1, 10) AS g;
INSERT INTO u (a, b) SELECT t.a, kv.k FROM t JOIN kv ON kv.k = t.b LEFT JOIN nodes ON nodes.name = kv.k GROUP BY 1, 2;
INSERT INTO "Order" ("group", "select") VALUES (1, 'x');
INSERT INTO t (a, b, c) VALUES ($1, $2, $3::numeric);
INSERT INTO t (b) VALUES (E'a\nb'), (U&'\0061'), ($$it's$$), ($tag$a $$ b$tag$), ('a' 
  'b');
INSERT INTO t (e, c) VALUES (TIMESTAMP '2026-01-01', 1e10), (now() AT TIME ZONE 'UTC', 0x1F), ('epoch', 1_000);
INSERT INTO readings (system_id, solar_w) SELECT s.id, (random() * 100)::int FROM systems s CROSS JOIN generate_series(1, 2);
INSERT INTO good_points (system_id, id, display_name) SELECT system_id, id + 100, display_name FROM good_points WHERE false;
INSERT INTO u (a, b) SELECT x.a, x.b FROM jsonb_to_recordset('[{"a": 1, "b": "x"}]') AS x (a int, b text) RETURNING id;
INSERT INTO t (a, f) VALUES (1, ARRAY[1, 2] || 3), (2, ARRAY(SELECT a FROM u)), (3, '{}'::int[]);
-- not in the tree: OLD o n
INSERT INTO kv VALUES ('x', 1) RETURNING WITH (OLD AS o, NEW AS n) n.v, o.v;
