import { all, elevated, pick, storeChange, lock, visible, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { placesOf } from './merge.ts'

export interface PersonalData { customer: Record<string, unknown>; madeAt: string; reason: string; parts: Array<{ entity: string; label: string; rows: Array<Record<string, unknown>> }>; text: string }

const SKIP = new Set(['hidden'])

/** A row under the words of its fields, without what is the program's own. */
function told(ctx: Ctx, entity: CompiledEntity, raw: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries([...entity.fields.values()].filter(x => x.column && !x.hidden && x.name !== 'id' && x.name !== 'version' && !SKIP.has(x.name) && x.type !== 'ref' && x.type !== 'refs' && raw[x.column] !== null)
    .map(x => { const v = raw[x.column!]; return [pick(x.label, ctx.locale), x.options?.find(o => o.value === v)?.label[ctx.locale === 'en' ? 1 : 0] ?? v] }))
}

/**
 * Everything that is kept about one customer, on its request (CU-22, PIPL 45): its own record and all that points to it, whole, whatever the
 * caller may see otherwise; the act is in the customer's history with who and why. As data, and as a text that a person reads.
 */
export async function personalData(ctx: Ctx, id: string, reason: string): Promise<PersonalData> {
  const customer = ctx.entities.get('customer'), locked = await lock(ctx, customer, id, 'exportPerson')
  const sys = elevated(ctx, reason)
  const { rows: [own] } = await sql<Record<string, unknown>>`select t.* from customer t where t.tenant_id = ${ctx.tenant.id} and t.id = ${id}`.execute(ctx.db)
  const parts: PersonalData['parts'] = []
  for (const { entity, field } of placesOf(ctx)) {
    if (field.type !== 'ref' || entity.name === 'customer') continue
    const { rows } = await sql<Record<string, unknown>>`select t.* from ${sql.table(entity.table)} as t where ${all([visible(sys, entity, 't')!, sql<boolean>`${sql.ref(`t.${field.column}`)} = ${id}`])} order by t.id limit 10000`.execute(ctx.db)
    if (rows.length) parts.push({ entity: entity.name, label: pick(entity.label, ctx.locale), rows: rows.map(r => told(ctx, entity, r)) })
  }
  await storeChange({ ...sys, reason }, customer, id, {}, { act: 'exportPerson', note: { rows: parts.reduce((n, p) => n + p.rows.length, 0) }, locked })
  const me = told(ctx, customer, own!)
  const lines = (row: Record<string, unknown>): string => Object.entries(row).map(([k, v]) => `  ${k}：${v instanceof Date ? v.toISOString() : typeof v === 'object' ? JSON.stringify(v) : String(v)}`).join('\n')
  const text = [`客户\n${lines(me)}`, ...parts.map(p => `${p.label}（${p.rows.length} 条）\n${p.rows.map(lines).join('\n\n')}`)].join('\n\n')
  return { customer: me, madeAt: ctx.now().toISOString(), reason, parts, text }
}
