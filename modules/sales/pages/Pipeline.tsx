import './sales.css'
import { api, can, EmptyState, EntityList, ErrorState, forget, Icon, listHref, moneyText, PageFrame, refusalOf, Skeleton, useDebounced, useLive, usePhone, useSay, useSession } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { ageOf, neighbour, type Card, type Lane } from './lanes.ts'
import { MoveDialog, RefusedDialog, type Refused } from './MoveDeal.tsx'
import { ts } from './texts.ts'

type View = { lanes: Lane[], now: string }

/** 商机: the pipeline by stage, with sums of all cards shown or not; or the list (SA-02, SA-03). */
export default function Pipeline() {
  const [params, setParams] = useSearchParams()
  const phone = usePhone()
  const navigate = useNavigate()
  const view = params.get('view') ?? (phone ? 'list' : 'board')
  const go = (patch: Record<string, string | null>) => setParams(before => { const next = new URLSearchParams(before); for (const [name, value] of Object.entries(patch)) { if (value === null) next.delete(name); else next.set(name, value) } return next }, { replace: true })
  useEffect(() => {
    const key = (event: KeyboardEvent) => { if (event.key === 'n' && !event.ctrlKey && !event.metaKey && can('opportunity:create') && !(event.target instanceof HTMLElement && event.target.closest('input,textarea,select,[role=dialog],[contenteditable]'))) { event.preventDefault(); void navigate('/e/opportunities/new') } }
    window.addEventListener('keydown', key)
    return () => window.removeEventListener('keydown', key)
  }, [navigate])
  return (
    <PageFrame title={ts('opportunities')} actions={can('opportunity:create') && <Link className="qc-button qc-button-primary" to="/e/opportunities/new"><Icon name="plus" />{ts('newDeal')}</Link>}
      bar={<Segmented value={view} onChange={value => go({ view: value })} options={[{ value: 'board', label: ts('board') }, { value: 'list', label: ts('list') }]} />}>
      {view === 'list' ? <section><EntityList entity="opportunity" embedded columns={['number', 'name', 'customerId', 'stage', 'amount', 'chance', 'closeOn', 'ownerId', 'outcome']} /></section> : <Board mine={params.get('mine') === '1'} onMine={on => go({ mine: on ? '1' : null })} />}
    </PageFrame>
  )
}

function Board({ mine, onMine }: { mine: boolean, onMine: (on: boolean) => void }) {
  const say = useSay()
  const session = useSession()
  const [text, setText] = useState('')
  const q = useDebounced(text.trim(), 300)
  const [dragged, setDragged] = useState<Card | null>(null)
  const [menu, setMenu] = useState<Card | null>(null)
  const [asked, setAsked] = useState<{ card: Card, to: string } | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [more, setMore] = useState<Record<string, Card[]>>({})
  const query = { ...(q ? { q } : {}), ...(mine ? { ownerId: session.user.id } : {}) }
  const read = useQuery({ queryKey: ['entity', 'opportunity', 'pipeline', query], queryFn: ({ signal }) => api.get<View>('/opportunities/pipeline', { query, signal }), placeholderData: before => before })
  useLive('opportunity', () => { setMore({}); void read.refetch() })
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={10} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  const lanes = read.data.lanes.map(l => ({ ...l, cards: [...l.cards, ...(more[l.stage] ?? [])] })), now = new Date(read.data.now)
  const nameOf = (stage: string): string => lanes.find(l => l.stage === stage)?.label[0] ?? stage
  const go = async (card: Card, to: string, extra: Record<string, unknown> = {}) => {
    setBusy(card.id); setMenu(null); setAsked(null)
    try {
      const answer = await api.post<{ pending?: unknown }>(`/opportunities/${card.id}/move`, { to, ...extra })
      say.ok(answer.pending ? ts('pending') : ts('moved', { s: nameOf(to) }))
      setMore({})
      await forget('opportunity', 'task')
      await read.refetch()
    } catch (error) {
      // back where it was, and why
      if (refusalOf(error)) setRefused({ card, stage: nameOf(to), error }); else say.error(error)
    } finally { setBusy(null) }
  }
  const drop = (card: Card, to: string) => {
    const back = lanes.findIndex(l => l.stage === to) < lanes.findIndex(l => l.stage === card.stage)
    if (back) setAsked({ card, to }); else void go(card, to)
  }
  const load = async (lane: Lane) => {
    try { const answer = await api.get<{ cards: Card[] }>(`/opportunities/pipeline/${lane.stage}`, { query: { ...query, after: String(lane.cards.length) } }); setMore(before => ({ ...before, [lane.stage]: [...(before[lane.stage] ?? []), ...answer.cards] })) } catch (error) { say.error(error) }
  }
  const total = lanes.reduce((n, l) => n + l.count, 0), sum = lanes.reduce((n, l) => n + Number(l.amount), 0), weighted = lanes.reduce((n, l) => n + Number(l.weighted), 0)
  return (
    <div className="qc-stack">
      <div className="sa-bar">
        <Input className="sa-grow" allowClear aria-label={ts('search')} placeholder={ts('search')} value={text} onChange={event => { setText(event.target.value); setMore({}) }} />
        <label><input type="checkbox" checked={mine} onChange={event => { setMore({}); onMine(event.target.checked) }} /> {ts('onlyMine')}</label>
        <span className="qc-soft"><Link to={listHref('opportunities', { outcome: 'open', ...(mine ? { ownerId: session.user.id } : {}) })}>{ts('lane', { n: total })}</Link> · {ts('total')} ¥ {moneyText(sum.toFixed(2))} · {ts('weighted')} ¥ {moneyText(weighted.toFixed(2))}</span>
      </div>
      {total === 0 && !q && !mine ? <section className="qc-panel"><EmptyState icon="star" title={ts('noDeals')} hint={ts('noDealsHint')} /></section> : (
        <div className="sa-lanes" role="list" aria-label={ts('board')}>{lanes.map(lane => (
          <section key={lane.stage} className={`sa-lane${dragged && dragged.stage !== lane.stage ? ' sa-target' : ''}`} role="listitem" aria-label={lane.label[0]}
            onDragOver={event => { if (dragged && dragged.stage !== lane.stage) { event.preventDefault(); event.dataTransfer.dropEffect = 'move' } }}
            onDrop={event => { event.preventDefault(); if (dragged && dragged.stage !== lane.stage) drop(dragged, lane.stage); setDragged(null) }}>
            <header><h2>{lane.label[0]}<Link to={listHref('opportunities', { outcome: 'open', stage: lane.stage })}>{ts('lane', { n: lane.count })}</Link></h2><div className="sa-sums"><span>¥ {moneyText(lane.amount)}</span><span title={`${ts('weighted')} ${lane.chance}%`}>≈ {moneyText(lane.weighted)}</span></div></header>
            <ul>{lane.cards.map(card => <DealCard key={card.id} card={card} lane={lane} now={now} busy={busy === card.id} onDrag={setDragged} onMenu={() => setMenu(card)} onWalk={key => { const to = neighbour(lanes, card.id, key); if (to) document.getElementById(`deal-${to}`)?.focus(); return to !== null }} />)}
              {lane.count > lane.cards.length && <li><button type="button" className="qc-button" onClick={() => void load(lane)}>{ts('more', { n: Math.min(30, lane.count - lane.cards.length) })}</button></li>}</ul>
          </section>))}</div>)}
      <p className="qc-soft">{ts('boardHelp')}</p>
      {(menu ?? asked) && <MoveDialog card={(menu ?? asked?.card)!} lanes={lanes} to={asked?.to ?? null} onMove={(to, extra) => go((menu ?? asked?.card)!, to, extra)} onClose={() => { setMenu(null); setAsked(null) }} />}
      {refused && <RefusedDialog refused={refused} onClose={() => { const id = refused.card.id; setRefused(null); setTimeout(() => document.getElementById(`deal-${id}`)?.focus()) }} />}
    </div>
  )
}

function DealCard({ card, lane, now, busy, onDrag, onMenu, onWalk }: { card: Card, lane: Lane, now: Date, busy: boolean, onDrag: (card: Card | null) => void, onMenu: () => void, onWalk: (key: string) => boolean }) {
  const navigate = useNavigate()
  const open = () => void navigate(`/e/opportunities/${card.id}`)
  const { days, age } = ageOf(card, lane.staleDays, now), late = card.closeOn < now.toISOString().slice(0, 10)
  return (
    <li id={`deal-${card.id}`} className="sa-card" data-age={age} data-busy={busy} tabIndex={0} draggable={!busy} aria-label={`${card.number} ${card.name} ${card.customer ?? ''}`}
      onDragStart={event => { event.dataTransfer.setData('text/plain', card.id); event.dataTransfer.effectAllowed = 'move'; onDrag(card) }} onDragEnd={() => onDrag(null)} onClick={open}
      onKeyDown={event => { if (event.target !== event.currentTarget) return; if (event.key === 'Enter') open(); else if (event.key === 'm') { event.preventDefault(); onMenu() } else if (onWalk(event.key)) event.preventDefault() }}>
      <div className="sa-card-top"><b title={card.name}>{card.name}</b>{can('opportunity:move') && <button type="button" className="sa-icon" tabIndex={-1} aria-label={`${ts('move')} ${card.number}`} title={ts('move')} onClick={event => { event.stopPropagation(); onMenu() }}><Icon name="more" /></button>}</div>
      <div className="sa-cust">{card.customer}</div>
      <div className="sa-card-foot"><span>¥ {moneyText(card.amount)}</span><span>{card.chance}%</span></div>
      <div className="sa-card-foot"><span>{card.owner}</span><span className={late ? 'sa-late' : ''}>{card.closeOn.slice(5)}{days !== null && ` · ${ts('days', { n: days })}`}</span></div>
    </li>
  )
}
