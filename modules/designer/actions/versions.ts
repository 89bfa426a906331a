import { call, defineAction, fail, pick, requirePermission, type Ctx, type Runtime } from '@quancheng/kernel'
import { compileProcess, draftOf, parseBpmn, ProcessModelError, versionsOf, xmlOf } from '@quancheng/process'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { describe, type Description } from '../rules/describe.ts'
import { difference } from '../rules/difference.ts'
import { manualOf, type Names } from '../rules/manual.ts'

const READ = { label: ['查看流程', 'Processes'], permission: 'process:read', scoped: false, readOnly: true } as const
/** A published version by its number, or what is being drawn. */
const VERSION = z.union([z.literal('draft'), z.coerce.number().int().positive()])
const KEY = z.object({ key: z.string().max(80) })

async function textOf(ctx: Ctx, key: string, version: 'draft' | number | null): Promise<{ version: 'draft' | number; name: string; xml: string }> {
  if (version !== 'draft') return xmlOf(ctx, key, version)
  const draft = await draftOf(ctx, key)
  return draft ? { version: 'draft', name: draft.name, xml: draft.xml } : fail('DRAFT_MISSING')
}

async function described(xml: string): Promise<Description> {
  const { definitions } = await parseBpmn(xml)
  return definitions ? describe(definitions) : { elements: new Map(), places: new Map() }
}

async function namesOf(ctx: Ctx, entity: string | null, stageField: string | null): Promise<Names> {
  const roles = new Map((await ctx.query<{ code: string; name: string }>('select code, name from role where tenant_id = $1', [ctx.tenant.id])).map(r => [r.code, r.name]))
  const bound = entity ? ctx.entities.find(entity) : undefined
  const stages = stageField ? bound?.fields.get(stageField)?.options : undefined
  const label = (of: { label: readonly [string, string] } | undefined): string | null => (of ? pick(of.label, ctx.locale) : null)
  return { role: code => roles.get(code) ?? code, field: name => label(bound?.fields.get(name)), entity: name => label(bound) ?? name, stage: v => label(stages?.find(o => o.value === v)) }
}

async function manual(ctx: Ctx, key: string, version: 'draft' | number | null) {
  const text = await textOf(ctx, key, version)
  try {
    const process = await compileProcess(text.xml)
    const published = text.version === 'draft' ? undefined : (await versionsOf(ctx, key)).find(v => v.version === text.version)
    return { ...manualOf(process, await namesOf(ctx, process.binding?.entity ?? null, process.binding?.stageField ?? null)), version: text.version, at: published?.at ?? null, byName: published?.byName ?? null, company: ctx.tenant.name, xml: text.xml }
  } catch (error) {
    if (error instanceof ProcessModelError) return fail('PROCESS_INVALID', { reason: error.problems.map(p => p.message).join('；'), problems: error.problems })
    throw error
  }
}

export const versionActions = [
  defineAction({
    name: 'processVersions', method: 'GET', path: '/api/process-designs/:key/versions', ...READ, input: KEY,
    async run(ctx, { key }) {
      const draft = await draftOf(ctx, key), items = await versionsOf(ctx, key)
      if (!draft && !items.length) return fail('PROCESS_UNKNOWN', { key })
      return { items, draft: draft && { version: draft.version, name: draft.name, at: draft.at, byName: draft.byName, basedOn: draft.basedOn } }
    },
  }),
  defineAction({
    name: 'processDifference', method: 'GET', path: '/api/process-designs/:key/difference', ...READ, input: KEY.extend({ from: VERSION, to: VERSION }),
    async run(ctx, { key, from, to }) {
      const [a, b] = [await textOf(ctx, key, from), await textOf(ctx, key, to)]
      return { ...difference(await described(a.xml), await described(b.xml)), from: { version: a.version, xml: a.xml }, to: { version: b.version, xml: b.xml } }
    },
  }),
  defineAction({ name: 'processManual', method: 'GET', path: '/api/process-designs/:key/manual', ...READ, input: KEY.extend({ version: VERSION.optional() }), run: (ctx, { key, version }) => manual(ctx, key, version ?? null) }),
]

/** The file as any other modeller opens it. */
export function versionRoutes(app: FastifyInstance, runtime: Runtime): void {
  app.get('/api/process-designs/:key/file', (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
    requirePermission(ctx.access, 'process:read')
    const asked = (req.query as { version?: string }).version
    const parsed = asked === undefined ? null : VERSION.safeParse(asked)
    if (parsed && !parsed.success) return fail('PROCESS_UNKNOWN', { key: String(asked) })
    const { name, version, xml } = await textOf(ctx, (req.params as { key: string }).key, parsed?.data ?? null)
    const file = `${name}${version === 'draft' ? '-草稿' : `-v${version}`}.bpmn`
    reply.header('content-type', 'application/bpmn+xml; charset=utf-8').header('content-disposition', `attachment; filename="process.bpmn"; filename*=UTF-8''${encodeURIComponent(file)}`)
    return xml
  }))
}
