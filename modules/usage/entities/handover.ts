import { defineEntity, f } from '@quancheng/kernel'

/** 工作交接: all that somebody had, given to others in one act; for a day it can be taken back (RU-09). */
export const Handover = defineEntity('handover', {
  label: ['工作交接', 'Hand-over'],
  icon: 'user',
  fields: {
    number: f.serial(['编号', 'Number'], 'JJ{yyyy}{MM}-{000}', { immutable: true, unique: true, search: 'code' }),
    fromId: f.ref(['交出的人', 'From'], () => 'user', { required: true }),
    toId: f.ref(['接手的人', 'To'], () => 'user', { required: true }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }),
    records: f.integer(['记录', 'Records'], { required: true, default: 0 }),
    tasks: f.integer(['任务', 'Tasks'], { required: true, default: 0 }),
    summary: f.text(['内容', 'What'], { max: 500 }),
    reason: f.text(['说明', 'Reason'], { max: 300 }),
    state: f.choice(['状态', 'State'], { moved: ['已交接', 'Handed over', 'green'], undone: ['已撤销', 'Taken back', 'default'] }, { required: true, default: 'moved' }),
    undoUntil: f.datetime(['可撤销至', 'Can be undone until'], { required: true }),
    undoneAt: f.datetime(['撤销时间', 'Undone']),
    restored: f.integer(['已还原', 'Restored']),
  },
  scope: { owner: 'fromId', unit: 'unitId' },
  travels: 'never',
  managed: true,
  display: ['number'],
  list: ['number', 'fromId', 'toId', 'records', 'tasks', 'summary', 'state', 'createdBy', 'createdAt'],
  sort: '-createdAt',
})

/** 交接明细: what was handed over, and the version it then had: whatever was changed since is not taken back. */
export const HandoverItem = defineEntity('handoverItem', {
  label: ['交接明细', 'Handed over'],
  icon: 'list',
  fields: {
    handoverId: f.ref(['工作交接', 'Hand-over'], () => Handover, { required: true, onDelete: 'cascade' }),
    kind: f.text(['类别', 'Kind'], { required: true, max: 40, hidden: true }),
    kindName: f.text(['类别', 'Kind'], { max: 40 }),
    record: f.text(['标识', 'Id'], { required: true, max: 40, hidden: true }),
    title: f.text(['名称', 'Name'], { max: 200 }),
    fromId: f.ref(['原负责人', 'From'], () => 'user', { required: true, index: false }),
    toId: f.ref(['接手', 'To'], () => 'user', { required: true, index: false }),
    fromUnitId: f.ref(['原单位', 'Old unit'], () => 'unit', { index: false }),
    recordVersion: f.integer(['版本', 'Version'], { hidden: true }),
    state: f.choice(['状态', 'State'], { moved: ['已交接', 'Handed over', 'green'], restored: ['已还原', 'Restored', 'blue'], kept: ['已被改动，未还原', 'Changed since', 'orange'] }, { required: true, default: 'moved' }),
  },
  scope: { via: 'handoverId' },
  travels: 'never',
  managed: true,
  noAudit: true,
  display: ['title'],
  list: ['kindName', 'title', 'fromId', 'toId', 'state', 'handoverId'],
  sort: 'createdAt',
})
