import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draw, type Box, type Graph, type Kind } from './index.ts'
import { backFlows, columns } from './place.ts'

/** `a -> b` one a line; a name says its kind: x… a gateway, s… and e… an event, else a task; `lane:a` puts it in a lane. */
function graph(text: string, lanes: Record<string, string[]> = {}, timers: Record<string, string> = {}): Graph {
  const flows = text.trim().split('\n').map((l, i) => { const [source, target] = l.trim().split(' -> ') as [string, string]; return { id: `f${i + 1}`, source, target, name: '' } })
  const ids = [...new Set(flows.flatMap(f => [f.source, f.target]))]
  const kind = (id: string): Kind => (timers[id] ? 'boundary' : id.startsWith('x') ? 'gateway' : /^[se]\d*$/.test(id) ? 'event' : 'task')
  return { flows, lanes: Object.keys(lanes).map(id => ({ id, name: id })), nodes: ids.map(id => ({ id, kind: kind(id), name: id, lane: Object.entries(lanes).find(([, n]) => n.includes(id))?.[0] ?? null, ...(timers[id] ? { host: timers[id] } : {}) })) }
}
const LOOP = graph('s -> a\na -> x\nx -> b\nx -> a\nb -> e')
const LANES = graph('s -> apply\napply -> boss\nboss -> x\nx -> pay\nx -> revise\nrevise -> boss\npay -> e\nt -> chase\nchase -> e2', { one: ['s', 'apply', 'revise'], two: ['boss', 'x', 'chase', 'e2'], three: ['pay', 'e'] }, { t: 'boss' })
const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

test('a step stands right of all that leads to it; what leads back moves nothing', () => {
  assert.deepEqual([...backFlows(LOOP)], ['f4'])
  assert.deepEqual(Object.fromEntries(columns(LOOP)), { s: 0, a: 1, x: 2, b: 3, e: 4 })
})

for (const [name, g] of Object.entries({ loop: LOOP, lanes: LANES })) {
  test(`${name}: nothing overlaps, every flow runs in right angles from edge to edge and through no other step`, () => {
    const picture = draw(g)
    const nodes = g.nodes.filter(n => n.kind !== 'boundary')
    for (const a of nodes) for (const b of nodes) if (a.id < b.id) assert.ok(!overlap(picture.boxes.get(a.id)!, picture.boxes.get(b.id)!), `${a.id} lies on ${b.id}`)
    for (const f of g.flows) {
      const way = picture.ways.get(f.id)!
      assert.ok(way.length >= 2)
      for (const [i, p] of way.entries()) {
        const q = way[i + 1]
        if (!q) continue
        assert.ok(p.x === q.x || p.y === q.y, `${f.id} is not at right angles`)
        const host = g.nodes.find(n => n.id === f.source)!.host
        for (const n of nodes) if (![f.source, f.target, host].includes(n.id)) {
          const b = picture.boxes.get(n.id)!
          const piece = { x: Math.min(p.x, q.x), y: Math.min(p.y, q.y), width: Math.abs(p.x - q.x) || 0.1, height: Math.abs(p.y - q.y) || 0.1 }
          assert.ok(!overlap(piece, b), `${f.id} runs through ${n.id}`)
        }
      }
    }
  })
}

test('a lane holds its steps, the lanes fill the pool, and the same graph gives the same picture', () => {
  const picture = draw(LANES)
  for (const n of LANES.nodes) {
    const lane = n.lane && picture.lanes.get(n.lane), box = picture.boxes.get(n.id)!
    if (lane) assert.ok(box.x > lane.x && box.y >= lane.y && box.x + box.width < lane.x + lane.width && box.y + box.height <= lane.y + lane.height, n.id)
  }
  assert.equal([...picture.lanes.values()].reduce((sum, l) => sum + l.height, 0), picture.pool!.height)
  assert.deepEqual(draw(LANES), picture)
})
