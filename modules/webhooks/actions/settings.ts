import { defineAction, elevated, fail, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { alone } from '../store/in-force.ts'

const settingOf = async (ctx: Ctx): Promise<{ id: string; hosts: string | null } | undefined> =>
  (await ctx.query<{ id: string; hosts: string | null }>('select id, hosts from webhook_setting where tenant_id = $1 order by created_at limit 1', [ctx.tenant.id]))[0]

export const settingActions = [
  defineAction({
    name: 'webhookSettings', label: ['对外通知设置', 'Webhook settings'], method: 'GET', path: '/api/webhooks/settings', permission: 'webhook:read', readOnly: true,
    run: async ctx => ({ hosts: (await settingOf(ctx))?.hosts ?? '', own: await alone(ctx) }),
  }),
  defineAction({
    name: 'saveWebhookSettings', label: ['修改对外通知设置', 'Change webhook settings'], method: 'PUT', path: '/api/webhooks/settings', permission: 'webhook:edit', status: 200, input: z.object({ hosts: z.string().trim().max(2000) }),
    async run(ctx, { hosts }) {
      const lines = hosts.split(/[\s,，]+/).filter(Boolean).map(h => h.toLowerCase())
      // several companies on one machine: what lies inside is the operator's, not one company's
      if (lines.length && !(await alone(ctx))) fail('WEBHOOK_HOSTS_OPERATOR')
      for (const host of lines) if (!/^(\[[0-9a-f:]+\]|[a-z0-9][a-z0-9._-]*)(:\d{1,5})?$/.test(host)) fail('WEBHOOK_HOST_NAME', { host: host.slice(0, 80) })
      const sys = elevated(ctx, '对外通知设置'), entity = ctx.entities.get('webhookSetting'), before = await settingOf(ctx)
      if (before) await storeChange(sys, entity, before.id, { hosts: lines.join('\n') || null })
      else await storeNew(sys, entity, { hosts: lines.join('\n') || null })
      return { hosts: lines.join('\n') }
    },
  }),
]
