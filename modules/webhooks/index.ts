import { defineModule, schedule, sqlFiles, type Ctx } from '@quancheng/kernel'
import './rules/errors.ts'
import { deliveryActions } from './actions/deliveries.ts'
import { settingActions } from './actions/settings.ts'
import { webhookActions } from './actions/webhooks.ts'
import { Webhook, WebhookSetting } from './entities/index.ts'
import { inForce } from './store/in-force.ts'
import { JOB_LANE, JOB_SWEEP } from './store/jobs.ts'
import { laneJob } from './store/lane.ts'
import { onChange } from './store/make.ts'
import { sweepJob } from './store/sweep.ts'

/** 对外通知: other systems are told of what happens here, signed, tried again, with a log of each message. */
export const webhooks = defineModule({
  name: 'webhooks',
  label: ['对外通知', 'Webhooks'],
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  travels: { webhook_secret: 'never', webhook_state: 'never', webhook_delivery: 'never' },
  entities: [Webhook, WebhookSetting],
  actions: [...webhookActions, ...deliveryActions, ...settingActions],
  permissions: [{ code: 'webhook:edit', label: ['设置对外通知、重发', 'Set up webhooks, send again'], scoped: false }],
  watchers: [{ name: 'webhooks', every: true, wants: async ctx => (await inForce(ctx)).wants, run: onChange }],
  jobs: { [JOB_LANE]: laneJob, [JOB_SWEEP]: sweepJob },
  setup: (ctx: Ctx) => schedule(ctx, { kind: JOB_SWEEP, key: 'sweep', dueAt: ctx.now() }),
})
export default webhooks

export { Webhook, WebhookSetting }
export { saveWebhook } from './actions/webhooks.ts'
export { atWork } from './store/at-work.ts'
export type { WebhookInput } from './rules/types.ts'
