import { Checkbox } from 'antd'
import { Link } from 'react-router'
import type { EntityMeta, FieldMeta, Row } from '../core/types.ts'
import { FieldValue, titleOf } from './FieldValue.tsx'

type Props = {
  entity: EntityMeta, rows: Row[], fields: FieldMeta[], href: (row: Row) => string | undefined
  selected?: string[] | undefined, onSelect?: ((ids: string[]) => void) | undefined
}

/** The list on a phone: a card a record, the whole card is the link. */
export function EntityCards({ entity, rows, fields, href, selected, onSelect }: Props) {
  const rest = fields.filter(field => !entity.display.includes(field.name))
  return (
    <ul className="qc-cards">
      {rows.map(row => {
        const to = href(row)
        const body = <>
          <strong>{titleOf(entity.display, row, entity.fields)}</strong>
          <dl>{rest.map(field => <div key={field.name}><dt>{field.label}</dt><dd><FieldValue field={field} row={row} plain /></dd></div>)}</dl>
        </>
        return (
          <li key={row.id} className="qc-card">
            {onSelect && <Checkbox aria-label={titleOf(entity.display, row, entity.fields)} checked={selected?.includes(row.id) ?? false}
              onChange={event => onSelect(event.target.checked ? [...selected ?? [], row.id] : (selected ?? []).filter(id => id !== row.id))} />}
            {to ? <Link to={to}>{body}</Link> : <div>{body}</div>}
          </li>
        )
      })}
    </ul>
  )
}
