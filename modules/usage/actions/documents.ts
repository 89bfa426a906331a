import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { makeNotice } from '../store/notices.ts'
import { compareRule } from '../store/rule-documents.ts'

const notice = defineAction({
  name: 'makeNotice', label: ['生成通报', 'Make a notice'], method: 'POST', path: '/api/notice-lists/make', permission: 'noticeList:make', status: 201,
  input: z.object({ day: z.iso.date('请填写截至哪天').optional(), unitId: z.uuid('请选择范围'), note: z.string().trim().max(500).nullish() }), run: (ctx, o) => makeNotice(ctx, { ...o, kind: 'extra' }),
})

const compare = defineAction({
  name: 'compareRule', label: ['版本对比', 'Compare versions'], method: 'GET', path: '/api/rule-documents/:id/compare', permission: 'ruleDocument:read', readOnly: true, input: z.object({ id: z.uuid(), against: z.uuid().optional() }), run: (ctx, { id, against }) => compareRule(ctx, id, against ?? null),
})

export const documentActions = [notice, compare]
