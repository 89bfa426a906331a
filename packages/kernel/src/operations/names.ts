import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { pick, type Label } from '../i18n.ts'
import { displayExpression } from '../query/select.ts'
import type { HistoryEntry } from './history.ts'

type Change = HistoryEntry['changes'][number]
const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string')

/** What records are called, by id, one statement an entity: as a list shows a reference, so without the fields that this caller may not see. */
export async function namesOf(ctx: Ctx, wanted: ReadonlyMap<string, ReadonlySet<string>>): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  await Promise.all([...wanted].map(async ([name, ids]) => {
    const entity = ctx.entities.find(name)
    if (!entity || !ids.size) return
    const { rows } = await sql<{ id: string; name: string | null }>`
      select t.id, ${displayExpression(ctx, entity, 't')} as name from ${sql.table(entity.table)} as t where t.tenant_id = ${ctx.tenant.id} and t.id = any(${[...ids]}::uuid[])`.execute(ctx.db)
    for (const r of rows) if (r.name) names.set(r.id, r.name)
  }))
  return names
}

/** Gives the references among the changes the names that people know, and answers the names of the records themselves where they are asked for. */
export async function nameChanges(ctx: Ctx, lines: ReadonlyArray<{ entity: CompiledEntity | null; recordId?: string; changes: Change[] }>): Promise<Map<string, string>> {
  const wanted = new Map<string, Set<string>>()
  const want = (entity: string, ids: readonly string[]): void => {
    const set = wanted.get(entity) ?? new Set<string>()
    for (const id of ids) set.add(id)
    wanted.set(entity, set)
  }
  const refs: Array<{ change: Change; before: string[]; after: string[] }> = []
  for (const { entity, recordId, changes } of lines) {
    if (entity && recordId) want(entity.name, [recordId])
    for (const change of changes) {
      const target = entity?.fields.get(change.field)?.target
      if (!target) continue
      const before = idsOf(change.before), after = idsOf(change.after)
      want(target, [...before, ...after])
      refs.push({ change, before, after })
    }
  }
  const names = await namesOf(ctx, wanted)
  const words = (ids: readonly string[]): string => ids.map(id => names.get(id) ?? id).join('、')
  for (const { change, before, after } of refs) {
    if (before.length) change.beforeName = words(before)
    if (after.length) change.afterName = words(after)
  }
  return names
}

/** What an act on a record is called: as a module declares it (for this entity or in general), else as the action of the same name. Null: the screen has its own word. */
export function actName(ctx: Ctx, entity: string, act: string): string | null {
  let label: Label | undefined
  for (const { acts } of ctx.runtime.modules) label ??= acts?.[`${entity}.${act}`] ?? acts?.[act]
  label ??= ctx.runtime.actions.find(a => a.name === act)?.label
  return label ? pick(label, ctx.locale) : null
}
