import { defineEntity, f, fail } from '@quancheng/kernel'
import { MAPPING, type Mapping } from '../rules/mapping.ts'

/** 导入方案: how the files of one kind that another system exports become our records. */
export const ImportPlan = defineEntity('importPlan', {
  label: ['导入方案', 'Import plan'],
  icon: 'upload',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, search: 'text', max: 80 }),
    system: f.text(['来源系统', 'From system'], { required: true, max: 40, help: ['同一个来源系统的几个文件靠对方的编号互相认得', 'Files of one system know one another by its ids'] }),
    target: f.text(['导入到', 'Into'], { required: true, immutable: true, max: 40 }),
    mapping: f.json<Mapping>(['字段对应', 'Mapping']),
    match: f.text(['按什么认出已有的', 'Known by'], { max: 60, help: ['除对方编号以外，用哪个字段认出这里已有的记录，如手机号、税号', 'The field that tells a record is here already, beside the other system’s id'] }),
    onDouble: f.choice(['已有的怎么办', 'Where it is here'], { update: ['用文件里的更新', 'Change it'], skip: ['跳过', 'Leave it'] }, { required: true, default: 'update' }),
  },
  display: ['name'],
  list: ['name', 'system', 'target', 'onDouble', 'updatedAt'],
  sort: 'system,name',
  travels: 'never',
  indexes: [{ on: ['name'], unique: true }],
  hooks: {
    before(ctx, c) {
      if (c.act === 'remove') return
      const entity = ctx.entities.find(String(c.draft.target ?? c.before?.target ?? '')) ?? fail('INVALID', { fields: [{ field: 'target', code: 'CHOICE', message: '没有这种记录' }] })
      if (c.draft.mapping !== undefined) {
        const read = MAPPING.safeParse(c.draft.mapping ?? {})
        const unknown = read.success ? Object.keys(read.data.fields).find(name => !entity.fields.has(name)) : undefined
        if (!read.success || unknown) fail('INVALID', { fields: [{ field: 'mapping', code: 'MAPPING', message: unknown ? `没有字段“${unknown}”` : '字段对应写得不对' }] })
        c.draft.mapping = read.data
      }
      const match = c.draft.match as string | null | undefined
      if (match && !entity.fields.get(match)?.column) fail('INVALID', { fields: [{ field: 'match', code: 'CHOICE', message: '没有这个字段' }] })
    },
  },
})
