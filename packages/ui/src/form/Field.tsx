import '../styles/form.css'
import type { ReactNode } from 'react'
import type { FieldMeta, Row } from '../core/types.ts'
import { Widget } from './Widget.tsx'

type Props = {
  field: FieldMeta, value: unknown, onChange: (value: unknown) => void
  error?: string | undefined, required?: boolean | undefined, disabled?: boolean | undefined, autoFocus?: boolean | undefined
  row?: Row | undefined, values?: Readonly<Record<string, unknown>> | undefined, width?: 'half' | 'full' | undefined, prefix?: string, children?: ReactNode
}

/** Label, control, help and error of one field. */
export function Field({ field, value, onChange, error, required = field.required, disabled, autoFocus, row, values, width, prefix = 'f', children }: Props) {
  const id = `${prefix}-${field.name}`
  const note = error ?? field.help
  const wide = width ? width === 'full' : field.multiline || field.type === 'json' || field.type === 'refs'
  return (
    <div className={wide ? 'qc-field qc-field-wide' : 'qc-field'} data-field={field.name}>
      <label htmlFor={id}>{field.label}{required && <span className="qc-required" aria-hidden> *</span>}</label>
      {children || <Widget raw field={field} id={id} value={value} onChange={onChange} disabled={disabled} invalid={error !== undefined} describedBy={note ? id + '-note' : undefined} autoFocus={autoFocus} row={row} values={values} />}
      {note && <div id={id + '-note'} className={error ? 'qc-field-error' : 'qc-field-help'} role={error ? 'alert' : undefined}>{note}</div>}
    </div>
  )
}
