-- What a FROM can name, and how its parts are joined.
SELECT * FROM t, u;
SELECT * FROM t JOIN u ON t.a = u.a AND t.b = u.b;
SELECT * FROM t INNER JOIN u USING (a, b);
-- not in the tree: j
SELECT j.a FROM t JOIN u USING (a) AS j;
SELECT * FROM t LEFT OUTER JOIN u ON t.a = u.id RIGHT JOIN kv ON kv.k = u.b FULL JOIN nodes ON nodes.id = u.id;
SELECT * FROM t NATURAL JOIN u NATURAL LEFT JOIN systems CROSS JOIN kv;
SELECT * FROM t LEFT JOIN (u JOIN kv ON kv.k = u.b) ON t.a = u.a;
SELECT * FROM (t JOIN u ON t.a = u.a) AS j (c1, c2);
SELECT x.a, y.n FROM (SELECT a FROM t) x JOIN (SELECT a, n FROM u) AS y (a, n) ON x.a = y.a;
SELECT * FROM (SELECT 1);
SELECT * FROM t, LATERAL (SELECT n FROM u WHERE u.a = t.a ORDER BY n LIMIT 1) AS newest;
SELECT * FROM t LEFT JOIN LATERAL (SELECT n FROM u WHERE u.a = t.a) AS newest ON true;
SELECT i, d::date FROM generate_series(1, 3) AS i, generate_series(now(), now() + '1 day', '1 hour') AS d;
SELECT * FROM t CROSS JOIN LATERAL unnest(f) WITH ORDINALITY AS x (value, no);
SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY[1, 2])) AS r (p, q);
SELECT * FROM jsonb_each_text('{"a": 1}') WHERE key = 'a';
SELECT * FROM jsonb_to_recordset('[{"a": 1}]') AS x (a int, b text);
SELECT * FROM t TABLESAMPLE BERNOULLI (10) REPEATABLE (1) WHERE a = 1;
SELECT * FROM shop.orders o JOIN shop.lines AS l ON l.order_id = o.id WHERE o.placed > DATE '2026-01-01';
SELECT o.*, (SELECT count(*) FROM shop.lines l WHERE l.order_id = o.id) FROM shop.orders o;
SELECT t1.a FROM t t1 JOIN t t2 ON t1.a = t2.a + 1 AND (t1.b, t1.c) = (t2.b, t2.c);
SELECT * FROM point_readings_agg_5m r JOIN point_info p ON (p.system_id, p.id) = (r.system_id, r.point_id) JOIN systems s ON s.id = p.system_id WHERE s.status = 'active';
SELECT * FROM "Order" AS "the order", t "the other" WHERE "the order"."group" = "the other".a;
SELECT * FROM pg_catalog.pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_';
SELECT t.* FROM t, u WHERE t = ROW(1, 'x', 1.0, NULL, NULL, NULL, NULL)::t AND u.a = t.a;
-- not in the tree: COLUMNS a PATH
SELECT * FROM json_table('[{"a": 1}]'::jsonb, '$[*]' COLUMNS (a int PATH '$.a')) AS jt;
-- not in the tree: PASSING COLUMNS i PATH
SELECT * FROM xmltable('/r/i' PASSING CAST('<r><i>1</i></r>' AS xml) COLUMNS i int PATH '.') AS xt;
