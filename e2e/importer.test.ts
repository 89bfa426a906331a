import assert from 'node:assert/strict'
import { api, house, settles } from './harness.ts'

const { journey } = house()

const FILE = 'ID,Name,Office Phone,Billing Address City,Type\nA1,青山仪器,0571-66660001,杭州,Reseller\nA2,绿水电子,,宁波,客户伙伴\n'
const file = (text: string) => ({ name: 'Accounts.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

journey('accounts of another system: recognised, a wrong value named with its line, mapped, imported, taken back', async visit => {
  const admin = await visit.as('admin')
  await admin.goto('/import/0')
  await admin.getByLabel('导入到').click()
  await admin.getByLabel('导入到').fill('客户')
  await admin.keyboard.press('Enter')
  await admin.getByLabel('来源系统').fill('旧系统')
  await admin.locator('input[type=file]').setInputFiles(file(FILE))
  await admin.getByText('Accounts.csv：2 行，5 列').waitFor()
  await admin.getByText('值的对应 · 1 个值没有对应').waitFor()
  await admin.getByRole('button', { name: '试导入' }).click()
  await admin.getByText('2 行里有 1 行有问题').waitFor()
  assert.match(await admin.getByRole('row', { name: /客户类型/ }).innerText(), /^3\s/, 'the line that a spreadsheet shows')
  // the word that is not ours gets its meaning, and the rehearsal is clean
  await admin.getByRole('combobox', { name: '客户伙伴' }).click()
  await admin.getByTitle('企事业', { exact: true }).last().click()
  await admin.getByRole('button', { name: '试导入' }).click()
  await admin.getByText('2 行都没有问题').waitFor()
  const found = async (): Promise<number> => (await api<{ items: unknown[] }>(admin, 'GET', `/customers?q=${encodeURIComponent('青山仪器')}`)).items.length
  assert.equal(await found(), 0)
  await admin.getByRole('button', { name: '导入 2 行' }).click()
  await admin.getByText('已导入：新建 2').first().waitFor()
  await settles(found, 1)
  await admin.goto('/import')
  await admin.getByRole('button', { name: '撤销' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: /撤\s?销/ }).click()
  await admin.getByText('已撤销').waitFor()
  await settles(found, 0)
})
