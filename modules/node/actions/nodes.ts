import { defineAction, elevated, fail, fieldMeta, hereOf, pick, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { codeFor, conflictSeen, conflictsOf, newNode, nodesOf, takeBack } from '../store/nodes.ts'

const id = z.object({ id: z.uuid() })
const atHeadOffice = (ctx: Ctx): void => { if (hereOf(ctx.runtime)) fail('NODE_HERE') }

export const nodes = defineAction({
  name: 'node.list', label: ['站点节点', 'Station nodes'], method: 'GET', path: '/api/nodes', permission: 'syncNode:read', readOnly: true, input: z.object({}),
  run: async ctx => ({ here: hereOf(ctx.runtime)?.unitCode ?? null, version: ctx.runtime.version, items: await nodesOf(ctx), conflicts: (await conflictsOf(ctx)).map(c => ({ ...c, ...wordsOf(ctx, c) })) }),
})

/** What a person reads: the record's kind, and the fields by their names. */
function wordsOf(ctx: Ctx, c: { entity: string; fields: Record<string, [unknown, unknown]> }) {
  const entity = ctx.entities.find(c.entity)
  return {
    kind: entity ? pick(entity.label, ctx.locale) : c.entity, plural: entity?.plural ?? null,
    fields: Object.entries(c.fields).map(([name, [lost, stands]]) => { const f = entity?.fields.get(name); return { name, label: f ? pick(f.label, ctx.locale) : name, meta: f && entity ? fieldMeta(ctx, entity, f) : null, lost, stands } }),
  }
}

export const addNode = defineAction({
  name: 'node.add', label: ['新建节点', 'New node'], method: 'POST', path: '/api/nodes', permission: 'syncNode:create', status: 201,
  input: z.object({ unitId: z.uuid('请选择服务站'), name: z.string().trim().max(60, '最多 60 字').optional() }),
  run: async (ctx, input) => { atHeadOffice(ctx); return newNode(elevated(ctx, '新建节点'), { unitId: input.unitId, name: input.name }) },
})

export const newCode = defineAction({
  name: 'node.code', label: ['重新生成接入码', 'New joining code'], method: 'POST', path: '/api/nodes/:id/code', permission: 'syncNode:create', input: id,
  run: async (ctx, input) => { atHeadOffice(ctx); return codeFor(ctx, input.id) },
})

export const endNode = defineAction({
  name: 'node.takeBack', label: ['收回', 'Take back'], method: 'POST', path: '/api/nodes/:id/take-back', permission: 'syncNode:create', input: id,
  run: async (ctx, input) => { atHeadOffice(ctx); await takeBack(elevated(ctx, '收回节点'), input.id) },
})

export const seen = defineAction({
  name: 'node.conflictSeen', label: ['已看过', 'Seen'], method: 'POST', path: '/api/nodes/conflicts/:id/seen', permission: 'syncNode:create', input: id,
  run: (ctx, input) => conflictSeen(ctx, input.id),
})

interface Row { synced_at: Date | null; cut_since: Date | null; waiting: number; error: string | null; clock_ms: number | null; hq_version: string | null }

/** What the badge in the header says; null at head office. For everybody who is signed in. */
export const here = defineAction({
  name: 'node.here', label: ['本站同步状态', 'This station'], method: 'GET', path: '/api/nodes/here', permission: null, readOnly: true, input: z.object({}),
  async run(ctx) {
    const station = hereOf(ctx.runtime)
    if (!station) return { station: null }
    const [row] = await ctx.query<Row>('select synced_at, cut_since, waiting, error, clock_ms, hq_version from sync_station where tenant_id = $1', [ctx.tenant.id])
    return { station: { unitCode: station.unitCode, syncedAt: row?.synced_at ?? null, cutSince: row?.cut_since ?? null, waiting: row?.waiting ?? 0, error: row?.error ?? null, clockMs: row?.clock_ms ?? null, hqVersion: row?.hq_version ?? null, version: ctx.runtime.version } }
  },
})

export const nodeActions = [nodes, addNode, newCode, endNode, seen, here]
