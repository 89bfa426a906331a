import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readEventLog } from './read.ts'
import type { LogCase, LogProblem } from './types.ts'

const fixture = (name: string): string => new URL(`../../test/fixtures/${name}`, import.meta.url).pathname
const bytesOf = (text: string): Uint8Array[] => [Buffer.from(text)]
const brief = (cases: LogCase[]) => cases.map(c => [c.id, ...c.events.map(e => `${e.activity}/${e.resource ?? '-'}/${e.lifecycle}/${e.at.toISOString()}`)])
const lines = (problems: LogProblem[]) => problems.map(p => `${p.row} ${p.line} ${p.code} ${p.field ?? '-'} ${p.caseId ?? '-'}`)
function* pieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

const ORDERS = [
  ['SR-1', '受理/张伟/complete/2024-03-05T00:30:00.000Z', '上门维修/李娜/start/2024-03-05T02:00:00.000Z', '上门维修/李娜/complete/2024-03-05T03:15:00.000Z'],
  ['SR-2', '受理/-/complete/2024-03-06T01:00:00.000Z'],
]

test('an XES file is read with its cases, events and typed, nested attributes', async () => {
  const log = await readEventLog(fixture('orders.xes'))
  assert.equal(log.ok, true)
  assert.deepEqual([log.name, log.format, log.gzip, log.encoding], ['orders.xes', 'xes', false, 'utf-8'])
  assert.deepEqual(brief(log.cases), ORDERS)
  assert.deepEqual(log.cases[0]!.attributes, { priority: 2 })
  assert.deepEqual(log.cases[0]!.events[0]!.attributes, { urgent: true, cost: 12.5, ref: 'a-1' })
  assert.deepEqual(log.cases[0]!.events[2]!.attributes, {
    site: { value: '一号厂房', attributes: { floor: 3 } },
    parts: [{ key: 'part', value: '轴承' }, { key: 'part', value: '皮带 & 螺栓' }],
    address: { attributes: { city: '苏州' } },
  })
  assert.equal(log.cases[0]!.events[0]!.line, 21)
  const { cases, events, activities, rows, emptyCases, firstAt, lastAt } = log.counts
  assert.deepEqual({ cases, events, activities, rows, emptyCases }, { cases: 2, events: 4, activities: 2, rows: 4, emptyCases: 1 })
  assert.deepEqual([firstAt?.toISOString(), lastAt?.toISOString()], ['2024-03-05T00:30:00.000Z', '2024-03-06T01:00:00.000Z'])
})

test('the placeholder of a global is never taken for a value of an event', async () => {
  const log = await readEventLog(fixture('orders.xes'))
  assert.deepEqual(log.cases[1]!.events.map(e => [e.lifecycle, e.lifecycleRaw]), [['complete', null]])
})

test('an XES file with element prefixes reads like one without', async () => {
  assert.deepEqual(brief((await readEventLog(fixture('orders-prefixed.xes'))).cases), ORDERS)
})

test('gzip is known by its content, whatever the name says', async () => {
  const log = await readEventLog([gzipSync(await readFile(fixture('orders.xes')))], { name: 'orders.csv' })
  assert.deepEqual([log.ok, log.gzip, log.format, log.name], [true, true, 'xes', 'orders.csv'])
  assert.deepEqual(brief(log.cases), ORDERS)
})

const CSV = [
  ['SR-2', '受理/-/complete/2024-03-06T01:00:00.000Z'],
  ['SR-1', '受理/张伟/complete/2024-03-05T00:30:00.000Z', '上门维修/李娜/complete/2024-03-05T03:15:00.000Z'],
]
for (const [file, encoding, delimiter] of [['orders.csv', 'utf-8', ','], ['orders-gb18030.csv', 'gb18030', ','], ['orders-utf16.csv', 'utf-16le', '\t']] as const) {
  test(`a Chinese CSV in ${encoding} is read, its columns recognised and its cases put in order of time`, async () => {
    const log = await readEventLog(fixture(file))
    assert.deepEqual(log.problems, [])
    assert.deepEqual([log.format, log.encoding, log.csv?.delimiter], ['csv', encoding, delimiter])
    assert.deepEqual(log.csv?.mapping, { case: '工单号', activity: '环节', timestamp: '完成时间', resource: '处理人' })
    assert.deepEqual(brief(log.cases), CSV)
    assert.deepEqual(log.cases[1]!.attributes, { 客户: '上海电梯' })
    assert.deepEqual(log.cases[1]!.events.map(e => e.attributes), [{ 备注: '电话' }, { 备注: '换轴承,\n换皮带' }])
    assert.deepEqual([log.counts.reorderedCases, log.counts.rows], [1, 3])
  })
}

for (const file of ['orders.xes', 'orders.csv', 'orders-gb18030.csv', 'orders-utf16.csv']) {
  test(`${file} reads the same in pieces of one, two and seven bytes, also zipped`, async () => {
    const bytes = await readFile(fixture(file))
    const whole = await readEventLog([bytes])
    for (const size of [1, 2, 7]) {
      for (const source of [pieces(bytes, size), pieces(gzipSync(bytes), size)]) {
        const log = await readEventLog(source)
        assert.deepEqual(log.problems, [])
        assert.deepEqual(log.cases, whole.cases)
      }
    }
  })
}

test('a malformed CSV is reported row by row and gives no case', async () => {
  const log = await readEventLog(fixture('orders-malformed.csv'))
  assert.equal(log.ok, false)
  assert.deepEqual(log.cases, [])
  assert.deepEqual(lines(log.problems), [
    '3 3 MISSING_CASE 单号 -',
    '4 4 MISSING_ACTIVITY 活动 SR-1',
    '5 5 BAD_TIMESTAMP 时间 SR-1',
    '6 6 MISSING_TIMESTAMP 时间 SR-1',
    '7 7 CSV  SR-1',
    '7 7 MISSING_TIMESTAMP 时间 SR-1',
    '8 8 BAD_TIMESTAMP 时间 SR-2',
    '9 9 MISSING_CASE 单号 -',
    '9 9 MISSING_ACTIVITY 活动 -',
    '9 9 BAD_TIMESTAMP 时间 -',
  ])
  assert.equal(log.problems[2]!.message, '第 5 行：看不懂时间“昨天下午”，请用 2024-03-05 08:30 这样的写法。')
  assert.deepEqual([log.counts.events, log.counts.rows, log.counts.problems], [1, 8, 10])
})

test('a malformed XES is reported event by event and gives no case', async () => {
  const log = await readEventLog(fixture('orders-malformed.xes'))
  assert.deepEqual(log.cases, [])
  assert.deepEqual(lines(log.problems), [
    '2 6 MISSING_TIMESTAMP time:timestamp SR-1',
    '3 7 BAD_TIMESTAMP time:timestamp SR-1',
    '4 8 MISSING_ACTIVITY concept:name SR-1',
    '5 12 MISSING_CASE concept:name -',
    '6 16 DUPLICATE_CASE - SR-1',
    '7 17 MISSING_CASE concept:name -',
  ])
  assert.equal(log.problems[1]!.message, '第 3 个事件，第 7 行（案例“SR-1”）：看不懂时间“2024-02-30T08:30:00+08:00”。')
})

test('an XES file that breaks off is reported with the place', async () => {
  const log = await readEventLog(fixture('orders-truncated.xes'))
  assert.deepEqual([log.ok, log.cases.length, log.problems.length], [false, 0, 1])
  assert.deepEqual([log.problems[0]!.code, log.problems[0]!.row, log.problems[0]!.line], ['XML', 1, 25])
  assert.match(log.problems[0]!.message, /^第 25 行.*文件不完整/)
})

test('a gzip file that breaks off is reported with the byte and the line reached', async () => {
  const event = (i: number) => `SR-${i},受理,2024-03-05 08:30:${String(i % 60).padStart(2, '0')}\n`
  const zipped = gzipSync(`单号,活动,时间\n${Array.from({ length: 20_000 }, (_, i) => event((i * 7919) % 20_000)).join('')}`)
  const half = Math.floor(zipped.length / 2)
  const log = await readEventLog([zipped.subarray(0, half)])
  assert.deepEqual([log.ok, log.cases.length, log.problems.length, log.problems[0]!.code], [false, 0, 1, 'GZIP'])
  assert.ok(log.problems[0]!.line > 1000, `line ${log.problems[0]!.line}`)
  assert.match(log.problems[0]!.message, new RegExp(`^第 ${log.problems[0]!.line} 行：压缩文件不完整，在第 ${half} 字节处中断`))
})

test('a damaged gzip file is reported as damaged', async () => {
  const zipped = gzipSync('x'.repeat(50_000))
  zipped.fill(0xff, 20, 40)
  assert.match((await readEventLog([zipped])).problems[0]!.message, /压缩文件已损坏/)
})

test('a DOCTYPE is refused before any entity is expanded', async () => {
  const log = await readEventLog(fixture('orders-doctype.xes'))
  assert.deepEqual(log.problems.map(p => [p.code, p.line]), [['DOCTYPE', 2]])
})

test('an entity XML does not define is refused', async () => {
  const log = await readEventLog(bytesOf('<log><trace><string key="concept:name" value="&secret;"/></trace></log>'))
  assert.deepEqual(log.problems.map(p => p.code), ['XML'])
})

test('a gzip bomb is stopped at the limit of unzipped bytes', async () => {
  const bomb = gzipSync(Buffer.concat([Buffer.from('单号,活动,时间\n'), Buffer.alloc(64 * 1024 * 1024, '\n')]))
  const log = await readEventLog([bomb], { limits: { unzippedBytes: 1024 * 1024 } })
  assert.deepEqual(log.problems.map(p => p.code), ['TOO_LARGE'])
  assert.match(log.problems[0]!.message, /超过 1 MB 的上限/)
  assert.ok(log.counts.bytes < 2 * 1024 * 1024)
})

test('an XML tag or text without end is stopped before it fills the memory', async () => {
  function* endless() {
    yield Buffer.from('<log><trace note="')
    for (let i = 0; i < 4096; i++) yield Buffer.alloc(64 * 1024, 'a')
  }
  const log = await readEventLog(endless())
  assert.deepEqual(log.problems.map(p => p.code), ['TOO_LARGE'])
  assert.ok(log.counts.bytes < 8 * 1024 * 1024)
})

const trace = (id: string, events: string) => `<trace><string key="concept:name" value="${id}"/>${events}</trace>`
const event = (name: string, extra = '') => `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="2024-03-05T08:30:00Z"/>${extra}</event>`
const xes = (...traces: string[]) => bytesOf(`<log>${traces.join('\n')}</log>`)

test('each limit stops the reading and says which it was', async () => {
  const nested = `${'<string key="a" value="b">'.repeat(10)}${'</string>'.repeat(10)}`
  const cases: Array<[Uint8Array[], Record<string, number>, RegExp]> = [
    [xes(trace('1', event('a') + event('b') + event('c'))), { events: 2 }, /事件超过 2 个/],
    [xes(trace('1', event('a')), trace('2', event('a'))), { cases: 1 }, /案例超过 1 个/],
    [xes(trace('1', event('a') + event('b'))), { activities: 1 }, /活动名称超过 1 个/],
    [xes(trace('1', event('a', nested))), { depth: 8 }, /嵌套超过 8 层/],
    [xes(trace('1', event('a', `<string key="k" value="${'v'.repeat(200)}"/>`))), { attributeLength: 100 }, /超过 100 个字符/],
    [xes(trace('1', event('a', nested))), { attributes: 5 }, /属性超过 5 个/],
  ]
  for (const [source, limits, message] of cases) {
    const log = await readEventLog(source, { limits })
    assert.deepEqual(log.problems.map(p => p.code), ['TOO_LARGE'])
    assert.match(log.problems[0]!.message, message)
    assert.deepEqual(log.cases, [])
  }
})

test('1,000 problems are reported and all 1,500 are counted', async () => {
  const log = await readEventLog(bytesOf(`单号,活动,时间\n${'SR-1,受理,不详\n'.repeat(1500)}`))
  assert.deepEqual([log.problems.length, log.counts.problems], [1000, 1500])
  assert.equal(log.problems[999]!.line, 1001)
})

test('columns we do not recognise are asked for, and an explicit mapping answers', async () => {
  const text = 'A,B,C,D\n1,受理,2024-03-05 08:30,x\n'
  const lost = await readEventLog(bytesOf(text))
  assert.deepEqual(lost.problems.map(p => [p.code, p.field]), [['MISSING_COLUMN', 'case'], ['MISSING_COLUMN', 'activity'], ['MISSING_COLUMN', 'timestamp']])
  const wrong = await readEventLog(bytesOf(text), { mapping: { case: 'A', activity: 'B', timestamp: 'Z' } })
  assert.deepEqual(wrong.problems.map(p => [p.code, p.field]), [['MISSING_COLUMN', 'timestamp']])
  const told = await readEventLog(bytesOf(text), { mapping: { case: 'A', activity: 'B', timestamp: 'C', resource: 'D' } })
  assert.deepEqual(brief(told.cases), [['1', '受理/x/complete/2024-03-05T00:30:00.000Z']])
})

test('an XES mapping takes the activity from another attribute', async () => {
  const log = await readEventLog(xes(trace('1', event('a', '<string key="Activity" value="b"/>'))), { mapping: { activity: 'Activity' } })
  assert.deepEqual(log.cases[0]!.events.map(e => e.activity), ['b'])
})

test('a row with a start and a complete time gives two events on the same line', async () => {
  const log = await readEventLog(fixture('repairs.csv'), { timeZone: 'UTC' })
  assert.deepEqual(log.problems, [])
  assert.deepEqual(log.cases[0]!.events.map(e => `${e.line} ${e.activity} ${e.lifecycle} ${e.at.toISOString().slice(11, 16)}`), [
    '2 Analyse start 08:00', '2 Analyse complete 08:30', '3 Repair start 09:00', '4 Repair start 09:30', '4 Repair complete 09:45', '3 Repair complete 10:00', '5 Archive complete 10:05',
  ])
})

test('quotes out of place are reported with the line on which they begin', async () => {
  const rows = (second: string) => bytesOf(`单号,活动,时间\nSR-1,受理,2024-03-05 08:30\n${second}\nSR-3,受理,\nSR-4,受理,2024-03-05 08:30\n`)
  const report = async (second: string) => (await readEventLog(rows(second))).problems.map(p => [p.code, p.line])
  assert.deepEqual(await report('SR-2,受"理,2024-03-05 08:30'), [['CSV', 3], ['MISSING_TIMESTAMP', 4]])
  assert.deepEqual(await report('SR-2,"受"理,2024-03-05 08:30'), [['CSV', 3]])
  assert.deepEqual(await report('SR-2,"受理,2024-03-05 08:30'), [['CSV', 3]])
  const endless = await readEventLog(bytesOf(`单号,活动,时间\nSR-1,"${'长'.repeat(5000)}`), { limits: { attributeLength: 1000 } })
  assert.deepEqual(endless.problems.map(p => [p.code, p.line]), [['TOO_LARGE', 2]])
})

test('cases are handed over one by one and awaited, and none after the first problem', async () => {
  const seen: string[] = []
  let running = 0
  const onCase = async (logCase: LogCase) => {
    assert.equal(++running, 1)
    await new Promise(resolve => setImmediate(resolve))
    running--
    seen.push(logCase.id)
  }
  const log = await readEventLog(fixture('orders.xes'), { onCase })
  assert.deepEqual([seen, log.cases, log.counts.cases], [['SR-1', 'SR-2'], [], 2])
  seen.length = 0
  await readEventLog(fixture('orders-malformed.xes'), { onCase })
  await readEventLog(fixture('orders-malformed.csv'), { onCase })
  assert.deepEqual(seen, [])
})

test('a failing receiver of cases fails the reading', async () => {
  await assert.rejects(readEventLog(fixture('orders.xes'), { onCase: () => { throw new Error('disk full') } }), /disk full/)
})

test('what is no log is refused with what to do', async () => {
  const sources: Array<[Uint8Array[] | string, string, RegExp]> = [
    [bytesOf(''), 'EMPTY', /文件是空的/],
    [bytesOf(' \n\n'), 'EMPTY', /文件是空的/],
    [bytesOf('单号,活动,时间\n'), 'EMPTY', /没有任何事件/],
    [bytesOf('<log/>'), 'EMPTY', /没有任何事件/],
    [bytesOf('<html><body/></html>'), 'FORMAT', /根元素是 <html>/],
    [bytesOf('PK\u0003\u0004 and more'), 'FORMAT', /另存为 CSV/],
    [[Buffer.from([1, 2, 0, 0, 3, 0, 7])], 'FORMAT', /不是文本/],
    [fixture('no-such-file.csv'), 'FILE', /找不到该文件/],
  ]
  for (const [source, code, message] of sources) {
    const log = await readEventLog(source)
    assert.deepEqual([log.ok, log.problems.map(p => p.code)], [false, [code]], String(message))
    assert.match(log.problems[0]!.message, message)
  }
})

test('text that changes its encoding on the way is refused with its line, and a named encoding is obeyed', async () => {
  const gb = Buffer.from([0xca, 0xdc, 0xc0, 0xed])
  const mixed = Buffer.concat([Buffer.from(`单号,活动,时间\n${'SR-1,受理,2024-03-05 08:30\n'.repeat(1000)}SR-1,`), gb, Buffer.from(',2024-03-05 08:30\n')])
  const log = await readEventLog([mixed.subarray(0, 20_000), mixed.subarray(20_000)])
  assert.deepEqual(log.problems.map(p => p.code), ['ENCODING'])
  const short = Buffer.concat([Buffer.from('case,activity,time\n1,'), gb, Buffer.from(',2024-03-05 08:30\n')])
  assert.deepEqual((await readEventLog([short], { encoding: 'gb18030' })).cases[0]!.events.map(e => e.activity), ['受理'])
})

test('an attribute called __proto__ is data like any other', async () => {
  const log = await readEventLog(xes(trace('1', event('a', '<container key="__proto__"><string key="polluted" value="yes"/></container>'))))
  const attributes = log.cases[0]!.events[0]!.attributes!
  assert.equal(Object.getPrototypeOf(attributes), Object.prototype)
  assert.deepEqual(Object.keys(attributes), ['__proto__'])
  assert.equal((attributes as { polluted?: string }).polluted, undefined)
})

test('attributes can be left out to save memory', async () => {
  const log = await readEventLog(fixture('orders.xes'), { keepAttributes: false })
  assert.deepEqual(log.cases[0]!.attributes, {})
  assert.equal('attributes' in log.cases[0]!.events[0]!, false)
})
