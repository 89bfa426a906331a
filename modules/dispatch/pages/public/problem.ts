import { ApiError } from '@quancheng/ui'
import { tb } from '../texts.ts'

/** What went wrong, in a customer's words. */
export function sentence(error: unknown): string {
  if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) return tb('down')
  return error.status === 429 ? tb('tooMany', { n: typeof error.details.minutes === 'number' ? error.details.minutes : 10 }) : error.message
}

/** Of the address: the company, where it is not the installation's first. */
export function tenantOf(search: string): { tenant?: string } {
  const tenant = new URLSearchParams(search).get('tenant')
  return tenant ? { tenant } : {}
}
/** Taken, and passed on to a station that has a node of its own: not refused, and not done yet. */
export const passedOn = (error: unknown): boolean => error instanceof ApiError && error.status === 202
