import { defineEntity, f } from '@quancheng/kernel'
import { RuleDocument } from './rule-document.ts'

/** 通报: who had not signed in for two weeks on a day, frozen as it was found (RU-04). */
export const NoticeList = defineEntity('noticeList', {
  label: ['通报', 'Notice'],
  icon: 'warn',
  fields: {
    number: f.serial(['编号', 'Number'], 'TB{yyyy}{MM}-{000}', { immutable: true, unique: true, search: 'code' }),
    name: f.text(['名称', 'Name'], { required: true, max: 60, search: 'name' }),
    kind: f.choice(['类别', 'Kind'], { monthly: ['每月', 'Monthly'], extra: ['不定期', 'At times'] }, { required: true, default: 'extra' }),
    onDay: f.date(['截至', 'As of'], { required: true, index: true }),
    unitId: f.ref(['范围', 'Range'], () => 'unit', { required: true }),
    people: f.integer(['人数', 'People'], { required: true, default: 0 }),
    ruleId: f.ref(['依据', 'By the rule'], () => RuleDocument, { index: false }),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
  },
  scope: { unit: 'unitId' },
  travels: 'never',
  managed: true,
  appendOnly: true,
  display: ['name'],
  list: ['number', 'name', 'kind', 'onDay', 'unitId', 'people', 'ruleId', 'createdBy'],
  sort: '-onDay',
})

/** 通报人员: one person on a notice, as known on that day. */
export const NoticeLine = defineEntity('noticeLine', {
  label: ['通报人员', 'Person on a notice'],
  icon: 'user',
  fields: {
    listId: f.ref(['通报', 'Notice'], () => NoticeList, { required: true }),
    userId: f.ref(['人员', 'Person'], () => 'user', { required: true }),
    name: f.text(['姓名', 'Name'], { required: true, max: 60 }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit'),
    unitName: f.text(['单位名称', 'Unit name'], { max: 100 }),
    lastDay: f.date(['最近登录', 'Last sign-in'], { help: ['空着：从来没有登录', 'Empty: never'] }),
    days: f.integer(['未登录天数', 'Days'], { required: true, default: 0 }),
    penalty: f.text(['处理办法', 'Penalty'], { max: 300 }),
  },
  scope: { owner: 'userId', unit: 'unitId' },
  travels: 'never',
  managed: true,
  appendOnly: true,
  display: ['name'],
  list: ['listId', 'name', 'unitName', 'lastDay', 'days', 'penalty'],
  sort: '-days',
})
