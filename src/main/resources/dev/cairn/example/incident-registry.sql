-- The few rows of the night of migration 0035 that don't depend on scale or seed.
-- Each statement ends with a semicolon at the end of a line.

INSERT INTO systems (id, owner_clerk_user_id, vendor_type, vendor_site_id, status, display_name, alias, model, serial, ratings, solar_size, battery_size, location, metadata, timezone_offset_min, display_timezone, is_default, created_at, updated_at) VALUES
  (1, 'user_2daylesford', 'selectronic', '1586', 'active', 'Daylesford', 'daylesford', 'SP PRO SPMC482-AU', '105261', '7.5kW, 48V', '12.2 kW', '41.4 kWh', '{"lat":-37.3431,"lng":144.1423}', NULL, 600, 'Australia/Melbourne', 1, 1756512000, 1762300000),
  (2, 'user_2craighome', 'selectronic', '648', 'active', 'Craig Home', 'craig_home', 'SP PRO SPMC240-AU', '097733', '3kW, 24V', '6.6 kW', '13.5 kWh', '{"lat":-37.8136,"lng":144.9631}', NULL, 600, 'Australia/Melbourne', 1, 1756512060, 1762300000),
  (3, 'user_2craighome', 'enphase', '364880', 'active', 'Craig Enphase', 'craig_enphase', 'IQ7+', '122107004412', NULL, '5.1 kW', NULL, '{"lat":-37.8136,"lng":144.9631}', NULL, 600, 'Australia/Melbourne', 0, 1756684800, 1762300000),
  (5, 'user_2daylesford', 'fronius', '29f1d4b0', 'active', 'Barn', 'barn', 'GEN24 10.0 Plus', '34182907', '10kW', '10.4 kW', '11 kWh', '{"lat":-37.3440,"lng":144.1391}', NULL, 600, 'Australia/Melbourne', 0, 1737504000, 1762300000),
  (6, 'user_2kinkora', 'mondo', 'a0c3f5e2-7d4b-4c1e-9b5a-1f8d2e6c7b90', 'active', 'Kinkora', 'kinkora', NULL, NULL, NULL, '13.2 kW', '27 kWh', '{"lat":-37.0012,"lng":145.8021}', NULL, 600, 'Australia/Melbourne', 1, 1761177600, 1762300000);

INSERT INTO user_systems (clerk_user_id, system_id, role, created_at, updated_at) VALUES
  ('user_2daylesford', 1, 'owner', 1756512000, 1756512000),
  ('user_2craighome', 2, 'owner', 1756512060, 1756512060),
  ('user_2craighome', 3, 'owner', 1756684800, 1756684800),
  ('user_2kinkora', 6, 'owner', 1761177600, 1761177600),
  ('user_2daylesford', 5, 'owner', 1737504000, 1737504000),
  ('user_2craighome', 1, 'viewer', 1757000000, 1757000000),
  ('user_2daylesford', 2, 'admin', 1757000300, 1761000300),
  ('user_2daylesford', 6, 'viewer', 1761200000, 1761200000);

INSERT INTO clerk_id_mapping (username, prod_clerk_id, dev_clerk_id, created_at, updated_at) VALUES
  ('daylesford@example.com', 'user_2daylesford', 'user_dev_daylesford', 1756512000, 1756512000),
  ('craig@example.com', 'user_2craighome', 'user_dev_craig', 1756512060, 1756512060),
  ('kinkora@example.com', 'user_2kinkora', 'user_dev_kinkora', 1761177600, 1761177600);
