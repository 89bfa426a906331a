import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineEntity, defineModule, f, newId, storeMany, verifyAudit } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'

const Book = defineEntity('book', {
  label: ['书', 'Book'],
  fields: { number: f.serial(['编号', 'Number'], 'B{yyyy}-{0000}'), title: f.text(['书名', 'Title'], { required: true, search: 'name' }), price: f.money(['价格', 'Price']), tags: f.choices(['标签', 'Tags'], { old: ['旧', 'Old'], rare: ['珍', 'Rare'] }) },
  display: ['number', 'title'], list: ['number', 'title'],
})
const books = defineModule({ name: 'books', label: ['书', 'Books'], entities: [Book] })

test('many rows loaded at once are as whole as rows written one by one: numbered, found, with a history that verifies', async () => {
  const app = await testApp({ modules: [books], clock: '2026-11-22T01:00:00Z' })
  const at = new Date('2026-03-05T02:00:00Z')
  const rows = Array.from({ length: 1203 }, (_, i) => ({ draft: { title: `维修手册第${i}册`, price: '12.50', tags: ['old', 'rare'] }, id: newId(), at }))
  await app.system(ctx => storeMany(ctx, ctx.entities.get('book'), rows))
  const reader = await app.person({ username: 'reader', roles: [{ code: 'reader', grants: { 'book:read': ['all'], 'book:update': ['all'] } }] })
  const found = await reader.get(`/api/books?q=${encodeURIComponent('第1202册')}`)
  assert.equal(found.body.items.length, 1)
  const [book] = found.body.items
  assert.deepEqual([book.number, book.price, book.tags, book.createdAt], ['B2026-1203', '12.50', ['old', 'rare'], '2026-03-05T02:00:00.000Z'])
  assert.equal((await reader.patch(`/api/books/${book.id}`, { price: '13' })).status, 200)
  const verified = await app.system(ctx => verifyAudit(ctx, { entity: 'book' }))
  assert.deepEqual([verified.broken, verified.rows], [[], 1204])
})

test('a row that lacks a required field stops the whole load', async () => {
  const app = await testApp({ modules: [books] })
  await assert.rejects(app.system(ctx => storeMany(ctx, ctx.entities.get('book'), [{ draft: { title: '好' } }, { draft: {} }])), { code: 'INVALID' })
  const { rows } = await app.owner.query('select count(*)::int as n from book')
  assert.equal(rows[0].n, 0)
})
