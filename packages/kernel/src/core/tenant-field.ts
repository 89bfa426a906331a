import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { pinyin } from 'pinyin-pro'
import { compileEntity, MAX_TENANT_FIELDS } from '../entity/compile.ts'
import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'
import { fieldTypes, ValueProblem } from '../entity/types/index.ts'
import { AppError, fail } from '../errors.ts'

/** Kinds of field that a tenant may add: those whose values need no code behind them. */
export const TENANT_FIELD_TYPES = ['text', 'phone', 'mail', 'code', 'integer', 'decimal', 'money', 'boolean', 'date', 'datetime', 'choice', 'choices', 'ref'] as const

const LABEL = z.tuple([z.string().min(1).max(40), z.string().max(40)])
const SPEC = z.strictObject({
  type: z.enum(TENANT_FIELD_TYPES), label: LABEL, help: LABEL.optional(), required: z.boolean().optional(), max: z.number().int().min(1).max(4000).optional(), min: z.number().optional(),
  scale: z.number().int().min(0).max(6).optional(), multiline: z.boolean().optional(), index: z.boolean().optional(), to: z.string().optional(), default: z.unknown().optional(),
  options: z.array(z.strictObject({ value: z.string().min(1).max(40), label: LABEL, color: z.string().max(20).optional() })).max(200).optional(),
})

const keyFrom = (label: string): string =>
  `x_${pinyin(label, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('').toLowerCase().replace(/[^a-z0-9]/g, '').slice(0, 24) || 'field'}`

/** A default is a value like any other: it must be one that the field would take. */
function requireDefault(spec: z.infer<typeof SPEC>): void {
  if (spec.default === undefined || spec.default === null) return
  try { fieldTypes[spec.type].parse(spec.default, spec as never) } catch (error) {
    if (!(error instanceof ValueProblem)) throw error
    throw new AppError('INVALID', { summary: '默认值不对', fields: [{ field: 'spec.default', code: error.code, message: error.message }] })
  }
}

/** A field that the tenant added to an entity, in force at the next request in forms, lists, filters, files and the API (KB-07). */
export const TenantField = defineEntity('tenantField', {
  label: ['自定义字段', 'Custom field'],
  plural: 'fields',
  icon: 'form',
  fields: {
    entity: f.text(['对象', 'Entity'], { required: true, immutable: true, max: 60 }),
    fieldId: f.text(['字段标识', 'Field id'], { readOnly: true, max: 30 }),
    key: f.text(['接口名', 'API name'], { immutable: true, pattern: 'x_[a-z0-9]{1,30}' }),
    spec: f.json<z.infer<typeof SPEC>>(['定义', 'Definition'], { required: true }),
    position: f.integer(['顺序', 'Position'], { default: 0 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  display: ['key'],
  list: ['entity', 'key', 'position', 'off'],
  sort: 'entity,position',
  indexes: [{ on: ['entity', 'key'], unique: true }],
  affectsMeta: true,
  hooks: {
    async before(ctx, c) {
      if (c.act === 'remove') return
      const name = String(c.draft.entity ?? c.before?.entity ?? '')
      const entity = ctx.entities.find(name)
      if (!entity?.tenantFields) throw new AppError('INVALID', { summary: '该对象不能添加字段', fields: [{ field: 'entity', code: 'CHOICE', message: '该对象不能添加字段' }] })
      if (c.draft.spec !== undefined) {
        const parsed = SPEC.safeParse(c.draft.spec)
        if (!parsed.success) throw new AppError('INVALID', { summary: '字段定义不对', fields: parsed.error.issues.map(i => ({ field: `spec.${i.path.join('.')}`, code: 'TYPE', message: i.message })) })
        if (parsed.data.to && !ctx.entities.find(parsed.data.to)) throw new AppError('INVALID', { summary: '没有所指的对象', fields: [{ field: 'spec.to', code: 'REF', message: '没有这个对象' }] })
        if (c.before && (c.before.spec as { type: string }).type !== parsed.data.type) throw new AppError('INVALID', { summary: '字段类型不能改，请停用后新建', fields: [{ field: 'spec.type', code: 'IMMUTABLE', message: '类型不能改' }] })
        requireDefault(parsed.data)
        c.draft.spec = parsed.data
      }
      if (c.act !== 'create') return
      const rows = await ctx.query<{ key: string }>('select key from tenant_field where tenant_id = $1 and entity = $2', [ctx.tenant.id, name])
      if (rows.length >= MAX_TENANT_FIELDS) fail('LIMIT', { what: '自定义字段', max: MAX_TENANT_FIELDS })
      c.draft.fieldId = `f${randomBytes(6).toString('hex')}`
      const taken = new Set(rows.map(r => r.key))
      const wanted = (c.draft.key as string | null) ?? keyFrom((c.draft.spec as z.infer<typeof SPEC>).label[0])
      let key = wanted
      for (let i = 2; taken.has(key); i++) key = `${wanted}${i}`
      c.draft.key = key
      // the compiler has the last word: what it refuses never reaches the table
      const spec = c.draft.spec as z.infer<typeof SPEC>
      const { to, ...rest } = spec
      const base = { name, spec: { label: entity.label, fields: {}, display: [], list: [] } }
      compileEntity(base, [{ ...(rest as object), ...(to ? { to: () => to } : {}), id: c.draft.fieldId as string, key } as never])
    },
  },
})
