import { defineEntity, f } from '@quancheng/kernel'
import { ServiceRequest } from '@quancheng/service'

export const MODES = { off: ['不派', 'Off', 'default'], suggest: ['只建议', 'Suggest', 'blue'], automatic: ['自动派', 'Automatic', 'green'] } as const
export type Mode = keyof typeof MODES

/** 派工方式 of a stage at a unit; the nearest unit above with a row counts, one without a unit is the company's. Without any row it is suggested. */
export const DispatchRule = defineEntity('dispatchRule', {
  label: ['派工方式', 'Dispatch rule'],
  icon: 'flow',
  fields: {
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { index: false, help: ['空着表示全公司', 'Empty: the whole company'] }),
    nodeId: f.choice(['环节', 'Stage'], { inspect: ['检验', 'Inspection'], repair: ['维修', 'Repair'], quality: ['质检', 'Quality check'] }, { required: true, default: 'repair' }),
    mode: f.choice(['方式', 'Mode'], MODES, { required: true, default: 'suggest' }),
  },
  scope: { unit: 'unitId' },
  display: ['nodeId', 'mode'],
  list: ['unitId', 'nodeId', 'mode'],
  everyone: ['read'],
  affectsMeta: true,
  indexes: [{ on: ['unitId', 'nodeId'], unique: true }],
})

/** 派工记录: to whom a piece of work went, or that nobody could take it, and why, in words. */
export const DispatchEntry = defineEntity('dispatchEntry', {
  label: ['派工记录', 'Dispatch'],
  icon: 'list',
  fields: {
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { required: true, onDelete: 'cascade' }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true }),
    stepId: f.text(['环节标识', 'Step'], { required: true, hidden: true, max: 40, index: true }),
    stage: f.text(['环节', 'Stage'], { required: true, max: 60 }),
    personId: f.ref(['派给', 'To'], () => 'user', { index: false }),
    how: f.choice(['方式', 'How'], { automatic: ['自动', 'Automatic', 'green'], manual: ['人派', 'By hand', 'blue'], nobody: ['无人可派', 'Nobody', 'red'] }, { required: true }),
    why: f.text(['理由', 'Why'], { required: true, max: 1000, multiline: true }),
  },
  scope: { unit: 'unitId' },
  display: ['stage', 'personId'],
  list: ['createdAt', 'requestId', 'stage', 'personId', 'how', 'why', 'createdBy'],
  managed: true,
  appendOnly: true,
})
