import { defineAction, fail, isId } from '@quancheng/kernel'
import { z } from 'zod'
import { addDays } from '../rules/days.ts'
import { dueOf, filled, plansOf, today } from '../store/care.ts'

const SHOWN = 200

export const careActions = [
  defineAction({
    name: 'carePreview', label: ['接下来的关怀', 'Care to come'], method: 'GET', path: '/api/care/preview', permission: 'carePlan:read', readOnly: true,
    input: z.object({ plan: z.string().optional(), days: z.coerce.number().int().min(1).max(366).default(30) }),
    async run(ctx, q) {
      const from = today(ctx), until = addDays(from, q.days), plans = (await plansOf(ctx)).filter(p => !q.plan || p.id === q.plan)
      if (q.plan && (!isId(q.plan) || !plans.length)) return fail('NOT_FOUND', { id: q.plan })
      const items = []
      for (const p of plans) for (const d of await dueOf(ctx, p, from, until, { limit: SHOWN + 1, withDone: true })) items.push({ planId: p.id, plan: p.name, customerId: d.customerId, name: d.name, on: d.on, dueOn: d.dueOn, ownerId: d.ownerId, way: p.way, title: filled(p.way === 'message' ? p.text ?? '' : p.title, d), done: d.done })
      items.sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.name.localeCompare(b.name, 'zh'))
      const names = new Map((await ctx.query<{ id: string; name: string }>('select id, name from "user" where tenant_id = $1 and id = any($2)', [ctx.tenant.id, [...new Set(items.map(i => i.ownerId))]])).map(u => [u.id, u.name]))
      return { from, until, plans: plans.map(p => ({ id: p.id, name: p.name })), more: items.length > SHOWN, items: items.slice(0, SHOWN).map(i => ({ ...i, owner: names.get(i.ownerId) ?? '' })) }
    },
  }),
]
