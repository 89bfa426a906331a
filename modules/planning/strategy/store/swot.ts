import { elevated, fail, lock, registerErrors, requireInUnit, storeNew, visible, type Ctx } from '@quancheng/kernel'
import { diffLines, type DiffLine } from '@quancheng/knowledge'
import { sql } from 'kysely'
import { SWOT_PARTS } from '../entities.ts'

registerErrors({
  SWOT_NEWER: [409, '别人已经存了第 {edition} 版，请先看过再改', 'Version {edition} was saved meanwhile'],
  SWOT_SAME: [409, '和上一版一样，没有可以保存的', 'Nothing has changed'],
})

export type Swot = Record<(typeof SWOT_PARTS)[number], string>
interface Version extends Swot { id: string; edition: number; reason: string | null; at: Date; by: string | null }

const versions = async (ctx: Ctx, unitId: string): Promise<Version[]> => {
  const seen = visible(ctx, ctx.entities.get('swotVersion'), 't') ?? fail('FORBIDDEN', { permission: 'swotVersion:read' })
  const { rows } = await sql<Version>`select t.id, t.edition, coalesce(t.strengths, '') as strengths, coalesce(t.weaknesses, '') as weaknesses, coalesce(t.opportunities, '') as opportunities, coalesce(t.threats, '') as threats, coalesce(t.strategy, '') as strategy, t.reason, t.created_at as at, u.name as by
    from swot_version t left join "user" u on u.tenant_id = t.tenant_id and u.id = t.created_by where ${seen} and t.unit_id = ${unitId} order by t.edition desc limit 200`.execute(ctx.db)
  return rows
}

/** A unit's SWOT as it stands, or in an older version, with what differs from the one before it, or from the one that is named. */
export async function swotOf(ctx: Ctx, unitId: string, edition?: number, against?: number): Promise<{ current: Version | null; against: number | null; versions: Array<Pick<Version, 'edition' | 'reason' | 'at' | 'by'>>; changes: Array<{ part: string; lines: DiffLine[] }> }> {
  const list = await versions(ctx, unitId), at = edition ? list.findIndex(v => v.edition === edition) : 0, here = list[at] ?? null, other = against === undefined ? list[at + 1] : list.find(v => v.edition === against)
  return {
    current: here, against: here && other ? other.edition : null, versions: list.map(({ edition: n, reason, at: when, by }) => ({ edition: n, reason, at: when, by })),
    changes: here && other ? SWOT_PARTS.filter(p => here[p] !== other[p]).map(part => ({ part, lines: diffLines(other[part], here[part]) })) : [],
  }
}

/** Writes the next version; `base` is the one that the writer had before them. */
export async function saveSwot(ctx: Ctx, unitId: string, text: Swot, base: number, reason: string | null): Promise<{ edition: number }> {
  const entity = ctx.entities.get('swotVersion')
  await lock(elevated(ctx, 'SWOT'), ctx.entities.get('unit'), unitId, 'read')
  await requireInUnit(ctx, 'swotVersion:write', unitId)
  const [last] = await ctx.query<Record<string, unknown> & { edition: number }>('select * from swot_version where tenant_id = $1 and unit_id = $2 order by edition desc limit 1', [ctx.tenant.id, unitId])
  if ((last?.edition ?? 0) !== base) return fail('SWOT_NEWER', { edition: last?.edition ?? 0 })
  if (last && SWOT_PARTS.every(p => (last[p] ?? '') === text[p])) return fail('SWOT_SAME')
  await storeNew(elevated(ctx, 'SWOT'), entity, { unitId, edition: base + 1, ...text, reason })
  return { edition: base + 1 }
}
