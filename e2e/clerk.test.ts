import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { nobodyWaits } from './counter.ts'
import { answered, api, choose, house, settles } from './harness.ts'

const { journey } = house()

type Row = { id: string, number: string, serialNo: string | null, $labels: Record<string, string>, [field: string]: unknown }
type Rows = { items: Row[] }
const filtered = (filter: object) => encodeURIComponent(JSON.stringify(filter))
const box = (page: Page) => page.getByRole('combobox', { name: '手机号、序列号、姓名、拼音或请求号' })
/** Whatever the keys go to now. */
const typesInto = (page: Page, field: Locator) => settles(() => field.evaluate(each => each === document.activeElement), true, 'the keys go elsewhere')

/** Goes down to what was found by the arrow keys and takes it. */
async function takeFound(page: Page, name: RegExp): Promise<void> {
  const wanted = page.getByRole('option', { name })
  await wanted.first().waitFor()
  for (let i = 0; await wanted.first().getAttribute('aria-selected') !== 'true'; i++) {
    assert.ok(i < 40, 'the arrow keys do not reach what was found')
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
}

/** Ticks with the space bar, one after the other; each is an act of its own. */
async function tickAll(page: Page): Promise<void> {
  const all = page.locator('.qc-task').getByRole('checkbox')
  await all.first().waitFor()
  for (const each of await all.all()) if (!await each.isChecked()) await answered(page, 'POST', /\/tick$/, () => each.press('Space'))
}

journey('SP-11, SP-12, SP-27, CE-03 李接 receives a customer without the mouse: called, found by first letters, covered by a contract, the voucher printed and re-printed', async visit => {
  await nobodyWaits(visit)
  const kiosk = await visit.stranger()
  await kiosk.goto('/kiosk/HZ01')
  const taken = await (await answered(kiosk, 'POST', /\/take$/, () => kiosk.getByRole('button', { name: '笔记本' }).click())).json() as { id: string, number: string }

  const lijie = await visit.as('lijie')
  const { items: [device] } = await api<Rows>(lijie, 'GET', `/devices?filter=${filtered({ 'customerId.name': '澄湖能源集团', 'productLineId.name': '笔记本' })}`)
  const { items: [contract] } = await api<{ items: Array<{ number: string, validUntil: string }> }>(lijie, 'GET', `/service-contracts?filter=${filtered({ 'customerId.name': '澄湖能源集团' })}`)
  await lijie.goto('/desk')
  await typesInto(lijie, box(lijie))
  await lijie.getByRole('button', { name: `叫号 ${taken.number}` }).waitFor()
  await answered(lijie, 'POST', /\/complete$/, () => lijie.keyboard.press('Alt+n'))
  await lijie.getByText(`号码 ${taken.number}`).waitFor()
  await typesInto(lijie, box(lijie))

  await lijie.keyboard.type('chny')
  await takeFound(lijie, new RegExp(`${device!.serialNo} 澄湖能源集团`))
  await lijie.getByText(/已带出 \d+ 项，共 15 项/).waitFor()
  const cover = lijie.getByRole('status').filter({ hasText: '合同' })
  await cover.getByText(`合同到 ${contract!.validUntil}`).waitFor()
  assert.match(await cover.innerText(), new RegExp(`${contract!.number}[\\s\\S]*建议不收：工时、配件、上门`))

  const fault = lijie.getByLabel('故障描述')
  await typesInto(lijie, fault)
  await lijie.keyboard.press('Control+Enter')
  await lijie.getByText('请写明故障，这是检验的依据').waitFor()
  await typesInto(lijie, fault)
  await lijie.keyboard.type('开机后屏幕有一条竖线，晃动时会变')
  const category = lijie.getByRole('combobox', { name: '故障类别' })
  await category.focus()
  await lijie.keyboard.type('屏幕')
  await lijie.locator('.ant-select-dropdown:visible').getByTitle(/屏幕/).first().waitFor()
  await lijie.keyboard.press('Enter')
  const registered = await answered(lijie, 'POST', /\/desk\/register$/, () => lijie.keyboard.press('Control+Enter'))
  assert.equal(registered.status(), 201, await registered.text())
  const { request } = await registered.json() as { request: Row }
  assert.equal(request.number, taken.number)
  assert.match(request.$labels['faultCategoryId'] ?? '', /屏幕/)

  await tickAll(lijie)
  await answered(lijie, 'POST', /\/prints$/, () => lijie.keyboard.press('Alt+p'))
  await lijie.getByText(/^取机凭证已发给/).waitFor()
  await lijie.getByRole('button', { name: '补打凭证（已打 1 次）' }).waitFor()
  await answered(lijie, 'POST', /\/prints$/, () => lijie.keyboard.press('Alt+p'))
  await lijie.getByText(/^取机凭证 · 补打1已发给/).waitFor()
  const jobs = async () => (await api<{ jobs: Array<{ paper: string, copy: number }> }>(lijie, 'GET', `/prints/of/serviceRequest/${taken.id}`)).jobs.filter(job => job.paper === 'voucher').map(job => job.copy).toSorted()
  assert.deepEqual(await jobs(), [0, 1])
  const paper = await lijie.context().newPage()
  await paper.goto(`/voucher/${taken.id}`)
  await paper.getByText(taken.number, { exact: true }).first().waitFor()
  await paper.getByText('补打2', { exact: true }).waitFor()
  await paper.close()

  const send = lijie.getByRole('button', { name: '送检' })
  await answered(lijie, 'POST', /\/complete$/, () => send.press('Enter'))
  await lijie.getByText('叫号，或在上面查找客户').waitFor()
  await typesInto(lijie, box(lijie))
})

journey('SP-28 what is picked up and comes back within the days is proposed as 返修 as soon as its number is on the form', async visit => {
  const lijie = await visit.as('lijie')
  const { items } = await api<{ items: Array<{ id: string, recordId: string, nodeId: string, state: string }> }>(lijie, 'GET', '/tasks?box=mine&limit=200')
  const ready = await Promise.all(items.filter(task => task.nodeId === 'pickup' && task.state === 'active').slice(0, 5).map(async task => ({ task, request: await api<Row>(lijie, 'GET', `/service-requests/${task.recordId}`) })))
  const { task, request: was } = ready.find(each => each.request.serialNo && each.request['deviceId'])!
  await lijie.goto(`/tasks/${task.id}`)
  await tickAll(lijie)
  await answered(lijie, 'POST', /\/complete$/, () => lijie.getByRole('button', { name: '已取机' }).press('Enter'))

  await lijie.goto('/desk')
  await lijie.getByRole('heading', { name: '前台', level: 1 }).waitFor()
  await lijie.keyboard.press('F2')
  await lijie.keyboard.type(was.serialNo!.toLowerCase())
  await takeFound(lijie, new RegExp(`${String(was['model'])} ${was.serialNo}`))
  await lijie.getByRole('status').filter({ hasText: `返修(0天)` }).filter({ hasText: was.number }).waitFor()
  await lijie.getByLabel('故障描述').fill('和上次一样，用半天又不行了')
  const { request } = await (await answered(lijie, 'POST', /\/desk\/register$/, () => lijie.keyboard.press('Control+Enter'))).json() as { request: Row }
  assert.equal(request['repeatDays'], 0)
  await lijie.goto(`/e/service-requests/${request.id}`)
  await lijie.getByText('返修(0天)').first().waitFor()
  await lijie.getByRole('link', { name: was.number }).first().waitFor()
})

journey('CE-05 a booking is refused field by field without losing a word; who then comes gets a number, and the form knows what they told', async visit => {
  const zhouzhan = await visit.as('zhouzhan')
  // the last minute of every day can be booked, so that there is a slot today whatever the hour
  const { items: rules } = await api<{ items: Array<{ id: string, service: string, version: number }> }>(zhouzhan, 'GET', '/slot-rules')
  const bringIn = rules.find(rule => rule.service === 'bringIn')!
  await api(zhouzhan, 'PATCH', `/slot-rules/${bringIn.id}`, { version: bringIn.version, starts: '23:59', everyDay: true, leadMinutes: 0, capacity: 5 })

  const lijie = await visit.as('lijie')
  await lijie.goto('/bookings')
  await lijie.getByRole('button', { name: '登记预约' }).click()
  const form = lijie.getByRole('dialog', { name: '登记预约' })
  const add = form.getByRole('button', { name: '登记预约' })
  await typesInto(lijie, form.getByLabel('姓名'))
  await lijie.keyboard.type('程一诺')
  await lijie.keyboard.press('Enter')
  for (const sentence of ['请选择时间', '请填写电话']) await form.getByRole('alert').getByText(sentence).waitFor()
  await choose(lijie, '服务', '送修')
  await form.getByRole('combobox', { name: '时间' }).click()
  await lijie.locator('.ant-select-dropdown:visible').getByTitle(/^今天.*23:59/).click()
  await form.getByLabel('电话').fill('一三八abc')
  await form.getByLabel('序列号').fill('PFNEW123')
  await form.getByLabel('故障描述').fill('合上盖子再打开就黑屏')
  const refused = await answered(lijie, 'POST', /\/bookings$/, () => add.click())
  assert.equal(refused.status(), 400)
  await form.getByRole('alert').getByText('电话号码不对，手机应为 11 位，座机请带区号').waitFor()
  await typesInto(lijie, form.getByLabel('电话'))
  assert.equal(await form.getByLabel('电话').inputValue(), '一三八abc')
  assert.equal(await form.getByLabel('故障描述').inputValue(), '合上盖子再打开就黑屏')
  await form.getByLabel('电话').fill('13655550001')
  await choose(lijie, '产品线', '笔记本')
  assert.equal((await answered(lijie, 'POST', /\/bookings$/, () => add.click())).status(), 201)
  await form.waitFor({ state: 'hidden' })

  const line = lijie.getByRole('listitem').filter({ has: lijie.getByText('程一诺', { exact: true }) }).last()
  await line.getByRole('button', { name: '取消' }).click()
  const why = lijie.getByRole('dialog', { name: /^取消 · 程一诺/ })
  await why.getByRole('button', { name: '取消' }).click()
  await why.getByRole('alert').getByText('请写明原因').waitFor()
  await lijie.keyboard.press('Escape')
  await why.waitFor({ state: 'hidden' })

  const arrived = await (await answered(lijie, 'POST', /\/arrive$/, () => lijie.getByRole('button', { name: '到店 程一诺' }).click())).json() as { number: string, requestId: string }
  await lijie.getByText(`已取号 ${arrived.number}，请到前台接待`).waitFor()
  await lijie.goto('/desk')
  await lijie.getByRole('button', { name: `叫号 ${arrived.number}` }).click()
  await settles(() => lijie.locator('#sd-customer-name').inputValue(), '程一诺')
  assert.equal(await lijie.locator('#sd-customer-phone').inputValue(), '13655550001')
  assert.equal(await lijie.locator('#sd-device-serialNo').inputValue(), 'PFNEW123')
  assert.equal(await lijie.getByLabel('故障描述').inputValue(), '合上盖子再打开就黑屏')
  await lijie.keyboard.press('Escape')
  await lijie.getByLabel('型号').fill('笔记本 X1')
  assert.equal((await answered(lijie, 'POST', /\/desk\/register$/, () => lijie.keyboard.press('Control+Enter'))).status(), 201)
})
