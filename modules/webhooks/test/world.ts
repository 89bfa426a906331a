import assert from 'node:assert/strict'
import automation from '@quancheng/automation'
import { create, defineEntity, defineModule, f, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import { testApp, type Answered, type Caller, type TestApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import webhooks, { atWork } from '../index.ts'

export const Lead = defineEntity('lead', {
  label: ['线索', 'Lead'],
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 80 }),
    amount: f.money(['金额', 'Amount']),
    phone: f.phone(['电话', 'Phone'], { personal: true }),
    secret: f.text(['底价', 'Floor'], { max: 80 }),
    stage: f.choice(['环节', 'Stage'], { t: ['打电话', 'Call'], e: ['结束', 'Over'] }, { readOnly: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user'),
    unitId: f.ref(['单位', 'Unit'], () => 'unit'),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  display: ['name'],
  list: ['name'],
})

export interface LogRow { id: string; state: string; status: number | null; attempts: number; label: string | null; error: string }
export interface World {
  app: TestApp
  units: Record<'group' | 'hz' | 'nb', string>
  /** the administrator; 接口 reads leads of 杭州 and below, phone masked, floor price not at all; 小李 writes leads everywhere */
  admin: Caller; eyes: Caller; li: Caller
  hook(values: Record<string, unknown>, by?: Caller): Promise<Answered>
  /** one that must be accepted; answers its id and secret */
  kept(values: Record<string, unknown>, by?: Caller): Promise<{ id: string; secret: string }>
  lead(values?: Record<string, unknown>): Promise<{ id: string; version: number }>
  /** everything due now has been done, and what left has come back */
  settled(): Promise<void>
  log(webhookId?: string): Promise<LogRow[]>
  allow(...hosts: string[]): Promise<void>
}

export const LEADS = [{ entity: 'lead', events: ['created', 'changed', 'removed'] }]
const ok = <T>(r: Answered<T>): T => { assert.ok(r.status < 300, `${r.status} ${JSON.stringify(r.body)}`); return r.body }

/** A company with leads; Monday 2026-11-23, half past nine in Hangzhou. */
export async function world(o: { worker?: boolean; tenants?: number; modules?: readonly ModuleSpec[] } = {}): Promise<World> {
  const leads = defineModule({ name: 'leads', label: ['线索', 'Leads'], entities: [Lead] })
  const app = await testApp({ modules: [org, processModule, leads, automation, webhooks, ...(o.modules ?? [])], clock: '2026-11-23T01:30:00Z', worker: o.worker ?? true, ...(o.tenants ? { tenants: o.tenants } : {}) })
  const units = await app.system(async (ctx: Ctx) => {
    const unit = async (code: string, name: string, kind: string, parentId?: string): Promise<string> => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id as string
    const group = await unit('G', '集团', 'group')
    return { group, hz: await unit('HZ', '杭州', 'station', group), nb: await unit('NB', '宁波', 'station', group) }
  })
  const all = (entity: string, verbs: string): Record<string, string[]> => Object.fromEntries(verbs.split(' ').map(v => [`${entity}:${v}`, ['all']]))
  const admin = await app.person({ username: 'boss', name: '管理员', unitId: units.group, roles: [{ code: 'boss', grants: { ...all('webhook', 'read edit'), ...all('user', 'read update'), ...all('lead', 'read create update remove erase startProcess'), ...all('alarm', 'read'), ...all('process', 'read start deploy') } }] })
  const eyes = await app.person({ username: 'jiekou', name: '接口', unitId: units.hz, roles: [{ code: 'eyes', grants: { 'lead:read': ['unitBelow'], 'webhook:read': ['all'], 'webhook:edit': ['all'] }, fields: { 'lead.phone': 'mask', 'lead.secret': 'none' } }] })
  const li = await app.person({ username: 'li', name: '小李', unitId: units.hz, roles: [{ code: 'seller', grants: all('lead', 'read create update remove startProcess move') }] })
  const hook: World['hook'] = (values, by = admin) => by.post('/api/webhooks/endpoints', { name: `接收 ${Math.random()}`, subjects: LEADS, ...values })
  return {
    app, units, admin, eyes, li, hook,
    kept: async (values, by) => ok(await hook(values, by)),
    lead: async (values = {}) => ok(await li.post('/api/leads', { name: '澄湖能源', phone: '13812340001', secret: '八折', amount: '1200.00', unitId: units.hz, ...values })),
    settled: async () => { for (let i = 0; i < 3; i++) { await app.worker!.idle(); await atWork(app.runtime).idle() } },
    log: async webhookId => ok(await admin.get(`/api/webhooks/deliveries${webhookId ? `?webhookId=${webhookId}` : ''}`)).items,
    allow: async (...hosts) => { ok(await admin.call('PUT', '/api/webhooks/settings', { hosts: hosts.join('\n') })) },
  }
}

/** One step for the seller, on a lead. */
export const CALL = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" id="d" targetNamespace="urn:test">
  <bpmn:process id="call" name="首次联系" isExecutable="true"><bpmn:extensionElements><qc:binding entity="lead" /></bpmn:extensionElements>
    <bpmn:startEvent id="s" /><bpmn:userTask id="t" name="打电话" qc:role="seller" /><bpmn:endEvent id="e" name="办完" />
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t" /><bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="e" /></bpmn:process></bpmn:definitions>`
