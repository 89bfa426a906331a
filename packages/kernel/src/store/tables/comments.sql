-- a comment can be put right and taken back; whom it names is told once
alter table comment add column edited_at timestamptz, add column removed_at timestamptz;

create table comment_mention (
  tenant_id uuid not null references tenant (id),
  comment_id uuid not null,
  user_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, comment_id, user_id)
);
alter table comment_mention enable row level security;
create policy tenant_isolation on comment_mention using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
