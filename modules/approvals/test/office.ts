import { create, type Ctx } from '@quancheng/kernel'
import { testApp, type Answered, type Caller, type TestApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { deploy, processModule } from '@quancheng/process'
import approvals from '../index.ts'

export type Name = 'zhangsan' | 'lisi' | 'wangwu' | 'director' | 'finance' | 'hr' | 'legal' | 'purchaser' | 'admin' | 'boss2'
export interface Office {
  app: TestApp; unit: Record<'group' | 'hq' | 'sales' | 'repair', string>; id: Record<Name, string>
  people: Record<Name, Caller>
  /** fills in a form and hands it in; the answer of the start */
  apply(who: Name, form: string, values: Record<string, unknown>): Promise<{ id: string; caseId: string; started: Answered }>
  /** the open tasks of a person */
  tasks(who: Name): Promise<Array<Record<string, any>>>
  /** the one task of a person on a case, answered */
  answer(who: Name, caseId: string, outcome: string, more?: Record<string, unknown>): Promise<Answered>
  task(who: Name, caseId: string): Promise<string>
  page(who: Name, caseId: string): Promise<Record<string, any>>
  stage(form: string, id: string): Promise<string>
  history(form: string, id: string): Promise<Array<Record<string, any>>>
}

export const FORMS: Record<string, { entity: string; plural: string; values: Record<string, unknown> }> = {
  'leave-request': { entity: 'leaveRequest', plural: 'leave-requests', values: { kind: 'annual', startsOn: '2026-12-01', endsOn: '2026-12-02', days: '2', reason: '回家' } },
  'expense-claim': { entity: 'expenseClaim', plural: 'expense-claims', values: { title: '客户拜访', kind: 'travel', amount: '1200' } },
  'trip-request': { entity: 'tripRequest', plural: 'trip-requests', values: { destination: '宁波', startsOn: '2026-12-01', endsOn: '2026-12-03', purpose: '客户回访', budget: '3000' } },
  'discount-request': { entity: 'discountRequest', plural: 'discount-requests', values: { customer: '澄湖能源', item: '笔记本 X1 换屏', listPrice: '1000', price: '900', reason: '老客户' } },
  'contract-approval': { entity: 'contractApproval', plural: 'contract-approvals', values: { title: '年度维保', partner: '澄湖能源', kind: 'service', amount: '80000', startsOn: '2027-01-01', endsOn: '2027-12-31' } },
  'permission-change': { entity: 'permissionChange', plural: 'permission-changes', values: { kind: 'grant', forWhom: 'zhangsan', wanted: '库管', reason: '代班' } },
  'purchase-request': { entity: 'purchaseRequest', plural: 'purchase-requests', values: { goods: '显示器', quantity: 2, amount: '3000', neededOn: '2026-12-10', reason: '前台' } },
}

/** An office: two departments with a manager each, and head office. Monday 2026-11-23, nine in the morning. */
export async function office(o: { worker?: boolean; tenants?: number; processes?: Record<string, string> } = {}): Promise<Office> {
  const app = await testApp({ modules: [org, processModule, approvals], clock: '2026-11-23T01:00:00Z', ...o })
  const made = await app.system(async (ctx: Ctx) => {
    const unit = async (code: string, name: string, kind: string, parentId?: string) => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id
    const group = await unit('GROUP', '衡川集团', 'group')
    const units = { group, hq: await unit('HQ', '本部', 'hq', group), sales: await unit('SALES', '销售部', 'department', group), repair: await unit('REPAIR', '维修部', 'department', group) }
    const roles = await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])
    for (const [key, xml] of Object.entries(o.processes ?? {})) await deploy(ctx, key, xml)
    return { unit: units, role: Object.fromEntries(roles.map(r => [r.code, r.id])) as Record<string, string> }
  })
  const u = made.unit
  const person = (username: string, name: string, unitId: string, ...roles: string[]) => app.person({ username, name, unitId, roleIds: roles.map(r => made.role[r]!) })
  const people: Record<Name, Caller> = {
    zhangsan: await person('zhangsan', '张三', u.sales), wangwu: await person('wangwu', '王五', u.repair), lisi: await person('lisi', '李四', u.sales, 'deptManager'), boss2: await person('boss2', '赵六', u.repair, 'deptManager'),
    director: await person('director', '钱总监', u.hq, 'director'), finance: await person('finance', '孙财务', u.hq, 'finance'), hr: await person('hr', '周人事', u.hq, 'hr'), legal: await person('legal', '吴法务', u.hq, 'legal'),
    purchaser: await person('purchaser', '郑采购', u.hq, 'purchaser'), admin: await person('admin', '系统管理员', u.hq, 'admin'),
  }
  const ok = <T>(r: Answered<T>): T => { if (r.status >= 300) throw new Error(`${r.status} ${JSON.stringify(r.body)}`); return r.body }
  const tasks: Office['tasks'] = async who => ok(await people[who].get('/api/tasks?box=mine')).items
  const task: Office['task'] = async (who, caseId) => { const t = (await tasks(who)).find(x => x.instanceId === caseId); if (!t) throw new Error(`${who} has no task on ${caseId}`); return t.id }
  return {
    app, ...made, people, tasks, task, id: Object.fromEntries(Object.entries(people).map(([n, c]) => [n, c.userId])) as Record<Name, string>,
    async apply(who, form, values) {
      const f = FORMS[form]!
      const row = ok(await people[who].post(`/api/${f.plural}`, { ...f.values, ...values }))
      const started = await people[who].post('/api/cases', { key: form, entity: f.entity, recordId: row.id })
      return { id: row.id, caseId: started.body.caseId, started }
    },
    answer: async (who, caseId, outcome, more = {}) => people[who].post(`/api/tasks/${await task(who, caseId)}/complete`, { outcome, ...more }),
    page: async (who, caseId) => ok(await people[who].get(`/api/approvals/${caseId}`)),
    stage: (form, id) => app.system(async ctx => (await ctx.query<{ stage: string }>(`select stage from ${FORMS[form]!.plural.slice(0, -1).replaceAll('-', '_')} where id = $1`, [id]))[0]!.stage),
    history: (form, id) => app.system(ctx => ctx.query("select a.act, a.payload->'note' as note, u.name as actor from audit a left join \"user\" u on u.id = a.actor_id where a.entity = $1 and a.record_id = $2 order by a.seq", [FORMS[form]!.entity, id])),
  }
}
