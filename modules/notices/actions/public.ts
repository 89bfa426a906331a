import { defineAction, elevated, fail, storeChange, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { CHANNELS } from '../entities/kinds.ts'
import { maskAddress } from '../rules/mask.ts'
import { choiceByToken, type Choice } from '../store/choice.ts'

const LIMIT = { name: 'notice-choice', max: 10, minutes: 5, count: 'failed' } as const
const TOKEN = z.string().max(40)
/** A customer's own link offers what needs nobody's help: a group bot is set by the station. */
const OWN = ['sms', 'mail'] as const

async function shown(ctx: Ctx, c: Choice) {
  const [who] = await ctx.query<{ phone: string | null; mail: string | null }>('select phone, mail from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, c.customerId])
  const to = { sms: who?.phone, mail: who?.mail }
  return { company: ctx.tenant.name, off: c.off, channels: c.channels ?? [], ways: OWN.flatMap(kind => (to[kind] ? [{ kind, label: CHANNELS[kind][0], to: maskAddress(kind, to[kind]!) }] : [])) }
}

export const publicActions = [
  defineAction({
    name: 'noticeChoice', label: ['我的通知方式', 'How I am told'], method: 'GET', path: '/api/public/notice-choice/:token', permission: 'public', readOnly: true, tries: LIMIT, input: z.object({ token: TOKEN }),
    async run(ctx, { token }) { const c = await choiceByToken(ctx, token); return c ? shown(ctx, c) : fail('NOTICE_LINK') },
  }),
  defineAction({
    name: 'chooseNotices', label: ['改通知方式', 'Choose how I am told'], method: 'POST', path: '/api/public/notice-choice/:token', permission: 'public', status: 200, tries: LIMIT, input: z.object({ token: TOKEN, off: z.boolean().optional(), channels: z.array(z.enum(OWN)).max(2).optional() }),
    async run(ctx, { token, off, channels }) {
      const c = (await choiceByToken(ctx, token)) ?? fail('NOTICE_LINK')
      // what the station has set beside these stays
      const kept = (c.channels ?? []).filter(k => k !== 'sms' && k !== 'mail')
      await storeChange(elevated(ctx, '客户自己选的'), ctx.entities.get('noticeChoice'), c.id, { ...(off === undefined ? {} : { off }), ...(channels ? { channels: [...channels, ...kept] } : {}) })
      return shown(ctx, (await choiceByToken(ctx, token))!)
    },
  }),
]
