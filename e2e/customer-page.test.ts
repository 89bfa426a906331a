import assert from 'node:assert/strict'
import { answered, api, house } from './harness.ts'

const { journey } = house()

type Row = { id: string, [field: string]: unknown }
type Page = { items: Row[] }

journey('CU-06 CU-07 CU-05 one customer’s page: the events of three channels on one line, two records merged and two again, the tree of companies', async visit => {
  const admin = await visit.as('admin')
  const unitId = (await api<Page>(admin, 'GET', `/units?filter=${encodeURIComponent(JSON.stringify({ code: 'HZ01' }))}`)).items[0]!.id
  const company = async (input: object) => (await api<Row>(admin, 'POST', '/customers', { unitId, kind: 'company', ...input })).id
  const id = await company({ name: '云启科技有限公司', phone: '13877770001' })
  const branch = await company({ name: '云启南京分公司', parentId: id })
  await company({ name: '云启江宁营业部', parentId: branch })
  const twin = await company({ name: '云启科技股份有限公司', phone: '13877770001', industry: '软件' })
  await api(admin, 'POST', '/engagements', { customerId: id, unitId, kind: 'visit', subject: '拜访信息中心', at: '2026-11-20T02:00:00Z' })
  await api(admin, 'POST', '/sales-orders', { customerId: twin, unitId, channel: 'web', orderedOn: '2026-11-19' })
  await api(admin, 'POST', '/complaints/register', { unitId, customerId: id, category: '时间太久', words: '答复太慢' })

  await admin.goto(`/e/customers/${id}`)
  const line = admin.getByRole('region', { name: '往来' })
  await line.getByText('拜访信息中心').waitFor()
  await line.getByText('答复太慢').waitFor()
  await line.getByRole('button', { name: '投诉与反馈' }).click()
  await line.getByText('拜访信息中心').waitFor({ state: 'detached' })
  await line.getByRole('button', { name: '全部' }).click()

  const doubles = admin.locator('section').filter({ has: admin.getByRole('heading', { name: '可能已有' }) }).last()
  await doubles.getByRole('button', { name: '合并', exact: true }).click()
  const dialog = admin.getByRole('dialog', { name: '合并客户' })
  await dialog.getByText('行业').waitFor()
  const merged = await answered(admin, 'POST', /\/merge$/, () => dialog.getByRole('button', { name: /^合\s*并$/ }).click())
  assert.equal(merged.status(), 200, await merged.text())
  await line.getByText('网上').waitFor()
  await admin.goto(`/e/customers/${twin}`)
  await admin.waitForURL(url => url.pathname.endsWith(id))

  await admin.getByRole('button', { name: '撤销合并' }).click()
  const why = admin.getByRole('dialog', { name: /撤销合并/ })
  await why.getByLabel('原因').fill('是两家公司')
  await answered(admin, 'POST', /\/undo$/, () => why.getByRole('button', { name: /^确\s*定$/ }).click())
  await line.getByText('网上').waitFor({ state: 'detached' })
  assert.equal((await api<Row>(admin, 'GET', `/customers/${twin}`)).id, twin)

  const tree = admin.locator('section').filter({ has: admin.getByRole('heading', { name: '企业结构' }) }).last()
  await tree.getByRole('link', { name: '云启江宁营业部' }).waitFor()
  await tree.getByRole('button', { name: '收起' }).nth(1).click()
  await tree.getByRole('link', { name: '云启江宁营业部' }).waitFor({ state: 'detached' })
  await tree.getByRole('link', { name: '云启南京分公司' }).click()
  await admin.getByRole('heading', { level: 1, name: '云启南京分公司' }).waitFor()
})
