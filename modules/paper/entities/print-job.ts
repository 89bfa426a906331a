import { defineEntity, f } from '@quancheng/kernel'
import { PAPERS } from '../rules/papers.ts'
import { Printer } from './printer.ts'

/**
 * One paper that somebody asked for: on a printer, or from the browser (then it has none). What stands on it is made when it is sent, from
 * the record as it is then; nothing of the customer is kept here.
 */
export const PrintJob = defineEntity('printJob', {
  label: ['打印记录', 'Print'],
  icon: 'ticket',
  fields: {
    paper: f.choice(['单据', 'Paper'], PAPERS, { required: true, readOnly: true }),
    title: f.text(['单号', 'Number'], { required: true, readOnly: true, max: 60 }),
    copy: f.integer(['补打', 'Re-print'], { required: true, readOnly: true, default: 0 }),
    state: f.choice(['状态', 'State'], { waiting: ['待打印', 'Waiting', 'blue'], printed: ['已打印', 'Printed', 'green'], failed: ['失败', 'Failed', 'red'], cancelled: ['已取消', 'Cancelled', 'default'] }, { required: true, readOnly: true }),
    printerId: f.ref(['打印机', 'Printer'], () => Printer, { readOnly: true, onDelete: 'setNull' }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, readOnly: true }),
    tries: f.integer(['已试次数', 'Tries'], { required: true, readOnly: true, default: 0 }),
    problem: f.text(['原因', 'Problem'], { readOnly: true, max: 300 }),
    printedAt: f.datetime(['打印时间', 'Printed at'], { readOnly: true }),
    entity: f.text(['对象', 'Entity'], { required: true, readOnly: true, hidden: true, max: 60 }),
    recordId: f.text(['记录', 'Record'], { required: true, readOnly: true, hidden: true, max: 40 }),
    origin: f.text(['网址', 'Address'], { readOnly: true, hidden: true, max: 200 }),
  },
  scope: { unit: 'unitId' },
  display: ['title'],
  list: ['createdAt', 'title', 'paper', 'copy', 'state', 'printerId', 'problem', 'unitId', 'createdBy'],
  managed: true,
  indexes: [{ on: ['recordId', 'paper'] }, { on: ['unitId', 'state', 'id'], desc: true }],
})
