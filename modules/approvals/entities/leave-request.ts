import { defineEntity, f } from '@quancheng/kernel'
import { common, daysInOrder, OWN_FORM, ownForm } from '../rules/form.ts'

/** 请假单. */
export const LeaveRequest = defineEntity('leaveRequest', {
  label: ['请假单', 'Leave request'],
  icon: 'calendar',
  fields: {
    ...common('QJ'),
    kind: f.choice(['假别', 'Kind'], { annual: ['年假', 'Annual'], sick: ['病假', 'Sick'], personal: ['事假', 'Personal'], marriage: ['婚假', 'Marriage'], maternity: ['产假与陪产假', 'Parental'], compensatory: ['调休', 'Compensatory'] }, { required: true, default: 'annual' }),
    startsOn: f.date(['开始', 'From'], { required: true }),
    endsOn: f.date(['结束', 'To'], { required: true }),
    days: f.decimal(['天数', 'Days'], { required: true, scale: 1, min: 0.5, max: 365 }),
    reason: f.text(['事由', 'Reason'], { required: true, multiline: true, max: 500, search: 'text' }),
    handover: f.text(['工作交接', 'Handover'], { max: 200 }),
  },
  ...OWN_FORM,
  display: ['number'],
  list: ['number', 'applicantId', 'kind', 'startsOn', 'endsOn', 'days', 'stage'],
  hooks: { before(ctx, c) { ownForm(ctx, c); daysInOrder(c) } },
})
