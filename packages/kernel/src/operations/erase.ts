import { requirePermission } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import { remainderOf, type AuditPayload } from '../audit/chain.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { fail } from '../errors.ts'
import { elevated } from '../act.ts'
import { read } from './list.ts'
import { lock, storeChange } from './write.ts'

/**
 * Removes the personal data of a record on its owner's request (CU-22): values, search entry and the payloads of its history. The
 * row, its references and every total stay. What must not be empty becomes 已删除.
 */
export async function erase(ctx: Ctx, entity: CompiledEntity, id: string, reason: string) {
  requirePermission(ctx.access, `${entity.name}:erase`, entity)
  const personal = [...entity.fields.values()].filter(x => x.personal && x.kind.name !== 'ref')
  if (!personal.length) return fail('FORBIDDEN', { permission: `${entity.name}:erase` })
  const locked = await lock(ctx, entity, id, 'erase')
  const draft = Object.fromEntries(personal.map(x => [x.name, x.required ? blankOf(x, id) : null]))
  const fields = personal.map(x => x.name)
  await ctx.query('select redact_audit($1, $2, $3)', [entity.name, id, fields])
  const left = await ctx.query<{ seq: number; payload: AuditPayload }>('select seq, payload from audit where tenant_id = $1 and entity = $2 and record_id = $3 order by seq', [ctx.tenant.id, entity.name, id])
  await storeChange({ ...elevated(ctx, reason), reason }, entity, id, draft, { act: 'erase', note: { fields, remainder: remainderOf(left) }, silent: fields, locked })
  return read(ctx, entity, id)
}

/** What stands in a column that must not be empty. The tail of the id keeps values apart that must be unique. */
function blankOf(field: CompiledField, id: string): unknown {
  switch (field.type) {
    case 'integer': case 'decimal': case 'money': return 0
    case 'boolean': return false
    case 'date': return '1900-01-01'
    case 'datetime': return new Date('1900-01-01T00:00:00Z')
    case 'phone': return field.unique ? id.replace(/\D/g, '').slice(-15) : '00000'
    default: return field.unique ? `已删除-${id.slice(-12)}` : '已删除'
  }
}
