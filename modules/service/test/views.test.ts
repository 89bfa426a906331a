import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from '@quancheng/kernel/testing'
import { station } from './station.ts'
import { at, doStage, mondayOfFour, openTask, register, take, walkTo } from './walk.ts'

const s = await station({ tenants: 2 })
at(s, '2026-11-23 09:00')
const u = s.units
const filter = (f: unknown): string => encodeURIComponent(JSON.stringify(f))

test('SP-18 four open, 赵修 has two of them (one late) and finished three today: 2 在修, 1 超时, 今日完成 3, 按时率 75 %', async () => {
  await mondayOfFour(s)
  const board = (await s.zhouzhan.get('/api/service/board')).body
  assert.equal(board.totals.open, 4)
  const row = board.people.find((p: { name: string }) => p.name === '赵修')
  assert.deepEqual([row.open, row.late, row.doneToday, row.onTimeRate], [2, 1, 3, 75])
  assert.deepEqual(row.current.map((c: { stage: string; lateness: string }) => [c.stage, c.lateness]), [['维修', 'late'], ['维修', 'ok']])
  const cards = board.lanes.flatMap((l: { cards: unknown[] }) => l.cards)
  assert.equal(cards.length, board.totals.open)
  assert.deepEqual(board.lanes.map((l: { name: string; cards: unknown[] }) => [l.name, l.cards.length]).filter((l: [string, number]) => l[1]), [['接待', 1], ['维修', 2], ['质检', 1]])
})

test('SP-18 the board is 站长’s own station: an engineer has none, another station’s is refused', async () => {
  assert.equal((await s.zhaoxiu.get('/api/service/board')).status, 403)
  assert.equal((await s.zhouzhan.get(`/api/service/board?unitId=${u.NB02}`)).status, 403)
  assert.equal((await s.wuzong.get('/api/service/board?unitId=01900000-0000-7000-8000-000000000000')).status, 404)
})

test('SP-19 孙区 sees HZ01 and NB02, GZ05 is refused; 本部’s total is the sum, and a figure’s filter lists exactly its rows', async () => {
  const clerk = (username: string, unitId: string): Promise<Caller> => s.app.person({ username, name: username, unitId, roleIds: [s.roleIds.receptionist!] })
  const ningbo = await clerk('nb', u.NB02), guangzhou = await clerk('gz', u.GZ05)
  for (const [who, unit, n] of [[ningbo, 'NB02', 2], [guangzhou, 'GZ05', 3]] as const) for (let i = 0; i < n; i++) await register(s, { who, unit })
  const east = (await s.sunqu.get('/api/service/rollup')).body
  assert.deepEqual(east.lines.map((l: { code: string; open: number }) => [l.code, l.open]), [['HZ01', 4], ['NB02', 2]])
  for (const url of ['board', 'rollup']) {
    const refused = await s.sunqu.get(`/api/service/${url}?unitId=${u.GZ05}`)
    assert.deepEqual([refused.status, refused.body.code], [403, 'FORBIDDEN'], url)
  }
  const gz = (await s.wuzong.get(`/api/service-requests?filter=${filter({ unitId: u.GZ05 })}`)).body.items
  assert.equal(gz.length, 3)
  assert.equal((await s.sunqu.get(`/api/service-requests/${gz[0].id}`)).status, 404)
  assert.deepEqual((await s.sunqu.get(`/api/service-requests?filter=${filter({ unitId: { below: u.GZ05 } })}`)).body.items, [])
  const all = (await s.wuzong.get('/api/service/rollup')).body
  assert.deepEqual(all.lines.map((l: { name: string; open: number }) => [l.name, l.open]), [['华东大区', 6], ['本部', 0], ['华南大区', 3]].toSorted((a, b) => all.lines.findIndex((l: { name: string }) => l.name === a[0]) - all.lines.findIndex((l: { name: string }) => l.name === b[0])))
  const stations = [...east.lines, ...(await s.wuzong.get(`/api/service/rollup?unitId=${u.south}`)).body.lines]
  for (const k of ['open', 'late', 'warn', 'doneToday', 'takenToday', 'endedToday']) {
    assert.equal(all.totals[k], stations.reduce((n: number, l: Record<string, number>) => n + l[k]!, 0), k)
    assert.equal(all.totals[k], all.lines.reduce((n: number, l: Record<string, number>) => n + l[k]!, 0), k)
  }
  for (const line of [...all.lines, ...stations]) {
    const rows = (await s.wuzong.get(`/api/service-requests?count=1&limit=200&filter=${filter(line.filter)}`)).body
    assert.equal(rows.total, line.open, line.name)
  }
  const hz = (await s.sunqu.get(`/api/service/board?unitId=${u.HZ01}`)).body
  const listed = (await s.sunqu.get(`/api/service-requests?limit=200&filter=${filter(east.lines[0].filter)}`)).body.items.map((r: { id: string }) => r.id)
  assert.deepEqual(listed.toSorted(), hz.lanes.flatMap((l: { cards: Array<{ id: string }> }) => l.cards.map(c => c.id)).toSorted())
})

test('the statistics of a process count what the caller may see, and only days that are days', async () => {
  const cases = async (who: Caller, query = '') => (await who.get(`/api/processes/repair/statistics${query}`)).body.counts.cases
  const [hz, east, all] = [await cases(s.zhouzhan), await cases(s.sunqu), await cases(s.wuzong)]
  assert.deepEqual([hz < east, east < all, east - hz, all - east], [true, true, 2, 3])
  assert.equal(await cases(s.wuzong, `?unitId=${u.GZ05}`), 3)
  assert.equal(await cases(s.zhouzhan, `?unitId=${u.GZ05}`), 0)
  assert.deepEqual([await cases(s.zhouzhan, '?from=2026-11-20&to=2026-11-20'), await cases(s.zhouzhan, '?from=2026-11-24')], [1, 0])
  assert.equal((await s.zhouzhan.get('/api/processes/repair/statistics?from=gestern')).status, 400)
  assert.equal((await s.lijie.get('/api/processes/repair/statistics')).status, 403)
  const listed = async (who: Caller) => (await who.get('/api/processes')).body.items.find((p: { key: string }) => p.key === 'repair').cases
  assert.deepEqual([await listed(s.zhouzhan), await listed(s.sunqu), await listed(s.wuzong)], [hz, east, all])
  assert.equal((await s.wuzong.get('/api/processes/nothing/statistics')).status, 404)
})

test('SP-10 the customer sees each stage with its minutes, what comes next and when, no name, no note, and half a phone number', async () => {
  at(s, '2026-11-20 16:43')
  const taken = await take(s)
  await register(s, { id: taken.id, serialNo: 'TRACK1' })
  at(s, '2026-11-20 16:55')
  await doStage(s, taken.id, { comment: '客户脾气急' })
  at(s, '2026-11-20 17:30')
  const inspect = await openTask(s, taken.id)
  await s.wangjian.post(`/api/service-requests/${taken.id}/move`, { to: '维修', fields: { faultCode: 'board', inspectionResult: '人为摔坏' }, ticked: ['powerOn', 'reproduce', 'liquid'] })
  assert.equal((await openTask(s, taken.id)).nodeId, 'repair', inspect.name)
  at(s, '2026-11-23 09:18')
  const token = taken.trackUrl.split('/').pop()!
  const page = await s.app.anonymous.get(`/api/public/track/${token}`)
  assert.equal(page.status, 200)
  const shown = page.body.stages.map((x: { name: string; state: string; minutes: number | null }) => [x.name, x.state, x.minutes])
  assert.deepEqual(shown, [['待接待', 'done', 0], ['接待', 'done', 12], ['检验', 'done', 35], ['维修', 'current', 48], ['质检', 'todo', null], ['待取机', 'todo', null]])
  assert.deepEqual([page.body.number, page.body.phone, page.body.next, page.body.expected, page.body.station.name], [taken.number, '138****0001', '质检', '2026-11-23T06:30:00.000Z', '杭州一站'])
  assert.doesNotMatch(page.raw.toString(), /李接|王检|张三|脾气|摔坏|13800000001|actor|assignee|comment/)
  const byCode = await s.app.anonymous.post('/api/public/track', { number: taken.number.toLowerCase(), code: taken.code })
  assert.deepEqual(byCode.body, page.body)
})

test('SP-10 a wrong code is 404; the eleventh wrong try in five minutes is 429, also with the right code, until the window has passed', async () => {
  at(s, '2026-11-23 15:00')
  const taken = await take(s)
  const tryCode = (code: string) => s.app.anonymous.post('/api/public/track', { number: taken.number, code })
  const wrong = taken.code === '0000' ? '1111' : '0000'
  for (let i = 0; i < 10; i++) assert.deepEqual([(await tryCode(wrong)).status, (await tryCode(taken.code)).status], i < 9 ? [404, 200] : [404, 429], `try ${i + 1}`)
  const refused = await tryCode(wrong)
  assert.deepEqual([refused.status, refused.body.code], [429, 'TOO_MANY_TRIES'])
  assert.equal((await s.app.anonymous.get(`/api/public/track/${taken.trackUrl.split('/').pop()}`)).status, 429, 'the link does not open another door')
  s.app.clock!.advance(5)
  assert.equal((await tryCode(taken.code)).status, 200)
})

test('SP-10 sixty guesses sent at once are sixty tries: ten are looked at', async () => {
  at(s, '2026-11-23 15:20')
  const taken = await take(s)
  const wrong = taken.code === '0000' ? '1111' : '0000'
  const answers = await Promise.all(Array.from({ length: 60 }, () => s.app.anonymous.post('/api/public/track', { number: taken.number, code: wrong })))
  assert.deepEqual([404, 429].map(status => answers.filter(a => a.status === status).length), [10, 50])
  at(s, '2026-11-23 15:30')
})

test('SP-10 the token of another tenant is 404, and a device that was taken home has nothing left to wait for', async () => {
  const other = s.app.tenantIds[1]!
  const foreign = await s.app.system(async ctx => (await ctx.query<{ code: string }>('select code from tenant where id = $1', [ctx.tenant.id]))[0]!.code, other)
  const taken = await take(s)
  const token = taken.trackUrl.split('/').pop()!
  assert.equal((await s.app.anonymous.get(`/api/public/track/${token}?tenant=${foreign}`)).status, 404)
  assert.equal((await s.app.anonymous.get('/api/public/track/nonsense')).status, 404)
  await register(s, { id: taken.id })
  await walkTo(s, taken.id, 'pickup')
  assert.equal((await s.app.anonymous.get(`/api/public/track/${token}`)).body.expected, null)
  await doStage(s, taken.id)
  const ended = (await s.app.anonymous.get(`/api/public/track/${token}`)).body
  assert.deepEqual([ended.ended, ended.stage, ended.next, ended.expected, ended.stages.at(-1).name], [true, '已取机', null, null, '已取机'])
})

test('KB-08 from a customer there are thirteen tabs with their counts', async () => {
  const { id } = await register(s, { serialNo: 'KB08A' })
  const { customerId } = (await s.lijie.get(`/api/service-requests/${id}`)).body
  await s.lijie.post(`/api/service-requests/${id}/contact-attempts`, { channel: 'call', succeeded: false })
  await s.lijie.post(`/api/customers/${customerId}/comments`, { text: '老客户' })
  const tabs = (await s.lijie.get(`/api/customers/${customerId}/related`)).body
  assert.deepEqual(tabs.map((t: { label: string; count: number }) => [t.label, t.count]).toSorted(), [['联系人', 0], ['设备', 1], ['保修卡', 0], ['服务合同', 0], ['同意记录', 0], ['客户偏好', 0], ['客户（上级客户）', 0], ['客户（并入）', 0], ['服务请求', 1], ['通知记录', 1], ['评论', 1], ['附件', 0], ['变更记录', 1]].toSorted())
})

test('SP-06 whoever sets a time standard chooses process and stage by name: the form is told the words, and only the signed-in are', async () => {
  const words = async (source: string) => (await s.zhouzhan.get(`/api/options/${source}`)).body.items as Array<{ value: string; label: string; of?: string }>
  assert.ok((await words('process')).some(o => o.value === 'repair' && o.label === '维修服务'))
  assert.deepEqual((await words('stage')).filter(o => o.of === 'repair').map(o => o.label), ['待接待', '接待', '检验', '报价', '维修', '质检', '待取机'])
  const fields = (await s.admin.get('/api/meta')).body.entities.find((e: { name: string }) => e.name === 'timeStandard').fields
  assert.deepEqual(fields.find((f: { name: string }) => f.name === 'nodeId').source, { name: 'stage', of: 'processKey' })
  assert.deepEqual([(await s.admin.get('/api/options/nonsense')).status, (await s.app.anonymous.get('/api/options/stage')).status], [404, 401])
})

test('SP-23 one byte of a request’s record changed in the database: verify names the entry; through the API nothing can be changed', async () => {
  const { id } = await register(s)
  await doStage(s, id)
  const verify = async () => (await s.wuzong.get(`/api/audit/verify?entity=serviceRequest&id=${id}`)).body
  assert.deepEqual([(await verify()).ok, (await verify()).broken], [true, []])
  const { rows: [row] } = await s.app.owner.query('select seq, payload::text as text from audit where record_id = $1 order by seq offset 1 limit 1', [id])
  const changed = row.text.replace(/"minutes": ?0/, '"minutes": 9').replace('开不了机', '开不了鸡')
  assert.notEqual(changed, row.text)
  await s.app.owner.query('update audit set payload = $3::jsonb where record_id = $1 and seq = $2', [id, row.seq, changed])
  const found = await verify()
  assert.deepEqual([found.ok, found.broken[0].seq, found.broken[0].recordId], [false, row.seq, id])
  const attempt = (await s.lijie.post(`/api/service-requests/${id}/contact-attempts`, { channel: 'call', succeeded: true })).body
  for (const [method, url] of [['PATCH', `/api/audit/${id}`], ['DELETE', '/api/audit'], ['PATCH', `/api/contact-attempts/${attempt.id}`], ['DELETE', `/api/contact-attempts/${attempt.id}`]]) {
    assert.equal((await s.admin.call(method!, url!, method === 'PATCH' ? { note: 'x' } : undefined)).status, 405, `${method} ${url}`)
  }
})
