import { defineEntity, f } from '@quancheng/kernel'
import { CHANNELS } from './kinds.ts'

/** 通知渠道: a gateway or a bot. What must stay secret (passwords, keys, tokens) is not here: see store/secrets.ts. */
export const NoticeChannel = defineEntity('noticeChannel', {
  label: ['通知渠道', 'Notice channel'],
  icon: 'bell',
  fields: {
    kind: f.choice(['类型', 'Kind'], CHANNELS, { required: true, immutable: true }),
    name: f.text(['名称', 'Name'], { required: true, max: 60 }),
    unitId: f.ref(['适用单位', 'Unit'], () => 'unit', { index: false }),
    off: f.boolean(['停用', 'Off'], { default: false }),
    settings: f.json<Record<string, unknown>>(['设置', 'Settings']),
  },
  display: ['name'],
  list: ['name', 'kind', 'unitId', 'off', 'updatedAt'],
  managed: true,
  affectsMeta: true,
})
