-- What neither queries nor changes rows by a grammar of its own, but may well do so.
DO $$ BEGIN DELETE FROM t; END $$;
DO LANGUAGE plpgsql 'BEGIN UPDATE t SET a = 1; END';
CALL tidy();
COPY t TO '/dev/null';
COPY (SELECT * FROM t) TO '/dev/null' WITH (FORMAT csv);
PREPARE s (int) AS UPDATE t SET a = 1;
EXECUTE prepared;
DEALLOCATE prepared;
DECLARE c CURSOR FOR SELECT * FROM t;
FETCH NEXT FROM open_cursor;
MOVE 5 IN open_cursor;
CLOSE open_cursor;
LOCK TABLE t IN ACCESS EXCLUSIVE MODE NOWAIT;
LISTEN channel;
NOTIFY channel, 'payload';
LOAD 'plpgsql';
