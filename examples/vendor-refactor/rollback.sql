-- rollback.sql
BEGIN TRANSACTION;

-- Recreate original structure
CREATE TABLE systems_rollback (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT,
  owner_clerk_user_id TEXT,
  system_number TEXT NOT NULL,
  display_name TEXT,
  model TEXT,
  serial TEXT,
  ratings TEXT,
  solar_size TEXT,
  battery_size TEXT,
  timezone_offset INTEGER DEFAULT 10,
  created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME DEFAULT CURRENT_TIMESTAMP
);

-- Copy data back
INSERT INTO systems_rollback (
  id, owner_clerk_user_id, system_number, display_name,
  model, serial, ratings, solar_size, battery_size, timezone_offset,
  created_at, updated_at
)
SELECT 
  id, owner_clerk_user_id, vendor_site_id, display_name,
  model, serial, ratings, solar_size, battery_size, timezone_offset_min / 60,
  created_at, updated_at
FROM systems;

DROP TABLE systems;
ALTER TABLE systems_rollback RENAME TO systems;

COMMIT;
