import { defineAction, elevated, fail, storeChange, storeNew, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { adherenceOf, type UnitVersion } from '../rules/adherence.ts'
import '../rules/errors.ts'

interface UnitRow { id: string; code: string; name: string; region: string | null; processKey: string | null; release: number | null; since: Date | null; note: string | null }
interface Published { key: string; name: string; version: number; at: Date; note: string | null }
const MAX_UNITS = 2000

/** Offices are the stations, and whatever else has been told a version; the caller sees those in their scope. One question, whatever the number of processes. */
async function unitRows(ctx: Ctx, verb: string, key: string | null): Promise<UnitRow[]> {
  const { rows } = await sql<UnitRow>`
    select t.id, t.code, t.name, p.name as region, r.process_key as "processKey", r.release, r.since, r.note from unit t
    join lateral (select t.tenant_id, t.id as unit_id) x on true
    left join process_rollout r on r.tenant_id = t.tenant_id and r.unit_id = t.id and (${key}::text is null or r.process_key = ${key})
    left join unit p on p.tenant_id = t.tenant_id and p.id = t.parent_id
    where ${visible(ctx, ctx.entities.get('processRollout'), 'x', verb) ?? sql<boolean>`false`} and not coalesce(t.off, false) and (t.kind = 'station' or r.unit_id is not null) order by t.code`.execute(ctx.db)
  return rows
}

const published = (ctx: Ctx, key: string | null): Promise<Published[]> => ctx.query<Published>(
  "select key, name, version, created_at as at, note from process_definition where tenant_id = $1 and kind = 'bpmn' and ($2::text is null or key = $2) order by key, version desc", [ctx.tenant.id, key])

/** One line a unit for one process: the newest is what a unit without a version of its own works on. */
function lines(rows: readonly UnitRow[], key: string, newest: number): Array<UnitRow & UnitVersion> {
  const byUnit = new Map<string, UnitRow>()
  for (const r of rows) if (r.processKey === key || !byUnit.has(r.id)) byUnit.set(r.id, r)
  return [...byUnit.values()].map(r => (r.processKey === key ? r : { ...r, release: null, since: null, note: null })).map(r => ({ ...r, version: r.release ?? newest }))
}

const overview = defineAction({
  name: 'rolloutOverview', label: ['标准推行', 'Standards in force'], method: 'GET', path: '/api/rollouts', permission: 'processRollout:read', readOnly: true,
  async run(ctx) {
    const [versions, rows] = [await published(ctx, null), await unitRows(ctx, 'read', null)]
    const newest = versions.filter((v, i) => versions[i - 1]?.key !== v.key)
    return { items: newest.map(p => ({ key: p.key, name: p.name, newest: p.version, at: p.at, ...adherenceOf(lines(rows, p.key, p.version), p.version) })) }
  },
})

const ofProcess = defineAction({
  name: 'rolloutOfProcess', label: ['一个流程的推行', 'Standard of one process'], method: 'GET', path: '/api/rollouts/:key', permission: 'processRollout:read', readOnly: true, input: z.object({ key: z.string().max(80) }),
  async run(ctx, { key }) {
    const versions = await published(ctx, key)
    const newest = versions[0] ?? fail('PROCESS_UNKNOWN', { key })
    const units = lines(await unitRows(ctx, 'read', key), key, newest.version)
    return {
      key, name: newest.name, newest: newest.version, versions: versions.map(({ version, at, note }) => ({ version, at, note })), ...adherenceOf(units, newest.version),
      behindUnits: units.filter(u => u.version < newest.version), units,
    }
  },
})

/** New cases of these units start on this version from now on; without a version, on the newest, also on one that is published later. Running cases stay on theirs. */
export async function setVersion(ctx: Ctx, o: { key: string; unitIds: readonly string[]; version: number | null; note?: string | null | undefined }): Promise<{ units: number }> {
  const versions = await published(ctx, o.key)
  if (!versions.length) fail('PROCESS_UNKNOWN', { key: o.key })
  if (o.version !== null && !versions.some(v => v.version === o.version)) fail('ROLLOUT_VERSION', { process: versions[0]!.name, version: o.version })
  const entity = ctx.entities.get('processRollout'), sys = elevated(ctx, '推行版本')
  const wanted = [...new Set(o.unitIds)].toSorted()
  const { rows: seen } = await sql<{ id: string }>`select t.id from unit t join lateral (select t.tenant_id, t.id as unit_id) x on true where ${visible(ctx, entity, 'x', 'publish') ?? sql<boolean>`false`} and t.id = any(${wanted}::uuid[])`.execute(ctx.db)
  if (seen.length !== wanted.length) fail('ROLLOUT_UNITS')
  await ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`process-rollout/${ctx.tenant.id}/${o.key}`])
  const known = new Map((await ctx.query<{ id: string; unit_id: string }>('select id, unit_id from process_rollout where tenant_id = $1 and process_key = $2 and unit_id = any($3)', [ctx.tenant.id, o.key, wanted])).map(r => [r.unit_id, r.id]))
  for (const unitId of wanted) {
    const draft = { release: o.version, since: ctx.now(), note: o.note || null }, id = known.get(unitId)
    if (id) await storeChange(sys, entity, id, draft, { act: 'roll' })
    else await storeNew(sys, entity, { processKey: o.key, unitId, ...draft }, { act: 'roll' })
  }
  return { units: wanted.length }
}

const set = defineAction({
  name: 'rollOut', label: ['推行版本', 'Roll out a version'], method: 'POST', path: '/api/rollouts/:key', permission: 'processRollout:publish', status: 200,
  input: z.object({ key: z.string().max(80), unitIds: z.array(z.uuid()).min(1).max(MAX_UNITS), version: z.number().int().positive().nullable(), note: z.string().trim().max(500).nullable().optional() }),
  run: setVersion,
})

export const rolloutActions = [overview, ofProcess, set]
