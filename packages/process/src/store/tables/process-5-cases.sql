-- The list of cases (modules/cases): the open ones and the ended ones of a process each by an index of their own, so that a page of them costs
-- the same among a thousand cases and among a million; and open steps by how long they have been there.
create index ix_process_instance__open on process_instance (tenant_id, definition_id, started_at, id) where state = 'active';
create index ix_process_instance__ended on process_instance (tenant_id, definition_id, ended_at, id) where state <> 'active';
create index ix_process_step__since on process_step (tenant_id, entered_at, id) where state in ('waiting', 'active', 'paused') and kind <> 'vote';
