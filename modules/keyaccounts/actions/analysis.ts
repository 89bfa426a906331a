import { defineAction, lock } from '@quancheng/kernel'
import { z } from 'zod'
import { yearBefore } from '../rules/period.ts'
import { fewThings, meetings, savings } from '../store/analysis.ts'
import { groupAbove } from '../store/group.ts'
import { today } from '../store/run.ts'
import { subtreeIds } from '../store/tree.ts'

const DAY = z.iso.date('请填日期，例如 2026-12-31')
/** a link to a list names no more than so many */
const LINKED = 200

/** What to do less of, what to do more of, and what an account could save (SA-19, SA-20, TP-09). Without a span: the last twelve months. */
export const keyAnalysis = defineAction({
  name: 'keyAnalysis', label: ['重点客户分析', 'Key account analysis'], method: 'GET', path: '/api/key-accounts/analysis', permission: 'orderLine:read', readOnly: true,
  input: z.object({ from: DAY.optional(), until: DAY.optional(), customerId: z.uuid().optional() }),
  async run(ctx, o) {
    const until = o.until ?? today(ctx), span = { from: o.from ?? yearBefore(until), until }
    if (o.customerId) await lock(ctx, ctx.entities.get('customer'), o.customerId, 'read', { forUpdate: false })
    const group = o.customerId ? await groupAbove(ctx, o.customerId) : null
    const customers = o.customerId ? (await subtreeIds(ctx, o.customerId)).slice(0, LINKED) : null
    return { ...span, customers, few: await fewThings(ctx, span, o.customerId ?? null), proposals: o.customerId ? [] : await meetings(ctx, span), savings: o.customerId ? await savings(ctx, o.customerId, group?.id ?? o.customerId, span) : [] }
  },
})
