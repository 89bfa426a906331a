import { api, EmptyState, listHref, PageFrame, RefPicker, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { Answered, unitYuan, yuan } from './shared.tsx'
import { tk } from './texts.ts'

interface Item { item: string, count: number, quantity: number, amount: number }
interface Data {
  from: string, until: string, customers: string[] | null, few: { carriers: Item[], carriedPercent: number, rareCount: number, total: number }, proposals: Array<{ item: string, customers: string[], names: string[], count: number, quantity: number, percent: number }>
  savings: Array<{ unit: string, quantity: string, amount: string, unitPrice: number, saved: number | null, savedPercent: number | null, mean: number | null, gapPercent: number | null, hints: string[] }>
}

/** The few that matter, where demand meets, and (for one account) what it pays and saves (SA-19, SA-20, TP-09). */
export default function Analysis() {
  const [params, setParams] = useSearchParams(), customer = params.get('customer')
  const read = useQuery({ queryKey: ['key-analysis', customer], queryFn: ({ signal }) => api.get<Data>('/key-accounts/analysis', { query: customer ? { customerId: customer } : {}, signal }) })
  return (
    <PageFrame title={tk('analysis')} subtitle={tk('analysisLead')} bar={<div style={{ maxWidth: 320 }}><RefPicker entity="customer" ariaLabel={tk('all')} placeholder={tk('all')} value={customer} onChange={v => setParams(typeof v === 'string' ? { customer: v } : {}, { replace: true })} /></div>}>
      <Answered read={read}>{d => (d.few.total === 0 ? <section className="qc-panel"><EmptyState icon="chart" title={tk('noData')} hint={tk('noDataHint')} /></section> : <div className="qc-stack"><Savings data={d} /><Few data={d} />{!customer && <Meet data={d} />}</div>)}</Answered>
    </PageFrame>
  )
}

/** The order lines behind a figure: of the account and all below it, as the figures are. */
const lines = (d: Data, filter: Filter): string => listHref('order-lines', { orderedOn: { gte: d.from, lte: d.until }, ...(d.customers ? { customerId: { in: d.customers } } : {}), ...filter })

function Few({ data }: { data: Data }) {
  const { few } = data
  return (
    <section className="qc-panel"><header><h2>{tk('few')}</h2></header><div className="qc-panel-pad"><p className="qc-soft">{tk('fewHint', { n: few.carriers.length, p: few.carriedPercent, r: few.rareCount })}</p></div>
      <div className="ka-wrap"><table className="ka-table"><thead><tr><th>{tk('item')}</th><th className="ka-n">{tk('times')}</th><th className="ka-n ka-less">{tk('quantity')}</th><th className="ka-n">{tk('amount')}</th></tr></thead>
        <tbody>{few.carriers.map(i => <tr key={i.item}><td><Link to={lines(data, { item: i.item })}>{i.item}</Link></td><td className="ka-n">{i.count}</td><td className="ka-n ka-less">{yuan(i.quantity)}</td><td className="ka-n">{yuan(i.amount)}</td></tr>)}</tbody></table></div></section>
  )
}

function Meet({ data }: { data: Data }) {
  return (
    <section className="qc-panel"><header><h2>{tk('meet')}</h2></header>{data.proposals.length === 0 ? <div className="qc-panel-pad"><p className="qc-soft">{tk('noMeet')}</p></div> : <div className="ka-wrap"><table className="ka-table"><thead><tr><th>{tk('item')}</th><th>{tk('accounts')}</th><th className="ka-n">{tk('times')}</th><th className="ka-n ka-less">{tk('quantity')}</th><th className="ka-n">{tk('ofTheirs')}</th></tr></thead>
      <tbody>{data.proposals.map(p => <tr key={p.item}><td><Link to={lines(data, { item: p.item, customerId: { in: p.customers } })}>{p.item}</Link></td><td>{p.names.join('、')}</td><td className="ka-n">{p.count}</td><td className="ka-n ka-less">{yuan(p.quantity)}</td><td className="ka-n">{p.percent} %</td></tr>)}</tbody></table></div>}</section>
  )
}

function Savings({ data }: { data: Data }) {
  if (!data.savings.length) return null
  const percent = (n: number | null): string => (n === null ? '—' : `${n > 0 ? '+' : ''}${n} %`)
  return (
    <section className="qc-panel"><header><h2>{tk('savings')}</h2></header><div className="ka-wrap"><table className="ka-table"><thead><tr><th>{tk('quantity')}</th><th className="ka-n">{tk('amount')}</th><th className="ka-n">{tk('unitPrice')}</th><th className="ka-n">{tk('saved_')}</th><th className="ka-n ka-less">{tk('mean')}</th><th className="ka-n">{tk('gap')}</th></tr></thead>
      <tbody>{data.savings.map(s => <tr key={s.unit}><td><Link to={lines(data, { unit: s.unit })}>{yuan(s.quantity)} {s.unit}</Link></td><td className="ka-n">{yuan(s.amount)}</td><td className="ka-n">{unitYuan(s.unitPrice)}</td><td className="ka-n">{s.saved === null ? '—' : `${yuan(s.saved)}（${s.savedPercent} %）`}</td><td className="ka-n ka-less">{unitYuan(s.mean)}</td><td className="ka-n">{percent(s.gapPercent)}</td></tr>)}</tbody></table></div>
      {data.savings.some(s => s.hints.length > 0) && <ul className="qc-panel-pad ka-hints">{data.savings.flatMap(s => s.hints.map(h => <li key={s.unit + h}>{s.unit}：{h}</li>))}</ul>}</section>
  )
}
