/** A text in the two languages of the screen: Chinese first, English second. */
export type Label = readonly [zh: string, en: string]
export type Locale = 'zh-CN' | 'en'

export const pick = (label: Label, locale: Locale): string => (locale === 'en' ? label[1] : label[0])

/** `Accept-Language` or a user's setting → one of our two languages; Chinese unless English is asked for first. */
export function toLocale(text: string | null | undefined): Locale {
  return /^\s*en\b/i.test(text ?? '') ? 'en' : 'zh-CN'
}
