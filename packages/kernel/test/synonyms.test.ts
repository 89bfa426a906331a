import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { testApp, type Caller } from '../src/testing/index.ts'
import { stretches, synonymsOf } from '../src/search/synonyms.ts'
import { compileQuery, compileTerms } from '../src/search/tokens.ts'
import { crm } from './fixture.ts'

const groups = synonymsOf(['无法开机、开不了机、不开机', 'wifi、无线网络、WLAN'])

test('KB-02 a query that holds one word of a group asks for each of its words, and for what stands beside it', () => {
  const q = compileQuery('笔记本开不了机了', groups)!
  assert.match(q.tsquery, /^\(.*\) \| \(.*\)$/)
  for (const pair of ["'无法' <-> '法开'", "'不开' <-> '开机'", "'笔记' <-> '记本'"]) assert.ok(q.tsquery.includes(pair), pair)
  assert.ok(!q.tsquery.includes("'了':*)"), 'the particle is no condition')
  assert.deepEqual(q.words, ['笔记本', '了', '开不了机', '无法开机', '不开机'])
  assert.equal(compileQuery('屏幕碎', groups)!.tsquery, compileQuery('屏幕碎')!.tsquery, 'nothing is added where no word of a group stands')
})

test('KB-02 a word in letters is known as a whole only, in any case', () => {
  assert.deepEqual(stretches('没有 wifi', groups)!.map(p => p.words !== null), [false, true])
  assert.equal(stretches('wifis', groups), null)
  assert.ok(compileQuery('WiFi断线', groups)!.tsquery.includes("'无线' <-> '线网'"))
})

test('KB-09 a fault as it was told gives its words by clause, the named ones first', () => {
  const terms = compileTerms('昨天摔了以后开不了机，屏幕有竖线。', groups)
  assert.deepEqual(terms[0], { tsquery: terms[0]!.tsquery, words: ['开不了机', '无法开机', '不开机'], weight: 3 })
  assert.ok(terms.some(t => t.tsquery === "'竖线'"))
  assert.ok(!terms.some(t => t.tsquery === "'机屏'"), 'no word runs over a comma')
})

let editor: Caller, other: Caller
const grants = { 'account:read': ['all'], 'account:create': ['all'], 'synonym:read': ['all'], 'synonym:create': ['all'], 'synonym:update': ['all'] }
const unitOf: Record<string, string> = {}
before(async () => {
  const app = await testApp({ modules: [crm], tenants: 2 })
  editor = await app.person({ username: 'editor', roles: [{ code: 'editor', grants }] })
  other = await app.person({ username: 'other', roles: [{ code: 'editor', grants }] }, app.tenantIds[1])
  for (const who of [editor, other]) unitOf[who.userId] = (await app.owner.query('select unit_id from "user" where id = $1', [who.userId])).rows[0].unit_id
})
const found = async (who: typeof editor, q: string): Promise<string[]> => (await who.get(`/api/search?q=${encodeURIComponent(q)}&entity=account`)).body.items.map((h: { title: string }) => h.title)

test('KB-02 a group is in force at the next search, in lists and in the box over everything, for its company only', async () => {
  for (const who of [editor, other]) assert.equal((await who.post('/api/accounts', { name: '手提电脑行', unitId: unitOf[who.userId] })).status, 201)
  assert.deepEqual(await found(editor, '笔记本'), [])
  const { body: group } = await editor.post('/api/synonyms', { words: '笔记本，手提电脑' })
  assert.equal(group.words, '笔记本、手提电脑')
  assert.equal((await found(editor, '笔记本')).length, 1)
  assert.equal((await editor.get(`/api/accounts?q=${encodeURIComponent('笔记本')}`)).body.items.length, 1)
  assert.deepEqual(await found(other, '笔记本'), [])
  await editor.patch(`/api/synonyms/${group.id}`, { off: true })
  assert.deepEqual(await found(editor, '笔记本'), [])
})

test('KB-02 a group needs two words of two characters', async () => {
  assert.equal((await editor.post('/api/synonyms', { words: '笔记本' })).body.code, 'SYNONYM_FEW')
  assert.equal((await editor.post('/api/synonyms', { words: '笔记本、机' })).body.code, 'SYNONYM_WORD')
  assert.equal((await editor.post('/api/synonyms', { words: Array.from({ length: 13 }, (_, i) => `词语${i}`).join('、') })).body.code, 'SYNONYM_MANY')
})
