import { defineAction, pick, type Ctx } from '@quancheng/kernel'
import { EXECUTED_ELEMENTS } from '@quancheng/process'
import { TEMPLATES, templateXml } from '../templates/index.ts'
import { z } from 'zod'

interface CatalogueField { name: string; label: string; type: string; required: boolean; options: Array<{ value: string; label: string }> }
interface Catalogue { roles: Array<{ code: string; name: string }>; entities: Array<{ name: string; label: string; fields: CatalogueField[] }>; handlers: string[]; executed: string[] }

/** What the property panel offers: the company's posts, the objects that a process can run on, what the engine can do. */
async function catalogueOf(ctx: Ctx): Promise<Catalogue> {
  const roles = await ctx.query<{ code: string; name: string }>('select code, name from role where tenant_id = $1 and not off order by name', [ctx.tenant.id])
  const entities = ctx.entities.all().filter(e => !e.internal && !e.appendOnly).map(e => ({
    name: e.name, label: pick(e.label, ctx.locale),
    fields: [...e.fields.values()].filter(f => !f.hidden && !f.system).map(f => ({ name: f.name, label: pick(f.label, ctx.locale), type: f.type, required: f.required === true, options: (f.options ?? []).map(o => ({ value: o.value, label: pick(o.label, ctx.locale) })) })),
  }))
  // programs that a service task may call register themselves under this name; none does yet
  const handlers = [...((ctx.runtime.services.get('process.handlers') as ReadonlyMap<string, unknown> | undefined)?.keys() ?? [])]
  return { roles, entities: entities.toSorted((a, b) => a.label.localeCompare(b.label, 'zh')), handlers, executed: [...EXECUTED_ELEMENTS] }
}

const READ = { permission: 'process:read', scoped: false, readOnly: true } as const

export const catalogueActions = [
  defineAction({ name: 'designCatalogue', label: ['查看流程', 'Processes'], method: 'GET', path: '/api/process-catalogue', ...READ, run: ctx => catalogueOf(ctx) }),
  defineAction({ name: 'processTemplates', label: ['查看流程', 'Processes'], method: 'GET', path: '/api/process-templates', ...READ, run: () => Promise.resolve({ items: TEMPLATES }) }),
  defineAction({ name: 'processTemplate', label: ['查看流程', 'Processes'], method: 'GET', path: '/api/process-templates/:id', ...READ, input: z.object({ id: z.string().max(60) }), run: (_, { id }) => Promise.resolve({ ...TEMPLATES.find(t => t.id === id), xml: templateXml(id) }) }),
]
