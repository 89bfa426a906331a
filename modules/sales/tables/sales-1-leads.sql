-- whose turn it is under a rule: one row a rule, counted up in one statement, so that leads made at the same moment go to different people
create table lead_cursor (
  tenant_id uuid not null references tenant (id),
  rule_id uuid not null,
  turns bigint not null default 0,
  primary key (tenant_id, rule_id)
);
alter table lead_cursor enable row level security;
create policy tenant_isolation on lead_cursor using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- one row for each time that somebody had a lead: what the pool's limits count, and what the analysis by rule asks
create table lead_turn (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  lead_id uuid not null,
  person_id uuid not null,
  rule_id uuid,
  how text not null check (how in ('rule', 'hand', 'take', 'own')),
  began_at timestamptz not null,
  contact_at timestamptz,
  ended_at timestamptz,
  ended text check (ended in ('back', 'unread', 'idle', 'moved', 'converted', 'discarded')),
  primary key (tenant_id, id)
);
create index ix_lead_turn__lead on lead_turn (tenant_id, lead_id);
create index ix_lead_turn__person on lead_turn (tenant_id, person_id, began_at);
create unique index ux_lead_turn__open on lead_turn (tenant_id, lead_id) where ended_at is null;
alter table lead_turn enable row level security;
create policy tenant_isolation on lead_turn using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
