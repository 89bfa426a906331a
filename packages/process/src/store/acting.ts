import { loadUser, type Ctx, type Scope, type Tx } from '@quancheng/kernel'
import { delegationsInForce } from './delegation.ts'
import { namedIn } from './candidates.ts'
import type { StepRow } from './load.ts'

export interface Acting {
  /** the caller with the rights that count for this task */
  as: Ctx
  /** the task is theirs by name: it opens this one record to them, and nothing else */
  named: boolean
  behalf: { id: string; name: string } | null
}

/** `startedBy`: whoever applied never decides on it for somebody else. */
export interface TaskCase { entity: string; key: string; startedBy: string | null }

/** A vote, and a step without a post, belong to a person by name; all others to their post, and to people as holders of it. */
const byName = (step: Pick<StepRow, 'kind' | 'role'>): boolean => step.kind === 'vote' || !step.role

/**
 * With whose rights does the caller act on this step? Their own; where it is theirs by name, also those to read and move its record; where they
 * are the deputy of its owner just now, the owner's (AP-05).
 */
export async function actingOn(ctx: Ctx, step: Pick<StepRow, 'kind' | 'role' | 'assignee_id' | 'data'>, of: TaskCase): Promise<Acting> {
  const me = ctx.user?.id
  if (ctx.access.system || !me) return { as: ctx, named: false, behalf: null }
  const candidate = namedIn(step, me)
  if (!step.assignee_id) return { as: candidate ? reaching(ctx, of.entity) : ctx, named: candidate, behalf: null }
  const named = byName(step) || candidate
  if (step.assignee_id === me) return { as: named ? reaching(ctx, of.entity) : ctx, named, behalf: null }
  if (of.startedBy === me) return { as: ctx, named: false, behalf: null }
  const delegation = (await delegationsInForce(ctx)).find(d => d.from === step.assignee_id && d.to === me && (!d.keys || d.keys.includes(of.key)))
  if (!delegation) return { as: ctx, named: false, behalf: null }
  const { access, off } = await loadUser(ctx.runtime, ctx as unknown as Tx, ctx.tenant, delegation.from)
  if (off) return { as: ctx, named: false, behalf: null }
  const theirs: Ctx = { ...ctx, access }
  return { as: named ? reaching(theirs, of.entity) : theirs, named, behalf: { id: delegation.from, name: delegation.fromName } }
}

/** The same caller, who may read and move this entity's records; how much of each field they see stays as it is. For one record that they were shown to have a task on. */
export function reaching(ctx: Ctx, entity: string): Ctx {
  const grants = new Map<string, ReadonlySet<Scope>>(ctx.access.grants)
  for (const verb of ['read', 'move']) grants.set(`${entity}:${verb}`, new Set<Scope>(['all']))
  return { ...ctx, access: { ...ctx.access, grants } }
}
