-- What a night has learned of one process (docs/adr/0024): how long its stages take by group, and a predictor of what remains of a case. `version` grows
-- with every night, and with it the tenant's metadata version, so that programs know without asking whether what they have in memory is still true.
create table process_prediction (
  tenant_id uuid not null references tenant (id),
  key text not null,
  version integer not null,
  -- a StageTable of src/prediction/stages.ts
  stages json not null,
  -- a Predictor of src/prediction/predictor.ts, as text; null: too few cases have ended
  predictor text,
  -- which way won the rolling back-test, its errors in days, and on how many cases it rests
  choice text,
  backtest json,
  cases integer not null default 0,
  -- of P80, as the outcomes have moved it since
  p80_offset double precision not null default 0,
  trained_at timestamptz,
  calibrated_at timestamptz,
  learned_at timestamptz not null,
  primary key (tenant_id, key)
);
alter table process_prediction enable row level security;
create policy tenant_isolation on process_prediction using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
