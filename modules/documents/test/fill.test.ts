import assert from 'node:assert/strict'
import { test } from 'node:test'
import { docxText } from '../rules/docx-text.ts'
import { docxPlaceholders, fillDocx } from '../rules/fill/docx.ts'
import type { FillScope } from '../rules/fill/value.ts'
import { fillXlsx, xlsxPlaceholders } from '../rules/fill/xlsx.ts'
import { openParts } from '../rules/ooxml/parts.ts'
import { blankWorkbook } from '../rules/xlsx/blank.ts'
import { readWorkbook } from '../rules/xlsx/read.ts'
import { writeWorkbook } from '../rules/xlsx/write.ts'
import { heading, para, run, table, word } from './word.ts'

const data: FillScope = { 客户: { '.': '张三', 电话: '13800000001' }, 金额: { number: 3751.5, text: '3,751.50' }, 备注: null, 明细: [{ 品名: '主板', 数量: { number: 3, text: '3' } }, { 品名: '电源 & <线>', 数量: { number: 1, text: '1' } }] }
const filled = (bytes: Uint8Array): string => docxText(openParts(fillDocx(bytes, data)))

test('KB-06 Template {{客户}} → docx text 张三', () => {
  assert.equal(filled(word(para('{{客户}}'))), '张三')
  // Word splits what is typed into runs as it likes
  assert.equal(filled(word(para(run('甲方：{'), run('{客', 'b'), run('户}'), run('}，电话 {{客户.'), run('电话}}', 'i')))), '甲方：张三，电话 13800000001')
})

test('KB-06 rows of a table repeat for each line, and what is empty leaves nothing behind', () => {
  const doc = word(heading('合同 {{ 金额 }}'), table(['品名', '数量'], ['{{#明细}}{{品名}}', '{{数量}}{{/明细}}']), para('{{#备注}}备注：{{备注}}{{/备注}}'), para('没有的{{别的}}'))
  assert.equal(filled(doc), '合同 3,751.50\n品名\t数量\n主板\t3\n电源 & <线>\t1\n\n没有的')
  assert.deepEqual(docxPlaceholders(doc).map(p => [p.name, p.within.map(x => x.name)]), [['金额', []], ['明细', ['品名', '数量']], ['备注', ['备注']], ['别的', []]])
  assert.throws(() => docxPlaceholders(word(para('{{客户'))), /占位符写错了：“.*客户.*”缺少 \}\}/)
  assert.throws(() => docxPlaceholders(word(para('{{#明细}}x'))), /没有结束标记/)
  assert.throws(() => docxPlaceholders(Buffer.from('PK')), /已损坏|不是/)
})

test('KB-06 a workbook is filled: numbers stay numbers, rows repeat, the sum below takes them all in', () => {
  const parts = blankWorkbook(), model = readWorkbook(parts)
  model.sheets.s1!.cellData = {
    0: { 0: { v: '客户：{{客户}}', t: 1 }, 1: { v: '{{金额}}', t: 1 } },
    1: { 0: { v: '{{#明细}}{{品名}}', t: 1 }, 1: { v: '{{数量}}', t: 1 }, 2: { f: '=B2*10', v: 0, t: 2 }, 3: { v: '{{/明细}}', t: 1 } },
    2: { 0: { v: '合计', t: 1 }, 1: { f: '=SUM(B2:B2)', v: 0, t: 2 }, 2: { f: '=B3&"B2"', v: '', t: 1 } },
  }
  const bytes = writeWorkbook(parts, model)
  assert.deepEqual(xlsxPlaceholders(bytes).map(p => [p.name, p.within.map(x => x.name)]), [['客户', []], ['金额', []], ['明细', ['品名', '数量']]])
  const rows = readWorkbook(openParts(fillXlsx(bytes, data))).sheets.s1!.cellData
  const values = (r: number) => Object.values(rows[r] ?? {}).map(c => c.f ?? c.v)
  assert.deepEqual([0, 1, 2, 3].map(values), [['客户：张三', 3751.5], ['主板', 3, '=B2*10'], ['电源 & <线>', 1, '=B3*10'], ['合计', '=SUM(B2:B3)', '=B4&"B2"']])
  const none = readWorkbook(openParts(fillXlsx(bytes, { ...data, 明细: [] }))).sheets.s1!.cellData
  assert.equal(none[2]![1]!.f, '=SUM(B2:B2)', 'no row: the sum still stands where it stood')
})
