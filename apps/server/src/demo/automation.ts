import { saveRule, type RuleInput } from '@quancheng/automation'
import type { Ctx } from '@quancheng/kernel'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

/** Rules that a repair company would keep; the last waits for somebody to switch it on. */
const RULES: readonly RuleInput[] = [
  {
    name: '新登记的企业客户一天内回访', entity: 'customer', event: 'created', tests: [{ field: 'kind', op: 'eq', value: 'company' }],
    actions: [{ do: 'todo', to: { by: 'role', role: 'stationManager' }, title: '回访新企业客户 {名称}', details: '问清设备数量、现在谁在维保、要不要年度合同。', minutes: 450 }], note: '企业客户第一周没有人联系，就再也联系不上了',
  },
  {
    name: '报价过千提醒站长', entity: 'serviceRequest', event: 'changed', fields: ['quotedAmount'], tests: [{ field: 'quotedAmount', op: 'ge', value: 1000 }], condition: '原值.报价金额 = null or 原值.报价金额 < 1000',
    actions: [{ do: 'notice', to: { by: 'role', role: 'stationManager' }, text: '{请求号} 报价 {报价金额} 元，请留意客户答复' }], note: '大额报价容易拒修',
  },
  {
    name: '进液的机器先说清风险', entity: 'serviceRequest', event: 'changed', fields: ['faultCode'], tests: [{ field: 'faultCode', op: 'became', value: 'liquid' }],
    actions: [{ do: 'todo', to: { by: 'role', role: 'receptionist' }, title: '向客户说明进液风险：{请求号}', details: '说清可能无法修复、数据可能丢失，请客户确认。', minutes: 60 }],
  },
  {
    name: '环节超时也告诉大区', entity: 'alarm', event: 'created', tests: [{ field: 'kind', op: 'eq', value: 'late' }], off: true,
    actions: [{ do: 'notice', to: { by: 'role', role: 'regionManager' }, text: '超时：{事项}' }], note: '旺季再启用',
  },
]

/** The rules come last: nothing that was invented before sets them off. */
export async function storeAutomation(ctx: Ctx, world: DemoWorld): Promise<void> {
  const author = world.people.find(person => person.post === 'hq') ?? null
  for (const [i, rule] of RULES.entries()) await saveRule(actingAs(ctx, author, new Date(world.today.getTime() - (40 - i * 9) * DAY_MS + 10 * 3_600_000)), rule)
}
