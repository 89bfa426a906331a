import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { CSV_BOM, csvLine, csvStream, readTable, writeXlsx, type Table, type TableCell } from './index.ts'
import { readZip, storeZip } from './zip.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const csv = (text: string, name = '客户.csv'): Promise<Table> => readTable(utf8(text), name)
const rejects = (promise: Promise<unknown>, code: string, message: RegExp): Promise<void> =>
  assert.rejects(promise, (error: Error) => {
    assert.deepEqual([error.name, 'code' in error && error.code], ['TableFileError', code], error.stack)
    assert.match(error.message, message)
    return true
  })

/** Changes the files inside a workbook and packs them again. */
async function tamper(workbook: Uint8Array, change: (name: string, xml: string) => string): Promise<Uint8Array> {
  const files = await readZip(workbook, () => true, 1e8)
  return storeZip(new Map(Array.from(files, ([name, content]) => [name, utf8(change(name, content.toString('utf8')))])))
}
const sheetXml = (replace: (xml: string) => string) => (name: string, xml: string): string => name.endsWith('sheet1.xml') ? replace(xml) : xml

const header = ['姓名', '电话', '金额', '在保', '购买日期', '登记时间']
const rows: TableCell[][] = [
  ['张三', '013800000001', 320.5, true, new Date('2026-09-18T00:00:00Z'), new Date('2026-09-18T09:02:10Z')],
  ['=1+1', '+86 138', -12, false, null, null],
  [' <&>"\'\n第二行', null, 0, null, new Date('1999-12-31T00:00:00Z'), new Date('2026-02-28T23:59:59Z')],
]

test('an Excel file comes back as it was written: numbers, dates, truth values, text with leading zeros', async () => {
  const table = await readTable(await writeXlsx('客户/名单', header, rows), '客户.XLSX')
  assert.deepEqual(table.header, header)
  assert.deepEqual(table.rows.map(row => row.line), [2, 3, 4])
  assert.deepEqual(table.rows.map(row => row.cells), rows.map(row => row.map(cell => typeof cell === 'string' ? cell.trim() : cell)))
})

test('any text survives an Excel file, and no time loses its second', async () => {
  const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '_', 'x', '0', 'D', '张', '\t', '<', '&', '"', "'", '😀', ' a', '\u0007', '\ud800') })
  const time = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map(d => new Date(Math.floor(d.getTime() / 1000) * 1000))
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(text, time), { minLength: 1, maxLength: 20 }), async pairs => {
    const table = await readTable(await writeXlsx('a', ['text', 'time'], pairs), 'a.xlsx')
    const expected = pairs.map(([t, d]) => [t.toWellFormed().replaceAll('\u0007', '').replaceAll('\ufffd', '').trim() || null, d])
    assert.deepEqual(table.rows.map(row => row.cells), expected)
  }), { numRuns: 50 })
})

test('words that mean something to the file format or to JavaScript are only words', async () => {
  const words = ['_x000D_', '_x005F_x0041_', 'constructor', '__proto__', 'toString', '</t>', '1e5', 'TRUE']
  const table = await readTable(await writeXlsx('a', ['valueOf'], words.map(word => [word])), 'a.xlsx')
  assert.deepEqual([table.header, table.rows.map(row => row.cells[0])], [['valueOf'], words])
})

test('text that begins like a formula is a string cell in Excel, not a formula', async () => {
  const files = await readZip(await writeXlsx('a', ['x'], [['=HYPERLINK("http://a")'], ['@SUM(1)']]), () => true, 1e7)
  const sheet = files.get('xl/worksheets/sheet1.xml')!.toString('utf8')
  assert.ok(!sheet.includes('<f>'))
  assert.equal(sheet.match(/t="s"/g)?.length, 3)
})

test('a sheet name that Excel would refuse is made acceptable', async () => {
  for (const name of ['', '[a]:*?/\\b', "'引'", '很长'.repeat(40), '\ud83d']) {
    assert.equal((await readTable(await writeXlsx(name, ['x'], [[1]]), 'a.xlsx')).rows.length, 1, name)
  }
})

test('CSV is read with comma, semicolon or tab, with or without mark, blank lines and all', async () => {
  const expected = { header: ['姓名', '备注'], rows: [{ line: 2, cells: ['张三', '一,二;\n三'] }, { line: 4, cells: ['李四', null] }] }
  assert.deepEqual(await csv('\uFEFF姓名,备注\r\n张三,"一,二;\n三"\r\n\r\n 李四 ,\r\n'), expected)
  assert.deepEqual(await csv('姓名;备注\n张三;"一,二;\n三"\n\n李四\n'), expected)
  assert.deepEqual(await csv('姓名\t备注\n张三\t"一,二;\n三"\n\n李四\t \n', 'a.tsv'), expected)
  assert.deepEqual(await csv('编号\n001\n'), { header: ['编号'], rows: [{ line: 2, cells: ['001'] }] })
})

test('a CSV that a Chinese Excel saved (GB18030) and one as Unicode text are read', async () => {
  const gb = Uint8Array.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0, 0x0d, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0x31, 0x0d, 0x0a])
  const expected = { header: ['姓名', '电话'], rows: [{ line: 2, cells: ['张三', '1'] }] }
  assert.deepEqual(await readTable(gb, 'a.csv'), expected)
  assert.deepEqual(await readTable(Buffer.from('\uFEFF姓名\t电话\r\n张三\t1\r\n', 'utf16le'), 'a.txt'), expected)
})

test('our own CSV comes back as it was, and a formula in it is only text', async () => {
  assert.equal(csvLine(['=1+1', '-12.5', '+8613800000001', -3, '@x', '-1+2', 'a"b', null, true, '\t=1']), `'=1+1,-12.5,+8613800000001,-3,'@x,'-1+2,"a""b",,TRUE,"'\t=1"\r\n`)
  assert.equal(csvLine([new Date('2026-09-18T00:00:00Z'), new Date('2026-09-18T09:02:10Z')]), '2026-09-18,2026-09-18 09:02:10\r\n')
  const chunks: Uint8Array[] = []
  for await (const chunk of Readable.from(rows).pipe(csvStream(header))) chunks.push(chunk as Uint8Array)
  const bytes = Buffer.concat(chunks)
  assert.ok(bytes.toString('utf8').startsWith(`${CSV_BOM}姓名,电话`))
  const table = await readTable(bytes, 'a.csv')
  assert.deepEqual(table.rows.map(row => row.cells.slice(0, 3)), [['张三', '013800000001', '320.5'], ['=1+1', '+86 138', '-12'], ['<&>"\'\n第二行', null, '0']])
  const empty = Buffer.concat(await Readable.from([]).pipe(csvStream(['a'])).toArray() as Uint8Array[])
  assert.equal(empty.toString('utf8'), `${CSV_BOM}a\r\n`)
})

test('no text of any kind is written to CSV so that a spreadsheet would run it', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '1', '.', 'e', ' ', '\t', '\r', '\n', '"', ',', 'A', '＝') }), text => {
    const line = csvLine([text]).slice(0, -2)
    const value = line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line
    assert.ok(!/^\s*[=+\-@]/.test(value) || /^[+-]\d+(\.\d+)?$/.test(value), JSON.stringify(value))
  }))
})

test('the header is found, and what is wrong with it is said in plain words', async () => {
  assert.deepEqual((await csv('\n\n姓名,,电话\n张三,,1\n')), { header: ['姓名', '电话'], rows: [{ line: 4, cells: ['张三', '1'] }] })
  await rejects(csv('姓名,,电话\n张三,x,1\n'), 'HEADER_MISSING', /第 B 列（第 2 行）/)
  await rejects(csv('姓名\n张三,x\n'), 'HEADER_MISSING', /第 B 列/)
  await rejects(csv('姓名,电话,姓名 \n'), 'HEADER_DOUBLE', /“姓名”.*A 列和 C 列/)
  await rejects(csv(''), 'HEADER_MISSING', /空的/)
  await rejects(csv(' \n,,\n'), 'HEADER_MISSING', /空的/)
  await rejects(readTable(new Uint8Array(), 'a.xlsx'), 'HEADER_MISSING', /空的/)
  await rejects(readTable(await writeXlsx('a', [], []), 'a.xlsx'), 'HEADER_MISSING', /空的/)
})

test('a file of the wrong kind is refused with what to do', async () => {
  await rejects(csv('a', '照片.png'), 'FILE_TYPE', /xlsx/)
  await rejects(csv('a', '旧.xls'), 'FILE_TYPE', /另存为/)
  await rejects(readTable(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'a.xlsx'), 'FILE_TYPE', /密码/)
  await rejects(csv('姓名\n', 'a.xlsx'), 'FILE_TYPE', /不是 Excel/)
  await rejects(readTable(Uint8Array.from([0x41, 0, 0x42]), 'a.csv'), 'FILE_TYPE', /编码/)
  await rejects(readTable(Uint8Array.from([0xff, 0xff, 0x80]), 'a.csv'), 'FILE_TYPE', /编码/)
})

test('a damaged file is refused, wherever the damage is', async () => {
  const good = await writeXlsx('a', header, rows)
  for (const length of [4, 100, good.length >> 1, good.length - 30]) await rejects(readTable(good.subarray(0, length), 'a.xlsx'), 'FILE_DAMAGED', /损坏/)
  await rejects(csv('姓名\n"张三\n李四\n'), 'FILE_DAMAGED', /第 2 行/)
  await rejects(readTable(storeZip(new Map([['a.txt', utf8('a')]])), 'a.xlsx'), 'FILE_DAMAGED', /损坏/)
  await fc.assert(fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
    const bad = Uint8Array.from(good)
    bad[at]! ^= flip
    await readTable(bad, 'a.xlsx').catch((error: Error) => assert.equal(error.name, 'TableFileError', error.stack))
  }), { numRuns: 100 })
})

test('files that are too large are refused before they cost memory', async () => {
  await rejects(readTable(new Uint8Array(20 * 1024 * 1024 + 1), 'a.csv'), 'FILE_TOO_LARGE', /20 MB/)
  await rejects(csv(`编号\n${'1\n'.repeat(50_001)}`), 'TOO_MANY_ROWS', /50000/)
  assert.equal((await csv(`编号\n${'1\n'.repeat(50_000)}`)).rows.length, 50_000)
  await rejects(csv(Array.from({ length: 201 }, (_, i) => `c${i}`).join(',')), 'FILE_TOO_LARGE', /200 列/)
})

test('a workbook cannot make the reader fill a huge sheet', async () => {
  const good = await writeXlsx('a', ['x'], [[1], [2]])
  const moved = (from: string, to: string): Promise<Uint8Array> => tamper(good, sheetXml(xml => {
    assert.ok(xml.includes(from), from)
    return xml.replace(from, to)
  }))
  await rejects(readTable(await moved('r="A3"', 'r="XFD3"'), 'a.xlsx'), 'FILE_TOO_LARGE', /200 列/)
  await rejects(readTable(await tamper(good, sheetXml(xml => xml.replace('r="3"', 'r="900000"').replace('r="A3"', 'r="A900000"'))), 'a.xlsx'), 'TOO_MANY_ROWS', /50000/)
  for (const row of ['<row r="999999999"', '<row x=">" r="999999999"', '<row r="3" r="999999999"', '<row r="&#57;99999999"']) {
    await rejects(readTable(await moved('<row r="3"', row), 'a.xlsx'), 'FILE_DAMAGED', /损坏/)
  }
})

test('a zip bomb is refused by what it unpacks to, not by what it claims', async () => {
  const packed = deflateRawSync(Buffer.alloc(160 * 1024 * 1024))
  const stored = storeZip(new Map([['xl/workbook.xml', packed]]))
  const directory = stored.readUInt32LE(stored.length - 6)
  stored.writeUInt16LE(8, directory + 10)
  for (const claim of [100, 160 * 1024 * 1024]) {
    stored.writeUInt32LE(claim, directory + 24)
    await rejects(readTable(stored, 'a.xlsx'), 'FILE_TOO_LARGE', /解压/)
  }
})

test('a hidden first sheet, as in templates with choice lists, is passed over', async () => {
  const good = await writeXlsx('a', ['x'], [[1]])
  const two = await tamper(good, (name, xml) => {
    if (name === 'xl/workbook.xml') return xml.replace(/<sheet (?=[^>]*name)/, '<sheet name="lists" sheetId="9" state="hidden" r:id="rId99"/><sheet ')
    if (name === 'xl/_rels/workbook.xml.rels') return xml.replace('</Relationships>', '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/none.xml"/></Relationships>')
    return xml
  })
  assert.deepEqual((await readTable(two, 'a.xlsx')).header, ['x'])
})
