-- the codes by which customers show that a telephone is theirs: never read by a page, never in the audit; only hashes, removed when they are of no more use
create table phone_code (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  phone text not null,
  asked_at timestamptz not null,
  ends_at timestamptz not null,
  -- one for each time the message left: a gateway that was asked twice may have sent either
  hashes text[] not null default '{}',
  tries integer not null default 0,
  proven_at timestamptz,
  proven_by uuid,
  primary key (tenant_id, id)
);
create index ix_phone_code__phone on phone_code (tenant_id, phone, asked_at desc);
create index ix_phone_code__asked on phone_code (tenant_id, asked_at);
alter table phone_code enable row level security;
create policy tenant_isolation on phone_code using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
