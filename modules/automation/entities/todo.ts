import { defineEntity, f } from '@quancheng/kernel'

export const TODO_MINUTES = 450

/** 待办: one thing that somebody is to do, by a rule or by hand. It runs the process `todo`, so it lies in the inbox with clock, alarm and history like all work. */
export const Todo = defineEntity('todo', {
  label: ['待办', 'To-do'],
  icon: 'check',
  fields: {
    title: f.text(['事项', 'Title'], { required: true, max: 120, search: 'text' }),
    details: f.text(['说明', 'Details'], { max: 2000, multiline: true }),
    ownerId: f.ref(['责任人', 'Owner'], () => 'user', { readOnly: true, index: false }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { readOnly: true, index: false }),
    stage: f.choice(['状态', 'Stage'], { todo: ['待办', 'Open', 'blue'], done: ['已办', 'Done', 'green'], dropped: ['不用办了', 'Dropped', 'default'] }, { readOnly: true, default: 'todo' }),
    minutes: f.integer(['时限（工作分钟）', 'Working minutes'], { required: true, default: TODO_MINUTES, min: 5, max: 45_000 }),
    dueAt: f.datetime(['应办时间', 'Due'], { readOnly: true }),
    entity: f.text(['相关对象', 'Entity'], { max: 60, readOnly: true }),
    aboutId: f.text(['相关记录标识', 'Record'], { max: 40, readOnly: true, index: true }),
    about: f.text(['相关记录', 'About'], { max: 200, readOnly: true }),
    source: f.text(['来自规则', 'By rule'], { max: 80, readOnly: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  everyone: ['read'],
  display: ['title'],
  list: ['title', 'about', 'ownerId', 'stage', 'dueAt', 'source'],
  managed: true,
  watchable: true,
  indexes: [{ on: ['ownerId', 'stage'] }],
})
