import assert from 'node:assert/strict'
import { answered, api, ask, choose, house, settles } from './harness.ts'

const { journey } = house()

type Row = { id: string, number: string, [field: string]: unknown }
type Page = { items: Row[] }
const filtered = (filter: object) => encodeURIComponent(JSON.stringify(filter))

journey('SP-19 孙区 sees the stations of 华东 side by side and drills down to one request; one of 广州 does not exist for her', async visit => {
  const wuzong = await visit.as('wuzong')
  const [gz05] = (await api<Page>(wuzong, 'GET', `/units?filter=${filtered({ code: 'GZ05' })}`)).items
  const [foreign] = (await api<Page>(wuzong, 'GET', `/service-requests?limit=1&filter=${filtered({ unitId: gz05!.id })}`)).items
  assert.match(foreign!.number, /^GZ05-/)

  const sunqu = await visit.as('sunqu')
  await sunqu.goto('/rollup')
  await sunqu.getByRole('rowheader', { name: /宁波二站/ }).waitFor()
  const stations = async () => (await sunqu.getByRole('rowheader').allInnerTexts()).map(text => /杭州一站|宁波二站|广州五站/.exec(text)?.[0]).filter(Boolean).toSorted()
  await settles<unknown>(stations, ['宁波二站', '杭州一站'])
  await sunqu.getByRole('row', { name: /杭州一站/ }).getByRole('link', { name: /^在修 \d+，/ }).click()
  await sunqu.getByRole('link', { name: /^HZ01-\d{8}-\d{4}$/ }).first().click()
  await sunqu.getByRole('heading', { level: 1, name: /^HZ01-/ }).waitFor()
  await sunqu.getByText('当前环节').waitFor()

  await sunqu.goto(`/e/service-requests/${foreign!.id}`)
  await sunqu.getByRole('alert').getByText('没有找到').waitFor()
  assert.ok(!(await sunqu.locator('body').innerText()).includes('GZ05'))
  assert.equal((await ask(sunqu, 'GET', `/service-requests/${foreign!.id}`)).status(), 404)
})

journey('CU-22 坐席 sees 138****0001, says why she needs the number, and that stays on record', async visit => {
  const zuoxi = await visit.as('zuoxi')
  await zuoxi.goto('/')
  await zuoxi.getByRole('combobox', { name: '搜索' }).fill('张三')
  await zuoxi.getByRole('group', { name: '客户', exact: true }).getByRole('option', { name: /^张三/ }).first().click()
  await zuoxi.getByRole('heading', { level: 1, name: '张三' }).waitFor()
  const phone = zuoxi.locator('dl.qc-values > div').filter({ has: zuoxi.locator('dt', { hasText: /^电话$/ }) }).locator('dd')
  await phone.getByText('138****0001').waitFor()
  assert.ok(!(await zuoxi.content()).includes('13800000001'))
  await phone.getByRole('button', { name: '查看完整内容' }).click()
  const why = zuoxi.getByRole('dialog', { name: '查看电话' })
  assert.ok(await why.getByRole('button', { name: '确定' }).isDisabled(), 'without a reason')
  await why.getByLabel('原因').fill('客户来电要求回拨核实')
  await answered(zuoxi, 'POST', /\/reveal$/, () => why.getByRole('button', { name: '确定' }).click())
  await phone.getByText('138 0000 0001').waitFor()

  const admin = await visit.as('admin')
  await admin.goto(`${new URL(zuoxi.url()).pathname}?tab=history`)
  await admin.locator('.qc-history').filter({ hasText: '坐席甲' }).filter({ hasText: '客户来电要求回拨核实' }).waitFor()
})

journey('BH-7.3 a right that the administrator takes away on the role page is gone at the next act, without a new sign-in', async visit => {
  const lijie = await visit.as('lijie')
  await lijie.goto('/e/customers/new')
  await lijie.getByLabel('名称').fill('钱多多')
  await choose(lijie, '登记单位', 'HZ01 杭州一站')

  const admin = await visit.as('admin')
  await admin.goto('/e/roles')
  await admin.getByRole('cell', { name: '接待', exact: true }).click()
  await admin.getByRole('tab', { name: '功能权限' }).click()
  await admin.getByRole('combobox', { name: '客户 新建', exact: true }).selectOption({ label: '无' })
  await admin.getByText('1 处修改未保存').waitFor()
  await answered(admin, 'PATCH', /\/roles\//, () => admin.getByRole('button', { name: '保存' }).click())

  const refused = await answered(lijie, 'POST', /\/customers$/, () => lijie.getByRole('button', { name: '保存' }).click())
  assert.equal(refused.status(), 403)
  await lijie.getByText(/您的角色没有“.*”权限/).waitFor()
  assert.equal(await lijie.getByLabel('名称').inputValue(), '钱多多', 'what was typed is still there')
  assert.equal((await api<Page>(admin, 'GET', `/customers?filter=${filtered({ name: '钱多多' })}`)).items.length, 0)
})

journey('the administrator of another company sees nothing of the first one', async visit => {
  const wuzong = await visit.as('wuzong')
  const [request] = (await api<Page>(wuzong, 'GET', '/service-requests?limit=1')).items
  const [zhangsan] = (await api<Page>(wuzong, 'GET', '/customers?q=PF1ABCD')).items
  const other = await visit.as('admin@huaxia')
  await other.goto('/e/customers')
  await other.getByRole('searchbox', { name: '搜索客户' }).fill('13800000001')
  await other.getByRole('link', { name: '李四', exact: true }).waitFor()
  await settles(() => other.locator('tbody tr:visible').filter({ hasText: '138' }).count(), 1, 'the same number is a customer of both')
  for (const address of [`/e/service-requests/${request!.id}`, ...(zhangsan ? [`/e/customers/${zhangsan.id}`] : [])]) {
    await other.goto(address)
    await other.getByRole('alert').getByText('没有找到').waitFor()
  }
  const units = (await api<Page>(other, 'GET', '/units?limit=200')).items.map(unit => unit['code'])
  assert.deepEqual(units.toSorted(), ['HX', 'SH01'])
  await other.goto('/org/units')
  await other.getByText('上海一站').first().waitFor()
  assert.ok(!/杭州一站|衡川/.test(await other.locator('body').innerText()))
})
