export { Webhook } from './webhook.ts'
export { WebhookSetting } from './webhook-setting.ts'
