import { openBytes } from './bytes.ts'
import type { ByteSource } from './bytes.ts'
import { collector } from './collect.ts'
import type { Collector } from './collect.ts'
import { readCsv } from './csv.ts'
import { StopReading } from './problems.ts'
import { decodeText } from './text.ts'
import { DEFAULT_LIMITS } from './types.ts'
import type { LogProblem, LogReadOptions, LogReadResult } from './types.ts'
import { readXes } from './xes.ts'

/**
 * Reads an event log, XES or CSV, gzipped or not; what it is shows in its content, not in its name.
 *
 * What is wrong with the file comes back as problems (row by row, the first 1,000 and their total), never as an exception;
 * then `ok` is false and `cases` is empty. Exceptions are the caller's: an unknown time zone, a failing `onCase` or source.
 * @param source a file path, or the bytes
 */
export async function readEventLog(source: ByteSource, options: LogReadOptions = {}): Promise<LogReadResult> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const out = collector(limits, options.onCase)
  const name = options.name ?? (typeof source === 'string' ? source.replace(/^.*[\\/]/, '') : '')
  const result: LogReadResult = {
    ok: false, name, format: 'unknown', gzip: false, encoding: null, cases: out.cases, problems: out.problems.items, counts: out.counts,
  }
  let bytes: Awaited<ReturnType<typeof openBytes>> | undefined
  let text: ReturnType<typeof decodeText> | undefined
  try {
    bytes = await openBytes(source, limits.unzippedBytes)
    result.gzip = bytes.gzip
    text = decodeText(bytes.chunks, options.encoding)
    const chunks = text.chunks[Symbol.asyncIterator]()
    const head = await takeHead(chunks)
    refuseForeign(head)
    const all = prepend(head, chunks)
    if (/^\s*</.test(head)) {
      result.format = 'xes'
      await readXes(all, out, limits, options)
    } else if (head.trim() !== '') {
      result.format = 'csv'
      const shape = await readCsv(all, out, limits, options)
      if (shape) result.csv = shape
    }
    if (out.counts.events === 0 && out.problems.total === 0) out.problem(emptyLog(head))
  } catch (error) {
    if (!(error instanceof StopReading)) throw error
    out.problem(placed(error.problem, text?.lines ?? 0, out))
  }
  out.counts.bytes = bytes?.bytes ?? 0
  result.encoding = text && out.counts.bytes > 0 ? text.encoding : null
  result.ok = out.problems.total === 0
  return result
}

async function takeHead(chunks: AsyncIterator<string>): Promise<string> {
  let head = ''
  while (head.trim().length < 64) {
    const next = await chunks.next()
    if (next.done) break
    head += next.value
  }
  return head
}

async function* prepend(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    yield head
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

function refuseForeign(head: string): void {
  const refuse = (message: string): never => {
    throw new StopReading({ row: 0, line: 0, code: 'FORMAT', message })
  }
  if (head.startsWith('PK\u0003\u0004')) refuse('这是 Excel 或 ZIP 文件，请在 Excel 中另存为 CSV（UTF-8）后再导入。')
  if (head.slice(0, 4096).includes('\u0000')) refuse('文件内容不是文本，只支持 XES 与 CSV（可用 gzip 压缩）。')
}

function emptyLog(head: string): LogProblem {
  return { row: 0, line: 0, code: 'EMPTY', message: head.trim() === '' ? '文件是空的。' : '文件里没有任何事件。' }
}

/** Problems of the byte layer do not know how far the text had come. */
function placed(problem: LogProblem, lines: number, out: Collector): LogProblem {
  if (problem.line > 0 || lines === 0 || problem.code === 'FORMAT' || problem.code === 'FILE') return problem
  const line = lines + 1
  const last = out.counts.rows > 0 ? `，之前已读到 ${out.counts.rows} 个事件` : ''
  return { ...problem, row: out.counts.rows, line, message: `第 ${line} 行：${problem.message.replace(/。$/, '')}${last}。` }
}
