import { defineEntity, f } from '@quancheng/kernel'

export const ANSWERS = { waiting: ['未答复', 'No answer', 'default'], yes: ['接受', 'Accepted', 'green'], maybe: ['待定', 'Tentative', 'gold'], no: ['拒绝', 'Declined', 'red'] } as const
export type AnswerKind = keyof typeof ANSWERS

/** 参加人: who is asked to an event, and what they said. */
export const EventAttendee = defineEntity('eventAttendee', {
  label: ['参加人', 'Attendee'],
  icon: 'team',
  fields: {
    eventId: f.ref(['日程', 'Event'], () => 'calendarEvent', { required: true, onDelete: 'cascade', index: false }),
    personId: f.ref(['人员', 'Person'], () => 'user', { required: true, onDelete: 'cascade' }),
    answer: f.choice(['答复', 'Answer'], ANSWERS, { required: true, default: 'waiting' }),
    answeredAt: f.datetime(['答复时间', 'Answered']),
  },
  scope: { owner: 'personId' },
  travels: 'never',
  display: ['personId'],
  list: ['eventId', 'personId', 'answer', 'answeredAt'],
  managed: true,
  internal: true,
  indexes: [{ on: ['eventId', 'personId'], unique: true }],
})
