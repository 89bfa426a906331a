import { useState } from 'react'
import { Popover, Select } from 'antd'
import type { EntityMeta, FieldMeta, Filter } from '../core/types.ts'
import { t } from '../core/texts.ts'
import { RefLabel } from '../form/RefPicker.tsx'
import { Icon } from '../icons.tsx'
import { dateText } from '../time/format.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import { filterable, operatorsOf, pinned, splitFilter, withCondition, withinNames, type Condition } from './filter.ts'
import { tl } from './texts.ts'

type Props = { entity: EntityMeta, filter: Filter, onChange: (filter: Filter) => void }

/** Conditions as chips: each opens its editor; ready chips for the states of the list. */
export function FilterBar({ entity, filter, onChange }: Props) {
  const { conditions, rest } = splitFilter(filter, entity)
  const active = new Set(conditions.map(each => each.field.name))
  const ready = pinned(entity).filter(field => !active.has(field.name))
  const advanced = Object.keys(rest).length
  const apply = (field: FieldMeta) => (condition: Condition | undefined) => onChange(withCondition(filter, field.name, condition))
  return (
    <div className="qc-filters" role="group" aria-label={tl('addFilter')}>
      {conditions.map(({ field, condition }) => <Chip key={field.name} field={field} condition={condition} onApply={apply(field)} />)}
      {ready.map(field => <Chip key={field.name} field={field} condition={undefined} onApply={apply(field)} />)}
      {advanced > 0 && (
        <span className="qc-chip qc-chip-on">{tl('advanced')}
          <button type="button" aria-label={tl('clear')} onClick={() => onChange(Object.fromEntries(conditions.map(each => [each.field.name, each.condition])))}><Icon name="close" size={12} /></button>
        </span>
      )}
      <AddFilter entity={entity} taken={active} onApply={(field, condition) => apply(field)(condition)} />
      {(conditions.length > 0 || advanced > 0) && <button type="button" className="qc-link" onClick={() => onChange({})}>{tl('clearAll')}</button>}
    </div>
  )
}

function Chip({ field, condition, onApply }: { field: FieldMeta, condition: Condition | undefined, onApply: (condition: Condition | undefined) => void }) {
  const [open, setOpen] = useState(false)
  const on = condition !== undefined
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomLeft" destroyOnHidden title={field.label}
      content={<ConditionEditor field={field} condition={condition} onApply={next => { setOpen(false); onApply(next) }} />}>
      <span className={on ? 'qc-chip qc-chip-on' : 'qc-chip'}>
        <button type="button" className="qc-chip-main" aria-expanded={open}>{field.label}{on && <>：<ConditionText field={field} condition={condition} /></>}{!on && <Icon name="down" size={12} />}</button>
        {on && <button type="button" aria-label={`${tl('clear')} ${field.label}`} onClick={event => { event.stopPropagation(); onApply(undefined) }}><Icon name="close" size={12} /></button>}
      </span>
    </Popover>
  )
}

function AddFilter({ entity, taken, onApply }: { entity: EntityMeta, taken: Set<string>, onApply: (field: FieldMeta, condition: Condition | undefined) => void }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState<string | null>(null)
  const fields = filterable(entity).filter(field => !taken.has(field.name))
  const field = fields.find(each => each.name === name)
  if (fields.length === 0) return null
  const content = (
    <div className="qc-condition">
      <Select showSearch={{ optionFilterProp: 'label' }} autoFocus defaultOpen aria-label={tl('chooseField')} placeholder={tl('chooseField')} value={name} onChange={setName} style={{ width: '100%' }}
        options={fields.map(each => ({ value: each.name, label: each.label }))} />
      {field && <ConditionEditor key={field.name} field={field} condition={undefined} onApply={next => { setOpen(false); setName(null); onApply(field, next) }} />}
    </div>
  )
  return (
    <Popover open={open} onOpenChange={next => { setOpen(next); if (!next) setName(null) }} trigger="click" placement="bottomLeft" content={content} destroyOnHidden>
      <button type="button" className="qc-chip qc-chip-add" aria-expanded={open}><Icon name="filter" size={13} />{tl('addFilter')}</button>
    </Popover>
  )
}

function ConditionText({ field, condition }: { field: FieldMeta, condition: Condition }) {
  const ops = operatorsOf(condition)
  const show = (value: unknown): React.ReactNode => {
    if (value === '$me') return tl('me')
    if (value === '$myUnit') return tl('myUnit')
    if (typeof value === 'boolean') return value ? t('yes') : t('no')
    if (field.type === 'ref' || field.type === 'refs') return <RefLabel entity={field.ref!} id={String(value)} />
    if (field.type === 'datetime') return dateText(String(value))
    return field.options?.find(option => option.value === value)?.label ?? String(value)
  }
  if (typeof ops.below === 'string') return <>{show(ops.below)}{tl('below')}</>
  if (ops.isNull !== undefined) return ops.isNull ? tl('isEmpty') : tl('notEmpty')
  if (ops.within) return withinNames.includes(ops.within as (typeof withinNames)[number]) ? tl(ops.within as (typeof withinNames)[number]) : ops.within
  if (Array.isArray(ops.in)) return <>{ops.in.map((value, i) => <span key={i}>{i > 0 && '、'}{show(value)}</span>)}</>
  if (ops.eq !== undefined || ops.has !== undefined) return show(ops.eq ?? ops.has)
  if (ops.contains !== undefined || ops.startsWith !== undefined) return <>{ops.contains ?? ops.startsWith}{ops.startsWith !== undefined && '…'}</>
  const from = ops.gte ?? ops.gt, to = ops.lte ?? ops.lt
  const last = ops.lt !== undefined && field.type === 'datetime' ? new Date(Date.parse(ops.lt) - 1).toISOString() : to
  if (from !== undefined || to !== undefined) return <>{from !== undefined && show(from)} ~ {last !== undefined && show(last)}</>
  return <>{JSON.stringify(condition)}</>
}
