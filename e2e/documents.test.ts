import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { docxText } from '../modules/documents/rules/docx-text.ts'
import { openParts } from '../modules/documents/rules/ooxml/parts.ts'
import { blankWorkbook } from '../modules/documents/rules/xlsx/blank.ts'
import { readWorkbook } from '../modules/documents/rules/xlsx/read.ts'
import { writeWorkbook } from '../modules/documents/rules/xlsx/write.ts'
import { heading, para, run, word } from '../modules/documents/test/word.ts'
import { api, house, noHorizontalScroll, phone } from './harness.ts'

const { journey } = house()

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

function quote(): Buffer {
  const parts = blankWorkbook('报价'), model = readWorkbook(parts)
  model.sheets.s1!.cellData = { 0: { 0: { v: '品名', t: 1, s: { bl: 1 } }, 1: { v: '数量', t: 1 }, 2: { v: '金额', t: 1 } }, 1: { 0: { v: '主板', t: 1 }, 1: { v: 3, t: 2 }, 2: { f: '=B2*100', v: 300, t: 2 } } }
  model.sheets.s1!.columnData = { 0: { w: 210 } }
  return Buffer.from(writeWorkbook(parts, model))
}

/** The files of a customer, with one more uploaded as a person does it; answers with its id. */
async function upload(page: Page, customer: string, name: string, mimeType: string, buffer: Buffer): Promise<string> {
  await page.goto(`/e/customers/${customer}?tab=attachments`)
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer })
  const link = page.getByRole('link', { name, exact: true })
  // by the keyboard: the panels above may still be arriving and push the link from under the mouse
  await link.press('Enter')
  await page.getByRole('heading', { name, exact: true }).waitFor()
  return new URL(page.url()).pathname.split('/').at(-1)!
}
const content = async (page: Page, id: string): Promise<Buffer> => (await page.request.get(`/api/attachments/${id}`)).body()
async function save(page: Page, version: number): Promise<void> {
  await page.getByText('有改动未保存').waitFor()
  await page.keyboard.press('Control+s')
  await page.getByText(`已保存为第 ${version} 版`).waitFor()
}

journey('KB-06 a workbook and a letter are opened, changed and saved in the browser; a template is filled; the telephone shows them', async visit => {
  const page = await visit.as('admin')
  const { items: [customer] } = await api<{ items: Array<{ id: string, name: string }> }>(page, 'GET', '/customers?limit=1')
  const id = await upload(page, customer!.id, '报价单.xlsx', XLSX, quote())
  const sheet = page.locator('.dc-univer canvas').last()
  await sheet.waitFor()
  // the cell A1, from there to B2
  await sheet.click({ position: { x: 120, y: 30 } })
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  await save(page, 2)
  const workbook = readWorkbook(openParts(await content(page, id))), rows = workbook.sheets[workbook.sheetOrder[0]!]!
  assert.deepEqual([rows.cellData[1]![1]!.v, rows.cellData[1]![2]!.f, rows.cellData[1]![2]!.v, rows.columnData[0]!.w], [5, '=B2*100', 500, 210])
  assert.equal(workbook.styles[rows.cellData[0]![0]!.s as string]!.bl, 1)

  const letter = await upload(page, customer!.id, '函.docx', DOCX, word(heading('通知'), para(run('致：'), run('王先生', 'b')), para('第二段')))
  await page.locator('.layout-run', { hasText: '第二段' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type('，已更新')
  await save(page, 2)
  assert.equal(docxText(openParts(await content(page, letter))), '通知\n致：王先生\n第二段，已更新')
  // what it was is one click away
  await page.getByRole('button', { name: /第 1 版/ }).first().click()
  await page.getByText('您看的是第 1 版').waitFor()

  const template = await api<{ id: string }>(page, 'POST', '/document-templates', { name: '客户函', entity: 'customer' })
  await page.goto(`/e/document-templates/${template.id}`)
  await page.locator('input[type=file]').first().setInputFiles({ name: '客户函.docx', mimeType: DOCX, buffer: word(para(run('尊敬的{'), run('{name}'), run('}：{{错字}}'))) })
  await page.getByText('这些占位符没有对应的内容').waitFor()
  await page.goto(`/e/customers/${customer!.id}?tab=attachments`)
  await page.getByRole('button', { name: '由模板生成' }).click()
  await page.getByRole('menuitem', { name: '客户函' }).click()
  await page.getByRole('link', { name: '客户函.docx', exact: true }).click()
  await page.getByRole('heading', { name: '客户函.docx', exact: true }).waitFor()
  assert.equal(docxText(openParts(await content(page, new URL(page.url()).pathname.split('/').at(-1)!))), `尊敬的${customer!.name}：`)

  const pocket = await visit.as('admin', phone)
  await pocket.goto(`/documents/${id}`)
  await pocket.getByText('请在电脑上编辑').waitFor()
  await pocket.locator('.dc-univer canvas').last().waitFor()
  await noHorizontalScroll(pocket)
})
