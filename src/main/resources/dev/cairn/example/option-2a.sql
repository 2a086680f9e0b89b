CREATE TABLE user_profiles (
  id uuid PRIMARY KEY,
  display_name text,
  meter_number text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL
);

CREATE TABLE electricity_readings (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES user_profiles (id) ON DELETE CASCADE,
  date timestamptz NOT NULL,
  reading_kwh numeric(12, 2) NOT NULL,
  token_amount numeric(12, 2),
  token_cost numeric(12, 2),
  notes text,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE token_events (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES user_profiles (id) ON DELETE CASCADE,
  event_type text NOT NULL CHECK (event_type IN ('TOKEN_PURCHASE', 'METER_READING')),
  event_timestamp timestamptz NOT NULL,
  reading_kwh numeric(12, 2),
  token_amount numeric(12, 2) NOT NULL DEFAULT 0 CHECK (token_amount >= 0),
  token_cost numeric(12, 2),
  notes text,
  is_voided boolean NOT NULL DEFAULT false,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (event_type = 'TOKEN_PURCHASE' OR reading_kwh IS NOT NULL)
);

CREATE INDEX electricity_readings_user_date ON electricity_readings (user_id, date);

CREATE INDEX electricity_readings_date ON electricity_readings (date);
