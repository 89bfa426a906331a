import { Icon, Widget, type EntityMeta, type FieldMeta } from '@quancheng/ui'
import { Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { Action } from '../../rules/types.ts'
import { ta } from '../texts.ts'
import { feelOf, plainOf } from './feel-value.ts'

type Change = Extract<Action, { do: 'change' }>

/** Which fields, to what: a plain value by the field's own control, or FEEL. */
export function ChangeFields({ action, put, entity, options, disabled }: { action: Change, put: (next: Action) => void, entity: EntityMeta | undefined, options: Array<{ value: string, label: string }>, disabled: boolean }) {
  const set = (at: number, more: Partial<Change['fields'][number]>) => put({ ...action, fields: action.fields.map((f, i) => i === at ? { ...f, ...more } : f) })
  return (
    <>
      {action.fields.map((each, at) => {
        const field = entity?.fields.find(f => f.name === each.field)
        return (
          <div key={at} className="au-row">
            <Select className="au-w1" aria-label={ta('field')} disabled={disabled} showSearch={{ optionFilterProp: 'label' }} value={each.field || null} onChange={name => set(at, { field: name, value: '' })} options={options} />
            <span className="qc-soft">{ta('setTo')}</span>
            {field && <Value key={each.field} field={field} value={each.value} disabled={disabled} onChange={value => set(at, { value })} />}
            {!disabled && action.fields.length > 1 && <button type="button" className="qc-icon-button" aria-label={ta('removeThis')} title={ta('removeThis')} onClick={() => put({ ...action, fields: action.fields.filter((_, i) => i !== at) })}><Icon name="close" /></button>}
          </div>
        )
      })}
      {!disabled && <button type="button" className="qc-link au-add" onClick={() => put({ ...action, fields: [...action.fields, { field: options[0]?.value ?? '', value: '' }] })}><Icon name="plus" />{ta('addField')}</button>}
    </>
  )
}

function Value({ field, value, onChange, disabled }: { field: FieldMeta, value: string, onChange: (value: string) => void, disabled: boolean }) {
  const plain = plainOf(field.type, value)
  const [formula, setFormula] = useState(value !== '' && plain === undefined)
  return (
    <span className="au-value">
      <Segmented size="small" disabled={disabled} value={formula ? 'formula' : 'fixed'} onChange={way => setFormula(way === 'formula')} options={[{ value: 'fixed', label: ta('fixed') }, { value: 'formula', label: ta('formula') }]} />
      <span className="au-grow">{formula ? <Input className="qc-mono" aria-label={ta('formula')} disabled={disabled} maxLength={500} placeholder={ta('feelValue')} value={value} onChange={event => onChange(event.target.value)} />
        : <Widget id={`value-${field.name}`} field={{ ...field, multiline: false }} value={plain ?? null} disabled={disabled} onChange={next => onChange(feelOf(field.type, next))} />}</span>
    </span>
  )
}
