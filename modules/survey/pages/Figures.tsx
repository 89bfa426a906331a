import './survey.css'
import { api, EmptyState, ErrorState, listHref, PageFrame, Skeleton, useEntity, useLive, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { tf } from './texts.ts'

type Figures = { count: number, mean: string | null, satisfied: number | null, spread: number[], filter: Filter }
type Answer = { total: Figures, lines: Array<Figures & { key: string | null, name: string }> }
const PLURAL = { service: 'survey-answers', deal: 'deal-surveys' } as const
const BY = ['unit', 'person', 'product'] as const
const SPANS = [['30', 'days30'], ['90', 'days90'], ['0', 'ever']] as const

/** How content customers are, by station, person and product line; each figure opens the answers behind it. */
export default function SurveyFigures() {
  const [params, setParams] = useSearchParams()
  const service = useEntity('surveyAnswer'), deal = useEntity('dealSurvey'), of = deal && (!service || params.get('of') === 'deal') ? 'deal' : 'service'
  const by = params.get('by') ?? 'unit', days = params.get('days') ?? '30'
  const read = useQuery({ queryKey: ['survey-figures', of, by, days], queryFn: ({ signal }) => api.get<Answer>('/survey/figures', { query: { of, by, from: Number(days) ? new Date(Date.now() - Number(days) * 86_400_000).toISOString() : undefined }, signal }) })
  useLive(['surveyAnswer', 'dealSurvey'], () => void read.refetch())
  const set = (name: string, value: string) => setParams(before => { const next = new URLSearchParams(before); next.set(name, value); return next }, { replace: true })
  return (
    <PageFrame title={tf('title')} subtitle={tf(of === 'deal' ? 'leadDeal' : 'lead')} actions={<Link className="qc-button" to={listHref(PLURAL[of])}>{tf('all')}</Link>}
      bar={<div className="qc-row" style={{ flexWrap: 'wrap' }}>{service && deal && <Segmented value={of} onChange={v => set('of', v)} options={[{ value: 'service', label: tf('afterService') }, { value: 'deal', label: tf('afterDeal') }]} />}<Segmented value={by} onChange={v => set('by', v)} options={BY.map(value => ({ value, label: tf(of === 'deal' && value === 'unit' ? 'block' : value) }))} /><Segmented value={days} onChange={v => set('days', v)} options={SPANS.map(([value, name]) => ({ value, label: tf(name) }))} /></div>}>
      {read.isPending ? <section className="qc-panel"><Skeleton lines={6} /></section> : read.isError ? <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
        : read.data.total.count === 0 ? <section className="qc-panel"><EmptyState icon="chart" title={tf('none')} hint={tf(of === 'deal' ? 'noneHintDeal' : 'noneHint')} /></section> : <Shown answer={read.data} of={of} />}
    </PageFrame>
  )
}

function Shown({ answer: { total, lines }, of }: { answer: Answer, of: keyof typeof PLURAL }) {
  const href = (f: Filter) => listHref(PLURAL[of], f)
  return (
    <div className="qc-stack">
      <section className="qc-panel qc-panel-pad su-total">
        <Link to={href(total.filter)}><span className="qc-soft">{tf('mean')}</span><b>{total.mean}</b></Link>
        <Link to={href({ ...total.filter, score: { gte: 4 } } as Filter)}><span className="qc-soft">{tf('satisfied')}</span><b>{total.satisfied}%</b></Link>
        <Link to={href(total.filter)}><span className="qc-soft">{tf('count')}</span><b>{total.count}</b></Link>
      </section>
      <section className="qc-panel su-wrap"><table className="su">
        <thead><tr><th>{tf('name')}</th><th>{tf('count')}</th><th>{tf('mean')}</th><th>{tf('satisfied')}</th>{[1, 2, 3, 4, 5].map(n => <th key={n} className="su-spread">{tf('points', { n })}</th>)}</tr></thead>
        <tbody>{lines.map(l => <tr key={l.key ?? ''}><td>{l.name}</td><td><Link to={href(l.filter)}>{l.count}</Link></td><td><Link to={href(l.filter)}>{l.mean}</Link></td><td><Link to={href({ ...l.filter, score: { gte: 4 } } as Filter)}>{l.satisfied}%</Link></td>
          {l.spread.map((n, i) => <td key={i} className="su-spread">{n ? <Link to={href({ ...l.filter, score: i + 1 } as Filter)}>{n}</Link> : '·'}</td>)}</tr>)}</tbody>
      </table></section>
    </div>
  )
}
