-- Versions joined by their id only: the leading half of the key is there, the other is not.

-- wrong: error partial-key version
-- as written 6, key-safe 6
-- means: UPDATE contract_items SET note = c.state FROM contracts c WHERE c.contract_id = contract_items.contract_id AND c.version = contract_items.version
UPDATE contract_items SET note = c.state FROM contracts c WHERE c.contract_id = contract_items.contract_id;

-- right
UPDATE contract_items SET note = c.state FROM contracts c WHERE c.contract_id = contract_items.contract_id AND c.version = contract_items.version;

-- wrong: error partial-key version
-- as written 5, key-safe 5
-- means: UPDATE contract_items SET note = (SELECT c.state FROM contracts c WHERE c.contract_id = contract_items.contract_id AND c.version = contract_items.version) WHERE contract_id <> 2
UPDATE contract_items SET note = (SELECT c.state FROM contracts c WHERE c.contract_id = contract_items.contract_id LIMIT 1) WHERE contract_id <> 2;

-- right
UPDATE contract_items SET note = (SELECT c.state FROM contracts c WHERE c.contract_id = contract_items.contract_id AND c.version = contract_items.version) WHERE contract_id <> 2;

-- wrong: error partial-key contract_id
-- as written 5, key-safe 2
-- means: DELETE FROM contract_items WHERE (contract_id, version) IN (SELECT contract_id, version FROM contracts WHERE state = 'old')
DELETE FROM contract_items WHERE version IN (SELECT version FROM contracts WHERE state = 'old');

-- right
DELETE FROM contract_items WHERE (contract_id, version) IN (SELECT contract_id, version FROM contracts WHERE state = 'old');

-- wrong: note partial-key version
-- as written 13, key-safe 6
-- means: SELECT i.item_no, c.amount FROM contract_items i JOIN contracts c USING (contract_id, version) ORDER BY 1, 2
SELECT i.item_no, c.amount FROM contract_items i JOIN contracts c USING (contract_id) ORDER BY 1, 2;

-- right
SELECT i.item_no, c.amount FROM contract_items i JOIN contracts c USING (contract_id, version) ORDER BY 1, 2;

-- wrong: error partial-key version
-- as written 5, key-safe 5
-- means: INSERT INTO contract_items (contract_id, version, item_no, price) SELECT i.contract_id, i.version, 9, max(c.amount) FROM contracts c JOIN contract_items i ON i.contract_id = c.contract_id AND i.version = c.version WHERE i.item_no = 1 GROUP BY i.contract_id, i.version
INSERT INTO contract_items (contract_id, version, item_no, price)
SELECT i.contract_id, i.version, 9, max(c.amount) FROM contracts c JOIN contract_items i ON i.contract_id = c.contract_id WHERE i.item_no = 1 GROUP BY i.contract_id, i.version;

-- The newest version of each contract, on purpose.
-- right
SELECT c.contract_id, c.amount FROM contracts c
JOIN (SELECT contract_id, max(version) AS newest FROM contracts GROUP BY contract_id) AS m ON m.contract_id = c.contract_id AND m.newest = c.version ORDER BY 1;

-- right
DELETE FROM contract_items WHERE version < (SELECT max(c.version) FROM contracts c WHERE c.contract_id = contract_items.contract_id);

-- right
UPDATE contracts SET state = 'signed' WHERE EXISTS (SELECT 1 FROM signatures s WHERE s.contract_id = contracts.contract_id AND s.version = contracts.version);

-- wrong: error partial-key version
-- as written 6, key-safe 4
-- means: UPDATE contracts SET amount = s.id FROM signatures s WHERE s.contract_id = contracts.contract_id AND s.version = contracts.version
UPDATE contracts SET amount = s.id FROM signatures s WHERE s.contract_id = contracts.contract_id;

-- Siblings of one contract.
-- wrong: error partial-key version
-- as written 4, key-safe 2
-- means: UPDATE signatures SET signer = 'item ' || i.price FROM contract_items i WHERE i.contract_id = signatures.contract_id AND i.version = signatures.version AND i.price > 1
UPDATE signatures SET signer = 'item ' || i.price FROM contract_items i WHERE i.contract_id = signatures.contract_id AND i.price > 1;

-- Text keys.
-- wrong: error partial-key lang
-- as written 3, key-safe 3
-- means: UPDATE label_uses SET shown = (SELECT label FROM labels l WHERE l.lang = label_uses.lang AND l.code = label_uses.code) WHERE page = 'home'
UPDATE label_uses SET shown = (SELECT label FROM labels l WHERE l.code = label_uses.code LIMIT 1) WHERE page = 'home';

-- right
UPDATE label_uses SET shown = (SELECT label FROM labels l WHERE l.lang = label_uses.lang AND l.code = label_uses.code) WHERE page = 'home';

-- wrong: error partial-key lang
-- as written 0, key-safe 3
-- means: DELETE FROM label_uses WHERE NOT EXISTS (SELECT 1 FROM labels l WHERE l.lang = label_uses.lang AND l.code = label_uses.code AND l.reviewed = 1)
DELETE FROM label_uses WHERE NOT EXISTS (SELECT 1 FROM labels l WHERE lower(l.code) = lower(label_uses.code) AND l.reviewed = 1);

-- right
DELETE FROM label_uses WHERE NOT EXISTS (SELECT 1 FROM labels l WHERE l.lang = label_uses.lang AND l.code = label_uses.code AND l.reviewed = 1);

-- wrong: error partial-key code
-- as written 5, key-safe 3
-- means: UPDATE label_uses SET shown = l.label FROM labels l WHERE l.lang = label_uses.lang AND l.code = label_uses.code AND l.reviewed = 0
UPDATE label_uses SET shown = l.label FROM labels l WHERE l.lang = label_uses.lang AND l.reviewed = 0;

-- wrong: warning partial-key lang
-- as written 3, key-safe 1
-- means: UPDATE labels SET reviewed = 1 WHERE lang = 'en' AND code = 'ok'
UPDATE labels SET reviewed = 1 WHERE code = 'ok';

-- right
UPDATE labels SET reviewed = 1 WHERE lang = 'en' AND code = 'ok';

-- right
UPDATE labels SET reviewed = 1 WHERE lang = 'en';

-- right
UPDATE contracts SET state = 'old' WHERE contract_id = 3;

-- right
UPDATE contracts AS c SET state = 'old' WHERE c.version < 3 AND EXISTS (SELECT 1 FROM contracts AS n WHERE n.contract_id = c.contract_id AND n.version = c.version + 1);
