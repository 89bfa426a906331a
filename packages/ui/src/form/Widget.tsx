import { DatePicker, Input, InputNumber, Select, Switch } from 'antd'
import dayjs from 'dayjs'
import type { FieldMeta, Row } from '../core/types.ts'
import { dateTimeText } from '../time/format.ts'
import { instantOf } from '../time/zone.ts'
import { RefPicker } from './RefPicker.tsx'
import { useSource } from '../core/source.ts'
import { tf } from './texts.ts'

type Props = {
  field: FieldMeta
  id: string
  value: unknown
  onChange: (value: unknown) => void
  disabled?: boolean | undefined
  invalid?: boolean | undefined
  describedBy?: string | undefined
  autoFocus?: boolean | undefined
  /** the record, for shown names of references */
  row?: Row | undefined
  /** what the form holds now, for fields whose choices depend on another */
  values?: Readonly<Record<string, unknown>> | undefined
}

/** The control for a value, from the field's type. Decimals and money stay texts from screen to server. */
export function Widget({ field, id, value, onChange, disabled, invalid, describedBy, autoFocus, row, values }: Props) {
  const status = invalid ? 'error' as const : undefined
  const common = { id, disabled, status, autoFocus, 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy }
  const text = value === null || value === undefined ? '' : String(value)
  switch (field.type) {
    case 'boolean':
      return <Switch id={id} disabled={disabled} checked={value === true} onChange={onChange} />
    case 'integer':
      return <InputNumber {...common} style={{ width: '100%' }} precision={0} value={value as number | null} min={field.min} max={field.max} onChange={onChange} />
    case 'decimal': case 'money':
      return <InputNumber<string> {...common} stringMode style={{ width: '100%' }} precision={field.scale ?? (field.type === 'money' ? 2 : undefined)} prefix={field.type === 'money' ? '¥' : undefined}
        value={text === '' ? null : text} onChange={next => onChange(next === null ? null : String(next))} />
    case 'date':
      return <DatePicker {...common} style={{ width: '100%' }} value={text ? dayjs(text) : null} onChange={day => onChange(day ? day.format('YYYY-MM-DD') : null)} />
    case 'datetime':
      // The picker knows only the browser's zone, so it is shown the tenant's wall clock and read back as such.
      return <DatePicker {...common} style={{ width: '100%' }} showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={text ? dayjs(dateTimeText(text)) : null}
        onChange={moment => onChange(moment ? instantOf(moment.format('YYYY-MM-DD'), moment.format('HH:mm')).toISOString() : null)} />
    case 'choice':
      return <Select {...common} style={{ width: '100%' }} allowClear={!field.required} placeholder={tf('choose')} showSearch={{ optionFilterProp: 'label' }} options={field.options ?? []}
        value={text === '' ? null : text} onChange={next => onChange(next ?? null)} />
    case 'choices':
      return <Select {...common} style={{ width: '100%' }} mode="multiple" placeholder={tf('choose')} showSearch={{ optionFilterProp: 'label' }} options={field.options ?? []} value={(value as string[] | null) ?? []} onChange={onChange} />
    case 'ref': case 'refs': {
      const label = row?.[field.name] === value ? row?.$labels?.[field.name] : undefined
      return <RefPicker id={id} entity={field.ref!} multiple={field.type === 'refs'} disabled={disabled ?? false} value={value as string | string[] | null} onChange={onChange}
        labels={typeof label === 'string' && typeof value === 'string' ? { [value]: label } : {}} placeholder={tf('choose')} />
    }
    case 'json':
      return <Input.TextArea {...common} className="qc-mono" autoSize={{ minRows: 3, maxRows: 16 }} value={typeof value === 'string' || !value ? text : JSON.stringify(value, null, 2)} onChange={event => onChange(event.target.value)} />
    default:
      if (field.source) return <SourceSelect {...common} field={field} text={text} values={values} onChange={onChange} />
      if (field.multiline) return <Input.TextArea {...common} autoSize={{ minRows: 3, maxRows: 12 }} value={text} onChange={event => onChange(event.target.value)} />
      return <Input {...common} value={text} type={field.type === 'phone' ? 'tel' : field.type === 'mail' ? 'email' : 'text'} autoComplete="off"
        onChange={event => onChange(event.target.value)} />
  }
}

type SourceProps = { id: string, field: FieldMeta, text: string, values: Props['values'], onChange: (value: unknown) => void, disabled: boolean | undefined, status: 'error' | undefined, autoFocus: boolean | undefined }

/** A value that is no longer offered (a stage that the newest version has not) stays as it was written. */
function SourceSelect({ field, text, values, onChange, ...common }: SourceProps) {
  const options = useSource(field, values)
  const known = text === '' || options.some(option => option.value === text)
  return <Select {...common} style={{ width: '100%' }} allowClear={!field.required} placeholder={tf('choose')} showSearch={{ optionFilterProp: 'label' }}
    options={known ? options : [{ value: text, label: text }, ...options]} value={text === '' ? null : text} onChange={(next: string | undefined) => onChange(next ?? null)} />
}
