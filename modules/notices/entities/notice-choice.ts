import { randomBytes } from 'node:crypto'
import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { CHANNELS } from './kinds.ts'
import { NoticeChannel } from './notice-channel.ts'

/** 通知方式: how one customer wants to be told, or that they do not. Without a row: by message to their telephone, else by mail. */
export const NoticeChoice = defineEntity('noticeChoice', {
  label: ['客户的通知方式', 'Notice choice'],
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, immutable: true, unique: true, onDelete: 'cascade' }),
    channels: f.choices(['方式', 'Channels'], CHANNELS),
    botId: f.ref(['客户的群机器人', 'Bot of their group'], () => NoticeChannel, { onDelete: 'setNull', index: false }),
    off: f.boolean(['不要通知', 'No notices'], { default: false }),
    offAt: f.datetime(['退订时间', 'Opted out'], { readOnly: true }),
    token: f.text(['退订链接', 'Link'], { hidden: true, readOnly: true, max: 40 }),
  },
  scope: { via: 'customerId' },
  display: ['customerId'],
  list: ['customerId', 'channels', 'off', 'offAt'],
  indexes: [{ on: ['token'], unique: true }],
  hooks: {
    before(ctx, c) {
      if (c.act === 'create') c.draft.token = randomBytes(18).toString('base64url')
      if (c.draft.off !== undefined && Boolean(c.draft.off) !== Boolean(c.before?.off)) c.draft.offAt = c.draft.off ? ctx.now() : null
    },
  },
})
