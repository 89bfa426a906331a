import { defineAction, type ModuleSpec } from '@quancheng/kernel'
import { z } from 'zod'
import { instantsOf, today } from '../rules/day.ts'
import { strategyEntities, SWOT_PARTS } from './entities.ts'
import { saveSwot, swotOf, type Swot } from './store/swot.ts'
import { winLoss } from './store/win-loss.ts'

const TEXT = z.string().max(4000, '最多 4000 字').default('')
const SAVE = z.object({ id: z.uuid(), base: z.number().int().min(0), reason: z.string().trim().max(200).optional(), strengths: TEXT, weaknesses: TEXT, opportunities: TEXT, threats: TEXT, strategy: z.string().max(8000, '最多 8000 字').default('') })

const actions = [
  defineAction({
    name: 'winLoss', label: ['赢丢单分析', 'Win and loss'], method: 'GET', path: '/api/win-loss', permission: 'opportunity:read', readOnly: true, input: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional(), unitId: z.uuid().optional(), productId: z.uuid().optional() }),
    async run(ctx, i) { const to = i.to ?? today(ctx), span = { from: i.from ?? `${to.slice(0, 4)}-01-01`, to }; return { ...span, ...instantsOf(ctx, span), ...await winLoss(ctx, span, i) } },
  }),
  defineAction({
    name: 'swot', label: ['SWOT', 'SWOT'], method: 'GET', path: '/api/units/:id/swot', permission: 'swotVersion:read', readOnly: true, input: z.object({ id: z.uuid(), edition: z.coerce.number().int().min(1).optional(), against: z.coerce.number().int().min(1).optional() }),
    run: (ctx, { id, edition, against }) => swotOf(ctx, id, edition, against),
  }),
  defineAction({
    name: 'saveSwot', label: ['保存 SWOT', 'Save a SWOT'], method: 'POST', path: '/api/units/:id/swot', permission: 'swotVersion:write', status: 201, input: SAVE,
    run: (ctx, { id, base, reason, ...text }) => saveSwot(ctx, id, Object.fromEntries(SWOT_PARTS.map(p => [p, text[p].trim()])) as Swot, base, reason || null),
  }),
]

/** 战略与竞争: what the planning module takes over from this folder. */
export const strategyPart = { entities: strategyEntities, actions, permissions: [{ code: 'swotVersion:write', label: ['写 SWOT 与市场策略', 'Write the SWOT'], scoped: true }] } satisfies Partial<ModuleSpec>
