import { defineEntity, f } from '@quancheng/kernel'
import { FEEDBACK_CATEGORIES } from '../rules/choices.ts'

/** 反馈分派: which department a category of feedback belongs to, and which post works on it (CU-16). */
export const FeedbackRoute = defineEntity('feedbackRoute', {
  label: ['反馈分派', 'Feedback route'],
  icon: 'flow',
  fields: {
    category: f.choice(['反馈类别', 'Category'], FEEDBACK_CATEGORIES, { required: true, immutable: true }),
    department: f.text(['归口部门', 'Department'], { required: true, max: 40 }),
    roleId: f.ref(['办理岗位', 'Post'], () => 'role', { required: true }),
    unitId: f.ref(['办理单位', 'Unit'], () => 'unit', { help: ['空着：反馈来自的单位；那里没有这个岗位，就到有这个岗位的单位', 'Empty: where it came from, or where the post is'] }),
  },
  affectsMeta: true,
  display: ['category', 'department'],
  list: ['category', 'department', 'roleId', 'unitId'],
  sort: 'category',
  indexes: [{ on: ['category'], unique: true }],
})
