import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileProcess } from '../model/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import { completeTask, deliverMessage, fireTimer, start } from './index.ts'
import { build, toBpmn } from './graph-model.ts'
import type { Graph, Spec } from './graph-model.ts'
import { FIRINGS, acts, canonical, kills, play, stuckAt, weight } from './graph-oracle.ts'
import type { Act, Marking } from './graph-oracle.ts'
import { EMPTY_STATE, applyEffects } from './state.ts'
import type { Effects, EngineEnv, InstanceState } from './types.ts'

const spec = (inner: boolean): fc.Arbitrary<Spec> => fc.record({
  k: fc.oneof(
    { weight: 5, arbitrary: fc.constant('user' as const) }, { weight: 1, arbitrary: fc.constantFrom('auto' as const, 'timer' as const, 'end' as const) },
    { weight: 6, arbitrary: fc.constantFrom('xor' as const, 'and' as const, 'or' as const, 'or' as const) },
    { weight: 1, arbitrary: fc.constantFrom('choice' as const, 'kill' as const, 'auto' as const) }, ...(inner ? [{ weight: 2, arbitrary: fc.constant('sub' as const) }] : []),
  ),
  from: fc.nat(50), more: fc.array(fc.nat(50), { maxLength: 3 }), bits: fc.nat(20),
  boundary: fc.array(fc.record({ timer: fc.boolean(), interrupting: fc.boolean() }), { maxLength: 1 }),
  inner: inner ? fc.array(spec(false), { minLength: 1, maxLength: 5 }) : fc.constant([]),
})

interface Played { state: InstanceState; armed: { stepId: string; nodeId: string }[]; effects: Effects; tokens: number }

/** What the engine's state means, in the oracle's words. */
function marking(graph: Graph, { state, armed }: Played, scopeId: string | null = null): Marking {
  const timers = (id: string) => armed.filter((a) => a.stepId === id).map((a) => a.nodeId)
  return {
    on: Object.fromEntries(state.joins.filter((j) => j.scopeId === scopeId).map((j) => [j.flowId, j.count])),
    rest: state.steps.filter((s) => s.scopeId === scopeId).map((s) => ({ id: s.id, node: s.nodeId, timers: timers(s.id) })),
    subs: (state.scopes ?? []).filter((s) => s.parentId === scopeId).map((s) => ({ id: s.id, node: s.nodeId, timers: timers(s.id), inner: marking(graph.nodes.get(s.nodeId)!.inner!, { state, armed } as Played, s.id) })),
  }
}

function applied(before: Played | null, effects: Effects): Played {
  const cancelled = new Set(effects.timersToCancel)
  const armed = [...(before?.armed ?? []).filter((a) => !cancelled.has(a.stepId)), ...effects.timersToArm.map(({ stepId, nodeId }) => ({ stepId, nodeId }))]
  // as a store does: nothing hides in memory
  const state = JSON.parse(JSON.stringify(applyEffects(before?.state ?? EMPTY_STATE, effects))) as InstanceState
  return { state, armed, effects, tokens: (before?.tokens ?? 0) + effects.tokenDelta }
}

const kindOf = (graph: Graph, id: string): string | undefined => {
  const own = graph.nodes.get(id)
  if (own) return own.awaits ?? own.kind
  for (const n of graph.nodes.values()) if (n.inner) { const found = kindOf(n.inner, id); if (found) return found }
  return undefined
}

function perform(graph: Graph, process: CompiledProcess, at: Played, act: Act, v: number, env: EngineEnv): Effects {
  if (act.what === 'done') return completeTask(process, at.state, act.id, { variables: { v } }, env)
  if (kindOf(graph, act.event) === 'timer') {
    at.armed = at.armed.filter((a) => a.stepId !== act.id || a.nodeId !== act.event)
    return fireTimer(process, at.state, { stepId: act.id, nodeId: act.event }, env)
  }
  return deliverMessage(process, at.state, { name: act.event, stepId: act.id, variables: { v } }, env)
}

/** `PROOF_RUNS` for a longer search; `PROOF_SEED` to see a failure again. */
const RUNS = Number(process.env['PROOF_RUNS'] ?? 200)
const SEED = process.env['PROOF_SEED'] === undefined ? {} : { seed: Number(process.env['PROOF_SEED']) }
const ACTS_AT_MOST = 25

test('random processes without structure: after every act the tokens lie where the token game of the standard may put them', async (t) => {
  const seen = { acts: 0, refused: 0, ended: 0, killed: 0, stuck: 0, choices: 0, unsure: 0 }
  await fc.assert(fc.asyncProperty(fc.array(spec(true), { minLength: 1, maxLength: 9 }), fc.infiniteStream(fc.nat(10_000)), async (specs, stream) => {
    const luck = () => stream.next().value as number
    const graph = build(specs)
    const process = await compileProcess(toBpmn(graph))
    let next = 0
    const env: EngineEnv = { newId: () => `s${(next += 1)}`, budget: FIRINGS.many }
    let at: Played | null = null
    for (let round = 0; round < ACTS_AT_MOST; round += 1) {
      const before: Marking | null = at && marking(graph, at)
      const open: Act[] = before ? acts(graph, before) : []
      if (at && !open.length) return
      const act: Act | null = open.length ? open[luck() % open.length]! : null
      // a timer brings no variables: what was known decides
      const keeps = act?.what === 'happens' && kindOf(graph, act.event) === 'timer'
      const v: number = keeps ? Number(at!.state.variables['v']) : luck() % 32
      const expected = play(graph, before, act, v, luck)
      let effects: Effects
      try { effects = at ? perform(graph, process, at, act!, v, env) : start(process, { v }, env) } catch (error) {
        assert.ok(['NO_PATH', 'INSTANCE_LOOP'].includes((error as { code?: string }).code ?? ''), String(error))
        // a terminate may come before or after what is refused elsewhere
        assert.ok(expected.unsure || kills(graph) || expected.answers.some((a) => a.refused), `${JSON.stringify(act)} was refused: ${String(error)}`)
        seen.refused += 1
        return
      }
      at = applied(at, effects)
      seen.acts += 1
      const now = canonical(marking(graph, at))
      const may = expected.answers.filter((a) => !a.refused)
      const killed = effects.end?.how === 'terminated'
      const hit = may.find((a) => canonical(a.marking) === now)
      if (!hit && expected.unsure) { seen.unsure += 1; return }
      assert.ok(hit, `after ${JSON.stringify(act)} with v = ${v}\n  engine: ${now}\n  may be: ${may.map((a) => canonical(a.marking)).join('\n          ')}`)
      if (expected.answers.length > 1) seen.choices += 1
      assert.equal(at.tokens, weight(hit.marking), 'tokens are conserved')
      const over = now === ''
      assert.equal(Boolean(effects.end), over, 'it ends when no token is left, and only then')
      if (over) {
        seen.ended += 1
        if (killed) seen.killed += 1
        assert.ok(may.some((a) => canonical(a.marking) === '' && a.killed === killed) || expected.unsure, 'terminated or completed')
        assert.deepEqual([at.armed, at.state.waits ?? []], [[], []], 'nothing is awaited any more')
        return
      }
      const stuck = [...new Set(stuckAt(graph, hit.marking))].toSorted()
      assert.deepEqual([...new Set(effects.stuck.map((s) => s.nodeId))].toSorted(), stuck, 'who waits for ever is told')
      if (stuck.length) seen.stuck += 1
    }
  }), { numRuns: RUNS, ...SEED })
  t.diagnostic(JSON.stringify(seen))
  assert.ok(seen.acts > RUNS && seen.ended > RUNS / 20 && seen.stuck > RUNS / 50 && seen.killed > 0, `the models do something: ${JSON.stringify(seen)}`)
})
