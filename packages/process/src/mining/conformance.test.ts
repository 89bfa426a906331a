import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { choices, named, toBpmn, type Shape } from '../engine/random-model.ts'
import { bpmn, flows, playProcess, tag } from '../engine/testing.ts'
import { compileProcess, type CompiledProcess } from '../model/index.ts'
import { addCase, caseTable, everyCase } from './case-table.ts'
import { conformance } from './conformance.ts'
import { walk } from './deviations.ts'
import { netOf } from './net.ts'
import { BUDGET, fitnessOf, replayTokens } from './replay.ts'

/** Letters are activities; a case is written as a word. */
async function model(elements: string, lines: string): Promise<CompiledProcess> {
  return compileProcess(bpmn(elements + flows(lines)))
}
const purse = () => ({ left: BUDGET })
function judge(process: CompiledProcess, word: string, end = 'end') {
  const net = netOf(process, new Set())
  const trace = [...word]
  const tokens = replayTokens(net, trace, end, purse())
  assert.equal(tokens.produced + tokens.missing, tokens.consumed + tokens.remaining, 'tokens are neither made nor lost in the counting')
  const way = walk(net, trace, end, purse())
  return { fitness: Math.round(fitnessOf(tokens) * 1000) / 1000, tokens, left: way.deviations.map(d => `${d.kind} ${d.node}`), flows: Object.fromEntries(way.flows) }
}

const chain = await model(tag('startEvent', 'start') + tag('userTask', 'a b c d') + tag('endEvent', 'end'), 'start -> a\na -> b\nb -> c\nc -> d\nd -> end')
const branches = await model(
  tag('startEvent', 'start') + tag('userTask', 'a b c d e') + tag('parallelGateway', 'split join') + '<bpmn:exclusiveGateway id="which" default="f8"/>' + tag('exclusiveGateway', 'meet') + tag('endEvent', 'end'),
  'start -> a\na -> split\nsplit -> b\nsplit -> c\nb -> join\nc -> join\njoin -> which\nwhich -> d\nwhich -> e [x = 1]\nd -> meet\ne -> meet\nmeet -> end')
const loop = await model(
  tag('startEvent', 'start') + tag('userTask', 'a b') + '<bpmn:exclusiveGateway id="ok" default="f4"/>' + tag('exclusiveGateway', 'again') + tag('endEvent', 'end'),
  'start -> again\nagain -> a\na -> ok\nok -> b\nok -> again [x = 1]\nb -> end')

test('a case along the drawing fits, and every flow it passed is counted', () => {
  const fine = judge(chain, 'abcd')
  assert.deepEqual([fine.fitness, fine.left, fine.tokens], [1, [], { produced: 7, consumed: 7, missing: 0, remaining: 0 }])
  assert.deepEqual(fine.flows, { f1: 1, f2: 1, f3: 1, f4: 1, f5: 1 })
})

test('the formula is that of Rozinat and van der Aalst, worked out by hand for a case without its second activity', () => {
  // a, c, d: the start, its event, three activities and the end bring 6 tokens and take 6; one is missing before c, the one before b remains
  const { tokens, fitness } = judge(chain, 'acd')
  assert.deepEqual(tokens, { produced: 6, consumed: 6, missing: 1, remaining: 1 })
  assert.equal(fitness, 0.833)
})

const DEVIATIONS: Array<[name: string, process: CompiledProcess, word: string, left: string[]]> = [
  ['an activity left out', chain, 'acd', ['skipped b']],
  ['two left out in a row', chain, 'ad', ['skipped b', 'skipped c']],
  ['the last left out', chain, 'abc', ['skipped d']],
  ['the first left out', chain, 'bcd', ['skipped a']],
  ['done again where there is no way back', chain, 'abbcd', ['repeated b']],
  ['done again much later', chain, 'abcdb', ['repeated b']],
  ['before its turn', chain, 'acbd', ['order c']],
  ['not in the model', chain, 'abxcd', ['unknown x']],
  ['nothing done at all', chain, '', ['skipped a', 'skipped b', 'skipped c', 'skipped d']],
  ['parallel branches in either order', branches, 'abcd', []],
  ['parallel branches in the other order', branches, 'acbe', []],
  ['one parallel branch left out', branches, 'acd', ['skipped b']],
  ['both ways of a choice', branches, 'abcde', ['order e']],
  ['past a join too early', branches, 'abdc', ['order d']],
  ['no round of a loop', loop, 'ab', []],
  ['three rounds of a loop', loop, 'aaab', []],
  ['a loop whose end is left out', loop, 'aa', ['skipped b']],
  ['back from where no way leads back', loop, 'aba', ['repeated a']],
]
for (const [name, process, word, left] of DEVIATIONS) {
  test(`${name}: ${word || '∅'} → ${left.join(', ') || 'as drawn'}`, () => {
    const found = judge(process, word)
    assert.deepEqual(found.left, left)
    assert.equal(found.fitness === 1, left.length === 0, `fitness ${found.fitness}`)
  })
}

const RICHER: Array<[name: string, elements: string, lines: string, words: Record<string, string[]>]> = [
  ['an inclusive gateway: any of its ways, met again', '<bpmn:inclusiveGateway id="some" default="f5"/>' + tag('userTask', 'a b c d') + tag('inclusiveGateway', 'all'), 'start -> a\na -> some\nsome -> b [x = 1]\nsome -> c [x = 2]\nsome -> all\nb -> all\nc -> all\nall -> d\nd -> end',
    { abcd: [], acbd: [], abd: [], ad: [], abdc: ['order c'] }],
  ['a subprocess ends when everything in it is done', tag('userTask', 'a d') + '<bpmn:subProcess id="sub"><bpmn:startEvent id="in"/><bpmn:parallelGateway id="fork"/><bpmn:userTask id="b"/><bpmn:userTask id="c"/><bpmn:endEvent id="e1"/><bpmn:endEvent id="e2"/><bpmn:sequenceFlow id="s1" sourceRef="in" targetRef="fork"/><bpmn:sequenceFlow id="s2" sourceRef="fork" targetRef="b"/><bpmn:sequenceFlow id="s3" sourceRef="fork" targetRef="c"/><bpmn:sequenceFlow id="s4" sourceRef="b" targetRef="e1"/><bpmn:sequenceFlow id="s5" sourceRef="c" targetRef="e2"/></bpmn:subProcess>',
    'start -> a\na -> sub\nsub -> d\nd -> end', { abcd: [], acbd: [], abd: ['skipped c'], abdc: ['order d'] }],
  ['a timer on a subprocess breaks it off', tag('userTask', 'a d') + '<bpmn:subProcess id="sub"><bpmn:startEvent id="in"/><bpmn:userTask id="b"/><bpmn:userTask id="c"/><bpmn:endEvent id="e1"/><bpmn:sequenceFlow id="s1" sourceRef="in" targetRef="b"/><bpmn:sequenceFlow id="s2" sourceRef="b" targetRef="c"/><bpmn:sequenceFlow id="s3" sourceRef="c" targetRef="e1"/></bpmn:subProcess><bpmn:boundaryEvent id="late" attachedToRef="sub"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>',
    'start -> sub\nsub -> a\nlate -> d\na -> end\nd -> end', { bca: [], bd: [], d: [], ba: ['skipped c'] }],
  ['several instances leave several steps', '<bpmn:userTask id="a"><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>' + tag('userTask', 'b'), 'start -> a\na -> b\nb -> end', { aaab: [], ab: [], abab: ['repeated a', 'repeated b'] }],
  ['whatever happens first decides', tag('userTask', 'a b') + tag('eventBasedGateway', 'wait') + '<bpmn:intermediateCatchEvent id="t"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent><bpmn:intermediateCatchEvent id="u"><bpmn:timerEventDefinition><bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>',
    'start -> wait\nwait -> t\nwait -> u\nt -> a\nu -> b\na -> end\nb -> end', { a: [], b: [], ab: ['order b'] }],
]
for (const [name, elements, lines, words] of RICHER) {
  test(`${name}: ${Object.keys(words).join(', ')}`, async () => {
    const process = await model(tag('startEvent', 'start') + elements + tag('endEvent', 'end'), lines)
    for (const [word, left] of Object.entries(words)) assert.deepEqual([word, judge(process, word).left], [word, left])
  })
}

test('the end that was reached decides which way out counts', async () => {
  const two = await model(tag('startEvent', 'start') + tag('userTask', 'a') + '<bpmn:exclusiveGateway id="which" default="f3"/>' + tag('endEvent', 'good bad'), 'start -> a\na -> which\nwhich -> good\nwhich -> bad [x = 1]')
  assert.deepEqual(judge(two, 'a', 'bad').flows, { f1: 1, f2: 1, f4: 1 })
  assert.deepEqual(judge(two, 'a', 'good').flows, { f1: 1, f2: 1, f3: 1 })
})

test('alike cases are judged once and counted each; cancelled and open ones are left aside', () => {
  const t = caseTable()
  const put = (id: string, word: string, more: { ended?: number; whole?: boolean } = {}): void => addCase(t, { id, started: 0, ended: more.ended ?? 99, version: 1, endNode: 'end', whole: more.whole ?? true },
    [...word].map((node, i) => ({ activity: `活动${node}`, nodeId: node, role: '', who: '', entered: i, started: i, finished: i + 1, flags: 0 })))
  put('1', 'abcd')
  put('2', 'abcd')
  put('3', 'acd')
  put('4', 'acdb')
  put('5', 'a', { ended: NaN })
  put('6', 'a', { whole: false })
  const found = conformance(chain, t, everyCase(t))
  assert.deepEqual([found.cases, found.fitting, found.unchecked], [4, 2, 0])
  assert.deepEqual(found.deviations, [{ kind: 'order', nodeId: 'c', name: 'c', cases: 1, times: 1 }, { kind: 'order', nodeId: 'd', name: 'd', cases: 1, times: 1 }, { kind: 'skipped', nodeId: 'b', name: 'b', cases: 1, times: 1 }].toSorted((a, b) => (a.nodeId < b.nodeId ? -1 : 1)))
  assert.deepEqual(found.slotsOf('skipped', 'b').map(slot => t.ids[slot]), ['3'])
  assert.deepEqual(found.fittingSlots().map(slot => t.ids[slot]), ['1', '2'])
  assert.equal(found.histogram.reduce((a, b) => a + b, 0), 4)
  assert.equal(found.flows.f1, 4)
})

const { shape } = fc.letrec<{ shape: Shape }>(tie => ({
  shape: fc.oneof(
    { depthSize: 'small' }, fc.constant<Shape>({ k: 'task' }),
    fc.record({ k: fc.constant('timer' as const), interrupting: fc.boolean(), tasks: fc.nat(2) }),
    fc.record({ k: fc.constant('and' as const), items: fc.array(tie('shape'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ k: fc.constant('xor' as const), items: fc.array(fc.oneof(tie('shape'), fc.constant<Shape>({ k: 'skip' })), { minLength: 2, maxLength: 3 }), choice: fc.nat(3) }),
    fc.record({ k: fc.constant('seq' as const), items: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ k: fc.constant('loop' as const), body: tie('shape') }),
  ),
}))

test('whatever the engine itself has run fits its model: gateways, loops and timers in any nesting', async () => {
  let played = 0
  await fc.assert(fc.asyncProperty(shape, fc.infiniteStream(fc.nat(1_000)), async (random, luck) => {
    const block = named(random)
    const process = await compileProcess(toBpmn(block))
    const player = playProcess(process, choices(block))
    const trace: string[] = []
    for (let round = 0; player.waiting().length && round < 60; round++) {
      const waiting = player.waiting()
      const id = waiting[luck.next().value % waiting.length]!
      const node = process.nodes[id]!
      const outcomes = node.type === 'userTask' ? node.task.outcomes.map(o => o.id) : []
      const timer = process.nodes[`${id}t`]
      if (timer && luck.next().value % 3 === 0 && !trace.includes(`${id}!`)) { player.fire(timer.id); if (timer.type === 'boundaryTimer' && !timer.interrupting) trace.push(`${id}!`); continue }
      player.complete(id, outcomes.length ? (round < 8 && luck.next().value % 2 ? 'again' : 'done') : null)
      trace.push(id)
    }
    const end = player.all.findLast(e => e.end)?.end
    if (!end) return
    played++
    const net = netOf(process, new Set())
    const completed = trace.filter(id => !id.endsWith('!'))
    const left = { left: BUDGET }
    assert.deepEqual(walk(net, completed, end.nodeId ?? '', left).deviations, [], completed.join(' '))
    assert.equal(fitnessOf(replayTokens(net, completed, end.nodeId ?? '', left)), 1, completed.join(' '))
  }), { numRuns: 150 })
  assert.ok(played > 50)
})
