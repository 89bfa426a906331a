import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statementsOf, testApp, type Caller } from '@quancheng/kernel/testing'
import { processModule } from '@quancheng/process'
import org from '@quancheng/org'
import processTree from '../index.ts'
import { inTreeOrder, ringOf, type TreeNode } from '../rules/tree.ts'
import { fromJson } from '../rules/tree-file.ts'

const app = await testApp({ modules: [org, processModule, processTree], clock: '2026-11-23T01:30:00Z', tenants: 2 })
const GRANTS = Object.fromEntries('read create update remove import export'.split(' ').map(verb => [`processNode:${verb}`, ['all']]))
const author = await app.person({ username: 'yeqing', roles: [{ code: 'author', grants: GRANTS }] })
const reader = await app.person({ username: 'zhouzhan', roles: [{ code: 'reader', grants: { 'processNode:read': ['all'] } }] })
const elsewhere = await app.person({ username: 'other', roles: [{ code: 'author', grants: GRANTS }] }, app.tenantIds[1]!)

const send = (who: Caller, name: string, content: string | Buffer) => {
  const edge = 'qc-test-edge'
  const body = Buffer.concat([Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`), Buffer.from(content), Buffer.from(`\r\n--${edge}--\r\n`)])
  return who.call('POST', '/api/process-tree/import', body, { 'content-type': `multipart/form-data; boundary=${edge}` })
}

test('TP-06 a tree 120 deep comes in from a file, is shown, and goes out as it came, with as many questions as one of two levels', async t => {
  const rows = Array.from({ length: 120 }, (_, i) => [i + 1, `D${i + 1}`, `${'　'.repeat(Math.min(i, 20))}第 ${i + 1} 级`, i ? '流程' : '阶段', '准备资料', '客户', '系统提示', '写反馈'].join(','))
  const csv = ['级,编码,名称,种类,准备,沟通对象,系统支持,反馈', ...rows].join('\n')
  const small = await statementsOf(app, () => send(elsewhere, '树.csv', ['级,编码,名称', '1,A,甲', '2,B,乙'].join('\n')))
  const began = performance.now()
  const deep = await statementsOf(app, () => send(author, '树.csv', csv))
  assert.deepEqual(deep.answer.body, { total: 120, created: 120, changed: 0, unchanged: 0 })
  assert.equal(deep.asked.length, small.asked.length, 'the number of statements does not grow with depth')
  const imported = performance.now()
  const shown = await statementsOf(app, () => author.get('/api/process-tree'))
  assert.deepEqual(shown.answer.body.nodes.map((n: { level: number }) => n.level), Array.from({ length: 120 }, (_, i) => i + 1))
  assert.equal(shown.answer.body.nodes[0].below, 119)
  const rendered = performance.now()
  const out = await statementsOf(app, () => author.get('/api/process-tree/export?format=csv'))
  const ended = performance.now()
  t.diagnostic(`120 levels: import ${Math.round(imported - began)} ms, show ${Math.round(rendered - imported)} ms, export ${Math.round(ended - rendered)} ms`)
  assert.deepEqual([shown, out].map(x => x.asked.filter(q => q.includes('process_node')).length), [1, 1], 'one question for the whole tree')
  const again = await send(author, '流程树.csv', out.answer.raw)
  assert.deepEqual(again.body, { total: 120, created: 0, changed: 0, unchanged: 120 }, 'the file says what the tree says')
})

test('TP-06 JSON and Excel carry the same tree; what a file does not name stays', async () => {
  for (const format of ['json', 'xlsx']) {
    const out = await author.get(`/api/process-tree/export?format=${format}`)
    assert.equal(out.status, 200)
    const again = await send(author, `流程树.${format}`, out.raw)
    assert.deepEqual([again.body.total, again.body.changed], [120, 0], `${format}: ${JSON.stringify(again.body)}`)
  }
  const more = await send(author, '补.csv', '级,编码,名称,事前必做\n1,D1,新的名字,"带样机\n带合同"')
  assert.deepEqual(more.body, { total: 1, created: 0, changed: 1, unchanged: 0 })
  const { nodes } = (await author.get('/api/process-tree')).body
  assert.deepEqual([nodes.length, nodes[0].name, nodes[0].mustBefore], [120, '新的名字', '带样机\n带合同'])
})

test('TP-06 a file with mistakes changes nothing and names every line', async () => {
  const bad = await send(author, '错.csv', '级,编码,名称,种类,下一环\n1,X1,甲,阶段,\n3,X2,乙,流程,\n2,X1,丙,流程,\n2,X3,,房间,\n2,X4,丁,流程,X1\n1,X5,戊,阶段,没有的')
  assert.deepEqual([bad.status, bad.body.code], [422, 'TREE_FILE'])
  assert.deepEqual(bad.body.details.problems.map((p: { line: number; message: string }) => [p.line, p.message]), [
    [3, '第 3 级上面没有第 2 级'], [4, '编码“X1”与第 2 行重复'], [5, '没有名称'], [5, '种类“房间”不是阶段、流程或步骤'], [6, '只有第一级节点有下一环'], [7, '下一环“没有的”不在树里']])
  assert.equal((await author.get('/api/process-tree')).body.nodes.length, 120)
  assert.equal((await send(author, '错.json', '{')).body.code, 'TREE_FILE')
  assert.equal((await send(author, '错.doc', 'x')).body.code, 'FILE_TYPE')
  assert.equal((await send(reader, '树.csv', '级,编码,名称\n1,Z,甲')).status, 403)
})

test('TP-06 a node moves among its siblings and to another branch, never below itself, and only empty nodes go', async () => {
  const id = async (code: string) => (await author.get('/api/process-tree')).body.nodes.find((n: { code: string }) => n.code === code).id as string
  const make = async (code: string, parentId: string | null) => (await author.post('/api/process-nodes', { code, name: code, ...(parentId ? { parentId } : {}) })).body.id as string
  const root = await make('M0', null), a = await make('MA', root), b = await make('MB', root), c = await make('MC', root)
  assert.equal((await author.post(`/api/process-tree/${c}/move`, { parentId: root, before: a })).status, 200)
  const below = async () => (await author.get('/api/process-tree')).body.nodes.filter((n: { parentId: string }) => n.parentId === root).map((n: { code: string }) => n.code)
  assert.deepEqual(await below(), ['MC', 'MA', 'MB'])
  assert.equal((await author.post(`/api/process-tree/${b}/move`, { parentId: a })).status, 200)
  assert.deepEqual(await below(), ['MC', 'MA'])
  assert.equal((await author.post(`/api/process-tree/${a}/move`, { parentId: b })).body.code, 'TREE_BELOW_ITSELF')
  assert.equal((await author.post(`/api/process-tree/${root}/move`, { parentId: root })).body.code, 'TREE_BELOW_ITSELF')
  assert.equal((await author.remove(`/api/process-nodes/${a}`)).body.code, 'TREE_HAS_CHILDREN')
  assert.equal((await author.remove(`/api/process-nodes/${b}`)).status, 204)
  assert.equal((await reader.post(`/api/process-tree/${c}/move`, { parentId: null })).status, 403)
  assert.equal((await elsewhere.post(`/api/process-tree/${await id('M0')}/move`, { parentId: null })).status, 404)
})

const node = (id: string, nextId: string | null, more: Partial<TreeNode> = {}): TreeNode => ({ id, code: id, name: id, kind: 'phase', parentId: null, position: Number(more.position ?? 0), nextId, ownerRole: null, prepare: null, talkTo: null, support: null, feedback: null, mustBefore: null, mustAfter: null, processKey: null, nodeId: null, ...more })

test('TP-06 level 1 is a closed loop: the last leads to the first; every break is told in a sentence', () => {
  const five = (['营销', '销售', '交付', '服务', '维护'] as const).map((name, i, all) => node(name, all[(i + 1) % all.length]!, { position: i }))
  assert.deepEqual(ringOf(five), { order: ['营销', '销售', '交付', '服务', '维护'], closed: true, problems: [] })
  const said = (nodes: TreeNode[]) => { const r = ringOf(nodes); assert.equal(r.closed, false); return r.problems.map(p => p.message) }
  assert.deepEqual(said([...five.slice(0, 4), { ...five[4]!, nextId: null }]), ['“维护”没有指明下一环', '环没有闭合：从“营销”走到“维护”，没有回到“营销”'])
  assert.deepEqual(said([...five.slice(0, 4), { ...five[4]!, nextId: '销售' }]), ['“营销”、“维护”的下一环都是“销售”，只能有一个', '环没有闭合：从“营销”走到“维护”，没有回到“营销”'])
  assert.deepEqual(said([...five.slice(0, 2), { ...five[2]!, nextId: '营销' }, ...five.slice(3)]), ['“交付”、“维护”的下一环都是“营销”，只能有一个', '没有节点以“服务”为下一环', '环里只有 3 个，还有 2 个不在环里：服务、维护'])
  assert.deepEqual(said([...five.slice(0, 4), { ...five[4]!, nextId: '深处' }, node('深处', null, { parentId: '维护' })])[0], '“维护”的下一环“深处”不在第一级')
  assert.deepEqual(said([node('营销', '营销')]), ['第一级只有一个节点，连不成环'])
  assert.deepEqual(said([]), ['还没有第一级节点'])
})

test('TP-06 twenty thousand levels are put in order without a deep stack, and a file may name its nodes in any language', () => {
  const deep = Array.from({ length: 20_000 }, (_, i) => node(`n${i}`, null, { parentId: i ? `n${i - 1}` : null }))
  const placed = inTreeOrder(deep.toReversed())
  assert.deepEqual([placed.at(-1)!.level, placed[0]!.below], [20_000, 19_999])
  assert.deepEqual(fromJson('{"nodes":[{"level":1,"code":"市场-1","name":"市场"}]}').problems, [])
})
