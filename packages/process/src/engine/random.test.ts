import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileProcess } from '../model/index.ts'
import { choices, named, toBpmn } from './random-model.ts'
import type { Shape } from './random-model.ts'
import { act, begin, open } from './random-oracle.ts'
import type { Rest } from './random-oracle.ts'
import type { Player } from './testing.ts'
import { playProcess } from './testing.ts'

const { shape } = fc.letrec<{ shape: Shape }>((tie) => {
  const parts = (min: number) => fc.array(tie('shape'), { minLength: min, maxLength: 3 })
  return {
    shape: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constant<Shape>({ k: 'task' }),
      fc.record({ k: fc.constant('timer' as const), interrupting: fc.boolean(), tasks: fc.nat(2) }),
      fc.record({ k: fc.constant('and' as const), items: parts(2) }),
      fc.record({ k: fc.constant('xor' as const), items: fc.array(fc.oneof(tie('shape'), fc.constant<Shape>({ k: 'skip' })), { minLength: 2, maxLength: 3 }), choice: fc.nat(3) }),
      fc.record({ k: fc.constant('seq' as const), items: parts(1) }),
      fc.record({ k: fc.constant('or' as const), items: fc.array(fc.oneof(tie('shape'), fc.constant<Shape>({ k: 'skip' })), { minLength: 2, maxLength: 3 }), taken: fc.nat(7) }),
      fc.record({ k: fc.constant('sub' as const), body: tie('shape') }),
      fc.record({ k: fc.constant('multi' as const), body: tie('shape'), times: fc.nat(3), sequential: fc.constant(true) }),
      // rounds at the same time are told apart by nothing but their ids, so they must be alike
      fc.record({ k: fc.constant('multi' as const), body: fc.constant<Shape>({ k: 'task' }), times: fc.nat(3), sequential: fc.constant(false) }),
      fc.record({ k: fc.constant('loop' as const), body: tie('shape') }),
    ),
  }
})

const AGAIN_AT_MOST = 40

function check(player: Player, rests: Rest[]): void {
  const { state, all, effects } = player
  const { steps, joins } = state()
  assert.deepEqual(player.waiting(), rests.flatMap(open).map((o) => o.id).toSorted())
  const tokens = steps.length + joins.reduce((sum, j) => sum + j.count, 0) + (state().scopes?.length ?? 0)
  assert.equal(all.reduce((sum, e) => sum + e.tokenDelta, 0), tokens, 'tokens are conserved')
  assert.deepEqual(effects().stuck, [])
  assert.equal(all.filter((e) => e.end).length, steps.length ? 0 : 1, 'it ends once, when nothing waits any more')
  if (!steps.length) assert.deepEqual([joins, state().scopes ?? []], [[], []], 'no token is left at a join, no scope open')
}

test('random block-structured processes wait where the oracle says, conserve tokens and end exactly once', async () => {
  await fc.assert(fc.asyncProperty(shape, fc.infiniteStream(fc.nat(1_000)), async (random, luck) => {
    const block = named(random)
    const process = await compileProcess(toBpmn(block))
    const player = playProcess(process, choices(block))
    let rests: Rest[] = [begin(block)].filter((r) => r.k !== 'done')
    check(player, rests)
    for (let round = 0; rests.length; round += 1) {
      const waiting = rests.flatMap(open)
      const pick = waiting[luck.next().value % waiting.length]!
      const acts = round < AGAIN_AT_MOST ? pick.acts : pick.acts.slice(0, 1)
      const what = acts[luck.next().value % acts.length]!
      if (what === 'fire') player.fire(`${pick.id}t`)
      else player.complete(pick.id, pick.acts.includes('again') ? (what === 'again' ? 'again' : 'done') : null)
      const aside: Rest[] = []
      const at = rests.findIndex((r) => open(r).some((o) => o.id === pick.id && o.acts.includes(what)))
      rests = [...rests.with(at, act(rests[at]!, pick.id, what, aside)!), ...aside].filter((r) => r.k !== 'done')
      check(player, rests)
    }
  }), { numRuns: 400 })
})
