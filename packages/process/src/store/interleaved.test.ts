import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineModule } from '@quancheng/kernel'
import { runDue, testApp } from '@quancheng/kernel/testing'
import { EMPTY_STATE, applyEffects, completeTask, deliverMessage, fireTimer, start, type Effects, type EngineEnv, type InstanceState } from '../engine/index.ts'
import { event, flows, model, on, script, tag } from '../engine/testing.ts'
import { compileProcess } from '../model/index.ts'
import { deploy } from './definitions.ts'
import { completeAny } from './free.ts'
import { lookAtInstance } from './load.ts'
import { sendMessage } from './messages.ts'
import { processModule } from './module.ts'
import { startCase } from './starts.ts'

/*
 * Many act at once, on the same cases and the same tasks. Afterwards every case must look as if the acts that were done had been done one
 * after the other: they are played again in memory, in the order in which they held the case, and the timers wherever they fit.
 */

const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const frame = defineModule({ name: 'frame', label: ['框架', 'Frame'], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await testApp({ modules: [processModule, frame], clock: '2026-11-23T01:00:00Z' })

const user = (id: string, inner = '') => event('userTask', id, 'qc:role="clerk"', inner)
const count = (id: string) => script(id, 'n + 1', 'qc:resultVariable="n"')
const three = '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>'
const XML = model(tag('startEvent', 's') + tag('parallelGateway', 'fork j') + user('a') + user('b') + user('many', three) + count('ca') + count('cb') + count('cm') + count('cs')
  + event('boundaryEvent', 'due', 'attachedToRef="b" cancelActivity="false"', on.timer('PT1H')) + user('chase') + tag('endEvent', 'e e2')
  + event('subProcess', 'sub', '', tag('startEvent', 'is') + tag('parallelGateway', 'split') + user('x') + user('y') + tag('endEvent', 'ie ie2') + flows('is -> split\nsplit -> x\nsplit -> y\nx -> ie\ny -> ie2', 'i'))
  + event('boundaryEvent', 'stop', 'attachedToRef="sub" qc:correlationKey="= no"', on.message('m1')) + user('late') + tag('inclusiveGateway', 'or') + tag('eventBasedGateway', 'g')
  + event('intermediateCatchEvent', 'go', 'qc:correlationKey="= no"', on.message('m2')) + event('intermediateCatchEvent', 'time', '', on.timer('PT2H')) + user('z')
  + flows('s -> fork\nfork -> a\nfork -> b\nfork -> many\na -> ca\nb -> cb\nmany -> cm\nca -> j\ncb -> j\ncm -> j\ndue -> chase\nchase -> e2\nj -> sub\nsub -> cs\ncs -> or\nstop -> late\nlate -> or\nor -> g\ng -> go\ng -> time\ngo -> z\ntime -> z\nz -> e'))

type Done = { what: 'start' } | { what: 'complete'; node: string; round: unknown } | { what: 'message'; name: string }

interface Played { state: InstanceState; armed: { stepId: string; nodeId: string }[]; rounds: Map<string, unknown>; how: string }

/** What can be told of a case without its ids. */
function told(state: InstanceState, rounds: ReadonlyMap<string, unknown>, armed: readonly string[], how: string): string {
  return JSON.stringify([
    state.steps.map(s => `${s.nodeId} ${String(rounds.get(s.id) ?? '')}`).toSorted(), state.joins.map(j => `${j.flowId} ${j.count}`).toSorted(),
    (state.scopes ?? []).map(s => `${s.kind} ${s.nodeId} ${s.loop?.done ?? ''}`).toSorted(), (state.waits ?? []).map(w => `${w.on} ${w.nodeId} ${w.name ?? ''} ${w.key ?? ''}`).toSorted(),
    Object.entries(state.variables).toSorted(([a], [b]) => (a < b ? -1 : 1)), armed.toSorted(), how,
  ])
}

const process = await compileProcess(XML)

/** Is there an order of the timers among the acts that leads to what is stored? */
function explained(no: string, acts: readonly Done[], stored: string): boolean {
  let next = 0
  const env: EngineEnv = { newId: () => `s${(next += 1)}` }
  const after = (p: Played | null, effects: Effects): Played => {
    const gone = new Set(effects.timersToCancel)
    const rounds = new Map(p?.rounds)
    for (const s of effects.newSteps) rounds.set(s.id, s.local?.['loopCounter'])
    return { state: applyEffects(p?.state ?? EMPTY_STATE, effects), rounds, armed: [...(p?.armed ?? []).filter(a => !gone.has(a.stepId)), ...effects.timersToArm], how: effects.end?.how ?? p?.how ?? 'active' }
  }
  const seen = new Set<string>()
  const walk = (p: Played, at: number): boolean => {
    const now = told(p.state, p.rounds, p.armed.map(a => a.nodeId), p.how)
    if (at === acts.length && now === stored) return true
    if (seen.has(`${at} ${now}`)) return false
    seen.add(`${at} ${now}`)
    const act = acts[at]
    if (act?.what === 'complete') {
      const step = p.state.steps.find(s => s.nodeId === act.node && p.rounds.get(s.id) === act.round)
      if (step && walk(after(p, completeTask(process, p.state, step.id, {}, env)), at + 1)) return true
    }
    if (act?.what === 'message') {
      const effects = deliverMessage(process, p.state, { name: act.name, key: no }, env)
      if (!effects.ignored && walk(after(p, effects), at + 1)) return true
    }
    return p.armed.some(t => {
      const effects = fireTimer(process, p.state, t, env)
      return !effects.ignored && walk(after({ ...p, armed: p.armed.filter(a => a !== t) }, effects), at)
    })
  }
  return walk(after(null, start(process, { no, n: 0 }, env)), 0)
}

/** `PROOF_RUNS` for a longer search; `PROOF_SEED` for the same choices again (who is faster is not up to us). */
const SEED = Number(globalThis.process.env['PROOF_SEED'] ?? Math.floor(Math.random() * 1e9))
const ROUNDS = Number(globalThis.process.env['PROOF_RUNS'] ?? 1)
const CASES = 10, PEOPLE = 6, ACTS = 45
const REFUSALS = new Set(['TASK_DONE', 'CASE_OVER'])

test('IL-01 whoever acts at the same time as others: each case has gone through its acts one after the other, none lost and none done twice', async t => {
  t.diagnostic(`seed ${SEED}`)
  let luck = SEED
  const pick = (n: number): number => { luck = (luck * 1_103_515_245 + 12_345) % 2_147_483_648; return Math.floor(luck / 65_536) % n }
  await app.system(ctx => deploy(ctx, 'race', XML))
  const seen = { done: 0, refused: 0, messages: 0, fired: 0, over: 0 }
  for (let round = 0; round < ROUNDS; round += 1) {
    const ids = await app.system(async ctx => { const made: string[] = []; for (let i = 0; i < CASES; i++) made.push((await startCase(ctx, 'race', { variables: { no: `${round}-${i}`, n: 0 } })).caseId); return made })
    const acts = new Map<string, Done[]>(ids.map(id => [id, []]))
    const done = new Set<string>()
    const complete = async (caseId: string, step: { id: string; node_id: string; data: { local?: { loopCounter?: number } } }) => {
      try {
        await app.system(async ctx => {
          await completeAny(ctx, step.id, {})
          // the case is held until the commit: this is the order in which the acts were done
          acts.get(caseId)!.push({ what: 'complete', node: step.node_id, round: step.data.local?.loopCounter })
        })
        assert.ok(!done.has(step.id), 'a task is done once')
        done.add(step.id)
        seen.done += 1
      } catch (error) {
        assert.ok(REFUSALS.has((error as { code?: string }).code ?? ''), `refused as ${String((error as { code?: string }).code)}: ${String(error)}`)
        seen.refused += 1
      }
    }
    const person = async () => {
      for (let n = 0; n < ACTS; n += 1) {
        const which = pick(CASES), caseId = ids[which]!
        if (pick(8) === 0) {
          const name = pick(2) ? 'M1' : 'M2'
          await app.system(async ctx => { const { to } = await sendMessage(ctx, { name, key: `${round}-${which}`, variables: {} }, { keepMinutes: 0 }); if (to === 'case') { acts.get(caseId)!.push({ what: 'message', name }); seen.messages += 1 } })
          continue
        }
        const { rows } = await app.owner.query("select id, node_id, data from process_step where instance_id = $1 and kind = 'user' and state in ('waiting','active') order by seq", [caseId])
        const step = rows.length ? rows[pick(rows.length)] as { id: string; node_id: string; data: { local?: { loopCounter?: number } } } : null
        if (!step) continue
        // two for the same task, now and then
        await Promise.all(Array.from({ length: 1 + pick(2) }, () => complete(caseId, step)))
      }
    }
    const worker = async () => {
      for (let n = 0; n < 12; n += 1) {
        app.clock!.advance(15)
        await runDue(app.runtime, n % 2 ? 20 : 1)
      }
    }
    await Promise.all([...Array.from({ length: PEOPLE }, person), worker(), worker()])
    for (const [i, id] of ids.entries()) {
      const loaded = await app.system(ctx => lookAtInstance(ctx, id))
      const armed = (await app.owner.query("select payload->>'nodeId' as node from job where kind = 'process.timer' and payload->>'instanceId' = $1", [id])).rows.map(r => r.node as string)
      const stored = told(loaded.state, new Map(loaded.live.map(s => [s.id, s.data.local?.['loopCounter']])), armed, loaded.instance.state)
      assert.ok(explained(`${round}-${i}`, acts.get(id)!, stored), `no order explains ${stored}\n${JSON.stringify(acts.get(id))}`)
      if (loaded.instance.state === 'completed') seen.over += 1
    }
    seen.fired += (await app.owner.query("select count(*)::int as n from process_step where node_id = 'chase'")).rows[0].n as number
    assert.deepEqual((await app.owner.query('select node_id, code, message from process_incident')).rows, [])
  }
  t.diagnostic(JSON.stringify(seen))
  assert.ok(seen.done > CASES * 3 && seen.refused > 5 && seen.over > 0, `something was raced for: ${JSON.stringify(seen)}`)
})
