import './keyaccounts.css'
import { ApiError, ErrorState, Skeleton, useSay } from '@quancheng/ui'
import { Modal } from 'antd'
import { useState, type ReactNode } from 'react'
import { tk } from './texts.ts'

export const text = (v: unknown): string => (typeof v === 'string' || typeof v === 'number' ? String(v) : '')
export const yuan = (v: unknown): string => Number(v ?? 0).toLocaleString('zh-CN', { maximumFractionDigits: 2 })

/** What a question has come to: still asked, refused, or there. */
export function Answered<T>({ read, children }: { read: { isPending: boolean, isError: boolean, error: unknown, data: T | undefined, refetch: () => unknown }, children: (data: T) => ReactNode }) {
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={6} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  return <>{children(read.data as T)}</>
}

/** A price of one unit: small ones (a kilometre) with four decimals, others as money. */
export const unitYuan = (v: unknown): string => (v === null || v === undefined || v === '' ? '—' : Number(v).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: Math.abs(Number(v)) < 100 ? 4 : 2 }))

export type Errors = Record<string, string>
/** A small form in a dialog: missing and refused values are told at their fields, Enter saves. */
export function FormDialog({ title, okText, required, values, onClose, onSave, children }: { title: string, okText: string, required: readonly string[], values: Record<string, string>, onClose: () => void, onSave: () => Promise<void>, children: (field: (name: string, label: string, control: ReactNode, wide?: boolean) => ReactNode) => ReactNode }) {
  const say = useSay()
  const [errors, setErrors] = useState<Errors>({})
  const [busy, setBusy] = useState(false)
  const save = async () => {
    const missing = required.filter(name => !values[name]?.trim())
    setErrors(Object.fromEntries(missing.map(name => [name, tk('missing')])))
    if (missing.length) { document.getElementById(`ka-${missing[0]}`)?.focus(); return }
    setBusy(true)
    try { await onSave(); onClose() } catch (error) {
      const fields = error instanceof ApiError ? (error.details.fields as Array<{ field: string, message: string }> | undefined) : undefined
      if (fields?.length) setErrors(Object.fromEntries(fields.map(f => [f.field, f.message]))); else say.error(error)
    } finally { setBusy(false) }
  }
  const field = (name: string, label: string, control: ReactNode, wide = false) => <label className={wide ? 'ka-wide' : undefined} htmlFor={`ka-${name}`}><span>{label}</span>{control}{errors[name] && <em className="ka-error" role="alert">{errors[name]}</em>}</label>
  return <Modal open title={title} okText={okText} confirmLoading={busy} onOk={() => void save()} onCancel={onClose}><form className="ka-form" noValidate onSubmit={event => { event.preventDefault(); void save() }}>{children(field)}<input type="submit" hidden /></form></Modal>
}
