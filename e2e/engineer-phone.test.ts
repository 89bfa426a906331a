import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { answered, api, house, noHorizontalScroll, phone, settles } from './harness.ts'
import { staffOf, toRepair } from './station.ts'

const { journey } = house()

type Stock = { unit: { id: string }, items: Array<{ partId: string, name: string, available: number, waiting: number }> }
const PHOTO = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

/** From 待接手 to the task in hand, as a thumb does it. */
async function take(page: Page, number: string): Promise<void> {
  await page.goto('/tasks')
  await page.getByRole('tab', { name: /^待接手/ }).click()
  const claim = page.getByRole('button', { name: new RegExp(`^接手 维修 ${number}`) })
  await claim.waitFor()
  await noHorizontalScroll(page)
  await answered(page, 'POST', /\/claim$/, () => claim.click())
  await page.getByRole('heading', { name: '下一步' }).waitFor()
  await noHorizontalScroll(page)
}

/** Puts one of a part on the request that is open. */
async function addPart(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '加配件' }).click()
  const dialog = page.getByRole('dialog', { name: '加配件' })
  assert.ok(await dialog.getByRole('button', { name: '加入' }).isDisabled(), 'nothing is chosen')
  await dialog.getByRole('combobox', { name: '配件' }).fill(name)
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: name }).first().click()
  await noHorizontalScroll(page)
  await answered(page, 'POST', /\/lines$/, () => dialog.getByRole('button', { name: '加入' }).click())
  await dialog.waitFor({ state: 'hidden' })
}
/** What a record has in lists decides the order of its tabs, so they stand when those are counted. */
async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name, exact: true })
  await tab.click()
  await settles(() => tab.getAttribute('aria-selected'), 'true', `${name} does not open`)
}
const line = (page: Page, name: string) => page.locator('.pa-lines li').filter({ hasText: name })

journey('SP-02, SP-16, SP-31, KB-01, KB-05 赵修 repairs with a phone in hand: knowledge, the last part, the clock that waits for the next one, a word to the manager, a photo', async visit => {
  const at = await staffOf(visit)
  const first = await toRepair(at, { serialNo: 'PFTHUMB1', fault: '充不进电，换过插座也一样', faultCode: 'battery', found: '电池健康度 31%，充电电路正常' })
  const second = await toRepair(at, { serialNo: 'PFTHUMB2', name: '何小丰', phone: '13700001112', fault: '充不进电', faultCode: 'battery', found: '电池不能充电' })
  const zhouzhan = await visit.as('zhouzhan')
  const { unit, items } = await api<Stock>(zhouzhan, 'GET', '/parts/stock')
  const part = items.find(each => each.waiting === 0 && each.available > 1)!
  await api(zhouzhan, 'POST', '/parts/adjust', { partId: part.partId, unitId: unit.id, quantity: 1 - part.available, note: '只剩一件' })

  const zhaoxiu = await visit.as('zhaoxiu', phone)
  await take(zhaoxiu, first.number)
  // 知识: read in place, and counted
  const knowledge = zhaoxiu.locator('.kb-panel')
  await knowledge.getByRole('button', { name: '笔记本充不进电的六步检查' }).click()
  await knowledge.getByText(/换一个同功率适配器/).waitFor()
  await noHorizontalScroll(zhaoxiu)
  await answered(zhaoxiu, 'POST', /\/uses$/, () => knowledge.getByRole('button', { name: '用它解决了' }).click())
  await knowledge.getByText('用它解决的：').waitFor()

  // the last one on the shelf
  await addPart(zhaoxiu, part.name)
  await line(zhaoxiu, part.name).getByText('已占用').waitFor()
  await noHorizontalScroll(zhaoxiu)

  // the next one is not there: it queues, and the clock stands still
  await take(zhaoxiu, second.number)
  await addPart(zhaoxiu, part.name)
  await zhaoxiu.getByText('库存不足，已排队待件；到货后自动占用').waitFor()
  await line(zhaoxiu, part.name).getByText('待件', { exact: true }).waitFor()
  await zhaoxiu.locator('.qc-task').getByText('已暂停', { exact: true }).waitFor()
  assert.equal((await api(zhaoxiu, 'GET', `/tasks/${second.taskId}`))['state'], 'paused')
  await zhaoxiu.goto('/tasks')
  await zhaoxiu.getByRole('listitem').filter({ hasText: second.number }).getByText('暂停：待件').waitFor()
  await noHorizontalScroll(zhaoxiu)
  await zhaoxiu.goto(`/tasks/${second.taskId}`)
  await zhaoxiu.locator('.qc-task').getByText('已暂停', { exact: true }).waitFor()
  await api(zhouzhan, 'POST', '/parts/receive', { partId: part.partId, unitId: unit.id, quantity: 1 })
  await line(zhaoxiu, part.name).getByText('已占用').waitFor()
  await zhaoxiu.locator('.qc-task').getByText('已暂停', { exact: true }).waitFor({ state: 'hidden' })
  await zhaoxiu.getByRole('heading', { name: '下一步' }).waitFor()

  // a word to the manager, who hears of it at once
  await zhouzhan.goto('/board')
  const bell = zhouzhan.getByRole('button', { name: /^报警/ })
  await bell.waitFor()
  await zhaoxiu.goto(`/tasks/${first.taskId}`)
  await zhaoxiu.getByRole('link', { name: '打开记录' }).click()
  await zhaoxiu.getByRole('heading', { level: 1, name: new RegExp(first.number) }).waitFor()
  await noHorizontalScroll(zhaoxiu)
  await openTab(zhaoxiu, '评论')
  const says = zhaoxiu.getByRole('textbox', { name: '评论' })
  await says.click()
  await zhaoxiu.keyboard.type('电池接口有腐蚀 @zhouz')
  await zhaoxiu.locator('.ant-mentions-dropdown:visible').getByText('周站').click()
  await zhaoxiu.keyboard.type('要不要先问客户')
  await noHorizontalScroll(zhaoxiu)
  await answered(zhaoxiu, 'POST', /\/comments$/, () => zhaoxiu.getByRole('button', { name: '发送' }).click())
  await zhaoxiu.locator('.qc-comment').getByText('@周站').waitFor()
  await bell.click()
  await zhouzhan.getByRole('link', { name: new RegExp(`赵修 在 服务请求 ${first.number}.*的评论里提到了你`) }).click()
  await zhouzhan.getByRole('heading', { level: 1, name: new RegExp(first.number) }).waitFor()

  await openTab(zhaoxiu, '附件')
  await answered(zhaoxiu, 'POST', /\/attachments$/, () => zhaoxiu.locator('input[type=file]').setInputFiles({ name: '接口腐蚀.png', mimeType: 'image/png', buffer: PHOTO }))
  await zhaoxiu.getByRole('link', { name: '接口腐蚀.png', exact: true }).waitFor()
  await noHorizontalScroll(zhaoxiu)

  // not done while nobody knows what became of the part
  await zhaoxiu.goto(`/tasks/${first.taskId}`)
  const done = zhaoxiu.getByRole('button', { name: '修好', exact: true })
  await zhaoxiu.getByLabel('维修措施').fill('更换电池，充放电一个循环正常')
  for (const box of await zhaoxiu.locator('.qc-task').getByRole('checkbox').all()) if (!await box.isChecked()) await answered(zhaoxiu, 'POST', /\/tick$/, () => box.click())
  assert.equal((await answered(zhaoxiu, 'POST', /\/complete$/, () => done.click())).status(), 409)
  await zhaoxiu.getByRole('alert').filter({ hasText: part.name }).waitFor()
  assert.equal(await zhaoxiu.getByLabel('维修措施').inputValue(), '更换电池，充放电一个循环正常')
  await answered(zhaoxiu, 'POST', /\/use$/, () => zhaoxiu.getByRole('button', { name: `用上 ${part.name}` }).click())
  await line(zhaoxiu, part.name).getByText('已使用').waitFor()
  assert.equal((await answered(zhaoxiu, 'POST', /\/complete$/, () => done.click())).status(), 200)
  await settles(async () => (await api(zhouzhan, 'GET', `/service-requests/${first.id}`))['stage'], 'quality')
  await noHorizontalScroll(zhaoxiu)
})
