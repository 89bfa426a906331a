import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, defineEntity, defineModule, f, known, update, type Ctx, type OutboxEvent, type WatchedChange } from '../src/index.ts'
import { testApp } from '../src/testing/index.ts'
import { drainOutbox, runOneJob } from '../src/store/worker.ts'

const field = { name: f.text(['名称', 'Name'], { required: true, max: 40 }), size: f.integer(['大小', 'Size']) }
const Open = defineEntity('openThing', { label: ['可看的', 'Open'], fields: field, display: ['name'], list: ['name'], watchable: true })
const Closed = defineEntity('closedThing', { label: ['不可看的', 'Closed'], fields: field, display: ['name'], list: ['name'] })

const told: Array<Pick<OutboxEvent, 'event' | 'payload'> & { change: WatchedChange }> = []
let asked = 0
const wants = (ctx: Ctx) => known(ctx, 'watch-test', async () => { asked++; return new Map(['openThing', 'closedThing'].map(name => [name, (e: { how: string; fields: readonly string[] }) => e.how === 'created' || e.fields.includes('size')])) })
const m = defineModule({ name: 'watching', label: ['监看', 'Watching'], entities: [Open, Closed], watchers: [{ name: 'watching', wants, run: async (_ctx, e) => { told.push({ event: e.event, payload: e.payload, change: e.change }) } }] })
const app = await testApp({ modules: [m] })
const work = async (): Promise<void> => { await drainOutbox(app.runtime); while (await runOneJob(app.runtime)); }
const waiting = (): Promise<number> => app.system(async ctx => (await ctx.query<{ n: number }>('select count(*)::int as n from outbox'))[0]!.n)

test('a watcher hears of what it wants on entities that allow it: how it changed, which fields, the note for listeners beside it', async () => {
  const id = await app.system(async ctx => (await create(ctx, ctx.entities.get('openThing'), { name: '一', size: 1 })).id as string)
  await app.system(ctx => update(ctx, ctx.entities.get('openThing'), id, { name: '改名' }))
  await app.system(ctx => update({ ...ctx, cause: { by: 'watching' } }, ctx.entities.get('openThing'), id, { size: 2 }, { note: 'why' }))
  await work()
  assert.deepEqual(told, [
    { event: 'openThing.create', payload: null, change: { version: 1, how: 'created', fields: ['name', 'size'] } },
    { event: 'openThing.update', payload: 'why', change: { version: 3, how: 'changed', fields: ['size'], cause: { by: 'watching' } } },
  ])
})

test('nothing is written for an entity that does not allow it, nor for what nobody wants; what a tenant wants is asked once', async () => {
  await app.system(ctx => create(ctx, ctx.entities.get('closedThing'), { name: '密' }))
  const id = await app.system(async ctx => (await create(ctx, ctx.entities.get('openThing'), { name: '二' })).id as string)
  await work()
  await app.system(ctx => update(ctx, ctx.entities.get('openThing'), id, { name: '三' }))
  assert.equal(await waiting(), 0)
  assert.equal(asked, 1)
})
