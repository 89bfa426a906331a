import { createHash } from 'node:crypto'
import { dayOf, fail, type Ctx } from '@quancheng/kernel'
import { LATE, type CaseTable } from '../mining/case-table.ts'
import { activitiesOf, conformance, END, mapActivities, onNodes, placesOf, START, type DeviationKind, type Given } from '../mining/index.ts'
import { heatOf } from '../mining/heat.ts'
import { dotted } from '../mining/dotted.ts'
import { caseMinutesAt, minutesAt } from '../mining/mine.ts'
import { review } from '../mining/review.ts'
import type { Measure } from '../mining/rows.ts'
import { definitionById, definitionByKey } from './definitions.ts'
import { courseOf, look, type CaseQuery, type Looked } from './statistics.ts'
import { idBytes, idText } from './statistics-load.ts'

interface OnModel extends Looked { shown: number; of: Uint32Array; perVersion: Array<{ version: number; cases: number; ended: number }> }

/** The drawing is one version's, so its figures are of the cases that ran on it: of the version asked for, else of the newest that has cases. */
async function onModel(ctx: Ctx, key: string, q: CaseQuery): Promise<OnModel> {
  const { version, ...rest } = q
  const l = await look(ctx, key, rest)
  if (l.process.kind === 'log') fail('NO_MODEL', { name: l.process.name })
  const perVersion = l.versions.map(v => ({ version: v.version, cases: 0, ended: 0 }))
  const at = new Map(perVersion.map(v => [v.version, v]))
  for (const slot of l.slots) {
    const v = at.get(l.table.caseVersion[slot]!)
    if (!v) continue
    v.cases++
    if (l.table.caseWhole[slot] && !Number.isNaN(l.table.caseEnded[slot]!)) v.ended++
  }
  const shown = version === undefined ? (perVersion.find(v => v.cases > 0) ?? perVersion[0]!).version : (at.get(version)?.version ?? fail('PROCESS_UNKNOWN', { key }))
  return { ...l, shown, perVersion, of: l.slots.filter(slot => l.table.caseVersion[slot] === shown) }
}

/** Figures to lay over the drawn model: by node how often, how long, how late. */
export async function heat(ctx: Ctx, key: string, q: CaseQuery) {
  const l = await onModel(ctx, key, q)
  return {
    process: l.process, version: l.shown, versions: l.perVersion, truncated: l.truncated, cases: l.of.length,
    nodes: l.figure(`heat ${l.shown}`, () => heatOf(l.table, l.of)),
  }
}

async function judged(ctx: Ctx, l: OnModel) {
  const definition = await definitionById(ctx, l.versions.find(v => v.version === l.shown)!.id)
  if (!definition.process) return fail('NO_MODEL', { name: definition.name })
  const process = definition.process
  return l.figure(`conformance ${l.shown}`, () => conformance(process, l.table, l.of))
}

/** Which finished cases left the drawn path, and where; with how often each drawn flow was passed. */
export async function conformanceOf(ctx: Ctx, key: string, q: CaseQuery) {
  const l = await onModel(ctx, key, q)
  const { slotsOf: _slotsOf, fittingSlots: _fittingSlots, ...found } = await judged(ctx, l)
  return { process: l.process, version: l.shown, versions: l.perVersion, truncated: l.truncated, ...found }
}

/**
 * A history played on the drawing of another process: an imported log on the model that it should have followed. Activities become the nodes that
 * `map` says, else those of the same name; what fits none counts as not in the model.
 */
export async function replayOn(ctx: Ctx, key: string, q: CaseQuery & { model: string; map: Given }) {
  const { model, map, ...rest } = q
  const l = await look(ctx, key, rest)
  const definition = await definitionByKey(ctx, model)
  if (!definition?.process) return fail('NO_MODEL', { name: definition?.name ?? model })
  const process = definition.process, places = placesOf(process)
  const unknown = Object.values(map).find(node => node && !places.some(p => p.id === node))
  if (unknown) fail('REPLAY_NODE', { node: unknown })
  const mapped = mapActivities(activitiesOf(l.table, l.slots), places, map)
  const at = createHash('sha256').update(JSON.stringify(mapped.map(m => [m.activity, m.node, m.how]))).digest('base64')
  const { slotsOf: _slotsOf, fittingSlots: _fittingSlots, breaks: _breaks, ...found } = l.figure(`replay ${definition.id} ${at}`, () => conformance(process, onNodes(l.table, mapped), l.slots))
  const nodes = new Set(mapped.flatMap(m => m.node ?? []))
  return {
    process: l.process, model: { key: definition.key, name: definition.name, version: definition.version }, truncated: l.truncated, mapped, places, missing: places.filter(p => !nodes.has(p.id) && process.nodes[p.id]!.type === 'userTask'), ...found,
    // an activity that the model has not is known by its name
    deviations: found.deviations.map(d => ({ ...d, nodeId: d.nodeId.startsWith('\u0001') ? '' : d.nodeId })),
  }
}

/** Throughput, rework, hand-overs, load, waiting against working, and the dotted chart. People are named here, as they are called now. */
export async function reviewOf(ctx: Ctx, key: string, q: CaseQuery) {
  const l = await look(ctx, key, q)
  const found = l.figure(`review ${q.version ?? ''}`, () => review(l.table, l.slots, mondays(ctx.tenant.timeZone)))
  const shown = [...new Set([...found.people.map(p => p.person), ...found.handOvers.people, ...found.handOvers.pairs.flatMap(p => [p.from, p.to])])]
  const names = await namesOf(ctx, 'user', 'id::text', shown)
  const roles = await namesOf(ctx, 'role', 'code', found.roles.map(r => r.role))
  const name = (who: string): string => names.get(who) ?? who
  return {
    process: l.process, truncated: l.truncated, cases: l.slots.length, ...found,
    roles: found.roles.map(r => ({ ...r, name: roles.get(r.role) ?? r.role })),
    people: found.people.map(p => ({ ...p, person: name(p.person) })),
    handOvers: { ...found.handOvers, people: found.handOvers.people.map(name), pairs: found.handOvers.pairs.map(p => ({ ...p, from: name(p.from), to: name(p.to) })) },
  }
}

/** Every case as a line of dots, up to `most` of them, the latest. Ids lead to the cases. */
export async function dotsOf(ctx: Ctx, key: string, q: CaseQuery & { most: number }) {
  const l = await look(ctx, key, q)
  const found = l.figure(`dots ${q.most}`, () => dotted(l.table, l.slots, q.most))
  const { slots, ...dots } = found
  return { process: l.process, truncated: l.truncated, ...dots, ids: slots.map(slot => idText(l.table.ids[slot]!)) }
}

async function namesOf(ctx: Ctx, table: 'user' | 'role', column: string, keys: string[]): Promise<Map<string, string>> {
  const rows = keys.length ? await ctx.query<{ key: string; name: string }>(`select ${column} as key, name from "${table}" where tenant_id = $1 and ${column} = any($2::text[])`, [ctx.tenant.id, keys]) : []
  return new Map(rows.map(r => [r.key, r.name]))
}

/** Weeks begin on Monday. Days are looked up a quarter of an hour at a time: formatting a date costs more than all else here. */
function mondays(timeZone: string): (ms: number) => string {
  const known = new Map<number, string>()
  return ms => {
    const quarter = Math.floor(ms / 900_000)
    let monday = known.get(quarter)
    if (monday === undefined) {
      const day = dayOf(new Date(ms), timeZone)
      monday = new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10)
      known.set(quarter, monday)
    }
    return monday
  }
}

export interface CaseList extends CaseQuery {
  /** cases with a step at this node, or of this activity */
  node?: string | undefined
  activity?: string | undefined
  /** of those steps only the late, or the open */
  only?: 'late' | 'open' | undefined
  /** the longest at that step first; without it the latest cases first */
  by?: Measure | undefined
  /** cases that left the drawn path this way at `node` */
  deviation?: DeviationKind | undefined
  /** cases in which `next` came directly after `after` (START and END of the map at the ends) */
  after?: string | undefined
  next?: string | undefined
  /** cases that did this activity more than once */
  again?: string | undefined
  /** cases that took the same way as this one */
  like?: string | undefined
  limit: number
}

/** The cases behind a figure, with what leads to their records. */
export async function casesOf(ctx: Ctx, key: string, q: CaseList) {
  const l = q.deviation ? await onModel(ctx, key, q) : await look(ctx, key, q)
  const found = q.deviation ? chosen((await judged(ctx, l as OnModel)).slotsOf(q.deviation, q.node ?? ''), l.table) : matching(l, q)
  const shown = found.slice(0, q.limit)
  const rows = shown.length ? await ctx.query<{ id: string; label: string | null; entity: string | null; record_id: string | null }>('select id, label, entity, record_id from process_instance where tenant_id = $1 and id = any($2::uuid[])', [ctx.tenant.id, shown.map(c => idText(l.table.ids[c.slot]!))]) : []
  const byId = new Map(rows.map(r => [r.id, r]))
  const at = (ms: number): Date | null => (Number.isNaN(ms) ? null : new Date(ms))
  return {
    total: found.length,
    items: shown.map(({ slot, minutes }) => {
      const id = idText(l.table.ids[slot]!), row = byId.get(id)
      return { id, label: row?.label ?? id, entity: row?.entity ?? null, recordId: row?.record_id ?? null, version: l.table.caseVersion[slot]!, startedAt: at(l.table.caseStarted[slot]!), endedAt: at(l.table.caseEnded[slot]!), minutes, steps: l.table.length[slot]! }
    }),
  }
}

interface Found { slot: number; minutes: number | null }

const latestFirst = (t: CaseTable) => (a: Found, b: Found): number => t.caseStarted[b.slot]! - t.caseStarted[a.slot]! || (t.ids[a.slot]! < t.ids[b.slot]! ? -1 : 1)
const known = (minutes: number): number | null => (Number.isNaN(minutes) ? null : minutes)
const chosen = (slots: readonly number[], t: CaseTable): Found[] => slots.map(slot => ({ slot, minutes: known(caseMinutesAt(t, slot)) })).sort(latestFirst(t))

function matching({ table: t, slots }: Looked, q: CaseList): Found[] {
  const like = q.like === undefined ? null : courseAt(t, t.slotOf.get(idBytes(q.like)))
  const step = q.node !== undefined || q.activity !== undefined
  const found: Found[] = []
  for (const slot of slots) {
    if (q.like !== undefined && (like === null || courseOf(t, slot) !== like)) continue
    if (q.after !== undefined && q.next !== undefined && !passes(t, slot, q.after, q.next)) continue
    if (q.again !== undefined && timesOf(t, slot, q.again) < 2) continue
    if (!step) { if (t.length[slot]) found.push({ slot, minutes: known(caseMinutesAt(t, slot)) }); continue }
    let hit = false, minutes = NaN
    for (let i = t.first[slot]!; i < t.first[slot]! + t.length[slot]!; i++) {
      const label = t.label[i]!
      if (q.node !== undefined ? t.nodes.list[t.labelNode[label]!] !== q.node : t.activities.list[t.labelActivity[label]!] !== q.activity) continue
      if (q.only === 'late' && !(t.flags[i]! & LATE)) continue
      if (q.only === 'open' && !Number.isNaN(t.finished[i]!)) continue
      hit = true
      const here = minutesAt(t, i, q.by ?? 'total', i === t.first[slot]!)
      // done several times: the time spent there altogether
      if (!Number.isNaN(here)) minutes = Number.isNaN(minutes) ? here : minutes + here
    }
    if (hit) found.push({ slot, minutes: known(minutes) })
  }
  return found.sort(q.by && step ? (a, b) => (b.minutes ?? -1) - (a.minutes ?? -1) || latestFirst(t)(a, b) : latestFirst(t))
}

const courseAt = (t: CaseTable, slot: number | undefined): string | null => (slot === undefined ? null : courseOf(t, slot))

/** Did one activity come directly after another in this case? A case whose last activity is not done has not come to its end. */
function passes(t: CaseTable, slot: number, after: string, to: string): boolean {
  const begin = t.first[slot]!, end = begin + t.length[slot]!, name = (i: number): string => t.activities.list[t.labelActivity[t.label[i]!]!]!
  for (let i = begin; i < end; i++) if (name(i) === to && (i === begin ? START : name(i - 1)) === after) return true
  return to === END && end > begin && name(end - 1) === after && !Number.isNaN(t.finished[end - 1]!)
}

function timesOf(t: CaseTable, slot: number, activity: string): number {
  let n = 0
  for (let i = t.first[slot]!; i < t.first[slot]! + t.length[slot]!; i++) if (t.activities.list[t.labelActivity[t.label[i]!]!] === activity) n++
  return n
}
