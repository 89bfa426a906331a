import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Condition } from './scope.ts'

/** Somebody of the caller's own unit or below: whom a partner knows of the company, before anybody there has spoken to them. */
export const ownPerson = (ctx: Ctx, column: string): Condition => sql<boolean>`${sql.ref(column)} in (select p.id from "user" p join unit_closure c on c.tenant_id = p.tenant_id and c.descendant_id = p.unit_id
  where p.tenant_id = ${ctx.tenant.id} and c.ancestor_id = ${ctx.access.unitId})`
