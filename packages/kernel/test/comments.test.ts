import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { defineModule } from '../src/module.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { CRM, crm, grants, makeTree } from './fixture.ts'

const heard: Array<{ recordId: string; userIds: string[] }> = []
const listening = defineModule({ name: 'listening', label: ['听', 'Listen'], listeners: [{ name: 'heard', event: 'comment.mention', run: (_ctx, e) => { heard.push({ recordId: e.recordId, userIds: (e.payload as { userIds: string[] }).userIds }); return Promise.resolve() } }] })

let app: TestApp, boss: Caller, lijie: Caller, far: Caller, remover: Caller, id: string
const comments = async (): Promise<Array<{ id: string; text: string; removed: boolean; editedAt: string | null; mentions: Array<{ id: string; name: string }> }>> => (await boss.get(`/api/accounts/${id}/comments`)).body.items
const write = async (text: string, mentions: string[] = []): Promise<string> => { const r = await boss.post(`/api/accounts/${id}/comments`, { text, mentions }); assert.equal(r.status, 201, JSON.stringify(r.body)); return r.body.id }
const told = async (): Promise<string[]> => { await app.worker!.idle(); return heard.splice(0).flatMap(h => h.userIds) }

before(async () => {
  app = await testApp({ modules: [crm, listening], clock: '2026-11-22T01:00:00Z', worker: true })
  const tree = await makeTree(app)
  const reads = { roles: [{ code: 'reader', grants: grants(['account'], 'unit', ['read']) }] }
  boss = await app.person({ username: 'boss', name: '老板', unitId: tree.n1, roles: [{ code: 'boss', grants: grants(CRM, 'all', ['read', 'create']) }] })
  lijie = await app.person({ username: 'lijie', name: '李接', unitId: tree.n1, ...reads })
  far = await app.person({ username: 'liyuan', name: '李远', unitId: tree.s1, ...reads })
  remover = await app.person({ username: 'remover', name: '清洁', unitId: tree.n1, roles: [{ code: 'remover', grants: grants(['account'], 'all', ['read', 'remove']) }] })
  id = (await boss.post('/api/accounts', { name: '客户', unitId: tree.n1 })).body.id
})

test('KB-05 only those who may read the record are offered, by name or pinyin, and nobody is offered to themselves', async () => {
  const offered = async (q: string): Promise<string[]> => (await boss.get(`/api/accounts/${id}/mentionable?q=${encodeURIComponent(q)}`)).body.items.map((u: { name: string }) => u.name)
  assert.deepEqual(await offered('李'), ['李接'])
  assert.deepEqual(await offered('lj'), ['李接'])
  assert.deepEqual(await offered('liyuan'), [], 'of another station')
  assert.deepEqual(await offered('老板'), [])
  assert.equal((await far.get(`/api/accounts/${id}/mentionable?q=x`)).status, 404)
})

test('KB-05 whoever is named is kept with the comment and told once, also when it is put right', async () => {
  const at = await write('@李接 请看', [lijie.userId, lijie.userId, boss.userId])
  assert.deepEqual((await comments())[0]!.mentions, [{ id: lijie.userId, name: '李接' }])
  assert.deepEqual(await told(), [lijie.userId])
  assert.equal((await boss.patch(`/api/comments/${at}`, { text: '@李接 @清洁 请看', mentions: [lijie.userId, remover.userId] })).status, 200)
  assert.deepEqual(await told(), [remover.userId])
  const [seen] = await comments()
  assert.deepEqual([seen!.text, seen!.mentions.map(m => m.name).toSorted(), seen!.editedAt !== null], ['@李接 @清洁 请看', ['李接', '清洁'].toSorted(), true])
})

test('KB-05 naming somebody who may not read the record is refused, and nothing is written', async () => {
  const before = (await comments()).length
  const r = await boss.post(`/api/accounts/${id}/comments`, { text: '@李远', mentions: [far.userId] })
  assert.deepEqual([r.status, r.body.code, r.body.message], [422, 'MENTION_UNREADABLE', '李远 看不到这条记录，不能 @'])
  assert.equal((await comments()).length, before)
  assert.deepEqual(await told(), [])
})

test('KB-05 a comment is changed by its author within a day, and taken back by its author or by who may remove the record; its words are gone', async () => {
  const at = await write('写错了')
  assert.equal((await lijie.patch(`/api/comments/${at}`, { text: '改' })).body.code, 'COMMENT_OWN')
  assert.equal((await far.patch(`/api/comments/${at}`, { text: '改' })).status, 404)
  app.clock!.advance(25 * 60)
  assert.equal((await boss.patch(`/api/comments/${at}`, { text: '改' })).body.code, 'COMMENT_OLD')
  assert.equal((await lijie.remove(`/api/comments/${at}`)).body.code, 'COMMENT_OWN')
  assert.equal((await remover.remove(`/api/comments/${at}`)).status, 204)
  const [gone] = await comments()
  assert.deepEqual([gone!.text, gone!.removed], ['', true])
  assert.equal((await boss.remove(`/api/comments/${at}`)).status, 404)
})
