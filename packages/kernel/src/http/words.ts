import { z } from 'zod'
import type { Locale } from '../i18n.ts'

// what is wrong with an input is told in the first language of the product, unless the caller reads English
z.config(z.locales.zhCN())
const english = { error: z.locales.en().localeError }

/** How a schema words its refusals for this caller; pass it to `parse`. */
export const wordsFor = (locale: Locale): { error: z.core.$ZodErrorMap } | undefined => (locale === 'en' ? english : undefined)
