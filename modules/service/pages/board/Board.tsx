import '../shared/shared.css'
import './board.css'
import { api, dateText, ErrorState, forget, Icon, PageFrame, shortText, Skeleton, t, useConnected, useLive, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { boardNumber } from '../shared/tenant.ts'
import { useScope } from '../shared/useScope.ts'
import type { BoardCard, BoardView } from '../shared/types.ts'
import { Card } from './Card.tsx'
import { lanesWith, neighbour, type Moving } from './lanes.ts'
import { MoveDialog, RefusedDialog, type Refused } from './MoveDialog.tsx'
import { People } from './People.tsx'
import { tb } from './texts.ts'

/** Changes are shown this soon; together with the way there it stays well under the two seconds promised. */
const LIVE_WAIT_MS = 300

/** The station as it is this minute (SP-18, SP-30). `?unit=` another unit in reach, `?wall=1` for a screen on the wall. */
export default function Board() {
  const say = useSay()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const wall = params.get('wall') === '1'
  const scope = useScope('serviceRequest:board')
  const unitId = params.get('unit') ?? scope?.home ?? null
  const connected = useConnected()
  const [moving, setMoving] = useState<Moving | null>(null)
  const [dragged, setDragged] = useState<BoardCard | null>(null)
  const [menu, setMenu] = useState<BoardCard | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const read = useQuery({ queryKey: ['service', 'board', unitId], enabled: unitId !== null, queryFn: ({ signal }) => api.get<BoardView>('/service/board', { query: { unitId }, signal }), refetchInterval: 60_000 })
  useLive(['serviceRequest', 'alarm', 'user'], () => void read.refetch(), LIVE_WAIT_MS)
  const href = (patch: Record<string, string | null>) => {
    const next = new URLSearchParams(params)
    for (const [name, value] of Object.entries(patch)) if (value === null) next.delete(name); else next.set(name, value)
    return `/board${next.size > 0 ? `?${next.toString()}` : ''}`
  }
  const leave = href({ wall: null })
  useEffect(() => {
    if (!wall) return
    const key = (event: KeyboardEvent) => { if (event.key === 'Escape') void navigate(leave) }
    document.addEventListener('keydown', key)
    return () => document.removeEventListener('keydown', key)
  }, [wall, leave, navigate])

  const move = async (card: BoardCard, to: string, stage: string, comment = '') => {
    setMoving({ cardId: card.id, to })
    setMenu(null)
    try {
      const answer = await api.post<{ stage: string }>(`/service-requests/${card.id}/move`, { to, ...(comment ? { comment } : {}) })
      await Promise.all([read.refetch(), forget('serviceRequest')])
      say.ok(tb('moved', { number: card.number, stage: answer.stage }))
    } catch (error) {
      setRefused({ card, stage, error })
    } finally { setMoving(null) }
  }
  const units = scope?.units ?? []
  const switcher = units.length > 1 && <Select aria-label={tb('switchUnit')} className="sb-units" showSearch={{ optionFilterProp: 'search' }} value={unitId} onChange={(id: string) => void navigate(href({ unit: id }))} popupMatchSelectWidth={false}
    options={units.map(unit => ({ value: unit.id, search: `${unit.code} ${unit.name}`, label: <span style={{ paddingLeft: unit.depth * 14 }}>{unit.kind === 'station' ? `${unit.code} ` : ''}{unit.name}</span> }))} />
  const view = read.data
  const title = view ? `${tb('title')} · ${view.unit.name}` : tb('title')
  const shared = view !== undefined && view.unit.kind !== 'station'
  const short = (number: string, withStation = shared) => boardNumber(number, view ? dateText(view.at) : '', withStation)
  const lanes = view ? lanesWith(view.lanes, moving) : []
  const body = !view ? (read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : <div className="qc-panel"><Skeleton lines={10} height={22} /></div>) : (
    <>
      <Totals view={view} />
      <Alarms view={view} wall={wall} />
      <div className="sb-lanes" role="list" aria-label={tb('title')}>
        {lanes.map(lane => (
          <section key={lane.nodeId} className={`sb-lane${dragged && dragged.nodeId !== lane.nodeId ? ' sb-target' : ''}`} role="listitem" aria-label={lane.name}
            onDragOver={event => { if (dragged && dragged.nodeId !== lane.nodeId) { event.preventDefault(); event.dataTransfer.dropEffect = 'move' } }}
            onDrop={event => { event.preventDefault(); if (dragged && dragged.nodeId !== lane.nodeId) void move(dragged, lane.nodeId, lane.name); setDragged(null) }}>
            <h2>{lane.name}<span>{lane.cards.length}</span></h2>
            {lane.cards.length === 0 ? <p className="sb-none">{tb('emptyLane')}</p> : <ul className="sv-plain">{lane.cards.map(card => (
              <Card key={card.id} card={card} shown={short(card.number, false)} station={shared ? card.number.split('-')[0] ?? null : null} wall={wall} busy={moving?.cardId === card.id} onMenu={() => setMenu(card)} onDrag={setDragged}
                onKey={event => { const to = neighbour(lanes, card.id, event.key); if (to) { event.preventDefault(); document.getElementById(`card-${to}`)?.focus() } }} />
            ))}</ul>}
          </section>
        ))}
      </div>
      {!wall && <p className="sb-help">{tb('help')}{view.truncated && ` ${tb('truncated')}`}</p>}
      <section className="qc-panel sb-people-panel"><header><h2>{tb('people')}</h2><span className="qc-faint">{connected ? tb('at', { t: shortText(view.at) }) : tb('notLive')}</span></header><People people={view.people} short={number => short(number)} /></section>
      {menu && <MoveDialog card={menu} onMove={(to, label, comment) => move(menu, to, label, comment)} onClose={() => setMenu(null)} />}
      {refused && <RefusedDialog refused={refused} onClose={() => setRefused(null)} />}
    </>
  )
  if (wall) return <div className="sb sb-wall"><header className="sb-wall-head"><h1>{view?.unit.name ?? tb('title')}</h1><When at={view?.at} form="absolute" /><Link to={leave} className="sb-leave" title={tb('leaveWall')} aria-label={tb('leaveWall')}><Icon name="close" size={22} /></Link></header>{body}</div>
  return (
    <PageFrame title={title} documentTitle={title} actions={<>{switcher}<Link className="qc-button sb-wall-link" to={href({ wall: '1' })}><Icon name="board" />{tb('wall')}</Link><button type="button" className="qc-icon-button" aria-label={t('reload')} title={t('reload')} onClick={() => void read.refetch()}><Icon name="refresh" /></button></>}>
      <div className="sb">{body}</div>
    </PageFrame>
  )
}

function Totals({ view }: { view: BoardView }) {
  const { open, late, warn, paused, pool, doneToday, onTimeRate } = view.totals
  const figures: Array<[Parameters<typeof tb>[0], string | number, string?]> = [
    ['open', open], ['late', late, late > 0 ? 'qc-danger' : ''], ['warn', warn, warn > 0 ? 'sb-amber' : ''], ...(view.likely > 0 ? [['likely', view.likely, 'sb-amber'] satisfies [Parameters<typeof tb>[0], number, string]] : []), ['paused', paused], ['pool', pool], ['doneToday', doneToday], ['onTime', onTimeRate === null ? '—' : `${onTimeRate}%`],
  ]
  return <dl className="sb-totals">{figures.map(([label, value, tone]) => <div key={label}><dt>{tb(label)}</dt><dd className={tone}>{value}</dd></div>)}</dl>
}

function Alarms({ view, wall }: { view: BoardView, wall: boolean }) {
  if (view.alarms.length === 0) return null
  return (
    <section className="sb-alarms" aria-label={tb('alarms')}>
      <Icon name="bell" size={16} /><strong>{tb('alarms')} {view.alarms.length}</strong>
      <ul className="sv-plain">{view.alarms.slice(0, wall ? 12 : 6).map(alarm => <li key={alarm.id}>{alarm.recordId && !wall ? <Link to={`/e/service-requests/${alarm.recordId}`}>{alarm.title}</Link> : alarm.title}</li>)}</ul>
      {!wall && <Link to="/alarms" className="sb-all">{tb('allAlarms')}</Link>}
    </section>
  )
}
