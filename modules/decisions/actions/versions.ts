import { call, defineAction, fail, requirePermission, type Ctx, type Runtime } from '@quancheng/kernel'
import { decisionDraftOf, decisionTableOf, decisionVersions, toDmnXml, type DecisionTable } from '@quancheng/process'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { difference } from '../rules/difference.ts'
import { KEY } from '../rules/table-schema.ts'
import { READ } from './drafts.ts'

const VERSION = z.union([z.literal('draft'), z.coerce.number().int().positive()])

async function tableOf(ctx: Ctx, key: string, version: 'draft' | number | null): Promise<{ version: 'draft' | number; table: DecisionTable }> {
  if (version !== 'draft') return decisionTableOf(ctx, key, version)
  const draft = await decisionDraftOf(ctx, key)
  return draft ? { version: 'draft', table: draft.table } : fail('DRAFT_MISSING')
}

export const versionActions = [
  defineAction({
    name: 'decisionVersions', method: 'GET', path: '/api/decisions/:key/versions', ...READ, input: KEY,
    async run(ctx, { key }) {
      const draft = await decisionDraftOf(ctx, key), items = await decisionVersions(ctx, key)
      if (!draft && !items.length) return fail('DECISION_UNKNOWN', { key })
      return { items, draft: draft && { version: draft.version, name: draft.table.name, at: draft.at, byName: draft.byName, basedOn: draft.basedOn } }
    },
  }),
  defineAction({
    name: 'decisionVersion', method: 'GET', path: '/api/decisions/:key/versions/:version', ...READ, input: KEY.extend({ version: z.coerce.number().int().positive() }),
    run: (ctx, { key, version }) => decisionTableOf(ctx, key, version),
  }),
  defineAction({
    name: 'decisionDifference', method: 'GET', path: '/api/decisions/:key/difference', ...READ, input: KEY.extend({ from: VERSION, to: VERSION }),
    async run(ctx, { key, from, to }) {
      const [a, b] = [await tableOf(ctx, key, from), await tableOf(ctx, key, to)]
      return { from: a.version, to: b.version, changes: difference(a.table, b.table) }
    },
  }),
]

/** The table as DMN 1.3, as any other modeller opens it. */
export function versionRoutes(app: FastifyInstance, runtime: Runtime): void {
  app.get('/api/decisions/:key/file', (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
    requirePermission(ctx.access, 'decision:read')
    const asked = (req.query as { version?: string }).version
    const parsed = asked === undefined ? null : VERSION.safeParse(asked)
    if (parsed && !parsed.success) return fail('DECISION_UNKNOWN', { key: String(asked) })
    const { version, table } = await tableOf(ctx, (req.params as { key: string }).key, parsed?.data ?? null)
    const file = `${table.name}${version === 'draft' ? '-草稿' : `-v${version}`}.dmn`
    reply.header('content-type', 'application/dmn+xml; charset=utf-8').header('content-disposition', `attachment; filename="decision.dmn"; filename*=UTF-8''${encodeURIComponent(file)}`)
    return toDmnXml(table)
  }))
}
