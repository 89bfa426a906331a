import { defineEntity, f } from '@quancheng/kernel'
import { givenBefore, measureBefore } from './store/hooks.ts'

export const SOURCES = { signed: ['签约目标完成', 'Signed against target'], received: ['回款目标完成', 'Received against target'], visits: ['拜访目标完成', 'Visits against target'], followUp: ['客户跟进率', 'Follow-up rate'], winRate: ['赢单率', 'Win rate'], signIns: ['登录出勤率', 'Sign-ins kept'], satisfied: ['满意率', 'Satisfaction'], byHand: ['人工评分', 'By hand'] } as const

/** 评价表: by which measures the people, or the unit, of a place are judged each month (SA-26). */
export const ScoreCard = defineEntity('scoreCard', {
  label: ['评价表', 'Score card'],
  icon: 'star',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, unique: true, search: 'name', max: 60 }),
    unitId: f.ref(['单位（含下级）', 'Unit and below'], () => 'unit', { required: true }),
    roleId: f.ref(['只评这个角色的人', 'People of the role'], () => 'role', { onDelete: 'restrict', index: false, help: ['空着评这个单位本身', 'Empty: the unit itself'] }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  travels: 'never',
  display: ['name'],
  list: ['name', 'unitId', 'roleId', 'off'],
  sort: 'name',
})

/** 评价指标: where a figure comes from, which figure is 0 points and which 100, and how much it weighs. */
export const ScoreMeasure = defineEntity('scoreMeasure', {
  label: ['评价指标', 'Measure'],
  icon: 'list',
  fields: {
    cardId: f.ref(['评价表', 'Card'], () => ScoreCard, { required: true, onDelete: 'cascade' }),
    name: f.text(['名称', 'Name'], { required: true, max: 40 }),
    source: f.choice(['来源', 'Source'], SOURCES, { required: true, default: 'signed' }),
    zeroAt: f.decimal(['多少是 0 分', '0 points at'], { required: true, scale: 2, default: '0' }),
    fullAt: f.decimal(['多少是 100 分', '100 points at'], { required: true, scale: 2, default: '100' }),
    weight: f.integer(['权重（%）', 'Weight %'], { required: true, min: 1, max: 100 }),
  },
  travels: 'never',
  display: ['cardId', 'name'],
  list: ['cardId', 'name', 'source', 'zeroAt', 'fullAt', 'weight'],
  hooks: { before: (ctx, c) => measureBefore(ctx, c as never) },
})

/** 人工评分: a figure that nothing counts, given with its reason before the month is closed. */
export const ScoreGiven = defineEntity('scoreGiven', {
  label: ['人工评分', 'Score given'],
  icon: 'edit',
  fields: {
    measureId: f.ref(['指标', 'Measure'], () => ScoreMeasure, { required: true, onDelete: 'cascade' }),
    period: f.text(['月份', 'Month'], { required: true, max: 7, pattern: '\\d{4}-(0[1-9]|1[0-2])' }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }),
    userId: f.ref(['人员', 'Person'], () => 'user', { onDelete: 'restrict' }),
    value: f.decimal(['评分', 'Figure'], { required: true, scale: 2 }),
    reason: f.text(['理由', 'Reason'], { required: true, max: 300 }),
  },
  scope: { owner: 'userId', unit: 'unitId' },
  travels: 'never',
  display: ['period'],
  list: ['period', 'measureId', 'unitId', 'userId', 'value', 'reason', 'createdBy'],
  sort: '-period',
  hooks: { before: (ctx, c) => givenBefore(ctx, c as never) },
})

/** 评价结果: what a month came to; never changed. */
export const ScoreResult = defineEntity('scoreResult', {
  label: ['评价结果', 'Result'],
  icon: 'star',
  fields: {
    cardId: f.ref(['评价表', 'Card'], () => ScoreCard, { required: true, onDelete: 'restrict' }),
    period: f.text(['月份', 'Month'], { required: true, max: 7, index: true }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }),
    userId: f.ref(['人员', 'Person'], () => 'user', { onDelete: 'restrict' }),
    total: f.decimal(['总分', 'Total'], { required: true, scale: 1 }),
  },
  scope: { owner: 'userId', unit: 'unitId' },
  travels: 'never',
  appendOnly: true,
  display: ['period'],
  list: ['period', 'cardId', 'unitId', 'userId', 'total'],
  sort: '-period',
})

/** One measure of a result, as it was when the month was closed. */
export const ScoreLine = defineEntity('scoreLine', {
  label: ['评价明细', 'Line of a result'],
  icon: 'list',
  fields: {
    resultId: f.ref(['结果', 'Result'], () => ScoreResult, { required: true, onDelete: 'cascade' }),
    name: f.text(['指标', 'Measure'], { required: true, max: 40 }),
    source: f.choice(['来源', 'Source'], SOURCES, { required: true }),
    value: f.decimal(['数值', 'Figure'], { scale: 2, help: ['空着：这个月没有可算的', 'Empty: nothing to count'] }),
    points: f.decimal(['得分', 'Points'], { required: true, scale: 1 }),
    weight: f.integer(['权重（%）', 'Weight %'], { required: true }),
    reason: f.text(['理由', 'Reason'], { max: 300 }),
  },
  scope: { via: 'resultId' },
  travels: 'never',
  appendOnly: true,
  display: ['name'],
  list: ['resultId', 'name', 'source', 'value', 'points', 'weight', 'reason'],
})
export const evaluationEntities = [ScoreCard, ScoreMeasure, ScoreGiven, ScoreResult, ScoreLine]
