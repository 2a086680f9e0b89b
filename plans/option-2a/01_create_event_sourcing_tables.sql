-- Phase 1, first script: the source of truth, and the audit trail of recalculations.
-- An application that writes both tables has token_events already: then only what it lacks is added.

CREATE TABLE IF NOT EXISTS token_events (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES user_profiles (id) ON DELETE CASCADE,
  event_type text NOT NULL CHECK (event_type IN ('TOKEN_PURCHASE', 'METER_READING')),
  event_timestamp timestamptz NOT NULL,
  -- What the meter showed behind the event, in kWh. NULL: nobody looked; then it follows from the events before.
  reading_kwh numeric(12, 2),
  token_amount numeric(12, 2) NOT NULL DEFAULT 0 CHECK (token_amount >= 0),
  token_cost numeric(12, 2),
  notes text,
  is_voided boolean NOT NULL DEFAULT false,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (event_type = 'TOKEN_PURCHASE' OR reading_kwh IS NOT NULL)
);

-- The reading that an event records, by what its metadata say: whoever writes the event, and once each.
ALTER TABLE token_events
  ADD COLUMN reading_id uuid GENERATED ALWAYS AS ((metadata ->> 'original_id')::uuid) STORED;
CREATE UNIQUE INDEX token_events_reading ON token_events (reading_id);
CREATE INDEX token_events_user_time ON token_events (user_id, event_timestamp, created_at, id) WHERE NOT is_voided;
CREATE INDEX token_events_migrated ON token_events ((metadata ->> 'migrated_from'));

CREATE TABLE recalculation_batches (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES user_profiles (id) ON DELETE CASCADE,
  trigger_type text NOT NULL CHECK (trigger_type IN ('MIGRATION', 'VOID', 'CORRECTION', 'BACKDATED')),
  triggered_by uuid REFERENCES token_events (id) ON DELETE SET NULL,
  events_count integer NOT NULL DEFAULT 0 CHECK (events_count >= 0),
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX recalculation_batches_user_time ON recalculation_batches (user_id, created_at);

-- Who asks, as the API in front says it. Roles such as "authenticated" are of one vendor, so the policies
-- are for everybody; the table's owner is not bound by them.
CREATE FUNCTION token_events_reader() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;

ALTER TABLE token_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY token_events_own_read ON token_events FOR SELECT USING (user_id = token_events_reader());
CREATE POLICY token_events_own_insert ON token_events FOR INSERT WITH CHECK (user_id = token_events_reader());
CREATE POLICY token_events_own_update ON token_events FOR UPDATE
  USING (user_id = token_events_reader()) WITH CHECK (user_id = token_events_reader());

ALTER TABLE recalculation_batches ENABLE ROW LEVEL SECURITY;
CREATE POLICY recalculation_batches_own_read ON recalculation_batches FOR SELECT
  USING (user_id = token_events_reader());
