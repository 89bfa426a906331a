import { defineEntity, f } from '@quancheng/kernel'

/** 竞争对手. Deals name whom they were lost to in words; its name and its other names tell which rival that is (SA-22). */
export const Competitor = defineEntity('competitor', {
  label: ['竞争对手', 'Competitor'],
  icon: 'swap',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, unique: true, search: 'name', max: 60 }),
    otherNames: f.text(['别的叫法', 'Other names'], { max: 200, help: ['用、隔开，丢单里写这些名字也算它', 'Separated by 、'] }),
    products: f.text(['产品', 'Products'], { max: 1000, multiline: true }),
    priceLevel: f.choice(['价格水平', 'Price level'], { low: ['低', 'Low', 'green'], middle: ['相当', 'Equal', 'blue'], high: ['高', 'High', 'orange'] }),
    strengths: f.text(['强项', 'Strengths'], { max: 2000, multiline: true }),
    weaknesses: f.text(['弱项', 'Weaknesses'], { max: 2000, multiline: true }),
    note: f.text(['应对', 'How we answer'], { max: 2000, multiline: true }),
  },
  travels: 'never',
  display: ['name'],
  list: ['name', 'priceLevel', 'strengths', 'weaknesses', 'updatedAt'],
  sort: 'name',
  tenantFields: true,
})

/** 竞争动向: what a rival did, seen by whom and when. */
export const CompetitorMove = defineEntity('competitorMove', {
  label: ['竞争动向', 'Competitor move'],
  icon: 'flow',
  fields: {
    competitorId: f.ref(['竞争对手', 'Competitor'], () => Competitor, { required: true, onDelete: 'cascade' }),
    on: f.date(['日期', 'On'], { required: true, index: true }),
    kind: f.choice(['类型', 'Kind'], { price: ['价格', 'Price'], product: ['产品', 'Product'], people: ['人员', 'People'], campaign: ['促销', 'Campaign'], deal: ['大单', 'Deal'], other: ['其他', 'Other'] }, { required: true, default: 'other' }),
    what: f.text(['做了什么', 'What'], { required: true, max: 300, search: 'text' }),
    source: f.text(['消息来源', 'Source'], { max: 100 }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { index: false }),
  },
  travels: 'never',
  display: ['what'],
  list: ['on', 'competitorId', 'kind', 'what', 'source', 'unitId', 'createdBy'],
  sort: '-on',
})

export const SWOT_PARTS = ['strengths', 'weaknesses', 'opportunities', 'threats', 'strategy'] as const

/** SWOT 与市场策略 of a business unit: one text a version; a version is never changed, the newest counts. */
export const SwotVersion = defineEntity('swotVersion', {
  label: ['SWOT 版本', 'SWOT version'],
  icon: 'list',
  fields: {
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }),
    edition: f.integer(['版本', 'Version'], { required: true, min: 1 }),
    strengths: f.text(['优势', 'Strengths'], { max: 4000, multiline: true }),
    weaknesses: f.text(['劣势', 'Weaknesses'], { max: 4000, multiline: true }),
    opportunities: f.text(['机会', 'Opportunities'], { max: 4000, multiline: true }),
    threats: f.text(['威胁', 'Threats'], { max: 4000, multiline: true }),
    strategy: f.text(['市场策略', 'Market strategy'], { max: 8000, multiline: true }),
    reason: f.text(['这一版改了什么', 'What is new'], { max: 200 }),
  },
  scope: { unit: 'unitId' },
  travels: 'never',
  appendOnly: true,
  managed: ['create'],
  display: ['edition'],
  list: ['unitId', 'edition', 'reason', 'createdBy', 'createdAt'],
  sort: '-createdAt',
  indexes: [{ on: ['unitId', 'edition'], unique: true }],
})
export const strategyEntities = [Competitor, CompetitorMove, SwotVersion]
