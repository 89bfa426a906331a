import '../../pages/planning.css'
import { api, EmptyState, listHref, PageFrame, RefPicker, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { Dates, inOrder } from '../../pages/Dates.tsx'
import { Read } from '../../pages/Read.tsx'
import { tl } from '../../pages/texts.ts'

type Answer = { from: string, to: string, fromAt: string, toAt: string, leads: number, deals: number, quotes: number, orders: number, rates: { deals: number | null, quotes: number | null, orders: number | null }, days: { toDeal: number | null, toQuote: number | null, toOrder: number | null }, ids: { deals: string[], quotes: string[], orders: string[] } }

/** 线索 → 商机 → 报价 → 订单 with rates and median days; every figure opens its rows (AN-03). */
export default function Funnel() {
  const [params, setParams] = useSearchParams(), query = Object.fromEntries([...params].filter(([k, v]) => v && ['from', 'to', 'unitId', 'ownerId'].includes(k)))
  const read = useQuery({ queryKey: ['entity', 'lead', 'funnel', query], enabled: inOrder(query.from ?? '', query.to ?? ''), queryFn: ({ signal }) => api.get<Answer>('/sales-funnel', { query, signal }) })
  const set = (key: string, value: string): void => setParams(Object.fromEntries(Object.entries({ ...query, [key]: value }).filter(([, v]) => v)), { replace: true })
  const from = query.from ?? read.data?.from ?? '', to = query.to ?? read.data?.to ?? ''
  return (
    <PageFrame title={tl('funnel')} subtitle={tl('funnelLead')} bar={<div className="pl-bar">
      <Dates from={from} to={to} set={set} />
      <div style={{ minWidth: 160 }}><RefPicker entity="unit" ariaLabel={tl('byUnit')} placeholder={tl('byUnit')} value={query.unitId ?? null} onChange={v => set('unitId', typeof v === 'string' ? v : '')} /></div>
      <div style={{ minWidth: 160 }}><RefPicker entity="user" ariaLabel={tl('byPerson')} placeholder={tl('byPerson')} value={query.ownerId ?? null} onChange={v => set('ownerId', typeof v === 'string' ? v : '')} /></div>
    </div>}>
      {inOrder(query.from ?? '', query.to ?? '') && <Read read={read}>{a => <section className="qc-panel">{a.leads === 0 ? <EmptyState icon="filter" title={tl('noLeads')} hint={tl('noLeadsHint')} /> : <Steps a={a} query={query} />}</section>}</Read>}
    </PageFrame>
  )
}

function Steps({ a, query }: { a: Answer, query: Record<string, string> }) {
  const of: Filter = { ...(query.ownerId ? { ownerId: query.ownerId } : {}), ...(query.unitId ? { unitId: { below: query.unitId } } : {}) }
  const steps = [
    { key: 'leads', n: a.leads, href: listHref('leads', { createdAt: { gte: a.fromAt, lt: a.toAt }, ...of }), rate: null, days: null },
    { key: 'deals', n: a.deals, href: listHref('opportunities', { id: { in: a.ids.deals } }), rate: a.rates.deals, days: a.days.toDeal },
    { key: 'quotes', n: a.quotes, href: listHref('quotes', { opportunityId: { in: a.ids.quotes } }), rate: a.rates.quotes, days: a.days.toQuote },
    { key: 'orders', n: a.orders, href: listHref('sales-orders', { opportunityId: { in: a.ids.orders } }), rate: a.rates.orders, days: a.days.toOrder },
  ] as const
  return (
    <div className="pl-steps">{steps.map((s, i) => <div key={s.key}>
      {i > 0 && <p className="pl-between">{s.rate === null || s.days === null ? tl('ofBeforeNone') : tl('ofBefore', { p: s.rate, d: s.days })}</p>}
      <div className="pl-step"><span>{tl(s.key)}</span><div>{s.n ? <Link to={s.href} style={{ width: `${Math.max(8, s.n / a.leads * 100)}%` }}>{s.n}</Link> : '0'}</div></div></div>)}</div>
  )
}
