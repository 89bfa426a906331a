-- made from the declarations by `quancheng migrate make corners`; forward only
create index "ix_customer_notice__to__created_at__p" on "customer_notice" (tenant_id, "to", "created_at") where customer_id is null;
