import type { FeelExpression } from '../feel/index.ts'
import { FeelError, compileFeel, parseDuration } from '../feel/index.ts'
import { readClock } from './task-parts.ts'
import type { Moddle } from './moddle.ts'
import { called, many, one, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse } from './problems.ts'
import type { TimerSpec } from './types.ts'

/** A FEEL text of the model; a broken one is reported at `elementId`, and null returned. */
export function readFeel(source: string, elementId: string | undefined, findings: Findings): FeelExpression | null {
  if (/^\s*[$#]\{/.test(source)) {
    refuse(findings, elementId, 'CONDITION_LANGUAGE', `“${elementId}”用了 \${…} 写法，请改用 FEEL，例如 amount > 100`)
    return null
  }
  try {
    return compileFeel(source)
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    refuse(findings, elementId, error.code, `“${elementId}”的表达式有误：${error.message}`)
    return null
  }
}

/** The condition of a sequence flow; absent or blank is null. */
export function readCondition(flow: Moddle, findings: Findings): FeelExpression | null {
  const expression = one(flow, 'conditionExpression')
  if (!expression) return null
  const language = text(expression, 'language')
  if (language && !/feel/i.test(language)) {
    refuse(findings, flow.id, 'CONDITION_LANGUAGE', `${called(flow)}的条件语言“${language}”不支持，请改用 FEEL`)
    return null
  }
  const body = text(expression, 'body')
  return body === null ? null : readFeel(body, flow.id, findings)
}

/** The timer of a boundary event: an ISO 8601 duration, or a FEEL expression (marked by `=`) that yields one. */
export function readTimer(event: Moddle, findings: Findings): TimerSpec | null {
  const definition = many(event, 'eventDefinitions')[0]!
  const holder = one(definition, 'timeDuration')
  if (!holder) {
    refuse(findings, event.id, 'TIMER_INVALID', `${called(event)}须写时长（timeDuration），日期和周期目前不支持`)
    return null
  }
  const body = text(holder, 'body') ?? ''
  const clock = readClock(text(definition, 'qc:clock'), event, findings, 'clock')
  if (body.startsWith('=')) {
    const expression = readFeel(body, event.id, findings)
    return expression && { clock, duration: null, expression }
  }
  const duration = parseDuration(body)
  if (!duration || duration.months < 0 || duration.ms < 0) {
    refuse(findings, event.id, 'TIMER_INVALID', `${called(event)}的时长“${body}”不是 ISO 8601 时长，例如 PT48H 或 P1D`)
    return null
  }
  return { clock, duration: body, expression: null }
}
