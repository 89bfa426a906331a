import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { statementsOf } from '@quancheng/kernel/testing'
import { library, synonym, type Library } from './library.ts'

let s: Library
before(async () => { s = await library() })

test('KB-02 开不了机 finds 无法开机 by a synonym at the next search, title before body, and the words are marked', async () => {
  await s.published({ title: '主板检测', body: '接上电源后仍然无法开机时，量主板供电。' })
  await s.published({ title: '无法开机先查什么', body: '看指示灯。' })
  await s.published({ title: '键盘进水', body: '拆下键帽。' })
  assert.deepEqual(await s.titles(s.lijie, '开不了机'), [])
  await synonym(s, '无法开机、开不了机、不开机')
  assert.deepEqual(await s.titles(s.lijie, '开不了机'), ['无法开机先查什么', '主板检测'])
  assert.deepEqual(await s.titles(s.lijie, '笔记本开不了机'), [], 'the rest of the words must be there too')
  const [first, second] = (await s.lijie.get(`/api/knowledge/search?q=${encodeURIComponent('开不了机')}`)).body.items
  assert.deepEqual(first.title, [{ text: '无法开机', hit: true }, { text: '先查什么', hit: false }])
  assert.ok(second.excerpt.some((p: { text: string; hit: boolean }) => p.hit && p.text === '无法开机'))
  assert.equal((await s.lijie.get(`/api/search?q=${encodeURIComponent('开不了机')}&entity=article`)).body.items.length, 2)
})

test('KB-02 no hit from a station that is not one’s own: requests by a synonym too', async () => {
  const r = await s.request('昨晚开始自动关机')
  await synonym(s, '自动关机、自己关机')
  const far = await s.app.person({ username: 'ningbo', unitId: s.units.NB02, roleIds: [s.roleIds.engineer!] })
  const hits = async (who: Library['lijie']) => (await who.get(`/api/search?q=${encodeURIComponent('自己关机')}&entity=serviceRequest`)).body.items.map((h: { id: string }) => h.id)
  assert.deepEqual(await hits(s.lijie), [r.id])
  assert.deepEqual(await hits(far), [])
})

test('KB-02 the search is one statement, however many articles there are', async () => {
  const { asked } = await statementsOf(s.app, () => s.titles(s.lijie, '开不了机'))
  assert.equal(asked.filter(q => q.includes('search_candidates')).length, 1)
})

test('KB-02 a search that found nothing is listed for the editor, counted by its words; one that finds something is not', async () => {
  const miss = (q: string) => s.lijie.post('/api/knowledge/misses', { q })
  assert.equal((await miss('打印机 发热')).body.kept, true)
  assert.equal((await miss('打印机  发热')).body.kept, true)
  assert.equal((await miss('开不了机')).body.kept, false)
  assert.equal((await miss('13800000001')).body.kept, false, 'a number is no question')
  assert.equal((await s.app.anonymous.post('/api/public/help-center/misses', { q: '打印机 发热' })).body.kept, true)
  const { items } = (await s.zhaoxiu.get('/api/knowledge/misses')).body
  assert.deepEqual(items.map((m: { words: string; times: number; byCustomers: number }) => [m.words, m.times, m.byCustomers]), [['打印机 发热', 3, 1]])
  assert.equal((await s.lijie.get('/api/knowledge/misses')).status, 403)
  await s.zhaoxiu.post(`/api/knowledge/misses/${items[0].id}/close`)
  assert.deepEqual((await s.zhaoxiu.get('/api/knowledge/misses')).body.items, [])
})

test('KB-01 from the fault of a request its articles are found: rare words weigh most, the own product line comes first', async () => {
  const other = await s.app.owner.query("insert into product_line (tenant_id, id, version, created_at, updated_at, code, name, process_key, warranty_days) select tenant_id, gen_random_uuid(), 1, now(), now(), 'PR', '打印机', 'repair', 1 from product_line limit 1 returning id")
  for (let i = 0; i < 6; i++) await s.published({ title: `客户说的话怎样记 ${i}`, body: '客户昨天带来机器，按规范记录客户的话。' })
  const own = await s.published({ title: '屏幕有竖线', body: '重插屏线，仍有竖线则更换屏幕总成。', productLineIds: [s.lineId], faultCodes: ['screen'] })
  const foreign = await s.published({ title: '打印有竖线', body: '清洁硒鼓。', productLineIds: [other.rows[0].id] })
  const r = await s.request('客户昨天带来，屏幕上出现几条竖线')
  const { items } = (await s.zhaoxiu.get(`/api/knowledge/for-request/${r.id}`)).body
  assert.equal(items[0].id, own)
  assert.ok(!items.some((i: { title: Array<{ text: string }> }) => i.title.some(p => p.text.includes('怎样记'))), 'common words alone suggest nothing')
  assert.ok(items.findIndex((i: { id: string }) => i.id === foreign) !== 0)
})

test('KB-09 a request that was worked on becomes a draft in one act, prefilled and without the customer; asked again it is the same', async () => {
  const r = await s.request('开机没反应，指示灯亮')
  assert.equal((await s.zhaoxiu.post(`/api/knowledge/from-request/${r.id}`)).body.code, 'ARTICLE_NOTHING_DONE')
  await s.app.owner.query("update service_request set inspection_result = '主板 3V 对地短路', repair_action = '更换电容 PC201', fault_code = 'board' where id = $1", [r.id])
  const { body: made } = await s.zhaoxiu.post(`/api/knowledge/from-request/${r.id}`)
  assert.equal(made.created, true)
  const { body: draft } = await s.zhaoxiu.get(`/api/knowledge/articles/${made.id}/draft`)
  assert.match(draft.title, /开机没反应$/)
  for (const part of ['## 现象\n\n开机没反应，指示灯亮', '## 检查\n\n主板 3V 对地短路', '## 处理\n\n更换电容 PC201', '- 产品线：笔记本', '- 故障：主板故障']) assert.ok(draft.body.includes(part), part)
  assert.ok(!/张三|1380/.test(draft.body))
  assert.deepEqual([draft.faultCodes, draft.productLineIds, draft.visibility], [['board'], [s.lineId], 'internal'])
  assert.deepEqual((await s.zhaoxiu.post(`/api/knowledge/from-request/${r.id}`)).body, { ...made, created: false })
  const far = await s.app.person({ username: 'far', unitId: s.units.NB02, roleIds: [s.roleIds.engineer!] })
  assert.equal((await far.post(`/api/knowledge/from-request/${r.id}`)).status, 404)
})

test('KB-05 @李接 in a comment: a notice in the product and a row of the WeCom bot, both once', async () => {
  // nobody answers there: what counts is the row
  process.env.QUANCHENG_NOTICE_HOSTS = '127.0.0.1:9'
  const [setting] = (await s.admin.get('/api/notice-settings')).body.items
  await s.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: 'https://fw.example.com' })
  const made = await s.admin.post('/api/notices/channels', { kind: 'wecom', name: '杭州一站群', unitId: s.units.HZ01, webhook: 'http://127.0.0.1:9/cgi-bin/webhook/send?key=k' })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const r = await s.request('屏幕碎')
  const { body: c } = await s.wangjian.post(`/api/service-requests/${r.id}/comments`, { text: '@李接 客户要发票', mentions: [s.lijie.userId] })
  const rows = async () => { await s.settled(); return (await s.app.owner.query("select event, channel, to_shown, text from customer_notice where event = 'mention'")).rows }
  const expected = [{ event: 'mention', channel: 'wecom', to_shown: '杭州一站群', text: `@李接 王检 在 服务请求 ${r.number} 的评论里提到了你 https://fw.example.com/e/service-requests/${r.id}` }]
  assert.deepEqual((await rows()).map(x => ({ ...x, text: x.text.replace(/(HZ01-\d+-\d+).*? 的/, '$1 的') })), expected)
  const told = async () => (await s.lijie.get(`/api/alarms?filter=${encodeURIComponent(JSON.stringify({ recordId: r.id, kind: 'notice' }))}`)).body.items
  assert.equal((await told()).length, 1)
  assert.match((await told())[0].title, /^王检 在 服务请求 .*的评论里提到了你$/)
  await s.wangjian.patch(`/api/comments/${c.id}`, { text: '@李接 客户要发票，急', mentions: [s.lijie.userId] })
  assert.equal((await rows()).length, 1)
  assert.equal((await told()).length, 1)
})
