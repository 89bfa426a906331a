import type pg from 'pg'

/** What the drawn repair process has; a request passes through the first ones up to where it is or where it left. */
const NODES = `(values (1, 'waiting', '待接待', 'receptionist', 30, 'clock', 50), (2, 'reception', '接待', 'receptionist', 15, 'business', 80), (3, 'inspect', '检验', 'inspector', 60, 'business', 80),
  (4, 'quote', '报价', 'receptionist', 450, 'business', 80), (5, 'repair', '维修', 'engineer', 240, 'business', 80), (6, 'quality', '质检', 'qc', 30, 'business', 80),
  (7, 'pickup', '待取机', 'receptionist', 43200, 'clock', 80)) as n(seq, node, name, role, standard, clock, warn)`
export const STAGE_SEQ: Record<string, number> = { waiting: 1, reception: 2, inspect: 3, quote: 4, repair: 5, quality: 6, pickup: 7, refused: 2, transferred: 3, returned: 4, collected: 7 }

const TICKS = JSON.stringify({ ticked: Object.fromEntries(['faultGone', 'functions', 'clean'].map(k => [k, { by: '019aa7a0-0000-7000-8000-000000000000', at: '2026-03-01T02:00:00.000Z' }])), fields: { inspectionResult: '主板供电芯片损坏，需更换' } })
const NOTE = { before: { stage: 'inspect', ownerId: null }, after: { stage: 'quote', ownerId: '019aa7a0-0000-7000-8000-000000000000' }, note: { step: '检验', outcome: '需报价', to: '报价', minutes: 41.5, ended: false, next: ['quote'] } }

/**
 * Cases, steps, the record of changes, comments and clocks of all requests, made inside PostgreSQL from the temporary table
 * `bench_case`: the rows that seven people's work would have left. The hashes of the record are filled, not chained.
 */
export async function makeCourses(client: pg.Client, o: { tenantId: string; definitionId: string }): Promise<void> {
  const run = (text: string, more: unknown[] = []): Promise<unknown> => client.query(text, [o.tenantId, ...more])
  await run(`insert into process_instance (tenant_id, id, definition_id, entity, record_id, label, unit_id, state, variables, next_seq, started_at, ended_at, end_node, end_name)
    select $1, instance_id, $2, 'serviceRequest', request_id, number, unit_id, case when open then 'active' else 'completed' end, '{}', last + 1, started, case when open then null else ended end,
      case when open then null else stage end, case when open then null else '已办结' end from bench_case`, [o.definitionId])
  await run(`insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, role, unit_id, assignee_id, state, entered_at, started_at, finished_at, finished_by, outcome,
      standard_minutes, warn_percent, clock, warn_at, due_at, minutes, late, data)
    select $1, uuidv7(t.a - now()), c.instance_id, n.seq, n.node, n.name, 'user', n.role, c.unit_id, case when live then case when n.seq % 2 = 0 then s.user_id end else s.user_id end,
      case when live then case when n.seq % 2 = 0 then 'active' else 'waiting' end else 'done' end, t.a, case when not live or n.seq % 2 = 0 then t.a + (t.b - t.a) / 4 end,
      case when not live then t.b end, case when not live then s.user_id end, case when not live then 'next' end,
      n.standard, n.warn, n.clock, t.a + interval '30 minutes', t.a + interval '1 hour', case when not live then round(extract(epoch from t.b - t.a) / 60, 2) end, case when not live then n.seq % 5 = 0 end, $2::jsonb
    from bench_case c cross join ${NODES}
    cross join lateral (select c.open and n.seq = c.last as live) l
    cross join lateral (select c.started + (c.ended - c.started) * (n.seq - 1) / c.last as a, c.started + (c.ended - c.started) * n.seq / c.last as b) t
    join bench_staff s on s.unit_id = c.unit_id and s.role = n.role
    where n.seq <= c.last`, [TICKS])
  await run(`insert into audit (tenant_id, entity, record_id, seq, at, actor_id, act, reason, ip, unit_id, payload, digest, hash)
    select $1, 'serviceRequest', c.request_id, n.seq, c.started + (c.ended - c.started) * (n.seq - 1) / c.last, s.user_id, case n.seq when 1 then 'takeNumber' else 'move' end, 'process', '10.8.0.12', c.unit_id, $2::jsonb,
      sha256(uuid_send(c.request_id)), sha256(uuid_send(c.instance_id))
    from bench_case c cross join ${NODES} join bench_staff s on s.unit_id = c.unit_id and s.role = n.role where n.seq <= c.last`, [JSON.stringify(NOTE)])
  await run(`insert into comment (tenant_id, id, entity, record_id, author_id, at, text)
    select $1, uuidv7(c.started - now()), 'serviceRequest', c.request_id, s.user_id, c.started, '已电话说明情况，客户同意等件两天' from bench_case c join bench_staff s on s.unit_id = c.unit_id and s.role = 'receptionist'`)
  // clocks of what is open: far away, so that none of them rings while something is measured
  await run(`insert into job (tenant_id, id, kind, key, due_at, payload, created_at)
    select $1, uuidv7(), 'process.sla', id::text, now() + interval '60 days', jsonb_build_object('stepId', id), now() from process_step where tenant_id = $1 and state <> 'done'`)
}
