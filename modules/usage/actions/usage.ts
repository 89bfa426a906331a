import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { monthDays } from '../rules/days.ts'
import { followUps } from '../store/follow-ups.ts'
import { personUsage, usageOf } from '../store/monitor.ts'
import { ruleOn } from '../store/rule-documents.ts'
import { today } from '../store/today.ts'

const DAY = z.iso.date('请填写日期')
const MONTH = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '请填写月份，例如 2026-10')

const monitor = defineAction({
  name: 'usage', label: ['使用统计', 'Usage'], method: 'GET', path: '/api/usage', permission: 'user:usage', readOnly: true,
  input: z.object({ month: MONTH.optional(), from: DAY.optional(), until: DAY.optional(), unitId: z.uuid().optional() }),
  run: (ctx, { month, from, until, unitId }) => usageOf(ctx, { ...(from && until ? { from, until } : monthDays(month ?? today(ctx).slice(0, 7))), unitId }),
})

const person = defineAction({
  name: 'personUsage', label: ['一个人的登录', 'A person’s sign-ins'], method: 'GET', path: '/api/usage/people/:id', permission: 'user:usage', readOnly: true, input: z.object({ id: z.uuid(), from: DAY, until: DAY }),
  run: (ctx, { id, from, until }) => personUsage(ctx, id, from, until),
})

const followed = defineAction({
  name: 'followUps', label: ['月度跟进', 'Monthly follow-up'], method: 'GET', path: '/api/usage/follow-ups', permission: 'opportunity:read', readOnly: true,
  input: z.object({ month: MONTH, ownerId: z.uuid().optional(), unitId: z.uuid().optional(), all: z.stringbool().optional() }),
  async run(ctx, { month, all, ...o }) {
    const rows = await followUps(ctx, month, o), { until } = monthDays(month)
    return { month, total: rows.length, followed: rows.filter(r => r.actions > 0).length, items: all ? rows : rows.filter(r => r.actions === 0), rule: await ruleOn(ctx, until) }
  },
})

export const usageActions = [monitor, person, followed]
