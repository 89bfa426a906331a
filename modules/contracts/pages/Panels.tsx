import './contracts.css'
import { api, can, listHref, moneyText, useSay, type Page, type PanelProps, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { State } from './ContractPage.tsx'
import { tk } from './texts.ts'

function Records({ entity, plural, title, filter }: { entity: string, plural: string, title: string, filter: Record<string, string> }) {
  const read = useQuery({ queryKey: ['contracts', 'panel', plural, filter], queryFn: ({ signal }) => api.get<Page<Row>>(`/${plural}`, { query: { filter, limit: 5 }, signal, quiet: true }) })
  const rows = read.data?.items ?? []
  if (!rows.length) return null
  return <section className="qc-panel"><header><h2>{title}</h2><Link to={listHref(plural, filter)}>…</Link></header><ul className="kc-list">{rows.map(row => <li key={row.id}><Link to={`/e/${plural}/${row.id}`}>{String(row.number)} {String(row.title ?? '')}</Link><State entity={entity} value={row.state} /><b>{moneyText(String(row.amount))}</b></li>)}</ul></section>
}

const both = (filter: Record<string, string>) => <>{can('contract:read') && <Records entity="contract" plural="contracts" title={tk('contracts')} filter={filter} />}{can('salesOrder:read') && <Records entity="salesOrder" plural="sales-orders" title={tk('orders')} filter={filter} />}</>

/** Contracts and orders of a customer. */
export default function CustomerPanel({ row }: PanelProps) { return both({ customerId: row.id }) }
/** The same of an opportunity. */
export function OpportunityPanel({ row }: PanelProps) { return both({ opportunityId: row.id }) }

/** An accepted quote becomes a contract here. */
export function QuotePanel({ row }: PanelProps) {
  const say = useSay(), navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const make = async () => { setBusy(true); try { const { id } = await api.post<{ id: string }>(`/quotes/${row.id}/contract`); await navigate(`/e/contracts/${id}`) } catch (error) { say.error(error) } finally { setBusy(false) } }
  return <>{row.state === 'accepted' && can('contract:create') && <p><button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void make()}>{tk('newContract')}</button></p>}{both({ quoteId: row.id })}</>
}
