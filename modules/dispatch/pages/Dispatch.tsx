import './dispatch.css'
import { durationText, EmptyState, ErrorState, Icon, keys, listHref, PageFrame, queryClient, RefPicker, Skeleton, Tag, useLive, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { boardKey, dispatchApi, type Board, type Person, type Ranked, type Work } from './api.ts'
import { td } from './texts.ts'

const STAGES = ['inspect', 'repair', 'quality'] as const

/** 派工: what waits, who is there, and for each piece of work who fits and why (CE-04). Arrows choose the work, Enter gives it. */
export default function Dispatch() {
  const [params, setParams] = useSearchParams()
  const unitId = params.get('unit')
  const read = useQuery({ queryKey: boardKey(unitId), queryFn: ({ signal }) => dispatchApi.board(unitId, signal), placeholderData: previous => previous })
  useLive(['serviceRequest', 'personSkill', 'workProfile', 'absence', 'dispatchRule'], () => void read.refetch())
  return (
    <PageFrame title={read.data ? `${td('title')} · ${read.data.unit.name}` : td('title')} subtitle={td('lead')}
      actions={<><Link className="qc-button" to="/e/person-skills">{td('skills')}</Link><Link className="qc-button" to={listHref('dispatch-entries')}>{td('log')}</Link></>}
      bar={<div className="di-bar"><div className="di-unit"><RefPicker entity="unit" ariaLabel={td('station')} placeholder={td('station')} filter={{ kind: 'station' }} value={unitId ?? read.data?.unit.id ?? null} onChange={value => setParams(typeof value === 'string' ? { unit: value } : {}, { replace: true })} /></div>
        {read.data && <Link className="di-modes" to="/e/dispatch-rules" title={td('modes')}>{STAGES.map(s => <span key={s}>{td(s)} <b data-mode={read.data.modes[s]}>{td(`mode_${read.data.modes[s] ?? 'suggest'}`)}</b></span>)}</Link>}</div>}>
      {read.isPending ? <section className="qc-panel"><Skeleton lines={8} /></section> : read.isError ? <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section> : <Shown board={read.data} onGiven={() => void read.refetch()} />}
    </PageFrame>
  )
}

function Shown({ board, onGiven }: { board: Board, onGiven: () => void }) {
  const say = useSay()
  const [chosen, setChosen] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const work = board.work.find(w => w.id === chosen) ?? board.work.find(w => !w.ownerId) ?? board.work[0]
  useEffect(() => { list.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus({ preventScroll: true }) }, [work?.id])
  const step = (by: number) => { const at = board.work.findIndex(w => w.id === work?.id); const next = board.work[Math.max(0, Math.min(board.work.length - 1, at + by))]; if (next) setChosen(next.id) }
  const give = async (w: Work, r: Ranked) => {
    if (busy || (!r.fits && !await say.ask({ title: td('sure', { name: r.name, text: r.text }), okText: td('give', { name: r.name }) }))) return
    setBusy(true)
    try { await dispatchApi.assign(w.id, r.id); say.ok(td('gave', { name: r.name })); setChosen(null); onGiven(); await queryClient.invalidateQueries({ queryKey: keys.tasks }) } catch (error) { say.error(error); onGiven() } finally { setBusy(false) }
  }
  const onKey = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); step(event.key === 'ArrowDown' ? 1 : -1) }
    else if (event.key === 'Enter' && work && event.target instanceof HTMLElement && event.target.getAttribute('aria-current') === 'true') { const best = work.ranked.find(r => r.id === work.chosenId); if (best) { event.preventDefault(); void give(work, best) } }
  }
  return (
    <div className="di">
      <section className="qc-panel di-work"><header><h2>{td('waiting')} <span className="qc-soft">{board.work.filter(w => !w.ownerId).length}</span></h2></header>
        {board.work.length === 0 ? <EmptyState icon="tasks" title={td('none')} hint={td('noneHint')} /> : (
          <ul ref={list} onKeyDown={onKey}>{board.work.map(w => (
            <li key={w.id} data-open={w.id === work?.id || undefined}>
              <button type="button" className="di-card" aria-current={w.id === work?.id || undefined} tabIndex={w.id === work?.id ? 0 : -1} onClick={() => setChosen(w.id)}>
                <span className={`qc-late qc-late-${w.lateness}`}>{w.lateness === 'late' && <Icon name="warn" size={13} />}{td('waited', { d: durationText(w.minutes) })}</span>
                <b>{w.number}</b> <span>{w.stage}</span> <span className="qc-soft">{w.model} {w.fault}</span>
                {w.ownerName && <span className="di-owner">{td('with', { name: w.ownerName })}</span>}
              </button>
              {w.id === work?.id && <Suggestion work={w} busy={busy} onGive={r => void give(w, r)} />}
            </li>
          ))}</ul>)}
        {board.truncated && <p className="qc-panel-pad qc-soft">{td('more')}</p>}
      </section>
      <section className="qc-panel di-people"><header><h2>{td('people')}</h2></header>
        {board.people.length === 0 ? <EmptyState icon="user" title={td('noPeople')} /> : <ul>{board.people.map(p => <PersonLine key={p.id} person={p} best={p.id === work?.chosenId} />)}</ul>}
      </section>
    </div>
  )
}

function Suggestion({ work, busy, onGive }: { work: Work, busy: boolean, onGive: (r: Ranked) => void }) {
  return (
    <div className="di-suggest">
      <p><span className="qc-soft">{td('needs')}</span> {work.needs.length ? work.needs.map(n => <Tag key={n.name} color="blue">{n.name} {td('level', { n: n.level })}</Tag>) : <span>{td('anyone')}</span>} <Link to={`/e/service-requests/${work.requestId}`}>{td('open')}</Link></p>
      {work.faultDescription && <p className="qc-soft">{work.faultDescription}</p>}
      {!work.chosenId && <p className="qc-danger"><Icon name="warn" size={14} />{td('nobody')}</p>}
      <ol>{work.ranked.map(r => (
        <li key={r.id} data-fits={r.fits}><div><b>{r.name}</b>{r.id === work.chosenId && <span className="di-best">{td('best')}</span>}<br /><span className="qc-soft">{r.text}</span></div>
          <button type="button" className={`qc-button${r.id === work.chosenId ? ' qc-button-primary' : ''}`} disabled={busy || r.id === work.ownerId} onClick={() => onGive(r)}>{td('give', { name: r.name })}</button></li>
      ))}</ol>
    </div>
  )
}

function PersonLine({ person: p, best }: { person: Person, best: boolean }) {
  const share = p.limit > 0 ? Math.min(100, Math.round((p.open / p.limit) * 100)) : 100
  return (
    <li data-best={best || undefined}>
      <div className="di-name"><b>{p.name}</b><span className="qc-soft">{td('hands', { open: p.open, limit: p.limit })}{p.paused > 0 && ` · ${td('shelved', { n: p.paused })}`}</span></div>
      <div className="di-load" role="img" aria-label={td('hands', { open: p.open, limit: p.limit })}><i style={{ width: `${share}%` }} data-full={share >= 100 || undefined} /></div>
      {p.absent && <p className="di-away">{td('absent')}：{p.absent}</p>}
      <p className="di-skills">{p.skills.length ? p.skills.map(s => <span key={s.skillId}>{s.name} <b>{s.level}</b></span>) : <span className="qc-faint">{td('noSkill')}</span>}</p>
    </li>
  )
}
