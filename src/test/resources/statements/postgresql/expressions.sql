-- Operators, literals and their precedence.
SELECT 1 + 2 * 3 - 4 / 5 % 6, 2 ^ 3 ^ 2, 'a' || 1, 1 << 2 >> 1 & 3 | 4 # 5, ~5, - + - 5, NOT true, NOT NOT true;
SELECT 0x1F, 0o17, 0b101, 1e10, 1.5E-3, .5, 5., 1_000_000, B'101', X'1F', 'it''s', '', NULL, TRUE, 'yes'::bool;
SELECT E'tab\t\'quote\'', U&'d\0061t\+000061', U&'d!0061' UESCAPE '!', $$dollar 'quoted' ; text$$, $x$nested $$ $x$, N'national';
SELECT a = 1, a <> 1, a != 1, a < 1, a <= 1, a > 1, a >= 1 FROM t;
SELECT a IS NULL, a ISNULL, a NOTNULL, a IS NOT NULL, (a = 1) IS TRUE, (a = 1) IS NOT UNKNOWN, (a = 1) IS FALSE, a IS DISTINCT FROM 1, a IS NOT DISTINCT FROM 2 FROM t;
SELECT a BETWEEN 1 AND 2 AND b NOT BETWEEN 'a' AND 'b' OR c BETWEEN SYMMETRIC a + 2 AND a + 1 FROM t;
SELECT b LIKE 'x', b NOT LIKE 'x!' ESCAPE '!', b ILIKE 'Y', b NOT ILIKE 'z', b SIMILAR TO 'a', b ~ 'x', b ~* 'x', b !~ 'x', b !~* 'x', b ~~ 'x', b ^@ 'x' FROM t;
SELECT CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END, CASE WHEN a > 1 AND b < 'c' THEN CASE WHEN c > 0 THEN 1 END ELSE NULL END FROM t;
SELECT CAST(a AS text), a::text::varchar(10), a::numeric(10, 2), '{1,2}'::int[], '{a}'::text[][], now()::timestamp(3) with time zone, a::double precision, 'x'::"char", '1'::pg_catalog.int4, int4 '5' FROM t;
SELECT j -> 'a' ->> 'b', j #> '{a,b}', j #>> '{a}', j @> '{}', j <@ '{}', j ? 'a', j ?| ARRAY['a'], j ?& ARRAY['a'], j - 'a', j #- '{a}', j @? '$.a', j @@ '$.a == 1' FROM t;
SELECT f[1], f[1:2], f[:2], f[1:], (ARRAY[1, 2, 3])[2], j['a'], (f || 4)[1] FROM t;
SELECT (spot).x, (people.spot).y, (spot).*, people.*, (ROW(1, 2)::pair).x FROM people;
SELECT ROW(1, 2), ROW(), (1, 2), (1, 2) = (1, 2), (1, 2, 3) < (1, 2, 4), (a, b) IS NULL, ROW(a, b) IS DISTINCT FROM (1, 'x') FROM t;
SELECT now() AT TIME ZONE 'UTC', (e AT TIME ZONE 'UTC')::date, e AT TIME ZONE 'UTC' > now(), e AT LOCAL FROM t;
SELECT extract(year FROM e), extract('dow' FROM e), position('a' IN b), substring(b FROM 1 FOR 2), substring(b FROM '^x'), substring(b, 2), trim(BOTH 'x' FROM b), trim(LEADING FROM b), trim(b), overlay(b PLACING 'y' FROM 2 FOR 1) FROM t;
SELECT coalesce(a, 0), nullif(a, 0), greatest(a, 1, 2), least(a, 1), concat(a, b), format('%s', b), to_char(e, 'YYYY'), array_length(f, 1), date_trunc('day', e) FROM t;
SELECT count(*), count(ALL a), sum(DISTINCT a), max(c) FILTER (WHERE b = 'x'), mode() WITHIN GROUP (ORDER BY a), rank(5) WITHIN GROUP (ORDER BY a) FROM t;
SELECT pg_catalog.lower(b), "lower"(b), public.twice(a), twice(x => 1), concat(VARIADIC ARRAY['a', 'b']) FROM t;
-- not in the tree: OPERATOR
SELECT a OPERATOR(pg_catalog.+) 1, b COLLATE "C" < 'x', b || 'y' COLLATE "en-x-icu" FROM t;
SELECT e - interval '1 day' * 2, interval '1 day 2 hours', interval '3' day, e + '1 hour'::interval, date '2026-01-01' - 7, '2026-01-01'::date + time '10:00' FROM t;
SELECT a = 1 OR b = 'x' AND c > 2, (a = 1 OR b = 'x') AND c > 2, NOT a = 1 AND b = 'x', NOT (a = 1 AND b = 'x') FROM t;
SELECT -a ^ 2, - a::int, a < b::int, a IS NULL = false, a + 1 IN (2), a || b LIKE 'x' || '%', NOT a IN (1), a IN (1) = true FROM t WHERE false;
SELECT a -- comment
  , b /* another /* nested */; */ , /**/ c FROM/* no space */t;
SELECT -1, - -1, --1
  1 - -1;
SELECT a/*x*/-1, 'a'
  'b', E'\\', '\', '--not a comment', '/* nor this */' FROM t;
-- not in the tree: EMPTY OBJECT
SELECT json_object('a': 1, 'b' VALUE 2), json_array(1, 2), json_value('{"a": 1}', '$.a' RETURNING int DEFAULT 0 ON EMPTY), json_exists('{}', '$.a'), json_arrayagg(a), '{}' IS JSON OBJECT FROM t;
SELECT t, t.*, (t).a, row_to_json(t), (t.*)::text FROM t;
SELECT $1::int + $2, $3 = b FROM t WHERE a = $1;
SELECT true AND false OR NOT true, 't'::boolean IS NOT TRUE, bool '1', 'infinity'::float8, 'NaN'::numeric;
-- not in the tree: id content
SELECT xmlelement(name foo, xmlattributes(a AS id), b), xmlforest(a, b), xmlparse(content '<a/>') FROM t;
SELECT point '(1,2)' <-> point '(3,4)', '192.168.0.0/24'::inet >>= '192.168.0.1', 'a & b'::tsquery @@ to_tsvector('a b'), tsrange(now()::timestamp, NULL) -|- 'empty';
SELECT ARRAY[1, 2] || ARRAY[3], ARRAY[]::int[], 3 = ANY (f), ARRAY[a, a] @> f, cardinality(f), unnest(f) FROM t;
SELECT CURRENT_TIMESTAMP - e AS age, CURRENT_DATE + 1, LOCALTIME, '2026-01-01'::timestamptz, '2026-01-01'::date FROM t;
SELECT b COLLATE "C", (b COLLATE "C") || 'x' FROM t WHERE false;
