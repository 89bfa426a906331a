import { defineModule } from '@quancheng/kernel'
import { registerOrderLines } from '@quancheng/paper'
import { addDemands } from '@quancheng/process'
import { onStage, registerCost } from '@quancheng/service'
import { sql } from 'kysely'
import './rules/errors.ts'
import { lineActions } from './actions/lines.ts'
import { adjust, ledger, receive, stock } from './actions/stock.ts'
import * as entities from './entities/index.ts'
import { counts } from './rules/lines.ts'
import { atStage, goOn, linesOf, partDemands } from './store/lines.ts'
import { JOB_RESUME } from './store/stock.ts'

/** 配件: what each station has, what a request was quoted with, and every piece from the shelf into a device or back (SP-31). */
export const parts = defineModule({
  name: 'parts',
  label: ['配件', 'Parts'],
  entities: Object.values(entities),
  actions: [stock, receive, adjust, ledger, ...lineActions],
  permissions: [
    { code: 'part:receive', label: ['入库', 'Receive'], scoped: true }, { code: 'part:adjust', label: ['盘点调整', 'Adjust'], scoped: true },
    { code: 'partLine:create', label: ['写报价明细', 'Write quote lines'] }, { code: 'partLine:use', label: ['用上、取消、退回配件', 'Use, release, return'] },
  ],
  jobs: { [JOB_RESUME]: (ctx, p) => goOn(ctx, String(p.requestId)) },
  start: runtime => {
    addDemands(runtime, partDemands)
    onStage(runtime, atStage)
    // what went into the device is part of what the request cost
    registerCost(runtime, { kind: 'parts', label: ['配件', 'Parts'], rows: ctx => sql`select request_id, amount from part_line where tenant_id = ${ctx.tenant.id} and kind = 'part' and state = 'used'` })
    // the repair order charges for what stands on the request
    registerOrderLines(runtime, 'serviceRequest', async (ctx, id) => (await linesOf(ctx, id)).lines.filter(counts).map(l => ({ name: l.name, qty: String(l.quantity), ...(l.measure ? { unit: l.measure } : {}), unitPrice: l.unitPrice, amount: l.amount })))
  },
})
export default parts

export { receive } from './actions/stock.ts'
export * from './entities/index.ts'
export { linesOf, type Line } from './store/lines.ts'
