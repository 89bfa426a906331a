import { defineEntity, f } from '@quancheng/kernel'
import { ProductLine } from '@quancheng/customers'
import { ServiceRequest } from '@quancheng/service'

/** 技能: what work may need somebody to know. */
export const Skill = defineEntity('skill', {
  label: ['技能', 'Skill'],
  icon: 'tool',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, unique: true, max: 40, search: 'name' }),
    note: f.text(['说明', 'Note'], { max: 200 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  display: ['name'],
  list: ['name', 'note', 'off'],
  sort: 'name',
  everyone: ['read'],
  affectsMeta: true,
})

/** 人员技能: what somebody knows, and how well: 1 learns it, 5 teaches it. */
export const PersonSkill = defineEntity('personSkill', {
  label: ['人员技能', 'Person’s skill'],
  icon: 'team',
  fields: {
    personId: f.ref(['人员', 'Person'], () => 'user', { required: true, onDelete: 'cascade', index: false }),
    skillId: f.ref(['技能', 'Skill'], () => Skill, { required: true }),
    level: f.integer(['等级', 'Level'], { required: true, min: 1, max: 5, default: 3, help: ['1 在学，3 能独立做，5 能教人', '1 learns it, 3 works alone, 5 teaches it'] }),
  },
  scope: { via: 'personId' },
  // the station's manager says so, and head office may
  travels: 'both',
  display: ['personId', 'skillId'],
  list: ['personId', 'skillId', 'level'],
  indexes: [{ on: ['personId', 'skillId'], unique: true }],
})

/** 技能要求: what work of a product line or with a fault needs. Each row that fits a request counts; empty columns fit all. */
export const SkillNeed = defineEntity('skillNeed', {
  label: ['技能要求', 'Skill needed'],
  icon: 'list',
  fields: {
    nodeId: f.choice(['环节', 'Stage'], { inspect: ['检验', 'Inspection'], repair: ['维修', 'Repair'], quality: ['质检', 'Quality check'] }, { required: true, default: 'repair' }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine, { help: ['空着表示各产品线', 'Empty: every line'] }),
    faultCategoryId: f.ref(['故障类别', 'Fault category'], () => 'faultCategory', { onDelete: 'cascade', help: ['接待时选的；空着表示不论', 'Chosen at reception; empty: any'] }),
    faultCode: f.choice(['故障代码', 'Fault code'], optionsOf('faultCode'), { help: ['检验得出的；空着表示不论', 'Found by inspection; empty: any'] }),
    skillId: f.ref(['需要的技能', 'Skill'], () => Skill, { required: true }),
    level: f.integer(['至少几级', 'Level at least'], { required: true, min: 1, max: 5, default: 1 }),
  },
  display: ['nodeId', 'skillId'],
  list: ['nodeId', 'productLineId', 'faultCategoryId', 'faultCode', 'skillId', 'level'],
  sort: 'nodeId',
  everyone: ['read'],
  affectsMeta: true,
})

/** The codes of the request's own field, so that the two never drift apart. */
function optionsOf(name: 'faultCode'): Record<string, [string, string]> {
  return Object.fromEntries((ServiceRequest.spec.fields[name]?.options ?? []).map(o => [o.value, [o.label[0], o.label[1]] as [string, string]]))
}
