-- Keywords that PostgreSQL takes as names, quotings, and names beyond ASCII.
SELECT "Order"."group", "Order"."select", "sp ace", "weird ""name""" FROM "Order";
SELECT value, date, time, timestamp_, year, name, type, avg, min, max, count, sum, last, status, result, language, method, level, key, action, text, first, over, filter, zone, day FROM common_words;
UPDATE common_words SET value = 1, date = now(), time = '10:00', year = year + 1, count = count + 1, name = 'x', type = 'y', key = 'k', text = 't', level = 3, first = 1, last = 2, language = 'en', method = 'm', result = NULL, action = 'a', day = 1 WHERE status = 'z' AND zone IS NULL AND filter > 0 AND over < 1;
INSERT INTO common_words (date, time, year, value, count, min, max, avg, sum, text, name, type) VALUES ('2026-01-01', '10:00', 2, 3, 4, 5, 6, 7, 8, 'a', 'b', 'c') RETURNING date, time, value, count AS total;
DELETE FROM common_words WHERE value = 1 AND date < '2026-01-01' AND text = 'x' AND key = 'y';
SELECT w.value, w.date, w.time, w.year, count(w.count), sum(w.sum), min(min), max(max) FROM common_words w GROUP BY 1, 2, 3, 4;
SELECT höhe, "高さ", größe.高さ FROM größe WHERE höhe > 1;
SELECT a$b, _x, x1 FROM (SELECT 1 AS a$b, 2 AS _x, 3 AS x1) AS q;
SELECT U&"\0061", U&"!0062" UESCAPE '!' FROM t;
SELECT 1 AS select, 2 AS from, 3 AS table, 4 AS "AS", 5 value, 6 AS user;
SELECT T.A, "t"."b", public.t.c, "public"."t"."d" FROM T;
SELECT abort, absent, cycle, data, insert, merge, plans, replace, temp FROM (SELECT 1 AS abort, 2 AS absent, 3 AS cycle, 4 AS data, 5 AS insert, 6 AS merge, 7 AS plans, 8 AS replace, 9 AS temp) AS action;
SELECT x.delete, x.update, x.set, x.begin, x.commit, x.exclude, x.groups FROM (SELECT 1 AS delete, 2 AS update, 3 AS set, 4 AS begin, 5 AS commit, 6 AS exclude, 7 AS groups) AS x;
SELECT replace(b, 'x', 'y'), "left"(b, 1), left(b, 2), right(b, 1), date(e), abs(a) FROM t;
WITH temp AS (SELECT 1 AS row_number), data AS (SELECT row_number FROM temp) SELECT data.row_number FROM data;
