-- Operators, literals and their precedence.
SELECT 1 + 2 * 3 - 4 / 5 % 6, 1 || 2 || 3, 1 << 2 >> 1 & 3 | 4, ~5, -+-5, NOT 1, NOT NOT 1;
SELECT 0x1F, 0XAB, 1e10, 1.5E-3, .5, 5., 1_000_000, 0x1_F, x'', X'0aF0', 'it''s', '', NULL, TRUE, FALSE;
SELECT "a" 'b', a [b], 'c' AS c FROM t;
SELECT a = 1, a == 1, a <> 1, a != 1, a < 1, a <= 1, a > 1, a >= 1 FROM t;
SELECT a IS NULL, a ISNULL, a NOTNULL, a NOT NULL, a IS NOT NULL, a IS 1, a IS NOT 1, a IS b, a IS NOT b FROM t;
SELECT a IS TRUE, a IS NOT TRUE, a IS FALSE, a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b FROM t;
SELECT a BETWEEN 1 AND 2 AND b NOT BETWEEN 'a' AND 'b' OR c BETWEEN a + 1 AND a + 2 FROM t;
SELECT a LIKE b, a NOT LIKE b ESCAPE '!', b GLOB 'x*', b NOT GLOB 'y', b LIKE a || '%' FROM t;
SELECT CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END, CASE WHEN a > 1 AND b < 'c' THEN CASE WHEN c THEN 1 END ELSE NULL END FROM t;
SELECT CAST(a AS TEXT), CAST(b AS DECIMAL(10, 2)), CAST(c AS UNSIGNED BIG INT), CAST(d AS BLOB), CAST(NULL AS "my type") FROM t;
SELECT a COLLATE NOCASE = b COLLATE "RTRIM", b || 'x' COLLATE BINARY FROM t;
SELECT body -> 'a' ->> 'b', body -> '$.c[0]', body ->> 0, (body -> 'a') ->> 'b' FROM docs;
SELECT $$x$$, ?, ?12, :name, @name, $name, $a::b, $a::b(c) FROM t WHERE a = ? AND b = :name2;
SELECT (1, 2) = (1, 2), (1, 2, 3) < (1, 2, 4), (a, b) IS (1, 'x'), (a, b) BETWEEN (1, 'a') AND (2, 'b') FROM t;
SELECT a = b = c, a < b < c, a = b IS NOT NULL, NOT a = b, NOT a IN (1), -a || b, - a COLLATE NOCASE FROM t;
SELECT a OR b AND c, (a OR b) AND c, NOT a AND b, NOT (a AND b) FROM t;
SELECT likelihood(a = 1, 0.5), unlikely(a), glob('x*', b), like('x', b, '\'), json_object('a', 1, 'b', json('[1]')), random() FROM t;
SELECT 1 IN (1, 2), 1 NOT IN (SELECT 1), (1, 2) IN (SELECT 1, 2), NULL IN (), 'a' IN ('a' || 'b', lower('X')) FROM t;
SELECT count(*), count(DISTINCT a || b), group_concat(DISTINCT b), max(DISTINCT a), sum(a) FILTER (WHERE b = 'x') FROM t;
SELECT a IN (1, 2) AND b IN ('x') = 1, a IN (1) IN (1), a LIKE 'x' LIKE 'y' FROM t;
SELECT 1 AS "a b", 2 AS [c d], 3 AS `e f`, 4 AS 'g h', "a" FROM t WHERE "a" = 1 AND "x" = 'x';
SELECT main.t.a, "main"."t"."b", [t].[c], `t`.`d` FROM main.t;
SELECT a -- comment
  , b /* another; */ , /**/ c FROM/* no space */t;
SELECT -1, - -1, --1
  1 - -1;
SELECT 9223372036854775807, 9223372036854775808, -9223372036854775808, 1e400, 0.1e+1;
SELECT a'x', b"y" FROM t;
SELECT 'a' 'b';
SELECT a AND(b)OR(c), NOT(a), a IN(1), CASE(a)WHEN(1)THEN(2)END, EXISTS(SELECT 1), CAST(a AS INT)FROM t;
SELECT 'ends in backslash\', '--not a comment', '/* nor this */', ';', '"', "`" FROM (SELECT 1 AS "`");
SELECT raise_it FROM (SELECT 1 AS raise_it);
-- not in this build: no such function: REGEXP
SELECT a FROM t WHERE a = 1 AND b REGEXP 'x' OR b NOT REGEXP 'y';
SELECT match, "match" FROM (SELECT 1 AS match);
SELECT a->>'x', b->'y'->>'z', a->>'$.q' = 'v', (b->>'n') + 1 FROM t;
