import { SaxesParser } from 'saxes'
import { interner, put } from './attributes.ts'
import type { Collector } from './collect.ts'
import { lifecycleOf } from './lifecycle.ts'
import { StopReading, quote } from './problems.ts'
import { timestampParser } from './timestamps.ts'
import type { Attributes, LogEvent, LogLimits, LogProblem, LogReadOptions } from './types.ts'
import { ATTRIBUTE_TYPES, adopt, valueOf } from './xes-attribute.ts'
import type { OpenAttribute } from './xes-attribute.ts'

type Frame =
  | { kind: 'log' }
  | { kind: 'skip' }
  | { kind: 'trace'; attributes: Attributes; events: LogEvent[]; size: number }
  | { kind: 'event'; attributes: Attributes; size: number }
  | { kind: 'attribute'; open: OpenAttribute; owner: Extract<Frame, { kind: 'trace' | 'event' }> }
  | { kind: 'values'; open: OpenAttribute; owner: Extract<Frame, { kind: 'trace' | 'event' }> }

const LOG: Frame = { kind: 'log' }
const SKIP: Frame = { kind: 'skip' }
/** Text a parser may hold back between two tags: more is an attack or not XES. */
const MAX_GAP = 4 * 1024 * 1024

/**
 * Reads XES text as it streams in. Log-level attributes, globals, extensions and classifiers are passed over: globals
 * declare which attributes exist, their values are placeholders (`__INVALID__`) and no defaults. Prefixes of element names
 * are ignored, so files with and without a namespace read alike.
 */
export async function readXes(chunks: AsyncIterable<string>, out: Collector, limits: LogLimits, options: LogReadOptions): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const machine = xesMachine(out, limits, options, () => parser.line)
  const stop = (code: LogProblem['code'], message: string): never => {
    throw new StopReading({ row: out.counts.rows, line: parser.line, code, message: `第 ${parser.line} 行第 ${parser.column} 列：${message}` })
  }
  let lastTag = 0
  parser.on('opentag', tag => {
    lastTag = parser.position
    machine.open(tag.name, tag.attributes)
  })
  parser.on('closetag', () => {
    lastTag = parser.position
    machine.close()
  })
  parser.on('doctype', () => stop('DOCTYPE', '文件含有 DOCTYPE 声明，出于安全考虑不读取，请删除该声明后重试。'))
  parser.on('error', error => stop('XML', xmlSentence(error.message)))

  for await (const chunk of chunks) {
    parser.write(chunk)
    if (parser.position - lastTag > MAX_GAP) stop('TOO_LARGE', `两个标签之间的内容超过 ${MAX_GAP / 1024 ** 2} MB，这不是正常的 XES 文件。`)
    await out.flush()
  }
  parser.close()
  await out.flush()
}

function xmlSentence(message: string): string {
  const text = message.replace(/^\d+:\d+: /, '')
  if (/unclosed tag: (\w+)/.test(text)) return `文件不完整，标签 <${/unclosed tag: ([\w:]+)/.exec(text)![1]}> 没有结束，请重新导出。`
  if (/unexpected close tag|unmatched closing tag/.test(text)) return '开始标签与结束标签不成对。'
  if (/undefined entity/.test(text)) return '使用了未定义的实体；出于安全考虑只支持 XML 自带的五个实体。'
  return `不是合法的 XML（${text.slice(0, 120)}）。`
}

function xesMachine(out: Collector, limits: LogLimits, options: LogReadOptions, line: () => number) {
  const stack: Frame[] = []
  const ids = new Set<string>()
  const share = interner()
  const toTime = timestampParser(options)
  const keys = {
    case: options.mapping?.case ?? 'concept:name', activity: options.mapping?.activity ?? 'concept:name',
    timestamp: options.mapping?.timestamp ?? 'time:timestamp', resource: options.mapping?.resource ?? 'org:resource',
    lifecycle: options.mapping?.lifecycle ?? 'lifecycle:transition',
  }
  let traces = 0

  const tooLarge = (what: string): never => {
    throw new StopReading({ row: out.counts.rows, line: line(), code: 'TOO_LARGE', message: `第 ${line()} 行：${what}。` })
  }

  function open(name: string, xml: Record<string, string>): void {
    if (stack.length >= limits.depth) tooLarge(`嵌套超过 ${limits.depth} 层`)
    stack.push(enter(name.slice(name.indexOf(':') + 1), xml, stack.at(-1)))
  }

  function enter(name: string, xml: Record<string, string>, parent: Frame | undefined): Frame {
    if (!parent) {
      if (name === 'log') return LOG
      throw new StopReading({ row: 0, line: line(), code: 'FORMAT', message: `第 ${line()} 行：这是 XML 文件但不是 XES 日志，根元素是 <${name.slice(0, 60)}>，应为 <log>。` })
    }
    if (parent.kind === 'skip') return SKIP
    if (parent.kind === 'log') {
      if (name === 'trace') {
        traces++
        return { kind: 'trace', attributes: {}, events: [], size: 0 }
      }
      return name === 'event' ? { kind: 'event', attributes: {}, size: 0 } : SKIP
    }
    if (parent.kind === 'trace' && name === 'event') return { kind: 'event', attributes: {}, size: 0 }
    if (parent.kind === 'attribute' && parent.open.type === 'list' && name === 'values') return { ...parent, kind: 'values' }
    if (!ATTRIBUTE_TYPES.has(name)) return SKIP
    const owner = parent.kind === 'trace' || parent.kind === 'event' ? parent : parent.owner
    return { kind: 'attribute', open: openAttribute(name, xml, owner), owner }
  }

  function openAttribute(type: string, xml: Record<string, string>, owner: { size: number }): OpenAttribute {
    if (++owner.size > limits.attributes) tooLarge(`一个事件或案例的属性超过 ${limits.attributes} 个`)
    const key = xml['key'] ?? ''
    const raw = xml['value'] ?? ''
    if (key.length > limits.attributeLength || raw.length > limits.attributeLength) tooLarge(`属性${quote(key)}的内容超过 ${limits.attributeLength} 个字符`)
    return { type, key: share(key), raw: share(raw), children: null, items: null }
  }

  function close(): void {
    const frame = stack.pop()!
    if (frame.kind === 'trace') return closeTrace(frame)
    const parent = stack.at(-1)
    if (frame.kind === 'event') return closeEvent(frame, parent)
    if (frame.kind !== 'attribute' || !parent) return
    const value = valueOf(frame.open, toTime)
    if (parent.kind === 'attribute' || parent.kind === 'values') adopt(parent.open, frame.open.key, value)
    else if (parent.kind === 'trace' || parent.kind === 'event') put(parent.attributes, frame.open.key, value)
  }

  function closeEvent(frame: Extract<Frame, { kind: 'event' }>, parent: Frame | undefined): void {
    const row = ++out.counts.rows
    const trace = parent?.kind === 'trace' ? parent : undefined
    const caseId = trace ? textOf(trace.attributes[keys.case]) : null
    const { attributes } = frame
    const activity = textOf(attributes[keys.activity])
    const stamp = plain(attributes[keys.timestamp])
    const at = stamp instanceof Date ? stamp : typeof stamp === 'string' && stamp.trim() ? toTime(stamp) : null
    const report = (code: LogProblem['code'], field: string, what: string) => {
      const where = caseId ? `（案例${quote(caseId)}）` : ''
      out.problem({ row, line: line(), ...(caseId ? { caseId } : {}), field, code, message: `第 ${row} 个事件，第 ${line()} 行${where}：${what}。` })
    }
    if (!trace) return report('MISSING_CASE', keys.case, '事件不属于任何 <trace>，不知道是哪个案例')
    if (activity === null) report('MISSING_ACTIVITY', keys.activity, `缺少活动名称（${keys.activity}）`)
    if (stamp === undefined || stamp === '') report('MISSING_TIMESTAMP', keys.timestamp, `缺少时间（${keys.timestamp}）`)
    else if (!at) report('BAD_TIMESTAMP', keys.timestamp, `看不懂时间${quote(String(stamp))}`)
    if (activity === null || !at) return

    const resource = textOf(attributes[keys.resource])
    const lifecycleRaw = textOf(attributes[keys.lifecycle])
    const event: LogEvent = { activity, resource, lifecycle: lifecycleOf(lifecycleRaw), lifecycleRaw, at, line: line() }
    if (options.keepAttributes !== false) event.attributes = without(attributes, keys.activity, keys.resource, keys.lifecycle, keys.timestamp)
    out.event(event, row)
    trace.events.push(event)
  }

  function closeTrace(frame: Extract<Frame, { kind: 'trace' }>): void {
    const id = textOf(frame.attributes[keys.case])
    const at = { row: out.counts.rows, line: line() }
    if (id === null) {
      out.problem({ ...at, field: keys.case, code: 'MISSING_CASE', message: `第 ${traces} 个案例（到第 ${at.line} 行为止）缺少编号（${keys.case}）。` })
      return
    }
    if (ids.has(id)) {
      out.problem({ ...at, caseId: id, code: 'DUPLICATE_CASE', message: `到第 ${at.line} 行为止的案例${quote(id)}与前面的案例编号相同。` })
      return
    }
    ids.add(id)
    out.case({ id, events: frame.events, attributes: options.keepAttributes === false ? {} : without(frame.attributes, keys.case) }, at.row, at.line)
  }

  return { open, close }
}

/** The value of an attribute that may carry nested ones. */
function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'value' in value ? value.value : value
}

function textOf(value: unknown): string | null {
  const inner = plain(value)
  if (inner === undefined || inner === null || (typeof inner === 'object' && !(inner instanceof Date))) return null
  const text = inner instanceof Date ? inner.toISOString() : String(inner).trim()
  return text || null
}

function without(attributes: Attributes, ...keys: string[]): Attributes {
  const rest: Attributes = {}
  for (const key of Object.keys(attributes)) if (!keys.includes(key)) put(rest, key, attributes[key])
  return rest
}
