import { can, defineAction, fieldMeta, pick, type Ctx } from '@quancheng/kernel'
import { decisionLines, decisionTableOf, designs, EXECUTED_ELEMENTS, handlersOf } from '@quancheng/process'
import { compileDecisionTable } from '@quancheng/process/dmn'
import { TEMPLATES, templateXml } from '../templates/index.ts'
import { z } from 'zod'

interface CatalogueField { name: string; label: string; type: string; required: boolean; target: string | null; options: Array<{ value: string; label: string }>; /** as forms show it */ meta: ReturnType<typeof fieldMeta> }
interface Catalogue {
  roles: Array<{ code: string; name: string }>
  entities: Array<{ name: string; label: string; /** the company may add its own */ tenantFields: boolean; fields: CatalogueField[] }>
  /** programs that run here, with what they want to be called with */
  handlers: Array<{ name: string; label: string; inputs: Array<{ name: string; label: string; required: boolean }> }>
  processes: Array<{ key: string; name: string; entity: string | null; published: boolean }>
  /** `asks`: the variables that its rules read; `gives`: the names of its results */
  decisions: Array<{ key: string; name: string; asks: string[]; gives: string[] }>
  executed: string[]
}

/** What the property panel offers: the company's posts, the objects that a process can run on, programs, tables, other processes, what the engine can do. */
async function catalogueOf(ctx: Ctx): Promise<Catalogue> {
  const roles = await ctx.query<{ code: string; name: string }>('select code, name from role where tenant_id = $1 and not off order by name', [ctx.tenant.id])
  const entities = ctx.entities.all().filter(e => !e.internal && !e.appendOnly).map(e => ({
    name: e.name, label: pick(e.label, ctx.locale), tenantFields: e.tenantFields === true,
    fields: [...e.fields.values()].filter(f => !f.hidden && !f.system).map(f => ({ name: f.name, label: pick(f.label, ctx.locale), type: f.type, required: f.required === true, target: f.target, options: (f.options ?? []).map(o => ({ value: o.value, label: pick(o.label, ctx.locale) })), meta: fieldMeta(ctx, e, f) })),
  }))
  const handlers = [...handlersOf(ctx.runtime)].map(([name, h]) => ({ name, label: h.label ? pick(h.label, ctx.locale) : name, inputs: h.inputs.map(i => ({ name: i.name, label: pick(i.label, ctx.locale), required: i.required === true })) }))
  const processes = (await designs(ctx)).map(d => ({ key: d.key, name: d.name, entity: d.entity, published: d.version !== null }))
  return { roles, entities: entities.toSorted((a, b) => a.label.localeCompare(b.label, 'zh')), handlers, processes, decisions: await decisionsOf(ctx), executed: [...EXECUTED_ELEMENTS] }
}

/** Published tables, for whoever may see tables: what they ask and what they answer. */
async function decisionsOf(ctx: Ctx): Promise<Catalogue['decisions']> {
  if (!can(ctx.access, 'decision:read')) return []
  const all: Catalogue['decisions'] = []
  for (const line of await decisionLines(ctx)) {
    if (line.version === null) continue
    const { table } = await decisionTableOf(ctx, line.key)
    const { decisions } = compileDecisionTable(table)
    all.push({ key: line.key, name: line.name, asks: [...decisions?.decisions.values().next().value?.variables ?? []], gives: table.outputs.map(o => o.name) })
  }
  return all
}

const READ = { permission: 'process:read', scoped: false, readOnly: true } as const

export const catalogueActions = [
  defineAction({ name: 'designCatalogue', label: ['查看流程', 'Processes'], method: 'GET', path: '/api/process-catalogue', ...READ, run: ctx => catalogueOf(ctx) }),
  defineAction({ name: 'processTemplates', label: ['查看流程', 'Processes'], method: 'GET', path: '/api/process-templates', ...READ, run: () => Promise.resolve({ items: TEMPLATES }) }),
  defineAction({ name: 'processTemplate', label: ['查看流程', 'Processes'], method: 'GET', path: '/api/process-templates/:id', ...READ, input: z.object({ id: z.string().max(60) }), run: (_, { id }) => Promise.resolve({ ...TEMPLATES.find(t => t.id === id), xml: templateXml(id) }) }),
]
