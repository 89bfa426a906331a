import { defineAction } from '@quancheng/kernel'
import { moveRecord } from '@quancheng/process'
import { z } from 'zod'
import { findDeclines } from '../store/decline.ts'

export const moveDecline = defineAction({
  name: 'moveDecline', label: ['办理销量下降', 'Move a decline'], method: 'POST', path: '/api/declines/:id/move', permission: 'decline:move', status: 200,
  input: z.object({ id: z.uuid(), to: z.string().min(1).max(80), comment: z.string().max(4000).optional(), fields: z.record(z.string(), z.unknown()).optional(), ticked: z.array(z.string().max(80)).max(200).optional() }),
  run: (ctx, { id, ...input }) => moveRecord(ctx, 'decline', id, input),
})

export const checkDeclines = defineAction({
  name: 'checkDeclines', label: ['检查销量下降', 'Look for declines'], method: 'POST', path: '/api/key-accounts/declines/check', permission: 'decline:check', scoped: false, status: 200,
  input: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '请填月份，例如 2026-10') }),
  run: async (ctx, { month }) => ({ found: await findDeclines(ctx, month) }),
})
