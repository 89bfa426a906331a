import assert from 'node:assert/strict'
import automation from '@quancheng/automation'
import { storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { register, station, type Station } from '@quancheng/service/testing'
import notices, { atWork } from '../index.ts'

export interface NoticeRecord { id: string; state: string; channel: string; to_shown: string; attempts: number; error: string | null; due_at: Date; sent_at: Date | null; text: string; subject: string | null; request_id: string }

export interface World extends Station {
  /** what is due now has been done, and what left has come back */
  settled(): Promise<void>
  channel(values: Record<string, unknown>): Promise<string>
  rows(where?: string): Promise<NoticeRecord[]>
  /** 张三 with a mail address, and a request of his in 接待 */
  request(): Promise<{ id: string; number: string; customerId: string }>
  chooses(customerId: string, values: Record<string, unknown>): Promise<void>
}

/** The station of the spec with notices switched on; Monday 2026-11-23, 09:02:10. `address` null: nobody has said where customers find it. */
export async function world(o: { address?: string | null } = {}): Promise<World> {
  const s = await station({ worker: true, modules: [automation, notices] })
  const [setting] = (await s.admin.get('/api/notice-settings')).body.items
  if (o.address !== null) assert.equal((await s.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: o.address ?? 'https://fw.example.com' })).status, 200)
  const settled = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) { await s.app.worker!.idle(); await atWork(s.app.runtime).idle() }
  }
  return {
    ...s, settled,
    async channel(values) {
      const r = await s.admin.post('/api/notices/channels', { name: String(values.kind), ...values })
      assert.equal(r.status, 200, JSON.stringify(r.body))
      return r.body.id
    },
    rows: async (where = 'true') => (await s.app.owner.query(`select * from customer_notice where ${where} order by created_at, id`)).rows,
    async request() {
      const r = await register(s)
      const { customerId } = (await s.zhouzhan.get(`/api/service-requests/${r.id}`)).body
      await s.app.owner.query("update customer set mail = 'zhangsan@example.com' where id = $1", [customerId])
      return { id: r.id, number: r.number, customerId }
    },
    chooses: (customerId, values) => s.app.system(async (ctx: Ctx) => {
      const entity = ctx.entities.get('noticeChoice')
      const [row] = await ctx.query<{ id: string }>('select id from notice_choice where tenant_id = $1 and customer_id = $2', [ctx.tenant.id, customerId])
      if (row) await storeChange(ctx, entity, row.id, values)
      else await storeNew(ctx, entity, { customerId, ...values })
    }),
  }
}
