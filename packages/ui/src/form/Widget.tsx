import { AutoComplete, Input, Select, Switch } from 'antd'
import type { FieldMeta, Row } from '../core/types.ts'
import { DayInput } from './DayInput.tsx'
import { NumberInput } from './NumberInput.tsx'
import { RefPicker } from './RefPicker.tsx'
import { useSource } from '../core/source.ts'
import { tf } from './texts.ts'
import { numberOf } from './values.ts'

type Props = {
  field: FieldMeta
  id: string
  value: unknown
  onChange: (value: unknown) => void
  disabled?: boolean | undefined
  invalid?: boolean | undefined
  describedBy?: string | undefined
  autoFocus?: boolean | undefined
  /** what is no number or no day is given on as it was typed: for forms that say so at the field. Without it it counts as nothing */
  raw?: boolean | undefined
  /** the record, for shown names of references */
  row?: Row | undefined
  /** what the form holds now, for fields whose choices depend on another */
  values?: Readonly<Record<string, unknown>> | undefined
}

/** The control for a value, from the field's type. Decimals and money stay texts from screen to server. */
export function Widget({ field, id, value, onChange, disabled, invalid, describedBy, autoFocus, raw = false, row, values }: Props) {
  const status = invalid ? 'error' as const : undefined
  const common = { id, disabled, status, autoFocus, 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy }
  const number = { id, disabled, status, autoFocus, invalid, describedBy, onChange: (next: number | string | null) => onChange(!raw && typeof next === 'string' && numberOf(next) === null ? null : next) }
  const text = value === null || value === undefined ? '' : String(value)
  switch (field.type) {
    case 'boolean':
      return <Switch id={id} disabled={disabled} checked={value === true} onChange={onChange} />
    case 'integer':
      return <NumberInput {...number} whole value={value as number | string | null} />
    case 'decimal': case 'money':
      return <NumberInput {...number} scale={field.scale ?? (field.type === 'money' ? 2 : undefined)} prefix={field.type === 'money' ? '¥' : undefined} value={text === '' ? null : text} />
    case 'date': case 'datetime':
      return <DayInput {...common} raw={raw} time={field.type === 'datetime'} value={text} onChange={onChange} />
    case 'choice':
      return <Select {...common} style={{ width: '100%' }} allowClear={!field.required} placeholder={tf('choose')} showSearch={{ optionFilterProp: 'label' }} options={field.options ?? []}
        value={text === '' ? null : text} onChange={next => onChange(next ?? null)} />
    case 'choices':
      return <Select {...common} style={{ width: '100%' }} mode="multiple" placeholder={tf('choose')} showSearch={{ optionFilterProp: 'label' }} options={field.options ?? []} value={(value as string[] | null) ?? []} onChange={onChange} />
    case 'ref': case 'refs': {
      const label = row?.[field.name] === value ? row?.$labels?.[field.name] : undefined
      return <RefPicker id={id} entity={field.ref!} multiple={field.type === 'refs'} disabled={disabled ?? false} invalid={invalid} describedBy={describedBy} {...(autoFocus ? { autoFocus } : {})} value={value as string | string[] | null} onChange={onChange}
        labels={typeof label === 'string' && typeof value === 'string' ? { [value]: label } : {}} placeholder={tf('choose')} />
    }
    case 'json':
      return <Input.TextArea {...common} className="qc-mono" autoSize={{ minRows: 3, maxRows: 16 }} value={typeof value === 'string' || !value ? text : JSON.stringify(value, null, 2)} onChange={event => onChange(event.target.value)} />
    default:
      if (field.source?.free) return <Proposed {...common} field={field} text={text} values={values} onChange={onChange} />
      if (field.source) return <SourceSelect {...common} field={field} text={text} values={values} onChange={onChange} />
      if (field.multiline) return <Input.TextArea {...common} autoSize={{ minRows: 3, maxRows: 12 }} value={text} onChange={event => onChange(event.target.value)} />
      return <Input {...common} value={text} type={field.type === 'phone' ? 'tel' : field.type === 'mail' ? 'email' : 'text'} autoComplete="off"
        onChange={event => onChange(event.target.value)} />
  }
}

type SourceProps = { id: string, field: FieldMeta, text: string, values: Props['values'], onChange: (value: unknown) => void, disabled: boolean | undefined, status: 'error' | undefined, autoFocus: boolean | undefined }

/** Anything may be written; what others wrote, or what is registered, is one click away. */
function Proposed({ field, text, values, onChange, ...common }: SourceProps) {
  const options = useSource(field, values), typed = text.trim().toLowerCase()
  return <AutoComplete {...common} style={{ width: '100%' }} value={text} onChange={(next: string) => onChange(next)} options={options.filter(option => typed === '' || option.label.toLowerCase().includes(typed))} maxLength={field.max ?? 200} />
}

/** A value that is no longer offered (a stage that the newest version has not) stays as it was written. */
function SourceSelect({ field, text, values, onChange, ...common }: SourceProps) {
  const options = useSource(field, values)
  const known = text === '' || options.some(option => option.value === text)
  return <Select {...common} style={{ width: '100%' }} allowClear={!field.required} placeholder={tf('choose')} showSearch={{ optionFilterProp: 'label' }}
    options={known ? options : [{ value: text, label: text }, ...options]} value={text === '' ? null : text} onChange={(next: string | undefined) => onChange(next ?? null)} />
}
