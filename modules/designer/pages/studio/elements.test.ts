import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseBpmn } from '@quancheng/process'
import { chinese } from './chinese.ts'
import { askedBefore, flowsFrom, freeId, laneOf, list, parts, processOf, ref, text, withParts } from './elements.ts'
import { offered } from './menus.ts'
import type { Bo, Shape } from './types.ts'

const leave = readFileSync(new URL('../../templates/leave.bpmn', import.meta.url), 'utf8')
async function open(xml = leave) {
  const definitions = (await parseBpmn(xml)).definitions as unknown as Bo
  const collaboration = list(definitions, 'rootElements').find(e => e.$type === 'bpmn:Collaboration')!
  const process = processOf({ businessObject: collaboration } as Shape)!
  return { process, find: (id: string): Bo => list(process, 'flowElements').find(e => e.id === id)! }
}

test('the panel reads the parts of a step as plain values', async () => {
  const { process, find } = await open()
  const approve = find('approve')
  assert.deepEqual(parts(approve, 'qc:Item'), [{ id: 'cover', label: '已安排代班', required: true, outcomes: 'agree' }])
  assert.deepEqual(parts(approve, 'qc:Outcome').map(o => o.label), ['同意', '驳回'])
  assert.deepEqual([laneOf(process, approve)?.name, parts(approve, 'qc:Approval')], ['上级', [{ mode: 'any', who: 'starter.manager', approve: 'agree', reject: 'reject' }]])
  assert.equal(text(approve, 'qc:stage'), 'manager')
  assert.deepEqual([parts(find('apply'), 'qc:Standard'), parts(find('hr-decided'), 'qc:Item')], [[{ minutes: 60, clock: 'business', warn: 80 }], []])
})

test('writing one kind of part leaves the others and the object before as they were, so that undo has them', async () => {
  const { find } = await open()
  const approve = find('approve')
  const before = ref(approve, 'extensionElements')!
  const count = list(before, 'values').length
  const next = withParts(approve, 'qc:Item', [...parts(approve, 'qc:Item'), { id: 'item1', label: '已查考勤', required: true, outcomes: '' }])!
  assert.equal(ref(approve, 'extensionElements'), before)
  assert.equal(list(before, 'values').length, count)
  assert.deepEqual(list(next, 'values').map(v => v.$type), ['qc:Approval', 'qc:Standard', 'qc:Field', 'qc:Field', 'qc:Item', 'qc:Item', 'qc:Outcome', 'qc:Outcome'])
  const added = list(next, 'values').find(v => v.get('id') === 'item1')!
  assert.deepEqual([added.get('label'), added.get('required'), 'outcomes' in added && added.get('outcomes') !== undefined], ['已查考勤', true, false])
})

test('a step that has nothing left has no extension at all', async () => {
  const { find } = await open()
  const gateway = find('decided')
  assert.equal(withParts(gateway, 'qc:Item', []), undefined)
})

test('a condition asks the nearest people before it, through gateways and around loops', async () => {
  const { find } = await open()
  assert.deepEqual(askedBefore(find('decided')).map(b => b.id), ['approve'])
  assert.deepEqual(askedBefore(find('long')).map(b => b.id), ['approve'])
  assert.deepEqual(askedBefore(find('approve')).map(b => b.id), ['approve'], 'a step asks itself')
  assert.deepEqual(askedBefore(find('closed')).map(b => b.id), ['return'])
  const bare = await open(leave.replace(/<bpmn:(incoming|outgoing)>[^<]*<\/bpmn:\1>/g, ''))
  assert.deepEqual([askedBefore(bare.find('long')).map(b => b.id), flowsFrom(bare.find('decided')).map(b => b.name)], [['approve'], ['同意', '驳回']], 'also where the file names no incoming and outgoing')
})

test('identifiers are never given twice', () => {
  assert.equal(freeId('item', ['item1', undefined, 'item2']), 'item3')
})

test('the modeller speaks Chinese: every sentence that bpmn-js has for its menus', async () => {
  const { PopupEntries } = await import('bpmn-js/lib/features/popup-menu/PopupEntries.js') as unknown as { PopupEntries: Record<string, { label: string }> }
  const labels = Object.values(PopupEntries).map(e => e.label)
  assert.ok(labels.length > 60)
  assert.deepEqual(labels.filter(label => !/[\u4e00-\u9fff]/.test(chinese(label))), [])
  assert.equal(chinese('Open {element}', { element: '审批' }), '打开审批')
  assert.equal(chinese('Timer boundary event (non-interrupting)'), '定时（边界），不打断')
  assert.equal(chinese('Something new'), 'Something new')
})

test('the menus offer what the engine executes, and nothing that could not be published', () => {
  const today = new Set(['startEvent', 'endEvent', 'userTask', 'serviceTask', 'task', 'manualTask', 'exclusiveGateway', 'parallelGateway', 'boundaryEvent'])
  const ids = ['user-task', 'script-task', 'exclusive-gateway', 'inclusive-gateway', 'none-end', 'terminate-end', 'message-end', 'timer-boundary', 'error-boundary', 'none-intermediate-throw', 'subprocess']
  const seen = (executed: Set<string>) => ids.filter(id => offered(`replace-with-${id}`, executed))
  assert.deepEqual(seen(today), ['user-task', 'exclusive-gateway', 'none-end', 'terminate-end', 'timer-boundary'])
  assert.deepEqual(seen(new Set([...today, 'inclusiveGateway', 'subProcess', 'scriptTask', 'intermediateCatchEvent', 'intermediateThrowEvent'])), ids, 'with the full engine, all of them')
  assert.equal(offered('replace-with-default-flow', today), true)
})
