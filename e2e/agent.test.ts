import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { signatureOf } from '../modules/hotline/rules/signature.ts'
import { finish, receive, type Taken } from './counter.ts'
import { answered, api, choose, house, noHorizontalScroll, phone, settles, SLOWER, type Visit } from './harness.ts'

const { journey } = house()
const ZHANGSAN = '13800000001'

/** The telephone system of the demo, with a key of its own. */
async function telephone(visit: Visit): Promise<(event: string, callId: string, more?: Record<string, unknown>) => Promise<void>> {
  const admin = await visit.as('admin')
  const { items: [source] } = await api<{ items: Array<{ id: string }> }>(admin, 'GET', '/cti-sources')
  const { secret, path } = await api<{ secret: string, path: string }>(admin, 'POST', `/cti-sources/${source!.id}/secret`)
  return async (event, callId, more = {}) => {
    const body = JSON.stringify({ eventId: randomUUID(), callId, event, ...more }), at = String(Math.floor(Date.now() / 1000))
    const answer = await fetch(visit.program.address + path, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-timestamp': at, 'x-signature': signatureOf(secret, at, body) } })
    assert.equal(answer.status, 200, await answer.text())
  }
}

/** 张三's notebook comes in again and stands at 检验. */
async function comesIn(visit: Visit): Promise<Taken> {
  const [door, clerk] = [await visit.stranger(phone), await visit.as('lijie')]
  const { productLines } = await api<{ productLines: Array<{ id: string, name: string }> }>(door, 'GET', '/public/kiosk/HZ01')
  const taken = await api<Taken>(door, 'POST', '/public/kiosk/HZ01/take', { productLineId: productLines.find(each => each.name === '笔记本')!.id })
  await receive(clerk, taken.id, { name: '张三', phone: ZHANGSAN, serialNo: 'PF1ABCD', fault: '用一会儿就自动关机' })
  await finish(clerk, taken.id, 'inspect')
  return taken
}

journey('CE-06, SP-08, SP-11, CU-11 a customer rings: the agent sees who it is and how far it is, writes the call down, opens a complaint, and cannot reach them afterwards', async visit => {
  const ring = await telephone(visit)
  const taken = await comesIn(visit)
  const [zuoxi, pocket] = [await visit.as('zuoxi'), await visit.as('zuoxi', phone)]
  for (const page of [zuoxi, pocket]) {
    await page.goto('/hotline')
    await page.getByText('没有来电').waitFor()
  }
  await settles(() => zuoxi.getByLabel('我的分机').inputValue(), '801')

  // the page that nobody touches, after each of three calls; the first stays on the line
  const after: number[] = []
  for (const [call, number, name] of [['a', '13999990001', '没有登记过的号码'], ['b', '13999990002', '没有登记过的号码'], ['c', ZHANGSAN, '张三']] as const) {
    await ring('ring', call, { phone: number, extension: '801' })
    const at = performance.now()
    await zuoxi.getByRole('heading', { name: new RegExp(`${name}.*${number.slice(-4)}`) }).waitFor()
    after.push(performance.now() - at)
    if (call === 'c') break
    await ring('hangup', call)
    await zuoxi.getByText('没有来电').waitFor()
  }
  visit.note(`pop-up after a ring: ${after.map(Math.round).join(', ')} ms`)
  assert.ok(Math.min(...after) < 1000 * SLOWER, `the pop-up came after ${after.join(', ')} ms`)

  const card = zuoxi.locator('.ho-call')
  await card.getByRole('link', { name: taken.number }).waitFor()
  await card.getByText(/^检验已用 (不到 1 分钟|\d+ 分钟)，一共 (不到 1 分钟|\d+ 分钟)$/).waitFor()
  await card.getByText(/^预计 .+ 可以取机$/).waitFor()
  await card.getByText('振铃').waitFor()
  await ring('answer', 'c', { extension: '801' })
  await card.getByText('通话中').waitFor()
  await pocket.locator('.ho-call').getByText(/^预计 .+ 可以取机$/).waitFor()
  await noHorizontalScroll(pocket)
  await card.getByRole('textbox', { name: '通话小记' }).fill('问进度，告知预计取机时间')
  await answered(zuoxi, 'POST', /\/note$/, () => card.getByRole('button', { name: '保存' }).click())
  const { items: [call] } = await api<{ items: Array<Record<string, unknown>> }>(zuoxi, 'GET', '/phone-calls?sort=-ringAt&limit=1')
  assert.deepEqual([call!.note, call!.requestId, call!.state], ['问进度，告知预计取机时间', taken.id, 'talking'])

  // the complaint knows who it is and what about
  await card.getByRole('link', { name: '登记投诉' }).click()
  const form = zuoxi.getByRole('dialog', { name: '登记投诉' })
  await settles(() => form.getByLabel('客户姓名').inputValue(), '张三')
  await settles(() => form.getByLabel('联系电话').inputValue(), ZHANGSAN)
  await settles(() => form.getByRole('button', { name: new RegExp(taken.number) }).getAttribute('aria-pressed'), 'true')
  await form.getByText('HZ01 杭州一站').last().waitFor()
  await choose(zuoxi, '类别', '维修质量')
  await form.getByLabel('客户说了什么').fill('上个月刚修过，又坏了')
  const made = await (await answered(zuoxi, 'POST', /\/complaints\/register$/, () => zuoxi.keyboard.press('Control+Enter'))).json() as { number: string }
  assert.match(made.number, /^TS-HZ01-/)
  await zuoxi.getByRole('heading', { level: 1, name: new RegExp(made.number) }).waitFor()
  await ring('hangup', 'c')

  // the station's word goes out by the agent, and three times nobody answers
  await pocket.goto(`/e/service-requests/${taken.id}`)
  await zuoxi.goto(`/e/service-requests/${taken.id}`)
  const contacts = zuoxi.locator('.sr-contacts')
  const log = async (button: string, note: string) => {
    await contacts.getByRole('textbox').fill(note)
    await answered(zuoxi, 'POST', /\/contact-attempts$/, () => contacts.getByRole('button', { name: button }).click())
    await contacts.getByText(note).waitFor()
  }
  await log('通知到了', '告知明天可取')
  for (const [i, note] of ['没有人接', '占线', '关机'].entries()) {
    assert.equal(await unreached(), 0, `no alarm after ${i} failed calls`)
    await log('没通知到', note)
  }
  await settles(unreached, 1)
  await zuoxi.goto('/alarms')
  await zuoxi.locator('.sl-alarm').filter({ hasText: '通知不到用户' }).filter({ hasText: taken.number }).waitFor()
  await noHorizontalScroll(pocket)

  async function unreached(): Promise<number> {
    const { items } = await api<{ items: unknown[] }>(zuoxi, 'GET', `/alarms?filter=${encodeURIComponent(JSON.stringify({ kind: 'unreachable', recordId: taken.id, closedAt: { isNull: true } }))}`)
    return items.length
  }
})

journey('SP-14 a file of the hotline comes twice: the tickets are made once, and the second time nothing changes', async visit => {
  const zuoxi = await visit.as('zuoxi')
  await zuoxi.goto('/e/hotline-tickets?tab=all')
  const file = { name: '热线.csv', mimeType: 'text/csv', buffer: Buffer.from('热线编号,服务站,客户姓名,电话,型号,序列号,故障描述\nRX990001,HZ01,段明,13700003001,X1,RX0001,屏幕有竖线\nRX990002,NB02,段亮,13700003002,X1,RX0002,充不进电\n') }
  const bring = async (said: string) => {
    await zuoxi.getByRole('button', { name: '更多' }).click()
    await zuoxi.getByRole('menuitem', { name: '导入' }).click()
    const form = zuoxi.getByRole('dialog', { name: '导入热线单' })
    await form.locator('input[type=file]').setInputFiles(file)
    await form.getByText('2 行检查通过，可以导入。').waitFor()
    await answered(zuoxi, 'POST', /\/hotline-tickets\/import$/, () => form.getByRole('button', { name: '导入 2 行' }).click())
    await form.getByText(said).waitFor()
    await form.getByRole('button', { name: '关闭' }).last().click()
    await form.waitFor({ state: 'hidden' })
  }
  await bring('新建 2 条，更新 0 条，没有变化 0 条，失败 0 条。')
  await zuoxi.getByRole('link', { name: 'RX990002' }).waitFor()
  await bring('新建 0 条，更新 0 条，没有变化 2 条，失败 0 条。')

  // and there it waits for the station
  const lijie = await visit.as('lijie', phone)
  await lijie.goto('/e/hotline-tickets')
  await lijie.getByRole('button', { name: '接单 段明' }).waitFor()
  assert.equal(await lijie.getByText('段亮').count(), 0, 'the other station’s ticket')
  await noHorizontalScroll(lijie)
})

journey('SP-11 one box finds a request by the end of its number, the serial number, the telephone, the name and its pinyin', async visit => {
  const taken = await comesIn(visit)
  const zuoxi = await visit.as('zuoxi')
  await zuoxi.goto('/hotline')
  await zuoxi.getByText('没有来电').waitFor()
  await zuoxi.keyboard.press('Control+k')
  const box = zuoxi.getByRole('combobox', { name: '搜索' })
  const request = zuoxi.locator('#qs-hits').getByRole('group', { name: '服务请求' }).getByRole('option', { name: new RegExp(taken.number) })
  for (const said of [taken.number.slice(-4), 'pf1abcd', ZHANGSAN, '张三', 'zhangsan', 'zs']) {
    const answer = await answered(zuoxi, 'GET', /\/search$/, () => box.fill(said))
    const { items } = await answer.json() as { items: Array<{ id: string }> }
    assert.ok(items.some(each => each.id === taken.id), `${said} finds it`)
    await request.waitFor()
  }
  // as a scanner does: Enter comes before the list, which still shows what was found for other words
  await box.fill('张三')
  await zuoxi.locator('#qs-hits').getByRole('group', { name: '客户', exact: true }).waitFor()
  await box.fill(taken.number)
  await box.press('Enter')
  await zuoxi.getByRole('heading', { level: 1, name: new RegExp(taken.number) }).waitFor()

  // the same from the page of calls, for a customer who does not ring but is asked about
  await zuoxi.goto('/hotline')
  await zuoxi.getByLabel('查请求').fill(ZHANGSAN)
  await zuoxi.getByRole('link', { name: taken.number }).waitFor()
  await zuoxi.getByLabel('查请求').fill('没有这个人')
  await zuoxi.getByText('没有找到。可以用请求号（末四位也行）、序列号、完整的电话或姓名').waitFor()
})
