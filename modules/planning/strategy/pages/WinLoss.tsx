import '../../pages/planning.css'
import { api, can, Chart, EmptyState, findEntity, Icon, listHref, moneyText, PageFrame, RefPicker, useMeta, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Dates, inOrder } from '../../pages/Dates.tsx'
import { Read } from '../../pages/Read.tsx'
import { periodText } from '../../pages/span.ts'
import { spanOfPeriod } from '../../rules/period.ts'
import { tw } from './texts.ts'

type Tally = { key: string | null, label: string | null, closed: number, won: number, lost: number, rate: number }
type Answer = { from: string, to: string, fromAt: string, toAt: string, closed: number, won: number, lost: number, rivals: Array<{ competitorId: string | null, name: string, names: string[], lost: number, amount: number, rate: number }>, reasons: Array<{ reason: string | null, lost: number }>, products: Tally[], units: Tally[], months: Tally[] }

/** A list's filter for what may be missing. */
const or = (value: string | null): Filter[string] => value ?? { isNull: true }

/** Whom deals are lost to, and why; every figure opens its deals (SA-22). */
export default function WinLoss() {
  const [params, setParams] = useSearchParams(), query = Object.fromEntries([...params].filter(([k, v]) => v && ['from', 'to', 'unitId', 'productId'].includes(k)))
  const read = useQuery({ queryKey: ['entity', 'opportunity', 'win-loss', query], enabled: inOrder(query.from ?? '', query.to ?? ''), queryFn: ({ signal }) => api.get<Answer>('/win-loss', { query, signal }) })
  const set = (key: string, value: string): void => setParams(Object.fromEntries(Object.entries({ ...query, [key]: value }).filter(([, v]) => v)), { replace: true })
  const from = query.from ?? read.data?.from ?? '', to = query.to ?? read.data?.to ?? ''
  return (
    <PageFrame title={tw('winLoss')} actions={<>{can('competitor:read') && <Link className="qc-button" to="/e/competitors">{tw('allRivals')}</Link>}{can('competitorMove:read') && <Link className="qc-button" to="/e/competitor-moves">{tw('moves')}</Link>}</>} bar={<div className="pl-bar">
      <Dates from={from} to={to} set={set} />
      <div style={{ minWidth: 160 }}><RefPicker entity="unit" ariaLabel={tw('unit')} placeholder={tw('unit')} value={query.unitId ?? null} onChange={v => set('unitId', typeof v === 'string' ? v : '')} /></div>
      <div style={{ minWidth: 160 }}><RefPicker entity="product" ariaLabel={tw('product')} placeholder={tw('product')} value={query.productId ?? null} onChange={v => set('productId', typeof v === 'string' ? v : '')} /></div>
    </div>}>
      {inOrder(query.from ?? '', query.to ?? '') && <Read read={read}>{a => (a.closed === 0 ? <section className="qc-panel"><EmptyState icon="chart" title={tw('empty')} hint={tw('emptyHint')} action={<Link className="qc-button" to="/opportunities"><Icon name="chart" /> {tw('won')}/{tw('lost')}</Link>} /></section> : <Shown a={a} query={query} />)}</Read>}
    </PageFrame>
  )
}

function Shown({ a, query }: { a: Answer, query: Record<string, string> }) {
  const go = useNavigate(), reasons = findEntity(useMeta(), 'opportunity')?.fields.find(f => f.name === 'lostReason')?.options ?? []
  const of: Filter = { ...(query.unitId ? { unitId: { below: query.unitId } } : {}), ...(query.productId ? { productId: query.productId } : {}) }
  const deals = (more: Filter): string => listHref('opportunities', { closedAt: { gte: a.fromAt, lt: a.toAt }, ...of, ...more })
  const label = (reason: string | null): string => reasons.find(r => r.value === reason)?.label ?? tw('none')
  const table = (title: string, head: string, list: Tally[], name: (t: Tally) => string, filter: (t: Tally) => Filter) => (
    <section className="qc-panel pl-scroll"><header><h2>{title}</h2></header><table className="pl-table"><thead><tr><th>{head}</th><th>{tw('won')}</th><th>{tw('lost')}</th><th>{tw('lossRate')}</th></tr></thead>
      <tbody>{list.map(t => <tr key={t.key ?? ''}><th>{name(t)}</th><td>{t.won ? <Link to={deals({ outcome: 'won', ...filter(t) })}>{t.won}</Link> : 0}</td><td>{t.lost ? <Link to={deals({ outcome: 'lost', ...filter(t) })}>{t.lost}</Link> : 0}</td><td>{t.rate}%</td></tr>)}</tbody></table></section>
  )
  return (
    <div className="qc-stack">
      <section className="qc-panel pl-tiles"><Link to={deals({ outcome: { in: ['won', 'lost'] } })}>{tw('closed')}<b>{a.closed}</b></Link><Link to={deals({ outcome: 'won' })}>{tw('won')}<b>{a.won}</b></Link><Link to={deals({ outcome: 'lost' })}>{tw('lost')}<b>{a.lost}</b></Link><span>{tw('lossRate')}<b>{Math.round(a.lost / a.closed * 1000) / 10}%</b></span></section>
      <div className="pl-two">
        <section className="qc-panel pl-scroll"><header><h2>{tw('rivals')}</h2></header>{a.rivals.length === 0 ? <p className="qc-panel-pad qc-soft">{tw('noRivals')}</p> : <table className="pl-table"><thead><tr><th>{tw('rival')}</th><th>{tw('lost')}</th><th>{tw('rivalRate')}</th><th>{tw('amount')}</th></tr></thead>
          <tbody>{a.rivals.map(r => <tr key={r.name}><th>{r.competitorId ? <Link to={`/e/competitors/${r.competitorId}`}>{r.name}</Link> : <>{r.name}{can('competitor:create') && <> <Link className="qc-soft" to={`/e/competitors/new?name=${encodeURIComponent(r.name)}`}>{tw('addRival')}</Link></>}</>}</th><td><Link to={deals({ outcome: 'lost', lostTo: { in: r.names } })}>{r.lost}</Link></td><td><b>{r.rate}%</b></td><td>{moneyText(String(r.amount))}</td></tr>)}</tbody></table>}</section>
        <section className="qc-panel"><header><h2>{tw('reasons')}</h2></header>{a.reasons.length > 0 && <Chart height={220} label={tw('reasons')} onClick={c => { const r = a.reasons[c.dataIndex]; if (r) void go(deals({ outcome: 'lost', lostReason: or(r.reason) })) }} option={{ tooltip: { trigger: 'item', confine: true }, series: [{ type: 'pie', radius: ['38%', '68%'], label: { formatter: '{b} {c}' }, data: a.reasons.map(r => ({ name: label(r.reason), value: r.lost })) }] }} />}
          <ul className="pl-list">{a.reasons.map(r => <li key={r.reason ?? ''}><span className="pl-grow">{label(r.reason)}</span><Link to={deals({ outcome: 'lost', lostReason: or(r.reason) })}>{r.lost}</Link></li>)}</ul></section>
      </div>
      <div className="pl-two">{table(tw('units'), tw('unit'), a.units, t => t.label ?? tw('none'), t => ({ unitId: t.key! }))}{table(tw('products'), tw('product'), a.products, t => t.label ?? tw('none'), t => ({ productId: or(t.key) }))}</div>
      {table(tw('months'), tw('month'), a.months, t => periodText(t.key!), t => { const s = spanOfPeriod(t.key!); return { closedAt: { gte: `${s.from}T00:00:00+08:00`, lte: `${s.to}T23:59:59+08:00` } } })}
    </div>
  )
}
