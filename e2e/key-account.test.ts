import assert from 'node:assert/strict'
import { answered, api, house, noHorizontalScroll, phone } from './harness.ts'

const { journey } = house()
type Made = { id: string, number?: string } & Record<string, unknown>
type List = { items: Made[] }

journey('SA-12, SA-13, SA-14 a customer joins and sees why it stands where it does; the table is changed, tried out, published and everybody judged anew; the branches of a group become one agreement', async visit => {
  const page = await visit.as('admin')
  const one = async (path: string): Promise<Made> => (await api<List>(page, 'GET', path)).items[0]!
  const of = (filter: object): string => encodeURIComponent(JSON.stringify(filter))
  const unitId = (await one('/units?limit=1')).id, me = (await api<{ user: { id: string } }>(page, 'GET', '/session')).user.id
  const customer = await api<Made>(page, 'POST', '/customers', { name: '旅程成长客户', kind: 'company', unitId, annualPurchase: '3800000' })
  const order = await api<Made>(page, 'POST', '/sales-orders', { customerId: customer.id, unitId, orderedOn: new Date().toISOString().slice(0, 10), channel: 'sales' })
  await api(page, 'POST', '/order-lines', { orderId: order.id, item: '杭州–西安', unit: '公里', quantity: '1', unitPrice: '1976000' })
  await api(page, 'POST', `/sales-orders/${order.id}/confirm`, {})

  await page.goto(`/e/customers/${customer.id}`)
  await answered(page, 'POST', /\/join-programme$/, () => page.getByRole('button', { name: '加入计划' }).click())
  await page.getByText('升到 4 级还需 +1 200k 或 +8 % 份额').waitFor()
  await page.getByText(/决策表第 1 版第 9 条：年采购总量 3 800k，在我们这里 1 976k，份额 52 %/).waitFor()
  await page.getByRole('button', { name: '给客户的升级通道' }).click()
  const standing = await one(`/customer-standings?filter=${of({ customerId: customer.id })}`)
  const { link } = await api<{ link: string }>(page, 'POST', `/customer-standings/${standing.id}/link`, {})
  const buyer = await visit.stranger(phone)
  await buyer.goto(link)
  await buyer.getByText('升到 4 级还需 +1 200k 或 +8 % 份额').waitFor()
  assert.equal(await buyer.getByRole('listitem').count(), 8, 'seven services, and one more on the next level')
  await noHorizontalScroll(buyer)

  // 52 % is enough for level 4 from now on: tried out, published, computed
  const { table } = await api<{ table: { rules: Array<{ tests: string[] }> } }>(page, 'GET', '/decisions/customer-level/versions/1')
  await api(page, 'PUT', '/decisions/customer-level/draft', { table: { ...table, rules: table.rules.map((r, i) => (i === 7 ? { ...r, tests: ['>= 2000000', '>= 50'] } : r)) }, seen: 0 })
  await page.goto('/key-accounts')
  await page.getByRole('button', { name: '试算' }).click()
  await page.getByRole('dialog').getByText('按草稿').click()
  await page.getByRole('dialog').getByText('旅程成长客户').waitFor()
  await page.getByRole('dialog').getByText(/[1-9]\d* 个升级，0 个降级/).waitFor()
  await page.keyboard.press('Escape')
  await api(page, 'POST', '/decisions/customer-level/publish', { seen: 1, over: 1 })
  await answered(page, 'POST', /\/tiers\/recompute$/, () => page.getByRole('button', { name: '重新计算' }).click())
  await page.getByText(/[1-9]\d* 个有变动/).waitFor()
  await page.goto(`/e/customer-standings/${standing.id}`)
  await page.getByText(/决策表第 2 版第 8 条/).waitFor()

  // contracts need nobody's word here
  const rules = await api<{ table: { rules: Array<{ outputs: string[] }> } }>(page, 'GET', '/decisions/contract-approval-levels/versions/1')
  await api(page, 'PUT', '/decisions/contract-approval-levels/draft', { table: { ...rules.table, rules: rules.table.rules.map(r => ({ ...r, outputs: ['"免批"'] })) }, seen: 0 })
  await api(page, 'POST', '/decisions/contract-approval-levels/publish', { seen: 1, over: 1 })
  const group = await api<Made>(page, 'POST', '/customers', { name: '旅程集团', kind: 'group', unitId, ownerId: me })
  for (const [name, volume] of [['旅程江苏', '30000'], ['旅程浙江', '18212']]) {
    const branch = await api<Made>(page, 'POST', '/customers', { name, kind: 'company', unitId, parentId: group.id })
    const contract = await api<Made>(page, 'POST', '/contracts', { title: `${name}分支协议`, kind: 'branch', customerId: branch.id, unitId, amount: String(Number(volume) * 0.75), volume, volumeUnit: '公里', validFrom: '2020-01-01', validUntil: '2099-12-31' })
    await api(page, 'POST', `/contracts/${contract.id}/submit`, {})
    await api(page, 'POST', `/contracts/${contract.id}/sign`, {})
  }
  await page.goto(`/key-accounts/${group.id}`)
  await page.getByText('潜在总协议').waitFor()
  await page.getByText('48,212 公里').waitFor()
  await page.getByRole('button', { name: '签订集团协议' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '签订集团协议' }).click()
  await dialog.getByText('没有填写').waitFor()
  await dialog.getByLabel('到期日').fill('2099-12-31')
  await answered(page, 'POST', /\/sign$/, () => page.keyboard.press('Enter'))
  await page.getByText(/旅程集团集团协议/).first().waitFor()
  assert.equal(await page.getByText('潜在总协议').count(), 0)
  const small = await visit.as('admin', phone)
  for (const path of ['/key-accounts', `/key-accounts/${group.id}`, '/key-accounts/analysis', '/key-accounts/groups']) { await small.goto(path); await small.getByRole('heading').first().waitFor(); await noHorizontalScroll(small) }
})
