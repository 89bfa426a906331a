import '../../pages/planning.css'
import { api, Chart, EmptyState, listHref, moneyText, PageFrame } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { Read } from '../../pages/Read.tsx'
import { after, before, periodText } from '../../pages/span.ts'
import { tl } from '../../pages/texts.ts'
import { quarterOf, spanOfPeriod } from '../../rules/period.ts'

type Row = { key: string | null, label: string | null, won: string, committed: string, best: string, weighted: string, quantity: string, deals: number, forecast: string, plan: string | null, gap: string | null }
type Week = { week: string, endsOn: string, snapshotId: string, open: string, won: string, forecast: string }
type Hit = { period: string, week: string, snapshotId: string, forecast: string, came: string, percent: number }
type Answer = { period: string, from: string, to: string, fromAt: string, toAt: string, today: string, rows: Row[], total: Row, overdue: number, weeks: Week[], hits: Hit[] }
type By = 'person' | 'unit' | 'product' | 'month'

/** What is expected in a month or a quarter, by whom; every figure opens its deals (SA-08). */
export default function Forecast() {
  const [params, setParams] = useSearchParams(), period = params.get('period'), by = (params.get('by') ?? 'person') as By
  const read = useQuery({ queryKey: ['entity', 'opportunity', 'forecast', period, by], queryFn: ({ signal }) => api.get<Answer>('/forecast', { query: { by, ...(period ? { period } : {}) }, signal }) })
  const set = (more: Record<string, string>): void => setParams({ ...Object.fromEntries(params), ...more }, { replace: true })
  const now = read.data?.period ?? period ?? '', kind = now.length === 4 ? 'year' : now.includes('Q') ? 'quarter' : 'month'
  const day = read.data?.today ?? '', change = (to: string): void => set({ period: to === 'year' ? day.slice(0, 4) : to === 'quarter' ? quarterOf(day) : day.slice(0, 7) })
  return (
    <PageFrame title={`${tl('forecast')}${now ? ` · ${periodText(now)}` : ''}`} bar={<div className="pl-bar">
      <Segmented value={kind} onChange={value => change(String(value))} options={[{ value: 'month', label: tl('month') }, { value: 'quarter', label: tl('quarter') }, { value: 'year', label: tl('year') }]} />
      <Segmented value={by} onChange={value => set({ by: String(value) })} options={[{ value: 'person', label: tl('byPerson') }, { value: 'unit', label: tl('byUnit') }, { value: 'product', label: tl('byProduct') }, { value: 'month', label: tl('byMonth') }]} />
      {now && <><button type="button" className="qc-button" onClick={() => set({ period: before(now) })}>{tl('previous')}</button><button type="button" className="qc-button" onClick={() => set({ period: after(now) })}>{tl('next')}</button></>}
    </div>}>
      <Read read={read}>{a => <div className="qc-stack">
        {a.overdue > 0 && <p className="qc-panel qc-panel-pad"><Link to={listHref('opportunities', { outcome: 'open', closeOn: { lt: a.today } })}>{tl('overdue', { n: a.overdue })}</Link></p>}
        <section className="qc-panel pl-scroll">{a.rows.length === 0 ? <EmptyState icon="chart" title={tl('noDeals')} hint={tl('noDealsHint')} action={<Link className="qc-button" to="/opportunities">{tl('toDeals')}</Link>} /> : <Figures a={a} by={by} />}</section>
        <Moved a={a} /><Right hits={a.hits} />
      </div>}</Read>
    </PageFrame>
  )
}

function Figures({ a, by }: { a: Answer, by: By }) {
  const head = ['won', 'committed', 'best', 'weighted', 'quantity', 'plan', 'gap'] as const
  const cells = (r: Row, whole: boolean) => {
    const own = whole || by === 'month' ? {} : { [by === 'person' ? 'ownerId' : by === 'unit' ? 'unitId' : 'productId']: r.key ?? { isNull: true } }
    const span = by === 'month' && r.key ? spanOfPeriod(r.key) : a, dates = { gte: span.from, lte: span.to }
    const open = { outcome: 'open', closeOn: dates, ...own }, money = (n: string, href: string) => (Number(n) ? <Link to={href}>{moneyText(n)}</Link> : '—')
    const won = by === 'month' && !whole ? { gte: `${span.from}T00:00:00+08:00`, lte: `${span.to}T23:59:59+08:00` } : { gte: a.fromAt, lt: a.toAt }
    return <>
      <td data-label={tl('won')}>{money(r.won, listHref('opportunities', { outcome: 'won', closedAt: won, ...own }))}</td>
      <td data-label={tl('committed')}>{money(r.committed, listHref('opportunities', { ...open, chance: { gte: 80 } }))}</td>
      <td data-label={tl('best')}>{money(r.best, listHref('opportunities', open))}</td>
      <td data-label={tl('weighted')}><b>{money(r.weighted, listHref('opportunities', open))}</b></td>
      <td data-label={tl('quantity')}>{Number(r.quantity) ? r.quantity : '—'}</td>
      <td data-label={tl('plan')}>{r.plan ? <Link to={`/targets?year=${a.period.slice(0, 4)}&measure=signed`}>{moneyText(r.plan)}</Link> : '—'}</td>
      <td data-label={tl('gap')} className={Number(r.gap) > 0 ? 'pl-short' : ''}>{r.gap === null ? '—' : Number(r.gap) < 0 ? tl('ahead', { n: moneyText(r.gap.slice(1)) }) : moneyText(r.gap)}</td></>
  }
  return (
    <table className="pl-table pl-cards"><thead><tr><th>{tl('who')}</th>{head.map(k => <th key={k}>{tl(k)}</th>)}</tr></thead>
      <tbody>{a.rows.map(r => <tr key={r.key ?? ''}><th>{by === 'month' ? periodText(r.key!) : r.label ?? tl('nobody')}</th>{cells(r, false)}</tr>)}</tbody>
      <tfoot><tr><th>{tl('total')}</th>{cells(a.total, true)}</tr></tfoot></table>
  )
}

function Moved({ a }: { a: Answer }) {
  const open = (w: Week): string => listHref('forecast-lines', { snapshotId: w.snapshotId, closeOn: { gte: a.from, lte: a.to } })
  return (
    <section className="qc-panel"><header><h2>{tl('moved')}</h2></header>{a.weeks.length === 0 ? <p className="qc-panel-pad qc-soft">{tl('movedNone')}</p> : <>
      <Chart height={220} label={tl('movedLabel')} option={{ xAxis: { type: 'category', data: a.weeks.map(w => w.week.slice(5)) }, yAxis: { type: 'value' }, tooltip: { trigger: 'axis', confine: true }, legend: { top: 0 }, series: [{ name: tl('won'), type: 'bar', stack: 'all', data: a.weeks.map(w => Number(w.won)) }, { name: tl('weighted'), type: 'bar', stack: 'all', data: a.weeks.map(w => Number(w.open)) }] }} />
      <div className="pl-scroll"><table className="pl-table"><thead><tr><th>{tl('week')}</th><th>{tl('won')}</th><th>{tl('weighted')}</th></tr></thead><tbody>{a.weeks.slice(-6).toReversed().map(w => <tr key={w.week}><th>{w.week}</th><td>{moneyText(w.won)}</td><td><Link to={open(w)}>{moneyText(w.open)}</Link></td></tr>)}</tbody></table></div></>}</section>
  )
}

function Right({ hits }: { hits: Hit[] }) {
  return (
    <section className="qc-panel"><header><h2>{tl('right')}</h2></header><p className="qc-panel-pad qc-soft">{tl(hits.length ? 'rightHint' : 'rightNone')}</p>
      {hits.length > 0 && <div className="pl-scroll"><table className="pl-table"><thead><tr><th>{tl('period')}</th><th>{tl('expected')}</th><th>{tl('came')}</th><th>{tl('accuracy')}</th></tr></thead>
        <tbody>{hits.map(h => <tr key={h.period}><th>{periodText(h.period)}</th><td><Link to={listHref('forecast-lines', { snapshotId: h.snapshotId })}>{moneyText(h.forecast)}</Link></td><td><Link to={`/forecast?period=${h.period}`}>{moneyText(h.came)}</Link></td><td>{h.percent}%</td></tr>)}</tbody></table></div>}</section>
  )
}
