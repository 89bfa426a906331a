import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bpmn, flows, model, on, tag, event } from './testing.ts'
import { checkProcess } from '../model/index.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')

test('every test that the conformance table names is there', () => {
  const table = readFileSync(new URL('../../../../docs/bpmn.md', import.meta.url), 'utf8')
  const source = new URL('..', import.meta.url)
  const tests = globSync('{model,engine,harness}/**/*.test.ts', { cwd: source }).map((file) => readFileSync(new URL(file, source), 'utf8')).join('\n')
  const named = table.split('\n').filter((line) => line.startsWith('| ')).flatMap((line) => /\| `([^`]+)` \|$/.exec(line)?.[1] ?? [])
  assert.ok(named.length > 60)
  for (const name of named) assert.ok(tests.includes(`test('${name}'`), name)
})

test('a transformation of data is refused', async () => {
  const io = '<bpmn:dataInputAssociation id="d"><bpmn:targetRef>x</bpmn:targetRef><bpmn:transformation xsi:type="bpmn:tFormalExpression">upper</bpmn:transformation></bpmn:dataInputAssociation>'
  const { problems } = await checkProcess(bpmn(FRAME + event('userTask', 't', 'qc:role="r"', io) + flows('s -> t\nt -> e')))
  assert.deepEqual(problems.map((p) => `${p.code}@${p.elementId}`), ['MAPPING_INVALID@t'])
})

test('drawings and notes do not stand in the way', async () => {
  const notes = '<bpmn:textAnnotation id="n"><bpmn:text>注意</bpmn:text></bpmn:textAnnotation><bpmn:association id="a" sourceRef="t" targetRef="n"/><bpmn:group id="g"/>'
  const data = '<bpmn:dataObject id="do"/><bpmn:dataObjectReference id="dor" dataObjectRef="do"/><bpmn:dataStoreReference id="ds"/><bpmn:property id="pr" name="x"/>'
  const partner = '<bpmn:collaboration id="c"><bpmn:participant id="pa" processRef="p"/><bpmn:participant id="pb" name="客户"/><bpmn:messageFlow id="mf" sourceRef="t" targetRef="pb"/></bpmn:collaboration><bpmn:category id="ca"/>'
  const { problems } = await checkProcess(model(data + FRAME + tag('userTask', 't', 'qc:role="r"') + event('intermediateThrowEvent', 'x', '', on.signal('g1')) + flows('s -> t\nt -> x\nx -> e') + notes, undefined, partner))
  assert.deepEqual(problems, [])
})
