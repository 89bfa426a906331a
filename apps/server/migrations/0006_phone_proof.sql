-- made from the declarations by `quancheng migrate make phone-proof`; forward only
alter table "customer" add column "phone_proven_at" timestamptz;
alter table "customer" add column "phone_proven_by_id" uuid;
alter table "paper_setting" add column "voucher_phone" text;
alter table "customer" add constraint "fk_customer__phone_proven_by_id" foreign key (tenant_id, "phone_proven_by_id") references "user" (tenant_id, id) on delete set null ("phone_proven_by_id");
