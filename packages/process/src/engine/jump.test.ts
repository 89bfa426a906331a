import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileProcess } from '../model/index.ts'
import { completeTask, start } from './engine.ts'
import { jump, jumpProblem } from './jump.ts'
import { applyEffects, EMPTY_STATE } from './state.ts'
import { bpmn, flows, tag } from './testing.ts'

/** a → b → split → (l1 → l2 | r) → join → c → d; every task has one way out. */
const PARALLEL = bpmn(tag('startEvent', 's') + tag('userTask', 'a b l1 l2 r c d') + tag('parallelGateway', 'split join') + tag('endEvent', 'e')
  + flows('s -> a\na -> b\nb -> split\nsplit -> l1\nl1 -> l2\nl2 -> join\nsplit -> r\nr -> join\njoin -> c\nc -> d\nd -> e'))

async function at(...done: string[]) {
  const process = await compileProcess(PARALLEL)
  let n = 0
  const env = { newId: () => `s${++n}` }
  let state = applyEffects(EMPTY_STATE, start(process, {}, env))
  const visited = new Set<string>()
  const step = (node: string): string => state.steps.find(s => s.nodeId === node)?.id ?? 'none'
  for (const node of done) { state = applyEffects(state, completeTask(process, state, step(node), {}, env)); visited.add(node) }
  return { process, env, state: () => state, step, why: (from: string, to: string) => jumpProblem(process, state, { from: step(from), to, visited }),
    go: (from: string, to: string) => { const e = jump(process, state, { from: step(from), to, visited }, env); state = applyEffects(state, e); return e } }
}

test('a token goes back to a task it has been at, and the case goes on from there', async () => {
  const p = await at('a')
  const effects = p.go('b', 'a')
  assert.deepEqual(effects.cancelledSteps.map(s => [s.nodeId, s.reason, s.by]), [['b', 'cancelled', 'a']])
  assert.deepEqual(effects.newSteps.map(s => s.nodeId), ['a'])
  assert.equal(effects.stage, 'a')
  assert.equal(effects.tokenDelta, 0)
  assert.deepEqual(p.state().steps.map(s => s.nodeId), ['a'])
})

test('nobody is sent where the case has never been, nor to the place where it is, nor to a gateway', async () => {
  const p = await at('a')
  assert.equal(p.why('b', 'c'), '还没有经过“c”')
  assert.equal(p.why('b', 'b'), '还没有经过“b”')
  assert.equal(p.why('b', 'split'), '只能退回到有人办理的环节')
  assert.equal(p.why('a', 'b'), '这一步已经办完或已取消')
})

test('inside a branch one may go back while the other branch goes on', async () => {
  const p = await at('a', 'b', 'l1')
  p.go('l2', 'l1')
  assert.deepEqual(p.state().steps.map(s => s.nodeId).toSorted(), ['l1', 'r'])
})

test('out of a branch one may not, while others are on their way', async () => {
  assert.equal((await at('a', 'b', 'l1')).why('l2', 'a'), '还有并行的分支没有办完')
  assert.equal((await at('a', 'b', 'l1', 'l2')).why('r', 'b'), '还有并行的分支没有办完')
})

test('after the join the way back leads before the split, or stays behind the join, never into a branch that is over', async () => {
  const p = await at('a', 'b', 'l1', 'l2', 'r', 'c')
  assert.equal(p.why('d', 'l2'), '“l2”在已经汇合的并行分支里')
  assert.equal(p.why('d', 'c'), null)
  assert.equal(p.why('d', 'a'), null)
  p.go('d', 'a')
  assert.deepEqual(p.state(), { steps: [{ id: p.step('a'), nodeId: 'a', kind: 'user', scopeId: null }], joins: [], variables: {} })
})

test('back is back: a task further on, though the case has been there before it was sent back, is not offered', async () => {
  const p = await at('a', 'b', 'l1', 'l2', 'r', 'c')
  p.go('d', 'a')
  assert.equal(p.why('a', 'b'), '“b”在后面，不在前面')
})
