import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide, readDmn } from './dmn/index.ts'
import { event, flows, model, on, script, tag } from './engine/testing.ts'
import { compileFeel } from './feel/index.ts'
import { harness } from './harness/index.ts'
import { checkProcesses } from './model/index.ts'

/*
 * A model, a form, a decision and an expression come from a tenant, and nobody reads them before they run. Whatever they say, the answer comes
 * soon, with a stable code, and the server goes on. Each case here would hang, exhaust or open the server if its guard were missing.
 */

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const LINE = flows('s -> t\nt -> e')
const codes = async (xml: string): Promise<string[]> => [...new Set((await checkProcesses(xml)).flatMap(c => c.problems.map(p => p.code)))]

test('SEC-01 a document type, an entity, an external file: refused before anything is read', async () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${`&a${i - 1 < 0 ? '' : i - 1};`.repeat(10)}">`).join('')}]>`
  const whole = model(FRAME + '<bpmn:task id="t" name="&a19;"/>' + LINE)
  for (const head of [bomb, '<!DOCTYPE x SYSTEM "file:///etc/passwd">', '<!doctype x [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]>']) {
    assert.deepEqual(await codes(whole.replace('?>', `?>${head}`)), ['XML_DOCTYPE'])
  }
  // an entity that nothing declares stays the text that it is
  const [checked] = await checkProcesses(model(FRAME + '<bpmn:userTask id="t" qc:role="r" name="&xxe;"/>' + LINE))
  assert.equal(checked!.process!.nodes['t']!.name, '&xxe;')
})

test('SEC-02 a model of 50 MB, of a hundred thousand elements or attributes, or nested nine thousand deep is refused by its size', async () => {
  assert.deepEqual(await codes('<a>' + 'x'.repeat(50_000_000)), ['XML_TOO_LARGE'])
  assert.deepEqual(await codes(model(FRAME + tag('task', 'a '.repeat(100_000).trim()))), ['MODEL_TOO_LARGE'])
  assert.deepEqual(await codes(model(FRAME + `<bpmn:task id="t" ${Array.from({ length: 110_000 }, (_, i) => `a${i}="1"`).join(' ')}/>` + LINE)), ['MODEL_TOO_LARGE'])
  const deep = (n: number) => model(FRAME + Array.from({ length: n }, (_, i) => `<bpmn:subProcess id="q${i}">`).join('') + '</bpmn:subProcess>'.repeat(n))
  for (const n of [300, 9_000]) assert.ok((await codes(deep(n))).includes('MODEL_TOO_LARGE'), `${n} deep`)
})

test('SEC-03 a model of a thousand elements, each joined with all or none, is compiled and walked', async () => {
  const ids = Array.from({ length: 1_500 }, (_, i) => `t${i}`)
  const chain = await harness(model(FRAME + tag('task', ids.join(' ')) + flows(['s', ...ids].map((id, i) => `${id} -> ${[...ids, 'e'][i]}`).join('\n'))))
  chain.start()
  assert.equal(chain.state, 'completed')
  const some = ids.slice(0, 60)
  const dense = await harness(model(FRAME + tag('parallelGateway', 'fork') + tag('inclusiveGateway', some.join(' ')) + tag('userTask', 'u', 'qc:role="r"') + tag('endEvent', 'e2')
    + flows(['s -> fork', 'fork -> u', 'u -> e2', ...some.map(id => `fork -> ${id}`), ...some.flatMap((a, i) => some.slice(i + 1).map(b => `${a} -> ${b}`)), `${some.at(-1)!} -> e`].join('\n'))))
  // sixty inclusive joins, each waiting for all before it: what multiplies without end is refused, what ends is walked
  try { dense.start() } catch (error) { assert.equal((error as { code?: string }).code, 'INSTANCE_LOOP') }
})

const yields = async (feel: string, variables: Record<string, unknown> = {}) => {
  const h = await harness(model(FRAME + script('t', feel, 'qc:resultVariable="r"') + LINE))
  h.start(variables)
  return h.variables()['r']
}
/** Nine lists of ten, each holding the last ten times: a thousand million numbers, and a few hundred bytes in memory. */
const SHARED = (result: string) => `{ a: [1,1,1,1,1,1,1,1,1,1], ${'bcdefghi'.split('').map((x, i) => `${x}: [${Array.from({ length: 10 }, () => 'abcdefgh'[i]).join()}]`).join(', ')}, r: ${result} }.r`

test('SEC-04 FEEL that loops, recurses, matches or grows without end uses up its allowance', async () => {
  const endless = [
    'for a in 1..1000, b in 1..1000, c in 1..1000 return a', 'for a in 1..1000000 return for b in 1..1000000 return b', 'some x in 1..1000000000 satisfies x < 0',
    '{ f: function(g) g(g), r: f(f) }', 'string join(for i in 1..100000 return "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")',
    '{ a: "xxxxxxxxxx", b: a+a+a+a+a+a+a+a+a+a, c: b+b+b+b+b+b+b+b+b+b, d: c+c+c+c+c+c+c+c+c+c, e: d+d+d+d+d+d+d+d+d+d, f: e+e+e+e+e+e+e+e+e+e, g: f+f+f+f+f+f+f+f+f+f }',
    '{ a: [1,1,1,1,1,1,1,1,1,1], b: concatenate(a,a,a,a,a,a,a,a,a,a), c: concatenate(b,b,b,b,b,b,b,b,b,b), d: concatenate(c,c,c,c,c,c,c,c,c,c), e: concatenate(d,d,d,d,d,d,d,d,d,d), f: concatenate(e,e,e,e,e,e,e,e,e,e) }',
    'replace(replace(replace(replace("aaaaaaaaaa", "a", "aaaaaaaaaaaaaaaaaaaa"), "a", "aaaaaaaaaaaaaaaaaaaa"), "a", "aaaaaaaaaaaaaaaaaaaa"), "a", "aaaaaaaaaaaaaaaaaaaa")',
  ]
  for (const feel of endless) await assert.rejects(yields(feel), { code: 'FEEL_TOO_COMPLEX' }, feel)
  // the classic that takes others for ever: here it is linear
  assert.equal(await yields(`matches("${'a'.repeat(5_000)}!", "^(a+)+$")`), false)
  for (const feel of ['('.repeat(50_000) + '1' + ')'.repeat(50_000), '-'.repeat(5_000) + '1', '1' + '+1'.repeat(3_000), 'matches("a", "((a{1,999}){1,999}){1,999}")']) await assert.rejects(yields(feel), { code: 'PROCESS_INVALID' })
})

test('SEC-05 a few lists of lists that stand for a thousand million values are never written out', async () => {
  for (const result of ['i', 'concatenate(i, i)', 'string(i)', 'i = [h, h, h, h, h, h, h, h, h, h]', 'flatten(i)', 'distinct values([i, i])', 'sort(i, function(x, y) x < y)']) await assert.rejects(yields(SHARED(result)), { code: 'FEEL_TOO_COMPLEX' }, result)
  // by every other door: a mapping, a list to go through, a key, a name, a time, an assignee
  const doors = [
    event('userTask', 't', '', `<bpmn:extensionElements><qc:input name="x" value="${SHARED('i')}"/></bpmn:extensionElements>`),
    event('task', 't', '', `<bpmn:extensionElements><qc:output name="x" value="${SHARED('i')}"/></bpmn:extensionElements>`),
    event('userTask', 't', '', `<bpmn:multiInstanceLoopCharacteristics qc:collection="${SHARED('i')}" qc:elementVariable="x"/>`),
    `<bpmn:receiveTask id="t" messageRef="m1" qc:correlationKey="= ${SHARED('i')}"/>`,
    event('intermediateCatchEvent', 't', '', `<bpmn:timerEventDefinition><bpmn:timeDuration>= ${SHARED('i')}</bpmn:timeDuration></bpmn:timerEventDefinition>`),
    `<bpmn:userTask id="t"><bpmn:extensionElements><zeebe:assignmentDefinition candidateGroups="= ${SHARED('i')}"/></bpmn:extensionElements></bpmn:userTask>`,
  ]
  for (const door of doors) {
    const h = await harness(model(FRAME + door + LINE))
    assert.throws(() => h.start(), { code: 'FEEL_TOO_COMPLEX' }, door)
    assert.deepEqual(h.instances(), [], 'nothing is left of it')
  }
})

test('SEC-06 no expression reaches the program: no prototype, no constructor, no getter, no global', async () => {
  assert.deepEqual(await yields('[x.__proto__, x.constructor, x.toString, x.length, __proto__, constructor, globalThis, process, require, x.prototype.y]', { x: {} }), Array.from({ length: 10 }, () => null))
  for (const feel of ['x.constructor("return 1")()', 'this', 'eval("1")', 'Function("return 1")()', 'import("fs")']) {
    await yields(feel, { x: {} }).then(value => assert.equal(value, null, feel), (error: { code?: string }) => assert.equal(error.code, 'PROCESS_INVALID', feel))
  }
  // names of the machinery are read as nothing, or are names like any other; they never reach it
  const odd = JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": 2, "toString": 3, "hasOwnProperty": 4 }') as Record<string, unknown>
  const h = await harness(model(FRAME + script('t', '{ "__proto__": { polluted: 5 }, constructor: constructor + 1, toString: toString + 1 }') + tag('userTask', 'u', 'qc:role="r"') + flows('s -> t\nt -> u\nu -> e')))
  h.start(odd)
  h.complete('u', JSON.parse('{ "__proto__": { "isAdmin": true } }') as Record<string, unknown>)
  const { constructor, toString } = h.variables() as Record<string, unknown>
  assert.deepEqual([constructor, toString], [null, 4])
  assert.deepEqual([({} as Record<string, unknown>)['polluted'], ({} as Record<string, unknown>)['isAdmin']], [undefined, undefined])
  // what is on a prototype, or computed by a getter, is not a variable
  let asked = 0
  const trap = Object.create({ inherited: 1 }, { own: { enumerable: true, value: 2 } }) as object
  assert.deepEqual(compileFeel('[v.inherited, v.own]').evaluate({ v: trap }), [null, 2])
  compileFeel('other').evaluate(Object.defineProperty({ other: 1 }, 'secret', { enumerable: true, get: () => { asked += 1 } }))
  assert.equal(asked, 0)
})

test('SEC-07 circles of calls, rounds, signals and timers are stopped, each with its code', async () => {
  const loop = (inner: string) => `<bpmn:multiInstanceLoopCharacteristics${inner}<bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">1000000000</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`
  for (const inner of ['>', ' isSequential="true">']) await assert.rejects(async () => (await harness(model(FRAME + event('userTask', 't', 'qc:role="r"', loop(inner)) + LINE))).start(), { code: 'MULTI_TOO_MANY' })
  await assert.rejects(async () => (await harness(model(FRAME + tag('callActivity', 't', 'calledElement="p"') + LINE))).start(), { code: 'SCOPE_DEPTH' })
  await assert.rejects(async () => (await harness(model(FRAME + tag('exclusiveGateway', 't u') + flows('s -> t\nt -> u\nu -> t [true]\nu -> e')))).start(), { code: 'INSTANCE_LOOP' })
  for (const cycle of ['R/PT0S', 'R9999999/PT0S', 'R/P0D', 'R/-PT1H']) assert.deepEqual(await codes(model(event('startEvent', 's', '', on.timer(cycle, 'timeCycle')) + tag('endEvent', 'e') + flows('s -> e'))), ['TIMER_INVALID'], cycle)
  const storm = await harness(model(event('startEvent', 's', '', on.signal('g1')) + event('endEvent', 'e', '', on.signal('g1')) + flows('s -> e')))
  assert.throws(() => storm.signal('G1'), /without end/)
})

test('SEC-08 decisions: too many rules are refused, and what their expressions yield is counted', () => {
  const xml = (expression: string) => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:x"><decision id="k" name="k"><variable name="k"/><literalExpression><text><![CDATA[${expression}]]></text></literalExpression></decision></definitions>`
  const [shared, loop, bomb, huge] = [readDmn(xml(SHARED('i'))), readDmn(xml('for a in 1..100000 return for b in 1..100000 return b')), readDmn(xml('1').replace('<definitions', '<!DOCTYPE x [<!ENTITY a "b">]><definitions')), readDmn(xml('1').replace('<variable name="k"/>', '<description/>'.repeat(1_000_000)))]
  for (const made of [shared, loop]) assert.throws(() => decide(made!.decisions!, 'k', {}), { code: 'FEEL_TOO_COMPLEX' })
  assert.deepEqual([bomb!.decisions, huge!.decisions], [null, null])
})
