import { defineEntity, f } from '@quancheng/kernel'
import type { Rule } from '../rules/rule.ts'

/** 客户细分: which customers a rule names, over any field and what they did. Who is in it is asked anew each time; a campaign freezes it. */
export const Segment = defineEntity('segment', {
  label: ['客户细分', 'Segment'],
  icon: 'team',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 60 }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull', index: false }),
    rule: f.json<Rule>(['规则', 'Rule'], { readOnly: true }),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['name'],
  list: ['name', 'note', 'ownerId', 'unitId', 'updatedAt'],
  hooks: { before(ctx, c) { if (c.act === 'create') { c.draft.unitId ??= ctx.user?.unitId ?? null; c.draft.ownerId ??= ctx.user?.id ?? null } } },
})
