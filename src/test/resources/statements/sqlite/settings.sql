-- PRAGMA, ATTACH, DETACH.
PRAGMA user_version;
PRAGMA user_version = 5;
PRAGMA main.user_version(5);
PRAGMA table_info(t);
PRAGMA table_info('t');
PRAGMA foreign_keys = OFF;
PRAGMA foreign_keys;
PRAGMA journal_mode = WAL;
PRAGMA cache_size = -2000;
PRAGMA synchronous = NORMAL;
PRAGMA foreign_key_check;
PRAGMA integrity_check(1);
PRAGMA no_such_pragma = yes;
ATTACH ':memory:' AS other;
ATTACH DATABASE 'file::memory:' AS "other one";
DETACH other;
DETACH DATABASE other;
