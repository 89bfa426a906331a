import { defineEntity, f } from '@quancheng/kernel'
import type { Subject } from '../rules/types.ts'

/** 对外通知: another system's address, what it is told of, and with whose eyes. What signs it is not here: see store/secrets.ts. */
export const Webhook = defineEntity('webhook', {
  label: ['对外通知', 'Webhook'],
  icon: 'out',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 80, search: 'text' }),
    url: f.text(['接收地址', 'Address'], { required: true, max: 500 }),
    asUserId: f.ref(['以谁的权限', 'With whose rights'], () => 'user', { required: true, index: false }),
    subjects: f.json<Subject[]>(['通知什么', 'What it is told of']),
    off: f.boolean(['停用', 'Off'], { default: true }),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
  },
  display: ['name'],
  list: ['name', 'url', 'asUserId', 'off', 'updatedAt'],
  managed: true,
  affectsMeta: true,
  // each place that runs the program tells its own receivers: the secret stays where it was made
  travels: 'never',
  indexes: [{ on: ['name'], unique: true }],
})
