import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { pinyin } from 'pinyin-pro'
import { compileEntity, CompileError, MAX_TENANT_FIELDS } from '../entity/compile.ts'
import type { Ctx } from '../context.ts'
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

const wrong = (field: string, code: string, message: string): never => { throw new AppError('INVALID', { summary: message, fields: [{ field, code, message }] }) }

/** The id that `ext` keeps for ever, and a name for the API that nobody else in the entity bears. */
async function nameField(ctx: Ctx, entity: string, draft: Record<string, unknown>): Promise<void> {
  const rows = await ctx.query<{ key: string }>('select key from tenant_field where tenant_id = $1 and entity = $2', [ctx.tenant.id, entity])
  if (rows.length >= MAX_TENANT_FIELDS) fail('LIMIT', { what: '自定义字段', max: MAX_TENANT_FIELDS })
  draft.fieldId = `f${randomBytes(6).toString('hex')}`
  const taken = new Set(rows.map(r => r.key))
  const spec = draft.spec as z.infer<typeof SPEC> | null | undefined
  const wanted = (draft.key as string | null) ?? keyFrom(spec?.label[0] ?? '')
  let key = wanted
  for (let i = 2; taken.has(key); i++) key = `${wanted}${i}`
  draft.key = key
}

/** The compiler has the last word: a definition that it refuses would close every page of the tenant, so it never reaches the table. */
function requireCompilable(entity: string, row: Record<string, unknown>): void {
  const { to, ...rest } = row.spec as z.infer<typeof SPEC>
  if (new Set(rest.options?.map(o => o.value)).size !== (rest.options?.length ?? 0)) wrong('spec.options', 'UNIQUE', '选项的值不能重复')
  if (rest.min !== undefined && rest.max !== undefined && rest.min > rest.max) wrong('spec.min', 'RANGE', '最小值不能大于最大值')
  try {
    compileEntity({ name: entity, spec: { label: ['', ''], fields: {}, display: [], list: [] } }, [{ ...rest, ...(to ? { to: () => to } : {}), id: row.fieldId, key: row.key } as never])
  } catch (error) {
    if (error instanceof CompileError) wrong('spec', 'TYPE', rest.type.startsWith('choice') ? '请至少给一个选项' : rest.type === 'ref' ? '请选择所指的对象' : '字段定义不对')
    throw error
  }
}

/** A default is a value like any other: it must be one that the field would take. */
function requireDefault(spec: z.infer<typeof SPEC>): void {
  if (spec.default === undefined || spec.default === null) return
  try { fieldTypes[spec.type].parse(spec.default, spec as never) } catch (error) {
    if (!(error instanceof ValueProblem)) throw error
    wrong('spec.default', error.code, `默认值${error.message}`)
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
      if (!entity?.tenantFields) return wrong('entity', 'CHOICE', '该对象不能添加字段')
      if (c.draft.spec !== undefined) {
        const parsed = SPEC.safeParse(c.draft.spec)
        if (!parsed.success) throw new AppError('INVALID', { summary: '字段定义不对', fields: parsed.error.issues.map(i => ({ field: `spec.${i.path.join('.')}`, code: 'TYPE', message: i.message })) })
        if (parsed.data.to && !ctx.entities.find(parsed.data.to)) wrong('spec.to', 'REF', '没有这个对象')
        if (c.before && (c.before.spec as { type: string }).type !== parsed.data.type) wrong('spec.type', 'IMMUTABLE', '字段类型不能改，请停用后新建')
        requireDefault(parsed.data)
        c.draft.spec = parsed.data
      }
      if (c.act === 'create') await nameField(ctx, name, c.draft)
      if (c.draft.spec) requireCompilable(name, { fieldId: 'f000000', key: 'x_field', ...c.before, ...c.draft })
    },
  },
})
