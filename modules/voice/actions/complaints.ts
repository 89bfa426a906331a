import { defineAction, lock, requireInUnit } from '@quancheng/kernel'
import { moveRecord } from '@quancheng/process'
import { z } from 'zod'
import { linkOf } from '../store/link.ts'
import { openComplaint } from '../store/open.ts'
import { sayFor } from '../store/say.ts'

// what a field may hold, the entity says: a wrong value is told at its field
const WORD = z.unknown().optional()

/** 登记: at the desk, on the telephone, from a request or a survey answer; its clock runs from here (CU-11). */
export const registerComplaint = defineAction({
  name: 'registerComplaint', label: ['登记投诉', 'Register a complaint'], method: 'POST', path: '/api/complaints/register', relay: true, permission: 'complaint:create', status: 201,
  input: z.object({ unitId: z.uuid('请选择接待的服务站'), kind: WORD, category: WORD, severity: WORD, channel: WORD, words: WORD, customerId: WORD, customerName: WORD, phone: WORD, requestId: WORD, surveyId: WORD }),
  async run(ctx, input) {
    await requireInUnit(ctx, 'complaint:create', input.unitId)
    return openComplaint(ctx, input)
  },
})

const MOVE = z.object({ id: z.uuid(), to: z.string().min(1).max(80), comment: z.string().max(4000).optional(), fields: z.record(z.string(), z.unknown()).optional(), ticked: z.array(z.string().max(80)).max(200).optional() })

/** One step on, by where it should go; refused with what is missing (no 处理结果, no closing). */
export const moveComplaint = defineAction({
  name: 'moveComplaint', label: ['办理投诉', 'Move a complaint'], method: 'POST', path: '/api/complaints/:id/move', relay: true, permission: 'complaint:move', status: 200, input: MOVE,
  run: (ctx, { id, ...input }) => moveRecord(ctx, 'complaint', id, input),
})

/** What the customer said on the telephone or at the counter, written down by whoever heard it. */
export const recordVerdict = defineAction({
  name: 'recordVerdict', label: ['记录客户意见', 'Record the verdict'], method: 'POST', path: '/api/complaints/:id/verdict', relay: true, permission: 'complaint:verdict', status: 200,
  input: z.object({ id: z.uuid(), satisfied: z.boolean(), words: z.string().trim().min(1).max(500) }),
  async run(ctx, { id, satisfied, words }) {
    const { row } = await lock(ctx, ctx.entities.get('complaint'), id, 'verdict')
    return sayFor(ctx, { what: 'complaint', id, number: String(row.number), stage: String(row.stage), customer_name: row.customerName as string | null }, { content: satisfied, words, agent: { told: null } })
  },
})

/** The link for the customer, for the agent to send or show. */
export const complaintLink = defineAction({
  name: 'complaintLink', label: ['客户意见链接', 'Link for the verdict'], method: 'GET', path: '/api/complaints/:id/link', permission: 'complaint:read', readOnly: true, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { row } = await lock(ctx, ctx.entities.get('complaint'), id, 'read', { forUpdate: false })
    return { link: row.stage === 'verdict' && row.linkToken ? linkOf(ctx, String(row.linkToken)) : null }
  },
})
