import '../shared/shared.css'
import './rollup.css'
import { api, durationText, EmptyState, ErrorState, Icon, listHref, PageFrame, shortText, Skeleton, useLive, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { UnitNode } from '../shared/scope.ts'
import type { RollupLine, RollupView } from '../shared/types.ts'
import { useScope } from '../shared/useScope.ts'
import { tu } from './texts.ts'

const href = (id: string) => `/rollup?unit=${id}`
const below = (unitId: string): Filter => ({ unitId: { below: unitId } })

/** The units below one, side by side; a name leads one level down, a figure to its rows (SP-19). */
export default function Rollup() {
  const [params] = useSearchParams()
  const scope = useScope('serviceRequest:rollup')
  const unitId = params.get('unit') ?? scope?.home ?? null
  const read = useQuery({ queryKey: ['service', 'rollup', unitId], enabled: unitId !== null, queryFn: ({ signal }) => api.get<RollupView>('/service/rollup', { query: { unitId }, signal }), placeholderData: previous => previous, refetchInterval: 120_000 })
  useLive('serviceRequest', () => void read.refetch(), 1500)
  const view = read.data
  const trail = trailOf(scope?.units ?? [], view?.unit?.id ?? unitId)
  return (
    <PageFrame title={tu('title')} subtitle={view && tu('at', { t: shortText(view.at) })}
      bar={trail.length > 1 && <nav className="su-trail" aria-label={tu('path')}>{trail.map((unit, i) => i < trail.length - 1 ? <span key={unit.id}><Link to={href(unit.id)}>{unit.name}</Link><Icon name="right" size={12} /></span> : <strong key={unit.id}>{unit.name}</strong>)}</nav>}
      actions={view?.unit && <Link className="qc-button" to={`/board?unit=${view.unit.id}`}><Icon name="board" />{tu('board')}</Link>}>
      <section className="qc-panel">
        {read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : !view ? <Skeleton lines={6} height={24} />
          : view.lines.length === 0 ? <EmptyState icon="org" title={tu('nothingBelow')} hint={tu('nothingBelowHint')} action={view.unit && <Link className="qc-button qc-button-primary" to={`/board?unit=${view.unit.id}`}>{tu('openBoard')}</Link>} />
            : <Lines view={view} hasBelow={id => (scope?.units ?? []).some(unit => unit.parentId === id)} />}
      </section>
    </PageFrame>
  )
}

/** From the top of what one may see down to the unit. */
function trailOf(units: UnitNode[], id: string | null): UnitNode[] {
  const trail: UnitNode[] = []
  for (let at = units.find(unit => unit.id === id); at; at = units.find(unit => unit.id === at!.parentId)) trail.unshift(at)
  return trail
}

function Lines({ view, hasBelow }: { view: RollupView, hasBelow: (id: string) => boolean }) {
  const most = Math.max(1, ...view.lines.map(line => line.open))
  const top = view.unit!.id
  return (
    <div className="sv-table-wrap">
      <table className="sv-table su-table">
        <thead><tr><th>{tu('unit')}</th><th className="su-bar-cell">{tu('open')}</th><th className="sv-right">{tu('late')}</th><th className="sv-right">{tu('warn')}</th><th className="sv-right">{tu('taken')}</th><th className="sv-right">{tu('ended')}</th><th className="sv-right">{tu('done')}</th><th className="sv-right">{tu('onTime')}</th><th className="sv-right">{tu('median')}</th></tr></thead>
        <tbody>{view.lines.map(line => (
          <tr key={line.unitId}>
            <th scope="row">{hasBelow(line.unitId) ? <Link to={href(line.unitId)} aria-label={tu('drill', { name: line.name })}>{line.name}<Icon name="right" size={12} /></Link> : <Link to={`/board?unit=${line.unitId}`}>{line.name}</Link>}<span className="qc-faint"> {line.code}</span></th>
            <td className="su-bar-cell"><Bar line={line} most={most} /></td>
            <Cells line={line} unitId={line.unitId} median={line.medianMinutes} />
          </tr>
        ))}</tbody>
        <tfoot><tr><th scope="row">{tu('total')}</th><td className="su-bar-cell"><Figure label={tu('open')} to={listHref('service-requests', { ...below(top), endedAt: { isNull: true } })}>{view.totals.open}</Figure></td><Cells line={view.totals} unitId={top} median={null} /></tr></tfoot>
      </table>
    </div>
  )
}

/** Open requests as a bar: late, due soon, in time. Long bars are many requests. */
function Bar({ line, most }: { line: RollupLine, most: number }) {
  const part = (n: number) => `${(n / most) * 100}%`
  return (
    <Link className="su-bar" to={listHref('service-requests', line.filter)} aria-label={tu('barLabel', { open: line.open, late: line.late, warn: line.warn })} title={tu('barLabel', { open: line.open, late: line.late, warn: line.warn })}>
      <span className="su-figure">{line.open}</span>
      <span className="su-track" aria-hidden><i className="su-late" style={{ width: part(line.late) }} /><i className="su-warn" style={{ width: part(line.warn) }} /><i style={{ width: part(line.open - line.late - line.warn) }} /></span>
    </Link>
  )
}

function Cells({ line, unitId, median }: { line: RollupView['totals'], unitId: string, median: number | null }) {
  const where = below(unitId)
  // what no list of records can count opens in the views of the people and of the analysis
  const steps = (rows: string) => `/team?unit=${unitId}&rows=${rows}`
  return (
    <>
      <td className="sv-right" data-label={tu('late')}><Figure label={tu('late')} tone={line.late > 0 ? 'qc-danger' : undefined} to={listHref('alarms', { ...where, kind: 'late', closedAt: { isNull: true } })}>{line.late}</Figure></td>
      <td className="sv-right" data-label={tu('warn')}><Figure label={tu('warn')} to={steps('warn')}>{line.warn}</Figure></td>
      <td className="sv-right" data-label={tu('taken')}><Figure label={tu('taken')} to={listHref('service-requests', { ...where, startedAt: { within: 'today' } })}>{line.takenToday}</Figure></td>
      <td className="sv-right" data-label={tu('ended')}><Figure label={tu('ended')} to={listHref('service-requests', { ...where, endedAt: { within: 'today' } })}>{line.endedToday}</Figure></td>
      <td className="sv-right" data-label={tu('done')}><Figure label={tu('done')} to={steps('done')}>{line.doneToday}</Figure></td>
      <td className="sv-right" data-label={tu('onTime')}>{line.onTimeRate === null ? <span className="qc-faint">—</span> : <Figure label={tu('onTime')} to={steps('onTime')}>{`${line.onTimeRate}%`}</Figure>}</td>
      <td className="sv-right" data-label={tu('median')}>{median === null ? <span className="qc-faint">—</span> : <Figure label={tu('median')} to={`/analysis?unitId=${unitId}`}>{durationText(median)}</Figure>}</td>
    </>
  )
}

function Figure({ to, tone, label, children }: { to: string, tone?: string | undefined, label: string, children: ReactNode }) {
  return <Link to={to} className={`su-figure ${tone ?? ''}`} title={label}>{children}</Link>
}
