import type { Attributes, LogCase, LogEvent } from './types.ts'

export type Cases = Iterable<LogCase> | AsyncIterable<LogCase>

/** Writes XES (IEEE 1849, version 1.0 header for the widest reach), one case a piece of text. UTF-8 is declared: encode so. */
export async function* writeXes(cases: Cases, options: { name?: string } = {}): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    + '<log xes.version="1.0" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">\n'
    + ['Concept', 'Lifecycle', 'Organizational', 'Time'].map(extension).join('')
    + (options.name === undefined ? '' : attribute('concept:name', options.name, '  '))
  for await (const logCase of cases) {
    let text = `  <trace>\n${attribute('concept:name', logCase.id, '    ')}${attributes(logCase.attributes, '    ')}`
    for (const event of logCase.events) text += `    <event>\n${eventAttributes(event)}    </event>\n`
    yield `${text}  </trace>\n`
  }
  yield '</log>\n'
}

function extension(name: string): string {
  const file = name === 'Organizational' ? 'org' : name.toLowerCase()
  return `  <extension name="${name}" prefix="${file}" uri="http://www.xes-standard.org/${file}.xesext"/>\n`
}

function eventAttributes(event: LogEvent): string {
  return attribute('concept:name', event.activity, '      ')
    + (event.resource === null ? '' : attribute('org:resource', event.resource, '      '))
    + (lifecycleText(event) === null ? '' : attribute('lifecycle:transition', lifecycleText(event), '      '))
    + attribute('time:timestamp', event.at, '      ')
    + attributes(event.attributes ?? {}, '      ')
}

/** A completion nobody spelt out stays unspoken, so that reading gives back what was there. */
function lifecycleText(event: LogEvent): string | null {
  return event.lifecycleRaw ?? (event.lifecycle === 'complete' ? null : event.lifecycle)
}

function attributes(record: Attributes, indent: string): string {
  return Object.entries(record).map(([key, value]) => attribute(key, value, indent)).join('')
}

function attribute(key: string, value: unknown, indent: string): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) {
    const items = (value as Array<{ key: string; value: unknown }>).map(item => attribute(item.key, item.value, `${indent}    `)).join('')
    return `${indent}<list key="${escape(key)}">\n${indent}  <values>\n${items}${indent}  </values>\n${indent}</list>\n`
  }
  if (typeof value === 'object' && !(value instanceof Date)) {
    const nested = value as { value?: unknown; attributes?: Attributes }
    const [type, text] = nested.value === undefined ? ['container', null] : typed(nested.value)
    return `${indent}<${type} key="${escape(key)}"${text === null ? '' : ` value="${escape(text)}"`}>\n${attributes(nested.attributes ?? {}, `${indent}  `)}${indent}</${type}>\n`
  }
  const [type, text] = typed(value)
  return `${indent}<${type} key="${escape(key)}" value="${escape(text)}"/>\n`
}

function typed(value: unknown): [type: string, text: string] {
  if (value instanceof Date) return ['date', value.toISOString()]
  if (typeof value === 'boolean') return ['boolean', String(value)]
  if (typeof value === 'number' && Number.isFinite(value)) return [Number.isSafeInteger(value) ? 'int' : 'float', String(value)]
  return ['string', String(value)]
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' }

/** Line breaks must be written as references, or a reader turns them into spaces; what XML cannot hold becomes U+FFFD. */
function escape(text: string): string {
  return text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- exactly the characters XML 1.0 forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, char => ENTITIES[char]!)
}

export interface CsvWriteOptions {
  /** Keys to write beyond the standard columns. Default: all there are, when `cases` is an array; none when it streams. */
  caseAttributes?: string[]
  eventAttributes?: string[]
  delimiter?: string
  /** A byte order mark, without which spreadsheets take UTF-8 for the local encoding. Default true. */
  bom?: boolean
  /**
   * Puts an apostrophe before cells that a spreadsheet would run as a formula (`= + - @`). For files that people open;
   * such cells then read back with the apostrophe. Default false.
   */
  guardFormulas?: boolean
}

/** Writes CSV (RFC 4180) with the column names of XES, case attributes prefixed `case:`; one case a piece of text. */
export async function* writeCsv(cases: Cases, options: CsvWriteOptions = {}): AsyncGenerator<string> {
  const list = Array.isArray(cases) ? (cases as LogCase[]) : null
  const caseKeys = options.caseAttributes ?? union(list?.map(logCase => logCase.attributes) ?? [])
  const eventKeys = options.eventAttributes ?? union(list?.flatMap(logCase => logCase.events.map(event => event.attributes ?? {})) ?? [])
  const delimiter = options.delimiter ?? ','
  const special = new RegExp(`["\\r\\n${delimiter === '|' ? '\\|' : delimiter}]|^\\s|\\s$`)
  const cell = (value: unknown): string => {
    let text = csvText(value)
    if (options.guardFormulas && /^[=+\-@\t\r]/.test(text)) text = `'${text}`
    return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const row = (values: unknown[]): string => `${values.map(cell).join(delimiter)}\r\n`
  const head = ['case:concept:name', 'concept:name', 'time:timestamp', 'org:resource', 'lifecycle:transition', ...caseKeys.map(key => `case:${key}`), ...eventKeys]
  yield (options.bom === false ? '' : '\ufeff') + row(head)
  for await (const { id, events, attributes: ofCase } of cases) {
    let text = ''
    for (const event of events) {
      text += row([id, event.activity, event.at, event.resource, lifecycleText(event), ...caseKeys.map(key => ofCase[key]), ...eventKeys.map(key => event.attributes?.[key])])
    }
    yield text
  }
}

function union(records: Attributes[]): string[] {
  return [...new Set(records.flatMap(record => Object.keys(record)))].sort()
}

function csvText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
