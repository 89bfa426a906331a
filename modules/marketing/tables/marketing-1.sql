-- whom a campaign was begun for: fixed at its start, whatever the rule would say later
create table campaign_audience (
  tenant_id uuid not null references tenant (id),
  campaign_id uuid not null,
  customer_id uuid not null,
  -- the place that the seed gave: the first so many are held out
  rank integer not null,
  held_out boolean not null,
  enrolled boolean not null default false,
  primary key (tenant_id, campaign_id, customer_id)
);
create index campaign_audience_to_do on campaign_audience (tenant_id, campaign_id) where not enrolled;
alter table campaign_audience enable row level security;
create policy tenant_isolation on campaign_audience using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
