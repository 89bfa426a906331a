import { defineEntity, f, fail } from '@quancheng/kernel'
import { EVENTS, FAMILIES } from './kinds.ts'
import { unknownVariables, VARIABLES } from '../rules/template.ts'

/** 通知模板: the words of one event on one family of channels. Its versions are those of the record; each notice names the one it was written with. */
export const NoticeTemplate = defineEntity('noticeTemplate', {
  label: ['通知模板', 'Notice template'],
  icon: 'form',
  fields: {
    event: f.choice(['事由', 'Event'], EVENTS, { required: true, immutable: true }),
    family: f.choice(['渠道', 'Channel'], FAMILIES, { required: true, immutable: true }),
    off: f.boolean(['停用', 'Off'], { default: false }),
    urgent: f.boolean(['紧急（免打扰时段也发）', 'Urgent (sent in quiet hours too)'], { default: false }),
    subject: f.text(['标题', 'Subject'], { max: 120 }),
    text: f.text(['内容', 'Text'], { required: true, max: 2000, multiline: true }),
  },
  display: ['event', 'family'],
  list: ['event', 'family', 'off', 'urgent', 'text', 'updatedAt'],
  sort: 'event,family',
  managed: ['create', 'remove'],
  affectsMeta: true,
  indexes: [{ on: ['event', 'family'], unique: true }],
  hooks: {
    before(_ctx, c) {
      const event = c.draft.event ?? c.before?.event, text = c.draft.text ?? c.before?.text
      if (text !== undefined && (event === 'phoneCode') !== String(text).includes('{验证码}')) fail('NOTICE_CODE')
      const wrong = unknownVariables(`${String(c.draft.subject ?? '')}${String(c.draft.text ?? '')}`)
      if (wrong.length) fail('NOTICE_VARIABLE', { names: wrong.join('、'), known: Object.keys(VARIABLES).join('、') })
    },
  },
})
