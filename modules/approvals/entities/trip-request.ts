import { defineEntity, f } from '@quancheng/kernel'
import { common, daysInOrder, OWN_FORM, ownForm } from '../rules/form.ts'

/** 出差申请. */
export const TripRequest = defineEntity('tripRequest', {
  label: ['出差申请', 'Trip request'],
  icon: 'flow',
  fields: {
    ...common('CC'),
    destination: f.text(['地点', 'Destination'], { required: true, max: 100, search: 'text' }),
    startsOn: f.date(['出发', 'From'], { required: true }),
    endsOn: f.date(['返回', 'To'], { required: true }),
    purpose: f.text(['事由', 'Purpose'], { required: true, multiline: true, max: 500 }),
    budget: f.money(['预算', 'Budget'], { required: true, min: 0 }),
    transport: f.choice(['交通', 'Transport'], { train: ['火车', 'Train'], plane: ['飞机', 'Plane'], car: ['汽车', 'Car'] }, { default: 'train' }),
    companions: f.text(['同行', 'Companions'], { max: 200 }),
  },
  ...OWN_FORM,
  display: ['number', 'destination'],
  list: ['number', 'applicantId', 'destination', 'startsOn', 'endsOn', 'budget', 'stage'],
  hooks: { before(ctx, c) { ownForm(ctx, c); daysInOrder(c) } },
})
