import pg from 'pg'
import { AppError } from '../errors.ts'
import { requirePermission } from '../access/access.ts'
import { act } from '../act.ts'
import type { Connection } from '../app.ts'
import type { Runtime } from '../runtime.ts'
import { CHANNEL } from '../store/notify.ts'
import { withTx } from '../store/tx.ts'
import { catalogFor, planFor } from './node.ts'
import { setHere } from './here.ts'
import { Refusal, talk, type Link } from './link.ts'
import { REFUSED, type Command, type CommandAnswer, type Refused } from './relay.ts'
import type { DownAnswer } from './down.ts'
import { queryOn, takeDown, type Taker } from './station-apply.ts'
import { confirm, peek, prepare, waitingIn } from './station-db.ts'
import type { SourceTransaction, Tuple } from './pgoutput.ts'

/*
 * The loop of a station: what happened here goes up, what changed at head office comes down, again and again. It calls, head office answers; while it
 * can't, the station works on, and its own log keeps what is to be sent.
 */

/** between two looks while head office answers; while it does not; and after a commit here */
const CALM_MS = 4000, CUT_MS = 1500, SOON_MS = 120
/** how often what waits is counted while the line is cut, and how many changes of it at most */
const COUNT_MS = 5000, COUNTED = 50_000
/** changes of one look into the log; and bytes of one message: small, so that a line that keeps breaking still gets on */
const CHANGES = 2000, BYTES = 250_000

export interface Station { stop(): Promise<void>; /** resolves when head office's side has come down for the first time since the start */ heard: Promise<void> }

interface PullAnswer extends DownAnswer { commands: Command[]; tenant: { name: string; time_zone: string; settings: unknown } | null; state: string; now: string; version: string }

export async function startStation(runtime: Runtime, o: { owner: Connection; link: Link }): Promise<Station> {
  let stopped = false, wake: (() => void) | null = null, soon = false, slotGone = false, cut = false, waiting = 0, counted = 0
  let hear: () => void = () => {}
  const first = new Promise<void>(resolve => { hear = resolve })
  const plan = planFor(runtime), catalog = await catalogFor(runtime)
  let client: pg.Client | null = null
  const [me] = await withTx(runtime.pool, { readOnly: true }, async tx => {
    const tenants = await tx.query<{ id: string }>('select id from tenant')
    for (const t of tenants) { await tx.enter(t.id); const rows = await tx.query<{ tenant_id: string; node_id: string; unit_id: string; unit_code: string }>('select tenant_id, node_id, unit_id, unit_code from sync_station'); if (rows.length) return rows }
    return []
  })
  if (!me) throw new Error('not a station')
  const tenantId = me.tenant_id
  setHere(runtime, { tenantId, nodeId: me.node_id, unitId: me.unit_id, unitCode: me.unit_code })

  const connect = async (): Promise<pg.Client> => {
    if (client) return client
    const c = new pg.Client({ ...o.owner, application_name: 'quancheng-sync' })
    c.on('error', () => {})
    c.on('end', () => { if (client === c) client = null })
    c.on('notification', () => { soon = true; wake?.() })
    await c.connect()
    try { slotGone = !(await prepare(c, plan, { first: false })); await c.query(`listen ${CHANNEL}`) } catch (error) { await c.end().catch(() => {}); throw error }
    return (client = c)
  }
  const hello = () => ({ version: runtime.version, schema: catalog.schema, now: runtime.now().toISOString() })

  /** Sends what the log has, a few transactions a message. */
  const up = async (c: pg.Client): Promise<void> => {
    for (;;) {
      const { transactions, upTo } = await peek(c, CHANGES)
      if (!transactions.length) { await confirm(c, upTo); await talk(o.link, 'push', { ...hello(), waiting: 0, transactions: [] }); return keep({ waiting: 0 }) }
      for (const batch of batches(transactions)) {
        const left = transactions.length - transactions.indexOf(batch[0]!)
        try { await talk(o.link, 'push', { ...hello(), waiting: left, transactions: batch }) } catch (error) { await keep({ waiting: left }); throw error }
        await confirm(c, batch.at(-1)!.lsn)
      }
    }
  }

  const down = async (c: pg.Client): Promise<void> => {
    const taker: Taker = { client: c, plan, catalog, metadata: runtime.metadata, tenantId, now: runtime.now, heard: event => runtime.listeners(event).some(l => l.comesDown) }, query = queryOn(c)
    for (;;) {
      const [at] = await query<{ xid: string; id: string }>('select down_xid::text as xid, down_id as id from sync_station where tenant_id = $1', [tenantId])
      const again = await query<{ table: string; key: Tuple }>('select tbl as "table", key from sync_parked where tenant_id = $1 limit 100', [tenantId])
      const answers = await query<CommandAnswer>('select id, error from sync_done where tenant_id = $1 and not told limit 500', [tenantId])
      const began = runtime.now().getTime()
      const got = await talk<PullAnswer>(o.link, 'pull', { ...hello(), after: { xid: at!.xid, id: Number(at!.id) }, again, answers })
      const clock = Math.round((began + runtime.now().getTime()) / 2 - new Date(got.now).getTime())
      if (answers.length) await query('update sync_done set told = true where tenant_id = $1 and id = any($2)', [tenantId, answers.map(a => a.id)])
      if (got.changes.length) await takeDown(taker, got.changes, got.next)
      if (got.tenant) await query('update tenant set name = $2, time_zone = $3, settings = $4, meta_version = meta_version + 1 where id = $1 and (name, time_zone, settings) is distinct from ($2, $3, $4::jsonb)', [tenantId, got.tenant.name, got.tenant.time_zone, JSON.stringify(got.tenant.settings)])
      for (const command of got.commands) await doCommand(runtime, tenantId, command)
      await keep({ hq_version: got.version, clock_ms: clock })
      // what was done for head office goes up, and the word that it was done
      if (got.commands.length) soon = true
      if (!got.more) return
    }
  }

  const keep = async (values: Record<string, unknown>): Promise<void> => {
    const names = Object.keys(values)
    await client?.query(`update sync_station set ${names.map((n, i) => `${n} = $${i + 2}`).join(', ')} where tenant_id = $1 and (${names.join(', ')}) is distinct from (${names.map((_, i) => `$${i + 2}`).join(', ')})`, [tenantId, ...Object.values(values)])
  }

  const round = async (): Promise<number> => {
    try {
      const c = await connect()
      if (slotGone) { await keep({ error: 'NODE_SLOT_LOST 本站的数据从备份恢复过，请重新接入' }); return CALM_MS }
      // while the line is cut, nothing is read and packed that can't be sent
      if (cut) await talk(o.link, 'push', { ...hello(), waiting, transactions: [] })
      await up(c)
      await down(c)
      await c.query('update sync_station set synced_at = $2, cut_since = null, error = null where tenant_id = $1', [tenantId, runtime.now()])
      cut = false
      hear()
      return CALM_MS
    } catch (error) {
      const refused = error instanceof Refusal
      cut = !refused
      runtime.log({ level: 'warn', msg: refused ? 'head office refuses' : 'head office is out of reach', error: (error as Error).message })
      // refused is not cut off: a person has to do something
      await client?.query('update sync_station set cut_since = case when $3::text is null then coalesce(cut_since, $2) end, error = $3 where tenant_id = $1', [tenantId, runtime.now(), refused ? `${error.code} ${error.message}`.slice(0, 400) : null]).catch(() => {})
      await count().catch(() => {})
      return refused ? CALM_MS : CUT_MS
    }
  }
  /** What waits, for the badge; counted by the database, and not at every try. */
  const count = async (): Promise<void> => {
    if (!client || Date.now() - counted < COUNT_MS) return
    counted = Date.now()
    waiting = await waitingIn(client, COUNTED)
    await keep({ waiting })
  }

  /** A commit here ends a calm rest early; while the line is cut it does not. */
  const pause = (rest: number): Promise<void> => new Promise(resolve => {
    const calm = rest === CALM_MS
    const timer = setTimeout(resolve, soon && calm ? SOON_MS : rest)
    wake = () => { if (!calm && !stopped) return; clearTimeout(timer); setTimeout(resolve, stopped ? 0 : SOON_MS) }
    if (stopped) wake()
  })

  const loop = (async () => {
    while (!stopped) {
      soon = false
      const rest = await round()
      if (stopped) break
      await pause(rest)
      wake = null
    }
  })()
  return {
    stop: async () => { stopped = true; wake?.(); await loop; await client?.end().catch(() => {}) },
    heard: first,
  }
}

function* batches(transactions: readonly SourceTransaction[]): Generator<SourceTransaction[]> {
  let batch: SourceTransaction[] = [], size = 0
  for (const t of transactions) {
    const n = JSON.stringify(t).length
    if (batch.length && (size + n > BYTES || batch.length >= 500)) { yield batch; batch = []; size = 0 }
    batch.push(t)
    size += n
  }
  if (batch.length) yield batch
}

/** An act that came in at head office, done here as the one who did it there; once. */
async function doCommand(runtime: Runtime, tenantId: string, c: Command): Promise<void> {
  const action = runtime.actions.find(a => a.name === c.action)
  const first = `insert into sync_done (tenant_id, id, at, error) values ($1, $2, $3, $4) on conflict do nothing returning 1`
  try {
    await act(runtime, { tenantId, userId: c.userId }, async ctx => {
      if (!(await ctx.query(first, [tenantId, c.id, ctx.now(), null])).length) return
      if (!action?.relay) throw new AppError('NOT_FOUND', { action: c.action })
      if (action.permission && action.permission !== 'public') requirePermission(ctx.access, action.permission, ctx.entities.find(action.permission.split(':')[0]!) ?? null)
      if (action.permission !== 'public' && !ctx.user) throw new AppError('SIGN_IN_REQUIRED')
      await action.run(ctx, action.input ? action.input.parse(c.input) : c.input)
    })
  } catch (error) {
    await withTx(runtime.pool, { tenantId }, tx => tx.query(first, [tenantId, c.id, runtime.now(), (error instanceof AppError ? `${error.code} ${error.message}` : String((error as Error).message)).slice(0, 500)]))
    const told = runtime.services.get(REFUSED) as Refused | undefined
    if (told && error instanceof AppError) await act(runtime, { tenantId, userId: null }, ctx => told(ctx, { command: c, label: action?.label[0] ?? c.action, error })).catch((e: unknown) => { runtime.log({ level: 'warn', msg: 'refused act not told', error: (e as Error).message }) })
  }
}
