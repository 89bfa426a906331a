import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeMany, defineEntity, defineModule, f, newId, storeMany, verifyAudit } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'

const Tool = defineEntity('tool', {
  label: ['工具', 'Tool'],
  fields: {
    name: f.text(['名称', 'Name'], { required: true, search: 'name' }), price: f.money(['价格', 'Price']), tags: f.choices(['标签', 'Tags'], { old: ['旧', 'Old'], rare: ['珍', 'Rare'] }), seenAt: f.datetime(['看见', 'Seen']), day: f.date(['日', 'Day']),
    sound: f.boolean(['完好', 'Sound']), count: f.integer(['数量', 'Count']), shape: f.json<object>(['形状', 'Shape']), ownerIds: f.refs(['谁', 'Who'], () => 'user'), note: f.text(['备注', 'Note'], { multiline: true, max: 200 }),
  },
  display: ['name'], list: ['name'],
})
const tools = defineModule({ name: 'tools', label: ['工具', 'Tools'], entities: [Tool] })

/** Everything that separates, quotes or means nothing somewhere between here and the column. */
const HARD = ['', 'NULL', 'null', '{}', '{"a","b"}', 'a,b', 'say "no"', String.raw`back\slash \x41 \N`, "it's; $1 ''", 'two\nlines\ttab', '  blank  ', '中文，“引号”🙂', '\u001F unit \u001E record']

test('what is written in bulk is read back as it was, whatever it looks like, and its history verifies', async () => {
  const app = await testApp({ modules: [tools], clock: '2026-11-22T01:00:00Z' })
  const [who] = (await app.owner.query('select id from "user" limit 1')).rows.map(r => r.id as string)
  const rows = HARD.map((note, i) => ({ id: newId(), draft: {
    name: `钳${i}`, note, price: i % 3 ? `${i}.50` : null, tags: [[], ['old'], ['old', 'rare']][i % 3], seenAt: i % 2 ? new Date(Date.UTC(2026, 10, i + 1, 3, 4, 5, 678)) : null, day: i % 4 ? `2026-11-${String(i + 1).padStart(2, '0')}` : null,
    sound: [true, false, null][i % 3], count: i % 5 ? i : null, shape: i % 2 ? { text: note.replaceAll(/[\u001E\u001F]/g, ''), list: [1, null, 'x'], '键': i } : null, ownerIds: i % 2 && who ? [who] : [],
  } }))
  const read = () => app.system(async ctx => (await ctx.query<Record<string, unknown>>('select id, version, note, price, tags, seen_at, day, sound, count, shape, owner_ids from tool where tenant_id = $1 order by id', [ctx.tenant.id])))
  await app.system(ctx => storeMany(ctx, ctx.entities.get('tool'), rows))
  const told = (r: (typeof rows)[number], version: number) => ({ id: r.id, version, note: r.draft.note, price: r.draft.price, tags: r.draft.tags, seen_at: r.draft.seenAt, day: r.draft.day, sound: r.draft.sound, count: r.draft.count, shape: r.draft.shape, owner_ids: r.draft.ownerIds })
  const ordered = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  assert.deepEqual(await read(), ordered.map(r => told(r, 1)))

  // everybody gets what another had: all columns change, some to nothing
  const drafts = ordered.map((r, i) => ({ ...ordered[(i + 1) % ordered.length]!.draft, name: r.draft.name }))
  const moved = await app.system(ctx => changeMany(ctx, ctx.entities.get('tool'), ordered.map((r, i) => ({ id: r.id, draft: { ...drafts[i]! } })), { act: 'swap' }))
  assert.deepEqual([moved.changed.length, moved.held], [HARD.length, []])
  assert.deepEqual(await read(), ordered.map((r, i) => told({ id: r.id, draft: drafts[i]! }, 2)))

  // one value for all, and nothing for those that have it already
  await app.system(ctx => changeMany(ctx, ctx.entities.get('tool'), rows.map(r => ({ id: r.id, draft: { count: 7 } }))))
  const last = await read()
  assert.deepEqual([new Set(last.map(r => r.count)), last.filter(r => r.version === 2).length], [new Set([7]), drafts.filter(d => d.count === 7).length])
  assert.deepEqual((await app.system(ctx => verifyAudit(ctx, { entity: 'tool' }))).broken, [])
})

test('rows that somebody else holds are named and left as they are', async () => {
  const app = await testApp({ modules: [tools] })
  const ids = [newId(), newId(), newId()]
  await app.system(ctx => storeMany(ctx, ctx.entities.get('tool'), ids.map((id, i) => ({ id, draft: { name: `尺${i}` } }))))
  await app.owner.query('begin')
  await app.owner.query('select 1 from tool where id = $1 for update', [ids[1]])
  try {
    const { changed, held } = await app.system(ctx => changeMany(ctx, ctx.entities.get('tool'), [...ids, newId()].map(id => ({ id, draft: { count: 3 } }))))
    assert.deepEqual([changed, held.length, held[0]], [[ids[0], ids[2]], 2, ids[1]])
  } finally { await app.owner.query('rollback') }
  const { rows } = await app.owner.query('select id, count from tool')
  assert.deepEqual(new Map(rows.map(r => [r.id, r.count])), new Map([[ids[0], 3], [ids[1], null], [ids[2], 3]]))
})

test('a refusal of the database stops the act, at the latest with the commit', async () => {
  const app = await testApp({ modules: [tools] })
  const id = newId()
  await assert.rejects(app.system(ctx => storeMany(ctx, ctx.entities.get('tool'), [{ id, draft: { name: '甲' } }, { id, draft: { name: '乙' } }])), { code: '23505' })
  assert.equal((await app.owner.query('select count(*)::int as n from tool')).rows[0].n, 0)
})
