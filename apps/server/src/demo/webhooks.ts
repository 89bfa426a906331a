import type { Ctx } from '@quancheng/kernel'
import { saveWebhook } from '@quancheng/webhooks'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

/** One that shows what can be told to another system; switched off, and its address is nobody's. */
export async function storeWebhooks(ctx: Ctx, world: DemoWorld): Promise<void> {
  const author = world.people.find(person => person.post === 'hq')
  if (!author) return
  await saveWebhook(actingAs(ctx, author, new Date(world.today.getTime() - 9 * DAY_MS + 10 * 3_600_000)), {
    name: 'ERP（示例）', url: 'https://erp.example.com/quancheng', asUserId: author.userId, off: true, note: '例子：换成贵公司的地址，发一条测试，再启用',
    subjects: [
      { entity: 'serviceRequest', events: ['created', 'changed'], fields: ['stage'], processes: [], tests: [], condition: null },
      { entity: 'processCase', events: ['case.ended'], fields: [], processes: [], tests: [], condition: null },
      { entity: 'alarm', events: ['raised', 'closed'], fields: [], processes: [], tests: [{ field: 'kind', op: 'eq', value: 'late' }], condition: null },
    ],
  })
}
