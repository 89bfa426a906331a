import { readFileSync } from 'node:fs'
import { defineModule, known, type Ctx } from '@quancheng/kernel'
import { deploy, STANDARD_SERVICE, type StandardResolver } from '@quancheng/process'
import './rules/errors.ts'
import { board } from './actions/board.ts'
import { contact } from './actions/contact.ts'
import { deskPrefill, deskSearch, register } from './actions/desk.ts'
import { bulkMove, move } from './actions/move.ts'
import { rollup } from './actions/rollup.ts'
import { kiosk, kioskTake, takeNumber } from './actions/take-number.ts'
import { trackByCode, trackByToken } from './actions/track.ts'
import { ContactAttempt } from './entities/contact-attempt.ts'
import { ServiceRequest } from './entities/service-request.ts'
import { TimeStandard } from './entities/time-standard.ts'
import { chooseStandard, type StandardRow } from './rules/standard.ts'

const file = (name: string): string => readFileSync(new URL(`./processes/${name}`, import.meta.url), 'utf8')

/** The processes that a new tenant starts with; the key is what a product line names. */
const PROCESSES = { repair: 'repair.bpmn', 'parts-sale': 'parts-sale.bpmn' } as const

/** The tenant's own standards over the model's; the model's pause reasons and reminders stay. */
const resolveStandard: StandardResolver = async (ctx, { key, node, record }) => {
  const rows = await known(ctx, `time-standards/${key}/${node.id}`, () => ctx.query<StandardRow>(
    'select product_line_id as "productLineId", tier, minutes, clock, warn_percent as "warnPercent" from time_standard where tenant_id = $1 and process_key = $2 and node_id = $3', [ctx.tenant.id, key, node.id]))
  if (!rows.length) return null
  const [customer] = rows.some(r => r.tier) && record.customerId ? await ctx.query<{ tier: string | null }>('select tier from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, record.customerId]) : []
  const row = chooseStandard(rows, { productLineId: (record.productLineId as string | null) ?? null, tier: customer?.tier ?? null })
  return row ? { pauseReasons: node.task.standard?.pauseReasons ?? [], remindMinutes: node.task.standard?.remindMinutes ?? [], minutes: row.minutes, clock: row.clock, warnPercent: row.warnPercent } : null
}

/** Service at stations: from the number at the door to pick-up. */
export const service = defineModule({
  name: 'service',
  label: ['服务', 'Service'],
  entities: [ServiceRequest, ContactAttempt, TimeStandard],
  actions: [takeNumber, kiosk, kioskTake, move, bulkMove, contact, deskSearch, deskPrefill, register, board, rollup, trackByToken, trackByCode],
  permissions: [{ code: 'serviceRequest:reassign', label: ['转派任务', 'Re-assign'] }, { code: 'serviceRequest:startProcess', label: ['发起流程', 'Start a process'] }],
  start: runtime => { runtime.services.set(STANDARD_SERVICE, resolveStandard) },
  setup: async (ctx: Ctx) => { for (const [key, name] of Object.entries(PROCESSES)) await deploy(ctx, key, file(name)) },
})
export default service

export { ContactAttempt, ServiceRequest, TimeStandard }
export { openRequest } from './actions/open-request.ts'
