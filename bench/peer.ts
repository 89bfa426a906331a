import { createHash, randomInt } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'
import { v7 } from 'uuid'

/*
 * The peer of the run: the rows of a create and of a completed stage written by hand, with prepared statements and nothing else: no
 * sign-in, no rights, no metadata, no process model. What the product costs more than this is what the kernel costs.
 */
export interface PeerSetting { connection: pg.PoolConfig; tenantId: string; definitionId: string; lineId: string; stations: Array<{ id: string; code: string; userId: string }> }
const s = JSON.parse(process.env.BENCH_PEER ?? '{}') as PeerSetting
const pool = new pg.Pool({ ...s.connection, max: 16 })
const T = s.tenantId
const MINUTE = 60_000
type Run = (name: string, text: string, values: unknown[]) => Promise<Array<Record<string, unknown>>>

async function inTransaction<R>(run: (q: Run) => Promise<R>): Promise<R> {
  const client = await pool.connect()
  try {
    await client.query(`BEGIN; SET LOCAL app.tenant = '${T}'`)
    const result = await run(async (name, text, values) => (await client.query({ name, text, values })).rows as Array<Record<string, unknown>>)
    await client.query('COMMIT')
    return result
  } catch (error) { await client.query('ROLLBACK'); throw error } finally { client.release() }
}

const sha = (text: string): Buffer => createHash('sha256').update(text).digest()
const TRACE = `with a as (insert into audit (tenant_id, entity, record_id, unit_id, at, seq, actor_id, act, reason, ip, payload, digest, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, null, '127.0.0.1', $9, $10, $11)),
  s as (insert into search_doc (tenant_id, entity, record_id, unit_id, updated_at, owner_id, title, subtitle, tokens, codes) values ($1, $2, $3, $4, $5, null, $12, '', $13::tsvector, $14)
    on conflict (tenant_id, entity, record_id) do update set updated_at = excluded.updated_at, owner_id = excluded.owner_id, title = excluded.title, tokens = excluded.tokens, codes = excluded.codes)
  select pg_notify('bench', $15)`

async function trace(q: Run, o: { id: string; unit: string; user: string; seq: number; act: string; number: string; phone: string; payload: unknown }): Promise<void> {
  const payload = JSON.stringify(o.payload), at = new Date()
  const bare = o.number.replaceAll('-', '').toLowerCase()
  const tokens = `'${o.number.slice(0, 4).toLowerCase()}':1B '${o.number.slice(5, 13)}':2B '${o.number.slice(14)}':3B '${bare}':1B '${o.phone}':4B '${o.phone.slice(-4)}':1B`
  await q('trace', TRACE, [T, 'serviceRequest', o.id, o.unit, at, o.seq, o.user, o.act, payload, sha(payload), sha(payload + o.id), o.number, tokens, `${o.number.toLowerCase()} ${bare} ${o.phone}`, JSON.stringify({ t: T, e: 'serviceRequest', id: o.id, k: o.act, at })])
}

const JOB = 'insert into job (tenant_id, id, kind, key, due_at, payload, created_at) values ($1, $2, $3, $4, $5, $6, $7)'
const STEP = `insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, role, unit_id, assignee_id, state, entered_at, started_at, standard_minutes, clock, warn_at, due_at, tentative, warn_percent)
  values ($1, $2, $3, $4, $5, $6, 'user', 'receptionist', $7, $8, $9, $10, $11, $12, 'clock', $13, $14, false, 50)`

const step = async (q: Run, o: { instance: string; seq: number; node: string; name: string; unit: string; user: string | null }): Promise<void> => {
  const id = v7(), at = new Date()
  await q('step', STEP, [T, id, o.instance, o.seq, o.node, o.name, o.unit, o.user, o.user ? 'active' : 'waiting', at, o.user ? at : null, 30, new Date(at.getTime() + 15 * MINUTE), new Date(at.getTime() + 30 * MINUTE)])
  await q('job', JOB, [T, v7(), 'bench', id, new Date(at.getTime() + 1e9), JSON.stringify({ stepId: id }), at])
}

const app = Fastify({ logger: false })

app.post('/create', async (req, reply) => {
  const { station, phone } = req.body as { station: number; phone: string }
  const unit = s.stations[station]!
  const id = v7(), instance = v7(), at = new Date(), day = at.toISOString().slice(0, 10).replaceAll('-', '')
  const number = await inTransaction(async q => {
    const [n] = await q('series', 'insert into series (tenant_id, key, last) values ($1, $2, 1) on conflict (tenant_id, key) do update set last = series.last + 1 returning last', [T, `B${unit.code}-${day}`])
    const told = `B${unit.code}-${day}-${String(n!.last as number).padStart(4, '0')}`
    await q('request', `insert into service_request (tenant_id, id, version, created_at, created_by, updated_at, updated_by, number, started_at, stage, unit_id, product_line_id, phone, source, track_token, track_code)
      values ($1, $2, 1, $3, $4, $3, $4, $5, $3, 'waiting', $6, $7, $8, 'desk', $9, $10)`, [T, id, at, unit.userId, told, unit.id, s.lineId, phone, `p${v7().replaceAll('-', '').slice(-13)}`, String(randomInt(10_000)).padStart(4, '0')])
    await trace(q, { id, unit: unit.id, user: unit.userId, seq: 1, act: 'takeNumber', number: told, phone, payload: { before: null, after: { number: told, startedAt: at, stage: 'waiting', unitId: unit.id, phone, source: 'desk' }, note: null } })
    await q('instance', `insert into process_instance (tenant_id, id, definition_id, entity, record_id, label, unit_id, state, variables, started_at, next_seq) values ($1, $2, $3, 'serviceRequest', $4, $5, $6, 'active', '{}', $7, 2)`, [T, instance, s.definitionId, id, told, unit.id, at])
    await step(q, { instance, seq: 1, node: 'waiting', name: '待接待', unit: unit.id, user: null })
    return told
  })
  return reply.code(201).send({ id, number })
})

app.post('/complete', async req => {
  const { id, station, comment } = req.body as { id: string; station: number; comment: string }
  const unit = s.stations[station]!
  return inTransaction(async q => {
    const at = new Date()
    const [i] = await q('lock', `select i.id, i.next_seq, r.number, r.phone, r.version, s.id as step from process_instance i join service_request r on r.tenant_id = i.tenant_id and r.id = i.record_id
      join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id and s.state = 'waiting' where i.tenant_id = $1 and i.record_id = $2 and i.entity = 'serviceRequest' for update of i, r`, [T, id])
    const version = (i!.version as number) + 1
    await q('done', "update process_step set state = 'done', assignee_id = $3, started_at = $4, finished_at = $4, finished_by = $3, outcome = 'begin', minutes = 1, late = false, data = $5 where tenant_id = $1 and id = $2", [T, i!.step, unit.userId, at, JSON.stringify({ comment })])
    await q('off', "delete from job where tenant_id = $1 and kind = 'bench' and key = $2", [T, i!.step])
    await step(q, { instance: i!.id as string, seq: i!.next_seq as number, node: 'reception', name: '接待', unit: unit.id, user: unit.userId })
    await q('next', 'update process_instance set next_seq = next_seq + 1 where tenant_id = $1 and id = $2', [T, i!.id])
    await q('moved', "update service_request set stage = 'reception', owner_id = $3, version = $4, updated_at = $5, updated_by = $3 where tenant_id = $1 and id = $2", [T, id, unit.userId, version, at])
    await trace(q, { id, unit: unit.id, user: unit.userId, seq: version, act: 'move', number: i!.number as string, phone: i!.phone as string, payload: { before: { stage: 'waiting' }, after: { stage: 'reception' }, note: { comment } } })
    await q('comment', "insert into comment (tenant_id, id, entity, record_id, author_id, at, text) values ($1, $2, 'serviceRequest', $3, $4, $5, $6)", [T, v7(), id, unit.userId, at, comment])
    return { stage: 'reception' }
  })
})

app.get('/list', async req => {
  const unit = s.stations[Number((req.query as { station: string }).station)]!
  return { items: await inTransaction(q => q('list', `select t.*, u.code, u.name as unit, p.name as line, c.name as customer, d.model as device, o.name as owner from (
      select * from service_request where tenant_id = $1 and unit_id = $2 and stage = 'collected' order by id desc limit 21) t
    left join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id left join product_line p on p.tenant_id = t.tenant_id and p.id = t.product_line_id left join "user" o on o.tenant_id = t.tenant_id and o.id = t.owner_id
    left join customer c on c.tenant_id = t.tenant_id and c.id = t.customer_id left join device d on d.tenant_id = t.tenant_id and d.id = t.device_id order by t.id desc`, [T, unit.id])) }
})

// no transaction: the tenant is a setting of the connection
const floor = new pg.Pool({ ...s.connection, max: 16, options: `-c app.tenant=${T}` })
app.get('/floor', async req => (await floor.query({ name: 'floor', text: 'select id, model, serial_no, customer_id from device where tenant_id = $1 and id = $2', values: [T, (req.query as { id: string }).id] })).rows[0])

await app.listen({ port: 0, host: '127.0.0.1' })
const at = app.server.address()
console.log(`http://localhost:${typeof at === 'object' && at ? at.port : 0}`)
process.once('SIGTERM', () => { void app.close().then(() => Promise.all([pool.end(), floor.end()])).then(() => process.exit(0)) })
