import './public.css'
import { ApiError, useLocale } from '@quancheng/ui'
import { useEffect, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { tu } from './texts.ts'

/** Public pages of a tenant that is not the installation's first carry its code; every call hands it on. */
export function useTenant(): { tenant?: string } {
  const tenant = new URLSearchParams(useLocation().search).get('tenant')
  return tenant ? { tenant } : {}
}

export function Frame({ title, children }: { title: string, children: ReactNode }) {
  useLocale()
  useEffect(() => { document.title = title }, [title])
  return <div className="vp"><header className="vp-head"><img src="/icon.svg" alt="" width={26} height={26} /><span>{title}</span></header><main>{children}</main></div>
}

export const sentence = (error: unknown): string => (error instanceof ApiError && error.status < 500 && error.status > 0 ? error.message : tu('down'))
/** Taken, and passed on to a station that has a node of its own: not refused, and not done yet. */
export const passedOn = (error: unknown): boolean => error instanceof ApiError && error.status === 202
/** What was refused, by field. */
export const byField = (error: unknown): Record<string, string> => {
  const fields = error instanceof ApiError ? (error.details.fields as Array<{ field: string, message: string }> | undefined) : undefined
  return Object.fromEntries((fields ?? []).map(each => [each.field, each.message]))
}
