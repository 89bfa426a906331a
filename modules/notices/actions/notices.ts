import { defineAction, elevated, fail, lock, pick, schedule, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { EVENTS, FAMILIES, type Family, type NoticeEvent } from '../entities/kinds.ts'
import { render, unknownVariables, VARIABLES } from '../rules/template.ts'
import { JOB_SEND } from '../store/jobs.ts'
import { change, lockNotice } from '../store/send.ts'

/** A notice in the caller's reach, that waits for a person. */
async function open(ctx: Ctx, id: string, states: readonly string[]): Promise<void> {
  const entity = ctx.entities.get('customerNotice')
  await lock(ctx, entity, id, 'read')
  const n = await lockNotice(elevated(ctx, '通知客户'), id)
  if (!n || !states.includes(n.state)) fail('NOTICE_NOT_OPEN', { state: pick(entity.fields.get('state')!.options!.find(o => o.value === n?.state)!.label, ctx.locale) })
}

export const noticeActions = [
  defineAction({
    name: 'sendNoticeAgain', label: ['再发一次', 'Send again'], method: 'POST', path: '/api/customer-notices/:id/again', relay: true, permission: 'customerNotice:send', status: 200, input: z.object({ id: z.uuid() }),
    async run(ctx, { id }) {
      await open(ctx, id, ['failed', 'unknown'])
      await change(ctx, id, { state: 'waiting', attempts: 0, dueAt: ctx.now(), error: null })
      await schedule(ctx, { kind: JOB_SEND, key: id, dueAt: ctx.now(), payload: { id } })
      return { id }
    },
  }),
  defineAction({
    name: 'settleNotice', label: ['核对过了', 'Settle'], method: 'POST', path: '/api/customer-notices/:id/settle', relay: true, permission: 'customerNotice:send', status: 200, input: z.object({ id: z.uuid(), sent: z.boolean() }),
    async run(ctx, { id, sent }) {
      await open(ctx, id, ['unknown'])
      await change(ctx, id, sent ? { state: 'sent', sentAt: ctx.now(), error: null } : { state: 'dropped', error: '核对过：没有发出，不再发' })
      return { id }
    },
  }),
  defineAction({
    name: 'dropNotice', label: ['不发了', 'Do not send'], method: 'POST', path: '/api/customer-notices/:id/drop', relay: true, permission: 'customerNotice:send', status: 200, input: z.object({ id: z.uuid() }),
    async run(ctx, { id }) { await open(ctx, id, ['waiting', 'failed']); await change(ctx, id, { state: 'dropped', dueAt: null, error: '有人决定不发' }); return { id } },
  }),
  defineAction({
    name: 'previewNotice', label: ['预览模板', 'Preview'], method: 'POST', path: '/api/notices/preview', permission: 'noticeTemplate:read', readOnly: true, status: 200, input: z.object({ subject: z.string().max(120).nullish(), text: z.string().max(2000) }),
    run: async (_ctx, { subject, text }) => ({ subject: subject ? render(subject, VARIABLES) : null, text: render(text, VARIABLES), unknown: unknownVariables(`${subject ?? ''}${text}`), characters: [...render(text, VARIABLES)].length, bytes: Buffer.byteLength(render(text, VARIABLES)) }),
  }),
  defineAction({
    name: 'noticeWords', label: ['通知的事由与变量', 'Events and variables'], method: 'GET', path: '/api/notices/words', permission: 'noticeTemplate:read', readOnly: true,
    run: async ctx => ({ events: (Object.keys(EVENTS) as NoticeEvent[]).map(value => ({ value, label: pick(EVENTS[value], ctx.locale) })), families: (Object.keys(FAMILIES) as Family[]).map(value => ({ value, label: pick(FAMILIES[value], ctx.locale) })), variables: VARIABLES }),
  }),
]
