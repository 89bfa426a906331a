import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { askReports } from '../store/reports.ts'

/** By hand what the 1st of a month does by itself: the reports that were due on that day. */
export const makeReports = defineAction({
  name: 'makeReports', label: ['生成客户报表', 'Make reports'], method: 'POST', path: '/api/key-accounts/reports', permission: 'keyReport:make', scoped: false, status: 202,
  input: z.object({ day: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-01$/, '请填某月 1 日，例如 2026-12-01') }),
  run: async (ctx, { day }) => ({ asked: await askReports(ctx, day) }),
})
