import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from './customer.ts'

/** What was moved: the ids of the rows of one entity whose ref pointed to the merged customer. */
export interface Moved { entity: string; field: string; ids: string[] }
/** Values of the survivor that the merge changed, as JSON. */
export type Changed = Record<string, { from: unknown; to: unknown }>

/** 合并记录: two customers that were one, so that it can be undone exactly (CU-07); or two that somebody looked at and that are not. */
export const CustomerMerge = defineEntity('customerMerge', {
  label: ['客户合并', 'Merge of customers'],
  icon: 'contacts',
  fields: {
    survivorId: f.ref(['保留的客户', 'Survivor'], () => Customer, { required: true, onDelete: 'cascade' }),
    mergedId: f.ref(['并入的客户', 'Merged'], () => Customer, { required: true, onDelete: 'cascade' }),
    state: f.choice(['状态', 'State'], { merged: ['已合并', 'Merged', 'green'], undone: ['已撤销', 'Undone', 'default'], dismissed: ['不是同一个', 'Not the same', 'orange'] }, { required: true, index: true }),
    reason: f.text(['说明', 'Why'], { max: 200 }),
    mergedAt: f.datetime(['时间', 'At'], { required: true }),
    byId: f.ref(['办理人', 'By'], () => 'user', { onDelete: 'setNull', index: false }),
    undoneAt: f.datetime(['撤销时间', 'Undone']),
    rows: f.integer(['移动的记录', 'Rows moved'], { default: 0 }),
    moved: f.json<Moved[]>(['移动了什么', 'What was moved'], { hidden: true }),
    changed: f.json<Changed>(['改了什么', 'What was changed'], { hidden: true }),
  },
  scope: { via: 'survivorId' },
  travels: 'never',
  managed: true,
  display: ['mergedAt'],
  list: ['mergedAt', 'survivorId', 'mergedId', 'state', 'rows', 'byId', 'reason', 'undoneAt'],
  sort: '-mergedAt',
})
