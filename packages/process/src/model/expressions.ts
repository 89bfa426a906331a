import type { FeelExpression } from '../feel/index.ts'
import { FeelError, compileFeel } from '../feel/index.ts'
import { isJuel, translateJuel, translateText, type Translated } from './juel.ts'
import { readClock } from './task-parts.ts'
import type { Moddle } from './moddle.ts'
import { called, one, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse } from './problems.ts'
import { timerTextValid } from './timer-text.ts'
import type { TimerSpec } from './types.ts'

/** A FEEL text of the model, or `${…}` that says the same; a broken one is reported at `elementId`, and null returned. */
export function readFeel(source: string, elementId: string | undefined, findings: Findings, translate: (text: string) => Translated = translateJuel): FeelExpression | null {
  let feel = fromXPath(source)
  if (isJuel(source)) {
    const translated = translate(source)
    if ('reason' in translated) {
      refuse(findings, elementId, 'CONDITION_LANGUAGE', `“${elementId}”的表达式 ${source.trim().slice(0, 60)} 不能执行：${translated.reason}，请改用 FEEL`)
      return null
    }
    feel = translated.feel
  }
  try {
    return compileFeel(feel)
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    refuse(findings, elementId, error.code, `“${elementId}”的表达式有误：${error.message}`)
    return null
  }
}

/** BPMN's own functions of XPath, its default language (BPMN 2.0.2, 10.4.3): data by name; texts in single quotes. Whatever else XPath has is refused as no FEEL. */
function fromXPath(source: string): string {
  if (!/\bget(DataObject|ProcessProperty)\(\s*'/.test(source)) return source
  const named = source.replace(/(?:\w+:)?get(?:DataObject|ProcessProperty)\(\s*'([\p{L}_][\p{L}\p{N}_]*)'\s*\)/gu, '$1')
  return named.replace(/'([^'"]*)'/g, '"$1"')
}

/** Vendors' attributes hold either a literal or an expression, told apart by how they begin. */
export function readValue(source: string, elementId: string | undefined, findings: Findings): FeelExpression | null {
  return /^\s*=/.test(source) || isJuel(source) ? readFeel(source, elementId, findings, translateText) : compileFeel(JSON.stringify(source))
}

const READABLE = /feel/i
const UEL = /juel|uel|java.*el|unified/i

/** An expression element (condition, cardinality, …); absent or blank is null. */
export function readExpression(holder: Moddle | null, owner: Moddle, findings: Findings): FeelExpression | null {
  const body = holder && text(holder, 'body')
  if (!holder || body === null) return null
  return languageAllows(holder, body, owner, findings) ? readFeel(body, owner.id, findings) : null
}

function languageAllows(holder: Moddle, body: string, owner: Moddle, findings: Findings): boolean {
  const language = text(holder, 'language')
  // tools write a default language into the head of the file without meaning it; `${…}` and `=` say more clearly what is meant
  const stated = language ?? (isJuel(body) || body.startsWith('=') ? null : defaultLanguage(holder))
  if (!stated || READABLE.test(stated) || (isJuel(body) && UEL.test(stated))) return true
  refuse(findings, owner.id, 'CONDITION_LANGUAGE', `${called(owner)}的条件语言“${stated}”不支持，请改用 FEEL`)
  return false
}

/** BPMN's own default is XPath, which nobody writes: stated or not, it says nothing about the text. */
function defaultLanguage(element: Moddle): string | null {
  let root = element
  while (root.$parent) root = root.$parent
  const language = root.$type === 'bpmn:Definitions' ? text(root, 'expressionLanguage') : null
  return language && !/xpath/i.test(language) && !UEL.test(language) ? language : null
}

/** The condition of a sequence flow; absent or blank is null. */
export function readCondition(flow: Moddle, findings: Findings): FeelExpression | null {
  return readExpression(one(flow, 'conditionExpression'), flow, findings)
}

const EXAMPLES = { timeDuration: 'PT48H 或 P1D', timeDate: '2026-05-01T09:00:00+08:00', timeCycle: 'R3/PT1H' } as const
const KINDS = { timeDuration: 'duration', timeDate: 'date', timeCycle: 'cycle' } as const
const NAMES = { timeDuration: '时长', timeDate: '日期', timeCycle: '周期' } as const

/** A timer event: an ISO 8601 duration, date-time or repeating interval; or an expression (marked by `=` or `${…}`) that yields one. */
export function readTimer(event: Moddle, definition: Moddle, findings: Findings): TimerSpec | null {
  const given = (['timeDuration', 'timeDate', 'timeCycle'] as const).filter((name) => one(definition, name))
  const [name] = given
  if (!name || given.length > 1) {
    refuse(findings, event.id, 'TIMER_INVALID', `${called(event)}须写时长（timeDuration）、日期（timeDate）、周期（timeCycle）之一`)
    return null
  }
  const body = text(one(definition, name)!, 'body') ?? ''
  const clock = readClock(text(definition, 'qc:clock'), event, findings, 'clock')
  const kind = KINDS[name]
  if (body.startsWith('=') || isJuel(body)) {
    const expression = readFeel(body, event.id, findings)
    return expression && { kind, clock, text: null, duration: null, expression }
  }
  if (!timerTextValid(kind, body)) {
    refuse(findings, event.id, 'TIMER_INVALID', `${called(event)}的${NAMES[name]}“${body}”不是 ISO 8601 写法，例如 ${EXAMPLES[name]}`)
    return null
  }
  return { kind, clock, text: body, duration: kind === 'duration' ? body : null, expression: null }
}

export { cycleOf, dateValid, timerTextValid, type Cycle } from './timer-text.ts'
