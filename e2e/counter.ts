import type { Page } from 'playwright-core'
import { api, type Visit } from './harness.ts'

/*
 * What the station does behind a journey that is about somebody else: by the same routes as its pages, in as few words as possible.
 */
interface Step { id: string, nodeId: string, state: string, assigneeId: string | null }
interface Task { items: Item[], script: Item[] }
interface Item { id: string, required: boolean }
export interface Taken { id: string, number: string, code: string, trackUrl: string }

/** The stage that a request is in now. */
export async function openStep(page: Page, id: string): Promise<Step> {
  const { steps } = await api<{ steps: Step[] }>(page, 'GET', `/cases/serviceRequest/${id}`)
  const step = steps.find(each => ['waiting', 'active', 'paused'].includes(each.state))
  if (!step) throw new Error('the request is closed')
  return step
}

/** Takes over the stage if nobody has it, ticks what must be ticked and finishes it with this outcome. */
export async function finish(page: Page, id: string, outcome: string, fields: Record<string, unknown> = {}): Promise<void> {
  const step = await openStep(page, id)
  if (step.assigneeId === null) await api(page, 'POST', `/tasks/${step.id}/claim`)
  const task = await api<Task>(page, 'GET', `/tasks/${step.id}`)
  await api(page, 'POST', `/tasks/${step.id}/complete`, { outcome, fields, ticked: [...task.items, ...task.script].filter(each => each.required).map(each => each.id) })
}

/** A notebook and its owner are written down at the front desk; the request stands at 接待 then. */
export async function receive(clerk: Page, id: string, who: { name: string, phone: string, serialNo: string, fault: string }): Promise<void> {
  const { items } = await api<{ items: Array<{ id: string, name: string }> }>(clerk, 'GET', '/product-lines')
  const line = items.find(each => each.name === '笔记本')!.id
  const known = await api<{ items: Array<{ id: string, customerId: string }> }>(clerk, 'GET', `/devices?filter=${encodeURIComponent(JSON.stringify({ serialNo: who.serialNo }))}`)
  const device = known.items[0]
  await api(clerk, 'POST', '/service/desk/register', {
    customer: device ? { id: device.customerId } : { name: who.name, phone: who.phone, kind: 'person' }, device: device ? { id: device.id } : { productLineId: line, model: 'X1', serialNo: who.serialNo }, request: { id, faultDescription: who.fault },
  })
}

/** The demo opens with who has come this morning, on a working day: a colleague sees to them, so that a journey's own guest is the next in line. */
export async function nobodyWaits(visit: Visit): Promise<void> {
  const colleague = await visit.as('shenyutong')
  const { items } = await api<{ items: Array<{ id: string }> }>(colleague, 'GET', `/service-requests?filter=${encodeURIComponent('{"stage":"waiting"}')}&limit=50`)
  for (const [i, { id }] of items.entries()) await receive(colleague, id, { name: `早到的客户${i}`, phone: `1390000${1000 + i}`, serialNo: `ZD${1000 + i}`, fault: '开不了机' })
}
