import { defineAction, lock } from '@quancheng/kernel'
import { z } from 'zod'
import { joinerLink } from '../store/account-requests.ts'
import { belongingsOf } from '../store/belongings.ts'
import { freeze, unfreeze } from '../store/freeze.ts'
import { handOver, undoHandover } from '../store/handover.ts'

const ID = z.object({ id: z.uuid() })
const REASON = z.string('请写明原因').trim().min(1, '请写明原因').max(500)

const freezeUser = defineAction({ name: 'freezeUser', label: ['冻结账户', 'Freeze'], method: 'POST', path: '/api/users/:id/freeze', permission: 'user:freeze', status: 200, input: ID.extend({ reason: REASON }), run: async (ctx, { id, reason }) => ({ frozen: true, handover: await freeze(ctx, id, reason) }) })
const unfreezeUser = defineAction({ name: 'unfreezeUser', label: ['解除冻结', 'Unfreeze'], method: 'POST', path: '/api/users/:id/unfreeze', permission: 'user:unfreeze', status: 200, input: ID.extend({ reason: REASON }), run: async (ctx, { id, reason }) => { await unfreeze(ctx, id, reason); return { frozen: false } } })

const belongings = defineAction({
  name: 'belongings', label: ['名下的工作', 'What they have'], method: 'GET', path: '/api/users/:id/belongings', permission: 'user:handOver', readOnly: true, input: ID,
  async run(ctx, { id }) { await lock(ctx, ctx.entities.get('user'), id, 'handOver', { forUpdate: false }); return belongingsOf(ctx, id) },
})

const make = defineAction({
  name: 'handOver', label: ['工作交接', 'Hand over'], method: 'POST', path: '/api/handovers/make', permission: 'user:handOver', status: 201,
  input: z.object({ fromId: z.uuid('请选择交出的人'), toId: z.uuid('请选择接手的人'), kinds: z.array(z.string().max(40)).max(60).optional(), receivers: z.record(z.string().max(40), z.uuid()).optional(), tasks: z.boolean().default(true), reason: z.string().trim().max(300).nullish() }),
  run: (ctx, o) => handOver(ctx, o),
})

const undo = defineAction({ name: 'undoHandover', label: ['撤销交接', 'Undo'], method: 'POST', path: '/api/handovers/:id/undo', permission: 'handover:undo', status: 200, input: ID, run: (ctx, { id }) => undoHandover(ctx, id) })

const link = defineAction({ name: 'joinerLink', label: ['设密码的链接', 'Password link'], method: 'POST', path: '/api/account-requests/:id/password-link', permission: 'accountRequest:carryOut', status: 200, input: ID, run: (ctx, { id }) => joinerLink(ctx, id) })

export const peopleActions = [freezeUser, unfreezeUser, belongings, make, undo, link]
