import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { answered, api, house, noHorizontalScroll, phone, settles } from './harness.ts'
import { typeFirstLine } from './quote-lines.ts'

const { journey } = house()

type Row = { id: string, [field: string]: unknown }
const rows = async (page: Page, path: string) => (await api<{ items: Row[] }>(page, 'GET', path)).items
const filter = (f: unknown): string => `filter=${encodeURIComponent(JSON.stringify(f))}`
const idOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1)!

/** The open task on a record is this person's; they agree. */
async function agrees(who: Page, recordId: string): Promise<void> {
  const task = (await rows(who, '/tasks?box=mine')).find(t => t.recordId === recordId)
  assert.ok(task, 'nothing to approve')
  await api(who, 'POST', `/tasks/${task.id}/complete`, { outcome: 'approve' })
}

/** Money that came in, as finance books it from the page where it stands. */
async function books(finance: Page, amount: string, day: string): Promise<string> {
  await finance.getByRole('link', { name: '登记收款' }).click()
  await finance.getByLabel('金额').fill(amount)
  await finance.getByLabel('收款日').fill(day)
  await finance.keyboard.press('Tab')
  await answered(finance, 'POST', /\/api\/receipts$/, () => finance.getByRole('button', { name: '保存' }).click())
  await finance.getByRole('heading', { level: 1, name: /^SK/ }).waitFor()
  return idOf(finance)
}

journey('SA-01 … CE-02 a lead from the web form becomes a deal, a quote that somebody approves, a contract, an order and collected money, each made from the page of the one before', async visit => {
  const admin = await visit.as('admin'), seller = await visit.as('luoqi'), lead = await visit.as('taomin')
  const users = await rows(admin, `/users?limit=200&${filter({ username: { in: ['luoqi', 'taomin'] } })}`), user = (name: string) => users.find(u => u.username === name)!
  const unitId = user('luoqi').unitId as string
  const line = (await rows(admin, '/product-lines?limit=1'))[0]!
  const product = await api<Row>(admin, 'POST', '/products', { code: 'LM-X1', name: '旅程工作站 X1', productLineId: line.id })
  const book = await api<Row>(admin, 'POST', '/price-books', { code: 'LMSTD', name: '旅程价', validFrom: '2020-01-01', standard: true })
  await api(admin, 'POST', '/prices', { priceBookId: book.id, productId: product.id, unitPrice: '10000', floorPrice: '7000', cost: '6000' })
  await api(admin, 'POST', '/discount-rules', { name: '旅程', userId: user('luoqi').id, free: '5', most: '20', approverId: user('taomin').id })
  await api(admin, 'POST', '/lead-rules', { name: '旅程：西藏进公海', position: 1, provinces: '西藏', unitId, method: 'pool' })
  const form = await api<Row>(admin, 'POST', '/lead-forms', { name: '旅程官网', unitId, asks: ['company', 'province', 'needs'], consent: '同意与我联系' })

  // a visitor
  const visitor = await visit.stranger(phone)
  await visitor.goto(`/lead-form/${String((await api<Row>(admin, 'GET', `/lead-forms/${form.id}`)).token)}`)
  for (const [label, value] of [['姓名', '次仁'], ['电话', '13788880001'], ['公司', '雪域云计算有限公司'], ['省', '西藏'], ['需求', '十台工作站']] as const) await visitor.getByLabel(label).fill(value)
  await visitor.getByLabel('同意与我联系').check()
  await visitor.waitForFunction(() => Date.now() - Number((document.querySelector('[name=shownAt]') as HTMLInputElement).value) > 2500)
  await visitor.getByRole('button', { name: '提交' }).click()
  await visitor.getByText('已收到，我们会尽快与您联系。').waitFor()

  // taken from the pool, made a customer and a deal
  await seller.goto('/leads?tab=pool')
  await seller.getByPlaceholder('姓名、公司、编号、市').fill('雪域云')
  const found = seller.locator('.sa-list > li', { hasText: '次仁' })
  await found.waitFor()
  await found.focus()
  await seller.keyboard.press('t')
  await seller.getByRole('button', { name: '转化' }).click()
  const convert = seller.getByRole('dialog')
  await convert.getByLabel('金额').fill('100000')
  await convert.getByLabel('预计成交日').fill('2027-01-31')
  await convert.getByRole('button', { name: /转\s?化/ }).click()
  await seller.waitForURL(/\/e\/opportunities\//)
  const dealId = idOf(seller), deal = await api<Row>(seller, 'GET', `/opportunities/${dealId}`), customerId = String(deal.customerId)
  await api(seller, 'PATCH', `/customers/${customerId}`, { accountType: 'enterprise' })
  const move = (to: string) => api(seller, 'POST', `/opportunities/${dealId}/move`, { to })
  await move('needs')
  const { questions } = await api<{ questions: Array<{ id: string, code: string, kind: string }> }>(seller, 'GET', `/customers/${customerId}/checklist`)
  assert.equal(questions.length, 8)
  await api(seller, 'POST', `/customers/${customerId}/checklist`, { answers: Object.fromEntries(questions.map(q => [q.code, q.kind === 'number' ? '300' : q.kind === 'yesNo' ? '否' : '已了解'])) })
  await move('quote')

  // the deal's page begins the quote
  await seller.goto(`/e/opportunities/${dealId}`)
  await seller.getByRole('link', { name: '做报价' }).click()
  await seller.waitForURL(/\/e\/quotes\/new/)
  await answered(seller, 'POST', /\/api\/quotes$/, () => seller.getByRole('button', { name: '保存' }).click())
  await typeFirstLine(seller, { code: 'LM-X1', option: /旅程工作站 X1/, quantity: '10', discount: '8' })
  await seller.getByText('报价金额 ¥92,000.00').waitFor()
  await answered(seller, 'PUT', /\/lines$/, () => seller.keyboard.press('Control+s'))
  await answered(seller, 'POST', /\/submit$/, () => seller.getByRole('button', { name: '提交', exact: true }).click())
  await seller.getByText('审批中').first().waitFor()
  const quoteId = idOf(seller)
  await agrees(lead, quoteId)
  await answered(seller, 'POST', /\/send$/, () => seller.getByRole('button', { name: '发给客户' }).click())
  await move('negotiate')
  await visitor.goto((await api<{ page: string }>(seller, 'GET', `/quotes/${quoteId}/link`)).page)
  await visitor.getByRole('button', { name: '接受报价' }).click()
  await answered(visitor, 'POST', /\/public\/quote\//, () => visitor.getByRole('button', { name: '确定' }).click())
  await visitor.getByText('您已接受这份报价').waitFor()
  await move('sign')

  // accepted, the quote's page makes the contract
  await seller.getByRole('button', { name: '由报价单生成合同' }).click()
  await seller.waitForURL(/\/e\/contracts\//)
  const contractId = idOf(seller)
  await answered(seller, 'POST', /\/submit$/, () => seller.getByRole('button', { name: '送审' }).click())
  await agrees(lead, contractId)
  await seller.getByRole('button', { name: '签订' }).click()
  await answered(seller, 'POST', /\/sign$/, () => seller.getByRole('dialog').getByRole('button', { name: /签\s?订/ }).click())
  await seller.getByRole('button', { name: '生成收款计划' }).click()
  await seller.getByLabel('预计交付日').fill('2027-01-10')
  await answered(seller, 'POST', /\/plan$/, () => seller.getByRole('dialog').getByRole('button', { name: /确\s?定/ }).click())

  // signed, it offers to win the deal; won, the deal's page offers the order
  await answered(seller, 'POST', /\/move$/, () => seller.getByRole('button', { name: '赢单' }).click())
  await settles(async () => (await api<Row>(seller, 'GET', `/opportunities/${dealId}`)).outcome as string, 'won')
  await seller.goto(`/e/opportunities/${dealId}`)
  for (const number of [/^BJ\d/, /^HT\d/]) await seller.getByRole('link', { name: number }).first().waitFor()
  await seller.getByText('商机已赢单，按合同下订单').waitFor()
  await answered(seller, 'POST', /\/order$/, () => seller.getByRole('button', { name: '下订单' }).click())
  await seller.waitForURL(/\/e\/sales-orders\//)
  const orderId = idOf(seller)
  await seller.getByText('旅程工作站 X1').waitFor()
  await answered(seller, 'POST', /\/confirm$/, () => seller.getByRole('button', { name: '确认订单' }).click())

  // delivered in two parts; more than is to go is refused where it is typed
  await seller.getByRole('button', { name: '部分交付' }).click()
  const part = seller.getByRole('dialog')
  await part.getByLabel(/本次交付/).fill('11')
  await part.getByLabel(/本次交付/).press('Enter')
  await part.getByText('“旅程工作站 X1”最多还能交 10').waitFor()
  await part.getByLabel(/本次交付/).fill('4')
  await answered(seller, 'POST', /\/deliver$/, () => part.getByLabel(/本次交付/).press('Enter'))
  await settles(async () => (await api<Row>(seller, 'GET', `/sales-orders/${orderId}`)).state as string, 'delivering')
  await answered(seller, 'POST', /\/deliver$/, () => seller.getByRole('button', { name: '全部交付' }).click())
  await settles(async () => (await api<Row>(seller, 'GET', `/sales-orders/${orderId}`)).state as string, 'done')

  // finance: what is to come in, booked wrongly, taken back, booked right
  const finance = await visit.as('chenmin')
  await finance.goto('/collection')
  await finance.getByRole('link', { name: '雪域云计算有限公司' }).waitFor()
  await finance.goto(`/e/contracts/${contractId}`)
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  await books(finance, '9200', day)
  await finance.getByRole('button', { name: '冲销' }).click()
  const why = finance.getByRole('dialog')
  await why.getByLabel('原因').fill('少记了一个零')
  await answered(finance, 'POST', /\/reverse$/, () => why.getByRole('button', { name: /冲\s?销/ }).click())
  await finance.getByRole('link', { name: /^已冲销 SK/ }).waitFor()
  const [open] = await rows(finance, `/instalments?sort=dueOn&${filter({ contractId, settledOn: { isNull: true } })}`)
  assert.equal(open!.received, '0.00')
  await finance.goto(`/e/instalments/${open!.id}`)
  await books(finance, '92000', day)

  // collected: nothing of it is open, on the day when the money came; the contract says so, and the customer's page shows it all
  const plan = await rows(finance, `/instalments?sort=dueOn&${filter({ contractId })}`)
  assert.deepEqual(plan.map(i => [i.amount, i.received, i.settledOn]), [['27600.00', '27600.00', day], ['55200.00', '55200.00', day], ['9200.00', '9200.00', day]])
  await finance.goto('/collection')
  await finance.getByRole('heading', { level: 2 }).first().waitFor()
  assert.equal(await finance.getByRole('link', { name: '雪域云计算有限公司' }).count(), 0)
  await seller.goto(`/e/contracts/${contractId}`)
  await seller.getByRole('heading', { name: '执行 100.0%' }).waitFor()
  assert.match(await seller.locator('.kc-head').innerText(), /92,000\.00[^]*92,000\.00[^]*92,000\.00[^]*0\.00/)
  await seller.goto(`/e/customers/${customerId}`)
  for (const number of [/BJ\d/, /HT\d/, /DD\d/]) await seller.getByRole('link', { name: number }).first().waitFor()
  for (const path of [`/e/opportunities/${dealId}`, `/e/quotes/${quoteId}`, `/e/contracts/${contractId}`, `/e/sales-orders/${orderId}`]) {
    await seller.setViewportSize(phone)
    await seller.goto(path)
    await seller.getByRole('heading', { level: 1 }).waitFor()
    await noHorizontalScroll(seller)
  }
})
