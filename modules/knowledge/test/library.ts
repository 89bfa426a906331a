import assert from 'node:assert/strict'
import { create, storeChange } from '@quancheng/kernel'
import type { Caller } from '@quancheng/kernel/testing'
import automation from '@quancheng/automation'
import notices, { atWork } from '@quancheng/notices'
import parts from '@quancheng/parts'
import { register, station, type Station } from '@quancheng/service/testing'
import knowledge from '../index.ts'

export interface Library extends Station {
  write(who: Caller, values: Record<string, unknown>): Promise<string>
  /** 赵修 writes, 周站 approves */
  published(values: Record<string, unknown>): Promise<string>
  request(fault: string): Promise<{ id: string; number: string }>
  titles(who: Caller, q: string): Promise<string[]>
  settled(): Promise<void>
}

/** The station of the spec with a library; Monday 2026-11-23, 09:02:10. */
export async function library(): Promise<Library> {
  const s = await station({ worker: true, modules: [automation, parts, notices, knowledge] })
  const write: Library['write'] = async (who, values) => {
    const r = await who.post('/api/knowledge/articles', { body: '先断电再检查。', ...values })
    assert.equal(r.status, 201, JSON.stringify(r.body))
    return r.body.id
  }
  return {
    ...s, write,
    async published(values) {
      const id = await write(s.zhaoxiu, values)
      for (const [who, act] of [[s.zhaoxiu, 'submit'], [s.zhouzhan, 'publish']] as const) { const r = await who.post(`/api/knowledge/articles/${id}/${act}`); assert.equal(r.status, 200, JSON.stringify(r.body)) }
      return id
    },
    async request(fault) {
      const r = await register(s)
      await s.app.system(ctx => storeChange(ctx, ctx.entities.get('serviceRequest'), r.id, { faultDescription: fault }))
      return { id: r.id, number: r.number }
    },
    titles: async (who, q) => { const r = await who.get(`/api/knowledge/search?q=${encodeURIComponent(q)}`); assert.equal(r.status, 200, JSON.stringify(r.body)); return r.body.items.map((i: { title: Array<{ text: string }> }) => i.title.map(p => p.text).join('')) },
    async settled() { for (let i = 0; i < 3; i++) { await s.app.worker!.idle(); await atWork(s.app.runtime).idle() } },
  }
}

export const synonym = (s: Station, words: string): Promise<unknown> => s.app.system(ctx => create(ctx, ctx.entities.get('synonym'), { words }))
