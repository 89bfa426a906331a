import { defineAction, lock } from '@quancheng/kernel'
import { z } from 'zod'
import { collectionOf, statementOf } from '../store/collection.ts'
import { reverseReceipt } from '../store/collection-hooks.ts'

export const collectionActions = [
  defineAction({ name: 'collection', label: ['回款', 'Collection'], method: 'GET', path: '/api/collection', permission: 'instalment:read', readOnly: true, input: z.object({}), run: ctx => collectionOf(ctx) }),
  defineAction({ name: 'statement', label: ['对账单', 'Statement'], method: 'GET', path: '/api/collection/statement/:id', permission: 'instalment:read', readOnly: true, input: z.object({ id: z.uuid() }), run: (ctx, { id }) => statementOf(ctx, id) }),
  defineAction({ name: 'reverseReceipt', label: ['冲销', 'Reverse'], method: 'POST', path: '/api/receipts/:id/reverse', permission: 'receipt:reverse', status: 201, input: z.object({ id: z.uuid(), reason: z.string().trim().min(2, '请写明原因，至少 2 个字').max(200, '原因最多 200 个字') }),
    async run(ctx, { id, reason }) { const { row } = await lock(ctx, ctx.entities.get('receipt'), id, 'reverse'), made = await reverseReceipt(ctx, row, reason); return { id: made.id, number: made.number } } }),
]
