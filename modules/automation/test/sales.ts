import { create, defineEntity, defineModule, f, type Ctx } from '@quancheng/kernel'
import { testApp, type Answered, type Caller, type TestApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import automation from '../index.ts'

/** What a test may put in the way of a write to a lead. */
export const inTheWay: { write: ((ctx: Ctx) => Promise<void> | void) | null } = { write: null }

export const Lead = defineEntity('lead', {
  label: ['线索', 'Lead'],
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 80 }),
    province: f.choice(['省份', 'Province'], { 浙江: ['浙江', 'Zhejiang'], 江苏: ['江苏', 'Jiangsu'] }),
    amount: f.money(['金额', 'Amount']),
    level: f.text(['等级', 'Level'], { max: 20 }),
    rounds: f.integer(['轮次', 'Rounds'], { default: 0 }),
    phone: f.phone(['电话', 'Phone']),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user'),
    unitId: f.ref(['单位', 'Unit'], () => 'unit'),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  display: ['name'],
  list: ['name', 'province'],
  watchable: true,
  hooks: { before: async ctx => { await inTheWay.write?.(ctx) } },
})
/** Nobody said that rules may watch it. */
const Secret = defineEntity('secret', { label: ['密件', 'Secret'], fields: { name: f.text(['名称', 'Name'], { required: true, max: 80 }) }, display: ['name'], list: ['name'] })

export interface Sales {
  app: TestApp
  units: Record<'group' | 'sales' | 'hz', string>
  /** 郑销 manages sales in 杭州; 小李 sells there; the admin sets up rules; 站内 may keep rules for 杭州 only */
  zheng: Caller; li: Caller; admin: Caller; local: Caller
  rule(values: Record<string, unknown>, by?: Caller): Promise<Answered>
  /** a rule that must be accepted */
  kept(values: Record<string, unknown>): Promise<string>
  lead(values?: Record<string, unknown>): Promise<string>
  inbox(who: Caller): Promise<Array<Record<string, any>>>
  runs(ruleId?: string): Promise<Array<Record<string, any>>>
}

export const RULE = { name: '浙江线索交给经理', entity: 'lead', event: 'created', tests: [{ field: 'province', op: 'eq', value: '浙江' }], actions: [{ do: 'todo', to: { by: 'role', role: 'salesManager' }, title: '联系新线索 {名称}', minutes: 120 }] }

const LEADS = ['read', 'create', 'update', 'remove', 'startProcess'].map(v => [`lead:${v}`, ['all']] as const)

/** A sales company; Monday 2026-11-23, half past nine in Hangzhou. */
export async function sales(o: { worker?: boolean; tenants?: number } = {}): Promise<Sales> {
  const leads = defineModule({ name: 'leads', label: ['线索', 'Leads'], entities: [Lead, Secret] })
  const app = await testApp({ modules: [org, processModule, leads, automation], clock: '2026-11-23T01:30:00Z', ...o })
  const units = await app.system(async (ctx: Ctx) => {
    const unit = async (code: string, name: string, kind: string, parentId?: string): Promise<string> => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id as string
    const group = await unit('GROUP', '衡川集团', 'group'), s = await unit('SALES', '销售部', 'department', group)
    return { group, sales: s, hz: await unit('HZ', '杭州组', 'department', s) }
  })
  const person = (username: string, name: string, unitId: string, code: string, grants: Record<string, string[]>, fields: Record<string, string> = {}) => app.person({ username, name, unitId, roles: [{ code, grants, fields }] })
  const ok = <T>(r: Answered<T>): T => { if (r.status >= 300) throw new Error(`${r.status} ${JSON.stringify(r.body)}`); return r.body }
  const zheng = await person('zheng', '郑销', units.sales, 'salesManager', { 'alarm:read': ['unitBelow'] })
  const li = await person('li', '小李', units.hz, 'seller', { ...Object.fromEntries(LEADS), 'user:read': ['unitBelow'] })
  const admin = await person('boss', '管理员', units.group, 'ruler', { ...Object.fromEntries(LEADS), 'automation:read': ['all'], 'automation:edit': ['all'], 'process:start': ['all'], 'alarm:read': ['all'], 'secret:read': ['all'] })
  const local = await person('local', '站内', units.hz, 'localRuler', { 'lead:read': ['unit'], 'automation:read': ['unit'], 'automation:edit': ['unit'] }, { 'lead.phone': 'mask' })
  const rule: Sales['rule'] = (values, by = admin) => by.post('/api/automation/rules', { ...RULE, ...values })
  return {
    app, units, zheng, li, admin, local, rule,
    kept: async values => ok(await rule(values)).id,
    lead: async (values = {}) => ok(await li.post('/api/leads', { name: '澄湖能源', province: '浙江', unitId: units.hz, ...values })).id,
    inbox: async who => ok(await who.get('/api/tasks?box=mine')).items,
    runs: async ruleId => ok(await admin.get(`/api/automation/runs${ruleId ? `?ruleId=${ruleId}` : ''}`)).items,
  }
}

/** One step for the seller, on a lead. */
export const FIRST_CALL = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" id="d" targetNamespace="urn:test">
  <bpmn:process id="call" name="首次联系" isExecutable="true">
    <bpmn:extensionElements><qc:binding entity="lead" /></bpmn:extensionElements>
    <bpmn:startEvent id="s" /><bpmn:userTask id="t" name="打电话" qc:role="seller" /><bpmn:endEvent id="e" />
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t" /><bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="e" />
  </bpmn:process>
</bpmn:definitions>`
