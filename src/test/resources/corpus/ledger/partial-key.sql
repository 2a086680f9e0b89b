-- wrong: error partial-key branch
-- as written 7, key-safe 3
-- means: DELETE FROM postings WHERE (branch, number) IN (SELECT branch, number FROM accounts WHERE closed = 1)
DELETE FROM postings WHERE number IN (SELECT number FROM accounts WHERE closed = 1);

-- right
DELETE FROM postings WHERE (branch, number) IN (SELECT branch, number FROM accounts WHERE closed = 1);

-- wrong: error partial-key branch
-- as written 0, key-safe 3
-- means: DELETE FROM postings WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.branch = postings.branch AND a.number = postings.number AND a.closed = 0)
DELETE FROM postings WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.number = postings.number AND a.closed = 0);

-- right
DELETE FROM postings WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.branch = postings.branch AND a.number = postings.number AND a.closed = 0);

-- wrong: error partial-key branch
-- as written 4, key-safe 2
-- means: UPDATE accounts SET closed = 1 WHERE (branch, number) IN (SELECT branch, number FROM account_flags WHERE flag = 'frozen')
UPDATE accounts SET closed = 1 WHERE number IN (SELECT number FROM account_flags WHERE flag = 'frozen');

-- right
UPDATE accounts SET closed = 1 WHERE (branch, number) IN (SELECT branch, number FROM account_flags WHERE flag = 'frozen');

-- wrong: error partial-key branch
-- as written 7, key-safe 7
-- means: UPDATE postings SET kind = a.owner FROM accounts AS a WHERE a.branch = postings.branch AND a.number = postings.number
UPDATE postings SET kind = a.owner FROM accounts AS a WHERE a.number = postings.number;

-- right
UPDATE postings SET kind = a.owner FROM accounts AS a WHERE a.branch = postings.branch AND a.number = postings.number;

-- wrong: error partial-key branch
-- as written 3, key-safe 2
-- means: UPDATE cards SET blocked = 1 WHERE EXISTS (SELECT 1 FROM accounts a WHERE a.branch = cards.branch AND a.number = cards.number AND a.closed = 1)
UPDATE cards SET blocked = 1 WHERE EXISTS (SELECT 1 FROM accounts a WHERE trim(a.number) = cards.number AND a.closed = 1);

-- right
UPDATE cards SET blocked = 1 WHERE EXISTS (SELECT 1 FROM accounts a WHERE trim(a.number) = cards.number AND a.branch = cards.branch AND a.closed = 1);

-- wrong: error partial-key branch
-- as written 3, key-safe 2
-- means: UPDATE cards SET blocked = 1 WHERE (branch, CAST(number AS INTEGER)) IN (SELECT branch, CAST(number AS INTEGER) FROM accounts WHERE closed = 1)
UPDATE cards SET blocked = 1 WHERE CAST(number AS INTEGER) IN (SELECT CAST(number AS INTEGER) FROM accounts WHERE closed = 1);

-- wrong: error partial-key branch
-- as written 0, key-safe 3
-- means: UPDATE accounts SET owner = 'nobody' WHERE (branch, number) NOT IN (SELECT branch, number FROM postings WHERE amount > 40)
UPDATE accounts SET owner = 'nobody' WHERE number NOT IN (SELECT number FROM postings WHERE amount > 40);

-- right
UPDATE accounts SET owner = 'nobody' WHERE (branch, number) NOT IN (SELECT branch, number FROM postings WHERE amount > 40);

-- Equal names without a key.
-- right
UPDATE postings SET checked = 1 WHERE kind IN (SELECT kind FROM kinds WHERE title = 'Fee');

-- right
SELECT p.id, k.title FROM postings p JOIN kinds k ON k.kind = p.kind ORDER BY 1, 2;

-- right
SELECT b.branch, k.title FROM branches b LEFT JOIN kinds k ON k.kind = b.kind ORDER BY 1;

-- branches.branch is its whole key.
-- right
UPDATE accounts SET closed = 1 WHERE branch IN (SELECT branch FROM branches WHERE kind = 'small');

-- right
UPDATE postings SET checked = 1 FROM branches b WHERE b.branch = postings.branch AND b.street = 'Main St';

-- wrong: error partial-key branch
-- as written 3, key-safe 2
-- means: INSERT INTO account_flags (branch, number, flag) SELECT c.branch, c.number, 'card' FROM cards c JOIN accounts a ON a.number = c.number AND a.branch = c.branch WHERE a.closed = 1
INSERT INTO account_flags (branch, number, flag) SELECT DISTINCT c.branch, c.number, 'card' FROM cards c JOIN accounts a ON a.number = c.number WHERE a.closed = 1;

-- right
INSERT INTO account_flags (branch, number, flag) SELECT DISTINCT c.branch, c.number, 'card' FROM cards c JOIN accounts a ON a.number = c.number AND a.branch = c.branch WHERE a.closed = 1;

-- wrong: error partial-key number
-- as written 7, key-safe 7
-- means: UPDATE postings SET checked = a.closed FROM accounts a WHERE a.branch = postings.branch AND a.number = postings.number
UPDATE postings SET checked = a.closed FROM accounts a WHERE a.branch = postings.branch;

-- wrong: error partial-key branch
-- as written 2, key-safe 1
-- means: DELETE FROM accounts WHERE (branch, number) IN (SELECT branch, number FROM accounts WHERE owner = 'Bob')
DELETE FROM accounts WHERE number = (SELECT number FROM accounts WHERE owner = 'Bob');

-- right
DELETE FROM accounts WHERE (branch, number) = (SELECT branch, number FROM accounts WHERE owner = 'Bob');

-- wrong: warning partial-key branch
-- as written 2, key-safe 1
-- means: DELETE FROM accounts WHERE branch = 'S' AND number = '003'
DELETE FROM accounts WHERE number = '003';

-- right
DELETE FROM postings WHERE number = '003' AND branch = 'S';

-- right
DELETE FROM cards WHERE card_no = 'c2';

-- right
UPDATE accounts SET closed = 1 WHERE branch = 'W' AND number IN (SELECT number FROM accounts WHERE branch = 'W' AND closed = 0);
