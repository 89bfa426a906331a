import './commission.css'
import { api, can, EmptyState, ErrorState, Icon, listHref, moneyText, PageFrame, Skeleton, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { byPerson, monthBefore, type Answer } from './table.ts'
import { tp } from './texts.ts'

const MONTHS = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'))

/** Commission by person and month; every figure opens its entries (SA-10). */
export default function Commission() {
  const say = useSay()
  const [year, setYear] = useState<number | null>(null), [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['commission', year], queryFn: ({ signal }) => api.get<Answer>('/commission', { query: year ? { year: String(year) } : {}, signal }) })
  const run = async (month: string) => {
    setBusy(true)
    try { const r = await api.post<{ entries: number, amount: string }>('/commission/run', { period: monthBefore(month) }); say.ok(r.entries ? tp('ran', { n: r.entries, sum: moneyText(r.amount) }) : tp('nothing')); await read.refetch() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  if (read.isPending) return <PageFrame title={tp('title')}><div className="qc-panel"><Skeleton lines={8} /></div></PageFrame>
  if (read.isError) return <PageFrame title={tp('title')}><div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div></PageFrame>
  const a = read.data, people = byPerson(a)
  return (
    <PageFrame title={`${tp('title')} ${a.year}`} actions={<>
      <button type="button" className="qc-button" onClick={() => setYear(a.year - 1)}>{tp('before')}</button><button type="button" className="qc-button" onClick={() => setYear(a.year + 1)}>{tp('after')}</button>
      {can('commissionEntry:run') && <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void run(a.month)}>{tp('run')}</button>}</>}>
      {a.wrong.map(w => <p key={w.id} className="qc-panel qc-panel-pad" role="status"><Link to={`/e/commission-plans/${w.id}`}>{tp('wrongPlan', { n: w.name, why: w.reason })}</Link></p>)}
      <section className="qc-panel cm-scroll">
        {people.length === 0 ? <EmptyState icon="money" title={tp('empty')} hint={tp('emptyHint')} /> : <table className="cm-table">
          <thead><tr><th>{tp('person')}</th>{MONTHS.map(m => <th key={m}>{tp('month', { n: Number(m) })}</th>)}<th>{tp('total')}</th></tr></thead>
          <tbody>{people.map(p => <tr key={p.userId}><th>{p.name}</th>{MONTHS.map(m => { const amount = p.months.get(`${a.year}-${m}`); return <td key={m} data-label={tp('month', { n: Number(m) })} className={amount ? '' : 'cm-none'}>{amount ? <Link to={listHref('commission-entries', { userId: p.userId, period: `${a.year}-${m}` })}>{moneyText(amount)}</Link> : '—'}</td> })}<td data-label={tp('total')}><b>{moneyText(p.total)}</b></td></tr>)}</tbody></table>}
      </section>
      {a.expected.length > 0 && <section className="qc-panel cm-scroll"><header><h2><Icon name="star" /> {tp('expected')}</h2></header>
        <table className="cm-table"><thead><tr><th>{tp('person')}</th><th>{tp('deals')}</th><th>{tp('weighted')}</th><th>{tp('commission')}</th></tr></thead>
          <tbody>{a.expected.map(x => <tr key={x.userId}><th>{x.name}</th><td data-label={tp('deals')}><Link to={listHref('opportunities', { ownerId: x.userId, outcome: 'open' })}>{x.deals}</Link></td><td data-label={tp('weighted')}>{moneyText(x.weighted)}</td><td data-label={tp('commission')}><b>{moneyText(x.commission)}</b></td></tr>)}</tbody></table></section>}
    </PageFrame>
  )
}
