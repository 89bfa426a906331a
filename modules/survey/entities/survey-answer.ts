import { defineEntity, f } from '@quancheng/kernel'
import { Customer, ProductLine } from '@quancheng/customers'
import { ServiceRequest } from '@quancheng/service'

/** 满意度: what a customer said of one service, once. Station, person and product are those of that day. */
export const SurveyAnswer = defineEntity('surveyAnswer', {
  label: ['满意度评价', 'Survey answer'],
  icon: 'heart',
  fields: {
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { required: true, onDelete: 'cascade', index: false }),
    score: f.integer(['评分', 'Score'], { required: true, min: 1, max: 5 }),
    tags: f.choices(['哪里好或不好', 'What about'], { attitude: ['态度', 'Manner'], speed: ['速度', 'Speed'], quality: ['修理质量', 'Quality'], price: ['价格', 'Price'], clear: ['说得清楚', 'Clearness'], place: ['环境', 'Place'] }),
    words: f.text(['客户的话', 'Words'], { max: 500, multiline: true, search: 'text' }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true }),
    personId: f.ref(['经办人', 'Person'], () => 'user'),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine),
    model: f.text(['型号', 'Model'], { max: 60 }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'setNull', index: false }),
    todoId: f.text(['回访待办', 'Follow-up'], { max: 40, hidden: true }),
    answeredAt: f.datetime(['评价时间', 'Answered'], { required: true, index: true }),
  },
  scope: { unit: 'unitId', owner: 'personId' },
  display: ['score', 'requestId'],
  list: ['answeredAt', 'score', 'tags', 'words', 'unitId', 'personId', 'productLineId', 'model', 'requestId'],
  sort: '-answeredAt',
  managed: true,
  watchable: true,
  indexes: [{ on: ['requestId'], unique: true }],
})
