import { defineEntity, f } from '@quancheng/kernel'
import { CATEGORIES, SEVERITIES } from '../rules/choices.ts'

/** 投诉时限: how many working minutes an answer may take, by category and severity; the most particular row counts (CU-11). */
export const ComplaintLimit = defineEntity('complaintLimit', {
  label: ['投诉时限', 'Complaint limit'],
  icon: 'clock-circle',
  fields: {
    category: f.choice(['类别', 'Category'], CATEGORIES, { help: ['空着：所有类别', 'Empty: all'] }),
    severity: f.choice(['程度', 'Severity'], SEVERITIES, { help: ['空着：所有程度', 'Empty: all'] }),
    minutes: f.integer(['答复时限（工作分钟）', 'Working minutes'], { required: true, min: 5, max: 45_000 }),
  },
  affectsMeta: true,
  display: ['category', 'severity'],
  list: ['category', 'severity', 'minutes'],
  sort: 'minutes',
})
