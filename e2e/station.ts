import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { api, type Visit } from './harness.ts'

/*
 * What a journey needs before it begins: a request that has come as far as a later stage, by the same API as the pages, each post doing
 * its own stage.
 */
export interface Station { desk: Page; inspector: Page }
export interface Begun { id: string; number: string; taskId: string }
interface Ticks { items: Array<{ id: string }>; script: Array<{ id: string }>; moves: Array<{ outcome: string; label: string }> }
interface Done { next: Array<{ id: string }> }

/** 李接 and 王检 at browsers that show nothing. */
export const staffOf = async (visit: Visit): Promise<Station> => ({ desk: await visit.as('lijie'), inspector: await visit.as('wangjian') })

/** Somebody at the counter with a notebook: the request is in 接待. */
export async function received(desk: Page, o: { serialNo: string; fault: string; name?: string; phone?: string }): Promise<Begun> {
  const { items: [line] } = await api<{ items: Array<{ id: string }> }>(desk, 'GET', `/product-lines?filter=${encodeURIComponent('{"name":"笔记本"}')}`)
  const { request, taskId } = await api<{ request: { id: string, number: string }, taskId: string }>(desk, 'POST', '/service/desk/register', {
    customer: { name: o.name ?? '何小满', phone: o.phone ?? '13700001111' }, device: { productLineId: line!.id, model: '笔记本 X1', serialNo: o.serialNo }, request: { faultDescription: o.fault },
  })
  return { id: request.id, number: request.number, taskId }
}

/** Ticks everything and goes the way that is called so; the next task. */
export async function finish(page: Page, taskId: string, way: string, fields: Record<string, unknown> = {}): Promise<string | undefined> {
  const task = await api<Ticks>(page, 'GET', `/tasks/${taskId}`)
  const move = task.moves.find(each => each.label === way)
  assert.ok(move, `there is no ${way}, only ${task.moves.map(each => each.label).join('、')}`)
  return (await api<Done>(page, 'POST', `/tasks/${taskId}/complete`, { outcome: move.outcome, ticked: [...task.items, ...task.script].map(each => each.id), fields })).next[0]?.id
}

/** A request that waits in the pool of 检验. */
export async function toInspect(at: Station, o: Parameters<typeof received>[1]): Promise<Begun> {
  const begun = await received(at.desk, o)
  return { ...begun, taskId: (await finish(at.desk, begun.taskId, '送检'))! }
}

/** A request that waits in the pool of 维修; free of charge, so that nobody has to agree. */
export async function toRepair(at: Station, o: Parameters<typeof received>[1] & { faultCode?: string, found?: string }): Promise<Begun> {
  const begun = await toInspect(at, o)
  await api(at.inspector, 'POST', `/tasks/${begun.taskId}/claim`)
  return { ...begun, taskId: (await finish(at.inspector, begun.taskId, '免费维修（在保）', { faultCode: o.faultCode ?? 'board', inspectionResult: o.found ?? '主板供电短路' }))! }
}
