import { defineEntity, f } from '@quancheng/kernel'
import { ImportPlan } from './import-plan.ts'

/** 导入记录: one file that came in, with what became of its rows. Taken back, it stays here with the day. */
export const ImportRun = defineEntity('importRun', {
  label: ['导入记录', 'Import run'],
  icon: 'upload',
  fields: {
    planId: f.ref(['导入方案', 'Plan'], () => ImportPlan, { onDelete: 'setNull' }),
    system: f.text(['来源系统', 'From system'], { required: true, max: 40 }),
    target: f.text(['导入到', 'Into'], { required: true, max: 40 }),
    fileName: f.text(['文件', 'File'], { required: true, max: 150 }),
    total: f.integer(['行数', 'Rows'], { required: true }),
    made: f.integer(['新建', 'Created'], { required: true }),
    changed: f.integer(['更新', 'Updated'], { required: true }),
    unchanged: f.integer(['未变', 'Unchanged'], { required: true }),
    failed: f.integer(['有误', 'Failed'], { required: true }),
    takenBackAt: f.datetime(['撤销时间', 'Taken back']),
    kept: f.integer(['撤销时留下', 'Kept'], { help: ['导入以后又改过、或别的记录用着的，撤销时不删', 'Changed since, or in use: not removed'] }),
  },
  display: ['fileName'],
  list: ['createdAt', 'fileName', 'planId', 'total', 'made', 'changed', 'unchanged', 'failed', 'takenBackAt', 'createdBy'],
  sort: '-createdAt',
  managed: true,
  travels: 'never',
})
