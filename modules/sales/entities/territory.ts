import { defineEntity, f } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { checkHolder, checkTerritory } from '../store/rule-hooks.ts'

/** 地域: a part of the market by place, size and product, in levels (SA-07). The deepest that fits counts. */
export const Territory = defineEntity('territory', {
  label: ['地域', 'Territory'],
  plural: 'territories',
  icon: 'flow',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 60, search: 'name' }),
    parentId: f.ref(['上级地域', 'Parent'], () => 'territory', { onDelete: 'setNull' }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    provinces: f.text(['省', 'Provinces'], { max: 200, help: ['几个用顿号分开；空着不限', 'Several: with commas'] }),
    cities: f.text(['市', 'Cities'], { max: 200 }),
    productId: f.ref(['产品', 'Product'], () => Product, { onDelete: 'setNull', index: false }),
    staffFrom: f.integer(['员工人数从', 'Staff from'], { min: 0 }),
    staffTo: f.integer(['员工人数到', 'Staff to'], { min: 0 }),
    visitsFrom: f.integer(['一年拜访次数从', 'Visits a year from'], { min: 0, max: 1000, help: ['近 12 个月对这家客户做过的拜访；还不认识的客户是 0 次', 'Visits done in the last twelve months'] }),
    visitsTo: f.integer(['一年拜访次数到', 'Visits a year to'], { min: 0, max: 1000 }),
  },
  scope: { unit: 'unitId' },
  travels: 'never',
  display: ['name'],
  list: ['name', 'parentId', 'unitId', 'provinces', 'cities', 'productId'],
  hooks: { before: (_ctx, c) => checkTerritory(c as never) },
})

/** 地域负责人: who has it from which day to which; what was before stays as it was. */
export const TerritoryHolder = defineEntity('territoryHolder', {
  label: ['地域负责人', 'Holder'],
  icon: 'user',
  fields: {
    territoryId: f.ref(['地域', 'Territory'], () => Territory, { required: true, onDelete: 'cascade' }),
    userId: f.ref(['负责人', 'Person'], () => 'user', { required: true }),
    since: f.date(['从', 'From'], { required: true, index: true }),
    until: f.date(['到（含当天）', 'Until and with']),
  },
  scope: { via: 'territoryId' },
  travels: 'never',
  display: ['userId'],
  list: ['territoryId', 'userId', 'since', 'until'],
  sort: '-since',
  hooks: { before: (ctx, c) => checkHolder(ctx, c as never) },
})
