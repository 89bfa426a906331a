import { defineEntity, f } from '@quancheng/kernel'

/** 营销活动: what brought people to us, and what it cost. Leads, opportunities and orders name it; how it is run is the marketing module's. */
export const Campaign = defineEntity('campaign', {
  label: ['营销活动', 'Campaign'],
  icon: 'notification',
  fields: {
    code: f.code(['活动代码', 'Code'], { required: true, unique: true, search: 'code', max: 20 }),
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 80 }),
    state: f.choice(['状态', 'State'], { draft: ['筹备', 'Draft', 'default'], running: ['进行中', 'Running', 'blue'], paused: ['暂停', 'Paused', 'orange'], ended: ['已结束', 'Ended', 'green'] }, { default: 'draft', readOnly: true, index: true }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    startsOn: f.date(['开始', 'From']),
    endsOn: f.date(['结束（含当天）', 'Until and with']),
    budget: f.money(['预算', 'Budget'], { min: 0 }),
    goal: f.text(['目标', 'Goal'], { max: 500, multiline: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['code', 'name'],
  list: ['code', 'name', 'state', 'ownerId', 'startsOn', 'endsOn', 'budget'],
  sort: '-startsOn',
  tenantFields: true,
  watchable: true,
})
