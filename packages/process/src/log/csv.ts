import { parse } from 'csv-parse'
import { finished } from 'node:stream/promises'
import { interner, put } from './attributes.ts'
import type { Collector } from './collect.ts'
import { essentials, recogniseColumns } from './columns.ts'
import { lifecycleOf } from './lifecycle.ts'
import { StopReading, quote } from './problems.ts'
import { timestampParser } from './timestamps.ts'
import type { Attributes, LogCase, LogEvent, LogLimits, LogMapping, LogProblem, LogReadOptions } from './types.ts'

interface CsvShape { delimiter: string; columns: string[]; mapping: LogMapping }

const DELIMITERS = [',', ';', '\t', '|']
const LABEL: Record<'case' | 'activity' | 'timestamp', string> = { case: '案例编号', activity: '活动', timestamp: '时间' }

/** Reads CSV text: the first record names the columns, each further one is an event (two where a start time is given). */
export async function readCsv(chunks: AsyncIterable<string>, out: Collector, limits: LogLimits, options: LogReadOptions): Promise<CsvShape | undefined> {
  const text = chunks[Symbol.asyncIterator]()
  const sample = await takeSample(text)
  const delimiter = options.delimiter ?? detectDelimiter(sample, options.mapping)
  let shape: CsvShape | undefined
  let row: ((record: string[], line: number) => void) | undefined
  let stop: unknown
  let lastLine = 0
  const cases = new Map<string, LogCase>()

  const parser = parse({
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: limits.attributeLength * 4,
    on_record: (record: string[], context: { lines: number }) => {
      if (stop) return undefined
      lastLine = context.lines
      try {
        if (row) row(record, context.lines)
        else {
          shape = header(record, delimiter, out, limits, options)
          row = rowReader(shape, cases, out, limits, options)
        }
      } catch (error) {
        stop = error
      }
      return undefined
    },
    on_skip: (error?: { code: string; lines?: number; message: string }) => {
      const line = error?.lines ?? 0
      const code = error?.code ?? ''
      // Only a quote inside a field leaves the parser in step; after the others it takes the following rows for one field.
      if (stop) return
      if (code === 'INVALID_OPENING_QUOTE') out.problem(csvProblem(line, code))
      else stop = new StopReading(csvProblem(SPREADS.has(code) ? lastLine + 1 : line, code))
    },
  })
  parser.resume()
  const done = finished(parser).catch((error: unknown) => { stop ??= error })
  parser.write(sample)
  for (let next = await text.next(); !next.done && !stop; next = await text.next()) {
    if (next.value && !parser.write(next.value)) await Promise.race([new Promise(resolve => parser.once('drain', resolve)), done])
  }
  if (!stop) {
    parser.end()
    await done
  } else {
    parser.destroy()
    await text.return?.()
  }
  if (stop) throw stop
  for (const [, logCase] of cases) out.case(logCase, out.counts.rows, logCase.events.at(-1)?.line ?? 0)
  await out.flush()
  return shape
}

/** Noticed far behind the row that caused them. */
const SPREADS = new Set(['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'])

function csvProblem(line: number, code: string): LogProblem {
  const why: Record<string, string> = {
    CSV_QUOTE_NOT_CLOSED: '从这里开始的引号没有成对，直到文件末尾也没有找到结束引号',
    CSV_INVALID_CLOSING_QUOTE: '结束引号后面还有文字，之后的行无法可靠读取',
    INVALID_OPENING_QUOTE: '字段中间出现了引号',
    CSV_MAX_RECORD_SIZE: '一行过长，很可能缺少结束引号',
  }
  return { row: line, line, code: code === 'CSV_MAX_RECORD_SIZE' ? 'TOO_LARGE' : 'CSV', message: `第 ${line} 行：${why[code] ?? '不符合 CSV 格式'}，请检查引号与分隔符。` }
}

async function takeSample(text: AsyncIterator<string>): Promise<string> {
  let sample = ''
  while (sample.length < 16 * 1024) {
    const next = await text.next()
    if (next.done) break
    sample += next.value
  }
  return sample
}

/** The delimiter under which the first line names most of the fields we need; then the one that divides it into most parts. */
function detectDelimiter(sample: string, mapping?: LogMapping): string {
  const first = /^[^\r\n]*/.exec(sample.replace(/^[\r\n]+/, ''))![0]
  let best = { delimiter: ',', fields: -1, parts: 0 }
  for (const delimiter of DELIMITERS) {
    const headers = first.split(delimiter).map(part => part.trim().replace(/^"(.*)"$/, '$1'))
    const fields = essentials(recogniseColumns(headers, mapping))
    if (fields > best.fields || (fields === best.fields && headers.length > best.parts)) best = { delimiter, fields, parts: headers.length }
  }
  return best.delimiter
}

function header(record: string[], delimiter: string, out: Collector, limits: LogLimits, options: LogReadOptions): CsvShape {
  const columns = record.map(name => name.trim())
  if (columns.length > limits.attributes) {
    throw new StopReading({ row: 1, line: 1, code: 'TOO_LARGE', message: `第 1 行：列数 ${columns.length} 超过 ${limits.attributes} 的上限。` })
  }
  const mapping = recogniseColumns(columns, options.mapping)
  const missing: LogProblem[] = []
  for (const [field, name] of Object.entries(mapping)) {
    if (!columns.includes(name)) missing.push({ row: 1, line: 1, field, code: 'MISSING_COLUMN', message: `第 1 行：指定的列${quote(name)}在文件中不存在，现有的列是 ${quote(columns.join('、'))}。` })
  }
  for (const field of ['case', 'activity', 'timestamp'] as const) {
    if (mapping[field] || (field === 'timestamp' && mapping.startTimestamp)) continue
    missing.push({ row: 1, line: 1, field, code: 'MISSING_COLUMN', message: `第 1 行：没有找到${LABEL[field]}列，请指定哪一列是${LABEL[field]}，现有的列是 ${quote(columns.join('、'))}。` })
  }
  for (const problem of missing.slice(0, -1)) out.problem(problem)
  if (missing.length) throw new StopReading(missing.at(-1)!)
  return { delimiter, columns, mapping }
}

function rowReader(shape: CsvShape, cases: Map<string, LogCase>, out: Collector, limits: LogLimits, options: LogReadOptions): (record: string[], line: number) => void {
  const { columns, mapping } = shape
  const at = (name: string | undefined): number => (name === undefined ? -1 : columns.indexOf(name))
  const [iCase, iActivity, iTime, iStart, iResource, iLifecycle] = [mapping.case, mapping.activity, mapping.timestamp, mapping.startTimestamp, mapping.resource, mapping.lifecycle].map(at) as [number, number, number, number, number, number]
  const known = new Set([iCase, iActivity, iTime, iStart, iResource, iLifecycle])
  const extra = options.keepAttributes === false ? [] : columns.flatMap((name, i) => (known.has(i) || !name ? [] : [{ i, ofCase: name.startsWith('case:'), key: name.replace(/^case:/, '') }]))
  const toTime = timestampParser(options)
  const share = interner()

  return (record, line) => {
    if (record.every(value => value.trim() === '')) return
    out.counts.rows++
    const cell = (i: number): string | null => (i < 0 ? null : record[i]?.trim() || null)
    const caseId = cell(iCase)
    const activity = cell(iActivity)
    const report = (code: LogProblem['code'], field: string, what: string) => {
      out.problem({ row: line, line, ...(caseId ? { caseId } : {}), field, code, message: `第 ${line} 行：${what}。` })
    }
    const before = out.problems.total
    if (record.length !== columns.length) report('CSV', '', `有 ${record.length} 列，表头有 ${columns.length} 列`)
    for (const [i, value] of record.entries()) {
      if (value.length > limits.attributeLength) report('TOO_LARGE', columns[i] ?? '', `${quote(columns[i] ?? '')}列的内容超过 ${limits.attributeLength} 个字符`)
    }
    if (caseId === null) report('MISSING_CASE', mapping.case!, '缺少案例编号')
    if (activity === null) report('MISSING_ACTIVITY', mapping.activity!, '缺少活动名称')
    const time = (i: number): Date | null => {
      const text = cell(i)
      if (text === null) return null
      const value = toTime(text)
      if (!value) report('BAD_TIMESTAMP', columns[i]!, `看不懂时间${quote(text)}，请用 2024-03-05 08:30 这样的写法`)
      return value
    }
    const started = time(iStart)
    const ended = time(iTime)
    if (cell(iStart) === null && cell(iTime) === null) report('MISSING_TIMESTAMP', mapping.timestamp ?? mapping.startTimestamp!, '缺少时间')
    if (started && ended && started > ended) report('BAD_TIMESTAMP', columns[iStart]!, '开始时间晚于完成时间')
    if (out.problems.total > before) return

    const id = share(caseId!)
    let logCase = cases.get(id)
    if (!logCase) cases.set(id, (logCase = { id, events: [], attributes: {} }))
    const attributes: Attributes = {}
    for (const { i, ofCase, key } of extra) {
      const value = record[i]
      if (!value) continue
      if (!ofCase) put(attributes, key, share(value))
      else if (!Object.hasOwn(logCase.attributes, key)) put(logCase.attributes, key, share(value))
    }
    const resource = cell(iResource)
    const lifecycleRaw = cell(iLifecycle)
    const base = { activity: share(activity!), resource: resource === null ? null : share(resource), line, ...(extra.length ? { attributes } : {}) }
    const push = (event: LogEvent) => {
      out.event(event, line)
      logCase.events.push(event)
    }
    if (started) push({ ...base, lifecycle: 'start', lifecycleRaw: 'start', at: started })
    if (!ended) return
    const raw = started ? 'complete' : lifecycleRaw === null ? null : share(lifecycleRaw)
    push({ ...base, lifecycle: lifecycleOf(raw), lifecycleRaw: raw, at: ended })
  }
}
