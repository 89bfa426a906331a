import { newId, type Presence } from '@quancheng/kernel'

/** One row a person and day: a sign-in counts one more, a session that goes on over midnight none. */
export const keepPresence: Presence = async (tx, { tenantId, userId, at, how }) => {
  await tx.query(
    `insert into sign_in_day (tenant_id, id, version, created_at, updated_at, ext, user_id, unit_id, day, times, first_at, last_at)
     select u.tenant_id, $3, 1, $4, $4, '{}', u.id, u.unit_id, ($4::timestamptz at time zone t.time_zone)::date, $5, $4, $4 from "user" u join tenant t on t.id = u.tenant_id where u.tenant_id = $1 and u.id = $2
     on conflict (tenant_id, user_id, day) do update set times = sign_in_day.times + excluded.times, last_at = excluded.last_at`, [tenantId, userId, newId(), at, how === 'signIn' ? 1 : 0])
}
