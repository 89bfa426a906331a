import { defineEntity, f } from '@quancheng/kernel'
import { EVENTS } from './events.ts'

/** 自动化规则: when this happens to such a record, and the condition holds, do these things. Its versions are the versions of the record: the history has them all. */
export const Automation = defineEntity('automation', {
  label: ['自动化规则', 'Automation rule'],
  plural: 'automation',
  icon: 'flow',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 80, search: 'text' }),
    off: f.boolean(['停用', 'Off'], { default: false }),
    entity: f.text(['对象', 'Entity'], { required: true, max: 60 }),
    event: f.choice(['时机', 'When'], EVENTS, { required: true }),
    act: f.text(['动作', 'Act'], { max: 60 }),
    fields: f.json(['哪些字段', 'Which fields']),
    tests: f.json(['条件', 'Conditions']),
    condition: f.text(['更多条件（FEEL）', 'More conditions (FEEL)'], { max: 2000, multiline: true }),
    unitId: f.ref(['适用单位', 'Unit'], () => 'unit', { index: false }),
    actions: f.json(['动作', 'Actions']),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
  },
  scope: { unit: 'unitId' },
  display: ['name'],
  list: ['name', 'entity', 'event', 'unitId', 'off', 'updatedAt'],
  managed: true,
  affectsMeta: true,
  indexes: [{ on: ['name'], unique: true }],
})
