import { sql } from 'kysely'
import { knownUser, type UserRow } from '../act.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { visible } from './scope.ts'

/** Those of the users who may read this record, each by their own roles and scope. One statement for all of them. */
export async function readersOf(ctx: Ctx, entity: CompiledEntity, recordId: string, users: readonly UserRow[]): Promise<Set<string>> {
  const asked = await Promise.all(users.filter(u => !u.off).map(async u => {
    const { access, user } = await knownUser(ctx.runtime, ctx, ctx.tenant, u)
    const condition = visible({ ...ctx, access, user }, entity, 't')
    return condition && sql`select ${u.id}::uuid as id where exists (select 1 from ${sql.table(entity.table)} as t where ${condition} and t.id = ${recordId})`
  }))
  const parts = asked.filter(x => x !== null)
  if (!parts.length) return new Set()
  const { rows } = await sql<{ id: string }>`${sql.join(parts, sql` union all `)}`.execute(ctx.db)
  return new Set(rows.map(r => r.id))
}
