import { useState } from 'react'
import { Button, Checkbox, DatePicker, Input, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import type { FieldMeta } from '../core/types.ts'
import { RefPicker } from '../form/RefPicker.tsx'
import { t } from '../core/texts.ts'
import { dateText } from '../time/format.ts'
import { dayRange, nextDay } from '../time/zone.ts'
import { numbersOf, operatorsOf, withinNames, type Condition, type Operators } from './filter.ts'
import { tl } from './texts.ts'

type Props = { field: FieldMeta, condition: Condition, onApply: (condition: Condition | undefined) => void }

/** Edits the condition on one field; what is offered follows from the field's type. */
export function ConditionEditor({ field, condition, onApply }: Props) {
  const [draft, setDraft] = useState<Operators>(() => operatorsOf(condition)), [problem, setProblem] = useState('')
  const apply = () => {
    const read = numbersOf(field, draft)
    if (typeof read === 'string') setProblem(tl(read)); else onApply(simplify(read))
  }
  return (
    <form className="qc-condition" onSubmit={event => { event.preventDefault(); event.stopPropagation(); apply() }}>
      <Value field={field} draft={draft} onChange={next => { setDraft(next); setProblem('') }} />
      {problem && <div className="qc-danger" role="alert">{problem}</div>}
      {field.filter.includes('isNull') && (
        <Select aria-label={tl('isEmpty')} allowClear placeholder={tl('isEmpty') + ' / ' + tl('notEmpty')} value={draft.isNull}
          options={[{ value: true, label: tl('isEmpty') }, { value: false, label: tl('notEmpty') }]}
          onChange={(value: boolean | undefined) => setDraft(value === undefined ? {} : { isNull: value })} />
      )}
      <div className="qc-row-between">
        <Button type="text" onClick={() => onApply(undefined)}>{tl('clear')}</Button>
        <Button type="primary" htmlType="submit">{tl('apply')}</Button>
      </div>
    </form>
  )
}

function simplify(draft: Operators): Condition {
  const given = Object.entries(draft).filter(([, value]) => value !== undefined && value !== '' && value !== null)
  return given.length === 1 && given[0]![0] === 'eq' ? given[0]![1] : Object.fromEntries(given)
}

function Value({ field, draft, onChange }: { field: FieldMeta, draft: Operators, onChange: (next: Operators) => void }) {
  switch (field.type) {
    case 'choice': case 'choices': {
      // A field with several values is asked whether it has one of them.
      if (!field.filter.includes('in')) return <Select autoFocus allowClear showSearch={{ optionFilterProp: 'label' }} aria-label={field.label} value={draft.has === undefined ? null : String(draft.has)} options={field.options ?? []} placeholder={field.label} onChange={(value: string | null | undefined) => onChange(value ? { has: value } : {})} />
      const chosen = Array.isArray(draft.in) ? draft.in as string[] : draft.eq === undefined ? [] : [String(draft.eq)]
      if ((field.options?.length ?? 0) <= 12) return <Checkbox.Group className="qc-condition-list" value={chosen} options={field.options ?? []} onChange={values => onChange(values.length > 0 ? { in: values } : {})} />
      return <Select mode="multiple" autoFocus aria-label={field.label} value={chosen} options={field.options ?? []} optionFilterProp="label" placeholder={field.label}
        onChange={(values: string[]) => onChange(values.length > 0 ? { in: values } : {})} />
    }
    case 'boolean':
      return <Segmented<string> value={draft.eq === undefined ? '' : String(draft.eq)} options={[{ value: '', label: t('all') }, { value: 'true', label: t('yes') }, { value: 'false', label: t('no') }]}
        onChange={value => onChange(value === '' ? {} : { eq: value === 'true' })} />
    case 'ref': case 'refs': {
      const own = field.ref === 'user' || field.ref === 'employee' ? '$me' : field.ref === 'unit' ? '$myUnit' : null
      const op = field.filter.includes('has') ? 'has' : 'eq'
      const isOwn = own !== null && draft[op] === own
      return <>
        {own && <Button type={isOwn ? 'primary' : 'default'} onClick={() => onChange(isOwn ? {} : { [op]: own })}>{own === '$me' ? tl('me') : tl('myUnit')}</Button>}
        <RefPicker entity={field.ref!} ariaLabel={field.label} value={isOwn || draft[op] === undefined ? null : String(draft[op])} onChange={value => onChange(value ? { [op]: value } : {})} />
      </>
    }
    case 'date': case 'datetime': return <DateCondition field={field} draft={draft} onChange={onChange} />
    case 'integer': case 'decimal': case 'money':
      return <div className="qc-row" style={{ flexWrap: 'nowrap' }}>
        <Input inputMode="decimal" autoFocus aria-label={tl('from')} placeholder={tl('from')} value={draft.gte ?? (draft.eq === undefined ? '' : String(draft.eq))} onChange={event => onChange({ ...pickRange(draft), gte: event.target.value })} />
        <Input inputMode="decimal" aria-label={tl('to')} placeholder={tl('to')} value={draft.lte ?? ''} onChange={event => onChange({ ...pickRange(draft), lte: event.target.value })} />
      </div>
    default: {
      const offered = (['contains', 'startsWith', 'eq'] as const).filter(op => field.filter.includes(op))
      const op = offered.find(each => draft[each] !== undefined) ?? offered[0] ?? 'eq'
      const value = draft[op]
      return <div className="qc-row" style={{ flexWrap: 'nowrap' }}>
        <Select aria-label={field.label} value={op} style={{ width: 110 }} options={offered.map(each => ({ value: each, label: tl(each) }))} onChange={next => onChange({ [next]: value ?? '' })} />
        <Input autoFocus aria-label={field.label} value={value === undefined ? '' : String(value)} onChange={event => onChange(event.target.value ? { [op]: event.target.value } : {})} />
      </div>
    }
  }
}

function pickRange(draft: Operators): Operators {
  const range: Operators = {}
  if (draft.gte !== undefined) range.gte = draft.gte
  if (draft.lte !== undefined) range.lte = draft.lte
  return range
}

function DateCondition({ field, draft, onChange }: { field: FieldMeta, draft: Operators, onChange: (next: Operators) => void }) {
  const day = (value: string | undefined) => value === undefined ? null : dayjs(field.type === 'datetime' ? dateText(value) : value)
  const end = draft.lt !== undefined ? dayjs(field.type === 'datetime' ? dateText(draft.lt) : draft.lt).subtract(1, 'day') : day(draft.lte)
  const range = (from: string | null, to: string | null): Operators => {
    if (field.type === 'datetime') return dayRange(from, to)
    return { ...(from ? { gte: from } : {}), ...(to ? { lt: nextDay(to) } : {}) }
  }
  return <>
    <Select aria-label={tl('period')} allowClear placeholder={tl('period')} value={draft.within ?? null}
      options={withinNames.map(name => ({ value: name, label: tl(name) }))} onChange={(value: string | null | undefined) => onChange(value ? { within: value } : {})} />
    <DatePicker.RangePicker value={[day(draft.gte), end]} allowEmpty={[true, true]} style={{ width: '100%' }}
      onChange={dates => onChange(range(dates?.[0]?.format('YYYY-MM-DD') ?? null, dates?.[1]?.format('YYYY-MM-DD') ?? null))} />
  </>
}
