import { readFileSync } from 'node:fs'
import { defineAction, type ModuleSpec } from '@quancheng/kernel'
import { deploy } from '@quancheng/process'
import { z } from 'zod'
import { today } from '../rules/day.ts'
import { expenseEntities } from './entities.ts'
import { budgetsOf, returnsOf } from './store/overview.ts'

const overview = defineAction({
  name: 'expenses', label: ['营销费用', 'Marketing expenses'], method: 'GET', path: '/api/expenses', permission: 'budget:read', readOnly: true, input: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
  async run(ctx, i) { const year = i.year ?? Number(today(ctx).slice(0, 4)); return { year, budgets: await budgetsOf(ctx, year), returns: await returnsOf(ctx, year) } },
})

/** 营销费用: what the planning module takes over from this folder. */
export const expensePart = { entities: expenseEntities, actions: [overview], setup: async ctx => { await deploy(ctx, 'marketing-expense', readFileSync(new URL('./processes/marketing-expense.bpmn', import.meta.url), 'utf8')) } } satisfies Partial<ModuleSpec>
