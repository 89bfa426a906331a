import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { testApp } from '@quancheng/kernel/testing'
import { bpmn, event, flows, model, on, tag } from '../engine/testing.ts'
import { processModule } from '../store/module.ts'
import { storeHarness } from '../testing/index.ts'
import { harness, playOut } from './index.ts'
import type { Harness } from './index.ts'

const FRAME = tag('startEvent', 'start') + tag('endEvent', 'end')
const ORDER = bpmn(FRAME + tag('userTask', 'approve', 'qc:role="boss"') + '<bpmn:serviceTask id="ship" qc:handler="ship"><bpmn:extensionElements><qc:input name="order" value="order"/></bpmn:extensionElements></bpmn:serviceTask>'
  + '<bpmn:receiveTask id="paid" messageRef="m" qc:correlationKey="order"/>' + event('intermediateCatchEvent', 'later', '', on.timer('P3D')) + flows('start -> approve\napprove -> ship\nship -> paid\npaid -> later\nlater -> end'), undefined, '<bpmn:message id="m" name="Paid"/>')

const MANUAL = ORDER.replace('qc:handler="ship"', 'qc:handler="nobody"')

const app = await testApp({ modules: [processModule], clock: '2026-01-01T00:00:00Z', worker: true })
const options = { handlers: { ship: (input: Record<string, unknown>) => ({ parcel: `P-${String(input['order'])}` }) } }

/** The lines of the first example with what they answer: `code // answer`. */
async function lines(): Promise<{ code: string; answer: string }[]> {
  const readme = await readFile(new URL('README.md', import.meta.url), 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!
  return example.split('\n').filter(l => l.startsWith('h.')).map(l => { const [code, answer] = l.split(' // '); return { code: code!.trim(), answer: answer?.trim() ?? '' } })
}

test('HA-01 the example of the harness’s README answers what the README says, in memory and on the database', async () => {
  for (const h of [await harness(ORDER, options), await storeHarness(app, ORDER, options)] as Harness[]) {
    const said = await lines()
    assert.equal(said.filter(l => l.answer).length, 5)
    for (const { code, answer } of said) {
      // tasks() is asked and mapped in one line; on the store it answers later
      const text = code.replace(/^h\.tasks\(\)\.map/, '(await h.tasks()).map')
      // the README's own lines are what is run
      // eslint-disable-next-line typescript/no-implied-eval
      const got: unknown = await (new Function('h', `return (async () => ${text.startsWith('(await') ? text : `await ${text}`})()`) as (h: Harness) => Promise<unknown>)(h)
      // eslint-disable-next-line typescript/no-implied-eval
      const expected: unknown = answer ? (new Function(`return (${answer})`) as () => unknown)() : got
      assert.deepEqual(got, expected, code)
    }
  }
})

test('HA-02 a model plays itself out: tasks with their first answer, then messages and signals that are awaited, then the clock', async () => {
  for (const make of [() => harness(MANUAL), () => storeHarness(app, MANUAL)] as (() => Promise<Harness>)[]) {
    const h = await make()
    await h.start({ order: 7 })
    const played = await playOut(h)
    assert.deepEqual([played.state, played.waiting, played.refused], ['completed', [], []])
    assert.deepEqual(played.acts.map(a => a.split(' ')[0]), ['complete', 'complete', 'complete', 'clock'])
  }
  const stuck = await harness(bpmn(FRAME + tag('exclusiveGateway', 'x') + tag('userTask', 'a b', 'qc:role="r"') + flows('start -> a\na -> x\nx -> b [go = 1]\nb -> end')))
  stuck.start()
  const { refused, waiting } = await playOut(stuck)
  assert.deepEqual([refused.map(r => [r.act, r.code]), waiting], [[['complete a', 'NO_PATH']], ['a']])
  stuck.start()
  assert.deepEqual((await playOut(stuck, { answer: t => (t.instanceId === 'i2' ? { variables: { go: 1 } } : null) })).acts, ['complete a', 'complete b'])
})

test('HA-03 several processes in one file, pools with message flows between them, and drawings that are marked as not executable', async () => {
  const pool = (id: string, inner: string, executable: boolean) => `</bpmn:process><bpmn:process id="${id}" isExecutable="${executable}">${inner}`
  const shop = (executable: boolean) => model('<bpmn:startEvent id="s"/><bpmn:endEvent id="e"><bpmn:messageEventDefinition messageRef="m1"/></bpmn:endEvent>' + tag('userTask', 'sell', 'qc:role="r"') + flows('s -> sell\nsell -> e')
    + pool('stock', event('startEvent', 's2', '', on.message('m1')) + tag('endEvent', 'e2') + tag('userTask', 'fetch', 'qc:role="r"') + flows('s2 -> fetch\nfetch -> e2', 'q'), executable), 'id="shop" isExecutable="true"',
    '<bpmn:collaboration id="c"><bpmn:participant id="p1" processRef="shop"/><bpmn:participant id="p2" processRef="stock"/><bpmn:messageFlow id="mf" sourceRef="e" targetRef="s2"/></bpmn:collaboration>')
  for (const [xml, more] of [[shop(true), {}], [shop(false), { everyProcess: true }]] as const) {
    for (const make of [() => harness(xml, more), () => storeHarness(app, xml, more)] as (() => Promise<Harness>)[]) {
      const h = await make()
      await h.start()
      await playOut(h)
      assert.deepEqual((await h.instances()).map(i => `${i.processId} ${i.state}`).toSorted(), ['shop completed', 'stock completed'])
      assert.deepEqual(await h.executed(), ['s', 'sell', 'e', 's2', 'fetch', 'e2'])
    }
  }
  const alone = await harness(shop(false))
  alone.start()
  assert.deepEqual([(await playOut(alone)).executed, alone.sent().map(t => t.name)], [['s', 'sell', 'e'], ['M1']])
})
