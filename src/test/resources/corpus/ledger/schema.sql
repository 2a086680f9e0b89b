-- No foreign key is declared anywhere: the keys alone say what belongs together. Numbers are texts with leading noughts.

CREATE TABLE accounts (branch TEXT NOT NULL, number TEXT NOT NULL, owner TEXT, closed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (branch, number));
CREATE TABLE postings (id INTEGER PRIMARY KEY, branch TEXT NOT NULL, number TEXT NOT NULL, amount INTEGER NOT NULL, kind TEXT, checked INTEGER);
CREATE TABLE account_flags (branch TEXT NOT NULL, number TEXT NOT NULL, flag TEXT NOT NULL, PRIMARY KEY (branch, number, flag));
CREATE TABLE cards (card_no TEXT PRIMARY KEY, branch TEXT NOT NULL, number TEXT NOT NULL, blocked INTEGER NOT NULL DEFAULT 0);
-- "number" is a house number here, and "kind" names nothing.
CREATE TABLE branches (branch TEXT PRIMARY KEY, street TEXT, number TEXT, kind TEXT);
CREATE TABLE kinds (kind TEXT, title TEXT);

INSERT INTO branches VALUES ('N', 'Main St', '001', 'big'), ('S', 'Low Rd', '7', 'small'), ('W', 'Main St', '9', 'big');
INSERT INTO accounts VALUES ('N', '001', 'Ann', 0), ('N', '002', 'Bob', 1), ('S', '001', 'Cyd', 1), ('S', '003', 'Dan', 0), ('W', '002', 'Eve', 0), ('W', '003', 'Fay', 1);
INSERT INTO postings VALUES (1, 'N', '001', 10, 'fee', NULL), (2, 'N', '002', 20, 'sale', NULL), (3, 'S', '001', 30, 'fee', NULL), (4, 'S', '003', 40, 'sale', NULL), (5, 'W', '002', 50, 'fee', NULL), (6, 'W', '003', 60, 'sale', NULL), (7, 'N', '001', 70, NULL, NULL);
INSERT INTO account_flags VALUES ('N', '001', 'watch'), ('S', '003', 'watch'), ('W', '002', 'frozen'), ('S', '001', 'frozen');
INSERT INTO cards VALUES ('c1', 'N', '001', 0), ('c2', 'S', '001', 0), ('c3', 'W', '003', 1);
INSERT INTO kinds VALUES ('fee', 'Fee'), ('sale', 'Sale'), (NULL, 'Other');
