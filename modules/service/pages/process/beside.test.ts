import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beside } from './beside.ts'
import { upright } from './drawing.ts'

const shape = (id: string, name: string, x: number, y: number, kind: 'task' | 'event' = 'task') => ({ id, name, kind, x, y, width: kind === 'task' ? 100 : 36, height: kind === 'task' ? 80 : 36 })
const drawing = upright({ shapes: [shape('s', '', 0, 22, 'event'), shape('a', '检验', 100, 0), shape('b', '维修', 260, 0), shape('c', '质检', 420, 160), shape('e', '', 580, 22, 'event')], edges: [{ id: 'f', points: [{ x: 200, y: 40 }, { x: 260, y: 40 }] }] })
const node = (activity: string, kind: 'start' | 'activity' | 'end' = 'activity') => ({ kind, activity, count: 5 })
const graph = { nodes: [node('__start__', 'start'), node('检验'), node('维修'), node('拍照'), node('__end__', 'end')], edges: [{ from: '__start__', to: '检验', count: 5 }, { from: '检验', to: '维修', count: 4 }, { from: '维修', to: '检验', count: 1 }, { from: '维修', to: '维修', count: 1 }, { from: '检验', to: '拍照', count: 1 }] }

test('a drawing from left to right stands upright: what comes later lies lower, lanes lie beside each other', () => {
  const at = (id: string) => drawing.boxes.find(b => b.id === id)!
  assert.ok(at('a').y < at('b').y && at('b').y < at('c').y)
  assert.equal(at('a').x, at('b').x)
  assert.ok(at('c').x > at('a').x)
  assert.ok(drawing.height > drawing.width)
  assert.deepEqual(upright({ shapes: [], edges: [] }).boxes, [])
})

test('the discovered map stands on the places of the drawing, and what is not drawn beneath it', () => {
  const found = beside(graph, drawing, [{ from: '检验', to: '拍照', times: 1 }])
  const at = (id: string) => found.nodes.find(n => n.id === id)!
  for (const [name, id] of [['检验', 'a'], ['维修', 'b']] as const) { const box = drawing.boxes.find(b => b.id === id)!; assert.deepEqual([at(name).x, at(name).y, at(name).drawn], [box.x, box.y, true]) }
  assert.ok(at('拍照').y > drawing.height - 1 && !at('拍照').drawn)
  assert.ok(at('__end__').y > at('拍照').y)
  assert.deepEqual(found.ways.filter(w => w.broken > 0).map(w => `${w.from}→${w.to}`), ['检验→拍照'])
  assert.equal(found.ways.length, 5)
  const [there, back] = [found.ways[1]!, found.ways[2]!]
  assert.notEqual(there.label.x, back.label.x, 'a way and its way back lie apart')
  for (const w of found.ways) assert.doesNotMatch(w.path, /NaN/)
})
