import type { Ctx } from '../context.ts'
import { canonical } from '../audit/chain.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import type { Change } from '../entity/define.ts'
import { sendChanges } from './columns.ts'
import { requireFields } from './normalise.ts'
import { cellsOf, referencesChanged, sendTraces, type Write } from './record-many.ts'
import { toJson, type Stored } from './record.ts'
import { lockFree } from './write.ts'

const BATCH = 1000

/**
 * Many rows of one entity changed by the system in a few statements a batch: the counterpart of `storeMany`, for rules that judge everybody anew.
 * Every row that changes has its next audit entry on its own chain, as `storeChange` would have written it. There is no event and no wake-up of
 * screens; references are checked by the foreign keys alone; `before` hooks run, `after` hooks do not; tenant fields are not for it. Rows that
 * somebody else holds are left out: the answer names those that were changed and those that have to be asked for again.
 */
export async function changeMany(ctx: Ctx, entity: CompiledEntity, changes: ReadonlyArray<{ id: string; draft: Stored }>, o: { act?: string } = {}): Promise<{ changed: string[]; held: string[] }> {
  const changed: string[] = [], held: string[] = []
  for (let i = 0; i < changes.length; i += BATCH) await changeBatch(ctx, entity, changes.slice(i, i + BATCH), o.act ?? 'update', changed, held)
  if (changed.length) referencesChanged(ctx, entity)
  return { changed, held }
}

async function changeBatch(ctx: Ctx, entity: CompiledEntity, changes: ReadonlyArray<{ id: string; draft: Stored }>, act: string, done: string[], held: string[]): Promise<void> {
  const fields = [...entity.fields.values()].filter(x => !x.system && x.column).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const locked = await lockFree(ctx, entity, changes.map(c => c.id))
  const at = ctx.now(), by = ctx.user?.id ?? null, writes: Write[] = [], touched = new Set<CompiledField>()
  for (const { id, draft } of changes) {
    const found = locked.get(id)
    if (!found) { held.push(id); continue }
    const { row: before, hash } = found
    await entity.hooks?.before?.(ctx, { act: 'update', id, before, draft, row: null } satisfies Change as never)
    const was: string[] = [], is: string[] = [], moved: CompiledField[] = []
    for (const x of fields) {
      if (draft[x.name] === undefined) continue
      const old = canonical(toJson(x, before[x.name])), next = canonical(toJson(x, draft[x.name]))
      if (old === next) continue
      const key = JSON.stringify(x.name)
      moved.push(x)
      was.push(`${key}:${old}`)
      is.push(`${key}:${next}`)
    }
    if (!moved.length) continue
    requireFields(ctx, entity, draft, x => moved.includes(x))
    const seq = Number(before.version) + 1, row: Stored = { ...before, version: seq }
    for (const x of moved) { touched.add(x); row[x.name] = draft[x.name] }
    const searched = moved.some(x => x.search || entity.display.includes(x.name) || entity.scope?.owner === x.name || entity.scope?.unit === x.name)
    writes.push({ id, seq, at, by, previous: hash, payload: `{"after":{${is.join(',')}},"before":{${was.join(',')}},"note":null}`, row, found: searched })
    done.push(id)
  }
  if (!writes.length) return
  const rows = writes.map(w => w.row)
  sendChanges(ctx, entity.table, writes.map(w => w.id), {
    version: { type: 'integer', values: writes.map(w => w.seq) }, updated_at: { type: 'timestamptz', values: rows.map(() => at) }, updated_by: { type: 'uuid', values: rows.map(() => by) },
    ...Object.fromEntries([...touched].map(x => [x.column!, cellsOf(x, rows)])),
  })
  sendTraces(ctx, entity, act, writes)
}
