import { compileCalendar, create, defineEntity, defineModule, f, storeNew, type Ctx } from '@quancheng/kernel'
import { testApp, type Caller } from '@quancheng/kernel/testing'
import { begin, deploy, prepareStart, processModule } from '@quancheng/process'
import cases from '../index.ts'

/** Two stations of one region with a clerk and a manager each, head office, and a second company. Monday 2026-11-23, 09:00 in Shanghai. */

const Parcel = defineEntity('parcel', {
  label: ['包裹', 'Parcel'],
  fields: { title: f.text(['标题', 'Title'], { required: true, search: 'text' }), weight: f.integer(['重量', 'Weight']), stage: f.text(['阶段', 'Stage'], { readOnly: true }), unitId: f.ref(['单位', 'Unit'], () => 'unit'), ownerId: f.ref(['负责人', 'Owner'], () => 'user', { readOnly: true }) },
  scope: { unit: 'unitId', owner: 'ownerId' }, display: ['title'], list: ['title', 'stage'],
})
export const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const parcels = defineModule({ name: 'parcels', label: ['包裹', 'Parcels'], entities: [Parcel], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })

const bpmn = (key: string, name: string, inner: string): string => `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t">
  <bpmn:process id="${key}" name="${name}" isExecutable="true">${inner}</bpmn:process></bpmn:definitions>`
const flow = (from: string, to: string, condition = ''): string => `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${condition ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>` : ''}</bpmn:sequenceFlow>`
const ext = (inner: string): string => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`

/** 收件 (four working hours, may wait for the customer, weighing is a must) → 检查 (no standard; 通过 or 退件). */
const PARCEL = bpmn('parcel', '收发', `${ext('<qc:binding entity="parcel" stageField="stage" />')}<bpmn:startEvent id="s"/>
  <bpmn:userTask id="take" name="收件" qc:role="clerk">${ext('<qc:standard minutes="240" clock="business" pauseReasons="待客户" /><qc:item id="weigh" label="已称重" required="true" />')}</bpmn:userTask>
  <bpmn:userTask id="check" name="检查" qc:role="clerk">${ext('<qc:outcome id="pass" label="通过" /><qc:outcome id="back" label="退件" />')}</bpmn:userTask>
  <bpmn:endEvent id="sent" name="已寄出"/><bpmn:endEvent id="returned" name="已退件"/><bpmn:exclusiveGateway id="g" default="g-sent"/>
  ${flow('s', 'take')}${flow('take', 'check')}${flow('check', 'g')}${flow('g', 'sent')}${flow('g', 'returned', 'outcome = &quot;back&quot;')}`)
/** An approval on a parcel: its station's managers answer. */
const ASK = bpmn('ask', '退款', `${ext('<qc:binding entity="parcel" stageField="stage" />')}<bpmn:startEvent id="s"/>
  <bpmn:userTask id="agree" name="站长同意">${ext('<qc:approval mode="all" who="role:manager" approve="yes" reject="no" /><qc:outcome id="yes" label="同意" /><qc:outcome id="no" label="驳回" />')}</bpmn:userTask>
  <bpmn:endEvent id="e"/>${flow('s', 'agree')}${flow('agree', 'e')}`)
/** Runs on no record: 打扫, of the post 保洁. */
const CLEAN = bpmn('clean', '打扫', `<bpmn:startEvent id="s"/><bpmn:userTask id="sweep" name="打扫" qc:role="cleaner"/><bpmn:endEvent id="e"/>${flow('s', 'sweep')}${flow('sweep', 'e')}`)

const on = (entity: string, verbs: string, scope: string): Record<string, string[]> => Object.fromEntries(verbs.split(' ').map(v => [`${entity}:${v}`, [scope]]))
const looks = on('process', 'read', 'all')

export async function house() {
  const app = await testApp({ modules: [processModule, parcels, cases], clock: '2026-11-23T01:00:00Z', tenants: 2 })
  const units = await app.system(async (ctx: Ctx) => {
    const unit = async (code: string, kind: string, parentId?: string) => (await create(ctx, ctx.entities.get('unit'), { code, name: code, kind, ...(parentId ? { parentId } : {}) })).id as string
    const group = await unit('GROUP', 'group'), east = await unit('EAST', 'region', group)
    return { group, east, HZ: await unit('HZ01', 'station', east), NB: await unit('NB02', 'station', east) }
  })
  const clerk = { code: 'clerk', grants: { ...looks, ...on('parcel', 'read move update', 'unitBelow') } }
  const manager = { code: 'manager', grants: { ...looks, ...on('parcel', 'read move update reassign', 'unitBelow') } }
  const operator = { code: 'operator', grants: { ...on('process', 'read operate start', 'all'), ...on('parcel', 'read reassign', 'all') } }
  const person = (username: string, role: { code: string; grants: Record<string, string[]> }, unitId: string) => app.person({ username, name: username, unitId, roles: [role] })
  const people = {
    an: await person('an', clerk, units.HZ), bo: await person('bo', clerk, units.HZ), nan: await person('nan', clerk, units.NB), zhan: await person('zhan', manager, units.HZ), ning: await person('ning', manager, units.NB), wu: await person('wu', operator, units.group),
    cleaner: await person('cleaner', { code: 'cleaner', grants: looks }, units.HZ), outsider: await app.person({ username: 'outsider', roles: [{ code: 'none', grants: {} }] }),
    abroad: await app.person({ username: 'abroad', roles: [{ ...operator }] }, app.tenantIds[1]!),
  }
  await app.system(async ctx => { await deploy(ctx, 'parcel', PARCEL); await deploy(ctx, 'clean', CLEAN); await deploy(ctx, 'ask', ASK) })
  await app.system(async ctx => { await deploy(ctx, 'parcel', PARCEL) }, app.tenantIds[1]!)

  /** A parcel taken in at a station, standing at 收件 in the pool. */
  const parcel = (title: string, unitId: string | null = units.HZ, tenantId?: string, key = 'parcel', startedBy: string | null = null) => app.system(async ctx => {
    const prepared = await prepareStart(ctx, key)
    const record = await storeNew(ctx, ctx.entities.get('parcel'), { title, stage: prepared.stage, ...(unitId ? { unitId } : {}) })
    return { recordId: record.id as string, caseId: (await begin(ctx, prepared, { entity: 'parcel', record, unitId, label: title, startedBy })).instanceId }
  }, tenantId)
  const rows = async (who: Caller, query = ''): Promise<Row[]> => { const r = await who.get(`/api/case-list?key=parcel&limit=200${query}`); if (r.status !== 200) throw new Error(JSON.stringify(r.body)); return r.body.items }
  const steps = async (who: Caller, query = '') => (await who.get(`/api/case-list/steps?key=parcel${query}`)).body
  return { app, units, ...people, parcel, rows, steps }
}

export interface Row { id: string; caseId: string; recordId: string; stepId: string | null; label: string; step: string; node: string; seen: string; assigneeName: string | null; ageMinutes: number; lateness: string; minutesLeft: number | null; unassigned: boolean; incident: boolean; state: string; endName: string | null; pausedFor: string | null }
export const itemOf = (r: Row) => ({ caseId: r.caseId, stepId: r.stepId, seen: r.seen })
