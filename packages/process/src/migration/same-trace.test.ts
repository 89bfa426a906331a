import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EMPTY_STATE, applyEffects, completeTask, fireTimer, start, type Effects, type EngineEnv, type InstanceState, type TraceEvent } from '../engine/index.ts'
import { choices, named, toBpmn, type Shape } from '../engine/random-model.ts'
import { compileProcess, type CompiledProcess } from '../model/index.ts'
import { migrateState, planMigration, type PendingTimer } from './index.ts'

const { shape } = fc.letrec<{ shape: Shape }>((tie) => {
  const parts = (min: number) => fc.array(tie('shape'), { minLength: min, maxLength: 3 })
  const branches = fc.array(fc.oneof(tie('shape'), fc.constant<Shape>({ k: 'skip' })), { minLength: 2, maxLength: 3 })
  return {
    shape: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constant<Shape>({ k: 'task' }),
      fc.record({ k: fc.constant('timer' as const), interrupting: fc.boolean(), tasks: fc.nat(2) }),
      fc.record({ k: fc.constant('and' as const), items: parts(2) }),
      fc.record({ k: fc.constant('xor' as const), items: branches, choice: fc.nat(3) }),
      fc.record({ k: fc.constant('or' as const), items: branches, taken: fc.nat(7) }),
      fc.record({ k: fc.constant('seq' as const), items: parts(1) }),
      fc.record({ k: fc.constant('sub' as const), body: tie('shape') }),
      fc.record({ k: fc.constant('multi' as const), body: tie('shape'), times: fc.nat(3), sequential: fc.boolean() }),
      fc.record({ k: fc.constant('loop' as const), body: tie('shape') }),
    ),
  }
})

/** A case that is played act by act, and may change its process in between. */
function playing(first: CompiledProcess, variables: Record<string, unknown>) {
  let process = first, state: InstanceState = EMPTY_STATE, ids = 0, timers: PendingTimer[] = []
  const trace: TraceEvent[] = []
  const env: EngineEnv = { newId: () => `s${(ids += 1)}`, trace: (e) => trace.push(e) }
  const apply = (e: Effects) => {
    state = applyEffects(state, e)
    timers = [...timers.filter((t) => !e.timersToCancel.includes(t.ownerId)), ...e.timersToArm.map((t) => ({ ownerId: t.stepId, nodeId: t.nodeId }))]
  }
  apply(start(process, variables, env))
  return {
    trace, state: () => state, timers: () => timers,
    act(luck: number, round: number) {
      const todo = [...state.steps.map((s) => ({ step: s.id, timer: null as PendingTimer | null })), ...timers.map((t) => ({ step: t.ownerId, timer: t }))]
      const pick = todo[luck % todo.length]!
      if (pick.timer) {
        timers = timers.filter((t) => t !== pick.timer)
        return apply(fireTimer(process, state, { stepId: pick.timer.ownerId, nodeId: pick.timer.nodeId }, env))
      }
      const node = process.nodes[state.steps.find((s) => s.id === pick.step)!.nodeId]!
      const loop = node.type === 'userTask' && node.task.outcomes.length > 0
      apply(completeTask(process, state, pick.step, { outcome: loop ? (luck % 3 === 0 && round < 40 ? 'again' : 'done') : null }, env))
    },
    migrate(to: CompiledProcess, asked: Record<string, string>) {
      const done = migrateState(process, to, planMigration(process, to, asked), state, { ...env, timers })
      assert.ok(done.ok, done.ok ? '' : JSON.stringify(done.problems))
      const { migration } = done
      assert.deepEqual([migration.timersGone, migration.timersReset, migration.effects.newSteps, migration.effects.waits, migration.effects.timersToArm], [[], [], [], [], []])
      timers = timers.map((t) => ({ ...t, nodeId: migration.timersMoved.find((m) => m.ownerId === t.ownerId && m.from === t.nodeId)?.to ?? t.nodeId }))
      state = migration.state
      apply(migration.effects)
      process = to
    },
  }
}

const renamed = (xml: string): string => xml.replace(/(?<!qc:outcome )\b(id|sourceRef|targetRef|attachedToRef|default)="([^"]+)"/g, '$1="r_$2"')
const back = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('"r_', '"')) as T

for (const [what, change] of [['an identical model', (xml: string) => xml.replace('isExecutable', ' isExecutable')], ['a model with other ids', renamed]] as const) {
  test(`MG-01 a case that goes over to ${what} at any moment goes on exactly as one that does not`, async () => {
    let went = 0
    await fc.assert(fc.asyncProperty(shape, fc.nat(6), fc.infiniteStream(fc.nat(1_000)), async (random, when, luck) => {
      const block = named(random), xml = toBpmn(block)
      const [from, to] = [await compileProcess(xml), await compileProcess(change(xml))]
      const asked = change === renamed ? Object.fromEntries(Object.keys(from.nodes).map((id) => [id, `r_${id}`])) : {}
      const stays = playing(from, choices(block)), goes = playing(from, choices(block))
      for (let round = 0; stays.state().steps.length; round += 1) {
        if (round === when) { goes.migrate(to, asked); went += 1 }
        const n = luck.next().value
        stays.act(n, round)
        goes.act(n, round)
        assert.deepEqual(back(goes.state()), back(stays.state()))
        assert.deepEqual(back(goes.timers()), stays.timers())
      }
      assert.deepEqual(back(goes.trace), stays.trace)
    }), { numRuns: 200 })
    assert.ok(went > 60, `${went} cases went over`)
  })
}
