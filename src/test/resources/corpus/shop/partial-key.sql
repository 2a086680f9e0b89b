-- wrong: error partial-key tenant_id
-- as written 5, key-safe 2
-- means: UPDATE orders SET status = 'held' WHERE (tenant_id, customer_id) IN (SELECT tenant_id, id FROM customers WHERE status = 'blocked')
UPDATE orders SET status = 'held' WHERE customer_id IN (SELECT id FROM customers WHERE status = 'blocked');

-- right
UPDATE orders SET status = 'held' WHERE (tenant_id, customer_id) IN (SELECT tenant_id, id FROM customers WHERE status = 'blocked');

-- Half of the link is an IN of its own over the group.
-- wrong: error partial-key tenant_id
-- as written 3, key-safe 1
-- means: UPDATE orders SET status = 'held' WHERE tenant_id IN (SELECT id FROM tenants WHERE plan = 'paid')
--   AND (tenant_id, customer_id) IN (SELECT tenant_id, id FROM customers WHERE status = 'blocked')
UPDATE orders SET status = 'held'
WHERE tenant_id IN (SELECT id FROM tenants WHERE plan = 'paid') AND customer_id IN (SELECT id FROM customers WHERE status = 'blocked');

-- wrong: error partial-key tenant_id
-- as written 8, key-safe 2
-- means: DELETE FROM order_lines WHERE (tenant_id, order_id) IN (SELECT tenant_id, id FROM orders WHERE status = 'cancelled')
DELETE FROM order_lines WHERE order_id IN (SELECT id FROM orders WHERE status = 'cancelled');

-- right
DELETE FROM order_lines WHERE (tenant_id, order_id) IN (SELECT tenant_id, id FROM orders WHERE status = 'cancelled');

-- right
DELETE FROM order_lines WHERE EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = order_lines.tenant_id AND o.id = order_lines.order_id AND o.status = 'cancelled');

-- wrong: error partial-key tenant_id
-- as written 4, key-safe 4
-- means: UPDATE orders SET customer_name = (SELECT c.name FROM customers c WHERE c.tenant_id = orders.tenant_id AND c.id = orders.customer_id) WHERE status = 'open'
UPDATE orders SET customer_name = (SELECT c.name FROM customers c WHERE c.id = orders.customer_id LIMIT 1) WHERE status = 'open';

-- right
UPDATE orders SET customer_name = (SELECT c.name FROM customers c WHERE c.tenant_id = orders.tenant_id AND c.id = orders.customer_id) WHERE status = 'open';

-- wrong: error partial-key tenant_id
-- as written 7, key-safe 7
-- means: UPDATE orders SET total = (SELECT sum(l.quantity * l.price) FROM order_lines l WHERE l.tenant_id = orders.tenant_id AND l.order_id = orders.id) WHERE status <> 'cancelled'
UPDATE orders SET total = (SELECT sum(l.quantity * l.price) FROM order_lines l WHERE l.order_id = orders.id) WHERE status <> 'cancelled';

-- right
UPDATE orders SET total = (SELECT sum(l.quantity * l.price) FROM order_lines l WHERE l.order_id = orders.id AND l.tenant_id = orders.tenant_id) WHERE status <> 'cancelled';

-- wrong: error partial-key tenant_id
-- as written 9, key-safe 9
-- means: UPDATE orders SET total = t.total FROM order_totals t WHERE t.tenant_id = orders.tenant_id AND t.order_id = orders.id
UPDATE orders SET total = t.total FROM order_totals t WHERE t.order_id = orders.id;

-- right
UPDATE orders SET total = t.total FROM order_totals t WHERE t.order_id = orders.id AND t.tenant_id = orders.tenant_id;

-- right
UPDATE orders SET total = t.sum FROM (SELECT tenant_id, order_id, sum(quantity * price) AS sum FROM order_lines GROUP BY tenant_id, order_id) AS t
WHERE (t.tenant_id, t.order_id) = (orders.tenant_id, orders.id);

-- wrong: error partial-key tenant_id
-- as written 9, key-safe 9
-- means: UPDATE orders SET total = t.sum FROM (SELECT tenant_id, order_id, sum(quantity * price) AS sum FROM order_lines GROUP BY tenant_id, order_id) AS t WHERE t.order_id = orders.id AND t.tenant_id = orders.tenant_id
UPDATE orders SET total = t.sum FROM (SELECT order_id, sum(quantity * price) AS sum FROM order_lines GROUP BY order_id) AS t WHERE t.order_id = orders.id;

-- wrong: error partial-key tenant_id
-- as written 12, key-safe 12
-- means: UPDATE order_lines SET price = p.price FROM products AS p WHERE p.tenant_id = order_lines.tenant_id AND p.id = order_lines.product_id
UPDATE order_lines SET price = p.price FROM products AS p WHERE p.id = order_lines.product_id;

-- Two parents, the tenant only through one of them: it is the same tenant.
-- right
UPDATE order_lines SET price = p.price FROM products AS p, orders AS o
WHERE p.tenant_id = o.tenant_id AND p.id = order_lines.product_id AND o.tenant_id = order_lines.tenant_id AND o.id = order_lines.order_id AND o.status = 'open';

-- wrong: error partial-key tenant_id
-- as written 6, key-safe 6
-- means: UPDATE order_lines SET price = p.price FROM products AS p, orders AS o WHERE p.tenant_id = o.tenant_id AND p.id = order_lines.product_id
--   AND o.tenant_id = order_lines.tenant_id AND o.id = order_lines.order_id AND o.status = 'open'
UPDATE order_lines SET price = p.price FROM products AS p, orders AS o
WHERE p.id = order_lines.product_id AND o.tenant_id = order_lines.tenant_id AND o.id = order_lines.order_id AND o.status = 'open';

-- wrong: error partial-key tenant_id
-- as written 11, key-safe 6
-- means: UPDATE order_lines SET price = p.price FROM products AS p, orders AS o WHERE p.tenant_id = order_lines.tenant_id AND p.id = order_lines.product_id
--   AND o.tenant_id = order_lines.tenant_id AND o.id = order_lines.order_id AND o.status = 'open'
UPDATE order_lines SET price = p.price FROM products AS p, orders AS o
WHERE p.tenant_id = o.tenant_id AND p.id = order_lines.product_id AND o.id = order_lines.order_id AND o.status = 'open';

-- Siblings: orders and notes of one customer.
-- wrong: error partial-key tenant_id
-- as written 4, key-safe 2
-- means: UPDATE orders SET status = 'held' WHERE (tenant_id, customer_id) IN (SELECT tenant_id, customer_id FROM customer_notes WHERE kind = 'fraud')
UPDATE orders SET status = 'held' WHERE customer_id IN (SELECT customer_id FROM customer_notes WHERE kind = 'fraud');

-- right
UPDATE orders SET status = 'held' WHERE (tenant_id, customer_id) IN (SELECT tenant_id, customer_id FROM customer_notes WHERE kind = 'fraud');

-- wrong: error partial-key tenant_id
-- as written 3, key-safe 2
-- means: DELETE FROM shipments WHERE EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = shipments.order_id AND l.tenant_id = shipments.tenant_id AND l.quantity > 3)
DELETE FROM shipments WHERE EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = shipments.order_id AND l.quantity > 3);

-- right
DELETE FROM shipments WHERE EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = shipments.order_id AND l.tenant_id = shipments.tenant_id AND l.quantity > 3);

-- wrong: note partial-key tenant_id
-- as written 1, key-safe 1
-- means: SELECT count(*) FROM order_lines JOIN shipments USING (tenant_id, order_id) WHERE delivered = 0
SELECT count(*) FROM order_lines JOIN shipments USING (order_id) WHERE delivered = 0;

-- right
SELECT count(*) FROM order_lines JOIN shipments USING (tenant_id, order_id) WHERE delivered = 0;

-- wrong: error partial-key tenant_id
-- as written 3, key-safe 1
-- means: UPDATE customers SET status = 'vip' WHERE (tenant_id, id) IN (SELECT o.tenant_id, o.customer_id FROM orders o JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id WHERE l.quantity > 5)
UPDATE customers SET status = 'vip'
WHERE (tenant_id, id) IN (SELECT o.tenant_id, o.customer_id FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE l.quantity > 5);

-- right
UPDATE customers SET status = 'vip'
WHERE (tenant_id, id) IN (SELECT o.tenant_id, o.customer_id FROM orders o JOIN order_lines l USING (tenant_id) WHERE l.order_id = o.id AND l.quantity > 5);

-- Every customer meets every order of the tenant.
-- wrong: error partial-key id
-- as written 8, key-safe 8
-- means: UPDATE customers SET orders_count = o.total FROM orders o WHERE o.tenant_id = customers.tenant_id AND o.customer_id = customers.id
UPDATE customers SET orders_count = o.total FROM orders o WHERE o.tenant_id = customers.tenant_id;

-- wrong: note partial-key
-- as written 24, key-safe 9
-- means: SELECT c.name, o.total FROM customers c JOIN orders o ON o.tenant_id = c.tenant_id AND o.customer_id = c.id ORDER BY 1, 2
SELECT c.name, o.total FROM customers c JOIN orders o ON o.tenant_id = c.tenant_id ORDER BY 1, 2;

-- wrong: note partial-key
-- as written 24, key-safe 9
-- means: SELECT c.name, o.total FROM customers c JOIN orders o USING (tenant_id) WHERE o.customer_id = c.id ORDER BY 1, 2
SELECT c.name, o.total FROM customers c JOIN orders o USING (tenant_id) ORDER BY 1, 2;

-- right
SELECT c.name, o.total FROM customers c JOIN orders o USING (tenant_id) WHERE o.customer_id = c.id ORDER BY 1, 2;

-- right
UPDATE customers SET status = 'idle' WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = customers.tenant_id);

-- right
UPDATE customers SET orders_count = (SELECT count(*) FROM orders o WHERE o.tenant_id = customers.tenant_id) WHERE status = 'blocked';

-- right
UPDATE customers SET orders_count = (SELECT count(*) FROM orders o WHERE o.tenant_id = customers.tenant_id AND o.customer_id = customers.id) WHERE status = 'blocked';

-- wrong: error partial-key tenant_id
-- as written 6, key-safe 6
-- means: UPDATE customers SET orders_count = (SELECT count(*) FROM orders o WHERE o.tenant_id = customers.tenant_id AND o.customer_id = customers.id) WHERE status = 'active'
UPDATE customers SET orders_count = (SELECT count(*) FROM orders o WHERE o.customer_id = customers.id) WHERE status = 'active';

-- Unique by itself: an address, an EAN, a tracking code.
-- right
UPDATE customers SET status = 'bounced' WHERE email IN (SELECT email FROM mail_bounces);

-- right
UPDATE products SET discontinued = 1 FROM ean_recalls r WHERE r.ean = products.ean;

-- right
UPDATE customers SET status = 'active' WHERE email = (SELECT email FROM customers WHERE name = 'Al');

-- right
UPDATE shipments SET delivered = 1 WHERE tracking = 't322';

-- right
DELETE FROM shipments WHERE tracking IN (SELECT tracking FROM shipments WHERE delivered = 1);

-- A sku is not: it names a product within a tenant.
-- wrong: error partial-key tenant_id
-- as written 4, key-safe 2
-- means: UPDATE products SET price = 0 WHERE (tenant_id, sku) IN (SELECT tenant_id, sku FROM products WHERE discontinued = 1)
UPDATE products SET price = 0 WHERE sku IN (SELECT sku FROM products WHERE discontinued = 1);

-- right
UPDATE products SET price = 0 WHERE (tenant_id, sku) IN (SELECT tenant_id, sku FROM products WHERE discontinued = 1);

-- wrong: warning partial-key tenant_id
-- as written 2, key-safe 1
-- means: UPDATE products SET price = 1 WHERE tenant_id = 1 AND sku = 'mug'
UPDATE products SET price = 1 WHERE sku = 'mug';

-- right
UPDATE products SET price = 1 WHERE ean = 'e21';

-- wrong: error partial-key tenant_id
-- as written 5, key-safe 4
-- means: UPDATE customers SET status = 'open' WHERE (tenant_id, id) IN (SELECT tenant_id, customer_id FROM open_orders)
UPDATE customers SET status = 'open' WHERE id IN (SELECT customer_id FROM open_orders);

-- right
UPDATE customers SET status = 'open' WHERE (tenant_id, id) IN (SELECT tenant_id, customer_id FROM open_orders);

-- wrong: error partial-key tenant_id
-- as written 2, key-safe 1
-- means: DELETE FROM shipments WHERE (tenant_id, order_id) IN (SELECT v.tenant_id, v.order_id FROM open_orders v JOIN customers c ON c.tenant_id = v.tenant_id AND c.id = v.customer_id WHERE c.status = 'blocked')
DELETE FROM shipments
WHERE (tenant_id, order_id) IN (SELECT v.tenant_id, v.order_id FROM open_orders v JOIN customers c ON c.id = v.customer_id WHERE c.status = 'blocked');

-- right
DELETE FROM shipments
WHERE (tenant_id, order_id) IN (SELECT v.tenant_id, v.order_id FROM open_orders v JOIN customers c ON c.id = v.customer_id AND c.tenant_id = v.tenant_id WHERE c.status = 'blocked');

-- One tenant on both sides.
-- right
UPDATE orders SET status = 'held' WHERE tenant_id = 2 AND customer_id IN (SELECT id FROM customers WHERE tenant_id = 2 AND status = 'blocked');

-- dialect: postgresql
-- right
UPDATE orders SET status = 'held' WHERE tenant_id = $1 AND customer_id IN (SELECT id FROM customers WHERE tenant_id = $1 AND status = 'blocked');

-- wrong: error partial-key tenant_id
-- as written 2, key-safe 1
-- means: UPDATE orders SET status = 'held' WHERE tenant_id = 2 AND customer_id IN (SELECT id FROM customers WHERE tenant_id = 2 AND status = 'blocked')
UPDATE orders SET status = 'held' WHERE tenant_id = 2 AND customer_id IN (SELECT id FROM customers WHERE status = 'blocked');

-- wrong: error partial-key tenant_id
-- as written 4, key-safe 2
-- means: INSERT INTO customer_notes (tenant_id, customer_id, note_no, kind) SELECT o.tenant_id, o.customer_id, 9, 'big' FROM orders o JOIN customers c ON c.id = o.customer_id AND c.tenant_id = o.tenant_id
--   WHERE o.total > 90 AND c.status = 'blocked' GROUP BY o.tenant_id, o.customer_id
INSERT INTO customer_notes (tenant_id, customer_id, note_no, kind)
SELECT o.tenant_id, o.customer_id, 9, 'big' FROM orders o JOIN customers c ON c.id = o.customer_id
WHERE o.total > 90 AND c.status = 'blocked' GROUP BY o.tenant_id, o.customer_id;

-- right
INSERT INTO customer_notes (tenant_id, customer_id, note_no, kind)
SELECT o.tenant_id, o.customer_id, 9, 'big' FROM orders o JOIN customers c ON c.id = o.customer_id AND c.tenant_id = o.tenant_id
WHERE o.total > 90 AND c.status = 'blocked' GROUP BY o.tenant_id, o.customer_id;

-- The note's tenant is taken from another row than its customer's.
-- wrong: error partial-key tenant_id
-- as written 3, key-safe 2
-- means: INSERT INTO customer_notes (tenant_id, customer_id, note_no, kind) SELECT t.id, c.id, 8, 'free' FROM tenants t JOIN customers c ON c.tenant_id = t.id WHERE t.plan = 'free' AND c.status = 'active'
INSERT INTO customer_notes (tenant_id, customer_id, note_no, kind)
SELECT DISTINCT t.id, c.id, 8, 'free' FROM tenants t CROSS JOIN customers c WHERE t.plan = 'free' AND c.status = 'active' AND c.id < 4;

-- right
INSERT INTO customer_notes (tenant_id, customer_id, note_no, kind)
SELECT t.id, c.id, 8, 'free' FROM tenants t JOIN customers c ON c.tenant_id = t.id WHERE t.plan = 'free';

-- Names that are alike, and no key between them: customers.name is no key of tenants.
-- right
SELECT c.name, t.name FROM customers c JOIN tenants t ON t.name = c.name ORDER BY 1;

-- right
SELECT count(*) FROM order_lines l JOIN shipments s ON s.parcel = l.line_no AND s.tenant_id = l.tenant_id AND s.order_id = l.order_id;

-- right
SELECT o.tenant_id, o.id FROM orders o JOIN products p ON p.price = o.total ORDER BY 1, 2;

-- dialect: postgresql
-- wrong: error partial-key tenant_id
DELETE FROM shipments s USING orders o WHERE o.id = s.order_id AND o.status = 'cancelled';

-- dialect: postgresql
-- right
DELETE FROM shipments s USING orders o WHERE o.id = s.order_id AND o.tenant_id = s.tenant_id AND o.status = 'cancelled';

-- dialect: postgresql
-- wrong: error partial-key tenant_id
MERGE INTO customers c USING (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) AS o ON o.customer_id = c.id
WHEN MATCHED THEN UPDATE SET orders_count = o.n;

-- dialect: postgresql
-- right
MERGE INTO customers c USING (SELECT tenant_id, customer_id, count(*) AS n FROM orders GROUP BY tenant_id, customer_id) AS o
ON o.customer_id = c.id AND o.tenant_id = c.tenant_id
WHEN MATCHED THEN UPDATE SET orders_count = o.n;

-- dialect: postgresql
-- wrong: error partial-key tenant_id
WITH late AS (UPDATE orders SET status = 'late' WHERE status = 'open' RETURNING tenant_id, customer_id)
UPDATE customers SET status = 'late' FROM late WHERE late.customer_id = customers.id;

-- dialect: postgresql
-- right
WITH late AS (UPDATE orders SET status = 'late' WHERE status = 'open' RETURNING tenant_id, customer_id)
UPDATE customers SET status = 'late' FROM late WHERE late.customer_id = customers.id AND late.tenant_id = customers.tenant_id;
