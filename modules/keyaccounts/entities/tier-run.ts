import { defineEntity, f } from '@quancheng/kernel'
import { RUN_STATES, WHY } from '../rules/choices.ts'

/** 分级重算: one pass over all accounts of the programme; killed, it goes on where its cursor is. */
export const TierRun = defineEntity('tierRun', {
  label: ['分级重算', 'Recomputation'],
  icon: 'history',
  fields: {
    state: f.choice(['状态', 'State'], RUN_STATES, { required: true, default: 'running', index: true }),
    why: f.choice(['起因', 'Why'], WHY, { required: true }),
    on: f.date(['统计到', 'Until'], { required: true }),
    tableVersion: f.integer(['决策表版本', 'Table version'], { required: true }),
    mean: f.money(['平均线（元）', 'Mean'], { required: true }),
    total: f.integer(['客户数', 'Accounts'], { required: true }),
    done: f.integer(['已算', 'Done'], { required: true, default: 0 }),
    changed: f.integer(['变动', 'Changed'], { required: true, default: 0 }),
    cursor: f.text(['位置', 'Cursor'], { hidden: true, max: 40 }),
    startedAt: f.datetime(['开始', 'Started'], { required: true, index: true }),
    endedAt: f.datetime(['结束', 'Ended']),
  },
  travels: 'never',
  managed: true,
  display: ['on'],
  list: ['startedAt', 'state', 'why', 'total', 'done', 'changed', 'mean', 'tableVersion', 'endedAt'],
  sort: '-startedAt',
})
