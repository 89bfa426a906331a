import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { library, type Library } from './library.ts'

let s: Library
before(async () => { s = await library() })
const code = (r: { status: number; body: { code?: string } }): [number, string | undefined] => [r.status, r.body.code]
const view = async (who: Library['lijie'], id: string) => (await who.get(`/api/knowledge/articles/${id}`)).body

test('KB-01 an article that solved three requests has 用量 3, counted once a request; where it was used is shown as far as one sees the requests', async () => {
  const id = await s.published({ title: '轻云 13 无法开机' })
  for (const fault of ['开不了机', '按了没反应', '黑屏']) {
    const r = await s.request(fault)
    for (const who of [s.zhaoxiu, s.lijie]) assert.equal((await who.post(`/api/knowledge/articles/${id}/uses`, { requestId: r.id })).status, 200)
  }
  const seen = await view(s.zhaoxiu, id)
  assert.equal(seen.uses, 3)
  assert.deepEqual([seen.usedIn.length, seen.usedIn[0].by], [3, '赵修'])
  const elsewhere = await s.app.person({ username: 'ningbo', name: '宁波修', unitId: s.units.NB02, roleIds: [s.roleIds.engineer!] })
  const far = await view(elsewhere, id)
  assert.deepEqual([far.uses, far.usedIn], [3, []])
  const r = await s.request('别站')
  assert.equal((await elsewhere.post(`/api/knowledge/articles/${id}/uses`, { requestId: r.id })).status, 404, 'a request of another station')
})

test('KB-01 a customer sees 公开 only, and of it neither figures nor names', async () => {
  const open = await s.published({ title: '怎样重启手机', visibility: 'public' }), inside = await s.published({ title: '重启手机的内部步骤' })
  const draft = await s.write(s.zhaoxiu, { title: '重启手机草稿', visibility: 'public' })
  const r = await s.app.anonymous.get(`/api/public/help-center?q=${encodeURIComponent('重启手机')}`)
  assert.deepEqual(r.body.items.map((i: { id: string }) => i.id), [open])
  assert.deepEqual(Object.keys(r.body.items[0]).toSorted(), ['excerpt', 'id', 'lines', 'title'])
  assert.equal((await s.app.anonymous.get(`/api/public/help-center/${open}`)).status, 200)
  for (const id of [inside, draft]) assert.equal((await s.app.anonymous.get(`/api/public/help-center/${id}`)).status, 404)
  await s.zhouzhan.post(`/api/knowledge/articles/${open}/withdraw`, { reason: '过时' })
  assert.equal((await s.app.anonymous.get(`/api/public/help-center/${open}`)).status, 404)
})

test('KB-01 draft, review, published: somebody else approves; what is sent back says why', async () => {
  const id = await s.write(s.zhouzhan, { title: '站长自己写的' })
  assert.equal((await s.lijie.get(`/api/knowledge/articles/${id}`)).status, 404, 'a draft is its author’s')
  assert.equal((await s.zhouzhan.post(`/api/knowledge/articles/${id}/submit`)).status, 200)
  assert.deepEqual(code(await s.zhouzhan.post(`/api/knowledge/articles/${id}/publish`)), [403, 'ARTICLE_FOUR_EYES'])
  assert.deepEqual(code(await s.zhaoxiu.post(`/api/knowledge/articles/${id}/publish`)), [403, 'FORBIDDEN'])
  assert.equal((await s.qianzhi.post(`/api/knowledge/articles/${id}/send-back`, { reason: '' })).status, 400)
  assert.equal((await s.qianzhi.post(`/api/knowledge/articles/${id}/send-back`, { reason: '缺步骤' })).status, 200)
  assert.equal((await s.zhouzhan.get(`/api/knowledge/articles/${id}/draft`)).body.reason, '缺步骤')
  await s.zhouzhan.post(`/api/knowledge/articles/${id}/submit`)
  assert.equal((await s.zhouzhan.call('PATCH', `/api/knowledge/articles/${id}`, { title: '改', body: '改' })).body.code, 'ARTICLE_STATE', 'what is in review stands still')
  assert.equal((await s.qianzhi.post(`/api/knowledge/articles/${id}/publish`)).body.edition, 1)
  assert.equal((await view(s.lijie, id)).title, '站长自己写的')
})

test('KB-01 a published article is read as it was until its revision is approved; the versions show what changed', async () => {
  const id = await s.published({ title: '更换电池', body: '一\n二' })
  assert.equal((await s.zhaoxiu.call('PATCH', `/api/knowledge/articles/${id}`, { title: '更换电池', body: '一\n三', note: '改第二步' })).status, 200)
  const seen = await view(s.lijie, id)
  assert.deepEqual([seen.body, seen.revision, seen.open, seen.may], ['一\n二', 'draft', null, { update: false, publish: false, approve: false, wrote: false }])
  assert.deepEqual((await view(s.zhouzhan, id)).open.diff.filter((l: { kind: string }) => l.kind !== 'same'), [{ kind: 'out', text: '二' }, { kind: 'in', text: '三' }])
  await s.zhaoxiu.post(`/api/knowledge/articles/${id}/submit`)
  await s.zhouzhan.post(`/api/knowledge/articles/${id}/publish`)
  assert.equal((await view(s.lijie, id)).body, '一\n三')
  const { items } = (await s.lijie.get(`/api/knowledge/articles/${id}/versions`)).body
  assert.deepEqual(items.map((v: { edition: number; note: string | null; approved: string }) => [v.edition, v.note, v.approved]), [[2, '改第二步', '周站'], [1, null, '周站']])
})

test('KB-01 one rating a person, changed at will; no use wants a reason, which the author reads', async () => {
  const id = await s.published({ title: '评价用' })
  const rate = (who: Library['lijie'], body: object) => who.post(`/api/knowledge/articles/${id}/rating`, body)
  assert.deepEqual(code(await rate(s.lijie, { useful: false })), [422, 'ARTICLE_REASON'])
  await rate(s.lijie, { useful: true })
  await rate(s.wangjian, { useful: true })
  await rate(s.lijie, { useful: false, reason: '图看不清' })
  const seen = await view(s.zhaoxiu, id)
  assert.deepEqual([seen.useful, seen.useless, seen.complaints.map((c: { by: string; reason: string }) => `${c.by}：${c.reason}`)], [1, 1, ['李接：图看不清']])
  assert.deepEqual((await view(s.wangjian, id)).complaints, [])
})

test('KB-01 限定: only the named units and roles find and read it, also in the search over everything and by the plain address', async () => {
  assert.equal((await s.zhaoxiu.post('/api/knowledge/articles', { title: '没写给谁', body: 'x', visibility: 'limited' })).body.code, 'ARTICLE_LIMITED')
  const id = await s.published({ title: '拆主板密级步骤', visibility: 'limited', unitIds: [s.units.east], roleIds: [s.roleIds.engineer] })
  const south = await s.app.person({ username: 'nanfang', name: '南修', unitId: s.units.GZ05, roleIds: [s.roleIds.engineer!] })
  for (const [who, may] of [[s.zhaoxiu, true], [s.lijie, false], [south, false]] as const) {
    assert.deepEqual(await s.titles(who, '密级步骤'), may ? ['拆主板密级步骤'] : [])
    assert.equal((await who.get(`/api/search?q=${encodeURIComponent('密级步骤')}`)).body.items.length, may ? 1 : 0)
    for (const at of ['/api/articles/', '/api/knowledge/articles/']) assert.equal((await who.get(at + id)).status, may ? 200 : 404)
    assert.equal((await who.get('/api/articles?limit=200')).body.items.some((a: { id: string }) => a.id === id), may)
    assert.equal((await who.get(`/api/articles/${id}/comments`)).status, may ? 200 : 404)
  }
})

test('KB-01 fourteen days before its date the author is told to look at it again', async () => {
  const id = await s.published({ title: '要复核的', validUntil: '2026-12-20' })
  const told = async () => (await s.zhaoxiu.get(`/api/alarms?filter=${encodeURIComponent(JSON.stringify({ recordId: id }))}`)).body.items.map((a: { title: string }) => a.title)
  await s.settled()
  assert.deepEqual(await told(), [])
  s.app.clock!.set('2026-12-06T01:00:01Z')
  await s.settled()
  assert.deepEqual(await told(), ['知识“要复核的”2026-12-20 到复核日期，请看一遍是否还对'])
})

test('KB-01 the draft of two is not lost: who has not seen the other’s text is refused, and who holds an old text of their own is not', async () => {
  const id = await s.write(s.zhaoxiu, { title: '两人写' })
  const { seen } = (await s.zhaoxiu.get(`/api/knowledge/articles/${id}/draft`)).body
  const put = (who: Library['lijie'], body: string) => who.call('PATCH', `/api/knowledge/articles/${id}`, { title: '两人写', body, seen })
  assert.equal((await put(s.zhouzhan, '站长改')).status, 200)
  const r = await put(s.zhaoxiu, '修的')
  assert.deepEqual([r.status, r.body.message], [409, '周站 刚改过这份草稿，请刷新后再改'])
})
