import customers from '@quancheng/customers'
import { create, type Ctx } from '@quancheng/kernel'
import { testApp, type Answered, type Caller, type TestApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import service from '@quancheng/service'
import processTree from '../index.ts'

export interface Company {
  app: TestApp
  units: Record<'group' | 'hq' | 'east' | 'HZ01' | 'NB02', string>
  lineId: string
  /** 李接 receives, 王检 inspects, 周站 manages HZ01; 叶青 is head office, 吕检 inspects at NB02 */
  lijie: Caller; wangjian: Caller; zhouzhan: Caller; yeqing: Caller; admin: Caller
  /** one from the door into 检验: number taken, registered, sent to inspection, at the clock's time */
  inInspection(serialNo: string): Promise<string>
  /** everything the model itself asks of 检验, and the way to 报价 */
  inspected: Record<string, unknown>
  /** the open step of a request, as its inspector sees it */
  task(caller: Caller, requestId: string): Promise<Record<string, any>>
  photo(caller: Caller, requestId: string): Promise<Answered>
}

/** A company with two stations and its standard roles; the clock stands at 09:30 in Hangzhou on Monday 2026-11-23. */
export async function company(): Promise<Company> {
  const app = await testApp({ modules: [org, customers, processModule, service, processTree], clock: '2026-11-23T01:30:00Z' })
  const made = await app.system(async (ctx: Ctx) => {
    const unit = async (code: string, name: string, kind: string, parentId?: string) => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id
    const group = await unit('GROUP', '衡川集团', 'group'), east = await unit('EAST', '华东大区', 'region', group)
    const units = { group, east, hq: await unit('HQ', '本部', 'hq', group), HZ01: await unit('HZ01', '杭州一站', 'station', east), NB02: await unit('NB02', '宁波二站', 'station', east) }
    const line = await create(ctx, ctx.entities.get('productLine'), { code: 'NB', name: '笔记本' })
    const roles = await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])
    return { units, lineId: line.id, roles: Object.fromEntries(roles.map(r => [r.code, r.id])) as Record<string, string> }
  })
  const { units } = made
  const person = (username: string, name: string, unitId: string, role: string) => app.person({ username, name, unitId, roleIds: [made.roles[role]!] })
  const lijie = await person('lijie', '李接', units.HZ01, 'receptionist')
  const ticks = (task: Record<string, any>): string[] => [...task.items, ...task.script].filter(i => i.required).map(i => i.id)
  const task: Company['task'] = async (caller, id) => {
    const open = (await caller.get(`/api/cases/serviceRequest/${id}`)).body.steps.find((s: { state: string }) => s.state !== 'done')
    return (await caller.get(`/api/tasks/${open.id}`)).body
  }
  return {
    app, units, lineId: made.lineId, lijie, task,
    wangjian: await person('wangjian', '王检', units.HZ01, 'inspector'), zhouzhan: await person('zhouzhan', '周站', units.HZ01, 'stationManager'),
    yeqing: await person('yeqing', '叶青', units.hq, 'hq'), admin: await person('admin', '系统管理员', units.group, 'admin'),
    inspected: { to: '报价', fields: { faultCode: 'board', inspectionResult: '主板短路' }, ticked: ['powerOn', 'reproduce', 'liquid'] },
    async inInspection(serialNo) {
      const taken = (await app.anonymous.post('/api/public/kiosk/HZ01/take', { phone: '13800000001' })).body
      const registered = await lijie.post('/api/service/desk/register', { customer: { name: '张三', phone: '13800000001' }, device: { productLineId: made.lineId, model: 'X1', serialNo }, request: { id: taken.id, faultDescription: '开不了机' } })
      const detail = (await lijie.get(`/api/tasks/${registered.body.taskId}`)).body
      const sent = await lijie.post(`/api/service-requests/${taken.id}/move`, { to: '检验', ticked: ticks(detail) })
      if (sent.status !== 200) throw new Error(JSON.stringify(sent.body))
      return taken.id
    },
    async photo(caller, id) {
      const edge = 'qc-test-edge', png = Buffer.from('89504e470d0a1a0a', 'hex')
      const body = Buffer.concat([Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="file"; filename="内部.png"\r\ncontent-type: image/png\r\n\r\n`), png, Buffer.from(`\r\n--${edge}--\r\n`)])
      return caller.call('POST', `/api/service-requests/${id}/attachments`, body, { 'content-type': `multipart/form-data; boundary=${edge}` })
    },
  }
}
