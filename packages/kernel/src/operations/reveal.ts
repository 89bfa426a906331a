import { requirePermission, fieldLevel } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { fail } from '../errors.ts'
import { toJson } from './record.ts'
import { lock, storeChange } from './write.ts'
import { elevated } from '../act.ts'

/** Shows one masked value to somebody who gives a reason; both are kept in the record's history (CU-22). */
export async function reveal(ctx: Ctx, entity: CompiledEntity, id: string, name: string, reason: string): Promise<{ value: unknown }> {
  requirePermission(ctx.access, `${entity.name}:reveal`, entity)
  const field = entity.fields.get(name)
  if (!field || fieldLevel(ctx.access, entity, field) === 'none') return fail('UNKNOWN_FIELD', { field: name })
  const locked = await lock(ctx, entity, id, 'reveal')
  await storeChange({ ...elevated(ctx, reason), reason }, entity, id, {}, { act: 'reveal', note: { field: name }, locked })
  return { value: toJson(field, locked.row[name]) }
}
