import '../../pages/planning.css'
import { api, can, EmptyState, EntityForm, listHref, PageFrame, useSay, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Read } from '../../pages/Read.tsx'
import { after, before, periodText } from '../../pages/span.ts'
import { spanOfPeriod } from '../../rules/period.ts'
import { tn } from './texts.ts'

type Line = { name: string, source: string, value: string | null, points: string, weight: number, reason: string | null }
type Result = { id: string, card: string, period: string, unitId: string, unit: string, userId: string | null, person: string | null, total: string, lines: Line[] }
type Answer = { period: string, me: string | null, results: Result[], wrong: Wrong[] }
type Wrong = { id: string, name: string, sum: number }

/** The cards of a month: mine first, then those of my people; every figure opens its rows where there are any (SA-26). */
export default function Evaluation() {
  const say = useSay(), [params, setParams] = useSearchParams(), period = params.get('period'), [giving, setGiving] = useState(false), [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['entity', 'scoreResult', 'page', period], queryFn: ({ signal }) => api.get<Answer>('/evaluation', { query: period ? { period } : {}, signal }) })
  const now = read.data?.period ?? period
  const run = async () => {
    setBusy(true)
    try { const r = await api.post<{ results: number, wrong: Wrong[] }>('/evaluation/run', { period: now }); say.ok(r.results ? tn('ran', { n: r.results }) : tn('ranNone')); await read.refetch() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <PageFrame title={`${tn('evaluation')}${now ? ` · ${periodText(now)}` : ''}`} bar={<div className="pl-bar"><button type="button" className="qc-button" disabled={!now} onClick={() => setParams({ period: before(now!) })}>{tn('previous')}</button><button type="button" className="qc-button" disabled={!now} onClick={() => setParams({ period: after(now!) })}>{tn('next')}</button></div>}
      actions={<>{can('scoreGiven:create') && <button type="button" className="qc-button" onClick={() => setGiving(true)}>{tn('give')}</button>}{can('scoreResult:run') && now && <button type="button" className="qc-button" disabled={busy} onClick={() => void run()}>{tn('run')}</button>}</>}>
      <Read read={read}>{a => <>{a.wrong.map(w => <p key={w.id} className="qc-panel qc-panel-pad" role="status" style={{ marginBottom: 12 }}><Link to={`/e/score-cards/${w.id}`}>{tn('wrongCard', { n: w.name, sum: w.sum })}</Link></p>)}{a.results.length === 0 ? <section className="qc-panel"><EmptyState icon="star" title={tn('empty')} hint={tn('emptyHint')} /></section> : <div className="qc-stack">{a.results.map(r => <Card key={r.id} r={r} mine={r.userId !== null && r.userId === a.me} />)}</div>}</>}</Read>
      {giving && <Modal open title={tn('give')} footer={null} onCancel={() => setGiving(false)}><EntityForm entity="scoreGiven" initial={{ period: now ? (read.data?.results.length ? after(now) : now) : '' }} onSaved={() => { setGiving(false); void read.refetch() }} onCancel={() => setGiving(false)} /></Modal>}
    </PageFrame>
  )
}

/** Where a figure was counted, as a list; a person's rows by owner. */
function rowsOf(r: Result, source: string): string {
  const s = spanOfPeriod(r.period), days = { gte: s.from, lte: s.to }, times = { gte: `${s.from}T00:00:00+08:00`, lte: `${s.to}T23:59:59+08:00` }
  const of = (person: string): Filter => (r.userId ? { [person]: r.userId } : { unitId: { below: r.unitId } }), own = of('ownerId')
  if (source === 'signed') return listHref('contracts', { signedOn: days, ...own })
  if (source === 'received') return listHref('receipts', { receivedOn: days, ...own })
  if (source === 'visits') return listHref('engagements', { kind: 'visit', state: 'done', at: times, ...own })
  if (source === 'followUp') return listHref('engagements', { state: 'done', at: times, ...own })
  if (source === 'signIns') return listHref('sign-in-days', { day: days, ...of('userId') })
  if (source === 'satisfied') return listHref('survey-answers', { answeredAt: times, ...of('personId') })
  if (source === 'byHand') return listHref('score-givens', { period: r.period, ...(r.userId ? { userId: r.userId } : { unitId: r.unitId }) })
  return listHref('opportunities', { outcome: { in: ['won', 'lost'] }, closedAt: times, ...own })
}
/** What may be looked at; a figure whose rows are not for the reader stays plain. */
const READ: Record<string, string> = { signed: 'contract', received: 'receipt', visits: 'engagement', followUp: 'engagement', signIns: 'signInDay', satisfied: 'surveyAnswer', byHand: 'scoreGiven', winRate: 'opportunity' }

function Card({ r, mine }: { r: Result, mine: boolean }) {
  const figure = (l: Line) => { const href = l.value !== null && can(`${READ[l.source]}:read`) ? rowsOf(r, l.source) : null, text = l.value === null ? tn('noFigure') : `${Number(l.value)}${l.source === 'byHand' ? '' : '%'}`; return href ? <Link to={href}>{text}</Link> : text }
  return (
    <section className="qc-panel pl-scroll"><header><h2>{r.person ?? r.unit}{mine && ` · ${tn('mine')}`} <span className="qc-soft">{r.card}</span></h2><b>{tn('total', { n: Number(r.total) })}</b></header>
      <table className="pl-table"><thead><tr><th>{tn('measure')}</th><th>{tn('figure')}</th><th>{tn('points')}</th><th>{tn('weight')}</th></tr></thead><tbody>{r.lines.map(l => <tr key={l.name}><th>{l.name}{l.reason && <span className="qc-soft"> {l.reason}</span>}</th><td>{figure(l)}</td><td>{Number(l.points)}</td><td>{l.weight}%</td></tr>)}</tbody></table></section>
  )
}
