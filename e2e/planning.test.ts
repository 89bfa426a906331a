import assert from 'node:assert/strict'
import { api, house } from './harness.ts'

const { journey } = house()

interface Made { id: string }
const filter = (f: unknown): string => `filter=${encodeURIComponent(JSON.stringify(f))}`

journey('a target is divided and has its light; the forecast counts a deal; a lost deal is found from the analysis; a rival\'s price is written down', async visit => {
  const page = await visit.as('admin')
  const me = (await api<{ user: { id: string; unitId: string } }>(page, 'GET', '/session')).user
  const unit = (await api<{ items: Array<{ id: string; kind: string }> }>(page, 'GET', '/units?limit=100')).items.find(u => u.kind === 'block')?.id ?? me.unitId
  const customer = await api<Made>(page, 'POST', '/customers', { name: '计划旅程公司', kind: 'company', unitId: unit })
  const now = await api<{ period: string; to: string }>(page, 'GET', '/forecast'), year = now.period.slice(0, 4)
  // targets: the year with its light, divided into quarters
  await api(page, 'POST', '/targets', { period: year, measure: 'visits', unitId: unit, amount: '100' })
  await page.goto(`/targets?year=${year}&measure=visits`)
  await page.locator('.pl-light').first().waitFor()
  assert.match(await page.locator('.pl-light').first().innerText(), /^\d+(\.\d)?% (红|黄|绿)$/)
  await page.getByRole('button', { name: '分解' }).first().click()
  await page.getByRole('button', { name: '生成 4 个目标' }).click()
  await page.getByText(`${year}年第4季度`).waitFor()
  // forecast: a deal that closes this month counts with its chance, and its figure opens it
  const deal = await api<Made>(page, 'POST', '/opportunities', { name: '计划旅程商机', customerId: customer.id, unitId: unit, ownerId: me.id, amount: '100000', chance: 20, closeOn: now.to })
  await page.goto('/forecast')
  const row = page.locator('tbody tr', { hasText: '系统管理员' }).first()
  await row.getByRole('link', { name: /20,?000/ }).click()
  await page.getByText('计划旅程商机').first().waitFor()
  // lost to a rival whose other name was written
  await api(page, 'POST', '/competitors', { name: '旅程对手', otherNames: '旅程对手公司' })
  await api(page, 'POST', `/opportunities/${deal.id}/move`, { to: 'lost', fields: { lostReason: 'price', lostTo: '旅程对手公司' } })
  await page.goto('/win-loss')
  const rival = page.locator('tr', { hasText: '旅程对手' })
  await rival.getByRole('link', { name: '1', exact: true }).click()
  await page.getByText('计划旅程商机').first().waitFor()
  // a price seen outside: refused without a number, then kept and shown first
  await page.goto('/market-intel')
  await page.getByRole('button', { name: '旅程对手' }).click()
  // with entries there already, their items are offered first
  const other = page.getByRole('button', { name: '别的', exact: true })
  if (await other.count()) await other.click()
  await page.getByRole('textbox', { name: '产品或服务' }).fill('换屏')
  await page.getByRole('textbox', { name: '地点' }).fill('天津旅程')
  await page.getByRole('textbox', { name: '价格' }).fill('八百')
  await page.getByRole('button', { name: /保\s?存/ }).click()
  await page.getByText('价格填数字').waitFor()
  await page.getByRole('textbox', { name: '价格' }).fill('820')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '旅程对手 · 换屏' }).waitFor()
  const seen = await api<{ items: Array<{ price: string }> }>(page, 'GET', `/market-intels?${filter({ place: '天津旅程' })}`)
  assert.equal(seen.items[0]?.price, '820.00')
})
