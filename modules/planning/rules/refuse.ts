import { fail } from '@quancheng/kernel'

/** Refused at its field, with what is wrong there in words. */
export const refuse = (field: string, message: string, code = 'INVALID', details: Record<string, unknown> = {}): never =>
  fail(code, { summary: message, ...details, fields: [{ field, code, message }] })
