import type { Ctx } from '../context.ts'
import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'
import { fail, registerErrors } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import { remove, storeChange, storeNew } from '../operations/write.ts'
import { elevated } from '../act.ts'
import { schedule } from '../store/jobs.ts'
import { unitsElsewhere } from '../sync/elsewhere.ts'
import { hereOf } from '../sync/here.ts'
import { dayOf, startOfDay } from '../query/within.ts'

registerErrors({ RETENTION_LEAST: [400, '“{name}”至少保留 {least} 个月', '{name} is kept for at least {least} months'] })

/** What piles up and is of no more use after some months. */
export interface Kept {
  key: string
  label: readonly [zh: string, en: string]
  /** months unless the company says otherwise, and the least it may say */
  months: number
  least: number
  /** Removes at most `most` of what was over before the moment; answers how many. Never anything that somebody still has to act on. */
  sweep(ctx: Ctx, before: Date, most: number): Promise<number>
}

const SERVICE = 'core.retention'
const listOf = (runtime: Runtime): readonly Kept[] => (runtime.services.get(SERVICE) as Kept[] | undefined) ?? []

/** For modules, in their `start`: what of theirs is cleared away at night. */
export const registerRetention = (runtime: Runtime, kept: Kept): void => { runtime.services.set(SERVICE, [...listOf(runtime), kept]) }

/** The usual sweep: records that `condition` (over `t`, $2 the moment) says are over, each by the ordinary road, so that its going is in the log. */
export const sweepRecords = (entity: string, condition: string): Kept['sweep'] => async (ctx, before, most) => {
  const compiled = ctx.entities.get(entity), reason = '保留期已过', sys = { ...elevated(ctx, reason), reason }
  // a station with a node clears its own away
  const unit = compiled.scope?.unit ? compiled.fields.get(compiled.scope.unit)?.column : null, away = unit ? await unitsElsewhere(ctx) : []
  const ours = away.length ? ` and (t."${unit}" is null or t."${unit}" <> all($3::uuid[]))` : ''
  const rows = await ctx.query<{ id: string }>(`select t.id from "${compiled.table}" t where t.tenant_id = $1 and (${condition})${ours} order by t.id limit ${most} for update skip locked`, [ctx.tenant.id, before, ...(away.length ? [away] : [])])
  for (const { id } of rows) await remove(sys, compiled, id, { act: 'sweep' })
  return rows.length
}

/** 保留期限: one row for each kind of thing that is cleared away; how long it is kept, and what the last night took. */
export const Retention = defineEntity('retention', {
  label: ['保留期限', 'Retention'],
  icon: 'clock',
  fields: {
    key: f.text(['标识', 'Key'], { required: true, unique: true, hidden: true, readOnly: true, max: 60 }),
    name: f.text(['内容', 'What'], { required: true, readOnly: true, max: 60 }),
    months: f.integer(['保留几个月', 'Months kept'], { required: true, min: 1, max: 600, help: ['过了这么久，每天凌晨自动清理；变更记录不清理', 'Cleared away at night after so long; the log is not'] }),
    removed: f.integer(['上次清理条数', 'Last cleared'], { readOnly: true }),
    sweptAt: f.datetime(['上次清理', 'Last time'], { readOnly: true }),
  },
  display: ['name'],
  list: ['name', 'months', 'removed', 'sweptAt'],
  sort: 'name',
  managed: ['create', 'remove'],
  hooks: {
    before(ctx, c) {
      const kept = listOf(ctx.runtime).find(k => k.key === c.before?.key)
      if (kept && typeof c.draft.months === 'number' && c.draft.months < kept.least) fail('RETENTION_LEAST', { name: kept.label[0], least: kept.least })
    },
  },
})

export const SWEEP = 'core.retentionSweep'
/** Records that one visit removes: each is a few statements, and what is due meanwhile waits no longer than a second. */
const BATCH = 200
/** Three in the morning. */
const AT_MS = 3 * 3_600_000
const DAY_MS = 86_400_000

async function scheduleNight(ctx: Ctx): Promise<void> {
  const at = startOfDay(dayOf(ctx.now(), ctx.tenant.timeZone), ctx.tenant.timeZone).getTime() + AT_MS
  await schedule(ctx, { kind: SWEEP, key: 'night', dueAt: new Date(ctx.now().getTime() < at ? at : at + DAY_MS) })
}

/** At start: a row for each kind that has none yet, and the next night. */
export async function startRetention(ctx: Ctx): Promise<void> {
  const there = new Set((await ctx.query<{ key: string }>('select key from retention where tenant_id = $1', [ctx.tenant.id])).map(r => r.key))
  for (const k of listOf(ctx.runtime)) if (!there.has(k.key)) await storeNew(ctx, ctx.entities.get('retention'), { key: k.key, name: k.label[0], months: k.months })
  if (listOf(ctx.runtime).length && !(await ctx.query("select 1 from job where tenant_id = $1 and kind = $2 and key = 'night' and not dead", [ctx.tenant.id, SWEEP])).length) await scheduleNight(ctx)
}

/** Without a kind: the night, which puts each kind on the list. With one: a part of it, and itself again while there is more. */
export async function sweep(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  if (typeof payload.key !== 'string') {
    for (const k of listOf(ctx.runtime)) await schedule(ctx, { kind: SWEEP, key: `of ${k.key}`, dueAt: ctx.now(), payload: { key: k.key, removed: 0 } })
    return scheduleNight(ctx)
  }
  const kept = listOf(ctx.runtime).find(k => k.key === payload.key)
  // PostgreSQL knows how long a month is: three before the end of May is the end of February
  const [row] = await ctx.query<{ id: string; before: Date }>('select id, $3::timestamptz - make_interval(months => months) as before from retention where tenant_id = $1 and key = $2', [ctx.tenant.id, payload.key, ctx.now()])
  if (!kept || !row) return
  const n = await kept.sweep(ctx, row.before, BATCH), removed = Number(payload.removed ?? 0) + n
  if (n === BATCH) return schedule(ctx, { kind: SWEEP, key: `of ${kept.key} ${removed}`, dueAt: ctx.now(), payload: { key: kept.key, removed } })
  // the row says what head office's night took
  if (!hereOf(ctx.runtime)) await storeChange(ctx, ctx.entities.get('retention'), row.id, { removed, sweptAt: ctx.now() })
}
