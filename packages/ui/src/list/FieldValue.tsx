import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useMetaSoon } from '../core/session.ts'
import { useSource } from '../core/source.ts'
import { t } from '../core/texts.ts'
import { moneyText, PhoneText, Tag } from '../core/text.tsx'
import type { FieldMeta, Row } from '../core/types.ts'
import { Icon } from '../icons.tsx'
import { When } from '../time/Times.tsx'

/** One value as people read it. `plain`: without links (inside a card that is itself a link). */
export function FieldValue({ field, row, plain = false }: { field: FieldMeta, row: Row, plain?: boolean }): ReactNode {
  const value = row[field.name]
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <span className="qc-faint">—</span>
  if (row.$masked?.includes(field.name)) return <span className="qc-number qc-soft">{String(value)} <Icon name="lock" size={12} /></span>
  switch (field.type) {
    case 'boolean': return value ? t('yes') : t('no')
    case 'money': return <span className="qc-number">{moneyText(String(value))}</span>
    case 'integer': case 'decimal': return <span className="qc-number">{String(value)}</span>
    case 'datetime': return <When at={String(value)} form="absolute" />
    case 'date': return <span className="qc-number">{String(value)}</span>
    case 'phone': return plain ? <span className="qc-number">{String(value)}</span> : <PhoneText value={String(value)} />
    case 'mail': return plain ? String(value) : <a href={`mailto:${String(value)}`}>{String(value)}</a>
    case 'serial': case 'code': return <span className="qc-number">{String(value)}</span>
    case 'choice': { const option = field.options?.find(each => each.value === value); return <Tag color={option?.color}>{option?.label ?? String(value)}</Tag> }
    case 'choices': return <span className="qc-row" style={{ gap: 4 }}>{(value as unknown[]).map(each => {
      const option = field.options?.find(one => one.value === each)
      return <Tag key={String(each)} color={option?.color}>{option?.label ?? String(each)}</Tag>
    })}</span>
    case 'ref': return <RefValue field={field} id={String(value)} label={row.$labels?.[field.name]} plain={plain} />
    case 'refs': return <RefsValue field={field} ids={value as string[]} labels={row.$labels?.[field.name]} plain={plain} />
    case 'json': return <code className="qc-mono">{JSON.stringify(value)}</code>
    default: return field.source ? <SourceValue field={field} row={row} /> : field.multiline ? <span className="qc-multiline">{String(value)}</span> : String(value)
  }
}

/** The words for a value that came from a source; the value itself while they load, or when they are gone. */
function SourceValue({ field, row }: { field: FieldMeta, row: Row }) {
  const value = String(row[field.name])
  return useSource(field, row).find(option => option.value === value)?.label ?? value
}

function RefValue({ field, id, label, plain }: { field: FieldMeta, id: string, label: string | undefined, plain: boolean }) {
  const target = useMetaSoon()?.entities.find(entity => entity.name === field.ref)
  const text = label ?? id.slice(0, 8)
  if (plain || !target) return text
  return <Link to={`/e/${target.plural}/${id}`} onClick={event => event.stopPropagation()}>{text}</Link>
}

function RefsValue({ field, ids, labels, plain }: { field: FieldMeta, ids: string[], labels: unknown, plain: boolean }) {
  if (typeof labels === 'string') return labels
  const named = Array.isArray(labels) ? labels as string[] : labels && typeof labels === 'object' ? ids.map(id => (labels as Record<string, string>)[id]) : []
  // as one text: words side by side in a row of boxes run together
  if (plain) return ids.map((id, i) => named[i] ?? id.slice(0, 8)).join('、')
  return <span className="qc-row" style={{ gap: 4 }}>{ids.map((id, i) => <RefValue key={id} field={field} id={id} label={named[i]} plain={plain} />)}</span>
}

/** The name of a record: its display fields, joined. */
export function titleOf(display: string[], row: Row, fields: FieldMeta[]): string {
  const words = display.map(name => {
    const value = row.$labels?.[name] ?? row[name]
    const option = fields.find(field => field.name === name)?.options?.find(each => each.value === value)
    return option?.label ?? (value === null || value === undefined ? '' : String(value))
  }).filter(Boolean)
  return words.join(' ') || row.id.slice(0, 8)
}
