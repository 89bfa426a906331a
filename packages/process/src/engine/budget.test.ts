import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harness } from '../harness/index.ts'
import { event, flows, model, on, script, tag } from './testing.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const SUB = (id: string, attributes: string, inner: string) => event('subProcess', id, attributes, inner)

test('no model can hang the server: whatever goes round without end is refused', async () => {
  const endless: [string, string][] = [
    ['a loop whose condition always holds', FRAME + event('task', 'a', '', '<bpmn:standardLoopCharacteristics><bpmn:loopCondition xsi:type="bpmn:tFormalExpression">true</bpmn:loopCondition></bpmn:standardLoopCharacteristics>') + flows('s -> a\na -> e')],
    ['a signal that calls itself up', tag('startEvent', 's') + event('endEvent', 'e', '', on.signal('g1')) + SUB('h', 'triggeredByEvent="true"', event('startEvent', 'hs', 'isInterrupting="false"', on.signal('g1')) + event('endEvent', 'he', '', on.signal('g1')) + flows('hs -> he', 'h')) + flows('s -> e')],
    ['a condition that makes itself true again', FRAME + script('a', '{ n: 1 }') + tag('userTask', 't', 'qc:role="r"') + SUB('h', 'triggeredByEvent="true"', event('startEvent', 'hs', 'isInterrupting="false"', on.condition('modulo(n, 2) = 1')) + script('up', '{ n: n + 1 }') + script('on', '{ n: n + 1 }') + tag('endEvent', 'he') + flows('hs -> up\nup -> on\non -> he', 'h')) + flows('s -> a\na -> t\nt -> e')],
    ['multi-instances within multi-instances', FRAME + SUB('x', '', multi + tag('startEvent', 'xs') + SUB('y', '', multi + tag('startEvent', 'ys') + tag('task', 'z') + tag('endEvent', 'ye') + flows('ys -> z\nz -> ye', 'y')) + tag('endEvent', 'xe') + flows('xs -> y\ny -> xe', 'x')) + flows('s -> x\nx -> e')],
    ['a split that floods an inclusive join', FRAME + tag('exclusiveGateway', 'm') + tag('parallelGateway', 'fork') + tag('inclusiveGateway', 'join') + flows('s -> m\nm -> fork\nfork -> m\nfork -> join\nfork -> join\njoin -> e')],
  ]
  for (const [what, elements] of endless) {
    const h = await harness(model(elements))
    assert.throws(() => h.start(), (error: { code?: string }) => error.code === 'INSTANCE_LOOP' || error.code === 'SCOPE_DEPTH', what)
  }
})

const multi = '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">500</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>'

test('a thousand rounds at once are no trouble', async () => {
  const h = await harness(model(FRAME + event('userTask', 'a', 'qc:role="r"', multi.replace('500', '1000')) + flows('s -> a\na -> e')))
  h.start()
  const tasks = h.tasks()
  assert.equal(tasks.length, 1_000)
  h.complete(tasks[500]!.id)
  assert.equal(h.tasks().length, 999)
})
