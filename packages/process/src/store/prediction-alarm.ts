import { addBusinessMinutes, can, schedule, unitsElsewhere, visible, type Condition, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { closeAlarms, holdersAbove, raiseAlarm } from './alarms.ts'
import { JOB_FORESEE } from './job-kinds.ts'
import { etaOf, kindsAbout, openSteps, type Eta, type OpenStep } from './prediction.ts'
import { headsOf, type Head } from './prediction-read.ts'
import { calendarOf } from './standard.ts'
import { inUnit } from './statistics.ts'

/*
 * The list before the breach (SP-09) and its alarm. The list has every stage whose time left is less than its P80. The alarm is for fewer: the chance
 * of missing the standard is at least one in two, and the warning at 80 % has not come yet; from then on the screens show it and the
 * breach has an alarm of its own. One alarm a step; it closes when the stage ends, is paused, is late, or is likely no longer.
 */

export const LIKELY_PERCENT = 50
/** Steps that one look takes into account, the soonest due first. */
const MOST = 5_000

/** Alarms that one transaction raises: their steps are held meanwhile. The others follow at once. */
const RAISED = 50

const MINUTE_MS = 60_000
const SOON_MS = 2_000

interface Likely { step: OpenStep; eta: Eta }

/** Open steps that are not late yet and due so soon that their history can reach beyond. */
async function soon(ctx: Ctx, heads: ReadonlyMap<string, Head>, kinds: readonly string[], where: readonly Condition[]): Promise<Likely[]> {
  const now = ctx.now()
  let longest = 0
  for (const h of heads.values()) for (const s of Object.values(h.stages)) longest = Math.max(longest, s.minutes.at(-1) ?? 0)
  if (longest === 0) return []
  // on a business calendar that much working time takes at least as long on the wall
  const horizon = addBusinessMinutes(await calendarOf(ctx), now, longest).due
  const steps = await openSteps(ctx, kinds, [sql<boolean>`s.state in ('waiting', 'active')`, sql<boolean>`s.due_at > ${now}`, sql<boolean>`s.due_at <= ${horizon}`, sql<boolean>`d.key = any(${[...heads.keys()]}::text[])`, ...where], MOST)
  const found: Likely[] = []
  for (const step of steps) {
    const eta = await etaOf(ctx, heads.get(step.key), step)
    if (eta?.likely) found.push({ step, eta })
  }
  return found
}

/** Once a minute while something has been learned: raises what has become likely, closes what no longer is. Running it twice changes nothing. */
export async function foreseeJob(ctx: Ctx): Promise<void> {
  const heads = await headsOf(ctx), now = ctx.now()
  // a station with its own node raises its own
  const away = [...await unitsElsewhere(ctx)]
  const likely = await soon(ctx, heads, kindsAbout(ctx), away.length ? [sql<boolean>`(s.unit_id is null or s.unit_id <> all(${away}))`] : [])
  const open = await ctx.query<{ step_key: string }>("select step_key from alarm where tenant_id = $1 and kind = 'likely' and closed_at is null and (unit_id is null or unit_id <> all($2))", [ctx.tenant.id, away], 'alarms_likely')
  const standing = new Set(open.map(a => a.step_key)), still = new Set(likely.filter(l => l.eta.chance! >= LIKELY_PERCENT).map(l => l.step.id))
  let raised = 0
  for (const { step: s, eta } of likely) {
    if (raised === RAISED) break
    if (!still.has(s.id) || standing.has(s.id) || (s.warn_at && now >= s.warn_at)) continue
    // somebody is acting on it: the next minute looks again
    const [held] = await ctx.query("select 1 from process_step where tenant_id = $1 and id = $2 and state in ('waiting', 'active') for update skip locked", [ctx.tenant.id, s.id], 'likely_hold')
    if (!held) continue
    raised += 1
    await raiseAlarm(ctx, {
      kind: 'likely', title: `${s.label ?? ''} ${s.name}可能超时（${eta.chance}%）`, entity: s.entity, recordId: s.record_id, stepKey: s.id, stage: s.name, unitId: s.unit_id, ownerId: s.assignee_id,
      recipientIds: [...(s.assignee_id ? [s.assignee_id] : []), ...(await holdersAbove(ctx, s.unit_id, 'stationManager'))],
    })
  }
  const over = [...standing].filter(id => !still.has(id))
  if (over.length) await closeAlarms(ctx, over, ['likely'])
  if ([...heads.values()].some(h => Object.keys(h.stages).length)) await schedule(ctx, { kind: JOB_FORESEE, key: 'minute', dueAt: new Date(now.getTime() + (raised === RAISED ? SOON_MS : MINUTE_MS)) })
}

/** What is likely to be late, the likeliest first, of records that the caller may see: a station its own, a region its stations'. */
export async function likelyLate(ctx: Ctx, o: { unitId?: string | undefined; limit: number }) {
  const heads = await headsOf(ctx)
  const reach = ctx.entities.all().filter(e => !e.internal && can(ctx.access, `${e.name}:read`)).map(e => sql<boolean>`(i.entity = ${e.name} and exists (select 1 from ${sql.table(e.table)} as t where t.id = i.record_id and ${visible(ctx, e, 't')!}))`)
  if (!heads.size || !reach.length) return { items: [], total: 0, at: ctx.now() }
  const found = await soon(ctx, heads, kindsAbout(ctx), [sql<boolean>`(${sql.join(reach, sql` or `)})`, ...(o.unitId ? [inUnit(o.unitId)] : [])])
  const first = found.toSorted((a, b) => b.eta.chance! - a.eta.chance! || a.step.due_at!.getTime() - b.step.due_at!.getTime()).slice(0, o.limit)
  const names = await namesOf(ctx, first)
  return {
    at: ctx.now(), total: found.length,
    items: first.map(({ step: s, eta }) => ({
      taskId: s.id, caseId: s.instance_id, entity: s.entity, recordId: s.record_id, title: s.label ?? '', stage: s.name, unitName: s.unit_id ? names.get(s.unit_id) ?? null : null, ownerName: s.assignee_id ? names.get(s.assignee_id) ?? null : null, dueAt: s.due_at, eta,
    })),
  }
}

async function namesOf(ctx: Ctx, found: readonly Likely[]): Promise<Map<string, string>> {
  const ids = (of: (s: OpenStep) => string | null): string[] => [...new Set(found.map(f => of(f.step)).filter(x => x !== null))]
  const rows = await ctx.query<{ id: string; name: string }>('select id, name from "user" where tenant_id = $1 and id = any($2) union all select id, name from unit where tenant_id = $1 and id = any($3)', [ctx.tenant.id, ids(s => s.assignee_id), ids(s => s.unit_id)])
  return new Map(rows.map(r => [r.id, r.name]))
}
