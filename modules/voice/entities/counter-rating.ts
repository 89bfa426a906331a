import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { ServiceRequest } from '@quancheng/service'
import { RATING_SOURCES, RATING_TAGS } from '../rules/choices.ts'

/** 台席评分: what a customer gave the person at the counter, right after being served, once a number (BH-2.3). */
export const CounterRating = defineEntity('counterRating', {
  label: ['台席评分', 'Counter rating'],
  icon: 'star',
  fields: {
    number: f.text(['号码', 'Number'], { required: true, max: 60, search: 'code' }),
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { required: true, onDelete: 'cascade', index: false }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, index: false }),
    counter: f.text(['台席', 'Counter'], { max: 12 }),
    personId: f.ref(['接待人', 'Person'], () => 'user'),
    score: f.integer(['评分', 'Score'], { required: true, min: 1, max: 5 }),
    tags: f.choices(['哪里好或不好', 'What about'], RATING_TAGS),
    words: f.text(['客户的话', 'Words'], { max: 500, multiline: true, search: 'text' }),
    source: f.choice(['来自', 'By'], RATING_SOURCES, { required: true, default: 'qr' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'setNull', index: false }),
    todoId: f.text(['回访待办', 'Follow-up'], { max: 40, hidden: true }),
    ratedAt: f.datetime(['评价时间', 'Rated'], { required: true }),
  },
  scope: { unit: 'unitId', owner: 'personId' },
  display: ['number', 'score'],
  list: ['ratedAt', 'score', 'number', 'counter', 'personId', 'unitId', 'tags', 'words', 'source'],
  sort: '-ratedAt',
  managed: true,
  watchable: true,
  indexes: [{ on: ['requestId'], unique: true }, { on: ['unitId', 'ratedAt'], desc: true }],
})
