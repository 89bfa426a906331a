import { AppError, attempt, elevated, fail, lock, pick, storeChange, storeMany, storeNew, unitAndAbove, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { reassign } from '@quancheng/process'
import { sql } from 'kysely'
import { handedKinds, ownerField } from '../rules/handed.ts'
import { openSteps, theirs } from './belongings.ts'

const UNDO_MS = 24 * 3_600_000
const MOST = 5000

export interface HandoverInput { fromId: string; toId: string; kinds?: string[] | undefined; receivers?: Record<string, string> | undefined; tasks: boolean; reason?: string | null | undefined }
export interface HandedOver { id: string; number: string; records: number; tasks: number; left: string[]; counts: Record<string, number> }

interface Person { id: string; name: string; unitId: string }
async function receiver(ctx: Ctx, fromUnit: string, id: string): Promise<Person> {
  const { row } = await lock(ctx, ctx.entities.get('user'), id, 'read', { forUpdate: false })
  if (row.off) fail('HANDOVER_OFF', { name: String(row.name) })
  const unitId = row.unitId as string, all = ctx.access.system || ctx.access.grants.get('user:handOver')?.has('all')
  // whoever runs a block gives within it; from one block to another only who reaches the whole company (RU-06)
  if (!all && !(await related(ctx, fromUnit, unitId))) fail('HANDOVER_BLOCK')
  return { id, name: String(row.name), unitId }
}
const related = async (ctx: Ctx, a: string, b: string): Promise<boolean> => (await unitAndAbove(ctx, a)).includes(b) || (await unitAndAbove(ctx, b)).includes(a)

/** The block of a record after it went to somebody: theirs, where they sit in another. */
async function unitFor(ctx: Ctx, entity: CompiledEntity, row: Record<string, unknown>, to: Person): Promise<Record<string, unknown>> {
  const name = entity.scope?.unit, field = name ? entity.fields.get(name) : undefined, now = name ? row[name] as string | null : null
  return field && field.target === 'unit' && !field.immutable && now && !(await related(ctx, now, to.unitId)) ? { [name!]: to.unitId } : {}
}

const titleOf = (entity: CompiledEntity, row: Record<string, unknown>): string => entity.display.map(d => row[d]).filter(v => typeof v === 'string' && !/^[0-9a-f]{8}-/.test(v)).join(' ').slice(0, 200) || pick(entity.label, 'zh-CN')
interface Item { kind: string; kindName: string; record: string; title: string; fromId: string; toId: string; fromUnitId: string | null; recordVersion: number | null }

/** 工作交接 (RU-09): records and open tasks of one person to others, in one act, with what was moved written down. A task that the receiver may not do stays. */
export async function handOver(ctx: Ctx, o: HandoverInput): Promise<HandedOver> {
  const { row: from } = await lock(ctx, ctx.entities.get('user'), o.fromId, 'handOver', { forUpdate: false })
  const fromUnit = from.unitId as string, sys = elevated(ctx, '工作交接')
  if ([o.toId, ...Object.values(o.receivers ?? {})].includes(o.fromId)) fail('HANDOVER_SAME')
  const people = new Map<string, Person>()
  for (const id of new Set([o.toId, ...Object.values(o.receivers ?? {})])) people.set(id, await receiver(ctx, fromUnit, id))
  const toOf = (kind: string): Person => people.get(o.receivers?.[kind] ?? o.toId)!

  const chosen = handedKinds(ctx.entities.all()).filter(e => !o.kinds || o.kinds.includes(e.name)), found: Array<{ entity: CompiledEntity; id: string }> = []
  for (const entity of chosen) {
    const where = theirs(ctx, entity, o.fromId)
    if (where) for (const { id } of (await sql<{ id: string }>`select t.id from ${sql.table(entity.table)} as t where ${where} order by t.id limit ${sql.lit(MOST + 1)}`.execute(ctx.db)).rows) found.push({ entity, id })
  }
  if (found.length > MOST) fail('HANDOVER_MANY', { most: MOST })
  const steps = o.tasks ? await openSteps(sys, o.fromId) : []
  if (!found.length && !steps.length) fail('HANDOVER_NOTHING', { name: String(from.name) })

  const moved: Item[] = []
  for (const { entity, id } of found) moved.push(await moveRecord(sys, entity, id, o.fromId, toOf(entity.name), o.reason ?? null))
  // a deal takes its open step along; the rest is handed over one by one
  const { items: tasks, left } = await moveTasks(sys, steps, o, toOf)
  await freshVersions(ctx, moved)
  const counts = Object.fromEntries(Map.groupBy(moved, m => m.kind).entries().map(([kind, list]) => [kind, list.length]))
  const summary = [...Map.groupBy(moved, m => m.kindName)].map(([name, list]) => `${name} ${list.length}`).concat(tasks.length ? [`任务 ${tasks.length}`] : []).join('、').slice(0, 500)
  const row = await storeNew(sys, ctx.entities.get('handover'), { fromId: o.fromId, toId: o.toId, unitId: fromUnit, records: moved.length, tasks: tasks.length, summary, reason: o.reason ?? null, undoUntil: new Date(ctx.now().getTime() + UNDO_MS) })
  await storeMany(sys, ctx.entities.get('handoverItem'), [...moved, ...tasks].map(item => ({ draft: { handoverId: row.id, ...item } })))
  return { id: row.id as string, number: row.number as string, records: moved.length, tasks: tasks.length, left, counts }
}

async function moveRecord(sys: Ctx, entity: CompiledEntity, id: string, fromId: string, to: Person, reason: string | null): Promise<Item> {
  const locked = await lock(sys, entity, id, 'update'), owner = ownerField(entity)!, unit = await unitFor(sys, entity, locked.row, to)
  // the task may have brought it along already
  if (locked.row[owner] !== to.id || Object.keys(unit).length) await storeChange(sys, entity, id, { [owner]: to.id, ...unit }, { act: 'handOver', locked, note: { to: to.name, ...(reason ? { reason } : {}) } })
  return { kind: entity.name, kindName: pick(entity.label, 'zh-CN'), record: id, title: titleOf(entity, locked.row), fromId, toId: to.id, fromUnitId: Object.keys(unit).length ? locked.row[entity.scope!.unit!] as string : null, recordVersion: null }
}

async function moveTasks(sys: Ctx, steps: Awaited<ReturnType<typeof openSteps>>, o: HandoverInput, toOf: (kind: string) => Person): Promise<{ items: Item[]; left: string[] }> {
  const items: Item[] = [], left: string[] = []
  for (const s of steps) {
    const to = toOf(s.entity ?? 'task'), title = [s.name, s.label].filter(Boolean).join(' ').slice(0, 200)
    const ok = await stepTo(sys, s.id, o.fromId, to.id, o.reason || '工作交接')
    if (ok) items.push({ kind: 'task', kindName: '任务', record: s.id, title, fromId: o.fromId, toId: to.id, fromUnitId: null, recordVersion: null })
    else left.push(title)
  }
  return { items, left }
}

/** True where a step is now with `to`: it came along with its record, or it was still with `from` and they may do it. */
async function stepTo(sys: Ctx, stepId: string, from: string, to: string, reason: string): Promise<boolean> {
  const [step] = await sys.query<{ assignee_id: string | null }>("select assignee_id from process_step where tenant_id = $1 and id = $2 and state in ('waiting', 'active', 'paused')", [sys.tenant.id, stepId])
  if (step?.assignee_id === to) return true
  return step?.assignee_id === from && attempt(sys, () => reassign(sys, stepId, to, reason)).then(() => true, (error: unknown) => { if (error instanceof AppError) return false; throw error })
}

/** The versions after everything that moved, in a statement a kind: hooks may have written more than the owner. */
async function freshVersions(ctx: Ctx, items: Item[]): Promise<void> {
  for (const [kind, list] of Map.groupBy(items, i => i.kind)) {
    const rows = await ctx.query<{ id: string; version: number }>(`select id, version from "${ctx.entities.get(kind).table}" where tenant_id = $1 and id = any($2::uuid[])`, [ctx.tenant.id, list.map(i => i.record)])
    const by = new Map(rows.map(r => [r.id, r.version]))
    for (const i of list) i.recordVersion = by.get(i.record) ?? null
  }
}

/** Within a day: back to whoever had it, as far as nobody has changed it since. What was changed stays where it is and is named. */
export async function undoHandover(ctx: Ctx, id: string): Promise<{ restored: number; kept: number }> {
  const handovers = ctx.entities.get('handover'), locked = await lock(ctx, handovers, id, 'undo'), sys = elevated(ctx, '撤销交接')
  if (locked.row.state !== 'moved') fail('HANDOVER_UNDONE')
  if (ctx.now() > (locked.row.undoUntil as Date)) fail('HANDOVER_LATE')
  const items = await ctx.query<Item & { id: string; [key: string]: unknown }>('select id, kind, record, from_id as "fromId", to_id as "toId", from_unit_id as "fromUnitId", record_version as "recordVersion" from handover_item where tenant_id = $1 and handover_id = $2 order by id', [ctx.tenant.id, id])
  const records: Array<{ item: (typeof items)[number]; entity: CompiledEntity }> = [], restored: string[] = [], number = String(locked.row.number)
  // all are looked at before any goes back: one may take another along, and with it that one's version
  for (const [kind, list] of Map.groupBy(items.filter(i => i.kind !== 'task'), i => i.kind)) {
    const entity = ctx.entities.get(kind), column = entity.fields.get(ownerField(entity)!)!.column!
    const rows = await ctx.query<{ id: string; version: number; owner: string | null }>(`select id, version, "${column}" as owner from "${entity.table}" where tenant_id = $1 and id = any($2::uuid[]) order by id for update`, [ctx.tenant.id, list.map(i => i.record)])
    const by = new Map(rows.map(r => [r.id, r]))
    for (const item of list) { const r = by.get(item.record); if (r && r.version === item.recordVersion && r.owner === item.toId) records.push({ item, entity }) }
  }
  for (const { item, entity } of records) {
    const unit = item.fromUnitId ? { [entity.scope!.unit!]: item.fromUnitId } : {}
    await storeChange(sys, entity, item.record, { [ownerField(entity)!]: item.fromId, ...unit }, { act: 'undoHandOver', note: { number } })
    restored.push(item.id)
  }
  const kept = items.filter(i => i.kind !== 'task' && !restored.includes(i.id)).map(i => i.record)
  for (const item of items.filter(i => i.kind === 'task')) {
    // whoever changed the record since works on it: its step stays with them
    const [stays] = await ctx.query('select 1 from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and s.id = $2 and i.record_id = any($3::uuid[])', [ctx.tenant.id, item.record, kept])
    if (!stays && await stepTo(sys, item.record, item.toId, item.fromId, `撤销交接 ${number}`)) restored.push(item.id)
  }
  await ctx.query("update handover_item set state = case when id = any($3::uuid[]) then 'restored' else 'kept' end where tenant_id = $1 and handover_id = $2", [ctx.tenant.id, id, restored])
  await storeChange(sys, handovers, id, { state: 'undone', undoneAt: ctx.now(), restored: restored.length }, { act: 'undo', locked })
  return { restored: restored.length, kept: items.length - restored.length }
}
