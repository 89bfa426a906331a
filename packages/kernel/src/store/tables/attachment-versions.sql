-- a file can be replaced and what it was stays: `attachment` keeps what holds now, and who wrote that; what it was before is beside it
alter table attachment add column version integer not null default 1, add column changed_at timestamptz, add column changed_by uuid, add column note text;

create table attachment_version (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  attachment_id uuid not null,
  entity text not null,
  record_id uuid not null,
  no integer not null,
  author_id uuid,
  at timestamptz not null,
  name text not null,
  media_type text not null,
  size integer not null,
  sha256 bytea not null,
  note text,
  content bytea not null,
  primary key (tenant_id, id)
);
create unique index ux_attachment_version__no on attachment_version (tenant_id, attachment_id, no);
create index ix_attachment_version__record on attachment_version (tenant_id, entity, record_id);
alter table attachment_version alter column content set storage external;
alter table attachment_version enable row level security;
create policy tenant_isolation on attachment_version using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
