-- What a step and a case cost to write, measured by bench/process.ts (docs/adr/0022).
-- Room on its page for the next version of a case's row: an update that stays there touches no index and logs only what changed.
alter table process_instance set (fillfactor = 70);
-- Written anew with every step, but for a little at its beginning (the newest variables come first): as text, and behind all other columns, the
-- rest stays byte for byte, and only the beginning is logged. Nothing looks into it in SQL.
alter table process_instance rename column variables to variables_jsonb;
alter table process_instance add column variables json not null default '{}';
update process_instance set variables = variables_jsonb::json where variables_jsonb <> '{}';
alter table process_instance drop column variables_jsonb;
-- Every insert looked up and locked the company's one row, all cases of a company the same. The row's tenant is the session's, which the policy
-- of row-level security sees to.
alter table process_step drop constraint process_step_tenant_id_fkey;
-- Many rows change once and then never: their room is found again before the tables have grown by a fifth.
alter table process_instance set (autovacuum_vacuum_scale_factor = 0.05);
alter table process_step set (autovacuum_vacuum_scale_factor = 0.05);
-- Nobody's steps are in nobody's list.
drop index ix_process_step__mine;
create index ix_process_step__mine on process_step (tenant_id, assignee_id, due_at) where state in ('waiting', 'active', 'paused') and assignee_id is not null;
-- A post's pool, soonest due first: a page of it costs the same whatever lies behind.
drop index ix_process_step__pool;
create index ix_process_step__pool on process_step (tenant_id, role, due_at, id) where state = 'waiting' and assignee_id is null and kind = 'user';
drop index ix_process_step__done;
create index ix_process_step__done on process_step (tenant_id, finished_by, finished_at) where state = 'done' and finished_by is not null;
