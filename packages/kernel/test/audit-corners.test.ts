import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineEntity, defineModule, f, verifyAudit } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'

const Shelf = defineEntity('shelf', { label: ['书架', 'Shelf'], plural: 'shelves', fields: { name: f.text(['名称', 'Name'], { required: true }) }, display: ['name'], list: ['name'] })
const Box = defineEntity('box', { label: ['盒子', 'Box'], plural: 'boxes', fields: { name: f.text(['名称', 'Name'], { required: true }), shelfId: f.ref(['书架', 'Shelf'], () => Shelf, { required: true, onDelete: 'cascade' }) }, display: ['name'], list: ['name'] })
const Card = defineEntity('card', { label: ['卡片', 'Card'], fields: { name: f.text(['名称', 'Name'], { required: true }), boxId: f.ref(['盒子', 'Box'], () => Box, { required: true, onDelete: 'cascade' }) }, display: ['name'], list: ['name'] })
const app = await testApp({ modules: [defineModule({ name: 'stock', label: ['库房', 'Stock'], entities: [Shelf, Box, Card] })], clock: '2026-11-22T01:00:00Z' })
const all = (verbs: string[]) => Object.fromEntries(['shelf', 'box', 'card'].flatMap(e => verbs.map(v => [`${e}:${v}`, ['all'] as ['all']])))
const boss = await app.person({ username: 'boss', name: '老板', roles: [{ code: 'boss', grants: { ...all(['read', 'create', 'update', 'remove']), 'audit:read': ['all'] } }] })
const keeper = await app.person({ username: 'keeper', name: '库管', roles: [{ code: 'keeper', grants: { ...all(['read']), 'shelf:remove': ['all'] } }] })
const made = async (plural: string, body: object): Promise<string> => { const r = await boss.post(`/api/${plural}`, body); assert.equal(r.status, 201, JSON.stringify(r.body)); return r.body.id }
const entries = async (entity: string, id: string) => (await app.owner.query('select seq, act, actor_id, payload from audit where entity = $1 and record_id = $2 order by seq', [entity, id])).rows
const broken = async () => (await app.system(ctx => verifyAudit(ctx))).broken

test('SP-23 what goes with a record leaves an entry of its own, however deep: who, with what, and what it was', async () => {
  const shelfId = await made('shelves', { name: '一架' }), other = await made('shelves', { name: '二架' })
  const boxes = [await made('boxes', { name: '甲', shelfId }), await made('boxes', { name: '乙', shelfId })], stays = await made('boxes', { name: '丙', shelfId: other })
  const cardId = await made('cards', { name: '子', boxId: boxes[0]! })
  assert.equal((await keeper.remove(`/api/shelves/${shelfId}`)).status, 204)
  for (const id of boxes) {
    const [, last] = await entries('box', id)
    assert.deepEqual([last.act, last.actor_id, last.payload.note, last.payload.before.shelfId], ['remove', keeper.userId, { with: { entity: 'shelf', recordId: shelfId } }, shelfId])
  }
  assert.deepEqual((await entries('card', cardId)).map(e => e.act), ['create', 'remove'])
  assert.deepEqual((await entries('box', stays)).map(e => e.act), ['create'])
  assert.equal((await app.owner.query('select 1 from box where shelf_id = $1', [shelfId])).rowCount, 0)
  assert.deepEqual(await broken(), [])
})

test('SP-23 a comment’s entry has a digest of its words; a correction is a new entry that keeps the old ones; one that is taken back says so', async () => {
  const id = await made('shelves', { name: '三架' })
  const { body: { id: commentId } } = await boss.post(`/api/shelves/${id}/comments`, { text: '少了两盒' })
  const before = (await boss.get(`/api/shelves/${id}`)).body.version
  assert.equal((await boss.patch(`/api/comments/${commentId}`, { text: '少了三盒' })).status, 200)
  assert.equal((await boss.remove(`/api/comments/${commentId}`)).status, 204)
  const chain = await entries('comment', commentId)
  assert.deepEqual(chain.map(e => [e.seq, e.act, e.payload.before]), [[1, 'create', null], [2, 'update', { text: '少了两盒' }], [3, 'remove', null]])
  assert.equal((await boss.get(`/api/shelves/${id}`)).body.version, before, 'who is changing the record is not disturbed by a word beside it')
  assert.deepEqual(await broken(), [])
  assert.ok((await boss.get('/api/audit?entity=comment')).body.items.every((l: { entityLabel: string }) => l.entityLabel === '评论'))
})

test('SP-23 a comment changed or deleted in the database is found, and so is a file', async () => {
  const id = await made('shelves', { name: '四架' })
  const { body: { id: commentId } } = await boss.post(`/api/shelves/${id}/comments`, { text: '已经点过' })
  const form = new FormData()
  form.append('file', new Blob(['点货单']), '点货单.txt')
  const packed = new Response(form)
  const up = await app.server.inject({ method: 'POST', url: `/api/shelves/${id}/attachments`, headers: { authorization: `Bearer ${boss.token}`, 'content-type': packed.headers.get('content-type')! }, payload: Buffer.from(await packed.arrayBuffer()) })
  assert.equal(up.statusCode, 201, up.body)
  const fileId = up.json().id as string
  assert.deepEqual(await broken(), [])
  const named = async (kind: string, sqlText: string, back: string) => {
    await app.owner.query(sqlText)
    const found = await broken()
    assert.deepEqual(found.map(b => [b.entity, b.seq]), [[kind, 1]], sqlText)
    assert.match(found[0]!.why, /被改过|直接删除/)
    await app.owner.query(back)
    assert.deepEqual(await broken(), [])
  }
  await named('comment', `update comment set text = '没有点过' where id = '${commentId}'`, `update comment set text = '已经点过' where id = '${commentId}'`)
  await named('attachment', `update attachment set content = set_byte(content, 0, (get_byte(content, 0) + 1) % 256) where id = '${fileId}'`, `update attachment set content = set_byte(content, 0, (get_byte(content, 0) + 255) % 256) where id = '${fileId}'`)
  await app.owner.query('create temporary table kept as select * from comment where id = $1', [commentId])
  await named('comment', `delete from comment where id = '${commentId}'`, 'insert into comment select * from kept')
  assert.equal((await boss.remove(`/api/attachments/${fileId}`)).status, 204)
  assert.deepEqual((await entries('attachment', fileId)).map(e => [e.act, e.payload.before?.name ?? null]), [['create', null], ['remove', '点货单.txt']])
  assert.deepEqual(await broken(), [])
})
