import { can, dayOf, defineEntity, elevated, f, fail, pick, storeChange } from '@quancheng/kernel'
import { Customer, Device, ProductLine, ServiceContract } from '@quancheng/customers'
import { changesRecorded } from '../rules/recorded.ts'
import { RIGHTS } from '../rules/law.ts'
import { faultFits } from '../store/fault-category.ts'
import { closeLaw } from '../store/law.ts'
import { repeatFields } from '../store/repeat.ts'
import { tellStage } from '../store/stages.ts'
import { FaultCategory } from './fault-category.ts'

/** The stages that the standard processes go through; the value is the node of the drawn process. */
export const STAGES = {
  waiting: ['待接待', 'Waiting', 'default'], reception: ['接待', 'Reception', 'blue'], inspect: ['检验', 'Inspection', 'cyan'], quote: ['报价', 'Quote', 'purple'], repair: ['维修', 'Repair', 'geekblue'],
  quality: ['质检', 'Quality check', 'gold'], pickup: ['待取机', 'Ready', 'lime'], collected: ['已取机', 'Collected', 'green'], refused: ['拒修', 'Refused', 'red'], transferred: ['转修', 'Transferred', 'orange'], returned: ['退机', 'Returned', 'volcano'],
} as const

const RIGHTS_LABELS = Object.fromEntries(Object.entries(RIGHTS).map(([k, [zh, en]]) => [k, [zh, en] as [string, string]]))

type Values = Record<string, unknown>

/** The contract that covers device `d` on the day $3, as `contractFor` of the customers module says it: the widest, then the one that lasts longest (CE-03). */
const CONTRACT_IN_FORCE = `(select c.id from service_contract c where c.tenant_id = d.tenant_id and c.customer_id = d.customer_id and not coalesce(c.off, false) and $3::date between c.valid_from and c.valid_until
  and case when coalesce(cardinality(c.device_ids), 0) > 0 then d.id = any(c.device_ids) else coalesce(cardinality(c.product_line_ids), 0) = 0 or d.product_line_id = any(c.product_line_ids) end order by cardinality(c.covers) desc, c.valid_until desc limit 1)`

/** The customer's promise from the door to pick-up. Stage and owner are the process's to change; the number and its time are nobody's. */
export const ServiceRequest = defineEntity('serviceRequest', {
  label: ['服务请求', 'Service request'],
  icon: 'tool',
  fields: {
    number: f.serial(['请求号', 'Number'], '{unit}-{yyyy}{MM}{dd}-{0000}', { immutable: true, unique: true, search: 'code' }),
    startedAt: f.datetime(['取号时间', 'Number taken'], { required: true, readOnly: true, immutable: true }),
    stage: f.choice(['环节', 'Stage'], STAGES, { readOnly: true, required: true }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, immutable: true, index: false }),
    ownerId: f.ref(['当前责任人', 'Owner'], () => 'user', { readOnly: true, index: false }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine, { required: true, index: false }),
    customerId: f.ref(['客户', 'Customer'], () => Customer),
    customerName: f.text(['客户姓名', 'Customer name'], { readOnly: true, search: 'name', personal: true, max: 100 }),
    phone: f.phone(['联系电话', 'Phone'], { search: 'code', personal: true }),
    deviceId: f.ref(['设备', 'Device'], () => Device),
    contractId: f.ref(['服务合同', 'Service contract'], () => ServiceContract, { readOnly: true, onDelete: 'setNull' }),
    model: f.text(['型号', 'Model'], { readOnly: true, search: 'name', max: 60 }),
    serialNo: f.code(['序列号', 'Serial number'], { search: 'code', max: 40 }),
    faultCategoryId: f.ref(['故障类别', 'Fault category'], () => FaultCategory, { index: false, onDelete: 'setNull' }),
    faultDescription: f.text(['故障描述', 'Fault'], { multiline: true, max: 1000, search: 'text' }),
    appearance: f.text(['外观情况', 'Appearance'], { max: 200 }),
    accessories: f.text(['随机配件', 'Accessories'], { max: 200 }),
    faultCode: f.choice(['故障代码', 'Fault code'], {
      power: ['不能开机', 'No power'], screen: ['屏幕故障', 'Screen'], battery: ['电池故障', 'Battery'], keyboard: ['按键故障', 'Keyboard'], board: ['主板故障', 'Main board'], storage: ['存储故障', 'Storage'],
      network: ['网络故障', 'Network'], heat: ['过热', 'Heat'], paper: ['卡纸走纸', 'Paper feed'], software: ['软件问题', 'Software'], liquid: ['进液', 'Liquid'], other: ['其他', 'Other'],
    }),
    inspectionResult: f.text(['检验结论', 'Inspection result'], { multiline: true, max: 1000 }),
    quotedAmount: f.money(['报价金额', 'Quoted'], { min: 0 }),
    customerAnswer: f.choice(['客户答复', 'Answer'], { agreed: ['同意', 'Agreed'], declined: ['拒绝', 'Declined'], considering: ['考虑中', 'Considering'] }),
    repairAction: f.text(['维修措施', 'Repair done'], { multiline: true, max: 1000 }),
    source: f.choice(['来源', 'Source'], { kiosk: ['门口取号', 'Kiosk'], desk: ['前台', 'Front desk'], hotline: ['热线', 'Hotline'] }, { default: 'desk', readOnly: true }),
    repeatOfId: f.ref(['返修自', 'Back from'], () => 'serviceRequest', { readOnly: true, onDelete: 'setNull' }),
    repeatDays: f.integer(['返修天数', 'Back after days'], { readOnly: true }),
    repeatEngineerId: f.ref(['上次维修', 'Repaired by'], () => 'user', { readOnly: true, index: false, onDelete: 'setNull' }),
    lawRights: f.choices(['三包权益', 'Rights by law'], RIGHTS_LABELS, { readOnly: true }),
    endedAt: f.datetime(['办结时间', 'Ended'], { readOnly: true }),
    trackToken: f.text(['查询链接', 'Track token'], { hidden: true, readOnly: true, max: 40 }),
    trackCode: f.text(['查询码', 'Track code'], { readOnly: true, max: 8 }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  display: ['number', 'model'],
  list: ['number', 'stage', 'customerName', 'phone', 'model', 'unitId', 'ownerId', 'startedAt'],
  managed: ['create', 'remove'],
  tenantFields: true,
  watchable: true,
  shareable: true,
  indexes: [{ on: ['unitId', 'stage', 'id'], desc: true }, { on: ['stage', 'id'], desc: true }, { on: ['trackToken'], unique: true }, { on: ['serialNo', 'endedAt'], where: "stage = 'collected'" }, { on: ['startedAt'] }, { on: ['endedAt'], where: "stage = 'collected'" }],
  hooks: {
    /** the device and the customer bring what is known of them, so that nobody types it again (SP-03, SP-27) */
    async before(ctx, c) {
      const d = c.draft
      const recorded = c.before && !ctx.access.system && !can(ctx.access, 'serviceRequest:reassign') ? changesRecorded(d as Values, c.before as unknown as Values) : null
      if (recorded) fail('FIELD_READ_ONLY', { field: pick(ctx.entities.get('serviceRequest').fields.get(recorded)!.label, ctx.locale) })
      if (d.deviceId && d.deviceId !== c.before?.deviceId) {
        const [device] = await ctx.query<{ model: string; serial_no: string | null; product_line_id: string; customer_id: string; contract_id: string | null }>(`select model, serial_no, product_line_id, customer_id, ${CONTRACT_IN_FORCE} as contract_id from device d where d.tenant_id = $1 and d.id = $2`, [ctx.tenant.id, d.deviceId, dayOf(ctx.now(), ctx.tenant.timeZone)])
        if (device) { d.contractId = device.contract_id; d.model = device.model; d.serialNo ??= device.serial_no; d.customerId ??= c.before?.customerId ?? device.customer_id }
      }
      if (d.customerId && d.customerId !== c.before?.customerId) {
        const [customer] = await ctx.query<{ name: string; phone: string | null }>('select name, phone from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, d.customerId])
        if (customer) { d.customerName = customer.name; if (!d.phone && !c.before?.phone) d.phone = customer.phone }
      }
      await faultFits(ctx, d as Values, c.before as unknown as Values | null)
      // is the device back from a repair of ours? asked when its number is written, and only then (SP-28)
      if (d.serialNo !== undefined && d.serialNo !== (c.before?.serialNo ?? null) && ctx.access.system) Object.assign(d, await repeatFields(ctx, d.serialNo as string | null, (c.before?.startedAt ?? d.startedAt ?? ctx.now()) as Date, c.id))
      if (d.stage && ['collected', 'refused', 'transferred', 'returned'].includes(String(d.stage))) d.endedAt ??= ctx.now()
    },
    async after(ctx, c) {
      // who corrects a number need not see the earlier repair, which may be another station's
      if (c.before && c.row && c.row.serialNo !== c.before.serialNo && !ctx.access.system) await storeChange(elevated(ctx, '返修识别'), ctx.entities.get('serviceRequest'), c.id, { ...await repeatFields(ctx, c.row.serialNo, c.row.startedAt, c.id) })
      if (c.before && c.row?.endedAt && !c.before.endedAt) await closeLaw(ctx, c.id, c.row.lawRights)
      if (c.before && c.row && c.row.stage !== c.before.stage) await tellStage(ctx, { id: c.id, from: c.before.stage, to: c.row.stage, unitId: c.row.unitId, number: c.row.number })
    },
  },
})
