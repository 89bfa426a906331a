import assert from 'node:assert/strict'
import { test } from 'node:test'
import documents from '@quancheng/documents'
import { docxText, openParts, para, word } from '@quancheng/documents/testing'
import { house, ok, signed } from './house.ts'

const h = await house({ modules: [documents] })

test('KB-06 the company’s own Word template filled from a contract: parties, the sum in words, its lines; names stand as they were written', async () => {
  await ok(h.li.patch(`/api/customers/${h.customerId}`, { name: '云河*科技[杭州]有限公司' }))
  const contractId = await signed(h), template = await ok(h.admin.post('/api/document-templates', { name: '销售合同（Word）', entity: 'contract', fileName: '合同 {{合同号}}' }), 201)
  const file = word(para('甲方：{{甲方}}'), para('合计 {{金额}} 元，大写：{{金额大写}}'), para('{{#明细}}'), para('{{序号}}. {{名称}} {{数量}} × {{单价}} = {{金额}}'), para('{{/明细}}'))
  const edge = 'x-edge', head = Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="file"; filename="a.docx"\r\ncontent-type: application/octet-stream\r\n\r\n`)
  await ok(h.admin.call('POST', `/api/document-templates/${template.id}/attachments`, Buffer.concat([head, file, Buffer.from(`\r\n--${edge}--\r\n`)]), { 'content-type': `multipart/form-data; boundary=${edge}` }), 201)
  assert.deepEqual((await ok(h.admin.get(`/api/document-templates/${template.id}/placeholders`))).unknown, [])
  const made = await ok(h.li.post(`/api/document-templates/${template.id}/fill`, { recordId: contractId }), 201)
  assert.match(made.name, /^合同 HT2026-\d{4}\.docx$/)
  const text = docxText(openParts((await h.li.get(`/api/attachments/${made.attachmentId}`)).raw))
  for (const words of ['甲方：云河*科技[杭州]有限公司', '合计 100000.00 元，大写：壹拾万元整', '1. 显示器 27 寸 100 台 × 1000.00 = 100000.00']) assert.ok(text.includes(words), `${words} in ${text}`)
})

test('RU-05 templates are kept by head office, legal and marketing; a seller fills them and cannot change them', async () => {
  assert.equal((await h.li.post('/api/document-templates', { name: '自己的', entity: 'contract' })).status, 403)
  const roles = await h.app.system(ctx => ctx.query<{ code: string; grants: Record<string, string[]> }>("select code, grants from role where tenant_id = $1 and grants ? 'documentTemplate:update' order by code", [ctx.tenant.id]))
  assert.deepEqual(roles.map(r => r.code), ['admin', 'hq', 'legal', 'marketing'])
})
