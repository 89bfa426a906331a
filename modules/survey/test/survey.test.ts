import assert from 'node:assert/strict'
import { test } from 'node:test'
import automation from '@quancheng/automation'
import { doStage, register, station, walkTo } from '@quancheng/service/testing'
import survey from '../index.ts'
import { figuresOf } from '../rules/figures.ts'

const s = await station({ modules: [automation, survey] })

async function collected() {
  const r = await register(s)
  await walkTo(s, r.id, 'pickup')
  const { rows: [{ track_token: token }] } = await s.app.owner.query('select track_token from service_request where id = $1', [r.id])
  return { ...r, url: `/api/public/track/${token}/survey` }
}
const answered = async (body: Record<string, unknown>) => { const r = await collected(); await doStage(s, r.id); const a = await s.app.anonymous.post(r.url, body); assert.equal(a.status, 201, JSON.stringify(a.body)); return r }

test('CU-10 answers 5, 4, 4, 1: mean 3.50, 满意率 75 %, the 1 opens a follow-up for the station’s manager; each figure opens its answers', async () => {
  for (const score of [5, 4, 4]) await answered({ score })
  const bad = await answered({ score: 1, tags: ['speed', 'speed'], words: '等了太久' })
  const { body } = await s.zhouzhan.get('/api/survey/figures?by=unit')
  assert.deepEqual([body.total.mean, body.total.satisfied, body.total.count], ['3.50', 75, 4])
  const [line] = body.lines
  assert.deepEqual([line.name, line.mean, line.satisfied, line.spread], ['杭州一站', '3.50', 75, [1, 0, 0, 2, 1]])
  const rows = await s.zhouzhan.get(`/api/survey-answers?filter=${encodeURIComponent(JSON.stringify(line.filter))}`)
  assert.equal(rows.body.items.length, line.count)
  const [person] = (await s.zhouzhan.get('/api/survey/figures?by=person')).body.lines
  assert.deepEqual([person.name, person.count], ['赵修', 4])
  assert.equal((await s.zhouzhan.get('/api/survey/figures?by=product')).body.lines[0].name, '笔记本')
  const { body: inbox } = await s.zhouzhan.get('/api/tasks?box=mine')
  const todos = inbox.items.filter((t: { title: string }) => t.title.startsWith('回访'))
  assert.deepEqual(todos.map((t: { title: string }) => t.title), [`回访：${bad.number} 客户评 1 分`])
})

test('CU-10 once a request: again and twice at the same moment is 410; before pick-up 409; after thirty days 410', async () => {
  const early = await collected()
  assert.deepEqual([(await s.app.anonymous.post(early.url, { score: 5 })).body.code, (await s.app.anonymous.get(early.url)).body.open], ['SURVEY_NOT_YET', false])
  await doStage(s, early.id)
  assert.equal((await s.app.anonymous.get(early.url)).body.open, true)
  const both = await Promise.all([1, 2, 3].map(() => s.app.anonymous.post(early.url, { score: 3 })))
  assert.deepEqual(both.map(b => b.status).toSorted(), [201, 410, 410])
  assert.deepEqual((await s.app.anonymous.get(early.url)).body, { open: false, score: 3 })
  const late = await collected()
  await doStage(s, late.id)
  s.app.clock!.advance(31 * 24 * 60)
  assert.equal((await s.app.anonymous.post(late.url, { score: 5 })).body.code, 'SURVEY_OVER')
})

test('CU-10 a station sees its own answers, the region its stations’, and nobody writes or changes one', async () => {
  assert.equal((await s.sunqu.get('/api/survey/figures')).body.total.count > 0, true)
  assert.equal((await s.wangjian.get('/api/survey/figures')).status, 403)
  const [row] = (await s.zhouzhan.get('/api/survey-answers')).body.items
  assert.equal((await s.admin.patch(`/api/survey-answers/${row.id}`, { score: 5 })).status, 405)
  for (const score of [0, 6, 2.5, '5']) assert.equal((await s.app.anonymous.post('/api/public/track/x/survey', { score })).status, 400)
})

test('no answers, no mean; a mean is rounded to two decimals', () => {
  assert.deepEqual(figuresOf([0, 0, 0, 0, 0]), { count: 0, mean: null, satisfied: null })
  assert.deepEqual(figuresOf([0, 0, 0, 1, 2]), { count: 3, mean: '4.67', satisfied: 100 })
})
