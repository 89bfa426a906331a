import { Checkbox, Popover, type TableColumnsType } from 'antd'
import { Link } from 'react-router'
import { pick } from '../core/i18n.ts'
import type { EntityMeta, FieldMeta, Row } from '../core/types.ts'
import { Icon } from '../icons.tsx'
import { FieldValue } from './FieldValue.tsx'
import { tl } from './texts.ts'

const system = { createdAt: ['创建时间', 'Created'], updatedAt: ['修改时间', 'Changed'] } as const

/** Fields for these column names; the system times may be shown though metadata does not list them. */
export function columnFields(entity: EntityMeta, names: string[]): FieldMeta[] {
  return names.flatMap(name => {
    const field = entity.fields.find(each => each.name === name)
    if (field) return [field]
    return name === 'createdAt' || name === 'updatedAt' ? [systemField(name)] : []
  })
}

function systemField(name: keyof typeof system): FieldMeta {
  return { name, type: 'datetime', label: pick(system[name]), required: false, readOnly: true, immutable: true, custom: false, access: 'read', filter: [], sortable: true }
}

export function choosable(entity: EntityMeta): FieldMeta[] {
  const names = entity.fields.map(field => field.name)
  return [...entity.fields, ...(['createdAt', 'updatedAt'] as const).filter(name => !names.includes(name)).map(systemField)]
}

const widths: Partial<Record<FieldMeta['type'], number>> = {
  boolean: 70, date: 110, datetime: 130, integer: 90, decimal: 100, money: 110, phone: 130, choice: 110, serial: 150, code: 120, ref: 140,
}

/** Table columns from metadata; the first one links to the record, so the keyboard reaches every row. */
export function tableColumns(fields: FieldMeta[], sort: string, href: (row: Row) => string | undefined): TableColumnsType<Row> {
  const order = sort.split(',')[0] ?? ''
  return fields.map((field, index) => ({
    key: field.name,
    dataIndex: field.name,
    title: field.label,
    width: widths[field.type] ?? 160,
    align: field.type === 'money' || field.type === 'integer' || field.type === 'decimal' ? 'right' as const : 'left' as const,
    sorter: field.sortable,
    showSorterTooltip: false,
    sortOrder: order === field.name ? 'ascend' as const : order === '-' + field.name ? 'descend' as const : null,
    ellipsis: field.type === 'text' || field.type === 'json' || field.type === 'ref',
    render: (_: unknown, row: Row) => {
      const to = index === 0 ? href(row) : undefined
      return to ? <Link to={to} className="qc-row-link"><FieldValue field={field} row={row} plain /></Link> : <FieldValue field={field} row={row} />
    },
  }))
}

export function ColumnChooser({ entity, chosen, onChange }: { entity: EntityMeta, chosen: string[], onChange: (columns: string[]) => void }) {
  const all = choosable(entity).filter(field => field.type !== 'json')
  const content = (
    <div className="qc-column-chooser">
      <Checkbox.Group value={chosen} onChange={values => onChange(orderLike(entity, values))}>
        {all.map(field => <Checkbox key={field.name} value={field.name}>{field.label}</Checkbox>)}
      </Checkbox.Group>
      <button type="button" className="qc-link" onClick={() => onChange([])}>{tl('defaultColumns')}</button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={content} title={tl('columns')}>
      <button type="button" className="qc-icon-button" aria-label={tl('columns')} title={tl('columns')}><Icon name="columns" /></button>
    </Popover>
  )
}

/** Default columns keep their order, added ones follow in the order of the fields. */
export function orderLike(entity: EntityMeta, names: string[]): string[] {
  const base = [...entity.list, ...choosable(entity).map(field => field.name)]
  return [...new Set(base)].filter(name => names.includes(name))
}

