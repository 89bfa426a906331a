import assert from 'node:assert/strict'
import { answered, api, house, noHorizontalScroll, phone, settles } from './harness.ts'

const { journey } = house()

journey('head office makes a table from 客户分级, changes a cell by keyboard, tries it and publishes it; on the phone it is read and tried', async visit => {
  const wuzong = await visit.as('wuzong')
  await wuzong.goto('/decisions')
  for (const name of ['客户分级', '折扣审批层级']) await wuzong.getByRole('link', { name: new RegExp(`^${name} `) }).waitFor()
  await wuzong.getByRole('button', { name: '新建决策表' }).click()
  await wuzong.getByRole('button', { name: /^客户分级(?!（)/ }).click()
  await wuzong.getByRole('textbox', { name: '名称' }).fill('经销商分级')
  await wuzong.getByRole('textbox', { name: /^编号/ }).fill('dealer-tier')
  await answered(wuzong, 'POST', /\/decisions$/, () => wuzong.getByRole('button', { name: '建立草稿' }).click())

  const sheet = wuzong.getByRole('grid', { name: '决策表表格' })
  const cell = (row: number, column: number) => sheet.locator(`td[data-row="${row}"][data-column="${column}"]`)
  await cell(0, 0).click()
  assert.equal(await cell(0, 0).innerText(), '≥ 200000')
  await answered(wuzong, 'PUT', /\/draft$/, () => wuzong.keyboard.type('≥300000\n'))
  assert.equal(await cell(0, 0).innerText(), '≥ 300000')
  // nobody grades 200000..300000 now, and the check says so
  await wuzong.getByRole('tab', { name: /^检查/ }).click()
  await wuzong.getByText('没有规则覆盖：年消费额 [200000..300000)').waitFor()
  await wuzong.getByRole('button', { name: '补一条规则' }).click()
  assert.equal(await cell(6, 0).innerText(), '200000 ~ 300000（不含）')
  await wuzong.keyboard.type('钻石')
  await wuzong.keyboard.press('Enter')
  await wuzong.getByText('没有问题，没有重叠和遗漏').waitFor()
  // a thing done by mistake is undone
  await wuzong.keyboard.press('Control+Delete')
  await settles(() => sheet.locator('tbody tr').count(), 6)
  await wuzong.keyboard.press('Control+z')
  await settles(() => cell(6, 2).innerText(), '钻石')

  await wuzong.getByRole('tab', { name: '试算' }).click()
  await wuzong.getByLabel('年消费额').fill('250000')
  await wuzong.getByLabel('合作年数').fill('1')
  await wuzong.getByRole('button', { name: '试算' }).click()
  await wuzong.getByText('成立的规则：7').waitFor()
  assert.equal(await sheet.locator('tr[data-hit="true"]').count(), 1)

  await wuzong.getByRole('button', { name: '发布', exact: true }).click()
  await wuzong.getByLabel('说明').fill('首版')
  await answered(wuzong, 'POST', /\/publish$/, () => wuzong.getByRole('button', { name: '发布为第 1 版' }).click())
  await wuzong.getByRole('heading', { name: '经销商分级 · 版本' }).waitFor()
  const decided = await api<{ version: number, value: unknown }>(wuzong, 'POST', '/decisions/dealer-tier/try', { variables: { yearlySpend: 250_000, years: 1 } })
  assert.deepEqual([decided.version, decided.value], [1, '钻石'])

  const small = await visit.as('wuzong', phone)
  await small.goto('/decisions/dealer-tier')
  await small.getByText(/改表需要宽一些的屏幕/).waitFor()
  await small.getByLabel('年消费额').fill('5')
  await small.getByRole('button', { name: '试算' }).click()
  await small.getByText('成立的规则：6').waitFor()
  await noHorizontalScroll(small)
})
