import { z } from 'zod'
import { can, defineAction, fail, isId, pick, read } from '@quancheng/kernel'
import { offered, unknownOf } from '../store/data.ts'
import { attachFilled, placeholdersOf, templateFile, templateOf } from '../store/fill.ts'

const ID = z.object({ id: z.string().refine(isId, '不是内部标识') })

export const templatePlaceholders = defineAction({
  name: 'templatePlaceholders', label: ['模板里的占位符', 'Placeholders'], method: 'GET', path: '/api/document-templates/:id/placeholders', permission: 'documentTemplate:read', readOnly: true, input: ID,
  async run(ctx, { id }) {
    await read(ctx, ctx.entities.get('documentTemplate'), id, ['id'])
    const template = await templateOf(ctx, id), entity = ctx.entities.find(template.entity), file = await templateFile(ctx, id)
    const names = entity ? offered(ctx, entity) : []
    if (!file) return { file: null, placeholders: [], unknown: [], problem: null, offered: names }
    try {
      const found = placeholdersOf(file)
      return { file: { id: file.id, name: file.name }, placeholders: found, unknown: entity ? unknownOf(ctx, entity, found) : [], problem: null, offered: names }
    } catch (error) {
      return { file: { id: file.id, name: file.name }, placeholders: [], unknown: [], problem: (error as Error).message, offered: names }
    }
  },
})

/** Whoever may read a record may have papers made of it: the names of the templates are no secret of theirs. */
export const templatesFor = defineAction({
  name: 'templatesFor', label: ['可用的模板', 'Templates for'], method: 'GET', path: '/api/document-templates/for/:entity', permission: null, readOnly: true, input: z.object({ entity: z.string().max(60) }),
  async run(ctx, { entity }) {
    const e = ctx.entities.find(entity)
    if (!e || !can(ctx.access, `${entity}:read`, e)) return { items: [] }
    return { items: await ctx.query("select t.id, t.name, t.note from document_template t where t.tenant_id = $1 and t.entity = $2 and t.active and exists (select 1 from attachment a where a.tenant_id = $1 and a.entity = 'documentTemplate' and a.record_id = t.id) order by t.name limit 100", [ctx.tenant.id, entity]) }
  },
})

export const fillFromTemplate = defineAction({
  name: 'fillFromTemplate', label: ['由模板生成', 'Made from a template'], method: 'POST', path: '/api/document-templates/:id/fill', permission: null, status: 201, input: ID.extend({ recordId: z.string().refine(isId, '不是内部标识') }),
  async run(ctx, { id, recordId }) {
    const template = await templateOf(ctx, id), entity = ctx.entities.find(template.entity)
    if (!entity) return fail('NOT_FOUND', { entity: template.entity })
    return attachFilled(ctx, id, { entity: entity.name, id: recordId })
  },
})

/** For the field “用于”: everything that has a page of its own. */
export const entityOptions = async (ctx: import('@quancheng/kernel').Ctx): Promise<Array<{ value: string; label: string }>> =>
  ctx.entities.all().filter(e => !e.internal && e.name !== 'documentTemplate').map(e => ({ value: e.name, label: pick(e.label, ctx.locale) })).toSorted((a, b) => a.label.localeCompare(b.label, 'zh'))
