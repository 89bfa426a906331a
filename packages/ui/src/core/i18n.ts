import { useSyncExternalStore } from 'react'

export type Locale = 'zh' | 'en'
/** A text in both languages, Chinese first. */
export type Pair = readonly [zh: string, en: string]

const KEY = 'qc.locale'
const listeners = new Set<() => void>()
let current: Locale = remembered()

function remembered(): Locale {
  const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY)
  return stored === 'en' ? 'en' : 'zh'
}

export function locale(): Locale {
  return current
}

/** Switches the language of this browser; the shell also stores it on the user. */
export function setLocale(next: Locale): void {
  if (next === current) return
  current = next
  if (typeof localStorage !== 'undefined') localStorage.setItem(KEY, next)
  if (typeof document !== 'undefined') document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en'
  for (const listener of listeners) listener()
}

/** The language as a React value: a component that calls it is drawn again when the language changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, locale, locale)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export type Params = Record<string, string | number>

/** Puts `{name}` parameters into a text; an unknown parameter stays visible, so that a mistake is seen. */
export function fill(text: string, params?: Params): string {
  return params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole)) : text
}

/** One side of a pair in the present language. */
export function pick(pair: Pair): string {
  return current === 'en' ? pair[1] : pair[0]
}

/**
 * A dictionary whose keys are checked by the compiler: `const t = defineTexts({ save: ['保存', 'Save'] }); t('save')`.
 * Each area keeps its own, so a lazy page carries its own texts.
 */
export function defineTexts<K extends string>(dictionary: Record<K, Pair>): (key: K, params?: Params) => string {
  return (key, params) => fill(pick(dictionary[key]), params)
}
