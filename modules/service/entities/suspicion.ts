import { defineEntity, f } from '@quancheng/kernel'

/** 疑似虚假, judged: what somebody found out about a pattern that looked wrong. What nobody has judged yet has no row (SP-22). */
export const Suspicion = defineEntity('suspicion', {
  label: ['疑似虚假判断', 'Judged suspicion'],
  icon: 'warn',
  fields: {
    kind: f.choice(['类型', 'Kind'], { phoneNames: ['一个电话多个姓名', 'One phone, many names'], serialPhones: ['一台机器多个电话', 'One device, many phones'], serialCustomers: ['一台机器不同客户', 'One device, several customers'], phoneRun: ['连号的电话', 'Telephones that count up'] }, { required: true }),
    key: f.text(['电话或序列号', 'Phone or serial'], { required: true, personal: true, max: 60 }),
    day: f.date(['日期', 'Day'], { required: true }),
    verdict: f.choice(['判断', 'Verdict'], { confirmed: ['确认虚假', 'Confirmed', 'red'], dismissed: ['不是虚假', 'Dismissed', 'green'] }, { required: true }),
    note: f.text(['说明', 'Note'], { required: true, max: 300 }),
  },
  display: ['kind', 'key'],
  list: ['day', 'kind', 'key', 'verdict', 'note', 'createdBy'],
  managed: true,
  indexes: [{ on: ['kind', 'key', 'day'], unique: true }],
})
