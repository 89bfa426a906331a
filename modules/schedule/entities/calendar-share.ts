import { defineEntity, f } from '@quancheng/kernel'

/** 共享日历: one person lets another read, or keep, their calendar. What is private stays so. */
export const CalendarShare = defineEntity('calendarShare', {
  label: ['共享日历', 'Shared calendar'],
  icon: 'share',
  fields: {
    ownerId: f.ref(['谁的日历', 'Whose'], () => 'user', { required: true, onDelete: 'cascade', index: false }),
    personId: f.ref(['给谁', 'With'], () => 'user', { required: true, onDelete: 'cascade' }),
    access: f.choice(['可以', 'May'], { read: ['查看', 'Read'], write: ['查看和安排', 'Read and write'] }, { required: true, default: 'read' }),
  },
  scope: { owner: 'ownerId' },
  travels: 'never',
  display: ['personId'],
  list: ['ownerId', 'personId', 'access'],
  managed: true,
  internal: true,
  indexes: [{ on: ['ownerId', 'personId'], unique: true }],
})

/** 日历订阅: the secret address under which a calendar program reads a person's calendar; only its hash is kept. */
export const CalendarFeed = defineEntity('calendarFeed', {
  label: ['日历订阅', 'Calendar feed'],
  icon: 'link',
  fields: {
    personId: f.ref(['人员', 'Person'], () => 'user', { required: true, unique: true, onDelete: 'cascade' }),
    tokenHash: f.text(['地址摘要', 'Hash'], { required: true, hidden: true, max: 64 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
    renewedAt: f.datetime(['生成时间', 'Renewed'], { required: true }),
  },
  scope: { owner: 'personId' },
  travels: 'never',
  display: ['personId'],
  list: ['personId', 'off', 'renewedAt'],
  managed: true,
  internal: true,
  indexes: [{ on: ['tokenHash'], unique: true }],
})
