import assert from 'node:assert/strict'
import type { TestApp } from '@quancheng/kernel/testing'
import { harness, type Harness, type HarnessOptions } from '../harness/index.ts'
import { storeHarness } from './store-harness.ts'

/** Everything that can be seen of the cases, but for ids. */
export async function picture(h: Harness) {
  return {
    waiting: await h.waiting(), executed: await h.executed(), cancelled: await h.executed('cancelled'), variables: await h.variables(), state: h.state,
    instances: (await h.instances()).map(i => `${i.processId} ${i.state}`).toSorted(), incidents: (await h.incidents()).map(i => `${i.kind} ${i.nodeId} ${i.code ?? ''}`).toSorted(),
    subscriptions: (await h.subscriptions()).map(w => `${w.on} ${w.nodeId} ${w.name ?? ''} ${w.key ?? ''}`).toSorted(), timers: (await h.timers()).map(t => `${t.nodeId} ${t.due.toISOString()}`).toSorted(),
    tasks: (await h.tasks()).map(t => ({ nodeId: t.nodeId, kind: t.kind, local: t.local, input: t.input, handler: t.handler, people: t.people })),
    sent: (await h.sent()).map(t => `${t.kind} ${t.name} ${t.key ?? ''} ${JSON.stringify(t.variables)}`),
  }
}
export type Picture = Awaited<ReturnType<typeof picture>>
export type Act = (h: Harness, other: Harness) => unknown

/** Runs the acts in memory and on the store, and compares after each; answers the last picture. An act that is refused must be refused by both. */
export async function sameOnBoth(app: TestApp, xml: string | readonly string[], acts: readonly Act[], options: HarnessOptions = {}): Promise<Picture> {
  const memory = await harness(xml, options), stored = await storeHarness(app, xml, options)
  let shown = await picture(memory)
  for (const [i, act] of acts.entries()) {
    const refused = await Promise.resolve().then(() => act(memory, memory)).then(() => false, () => true)
    if (refused) await assert.rejects(async () => { await act(stored, memory) }, `act ${i + 1} is refused in memory`)
    else await act(stored, memory)
    shown = await picture(memory)
    assert.deepEqual(await picture(stored), shown, `after act ${i + 1}`)
  }
  return shown
}
