import assert from 'node:assert/strict'
import { api, house, settles } from './harness.ts'

const { journey } = house()
interface Made { id: string }
const filter = (f: unknown): string => `filter=${encodeURIComponent(JSON.stringify(f))}`

journey('somebody is frozen before they leave, their customers go to a colleague in one act, and come back but for the one that was worked on', async visit => {
  const page = await visit.as('admin')
  const [unit] = (await api<{ items: Made[] }>(page, 'GET', `/units?${filter({ kind: 'group' })}`)).items, [role] = (await api<{ items: Made[] }>(page, 'GET', `/roles?${filter({ code: 'sales' })}`)).items
  const person = (username: string, name: string) => api<Made>(page, 'POST', '/users', { username, name, unitId: unit!.id, roleIds: [role!.id] })
  const from = await person('lvcheng-jia', '旅程交出者'), to = await person('lvcheng-yi', '旅程接手者')
  const ids: string[] = []
  for (let i = 1; i <= 3; i++) ids.push((await api<Made>(page, 'POST', '/customers', { name: `旅程交接客户${i}`, kind: 'company', unitId: unit!.id, ownerId: from.id })).id)
  const count = async (ownerId: string): Promise<number> => (await api<{ items: unknown[] }>(page, 'GET', `/customers?${filter({ ownerId })}`)).items.length

  await page.goto('/handover')
  await page.getByLabel('交出的人').fill('旅程交出者')
  await page.locator('.ant-select-item-option', { hasText: '旅程交出者' }).first().click()
  await page.getByRole('button', { name: '先冻结账户' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('月底离职')
  await page.getByRole('dialog').getByRole('button', { name: /确\s?定/ }).click()
  await page.getByText('账户已停用').waitFor()
  assert.equal(await count(from.id), 3, 'what they had stays theirs')
  // the receiver is asked for, then given
  await page.getByRole('button', { name: '交接 3 条' }).click()
  await page.getByRole('alert').getByText('请选择').waitFor()
  await page.locator('#ha-to').fill('旅程接手者')
  await page.locator('.ant-select-item-option', { hasText: '旅程接手者' }).first().click()
  await page.getByRole('button', { name: '交接 3 条' }).click()
  await settles(() => count(to.id), 3)
  await page.getByText('名下没有要交接的').waitFor()

  await api(page, 'PATCH', `/customers/${ids[1]}`, { industry: '能源' })
  const [record] = (await api<{ items: Made[] }>(page, 'GET', `/handovers?${filter({ fromId: from.id })}`)).items
  await page.goto(`/e/handovers/${record!.id}`)
  await page.getByRole('button', { name: '撤销交接' }).click()
  await page.locator('.ant-popconfirm').getByRole('button', { name: /确\s?[定认]/ }).click()
  await settles(() => count(from.id), 2)
  assert.equal(await count(to.id), 1)
})
