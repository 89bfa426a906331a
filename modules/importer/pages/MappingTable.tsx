import type { EntityMeta, FieldMeta } from '@quancheng/ui'
import { Checkbox, Input, Select } from 'antd'
import type { FieldRule, Mapping, Seen } from './api.ts'
import { ti } from './texts.ts'

/** What a file may fill; `extra`: what else it may say of a new record. */
export const targetFields = (entity: EntityMeta, extra: readonly string[] = []): FieldMeta[] => entity.fields.filter(x => extra.includes(x.name) || (x.access === 'edit' && !x.readOnly && x.type !== 'serial' && x.type !== 'json'))

type Props = { entity: EntityMeta, seen: Seen, mapping: Mapping, onChange: (mapping: Mapping) => void }

/** Each field of ours with the columns that fill it; what was recognised first. */
export function MappingTable({ entity, seen, mapping, onChange }: Props) {
  const titles = seen.columns.map(c => ({ value: c.title, label: c.title }))
  const set = (name: string, rule: FieldRule | null) => { const fields = { ...mapping.fields }; if (rule) fields[name] = rule; else delete fields[name]; onChange({ ...mapping, fields }) }
  const used = new Set([...Object.values(mapping.fields).flatMap(r => r.from), ...(mapping.id ? [mapping.id] : [])])
  const unused = seen.columns.filter(c => !used.has(c.title)).map(c => c.title)
  const fields = targetFields(entity, seen.extra).toSorted((a, b) => Number(b.required) - Number(a.required) || Number(Boolean(mapping.fields[b.name])) - Number(Boolean(mapping.fields[a.name])))
  return (
    <div className="im-table">
      <div className="im-row"><span className="im-label"><b>{ti('idColumn')}</b><small className="qc-faint">{ti('idHint')}</small></span>
        <Select aria-label={ti('idColumn')} allowClear placeholder={ti('unmapped')} value={mapping.id ?? undefined} options={titles} onChange={id => onChange({ ...mapping, id: id ?? null })} /><Sample seen={seen} title={mapping.id} /></div>
      {fields.map(field => <Row key={field.name} field={field} must={field.required && field.default === undefined && !seen.extra.includes(field.name) && !seen.byItself.includes(field.name)} rule={mapping.fields[field.name]} seen={seen} titles={titles} onChange={rule => set(field.name, rule)} />)}
      {unused.length > 0 && <p className="qc-panel-pad qc-soft">{ti('unusedColumns', { list: unused.join('、') })}</p>}
    </div>
  )
}

function Sample({ seen, title }: { seen: Seen, title: string | null | undefined }) {
  const column = seen.columns.find(c => c.title === title)
  return <span className="im-sample qc-faint" title={column?.values.slice(0, 10).join('\n')}>{column?.values.slice(0, 2).join('；')}</span>
}

function Row({ field, must, rule, seen, titles, onChange }: { field: FieldMeta, must: boolean, rule: FieldRule | undefined, seen: Seen, titles: Array<{ value: string, label: string }>, onChange: (rule: FieldRule | null) => void }) {
  const change = (more: Partial<FieldRule>) => onChange(clean({ from: [], ...rule, ...more }))
  const mapped = Boolean(rule && (rule.from.length || rule.otherwise))
  const date = field.type === 'date' || field.type === 'datetime'
  return (
    <div className="im-row" data-open={!mapped || undefined}>
      <span className="im-label"><b>{field.label}{must ? ' *' : ''}</b></span>
      <div className="im-columns">
        <Select mode="multiple" maxCount={3} aria-label={field.label} placeholder={ti('unmapped')} value={rule?.from ?? []} options={titles} onChange={from => (from.length || rule?.otherwise ? change({ from, ...(field.name === 'name' && from.length === 2 ? { join: 'name' as const } : {}) }) : onChange(null))} />
        {rule?.from.length === 2 && field.type === 'text' && <Checkbox checked={rule.join === 'name'} onChange={event => change({ join: event.target.checked ? 'name' : 'blank' })}>{ti('joinName')}</Checkbox>}
        {field.ref && rule?.from.length === 1 && <Checkbox checked={rule.old ?? false} onChange={event => change({ old: event.target.checked })}>{ti('old')}</Checkbox>}
        {date && rule?.from.length === 1 && <Select size="small" aria-label={ti('dateOrder')} value={rule.order ?? 'ymd'} options={(['ymd', 'mdy', 'dmy'] as const).map(value => ({ value, label: ti(value) }))} onChange={order => change({ order: order === 'ymd' ? undefined : order } as Partial<FieldRule>)} />}
        {field.options && rule?.from.length === 1 && <Values field={field} rule={rule} seen={seen} onChange={values => change({ values })} />}
      </div>
      <Sample seen={seen} title={rule?.from[0]} />
      {field.options ? <Select aria-label={`${field.label} ${ti('empty')}`} allowClear placeholder={ti('empty')} value={rule?.otherwise} options={field.options.map(o => ({ value: o.value, label: o.label }))} onChange={otherwise => change({ otherwise })} />
        : <Input aria-label={`${field.label} ${ti('empty')}`} placeholder={ti('empty')} maxLength={200} value={rule?.otherwise ?? ''} onChange={event => change({ otherwise: event.target.value })} />}
    </div>
  )
}

const clean = (rule: FieldRule): FieldRule => Object.fromEntries(Object.entries(rule).filter(([, v]) => v !== undefined && v !== '' && v !== false)) as unknown as FieldRule

/** What the other system writes, each beside our word for it; only what is not our word already. */
function Values({ field, rule, seen, onChange }: { field: FieldMeta, rule: FieldRule, seen: Seen, onChange: (values: Record<string, string>) => void }) {
  const own = new Set(field.options!.flatMap(o => [o.value, o.label]))
  const foreign = (seen.columns.find(c => c.title === rule.from[0])?.values ?? []).filter(v => !own.has(v))
  if (!foreign.length) return null
  const open = foreign.filter(v => rule.values?.[v] === undefined).length
  return (
    <details className="im-values" open={open > 0 && open < 12}><summary>{ti('values')}{open > 0 && <span className="qc-danger"> · {ti('unknownValues', { n: open })}</span>}</summary>
      {foreign.map(value => <label key={value}><span>{value}</span>
        <Select size="small" aria-label={value} placeholder={ti('asIs')} allowClear value={rule.values?.[value]} options={[...field.options!.map(o => ({ value: o.value, label: o.label })), { value: '', label: ti('nothing') }]} onChange={to => { const values = { ...rule.values }; if (to === undefined) delete values[value]; else values[value] = to; onChange(values) }} /></label>)}
    </details>
  )
}
