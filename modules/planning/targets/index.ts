import { defineAction, type ModuleSpec } from '@quancheng/kernel'
import { z } from 'zod'
import { today } from '../rules/day.ts'
import { MEASURES, targetEntities } from './entities.ts'
import { distribute, partsOf } from './store/distribute.ts'
import { firstTargetRule, targetsOf } from './store/tree.ts'

const WAY = { id: z.uuid(), over: z.enum(['periods', 'units', 'people']), by: z.enum(['even', 'lastYear']).default('even') }
const measures = Object.keys(MEASURES) as [keyof typeof MEASURES, ...Array<keyof typeof MEASURES>]

const actions = [
  defineAction({
    name: 'targetTree', label: ['目标与完成', 'Targets and what is done'], method: 'GET', path: '/api/targets/tree', permission: 'target:read', readOnly: true, input: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional(), measure: z.enum(measures).optional() }),
    async run(ctx, { year, measure }) { const of = year ?? Number(today(ctx).slice(0, 4)); return { year: of, today: today(ctx), items: await targetsOf(ctx, of, measure ?? null) } },
  }),
  defineAction({ name: 'previewTargets', label: ['预览分解', 'Preview'], method: 'GET', path: '/api/targets/:id/parts', permission: 'target:read', readOnly: true, input: z.object(WAY), async run(ctx, i) { return { parts: (await partsOf(ctx, i.id, i.over, i.by)).parts } } }),
  defineAction({ name: 'distributeTarget', label: ['分解目标', 'Divide a target'], method: 'POST', path: '/api/targets/:id/distribute', permission: 'target:create', status: 200, input: z.object(WAY), async run(ctx, i) { return { parts: await distribute(ctx, i.id, i.over, i.by) } } }),
]

/** 目标: what the planning module takes over from this folder. */
export const targetPart = { entities: targetEntities, actions, setup: firstTargetRule } satisfies Partial<ModuleSpec>
