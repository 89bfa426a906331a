import { defineEntity, f } from '@quancheng/kernel'
import { requirePast } from '../rules/past.ts'
import { Customer } from './customer.ts'

export const CONSENT_PURPOSES = { marketing: ['营销', 'Marketing'], service: ['服务', 'Service'], thirdParty: ['提供给第三方', 'Third parties'] } as const
export const CONSENT_CHANNELS = { any: ['任何方式', 'Any'], sms: ['短信', 'SMS'], mail: ['邮件', 'Mail'], phone: ['电话', 'Telephone'], wecom: ['企业微信', 'WeCom'] } as const

/** 同意记录: what a person agreed to or took back, and how we know. Never changed: the newest one of a purpose and channel counts. */
export const Consent = defineEntity('consent', {
  label: ['同意记录', 'Consent'],
  icon: 'safety-certificate',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade' }),
    purpose: f.choice(['用途', 'Purpose'], CONSENT_PURPOSES, { required: true }),
    channel: f.choice(['方式', 'Channel'], CONSENT_CHANNELS, { required: true, default: 'any' }),
    given: f.choice(['意思', 'Answer'], { yes: ['同意', 'Agreed', 'green'], no: ['不同意或撤回', 'Refused or withdrawn', 'red'] }, { required: true, default: 'yes' }),
    at: f.datetime(['时间', 'At'], { required: true, index: true }),
    evidence: f.text(['凭据', 'Evidence'], { required: true, max: 500, help: ['怎么知道的：签字的单据、短信回复、通话录音、网页勾选', 'How we know: a signed paper, a text, a recording, a tick on a page'] }),
  },
  scope: { via: 'customerId' },
  travels: 'never',
  managed: ['update', 'remove'],
  watchable: true,
  display: ['purpose', 'given'],
  list: ['at', 'customerId', 'purpose', 'channel', 'given', 'evidence', 'createdBy'],
  sort: '-at',
  hooks: { before: (ctx, c) => { if (c.act === 'create') c.draft.at ??= ctx.now(); requirePast(ctx, c.draft, 'at', '时间') } },
})
