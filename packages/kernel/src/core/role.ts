import { z } from 'zod'
import { SCOPES } from '../access/access.ts'
import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'
import { AppError } from '../errors.ts'

const GRANTS = z.record(z.string().regex(/^[a-zA-Z]+:[a-zA-Z]+$/), z.array(z.enum(SCOPES)))
const FIELDS = z.record(z.string().regex(/^[a-zA-Z]+\.[a-zA-Z0-9_]+$/), z.enum(['edit', 'read', 'mask', 'none']))

export const Role = defineEntity('role', {
  label: ['角色', 'Role'],
  icon: 'safety',
  fields: {
    code: f.text(['编码', 'Code'], { required: true, unique: true, pattern: '[a-z][A-Za-z0-9]{1,30}' }),
    name: f.text(['名称', 'Name'], { required: true, max: 40 }),
    note: f.text(['说明', 'Note'], { multiline: true, max: 500 }),
    grants: f.json<Record<string, string[]>>(['权限', 'Grants']),
    fields: f.json<Record<string, string>>(['字段权限', 'Field rights']),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  display: ['name'],
  list: ['code', 'name', 'note', 'off'],
  sort: 'code',
  affectsAccess: true,
  hooks: {
    before(_ctx, c) {
      for (const [name, schema] of [['grants', GRANTS], ['fields', FIELDS]] as const) {
        const value = c.draft[name]
        if (value === null || value === undefined) continue
        const parsed = schema.safeParse(value)
        if (!parsed.success) throw new AppError('INVALID', { summary: '权限表格式不对', fields: [{ field: name, code: 'TYPE', message: parsed.error.issues[0]?.message ?? '' }] })
      }
    },
  },
})

export const RoleGroup = defineEntity('roleGroup', {
  label: ['角色组', 'Role group'],
  fields: {
    name: f.text(['名称', 'Name'], { required: true, unique: true, max: 40 }),
    note: f.text(['说明', 'Note'], { multiline: true, max: 500 }),
    roleIds: f.refs(['角色', 'Roles'], () => Role, { required: true }),
  },
  display: ['name'],
  list: ['name', 'roleIds', 'note'],
  sort: 'name',
  affectsAccess: true,
})
