import { requirePermission } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
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
  const draft = Object.fromEntries(personal.map(x => [x.name, x.required ? (x.type === 'phone' ? '00000' : '已删除') : null]))
  await storeChange({ ...elevated(ctx, reason), reason }, entity, id, draft, { act: 'erase', note: { fields: personal.map(x => x.name) }, locked })
  await ctx.query('select redact_audit($1, $2, $3)', [entity.name, id, personal.map(x => x.name)])
  return read(ctx, entity, id)
}
