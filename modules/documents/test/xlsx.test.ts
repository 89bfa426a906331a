import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTable } from '@quancheng/kernel'
import { openParts, packParts, writePart, readPart } from '../rules/ooxml/parts.ts'
import { el, kid, kids, parseXml, writeXml } from '../rules/ooxml/xml.ts'
import { blankWorkbook } from '../rules/xlsx/blank.ts'
import { shifted, type WorkbookModel } from '../rules/xlsx/model.ts'
import { extrasOf, readWorkbook } from '../rules/xlsx/read.ts'
import { writeWorkbook } from '../rules/xlsx/write.ts'

/** A price list as the editor holds it: texts, numbers, a formula, a format, borders, a merge, a width, two sheets. */
function priceList(): Uint8Array {
  const parts = blankWorkbook('报价'), model = readWorkbook(parts)
  const sheet = model.sheets.s1!
  sheet.cellData = {
    0: { 0: { v: '产品报价单', t: 1, s: { bl: 1, fs: 16, ht: 2, bg: { rgb: '#FFF2CC' } } } },
    1: { 0: { v: '品名', t: 1 }, 1: { v: '数量', t: 1 }, 2: { v: '单价', t: 1 }, 3: { v: '金额', t: 1 } },
    2: { 0: { v: '主板 & <电源>', t: 1, s: { bd: { b: { s: 1, cl: { rgb: '#FF0000' } } } } }, 1: { v: 3, t: 2 }, 2: { v: 1250.5, t: 2, s: { n: { pattern: '#,##0.00' } } }, 3: { f: '=B3*C3', v: 3751.5, t: 2, s: { n: { pattern: '"¥"#,##0.00' }, it: 1 } } },
    3: { 0: { v: '0571', t: 4 }, 1: { v: 1, t: 3 }, 2: { v: 45_000, t: 2, s: { n: { pattern: 'yyyy-mm-dd' } } } },
  }
  sheet.mergeData = [{ startRow: 0, endRow: 0, startColumn: 0, endColumn: 3 }]
  sheet.columnData = { 0: { w: 210 } }
  sheet.rowData = { 0: { h: 40, ia: 0 } }
  model.sheetOrder.push('new')
  model.sheets.new = { ...sheet, id: 'new', name: '说明', cellData: { 0: { 0: { v: '第二张', t: 1 } } }, mergeData: [], columnData: {}, rowData: {} }
  return writeWorkbook(parts, model)
}
const again = (bytes: Uint8Array): WorkbookModel => readWorkbook(openParts(bytes))

test('KB-06 what is written in the spreadsheet editor is read back from the file: values, formulas, formats, merges, widths, sheets', async () => {
  const bytes = priceList(), model = again(bytes), sheet = model.sheets[model.sheetOrder[0]!]!
  assert.deepEqual(model.sheetOrder.map(id => model.sheets[id]!.name), ['报价', '说明'])
  const style = (r: number, c: number) => model.styles[sheet.cellData[r]![c]!.s as string]!
  assert.equal(sheet.cellData[2]![0]!.v, '主板 & <电源>')
  assert.deepEqual([sheet.cellData[2]![3]!.f, sheet.cellData[2]![3]!.v], ['=B3*C3', 3751.5])
  assert.deepEqual([style(0, 0).bl, style(0, 0).fs, style(0, 0).ht, style(0, 0).bg], [1, 16, 2, { rgb: '#FFF2CC' }])
  assert.deepEqual([style(2, 3).n, style(2, 3).it, style(3, 2).n], [{ pattern: '"¥"#,##0.00' }, 1, { pattern: 'yyyy-mm-dd' }])
  assert.deepEqual(style(2, 0).bd, { b: { s: 1, cl: { rgb: '#FF0000' } } })
  assert.deepEqual([sheet.cellData[3]![0]!.v, sheet.cellData[3]![1]!.t], ['0571', 3], 'a telephone code keeps its nought')
  assert.deepEqual(sheet.mergeData, [{ startRow: 0, endRow: 0, startColumn: 0, endColumn: 3 }])
  assert.deepEqual([sheet.columnData[0]!.w, sheet.rowData[0]!.h], [210, 40])
  // the house's other reader, which imports lists, agrees
  const one = again(bytes)
  one.sheetOrder = [one.sheetOrder[1]!]
  one.sheets = { [one.sheetOrder[0]!]: one.sheets[one.sheetOrder[0]!]! }
  assert.deepEqual((await readTable(Buffer.from(writeWorkbook(openParts(bytes), one)), 'x.xlsx')).header, ['第二张'])
})

test('KB-06 one changed cell changes nothing else: rich text, charts, validations and macros stay in the file', () => {
  const parts = openParts(priceList())
  // as a file from elsewhere has it: shared rich text, a shared formula, a chart, a validation, a macro
  const sheet = readPart(parts, 'xl/worksheets/sheet1.xml')!, data = kid(sheet, 'sheetData')!
  writePart(parts, 'xl/sharedStrings.xml', el('sst', {}, [el('si', {}, [el('r', {}, [el('rPr', {}, [el('b')]), el('t', {}, ['红'])]), el('r', {}, [el('t', {}, ['字'])])])]))
  const rels = readPart(parts, 'xl/_rels/workbook.xml.rels')!
  rels.kids.push(el('Relationship', { Id: 'rId9', Type: 'x/sharedStrings', Target: 'sharedStrings.xml' }))
  writePart(parts, 'xl/_rels/workbook.xml.rels', rels)
  data.kids.push(el('row', { r: 6 }, [el('c', { r: 'A6', t: 's' }, [el('v', {}, ['0'])]), el('c', { r: 'B6' }, [el('f', { t: 'shared', ref: 'B6:B7', si: 0 }, ['C6*2']), el('v', {}, ['4'])])]), el('row', { r: 7 }, [el('c', { r: 'B7' }, [el('f', { t: 'shared', si: 0 }), el('v', {}, ['6'])])]))
  sheet.kids.push(el('dataValidations', { count: 1 }, [el('dataValidation', { sqref: 'B3' })]), el('drawing', { 'r:id': 'rId1' }))
  writePart(parts, 'xl/worksheets/sheet1.xml', sheet)
  parts.set('xl/vbaProject.bin', new Uint8Array([1, 2, 3]))
  const model = readWorkbook(parts), s = model.sheets.s1!
  assert.deepEqual([s.cellData[5]![0]!.v, s.cellData[6]![1]!.f], ['红字', '=C7*2'])
  assert.deepEqual(extrasOf(parts), { sheets: [{ sheet: '报价', kinds: ['数据验证（下拉）', '图表或图片'] }], file: ['宏'] })
  s.cellData[2]![1] = { ...s.cellData[2]![1]!, v: 5 }
  const out = openParts(writeWorkbook(parts, model)), after = readPart(out, 'xl/worksheets/sheet1.xml')!
  const cell = (r: string) => kids(kid(after, 'sheetData'), 'row').flatMap(x => kids(x)).find(c => c.attrs.r === r)!
  assert.equal(cell('B3').kids.length && readWorkbook(out).sheets.s1!.cellData[2]![1]!.v, 5)
  assert.deepEqual([cell('A6').attrs.t, writeXml(cell('A6'))], ['s', writeXml(el('c', { r: 'A6', t: 's' }, [el('v', {}, ['0'])]))], 'the rich text is still shared')
  assert.ok(kid(after, 'drawing') && kid(after, 'dataValidations') && out.has('xl/vbaProject.bin'))
  assert.deepEqual(readWorkbook(out).styles, model.styles, 'no format was added')
})

test('KB-06 a sheet that was deleted leaves the package, and a damaged file is refused in words', () => {
  const parts = openParts(priceList()), model = readWorkbook(parts), [, gone] = model.sheetOrder
  model.sheetOrder = model.sheetOrder.slice(0, 1)
  delete model.sheets[gone!]
  const out = openParts(writeWorkbook(parts, model))
  assert.equal([...out.keys()].filter(n => n.startsWith('xl/worksheets/')).length, 1)
  assert.throws(() => openParts(Buffer.from('hello')), /已损坏，或者不是/)
  assert.throws(() => openParts(Buffer.from('d0cf11e0a1b11ae1', 'hex')), /旧格式/)
  const bad = openParts(priceList())
  bad.set('xl/workbook.xml', Buffer.from('<!DOCTYPE x><a/>'))
  assert.throws(() => readWorkbook(bad), /读不懂/)
  assert.throws(() => readWorkbook(openParts(packParts(new Map([['a.txt', new Uint8Array(1)]])))), /不是 Excel 工作簿/)
})

test('KB-06 XML comes back as it was, and a shared formula reads as it would in its own cell', () => {
  const text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a x="1 &amp; &quot;2&quot;"><b> 甲&lt;乙 </b><c/></a>'
  assert.equal(writeXml(parseXml(text)), text)
  for (const bad of ['<a>', '<a></b>', '', '<a/><b', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>']) assert.throws(() => parseXml(bad), bad)
  assert.equal(shifted('SUM($A1:B$2)+"A1"&LOG10(C3)', 1, 1), 'SUM($A2:C$2)+"A1"&LOG10(D4)')
  assert.equal(shifted("'表 A1'!A1+A1", -1, 0), "'表 A1'!#REF!+#REF!")
})
