-- A shop with many tenants: every number counts from 1 in each tenant. E-mail addresses, EANs and tracking codes are unique by themselves.

CREATE TABLE tenants (id INTEGER PRIMARY KEY, name TEXT NOT NULL, plan TEXT NOT NULL);
CREATE TABLE customers (
  tenant_id INTEGER NOT NULL REFERENCES tenants(id),
  id INTEGER NOT NULL,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'active',
  orders_count INTEGER,
  PRIMARY KEY (tenant_id, id)
);
CREATE TABLE products (
  tenant_id INTEGER NOT NULL REFERENCES tenants(id),
  id INTEGER NOT NULL,
  sku TEXT NOT NULL,
  ean TEXT UNIQUE,
  price INTEGER NOT NULL,
  discontinued INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, sku)
);
CREATE TABLE orders (
  tenant_id INTEGER NOT NULL REFERENCES tenants(id),
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  total INTEGER NOT NULL DEFAULT 0,
  customer_name TEXT,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id)
);
CREATE TABLE order_lines (
  tenant_id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  price INTEGER,
  PRIMARY KEY (tenant_id, order_id, line_no),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders(tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, id)
);
-- Siblings: children of customers, beside orders.
CREATE TABLE customer_notes (
  tenant_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  note_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, note_no),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id)
);
CREATE TABLE shipments (
  tenant_id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  parcel INTEGER NOT NULL,
  tracking TEXT UNIQUE,
  delivered INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, order_id, parcel),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders(tenant_id, id)
);
CREATE TABLE mail_bounces (email TEXT PRIMARY KEY, bounced_at INTEGER);
CREATE TABLE ean_recalls (ean TEXT PRIMARY KEY, reason TEXT);

CREATE VIEW open_orders AS SELECT o.tenant_id, o.id AS order_id, o.customer_id FROM orders o WHERE o.status = 'open';
CREATE VIEW order_totals AS SELECT tenant_id, order_id, sum(quantity * price) AS total FROM order_lines GROUP BY tenant_id, order_id;

INSERT INTO tenants VALUES (1, 'Ada', 'free'), (2, 'Bob', 'paid'), (3, 'Cyd', 'paid');
INSERT INTO customers VALUES
  (1, 1, 'a1@x.org', 'Ann', 'active', NULL), (1, 2, 'a2@x.org', 'Al', 'blocked', NULL), (1, 3, 'a3@x.org', 'Abe', 'active', NULL),
  (2, 1, 'b1@x.org', 'Bea', 'blocked', NULL), (2, 2, 'b2@x.org', 'Bo', 'active', NULL), (2, 4, 'b4@x.org', 'Ben', 'active', NULL),
  (3, 2, 'c2@x.org', 'Cy', 'active', NULL), (3, 3, 'c3@x.org', 'Cat', 'active', NULL);
INSERT INTO products VALUES
  (1, 1, 'tea', 'e11', 10, 0), (1, 2, 'mug', 'e12', 20, 1), (2, 1, 'mug', 'e21', 30, 0), (2, 2, 'pen', 'e22', 40, 0),
  (3, 1, 'pen', 'e31', 50, 1), (3, 2, 'tea', NULL, 60, 0), (3, 3, 'ink', 'e33', 70, 0);
INSERT INTO orders (tenant_id, id, customer_id, status, total) VALUES
  (1, 1, 1, 'open', 100), (1, 2, 2, 'paid', 200), (1, 3, 3, 'cancelled', 50),
  (2, 1, 2, 'paid', 300), (2, 2, 4, 'open', 10), (2, 3, 1, 'open', 900),
  (3, 1, 2, 'cancelled', 70), (3, 2, 3, 'paid', 80), (3, 3, 3, 'open', 5);
INSERT INTO order_lines VALUES
  (1, 1, 1, 1, 2, 10), (1, 1, 2, 2, 1, 20), (1, 2, 1, 2, 3, 20), (1, 3, 1, 1, 1, 10),
  (2, 1, 1, 1, 4, 30), (2, 2, 1, 2, 1, 40), (2, 3, 1, 1, 7, 30), (2, 3, 2, 2, 2, 40),
  (3, 1, 1, 1, 1, 50), (3, 2, 1, 2, 1, 60), (3, 2, 2, 3, 2, 70), (3, 3, 1, 3, 1, 70);
INSERT INTO customer_notes VALUES (1, 1, 1, 'vip'), (1, 2, 1, 'fraud'), (2, 2, 1, 'vip'), (2, 4, 1, 'fraud'), (3, 3, 1, 'vip'), (3, 3, 2, 'call');
INSERT INTO shipments VALUES (1, 1, 1, 't111', 0), (1, 2, 1, 't121', 1), (2, 1, 1, 't211', 1), (2, 3, 1, 't231', 0), (3, 2, 1, 't321', 1), (3, 2, 2, 't322', 0);
INSERT INTO mail_bounces VALUES ('a2@x.org', 5), ('b4@x.org', 6);
INSERT INTO ean_recalls VALUES ('e12', 'lead'), ('e31', 'leak');
