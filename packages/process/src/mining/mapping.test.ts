import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bpmn, flows, tag } from '../engine/testing.ts'
import { compileProcess } from '../model/index.ts'
import { addCase, caseTable, everyCase } from './case-table.ts'
import { conformance } from './conformance.ts'
import { activitiesOf, mapActivities, onNodes, placesOf } from './mapping.ts'

const named = (id: string, name: string): string => `<bpmn:userTask id="${id}" name="${name}"/>`
const model = await compileProcess(bpmn(tag('startEvent', 'start') + named('take', 'Take order') + named('check', '检 验') + named('repair', 'Repair') + named('again', 'Repair') + tag('endEvent', 'end') + flows('start -> take\ntake -> check\ncheck -> repair\nrepair -> again\nagain -> end')))
const places = placesOf(model)

/** A log: words of activities, a case each. */
function log(...cases: string[][]) {
  const t = caseTable()
  for (const [c, steps] of cases.entries()) {
    addCase(t, { id: `c${c}`, started: 0, ended: 9_000_000, version: 1, endNode: '', whole: true }, steps.map((activity, i) => ({ activity, nodeId: activity, role: '', who: '', entered: i * 60_000, started: Number.NaN, finished: (i + 1) * 60_000, flags: 0 })))
  }
  return t
}
const judge = (t: ReturnType<typeof log>, given: Record<string, string | null> = {}) => {
  const mapped = mapActivities(activitiesOf(t, everyCase(t)), places, given)
  return { mapped: Object.fromEntries(mapped.map(m => [m.activity, [m.node, m.how]])), found: conformance(model, onNodes(t, mapped), everyCase(t)) }
}

test('activities are found by their names, whatever spaces, width and case; of two nodes of one name none is guessed, and what somebody says comes first', () => {
  const t = log(['take-order', '检验', 'Repair', 'ＴＡＫＥ　ＯＲＤＥＲ', 'Wash'])
  assert.deepEqual(judge(t).mapped, { 'take-order': ['take', 'name'], 检验: ['check', 'name'], 'ＴＡＫＥ　ＯＲＤＥＲ': ['take', 'name'], Repair: [null, null], Wash: [null, null] })
  assert.deepEqual(judge(t, { Repair: 'again', Wash: '', 检验: null }).mapped, { 'take-order': ['take', 'name'], 检验: [null, null], 'ＴＡＫＥ　ＯＲＤＥＲ': ['take', 'name'], Repair: ['again', 'given'], Wash: [null, 'left'] })
})

test('a log that did what is drawn fits throughout; what the model has not costs tokens, unless it is left out', () => {
  const t = log(['Take order', '检验', 'mend', 'test', 'Wash'], ['Take order', '检验', 'mend', 'test'])
  const map = { mend: 'repair', test: 'again' }
  const counted = judge(t, map).found
  assert.deepEqual([counted.cases, counted.fitting, counted.deviations.map(d => [d.kind, d.name, d.cases])], [2, 1, [['unknown', 'Wash', 1]]])
  // with Wash: the start, its event, four activities, and one that stands alone; one missing before it, one remaining behind it
  assert.deepEqual(counted.tokens, { produced: 15, consumed: 15, missing: 1, remaining: 1 })
  const left = judge(t, { ...map, Wash: '' }).found
  assert.deepEqual([left.fitting, left.fitness, left.deviations], [2, 1, []])
})

test('the table that was mapped is untouched: the next question finds the log as it was', () => {
  const t = log(['Take order', 'Wash'])
  const before = JSON.stringify([t.nodes.list, t.labelNode])
  judge(t, { Wash: '' })
  assert.equal(JSON.stringify([t.nodes.list, t.labelNode]), before)
})
