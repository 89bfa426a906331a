import type { Access, Ctx } from '@quancheng/kernel'
import type { NewStep } from '../engine/index.ts'
import type { StepRow } from './load.ts'

/*
 * Whose a step is before somebody has taken it. Usually one post's (`process_step.role`), or nobody's in particular. Where a model names several
 * posts or persons, they stand with the step (`data.candidates`, for checking) and in process_candidate (for finding it); no other step has either.
 */

/** `roles`: codes; `users`: ids. Both empty: the model names somebody and there is no such person, so that nobody may take it until it is handed over. */
export interface Candidates { roles: readonly string[]; users: readonly string[] }

type Pool = Pick<StepRow, 'role'> & { data: Pick<StepRow['data'], 'candidates'> }

/** May whoever holds these roles, as this user, take the step? */
export function inPool(step: Pool, access: Pick<Access, 'roles'>, userId: string | undefined): boolean {
  const { candidates } = step.data
  if (!candidates) return !step.role || access.roles.has(step.role)
  return candidates.roles.some(r => access.roles.has(r)) || (userId !== undefined && candidates.users.includes(userId))
}

/** Named as a person, not as the holder of a post. */
export const namedIn = (step: { data: Pick<StepRow['data'], 'candidates'> }, userId: string): boolean => step.data.candidates?.users.includes(userId) ?? false

const usersNamed = (ctx: Ctx, names: readonly string[]): Promise<Array<{ id: string; username: string }>> =>
  ctx.query<{ id: string; username: string }>('select id, username from "user" where tenant_id = $1 and (username = any($2::text[]) or id::text = any($2::text[])) and not coalesce(off, false)', [ctx.tenant.id, names])

export interface Named { assigneeId: string | null; role: string | null; candidates: Candidates | null; nobody: boolean }

/**
 * Whom a model names in the way of other engines. Somebody by name has it; one candidate is as good as named; groups come before the post of the
 * lane. Names that mean nobody leave the step to nobody rather than to everybody.
 */
export async function peopleNamed(ctx: Ctx, step: Pick<NewStep, 'task' | 'role'> & { people: NonNullable<NewStep['people']> }): Promise<Named> {
  const { assignee, candidateUsers, candidateGroups } = step.people, asked = step.task?.people
  const roles = [...new Set(candidateGroups.length ? candidateGroups : step.role ? [step.role] : [])]
  const names = [...new Set([...(assignee ? [assignee] : []), ...candidateUsers])]
  const found = names.length ? await usersNamed(ctx, names) : []
  const idOf = (name: string | null): string | null => found.find(u => u.username === name || u.id === name)?.id ?? null
  const assigneeId = assignee ? idOf(assignee) : candidateUsers.length === 1 && !candidateGroups.length ? idOf(candidateUsers[0]!) : null
  const users = [...new Set(names.flatMap(n => idOf(n) ?? []))]
  const nobody = !users.length && !roles.length && (names.length > 0 || asked?.candidateUsers != null || asked?.candidateGroups != null)
  const more = roles.length > 1 || users.length > 1 || (users.length === 1 && (roles.length > 0 || !assigneeId))
  return { assigneeId, role: roles[0] ?? null, candidates: more || nobody ? { roles, users } : null, nobody }
}

export function storeCandidates(ctx: Ctx, stepId: string, c: Candidates): void {
  const rows = [...c.roles.map(code => ['role', code]), ...c.users.map(code => ['user', code])]
  if (rows.length) ctx.send('insert into process_candidate (tenant_id, step_id, kind, code) select $1, $2, x.kind, x.code from unnest($3::text[], $4::text[]) as x(kind, code)', [ctx.tenant.id, stepId, rows.map(r => r[0]), rows.map(r => r[1])])
}

export const dropCandidates = (ctx: Ctx, stepIds: readonly string[]): void =>
  ctx.send('delete from process_candidate where tenant_id = $1 and step_id = any($2)', [ctx.tenant.id, stepIds])
