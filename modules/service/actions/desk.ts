import { create, defineAction, fail, list, read, requireInUnit, searchAll, update, type Ctx } from '@quancheng/kernel'
import { claim, completeStep, save } from '@quancheng/process'
import { z } from 'zod'
import { prefilled } from '../rules/desk-form.ts'
import { markProven } from '../store/phone-proof.ts'
import { openRequest } from './open-request.ts'

/**
 * One box at the counter: phone, serial number, request number, name or pinyin. Customers come with their devices, devices with their
 * customer, requests newest first; all within what the clerk may see.
 */
export const deskSearch = defineAction({
  name: 'deskSearch', label: ['前台查找', 'Front desk search'], method: 'GET', path: '/api/service/desk', permission: 'serviceRequest:read', readOnly: true,
  input: z.object({ q: z.string().max(200).default('') }),
  async run(ctx, { q }) {
    if (!q.trim()) return { customers: [], devices: [], requests: [] }
    // the index first, the rows of what it found then: a list that looks every row up in the index is slow where a field is hidden from the caller
    const hits = await searchAll(ctx, q, { entities: ['customer', 'device', 'serviceRequest'], limit: 10 })
    const find = async (name: string, limit: number) => {
      const ids = hits.filter(h => h.entity === name).slice(0, limit).map(h => h.id)
      const rows = ids.length ? (await list(ctx, ctx.entities.get(name), { filter: { id: { in: ids } }, limit })).items : []
      return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    }
    const [customers, devices, requests] = await Promise.all([find('customer', 8), find('device', 8), find('serviceRequest', 10)])
    const owned = customers.length && ctx.access.grants.has('device:read') ? (await list(ctx, ctx.entities.get('device'), { filter: { customerId: { in: customers.map(c => c.id) } }, limit: 100 })).items : []
    return { customers: customers.map(c => ({ ...c, devices: owned.filter(d => d.customerId === c.id) })), devices, requests }
  },
})

/** A device that was here before: the desk's form with all that is known of it and its owner, and when it was here (SP-27). */
export const deskPrefill = defineAction({
  name: 'deskPrefill', label: ['前台预填', 'Front desk prefill'], method: 'GET', path: '/api/service/desk/prefill', permission: 'device:read', readOnly: true,
  input: z.object({ serialNo: z.string().trim().min(1).max(40).optional(), deviceId: z.uuid().optional() }).refine(q => q.serialNo || q.deviceId, { message: '请给出序列号或设备' }),
  async run(ctx, q) {
    const find = async (name: string, filter: Record<string, unknown>, limit = 1) => (ctx.access.grants.has(`${name}:read`) ? (await list(ctx, ctx.entities.get(name), { filter, limit })).items : [])
    const [device] = await find('device', q.deviceId ? { id: q.deviceId } : { serialNo: q.serialNo })
    if (!device) return fail('NOT_FOUND', { serialNo: q.serialNo ?? null })
    const [customer] = await find('customer', { id: device.customerId })
    const visits = await find('serviceRequest', { deviceId: device.id }, 5)
    const open = visits.find(v => !v.endedAt)
    return { customer: customer ?? null, device, ...prefilled({ customer: customer ?? null, device }), visits, openRequestId: open?.id ?? null }
  },
})

const DRAFT = z.record(z.string(), z.unknown())
const REGISTER = z.object({
  unitId: z.uuid().optional(), customer: DRAFT, device: DRAFT.optional(),
  request: z.object({ id: z.uuid().optional(), productLineId: z.uuid().optional(), faultDescription: z.string().optional(), appearance: z.string().optional(), accessories: z.string().optional(), phone: z.string().optional() }).loose(),
})

const known = (d: Record<string, unknown> | undefined): string | null => (typeof d?.id === 'string' ? d.id : null)

async function upsert(ctx: Ctx, entity: string, draft: Record<string, unknown>): Promise<string> {
  const { id, ...values } = draft
  if (typeof id !== 'string') return (await create(ctx, ctx.entities.get(entity), values)).id
  if (Object.keys(values).length) await update(ctx, ctx.entities.get(entity), id, values)
  else await read(ctx, ctx.entities.get(entity), id, ['id'])
  return id
}

/**
 * Registers what stands on the counter in one act: the customer and the device (found or new), the request (the number already taken at
 * the door, or a new one), and the reception begun by the clerk. What is known of a device comes filled (SP-27).
 */
export const register = defineAction({
  name: 'deskRegister', label: ['前台登记', 'Register at the desk'], method: 'POST', path: '/api/service/desk/register', permission: 'serviceRequest:takeNumber', status: 201, input: REGISTER,
  async run(ctx, input) {
    const customerId = await upsert(ctx, 'customer', input.customer)
    await markProven(ctx, customerId)
    const deviceId = input.device ? await upsert(ctx, 'device', known(input.device) ? input.device : { customerId, ...input.device }) : null
    const { id, productLineId, ...rest } = input.request
    const lineId = productLineId ?? (deviceId ? await lineOfDevice(ctx, deviceId) : undefined)
    const requestId = id ?? (await open(ctx, input.unitId, lineId))
    const stepId = await beginReception(ctx, requestId)
    const [device] = deviceId ? await ctx.query<{ serial_no: string | null }>('select serial_no from device where tenant_id = $1 and id = $2', [ctx.tenant.id, deviceId]) : []
    await save(ctx, stepId, { customerId, ...(deviceId ? { deviceId, serialNo: device?.serial_no ?? null } : {}), ...(rest.faultDescription ? { faultDescription: rest.faultDescription } : {}) })
    const taken = id && lineId ? await sameProcess(ctx, requestId, lineId) : false
    const more = Object.fromEntries(Object.entries({ ...rest, ...(taken ? { productLineId: lineId } : {}) }).filter(([k, v]) => k !== 'faultDescription' && v !== undefined && v !== ''))
    if (more.faultCategoryId && id && lineId && !taken && !(await isLine(ctx, requestId, lineId))) delete more.faultCategoryId
    if (Object.keys(more).length) await update(ctx, ctx.entities.get('serviceRequest'), requestId, more)
    return { request: await read(ctx, ctx.entities.get('serviceRequest'), requestId), taskId: stepId }
  },
})

async function open(ctx: Ctx, unitId: string | undefined, productLineId: string | undefined): Promise<string> {
  const unit = unitId ?? ctx.user?.unitId ?? fail('BAD_REQUEST', { reason: '缺少服务站' })
  await requireInUnit(ctx, 'serviceRequest:takeNumber', unit)
  return (await openRequest(ctx, { unitId: unit, productLineId, source: 'desk' })).id
}

const lineOfDevice = async (ctx: Ctx, deviceId: string): Promise<string | undefined> =>
  (await ctx.query<{ line: string }>('select product_line_id as line from device where tenant_id = $1 and id = $2', [ctx.tenant.id, deviceId]))[0]?.line

/** The counter chose the fault from its own line's list: a request that stays with another line has no such fault. */
const isLine = async (ctx: Ctx, requestId: string, lineId: string): Promise<boolean> => (await ctx.query('select 1 from service_request where tenant_id = $1 and id = $2 and product_line_id = $3', [ctx.tenant.id, requestId, lineId])).length > 0

/** A number taken at the door knows no product line, or another one: the device's counts where it goes the same way. */
async function sameProcess(ctx: Ctx, requestId: string, lineId: string): Promise<boolean> {
  const rows = await ctx.query(
    `select 1 from service_request t join product_line was on was.tenant_id = t.tenant_id and was.id = t.product_line_id join product_line now on now.tenant_id = t.tenant_id and now.id = $3
     where t.tenant_id = $1 and t.id = $2 and was.id <> now.id and was.process_key = now.process_key`, [ctx.tenant.id, requestId, lineId])
  return rows.length > 0
}

/** From 待接待 into the clerk's own 接待; the step to fill in is returned. */
async function beginReception(ctx: Ctx, requestId: string): Promise<string> {
  const step = async () => (await ctx.query<{ id: string; node_id: string; state: string; assignee_id: string | null }>(
    `select s.id, s.node_id, s.state, s.assignee_id from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
     where s.tenant_id = $1 and i.record_id = $2 and i.entity = 'serviceRequest' and i.started_by is null and s.state in ('waiting','active','paused') order by s.seq limit 1`, [ctx.tenant.id, requestId]))[0]
  let now = await step()
  if (!now) return fail('REQUEST_ENDED')
  if (now.node_id === 'waiting') {
    await completeStep(ctx, now.id, { outcome: 'begin' })
    now = (await step())!
  }
  if (now.state === 'waiting') await claim(ctx, now.id)
  return now.id
}
