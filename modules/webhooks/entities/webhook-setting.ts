import { defineEntity, f } from '@quancheng/kernel'

/** 对外通知设置: one row a company. */
export const WebhookSetting = defineEntity('webhookSetting', {
  label: ['对外通知设置', 'Webhook setting'],
  fields: { hosts: f.text(['允许的内网主机', 'Hosts inside'], { max: 2000, multiline: true }) },
  display: ['hosts'],
  list: ['hosts', 'updatedAt'],
  managed: true,
  affectsMeta: true,
  travels: 'never',
})
