import { api, useDebounced, type PanelProps } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { tc } from './texts.ts'

type Known = { id: string; name: string; why: ('phone' | 'taxNumber' | 'name')[] }
/** A longer name is no person's: the kind may not have been chosen yet. */
const PERSON = 5
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** 可能已有: while a customer or a lead is typed, who is there already by that telephone, tax number or a name like it. It tells and never stops anybody. */
export default function KnownAlready({ row }: PanelProps) {
  // a lead has the company's name beside the person's
  const lead = 'company' in row || 'needs' in row, name = text(lead ? row.company : row.name), phone = text(row.phone), taxNumber = text(row.taxNumber)
  const asked = useDebounced(JSON.stringify({ ...(name.length >= 2 ? { name: name.slice(0, 100) } : {}), ...(phone.length >= 5 ? { phone: phone.slice(0, 40) } : {}), ...(taxNumber.length >= 5 ? { taxNumber: taxNumber.slice(0, 40) } : {}), ...(!lead && row.kind && name.length < PERSON ? { kind: text(row.kind) } : {}) }), 400)
  const query = JSON.parse(asked) as Record<string, string>
  const read = useQuery({ queryKey: ['customer', 'known', asked], enabled: Boolean(query.name || query.phone || query.taxNumber), queryFn: ({ signal }) => api.get<{ items: Known[] }>('/customer-doubles/known', { query, signal, quiet: true }) })
  const items = read.data?.items ?? []
  if (!items.length) return null
  return (
    <div className="qc-notice" role="note"><span><b>{tc('doubles')}</b>：{items.slice(0, 5).map((k, i) => <span key={k.id}>{i > 0 && '、'}<Link to={`/e/customers/${k.id}`} target="_blank">{k.name}</Link>（{k.why.map(w => tc(w)).join('、')}）</span>)}</span></div>
  )
}
