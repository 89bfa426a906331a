import { defineEntity, f } from '@quancheng/kernel'

/** 标准推行: the version that a unit works on. Without a row, or without a version in it, a unit follows the newest. */
export const ProcessRollout = defineEntity('processRollout', {
  label: ['标准推行', 'Standard in force'],
  icon: 'flow',
  fields: {
    processKey: f.text(['流程', 'Process'], { required: true, max: 80, source: { name: 'process' } }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true, onDelete: 'cascade' }),
    release: f.integer(['版（空为最新）', 'Version (empty: the newest)'], { min: 1 }),
    since: f.datetime(['自', 'Since'], { required: true }),
    note: f.text(['说明', 'Note'], { max: 500 }),
  },
  scope: { unit: 'unitId' },
  display: ['processKey'],
  list: ['processKey', 'unitId', 'release', 'since', 'note'],
  managed: true,
  affectsMeta: true,
  indexes: [{ on: ['processKey', 'unitId'], unique: true }],
})
