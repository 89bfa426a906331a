import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Caller } from '@quancheng/kernel/testing'
import { ok, world } from './world.ts'

let w: Awaited<ReturnType<typeof world>>
before(async () => { w = await world() })

type Act = 'own' | 'block' | 'all' | 'assign' | 'allot' | 'change'
type Who = 'board' | 'headA' | 'jia' | 'adminA' | 'admin'
const NAMES: Record<Who, string> = { board: '集团管理层', headA: '板块负责人', jia: '业务人员', adminA: '板块管理员', admin: '系统管理员' }
const ACTS: Record<Act, string> = { own: '看自己的', block: '看本板块', all: '看全部', assign: '指派行动', allot: '调配', change: '修改' }
/** What each tier may do: y yes, n no. One changes what one works on: one's own, or the block that one runs. */
const TABLE: Record<Who, Record<Act, 'y' | 'n'>> = {
  board: { own: 'y', block: 'y', all: 'y', assign: 'y', allot: 'n', change: 'n' },
  headA: { own: 'y', block: 'y', all: 'n', assign: 'y', allot: 'y', change: 'y' },
  jia: { own: 'y', block: 'n', all: 'n', assign: 'n', allot: 'n', change: 'y' },
  adminA: { own: 'y', block: 'y', all: 'n', assign: 'n', allot: 'n', change: 'n' },
  admin: { own: 'y', block: 'y', all: 'y', assign: 'y', allot: 'y', change: 'y' },
}

const lead = (unitId: string, owner: Caller): Promise<string> => w.app.system(async ctx => {
  const { storeNew } = await import('@quancheng/kernel')
  return (await storeNew(ctx, ctx.entities.get('lead'), { name: '陈总', source: 'other', unitId, ownerId: owner.userId, state: 'assigned', assignedAt: ctx.now() })).id as string
})

/** Each act on the real API: allowed, or refused. What is out of sight is a 404, what is not theirs to do a 403. */
const TRY: Record<Act, (who: Caller) => Promise<number>> = {
  own: async who => (await who.get(`/api/leads/${await lead(w.units.A, who)}`)).status,
  block: async who => (await who.get(`/api/leads/${await lead(w.units.A, w.yi)}`)).status,
  all: async who => (await who.get(`/api/leads/${await lead(w.units.B, w.bing)}`)).status,
  assign: async who => (await who.post('/api/engagements', { leadId: await lead(w.units.A, w.yi), unitId: w.units.A, ownerId: w.yi.userId, state: 'planned', kind: 'visit', subject: '上门拜访', at: '2026-11-25T01:00:00Z' })).status,
  allot: async who => (await who.post('/api/leads/assign', { ids: [await lead(w.units.A, w.jia)], toId: w.yi.userId, reason: '调配' })).status,
  change: async who => (await who.patch(`/api/leads/${await lead(w.units.A, who === w.jia ? w.jia : w.yi)}`, { needs: '改过的需求' })).status,
}

for (const who of Object.keys(TABLE) as Who[]) for (const act of Object.keys(ACTS) as Act[]) {
  const may = TABLE[who][act] === 'y'
  test(`RU-05 ${NAMES[who]} ${ACTS[act]}：${may ? '可以' : '不可以'}`, async () => {
    const status = await TRY[act](w[who])
    assert.equal(may ? status < 300 : status === 403 || status === 404, true, `${status}`)
  })
}

test('RU-05 the table has 5 roles × 6 acts = 30 answers, and RU-06 keeps a block to itself: 销售甲 GET B’s lead → 404', async () => {
  assert.equal(Object.values(TABLE).reduce((n, row) => n + Object.keys(row).length, 0), 30)
  assert.equal((await w.jia.get(`/api/leads/${await lead(w.units.B, w.bing)}`)).status, 404)
})

test('RU-03 no action in October → on the list of 11-01; 无进展 counts; closed deals and pool leads are not listed; the list is the caller’s', async () => {
  const customerId = await w.make('customer', { name: '澄湖能源', kind: 'company', unitId: w.units.A, ownerId: w.jia.userId })
  w.at('2026-09-15 10:00')
  const deal = (name: string, owner: Caller, unitId = w.units.A) => w.make('opportunity', { name, customerId, amount: '100', closeOn: '2026-12-31', unitId, ownerId: owner.userId })
  const silent = await deal('没跟进', w.jia), followed = await deal('跟进过', w.jia), nothing = await deal('无进展', w.jia), won = await deal('已成交', w.jia), other = await deal('板块B', w.bing, w.units.B)
  await w.app.system(ctx => ctx.query("update opportunity set outcome = 'won', stage = 'won', closed_at = $2 where id = $1", [won, new Date('2026-10-20T01:00:00Z')]))
  const done = (opportunityId: string, at: string, subject: string, state = 'done') => w.make('engagement', { opportunityId, unitId: w.units.A, ownerId: w.jia.userId, at, subject, state, kind: 'call' })
  w.at('2026-10-31 23:00')
  await done(followed, '2026-10-31T14:30:00Z', '电话')
  await done(nothing, '2026-10-08T02:00:00Z', '无进展')
  await done(silent, '2026-09-30T02:00:00Z', '九月的')
  await done(silent, '2026-10-20T02:00:00Z', '计划中', 'planned')
  w.at('2026-11-01 09:00')
  const list = async (who: Caller, more = '') => ok(await who.get(`/api/usage/follow-ups?month=2026-10${more}`))
  const listed = await list(w.headA)
  assert.deepEqual(listed.items.map((i: any) => i.name).filter((n: string) => n !== '陈总'), ['没跟进'])
  assert.deepEqual([...(await list(w.headA, '&all=true')).items].filter((i: any) => i.kind === 'opportunity').map((i: any) => [i.name, i.actions]).toSorted(), [['无进展', 1], ['没跟进', 0], ['跟进过', 1]].toSorted())
  assert.equal((await list(w.jia)).items.some((i: any) => i.id === other), false)
  assert.equal((await list(w.board)).items.some((i: any) => i.id === other), true)
  assert.equal(listed.items.some((i: any) => i.id === won), false)
})

test('RU-03 on Monday each owner with such deals gets one to-do with the list; not another while it is open', async () => {
  const { remindOwners } = await import('../store/daily.ts')
  w.at('2026-11-02 08:00')
  const first = await w.app.system(ctx => remindOwners(ctx))
  assert.ok(first >= 2)
  const todos = ok(await w.jia.get('/api/todos')).items.filter((t: any) => t.source === '月度跟进')
  assert.equal(todos.length, 1)
  assert.match(todos[0].title, /本月还没有跟进/)
  assert.equal(await w.app.system(ctx => remindOwners(ctx)), 0)
})

test('RU-10 v2 of the rule: v1 stays as it is, the difference is shown, a judgement cites the version of its day', async () => {
  w.at('2026-11-22 17:00')
  const [v1] = ok(await w.market.get('/api/rule-documents')).items
  const body = ok(await w.market.get(`/api/rule-documents/${v1.id}`)).body as string
  const next = { code: 'CRM-USAGE', title: v1.title, validFrom: '2026-11-01', body: body.replace('至少登录两天', '至少登录三天') }
  assert.equal((await w.market.post('/api/rule-documents', next)).body.code, 'INVALID', 'what changed must be said')
  assert.equal((await w.market.post('/api/rule-documents', { ...next, changes: '提前', validFrom: '2025-01-01' })).body.code, 'RULE_DOCUMENT_FROM')
  const v2 = ok(await w.market.post('/api/rule-documents', { ...next, changes: '出差改为三天' }), 201)
  assert.equal(v2.edition, 2)
  const shown = ok(await w.jia.get(`/api/rule-documents/${v2.id}/compare`))
  assert.deepEqual([shown.from, shown.to, shown.lines.filter((l: any) => l.how !== 'same').map((l: any) => [l.how, l.text])], [1, 2, [['out', '2. 出差的那一周至少登录两天。'], ['in', '2. 出差的那一周至少登录三天。']]])
  assert.equal(ok(await w.jia.get(`/api/rule-documents/${v1.id}`)).body, body)
  assert.equal((await w.admin.patch(`/api/rule-documents/${v1.id}`, { body: '改' })).status >= 400, true)
  const cited = async (day: string) => ok(await w.headA.get(`/api/usage?from=${day}&until=${day}`)).rule.edition
  assert.deepEqual([await cited('2026-10-30'), await cited('2026-11-02')], [1, 2])
  assert.equal((await w.headA.post('/api/rule-documents', next)).status, 403)
})
