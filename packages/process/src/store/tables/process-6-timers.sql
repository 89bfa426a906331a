-- A step that ends takes its timers off the list. Row-level security lets no index answer a condition that is not leak-proof, and `payload->>'stepId'`
-- is not: each such step read all timers of the company. A plain column is compared by the index, however many wait.
alter table job add column step_id text generated always as (payload->>'stepId') stored;
drop index ix_job__process_timer;
create index ix_job__step on job (tenant_id, step_id) where kind = 'process.timer';
