import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { defineEntity, defineModule, f } from '@quancheng/kernel'
import { testApp, type Caller, type TestApp } from '@quancheng/kernel/testing'
import documents, { registerTemplateData } from '../index.ts'
import { docxText } from '../rules/docx-text.ts'
import { openParts } from '../rules/ooxml/parts.ts'
import { para, run, table, word } from './word.ts'

const Customer = defineEntity('client', { label: ['客户', 'Client'], fields: { name: f.text(['姓名', 'Name'], { required: true }), phone: f.text(['电话', 'Phone'], { personal: true }) }, display: ['name'], list: ['name'], sort: 'name' })
const Deed = defineEntity('deed', {
  label: ['合同', 'Deed'], display: ['title'], list: ['title'], sort: 'title',
  fields: { title: f.text(['标题', 'Title'], { required: true }), clientId: f.ref(['客户', 'Client'], () => Customer), amount: f.money(['金额', 'Amount']), signedOn: f.date(['签订日期', 'Signed']), kind: f.choice(['类型', 'Kind'], { sale: ['销售', 'Sale'], rent: ['租赁', 'Rent'] }) },
})
const Line = defineEntity('deedLine', { label: ['合同明细', 'Line'], display: ['product'], list: ['product'], sort: 'product', fields: { deedId: f.ref(['合同', 'Deed'], () => Deed, { required: true }), product: f.text(['品名', 'Product'], { required: true }), quantity: f.integer(['数量', 'Quantity']) } })
const deeds = defineModule({ name: 'deeds', label: ['合同', 'Deeds'], entities: [Customer, Deed, Line], start: runtime => registerTemplateData(runtime, 'deed', async () => ({ 金额大写: '叁仟元整' }), ['金额大写']) })

const ALL = ['read', 'create', 'update', 'remove']
const grants = (verbs: string[], ...names: string[]) => Object.fromEntries(names.flatMap(n => verbs.map(v => [`${n}:${v}`, ['all' as const]])))

let app: TestApp, boss: Caller, clerk: Caller, half: Caller, stranger: Caller, deed: string
before(async () => {
  app = await testApp({ modules: [documents, deeds], clock: '2026-11-22T01:00:00Z' })
  boss = await app.person({ username: 'boss', name: '老板', roles: [{ code: 'boss', grants: grants(ALL, 'documentTemplate', 'client', 'deed', 'deedLine') }] })
  clerk = await app.person({ username: 'clerk', name: '小李', roles: [{ code: 'clerk', grants: grants(['read'], 'client', 'deed', 'deedLine'), fields: { 'client.phone': 'mask' } }] })
  half = await app.person({ username: 'half', name: '小王', roles: [{ code: 'half', grants: grants(['read'], 'deed') }] })
  stranger = await app.person({ username: 'stranger', roles: [{ code: 'none', grants: {} }] })
  const clientId = (await boss.post('/api/clients', { name: '张三', phone: '13800000001' })).body.id
  deed = (await boss.post('/api/deeds', { title: '买卖合同', clientId, amount: '3000', signedOn: '2026-11-20', kind: 'sale' })).body.id
  for (const [product, quantity] of [['主板', 3], ['电源', 1]]) assert.equal((await boss.post('/api/deed-lines', { deedId: deed, product, quantity })).status, 201)
})

async function upload(who: Caller, path: string, name: string, content: Buffer) {
  const edge = 'x-edge', head = Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`)
  return who.call('POST', path, Buffer.concat([head, content, Buffer.from(`\r\n--${edge}--\r\n`)]), { 'content-type': `multipart/form-data; boundary=${edge}` })
}
async function template(name: string, content: Buffer, more: object = {}, file = 'a.docx'): Promise<string> {
  const made = await boss.post('/api/document-templates', { name, entity: 'deed', ...more })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.equal((await upload(boss, `/api/document-templates/${made.body.id}/attachments`, file, content)).status, 201)
  return made.body.id
}
const textFrom = async (who: Caller, id: string) => docxText(openParts((await who.get(`/api/attachments/${id}`)).raw))

test('KB-06 a template {{客户}} filled from a contract is a Word file on it that reads 张三', async () => {
  const id = await template('短', word(para('{{客户}}')))
  const made = await clerk.post(`/api/document-templates/${id}/fill`, { recordId: deed })
  assert.deepEqual([made.status, made.body.name, made.body.unknown], [201, '短.docx', []], JSON.stringify(made.body))
  assert.equal(await textFrom(clerk, made.body.attachmentId), '张三')
  assert.deepEqual((await clerk.get(`/api/deeds/${deed}/attachments`)).body.items.map((a: { name: string; version: number }) => [a.name, a.version]), [['短.docx', 1]])
})

test('KB-06 fields by label or name, one step along a reference, lists, what a module adds, today', async () => {
  const id = await template('全', word(
    para(run('{{标'), run('题}}（{{kind}}）{{signedOn}}')), para('{{客户.姓名}} {{客户.电话}} {{clientId.name}}'), para('{{合同.金额}} {{合同.金额大写}} {{金额大写}}'),
    table(['序号', '品名', '数量'], ['{{#合同明细}}{{序号}}', '{{品名}}', '{{数量}}{{/合同明细}}']), para('{{今天}} {{经办人}}'),
  ), { fileName: '{{标题}}-{{客户}}' })
  const made = (await boss.post(`/api/document-templates/${id}/fill`, { recordId: deed })).body
  assert.equal(made.name, '买卖合同-张三.docx')
  assert.equal(await textFrom(boss, made.attachmentId), '买卖合同（销售）2026-11-20\n张三 13800000001 张三\n3,000.00 叁仟元整 叁仟元整\n序号\t品名\t数量\n1\t主板\t3\n2\t电源\t1\n2026-11-22 老板')
  const masked = (await clerk.post(`/api/document-templates/${id}/fill`, { recordId: deed })).body
  assert.doesNotMatch(await textFrom(clerk, masked.attachmentId), /13800000001/, 'a paper shows nobody more than the screen does')
  const little = (await half.post(`/api/document-templates/${id}/fill`, { recordId: deed })).body
  assert.match(await textFrom(half, little.attachmentId), /^买卖合同（销售）2026-11-20\n {2}\n.*\n序号\t品名\t数量\n2026-11-22 小王$/, 'whose customer and lines one may not read, those stay empty')
})

test('KB-06 placeholders that nothing fills are named when the template is uploaded, and so is what is written wrong', async () => {
  const id = await template('错', word(para('{{客户}} {{客护}} {{客户.年龄}} {{#名细}}{{品名}}{{/名细}} {{#合同明细}}{{品名}} {{型号}}{{/合同明细}}')))
  const seen = (await boss.get(`/api/document-templates/${id}/placeholders`)).body
  assert.deepEqual([seen.unknown, seen.problem], [['客护', '客户.年龄', '#名细', '品名', '型号'], null])
  assert.ok(seen.offered.some((o: { name: string }) => o.name === '客户.电话') && seen.offered.some((o: { name: string; within?: string[] }) => o.name === '合同明细' && o.within?.includes('品名')))
  const open = await template('没关', word(para('{{客户')))
  assert.match((await boss.get(`/api/document-templates/${open}/placeholders`)).body.problem, /占位符写错了/)
  const refused = await boss.post(`/api/document-templates/${open}/fill`, { recordId: deed })
  assert.deepEqual([refused.status, refused.body.code], [400, 'TEMPLATE_FILE'])
})

test('KB-06 a template without a file, one that is off, and a record that is not there are refused; names of templates are seen by who may read the record', async () => {
  const { body: empty } = await boss.post('/api/document-templates', { name: '空', entity: 'deed' })
  assert.equal((await boss.post(`/api/document-templates/${empty.id}/fill`, { recordId: deed })).body.code, 'TEMPLATE_EMPTY')
  const off = await template('停', word(para('x')), { active: false })
  assert.equal((await boss.post(`/api/document-templates/${off}/fill`, { recordId: deed })).body.code, 'TEMPLATE_OFF')
  const on = await template('开', word(para('x')))
  assert.equal((await boss.post(`/api/document-templates/${on}/fill`, { recordId: off })).status, 404)
  assert.ok([403, 404].includes((await stranger.post(`/api/document-templates/${on}/fill`, { recordId: deed })).status))
  assert.deepEqual((await stranger.get('/api/document-templates/for/deed')).body.items, [])
  assert.deepEqual((await clerk.get('/api/document-templates/for/deed')).body.items.map((t: { name: string }) => t.name).filter((n: string) => ['空', '停', '开'].includes(n)), ['开'])
  assert.equal((await clerk.get(`/api/document-templates/${on}/placeholders`)).status, 403)
})
