import { defineAction, fail, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { addSigner, sendBack, urge, withdraw } from './approval-acts.ts'
import { approvalOf, cases, colleagues } from './approval-page.ts'
import { markRead, sendCopies } from './copies.ts'
import { reachCase } from './reach.ts'
import { startFor } from './start-for.ts'

const ID = z.object({ id: z.uuid() })
const REASON = z.string().trim().min(1, '请写原因').max(400)

/** Urging is for whoever applied and whoever may see the record, not for everybody who got a copy. */
async function urgeCase(ctx: Ctx, id: string) {
  const c = await reachCase(ctx, id)
  if (c.reason !== 'record' && c.reason !== 'starter') return fail('FORBIDDEN', { permission: `${c.entity.name}:read` })
  return urge(ctx, id)
}

export const approvalActions = [
  defineAction({
    name: 'startCase', label: ['发起流程', 'Start a process'], method: 'POST', path: '/api/cases', permission: null, status: 201,
    input: z.object({ key: z.string().max(60), entity: z.string().max(60), recordId: z.uuid(), variables: z.record(z.string(), z.unknown()).optional() }), run: (ctx, b) => startFor(ctx, b.key, b.entity, b.recordId, b.variables),
  }),
  defineAction({
    name: 'cases', label: ['我发起的与抄送我的', 'My cases'], method: 'GET', path: '/api/cases', permission: null, readOnly: true,
    input: z.object({ box: z.enum(['started', 'copies']).default('started'), running: z.stringbool().optional(), after: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }), run: (ctx, q) => cases(ctx, q),
  }),
  defineAction({ name: 'approval', label: ['审批', 'Approval'], method: 'GET', path: '/api/approvals/:id', permission: null, readOnly: true, input: ID, run: (ctx, { id }) => approvalOf(ctx, id) }),
  defineAction({ name: 'readApproval', label: ['标为已读', 'Mark as read'], method: 'POST', path: '/api/approvals/:id/read', permission: null, input: ID, run: async (ctx, { id }) => { await markRead(ctx, id); return { id } } }),
  defineAction({ name: 'withdraw', label: ['撤回', 'Withdraw'], method: 'POST', path: '/api/approvals/:id/withdraw', relay: true, permission: null, input: ID.extend({ reason: z.string().trim().max(400).default('') }), run: async (ctx, b) => { await reachCase(ctx, b.id); await withdraw(ctx, b.id, b.reason); return approvalOf(ctx, b.id) } }),
  defineAction({ name: 'urge', label: ['催办', 'Urge'], method: 'POST', path: '/api/approvals/:id/urge', relay: true, permission: null, input: ID, run: (ctx, { id }) => urgeCase(ctx, id) }),
  defineAction({
    name: 'copyTo', label: ['抄送', 'Send copies'], method: 'POST', path: '/api/approvals/:id/copy', permission: null, input: ID.extend({ userIds: z.array(z.uuid()).min(1).max(50), note: z.string().trim().max(400).optional() }),
    run: async (ctx, b) => ({ told: await sendCopies(ctx, b.id, b.userIds, b.note ?? null) }),
  }),
  defineAction({ name: 'sendBack', label: ['退回', 'Send back'], method: 'POST', path: '/api/tasks/:id/return', relay: true, permission: null, input: ID.extend({ to: z.string().max(80), comment: z.string().trim().min(1, '请写退回原因').max(2000) }), run: async (ctx, { id, ...b }) => { await sendBack(ctx, id, b); return { id } } }),
  defineAction({
    name: 'addSigner', label: ['加签', 'Add a signer'], method: 'POST', path: '/api/tasks/:id/add-signer', relay: true, permission: null,
    input: ID.extend({ userId: z.uuid(), how: z.enum(['before', 'after', 'parallel']), reason: REASON }), run: async (ctx, { id, ...b }) => { await addSigner(ctx, id, b); return { id } },
  }),
  defineAction({ name: 'colleagues', label: ['同事', 'Colleagues'], method: 'GET', path: '/api/colleagues', permission: null, readOnly: true, input: z.object({ q: z.string().max(80).default('') }), run: async (ctx, { q }) => ({ items: await colleagues(ctx, q) }) }),
]
