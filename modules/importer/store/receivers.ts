import { AppError, elevated, fieldLevel, fail, lock, normalise, requirePermission, type CompiledEntity, type CompiledField, type Ctx, type FieldProblem, type Runtime } from '@quancheng/kernel'

/** Where an imported record comes from; it stands in the record's history. */
export interface Origin { system: string; foreignId: string | null }

/** How a record of an entity comes to be that no form makes (one with a process). */
export interface Receiver {
  /** fields that no form fills, but a file may: where the record stood over there, when it ended. They count for new records only. */
  fields?: readonly string[]
  /** given parsed values it stores the new record, with the caller's eyes: what they cannot see is no reference */
  store(ctx: Ctx, values: Record<string, unknown>, origin: Origin): Promise<{ id: string; version: number }>
}

const place = (entity: string): string => `importer.receiver.${entity}`
const receiverOf = (ctx: Ctx, entity: string): Receiver | undefined => ctx.runtime.services.get(place(entity)) as Receiver | undefined

/** A module whose entity has a verb of its own for a new record says how an imported one is stored. */
export const registerReceiver = (runtime: Runtime, entity: string, receiver: Receiver): void => { runtime.services.set(place(entity), receiver) }

/** The fields of a receiver's own that this caller may see. */
export const receivedFields = (ctx: Ctx, entity: CompiledEntity): CompiledField[] =>
  (receiverOf(ctx, entity.name)?.fields ?? []).flatMap(name => { const field = entity.fields.get(name); return field && fieldLevel(ctx.access, entity, field) !== 'none' ? [field] : [] })

/** How a row that is new here is stored, where the entity has a way of its own; the rights are those of any new record. */
export function storeOf(ctx: Ctx, entity: CompiledEntity, origin: () => Origin): { store?: (input: Record<string, unknown>) => Promise<{ id: string; version: number }> } {
  const receiver = receiverOf(ctx, entity.name)
  if (!receiver) return {}
  const own = new Set(receiver.fields)
  return {
    async store(input) {
      requirePermission(ctx.access, `${entity.name}:create`, entity)
      const part = (mine: boolean) => Object.fromEntries(Object.entries(input).filter(([name]) => own.has(name) === mine))
      const problems: FieldProblem[] = [], values: Record<string, unknown> = {}
      for (const [who, given] of [[ctx, part(false)], [elevated(ctx, '导入'), part(true)]] as const) {
        try { Object.assign(values, normalise(who, entity, given, 'create')) } catch (error) {
          if (!(error instanceof AppError) || !Array.isArray(error.details.fields)) throw error
          problems.push(...error.details.fields as FieldProblem[])
        }
      }
      if (problems.length) fail('INVALID', { summary: problems.map(p => p.message).join('；'), fields: problems })
      const stored = await receiver.store(ctx, values, origin())
      // not into a unit where they could not have made it by hand
      try { await lock(ctx, entity, stored.id, 'create', { forUpdate: false }) } catch (error) { if (error instanceof AppError) fail('FORBIDDEN', { permission: `${entity.name}:create` }); throw error }
      return stored
    },
  }
}
