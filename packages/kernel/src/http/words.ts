import { z } from 'zod'
import type { Locale } from '../i18n.ts'

const library = z.locales.zhCN().localeError
const TYPES: Readonly<Record<string, string>> = { string: '文字', number: '数字', int: '整数', boolean: '是或否', array: '列表', object: '一组值', record: '一组值', date: '日期' }

/** The commonest mistake in a clerk's words; the library names the types of a program. */
const chinese: z.core.$ZodErrorMap = issue => {
  if (issue.code === 'invalid_type') return issue.input === undefined ? '没有填写' : `应为${TYPES[issue.expected] ?? issue.expected}`
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return Number(issue.minimum) === 1 ? '没有填写' : `至少 ${issue.minimum} 个字`
    if (issue.origin === 'array' || issue.origin === 'set') return `至少 ${issue.minimum} 项`
    if (issue.origin !== 'date') return issue.inclusive === false ? `要大于 ${issue.minimum}` : `不能小于 ${issue.minimum}`
  }
  if (issue.code === 'too_big') {
    if (issue.origin === 'string') return `最多 ${issue.maximum} 个字`
    if (issue.origin === 'array' || issue.origin === 'set') return `最多 ${issue.maximum} 项`
    if (issue.origin !== 'date') return issue.inclusive === false ? `要小于 ${issue.maximum}` : `不能大于 ${issue.maximum}`
  }
  if (issue.code === 'invalid_format') {
    if (issue.format === 'uuid') return '没有这一条'
    if (issue.format === 'date') return '没有这一天，日期应写成 2026-11-22'
    if (issue.format === 'datetime') return '时间应写成 2026-11-22T09:30:00+08:00'
  }
  return library(issue)
}

// what is wrong with an input is told in the first language of the product, unless the caller reads English
z.config({ localeError: chinese })
const english = { error: z.locales.en().localeError }

/** How a schema words its refusals for this caller; pass it to `parse`. */
export const wordsFor = (locale: Locale): { error: z.core.$ZodErrorMap } | undefined => (locale === 'en' ? english : undefined)
