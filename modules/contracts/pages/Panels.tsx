import './contracts.css'
import { api, can, listHref, moneyText, useSay, type Page, type PanelProps, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { State } from './ContractPage.tsx'
import { tk } from './texts.ts'

function Records({ entity, plural, title, filter }: { entity: string, plural: string, title: string, filter: Record<string, string> }) {
  const read = useQuery({ queryKey: ['entity', entity, 'panel', filter], queryFn: ({ signal }) => api.get<Page<Row>>(`/${plural}`, { query: { filter, limit: 5 }, signal, quiet: true }) })
  const rows = read.data?.items ?? []
  if (!rows.length) return null
  return <section className="qc-panel kc-panel"><header><h2>{title}</h2><Link to={listHref(plural, filter)}>…</Link></header><ul className="kc-list">{rows.map(row => <li key={row.id}><Link to={`/e/${plural}/${row.id}`}>{String(row.number)} {String(row.title ?? '')}</Link><State entity={entity} value={row.state} /><b>{moneyText(String(row.amount))}</b></li>)}</ul></section>
}

const both = (filter: Record<string, string>) => <>{can('contract:read') && <Records entity="contract" plural="contracts" title={tk('contracts')} filter={filter} />}{can('salesOrder:read') && <Records entity="salesOrder" plural="sales-orders" title={tk('orders')} filter={filter} />}</>

/** Contracts and orders of a customer. */
export default function CustomerPanel({ row }: PanelProps) { return both({ customerId: row.id }) }
/** The same of an opportunity; won and not ordered yet, the next step is one click. */
export function OpportunityPanel({ row }: PanelProps) { return <>{row.outcome === 'won' && can('salesOrder:create') && <OrderOffer deal={row} />}{both({ opportunityId: row.id })}</> }

function OrderOffer({ deal }: { deal: Row }) {
  const say = useSay(), navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const filter = { opportunityId: deal.id }
  const orders = useQuery({ queryKey: ['entity', 'salesOrder', 'panel', filter], queryFn: ({ signal }) => api.get<Page<Row>>('/sales-orders', { query: { filter, limit: 5 }, signal, quiet: true }) })
  const contracts = useQuery({ queryKey: ['entity', 'contract', 'panel', filter], queryFn: ({ signal }) => api.get<Page<Row>>('/contracts', { query: { filter, limit: 5 }, signal, quiet: true }), enabled: can('contract:read') })
  if (!orders.data || orders.data.items.some(o => o.state !== 'cancelled') || contracts.isPending) return null
  const contract = contracts.data?.items.find(c => c.state === 'active')
  const make = async () => { setBusy(true); try { const { id } = await api.post<{ id: string }>(`/contracts/${contract!.id}/order`, { withLines: contract!.kind === 'single' }); await navigate(`/e/sales-orders/${id}`) } catch (error) { say.error(error) } finally { setBusy(false) } }
  return (
    <section className="qc-panel qc-panel-pad kc-deal"><span>{tk(contract ? 'toOrder' : 'orderAlone')}{contract && <> <Link to={`/e/contracts/${contract.id}`}>{String(contract.number)}</Link></>}</span>
      {contract ? <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void make()}>{tk('orderNow')}</button> : <Link className="qc-button qc-button-primary" to={`/e/sales-orders/new?${new URLSearchParams({ opportunityId: deal.id, customerId: String(deal.customerId), unitId: String(deal.unitId) })}`}>{tk('orderNow')}</Link>}
    </section>
  )
}

/** An accepted quote becomes a contract here. */
export function QuotePanel({ row }: PanelProps) {
  const say = useSay(), navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const make = async () => { setBusy(true); try { const { id } = await api.post<{ id: string }>(`/quotes/${row.id}/contract`); await navigate(`/e/contracts/${id}`) } catch (error) { say.error(error) } finally { setBusy(false) } }
  return <>{row.state === 'accepted' && can('contract:create') && <p><button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void make()}>{tk('newContract')}</button></p>}{both({ quoteId: row.id })}</>
}
