import './team.css'
import { api, dateText, EmptyState, ErrorState, Icon, PageFrame, shortText, Skeleton, useLive } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { UnitPick } from '../shared/UnitPick.tsx'
import { everyDay } from './days.ts'
import { Steps } from './Steps.tsx'
import { tt } from './texts.ts'
import type { Asked, TeamView, What, Worker } from './types.ts'

const SPANS = [7, 14, 30]
const WHATS: readonly What[] = ['open', 'late', 'warn', 'paused', 'pool', 'done', 'doneLate', 'onTime']

/** 站长视图: everybody's work in hand, the last days and the targets, as it is this minute; every figure opens its rows (SP-18). */
export default function Team() {
  const [params, setParams] = useSearchParams()
  const unitId = params.get('unit'), days = SPANS.find(n => String(n) === params.get('days')) ?? 7
  const read = useQuery({ queryKey: ['insight', 'team', unitId, days], queryFn: ({ signal }) => api.get<TeamView>('/insight/team', { query: { unitId, days }, signal }), placeholderData: previous => previous, refetchInterval: 120_000 })
  useLive('serviceRequest', () => void read.refetch(), 1500)
  const view = read.data
  const set = (values: Record<string, string | null>) => setParams(before => { const next = new URLSearchParams(before); for (const [name, value] of Object.entries(values)) { if (value) next.set(name, value); else next.delete(name) } return next }, { replace: true, preventScrollReset: true })
  const what = WHATS.find(each => each === params.get('rows'))
  const asked: Asked | null = what ? { what, ...(params.get('of') ? { userId: params.get('of')! } : {}), ...(params.get('day') ? { day: params.get('day')! } : {}) } : null
  const open = (next: Asked) => set({ rows: next.what, of: next.userId ?? null, day: next.day ?? null })
  const who = asked?.userId ? view?.people.find(each => each.userId === asked.userId)?.name : undefined
  return (
    <PageFrame title={tt('title')} subtitle={view && tt('at', { unit: view.unit.name, t: shortText(view.at) })}
      bar={<div className="qc-row"><UnitPick permission="serviceRequest:board" label={tt('unit')} value={unitId} onChange={id => set({ unit: id })} />
        <label className="it-days">{tt('days')} <Select aria-label={tt('history')} value={days} onChange={(n: number) => set({ days: n === 7 ? null : String(n) })} options={SPANS.map(n => ({ value: n, label: tt('nDays', { n }) }))} /></label></div>}
      actions={view && <><Link className="qc-button" to={`/board?unit=${view.unit.id}`}><Icon name="board" />{tt('board')}</Link><Link className="qc-button" to="/e/work-targets">{tt('targets')}</Link></>}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !view ? <div className="qc-panel"><Skeleton lines={8} height={22} /></div> : <div className="it">
        <Totals view={view} onOpen={open} />
        <section className="qc-panel">{view.people.length === 0 ? <EmptyState icon="group" title={tt('nobody')} hint={tt('nobodyHint')} /> : <People view={view} onOpen={open} />}</section>
      </div>}
      <Steps unitId={unitId ?? view?.unit.id ?? null} asked={asked} who={who ?? tt('all')} onClose={() => set({ rows: null, of: null, day: null })} />
    </PageFrame>
  )
}

function Totals({ view, onOpen }: { view: TeamView, onOpen: (asked: Asked) => void }) {
  const t = view.totals
  const figures: Array<[string, ReactNode, What]> = [[tt('open'), t.open, 'open'], [tt('late'), <span key="late" className={t.late ? 'qc-danger' : ''}>{t.late}</span>, 'late'], [tt('warn'), t.warn, 'warn'], [tt('pool'), t.pool, 'pool'], [tt('doneToday'), t.doneToday, 'done'], [tt('onTime'), t.onTimeRate === null ? '—' : `${t.onTimeRate}%`, 'onTime']]
  return <div className="it-totals">{figures.map(([label, value, what]) => <button key={what} type="button" onClick={() => onOpen({ what })}><span>{label}</span><b>{value}</b></button>)}</div>
}

function People({ view, onOpen }: { view: TeamView, onOpen: (asked: Asked) => void }) {
  const order = [...view.people].sort((a, b) => b.late - a.late || b.open - a.open || b.doneToday - a.doneToday || a.name.localeCompare(b.name, 'zh'))
  const today = dateText(view.at)
  return (
    <table className="it-people">
      <thead><tr><th>{tt('person')}</th><th>{tt('open')}</th><th>{tt('late')}</th><th>{tt('doneToday')}</th><th>{tt('onTime')}</th><th>{tt('history')}</th><th>{tt('current')}</th></tr></thead>
      <tbody>{order.map(person => <Row key={person.userId} person={person} today={today} days={view.days} several={view.unit.kind !== 'station'} onOpen={asked => onOpen({ ...asked, userId: person.userId })} />)}</tbody>
    </table>
  )
}

function Row({ person, today, days, several, onOpen }: { person: Worker, today: string, days: number, several: boolean, onOpen: (asked: Asked) => void }) {
  const { target, kept } = person
  const figure = (what: What, value: ReactNode, label: string, bad = false) => <button type="button" className={`it-figure${bad ? ' qc-danger' : ''}`} aria-label={`${person.name} ${label}`} onClick={() => onOpen({ what })}>{value}</button>
  const rows = everyDay(person.days, today, days), most = Math.max(1, target?.doneADay ?? 0, ...rows.map(each => each.done))
  return (
    <tr>
      <th scope="row">{person.name}{several && <span className="qc-faint"> {person.unitName}</span>}</th>
      <td data-label={tt('open')}>{figure('open', person.open, tt('open'))}{target?.mostOpen && <Aim kept={kept.mostOpen} text={tt('most', { n: target.mostOpen })} />}</td>
      <td data-label={tt('late')}>{figure('late', person.late, tt('late'), person.late > 0)}{person.warn > 0 && <button type="button" className="it-figure it-warn" aria-label={`${person.name} ${tt('warn')}`} title={tt('warn')} onClick={() => onOpen({ what: 'warn' })}>+{person.warn}</button>}</td>
      <td data-label={tt('doneToday')}>{figure('done', person.doneToday, tt('doneToday'))}{target?.doneADay && <Aim kept={kept.doneADay} text={tt('ofTarget', { n: target.doneADay })} />}</td>
      <td data-label={tt('onTime')}>{figure('onTime', person.onTimeRate === null ? '—' : `${person.onTimeRate}%`, tt('onTime'))}{target?.onTimePercent && <Aim kept={kept.onTimePercent} text={tt('ofTarget', { n: `${target.onTimePercent}%` })} />}</td>
      <td data-label={tt('history')} className="it-history"><span className="it-bars">{rows.map(each => (
        <button key={each.day} type="button" title={tt('dayLabel', each)} aria-label={`${person.name} ${tt('dayLabel', each)}`} onClick={() => onOpen({ what: 'done', day: each.day })}><i style={{ height: `${(each.done / most) * 100}%` }}><s style={{ height: each.done ? `${(each.late / each.done) * 100}%` : 0 }} /></i></button>
      ))}{target?.doneADay && <em style={{ bottom: `${(target.doneADay / most) * 100}%` }} aria-hidden />}</span></td>
      <td data-label={tt('current')} className="it-current">{person.current.length === 0 ? <span className="qc-faint">{tt('nowhere')}</span> : <span>{person.current.slice(0, 8).map(each => <Link key={each.taskId} className={`it-chip it-${each.lateness}`} to={`/e/service-requests/${each.id}`} title={`${each.number} ${each.model ?? ''}`}>{each.number.split('-').at(-1)} {each.stage}</Link>)}{person.current.length > 8 && <button type="button" className="qc-link" onClick={() => onOpen({ what: 'open' })}>+{person.current.length - 8}</button>}</span>}</td>
    </tr>
  )
}

/** The target beside its figure: a sign and a word, never the colour alone. */
function Aim({ kept, text }: { kept: boolean | null, text: string }) {
  return <span className={`it-aim${kept === false ? ' it-missed' : kept ? ' it-kept' : ''}`} title={kept === null ? undefined : tt(kept ? 'keptYes' : 'keptNo')}>{kept !== null && <Icon name={kept ? 'check' : 'warn'} size={12} />}{text}</span>
}
