import { defineAction, normalise, elevated, fail } from '@quancheng/kernel'
import { z } from 'zod'
import { leave, linkOf, opened, responded } from '../store/response.ts'

const LIMIT = { name: 'campaign-link', max: 20, minutes: 5, count: 'all' } as const
const TOKEN = z.object({ token: z.string().max(40) })
const path = (what: string): string => `/api/public/campaigns/:token${what}`

/** The customer's page of one campaign: what it is, a word back, and the way out. */
export const publicActions = [
  defineAction({
    name: 'campaignPage', label: ['活动页面', 'Campaign page'], method: 'GET', path: path(''), permission: 'public', readOnly: true, tries: LIMIT, input: TOKEN,
    async run(ctx, { token }) { const m = await linkOf(ctx, token); return { company: ctx.tenant.name, campaign: m.campaign, offer: m.offer, ended: m.state === 'ended', responded: Boolean(m.responded_at), off: m.off, phone: m.phone ? `${m.phone.slice(0, 3)}****${m.phone.slice(-4)}` : null } },
  }),
  defineAction({ name: 'openCampaign', label: ['打开活动链接', 'Open'], method: 'POST', path: path('/open'), permission: 'public', status: 204, tries: LIMIT, input: TOKEN, async run(ctx, { token }) { await opened(ctx, token) } }),
  defineAction({
    name: 'answerCampaign', label: ['回应活动', 'Answer'], method: 'POST', path: path('/answer'), permission: 'public', status: 200, tries: LIMIT, input: TOKEN.extend({ words: z.string().trim().max(500).default(''), phone: z.string().trim().max(30).nullish() }),
    async run(ctx, { token, words, phone }) {
      const m = await linkOf(ctx, token)
      if (m.state === 'ended') fail('CAMPAIGN_LINK')
      const read = normalise(elevated(ctx, '营销线索'), ctx.entities.get('lead'), phone ? { phone } : {}, 'create') as { phone?: string }
      if (!read.phone && !m.phone && !m.mail) fail('LIST_UNREACHABLE')
      await responded(ctx, token, { words, phone: read.phone ?? null })
      return { thanks: '已收到，我们会尽快与您联系。' }
    },
  }),
  defineAction({ name: 'leaveCampaign', label: ['退订营销', 'Opt out'], method: 'POST', path: path('/leave'), permission: 'public', status: 200, tries: LIMIT, input: TOKEN, async run(ctx, { token }) { await leave(ctx, token); return { off: true } } }),
]
