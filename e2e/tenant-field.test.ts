import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { answered, api, choose, house } from './harness.ts'

const { journey } = house()

/** KB-07: from saving the field to seeing it in another browser, in ms. */
const PROMISE_MS = 5000

async function addField(admin: Page, entity: string): Promise<number> {
  await admin.goto(`/org/fields?entity=${entity}`)
  await admin.getByRole('button', { name: '添加字段' }).click()
  const dialog = admin.getByRole('dialog', { name: '添加字段' })
  await dialog.getByLabel('名称 *', { exact: true }).fill('机身颜色')
  await answered(admin, 'POST', /\/fields$/, () => dialog.getByRole('button', { name: '保存' }).click())
  const savedAt = Date.now()
  await admin.getByRole('cell', { name: '机身颜色' }).waitFor()
  return savedAt
}

/** Back and forth between the list and the form, without loading the page anew, until the form has the field. */
async function seen(page: Page, savedAt: number): Promise<number> {
  for (;;) {
    await page.getByRole('link', { name: '新建' }).click()
    await page.getByLabel('型号').waitFor()
    // the form may stand before it has heard of the new field
    const there = await page.getByLabel('机身颜色').waitFor({ timeout: 1000 }).then(() => true, () => false)
    const ms = Date.now() - savedAt
    if (there) return ms
    assert.ok(ms < PROMISE_MS, 'after five seconds the form has no 机身颜色')
    await page.getByRole('link', { name: '返回' }).click()
  }
}

journey('KB-07 a field that the administrator adds is in everybody’s form, filter, columns and CSV within five seconds', async visit => {
  const zhouzhan = await visit.as('zhouzhan')
  await zhouzhan.goto('/e/devices')
  await zhouzhan.getByRole('heading', { name: '客户设备' }).or(zhouzhan.getByRole('heading', { name: '设备', level: 1 })).waitFor()
  const admin = await visit.as('admin')
  const savedAt = await addField(admin, 'device')
  visit.note(`a new field is in another person's form ${await seen(zhouzhan, savedAt)} ms after it was saved`)

  // the form
  await choose(zhouzhan, '产品线', '笔记本')
  await zhouzhan.getByRole('combobox', { name: '客户' }).fill('张三')
  await zhouzhan.locator('.ant-select-dropdown:visible').getByTitle('张三', { exact: true }).click()
  await zhouzhan.getByLabel('型号').fill('笔记本 X1')
  await zhouzhan.getByLabel('序列号').fill('PFCOLOUR1')
  await zhouzhan.getByLabel('机身颜色').fill('星空蓝')
  await answered(zhouzhan, 'POST', /\/devices$/, () => zhouzhan.getByRole('button', { name: '保存' }).click())
  await zhouzhan.getByText('星空蓝').first().waitFor()

  // the list: column and filter
  await zhouzhan.getByRole('link', { name: '返回' }).click()
  await zhouzhan.getByRole('button', { name: '筛选' }).click()
  await choose(zhouzhan, '选择字段', '机身颜色')
  await zhouzhan.getByRole('textbox', { name: '机身颜色' }).fill('星空')
  await zhouzhan.getByRole('button', { name: '应用' }).click()
  await zhouzhan.getByText('共 1 条').waitFor()
  await zhouzhan.getByRole('button', { name: '列', exact: true }).click()
  await zhouzhan.getByRole('checkbox', { name: '机身颜色' }).click()
  await zhouzhan.getByRole('columnheader', { name: '机身颜色' }).waitFor()
  await zhouzhan.keyboard.press('Escape')
  await zhouzhan.getByRole('cell', { name: '星空蓝' }).waitFor()

  // the file
  await zhouzhan.getByRole('button', { name: '更多' }).click()
  const [file] = await Promise.all([zhouzhan.waitForEvent('download'), zhouzhan.getByRole('menuitem', { name: '导出 CSV（当前条件）' }).click()])
  const [header, ...lines] = (await readFile((await file.path())!, 'utf8')).replace(/^\uFEFF/, '').trim().split(/\r?\n/)
  assert.ok(header!.split(',').includes('机身颜色'), header)
  assert.equal(lines.length, 1)
  assert.match(lines[0]!, /PFCOLOUR1.*星空蓝/)

  // the other entity: 服务请求
  await addField(admin, 'serviceRequest')
  const { items: [request] } = await api<{ items: Array<{ id: string }> }>(zhouzhan, 'GET', '/service-requests?limit=1')
  await zhouzhan.goto(`/e/service-requests/${request!.id}?edit=1`)
  await zhouzhan.getByLabel('机身颜色').fill('深空灰')
  await answered(zhouzhan, 'PATCH', /\/service-requests\//, () => zhouzhan.getByRole('button', { name: '保存', exact: true }).click())
  await zhouzhan.getByText('深空灰').first().waitFor()
})
