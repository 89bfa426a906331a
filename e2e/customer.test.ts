import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { finish, nobodyWaits, receive, type Taken } from './counter.ts'
import { answered, api, ask, desk, house, noHorizontalScroll, phone, settles, type Visit } from './harness.ts'

const { journey } = house()
let people = 0

/** One tap at the kiosk. */
async function takeNumber(visit: Visit): Promise<Taken & { page: Page }> {
  const page = await visit.stranger()
  await page.goto('/kiosk/HZ01')
  const taken = await (await answered(page, 'POST', /\/take$/, () => page.getByRole('button', { name: '笔记本' }).click())).json() as Taken
  await page.getByText(taken.number, { exact: true }).waitFor()
  return { ...taken, page }
}

/** A request that stands at 报价 with an estimate, and its owner's telephone. */
async function quoted(visit: Visit, clerk: Page, inspector: Page): Promise<Taken> {
  const taken = await takeNumber(visit)
  people += 1
  await receive(clerk, taken.id, { name: `夏青${people}`, phone: `1370000100${people}`, serialNo: `KH0000${people}`, fault: '合上盖子就关机' })
  await finish(clerk, taken.id, 'inspect')
  await finish(inspector, taken.id, 'quote', { faultCode: 'board', inspectionResult: '主板短路' })
  await api(clerk, 'POST', `/service-requests/${taken.id}/estimate`, { lines: [{ name: '检修工时', quantity: 1, price: '80.00' }, { name: '主板', quantity: 1, price: '240.50' }], note: '旧主板可以带走' })
  return taken
}

/** From 维修 to 待取机. */
async function repaired(id: string, engineer: Page, checker: Page): Promise<void> {
  await finish(engineer, id, 'fixed', { repairAction: '更换主板' })
  await finish(checker, id, 'pass')
}

journey('CE-05 a customer books a time to bring the notebook in, moves it, and hears what is wrong with the form at its fields', async visit => {
  const customer = await visit.stranger(phone)
  await customer.goto('/book/HZ01')
  await customer.getByRole('button', { name: '预约', exact: true }).click()
  for (const sentence of ['请先选择时间', '请填写姓名', '请填写电话']) await customer.getByText(sentence).waitFor()
  await noHorizontalScroll(customer)

  // the second day that is offered: of the first, by the hour of the day, little may be left
  await customer.getByRole('tablist', { name: '哪一天' }).getByRole('tab').nth(1).click()
  const times = customer.getByRole('radiogroup', { name: '几点' }).getByRole('radio')
  const chosen = await times.first().innerText()
  await times.first().click()
  await customer.getByLabel('姓名').fill('夏青')
  await customer.getByLabel('电话').fill('123')
  const book = customer.getByRole('button', { name: new RegExp(`^预约 .*${chosen}$`) })
  assert.equal((await answered(customer, 'POST', /\/book\/HZ01$/, () => book.click())).status(), 400)
  await customer.getByText('电话号码不对，手机应为 11 位，座机请带区号').waitFor()
  assert.equal(await customer.getByLabel('姓名').inputValue(), '夏青', 'nothing typed is lost')
  await customer.getByLabel('电话').fill('13700001000')
  await customer.getByLabel('送修的是').selectOption('笔记本')
  await answered(customer, 'POST', /\/book\/HZ01$/, () => book.click())

  await customer.getByText('已预约 · 送修').waitFor()
  await customer.getByRole('heading', { level: 1, name: new RegExp(`${chosen}$`) }).waitFor()
  await noHorizontalScroll(customer)
  const number = /YY\d{8}-\d+/.exec(await customer.locator('main').innerText())![0]
  await customer.getByRole('button', { name: '改时间' }).click()
  const later = await times.nth(2).innerText()
  await times.nth(2).click()
  await answered(customer, 'POST', /\/rebook$/, () => customer.getByRole('button', { name: '改时间' }).click())
  await customer.getByRole('heading', { level: 1, name: new RegExp(`${later}$`) }).waitFor()

  const zhouzhan = await visit.as('zhouzhan')
  const { items: [kept] } = await api<{ items: Array<Record<string, unknown>> }>(zhouzhan, 'GET', `/bookings?filter=${encodeURIComponent(JSON.stringify({ number }))}`)
  assert.deepEqual([kept!.name, kept!.service, kept!.state], ['夏青', 'bringIn', 'booked'])
})

journey('SP-26, BH-2.3 a number is called on the screens at once, and its owner rates the counter once', async visit => {
  await nobodyWaits(visit)
  const taken = await takeNumber(visit)
  const short = taken.number.slice(-4)
  const [wall, small] = [await visit.stranger(desk), await visit.stranger(phone)]
  for (const screen of [wall, small]) {
    await screen.goto('/screen/HZ01')
    await screen.locator('footer').getByText(short, { exact: true }).waitFor()
  }
  const lijie = await visit.as('lijie')
  const { user } = await api<{ user: { unitId: string } }>(lijie, 'GET', '/session')
  await api(lijie, 'POST', '/service/calls/next', { unitId: user.unitId, counter: '7' })
  for (const screen of [wall, small]) {
    await settles(async () => (await screen.locator('.sw-now').innerText()).split(/\n+/), ['请到柜台', short, '7 号柜台'])
    await screen.getByText('没有人在等').waitFor()
    await noHorizontalScroll(screen)
  }

  // what the code on the counter opens
  await receive(lijie, taken.id, { name: '严可', phone: '13700002001', serialNo: 'KH0020', fault: '键盘有几个键不灵' })
  const customer = await visit.stranger(phone)
  await customer.goto('/rate/HZ01/7')
  await customer.getByText(`您的号 ${short}`).waitFor()
  await customer.getByRole('radio', { name: '5 分' }).click()
  await customer.getByRole('button', { name: '态度' }).click()
  await noHorizontalScroll(customer)
  await answered(customer, 'POST', /\/rate\//, () => customer.getByRole('button', { name: '提交' }).click())
  await customer.getByRole('heading', { name: '谢谢您的评价' }).waitFor()
  await customer.goto('/rate/HZ01/7')
  await customer.getByRole('heading', { name: '这个号已评价' }).waitFor()
  assert.equal(await customer.getByRole('radio').count(), 0, 'there is nothing left to press')
  assert.equal((await ask(customer, 'POST', '/public/rate/HZ01/7', { ticket: taken.number, score: 1 })).status(), 409)
  await customer.goto('/rate/HZ01/8')
  await customer.getByText('这个台席刚才没有叫过号，办完业务再来评分。').waitFor()
})

journey('SP-32, CE-05, CU-10 by their links customers accept and decline an estimate, race for the last place to pick up, and say how it was', async visit => {
  const [lijie, wangjian, zhaoxiu, qianzhi] = [await visit.as('lijie'), await visit.as('wangjian'), await visit.as('zhaoxiu'), await visit.as('qianzhi')]
  const [first, second, third] = [await quoted(visit, lijie, wangjian), await quoted(visit, lijie, wangjian), await quoted(visit, lijie, wangjian)]

  // yes, on one of two telephones on which the page stands open
  const [one, twin] = [await visit.stranger(phone), await visit.stranger(phone)]
  for (const page of [one, twin]) {
    await page.goto(first.trackUrl)
    await page.getByText('¥320.50').waitFor()
    await page.getByRole('button', { name: '同意维修' }).click()
    await page.getByText('确定同意按 ¥320.50 维修？确认后马上开始。').waitFor()
    await noHorizontalScroll(page)
  }
  assert.equal((await answered(one, 'POST', /\/estimate$/, () => one.getByRole('button', { name: '确定' }).click())).status(), 200)
  await one.getByText('您已同意这个报价').waitFor()
  await one.getByRole('heading', { name: '现在：维修' }).waitFor()
  assert.equal((await answered(twin, 'POST', /\/estimate$/, () => twin.getByRole('button', { name: '确定' }).click())).status(), 410)
  await twin.getByRole('alert').getByText('这个报价已经有答复，不能再改').waitFor()
  await twin.getByText('您已同意这个报价').waitFor()
  assert.equal(await twin.getByRole('button', { name: '同意维修' }).count(), 0)

  // no, which wants a reason
  const unwilling = await visit.stranger(phone)
  await unwilling.goto(third.trackUrl)
  await unwilling.getByRole('button', { name: '不同意' }).click()
  await unwilling.getByRole('button', { name: '确定' }).click()
  await unwilling.getByText('请写明不同意的原因').waitFor()
  await unwilling.getByLabel('为什么不修（必填）').fill('换新的更划算')
  await answered(unwilling, 'POST', /\/estimate$/, () => unwilling.getByRole('button', { name: '确定' }).click())
  await unwilling.getByText('您没有同意这个报价').waitFor()
  await lijie.goto(`/e/service-requests/${third.id}`)
  await lijie.locator('.sr-course').getByText('换新的更划算').waitFor()

  // two notebooks are ready, and one place is left at the hour both want
  await twin.goto(second.trackUrl)
  await twin.getByRole('button', { name: '同意维修' }).click()
  await answered(twin, 'POST', /\/estimate$/, () => twin.getByRole('button', { name: '确定' }).click())
  for (const { id } of [first, second]) await repaired(id, zhaoxiu, qianzhi)
  const zhouzhan = await visit.as('zhouzhan')
  const { items: [rule] } = await api<{ items: Array<{ id: string, version: number }> }>(zhouzhan, 'GET', `/slot-rules?filter=${encodeURIComponent(JSON.stringify({ service: 'pickUp' }))}`)
  await api(zhouzhan, 'PATCH', `/slot-rules/${rule!.id}`, { capacity: 1, version: rule!.version })
  const wish = async (page: Page): Promise<string> => {
    await page.reload()
    await page.getByRole('heading', { name: '修好了，可以来取' }).waitFor()
    await page.getByRole('tablist', { name: '哪一天' }).getByRole('tab').nth(1).click()
    const last = page.getByRole('radiogroup', { name: '几点' }).getByRole('radio').nth(4)
    await last.click()
    return last.innerText()
  }
  const [mine, theirs] = [await wish(one), await wish(twin)]
  assert.equal(mine, theirs)
  const book = (page: Page) => answered(page, 'POST', /\/booking$/, () => page.getByRole('button', { name: /^预约 / }).click())
  assert.equal((await book(one)).status(), 201)
  await one.getByText(new RegExp(`已预约 .*${mine}`)).waitFor()
  assert.equal((await book(twin)).status(), 409)
  const refusal = await twin.getByRole('alert').innerText()
  const free = /^这个时段刚刚约满，还可以选 .*?(\d\d:\d\d)/.exec(refusal.trim())?.[1] ?? assert.fail(refusal)
  await noHorizontalScroll(twin)
  await settles(() => twin.getByRole('radio', { name: mine, exact: true }).count(), 0, 'the hour that is taken is offered no more')
  await twin.getByRole('radio', { name: free, exact: true }).click()
  assert.equal((await book(twin)).status(), 201, 'the hour that was named is free')
  await twin.getByText(new RegExp(`已预约 .*${free}`)).waitFor()

  // picked up: the survey, once
  await finish(lijie, first.id, 'collect')
  await one.reload()
  await one.getByRole('heading', { name: '这次维修您满意吗' }).waitFor()
  await one.getByRole('radio', { name: '4 分' }).click()
  await one.getByRole('button', { name: '速度' }).click()
  await one.getByLabel('想说的话（可不填）').fill('下次先打个电话')
  await noHorizontalScroll(one)
  await answered(one, 'POST', /\/survey$/, () => one.getByRole('button', { name: '提交' }).click())
  await one.getByRole('heading', { name: '谢谢您的评价' }).waitFor()
  await one.reload()
  await one.getByRole('heading', { name: '谢谢您的评价' }).waitFor()
  assert.equal((await ask(one, 'POST', `/public/track/${first.trackUrl.split('/').at(-1)!}/survey`, { score: 1 })).status(), 410)
})

journey('CU-11 a complaint from the public page: followed by number and code, answered, and opened again by whoever is not content', async visit => {
  const customer = await visit.stranger(phone)
  await customer.goto('/voice')
  await customer.getByRole('button', { name: '提交' }).click()
  await settles(() => customer.getByRole('alert').allInnerTexts(), ['请选择', '请选择', '没有填写', '没有填写', '没有填写'])
  await customer.getByLabel('关于什么').selectOption('时间太久')
  await customer.getByLabel('哪家服务站').selectOption('杭州一站')
  await customer.getByLabel('什么事').fill('说好三天，一个星期了还没有消息')
  await customer.getByLabel('您的姓名').fill('严可')
  await customer.getByLabel('手机号').fill('13700002001')
  await noHorizontalScroll(customer)
  const { number, code } = await (await answered(customer, 'POST', /\/voice$/, () => customer.getByRole('button', { name: '提交' }).click())).json() as { number: string, code: string }
  await customer.getByText(number, { exact: true }).waitFor()
  await customer.getByText(code, { exact: true }).waitFor()

  await customer.goto('/voice')
  await customer.getByRole('button', { name: '已经登记过？查进度' }).click()
  await customer.getByLabel('编号').fill(number.toLowerCase())
  await customer.getByLabel('查询码').fill(code === '0000' ? '0001' : '0000')
  await customer.getByRole('button', { name: '查询' }).click()
  await customer.getByRole('alert').getByText('没有找到，请核对编号和查询码').waitFor()
  await customer.getByLabel('查询码').fill(code)
  await customer.getByRole('button', { name: '查询' }).click()
  await customer.getByText('待分派').waitFor()
  await customer.getByText(/最晚 .+ 前答复您/).waitFor()

  const zhouzhan = await visit.as('zhouzhan')
  const { user } = await api<{ user: { id: string } }>(zhouzhan, 'GET', '/session')
  const { items: [complaint] } = await api<{ items: Array<{ id: string }> }>(zhouzhan, 'GET', `/complaints?filter=${encodeURIComponent(JSON.stringify({ number }))}`)
  const move = (to: string, fields: Record<string, unknown>) => api(zhouzhan, 'POST', `/complaints/${complaint!.id}/move`, { to, fields })
  await move('assign', { handlerId: user.id })
  await move('done', { cause: '没有人打电话', result: '今天修好，明天送到' })
  await move('replied', { replyBy: 'phone', reply: '明天上午送到您家' })
  const { link } = await api<{ link: string }>(zhouzhan, 'GET', `/complaints/${complaint!.id}/link`)
  await zhouzhan.goto(`/e/complaints/${complaint!.id}`)
  await zhouzhan.getByText('客户意见').first().waitFor()

  await customer.goto(link)
  await customer.getByText('明天上午送到您家').waitFor()
  const no = customer.getByRole('button', { name: '不满意' })
  await no.click()
  await customer.getByRole('alert').getByText('请写明哪里还不满意').waitFor()
  await customer.getByLabel('想说的话').fill('昨天也是这样说的')
  await answered(customer, 'POST', /\/voice\//, () => no.click())
  await customer.getByRole('heading', { name: '收到。我们重新处理，会再联系您。' }).waitFor()
  await noHorizontalScroll(customer)
  // whoever works on it sees so without touching the page
  await zhouzhan.getByText('重开 1 次').waitFor()
  await zhouzhan.getByText('昨天也是这样说的').first().waitFor()
})

journey('KB-01 customers read what is written for them, and nothing that is not', async visit => {
  const wuzong = await visit.as('wuzong')
  const { items: articles } = await api<{ items: Array<{ id: string, title: string, visibility: string }> }>(wuzong, 'GET', '/articles?limit=200')
  const customer = await visit.stranger(phone)
  await customer.goto('/help-center')
  const titles = customer.locator('.kb-hit > a')
  await titles.first().waitFor()
  const shown = await titles.allInnerTexts()
  assert.ok(shown.length > 3)
  const open = new Set(articles.filter(each => each.visibility === 'public').map(each => each.title))
  assert.deepEqual(shown.filter(title => !open.has(title)), [], 'every one of them is public')
  await noHorizontalScroll(customer)
  await customer.getByRole('searchbox').fill('卡纸')
  await customer.keyboard.press('Enter')
  await customer.getByRole('link', { name: /卡纸/ }).first().click()
  await customer.getByRole('article').getByRole('heading', { level: 1, name: /卡纸/ }).waitFor()
  await noHorizontalScroll(customer)

  const internal = articles.find(each => each.visibility !== 'public')!
  await customer.goto(`/help-center/${internal.id}`)
  await customer.getByRole('alert').waitFor()
  assert.equal(await customer.getByText(internal.title).count(), 0)
  await customer.goto('/help-center')
  await customer.getByRole('searchbox').fill('怎样登月')
  await customer.keyboard.press('Enter')
  await customer.getByText('没有找到').first().waitFor()
})
