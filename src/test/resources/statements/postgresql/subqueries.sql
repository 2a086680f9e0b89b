-- Queries inside expressions, and WITH.
SELECT * FROM t WHERE a IN (1, 2, 3) AND b NOT IN ('x');
SELECT * FROM t WHERE a IN (SELECT id FROM u) OR a NOT IN (SELECT a FROM u WHERE a IS NOT NULL);
SELECT * FROM t WHERE (a, b) IN (SELECT a, b FROM u) AND (a, b) IN ((1, 'x'), (2, 'y')) AND ROW(a, b) NOT IN (VALUES (3, 'z'));
SELECT * FROM t WHERE (a, b) = (SELECT a, b FROM u LIMIT 1) AND (a, b) <> (1, 'x') AND (a, b) > (1, 'a');
SELECT * FROM t WHERE a = ANY (SELECT id FROM u) AND a <> ALL (SELECT n FROM u) AND a > SOME (SELECT n FROM u);
SELECT * FROM t WHERE a = ANY (ARRAY[1, 2, 3]) AND b <> ALL ('{x,y}') AND b LIKE ANY (ARRAY['a%', 'b%']);
SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a) AND NOT EXISTS (SELECT FROM kv WHERE k = t.b);
SELECT * FROM t WHERE a = (SELECT max(a) FROM t AS t2 WHERE t2.b = t.b);
SELECT * FROM t WHERE a BETWEEN (SELECT min(id) FROM u) AND (SELECT max(id) FROM u) AND a NOT BETWEEN SYMMETRIC 6 AND 5;
SELECT ARRAY(SELECT a FROM t ORDER BY a), ARRAY[[1, 2], [3, 4]], (SELECT 1) + 1;
WITH x AS (SELECT 1 AS a) SELECT * FROM x;
WITH x(a, b) AS (VALUES (1, 2)), y AS MATERIALIZED (SELECT * FROM x), z AS NOT MATERIALIZED (SELECT a FROM y) SELECT x.b FROM x JOIN z USING (a);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n;
-- not in the tree: id ord is_cycle path
WITH RECURSIVE tree AS (SELECT id, parent FROM nodes UNION ALL SELECT c.id, c.parent FROM nodes c JOIN tree ON c.parent = tree.id) SEARCH DEPTH FIRST BY id SET ord CYCLE id SET is_cycle USING path SELECT * FROM tree ORDER BY ord;
WITH d AS (DELETE FROM t WHERE a = 1 RETURNING *) SELECT count(*) FROM d;
WITH moved AS (DELETE FROM u WHERE n = 0 RETURNING a, b), put AS (INSERT INTO t (a, b) SELECT a, b FROM moved RETURNING a) SELECT * FROM put;
WITH changed AS (UPDATE u SET n = n + 1 WHERE a IN (SELECT a FROM t) RETURNING id) DELETE FROM nodes WHERE id IN (SELECT id FROM changed);
SELECT * FROM (WITH x AS (SELECT 1 AS a) SELECT a FROM x) AS y WHERE a IN (WITH z AS (SELECT 1 AS b) SELECT b FROM z);
SELECT a, (SELECT b FROM u WHERE u.a = t.a ORDER BY n DESC LIMIT 1) AS newest FROM t WHERE (SELECT count(*) FROM kv) > 0;
SELECT * FROM t WHERE NOT (a IN (SELECT a FROM u)) IS TRUE;
SELECT * FROM t WHERE a IN (SELECT a FROM u WHERE u.b IN (SELECT k FROM kv WHERE kv.v = t.a));
SELECT t.a FROM t WHERE t.a > (SELECT avg(x) FROM (SELECT u.a AS x FROM u WHERE u.b = t.b) AS q);
