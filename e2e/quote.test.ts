import assert from 'node:assert/strict'
import { answered, api, house, noHorizontalScroll, phone } from './harness.ts'
import { typeFirstLine } from './quote-lines.ts'

const { journey } = house()
type Made = { id: string, number?: string }

journey('SA-04 a quote by keyboard with 8 % off goes to approval, then as PDF and link to the customer, who accepts; the second click is too late; v2 shows what changed', async visit => {
  const seller = await visit.as('admin'), lead = await visit.as('zhouzhan')
  const items = async (path: string) => (await api(seller, 'GET', path) as { items: Array<Made & Record<string, unknown>> }).items
  const users = await items('/users?limit=200'), line = (await items('/product-lines?limit=1'))[0]!, customer = (await items('/customers?limit=1'))[0]!
  const product = await api(seller, 'POST', '/products', { code: 'QT-X1', name: '衡川笔记本 X1', productLineId: line.id }) as Made
  const book = await api(seller, 'POST', '/price-books', { code: 'QTSTD', name: '标准价', validFrom: '2020-01-01', standard: true }) as Made
  await api(seller, 'POST', '/prices', { priceBookId: book.id, productId: product.id, unitPrice: '10000', floorPrice: '7000', cost: '6000' })
  await api(seller, 'POST', '/discount-rules', { name: '演示', userId: users.find(u => u.username === 'admin')!.id, free: '5', most: '20', approverId: users.find(u => u.username === 'zhouzhan')!.id })
  const quote = await api(seller, 'POST', '/quotes', { title: '十台笔记本', customerId: customer.id }) as Made

  await seller.goto(`/e/quotes/${quote.id}`)
  await typeFirstLine(seller, { code: 'QT-X1', option: /衡川笔记本 X1/, quantity: '10', discount: '8' })
  await seller.getByRole('combobox', { name: '名称 2' }).and(seller.locator(':focus')).waitFor()
  await seller.getByText('报价金额 ¥92,000.00').waitFor()
  await answered(seller, 'PUT', /\/lines$/, () => seller.keyboard.press('Control+s'))
  await seller.getByText('低于目录价 8.00%，超过 5.00%', { exact: false }).waitFor()
  await answered(seller, 'POST', /\/submit$/, () => seller.getByRole('button', { name: '提交', exact: true }).click())
  await seller.getByText('审批中').first().waitFor()

  const task = (await api(lead, 'GET', '/tasks?box=mine') as { items: Array<Made & { recordId: string }> }).items.find(t => t.recordId === quote.id)!
  await api(lead, 'POST', `/tasks/${task.id}/complete`, { outcome: 'approve' })
  await answered(seller, 'POST', /\/send$/, () => seller.getByRole('button', { name: '发给客户' }).click())
  const { page } = await api(seller, 'GET', `/quotes/${quote.id}/link`) as { page: string }
  const pdf = await seller.request.get(`/api/quotes/${quote.id}/quote.pdf`)
  assert.deepEqual([pdf.status(), (await pdf.body()).subarray(0, 4).toString()], [200, '%PDF'])

  const buyer = await visit.stranger(phone), twin = await visit.stranger(phone)
  await buyer.goto(page)
  await twin.goto(page)
  await buyer.getByText('¥92,000.00').first().waitFor()
  await noHorizontalScroll(buyer)
  for (const b of [buyer, twin]) await b.getByRole('button', { name: '接受报价' }).click()
  await answered(buyer, 'POST', /\/public\/quote\//, () => buyer.getByRole('button', { name: '确定' }).click())
  await buyer.getByText('您已接受这份报价').waitFor()
  visit.expectFaults(/410/)
  await twin.getByRole('button', { name: '确定' }).click()
  await twin.getByText('这份报价已经有答复，不能再改').waitFor()

  const other = await api(seller, 'POST', '/quotes', { title: '再来十台', customerId: customer.id }) as Made
  await api(seller, 'PUT', `/quotes/${other.id}/lines`, { lines: [{ productId: product.id, quantity: '10' }] })
  await api(seller, 'POST', `/quotes/${other.id}/submit`, {})
  await api(seller, 'POST', `/quotes/${other.id}/send`, {})
  await seller.goto(`/e/quotes/${other.id}`)
  await answered(seller, 'POST', /\/new-version$/, () => seller.getByRole('button', { name: '做新版' }).click())
  await seller.getByLabel('数量 1').fill('12')
  await answered(seller, 'PUT', /\/lines$/, () => seller.keyboard.press('Control+s'))
  await seller.getByRole('region', { name: '和第 1 版的差别' }).getByText('数量 10 → 12', { exact: false }).waitFor()
  await seller.setViewportSize(phone)
  await noHorizontalScroll(seller)
})
