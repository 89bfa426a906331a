import { defineAction, fail, lock, storeChange, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { behavioursOf } from '../store/behaviours.ts'
import { bestSellers } from '../store/offers.ts'
import { compileRule, countOf, minedGroups, rowsIn } from '../store/segment.ts'

const RULE = z.record(z.string(), z.unknown())
const ruleOf = async (ctx: Ctx, id: string): Promise<unknown> => { await lock(ctx, ctx.entities.get('segment'), id, 'read', { forUpdate: false }); return (await ctx.query<{ rule: unknown }>('select rule from segment where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))[0]?.rule ?? fail('SEGMENT_RULE', { reason: '还没有条件' }) }

export const segmentActions = [
  defineAction({
    name: 'segmentWords', label: ['细分可用的行为与分组', 'What a segment may ask'], method: 'GET', path: '/api/segments/words', permission: 'segment:read', readOnly: true,
    run: async ctx => ({ behaviours: behavioursOf(ctx).map(b => ({ name: b.name, label: b.label[ctx.locale === 'en' ? 1 : 0], unit: b.unit[ctx.locale === 'en' ? 1 : 0], measure: b.measure, text: Boolean(b.text) })), groups: await minedGroups(ctx) }),
  }),
  defineAction({
    name: 'previewSegment', label: ['预览细分', 'Preview a segment'], method: 'POST', path: '/api/segments/preview', permission: 'segment:read', readOnly: true, status: 200, input: z.object({ rule: RULE }),
    run: async (ctx, { rule }) => ({ count: await countOf(ctx, rule), rows: await rowsIn(ctx, rule, 20) }),
  }),
  defineAction({
    name: 'segmentCustomers', label: ['细分里的客户', 'Customers of a segment'], method: 'GET', path: '/api/segments/:id/customers', permission: 'segment:read', readOnly: true, input: z.object({ id: z.uuid() }),
    async run(ctx, { id }) { const rule = await ruleOf(ctx, id); return { count: await countOf(ctx, rule), rows: await rowsIn(ctx, rule, 500) } },
  }),
  defineAction({
    name: 'saveSegmentRule', label: ['保存细分规则', 'Save the rule'], method: 'POST', path: '/api/segments/:id/rule', permission: 'segment:update', status: 200, input: z.object({ id: z.uuid(), rule: RULE }),
    async run(ctx, { id, rule }) {
      // what does not compile is not kept
      compileRule(ctx, rule)
      const found = await lock(ctx, ctx.entities.get('segment'), id, 'update')
      await storeChange(ctx, ctx.entities.get('segment'), id, { rule }, { act: 'rule', locked: found })
      return { id, count: await countOf(ctx, rule) }
    },
  }),
  defineAction({
    name: 'bestSellers', label: ['按偏好的畅销', 'Best sellers by interest'], method: 'GET', path: '/api/best-sellers', permission: 'segment:read', readOnly: true, input: z.object({ topic: z.string().trim().min(1).max(40), value: z.string().trim().min(1).max(60) }),
    run: async (ctx, { topic, value }) => ({ items: await bestSellers(ctx, topic, value) }),
  }),
]
