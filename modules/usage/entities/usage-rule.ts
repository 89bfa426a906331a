import { defineEntity, f } from '@quancheng/kernel'

/** 使用规定: what a company of the group, or one of its blocks, lays down for its own people. The nearest one above a person holds (RU-04). */
export const UsageRule = defineEntity('usageRule', {
  label: ['使用规定', 'Rule of use'],
  icon: 'settings',
  fields: {
    unitId: f.ref(['公司或板块', 'Company or block'], () => 'unit', { help: ['空着的一条对全集团', 'Empty: the whole group'] }),
    noticeDays: f.integer(['连续几天未登录通报', 'Notice after days'], { required: true, default: 14, min: 7, max: 90 }),
    penalty: f.text(['处理办法', 'Penalty'], { max: 300, multiline: true, help: ['照各公司的规定填写，写进通报', 'By the company’s own rule; goes into the notice'] }),
    remind: f.boolean(['每周一提醒没有跟进的负责人', 'Remind owners on Mondays'], { default: true }),
  },
  scope: { unit: 'unitId' },
  travels: 'never',
  display: ['unitId'],
  list: ['unitId', 'noticeDays', 'penalty', 'remind'],
  sort: 'createdAt',
})
