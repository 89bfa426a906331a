import '../simulation.css'
import { dateTimeText, ErrorState, Icon, PageFrame, ProcessView, Skeleton, usePhone } from '@quancheng/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { simulationApi, type Move, type WalkView } from '../api.ts'
import { tw } from '../texts.ts'
import { Offers } from './Offers.tsx'
import { Variables } from './Variables.tsx'

type Asked = { at: string | null, variables: Record<string, unknown>, moves: Move[] }
const FRESH: Asked = { at: null, variables: {}, moves: [] }

/** A token is moved by hand. All that is remembered are the moves, here in the page: one fewer is one step back. */
export default function WalkPage() {
  const key = useParams().key!
  const version = useSearchParams()[0].get('version')
  const phone = usePhone()
  const [asked, setAsked] = useState<Asked>(FRESH)
  const read = useQuery({ queryKey: ['walk', key, version, asked], queryFn: () => simulationApi.walk(key, { ...(version ? { version } : {}), ...asked }), placeholderData: keepPreviousData, staleTime: Infinity, gcTime: 60_000 })
  const walk = read.data
  const take = (move: Move) => setAsked(now => ({ ...now, moves: [...now.moves.slice(0, walk?.refused ? Math.max(0, walk.refused.move) : undefined), move] }))
  const undo = () => setAsked(now => ({ ...now, moves: now.moves.slice(0, -1) }))
  return (
    <PageFrame title={walk ? `${walk.name} · ${tw('title')}` : tw('title')} subtitle={tw('lead')} back={`/processes/${encodeURIComponent(key)}`} actions={<>
      <button type="button" className="qc-button" disabled={!asked.moves.length} onClick={undo}><Icon name="back" />{tw('undo')}</button>
      <button type="button" className="qc-button" disabled={!asked.moves.length} onClick={() => setAsked(FRESH)}><Icon name="refresh" />{tw('restart')}</button>
      <Link className="qc-button" to={`/simulation/${encodeURIComponent(key)}${version ? `?version=${version}` : ''}`}>{tw('simulate')}</Link>
    </>}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !walk ? <div className="qc-panel"><Skeleton lines={10} /></div> : (
        <div className="wk">
          <section className="qc-panel"><div className="qc-panel-pad"><ProcessView xml={walk.xml} current={walk.tokens.map(t => t.nodeId)} done={walk.done} height={phone ? 260 : 460} /></div></section>
          <div className="wk-side" aria-busy={read.isFetching}>
            <section className="qc-panel" aria-live="polite"><header><h2>{tw(walk.end ? 'endedHow' : 'next')}</h2><span className="qc-faint">{tw('clock', { at: dateTimeText(walk.now) })}</span></header>
              <div className="qc-panel-pad wk-offers">
                <Notices walk={walk} />
                {walk.starts.length > 1 && !asked.moves.length && <label className="qc-row">{tw('startWith')}<select className="si-select" value={asked.at ?? ''} onChange={event => setAsked({ ...FRESH, at: event.target.value || null })}><option value="">—</option>{walk.starts.map(s => <option key={s.id} value={s.id}>{s.name}</option>)}</select></label>}
                <Offers walk={walk} busy={read.isFetching} onTake={take} />
              </div>
            </section>
            <section className="qc-panel"><header><h2>{tw('variables')}</h2></header><div className="qc-panel-pad"><Variables key={asked.moves.length} variables={walk.variables} ended={walk.end !== null} onSet={variables => take({ do: 'set', variables })} /></div></section>
            <section className="qc-panel"><header><h2>{tw('history')}</h2></header><div className="qc-panel-pad"><ol className="wk-history">{walk.history.map((line, i) => (
              <li key={i}>{line.move === null ? tw('start') : line.move.do === 'set' ? tw('changed') : <><b>{line.name}</b>{line.label && ` · ${line.label}`}</>}
                {line.nodes.some(n => n.what === 'completed') && <div className="qc-faint">{line.nodes.filter(n => n.what === 'completed').map(n => n.name).join(' → ')}</div>}</li>
            ))}</ol></div></section>
          </div>
        </div>
      )}
    </PageFrame>
  )
}

function Notices({ walk }: { walk: WalkView }) {
  return <>
    {walk.refused && <div className="qc-notice qc-notice-danger si-flat" role="alert">{tw('refused', { reason: walk.refused.message })}</div>}
    {walk.end && <div className={`qc-notice si-flat ${walk.end.how === 'completed' ? 'qc-notice-ok' : ''}`}>{walk.end.how === 'failed' ? tw('failed') : tw('ended', { name: walk.end.name ?? tw('terminated') })}</div>}
    {walk.stuck.map(s => <div key={s.nodeId} className="qc-notice qc-notice-danger si-flat">{tw('stuck', { name: s.name })}</div>)}
    {walk.thrown.length > 0 && <p className="qc-faint">{tw('sent', { list: walk.thrown.map(t => t.name).join('、') })}</p>}
    {!walk.end && !walk.offers.length && <p className="qc-soft">{tw('nothing')}</p>}
  </>
}
