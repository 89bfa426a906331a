import '../../pages/planning.css'
import { api, ApiError, can, EmptyState, PageFrame, RefPicker, useGuard, useSay, useSession, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { Read } from '../../pages/Read.tsx'
import { tw } from './texts.ts'

const PARTS = ['strengths', 'weaknesses', 'opportunities', 'threats', 'strategy'] as const
type Text = Record<(typeof PARTS)[number], string>
type Version = Text & { edition: number, reason: string | null, at: string, by: string | null }
type Answer = { current: Version | null, against: number | null, versions: Array<Pick<Version, 'edition' | 'reason' | 'at' | 'by'>>, changes: Array<{ part: (typeof PARTS)[number], lines: Array<{ kind: 'same' | 'in' | 'out', text: string }> }> }

/** The SWOT and the market strategy of a unit, with all its versions (SA-22). */
export default function Swot() {
  const [params, setParams] = useSearchParams(), own = useSession().user.unitId ?? null
  const unit = params.get('unit') ?? own, edition = params.get('edition'), against = params.get('against')
  const read = useQuery({ queryKey: ['entity', 'swotVersion', unit, edition, against], enabled: unit !== null, queryFn: ({ signal }) => api.get<Answer>(`/units/${unit}/swot`, { query: { ...(edition ? { edition } : {}), ...(against ? { against } : {}) }, signal }) })
  const [writing, setWriting] = useState(false)
  const show = (more: Record<string, string>): void => { setWriting(false); setParams(more, { replace: true }) }
  const picker = <div style={{ maxWidth: 320 }}><RefPicker entity="unit" ariaLabel={tw('chooseUnit')} placeholder={tw('chooseUnit')} disabled={writing} value={unit} onChange={v => show(typeof v === 'string' ? { unit: v } : {})} /></div>
  const may = can('swotVersion:write')
  return (
    <PageFrame title={tw('swot')} bar={picker} actions={may && unit && read.data?.current && !writing && !edition ? <button type="button" className="qc-button qc-button-primary" onClick={() => setWriting(true)}>{tw('edit')}</button> : undefined}>
      {!unit ? <section className="qc-panel"><EmptyState icon="list" title={tw('chooseUnit')} hint={tw('chooseHint')} /></section> : <Read read={read}>{a => (
        writing ? <Write unit={unit} current={a.current} onDone={() => { setWriting(false); void read.refetch() }} onCancel={() => setWriting(false)} />
          : !a.current ? <section className="qc-panel"><EmptyState icon="list" title={tw('nothingYet')} hint={tw('nothingHint')} action={may ? <button type="button" className="qc-button qc-button-primary" onClick={() => setWriting(true)}>{tw('write')}</button> : undefined} /></section>
            : <Shown a={a} current={a.current} onShow={(n, other) => show({ unit, ...(n === a.versions[0]?.edition ? {} : { edition: String(n) }), ...(other ? { against: String(other) } : {}) })} />)}</Read>}
    </PageFrame>
  )
}

function Shown({ a, current, onShow }: { a: Answer, current: Version, onShow: (edition: number, against?: number) => void }) {
  const newest = a.versions[0]?.edition ?? current.edition
  return (
    <div className="qc-stack">
      {current.edition !== newest && <p className="qc-panel qc-panel-pad" role="status">{tw('old', { n: current.edition })} <button type="button" className="qc-button" onClick={() => onShow(newest)}>{tw('newest')}</button></p>}
      <div className="pl-two">{PARTS.slice(0, 4).map(p => <section key={p} className="qc-panel"><header><h2>{tw(p)}</h2></header><p className="qc-panel-pad pl-prose">{current[p] || tw('empty_')}</p></section>)}</div>
      <section className="qc-panel"><header><h2>{tw('strategy')}</h2></header><p className="qc-panel-pad pl-prose">{current.strategy || tw('empty_')}</p></section>
      {a.against !== null && <section className="qc-panel"><header><h2>{tw('changes')}</h2><Select style={{ minWidth: 150 }} aria-label={tw('against', { n: '' })} value={a.against} onChange={n => onShow(current.edition, n)} options={a.versions.filter(v => v.edition !== current.edition).map(v => ({ value: v.edition, label: tw('against', { n: v.edition }) }))} /></header><div className="qc-panel-pad">{a.changes.length === 0 && <p className="qc-soft">{tw('noChanges')}</p>}{a.changes.map(c => <div key={c.part}><b>{tw(c.part)}</b>{c.lines.map((l, i) => <p key={i} className={`pl-prose ${l.kind === 'in' ? 'pl-in' : l.kind === 'out' ? 'pl-out' : ''}`}>{l.kind === 'in' ? '+ ' : l.kind === 'out' ? '− ' : ''}{l.text}</p>)}</div>)}</div></section>}
      <section className="qc-panel"><header><h2>{tw('versions')}</h2></header><ul className="pl-list">{a.versions.map(v => <li key={v.edition}><button type="button" className="qc-button" aria-current={v.edition === current.edition} onClick={() => onShow(v.edition)}>{tw('version', { n: v.edition })}</button><span className="pl-grow">{v.reason}</span><span className="qc-soft">{v.by} <When at={v.at} /></span></li>)}</ul></section>
    </div>
  )
}

function Write({ unit, current, onDone, onCancel }: { unit: string, current: Version | null, onDone: () => void, onCancel: () => void }) {
  const say = useSay(), [text, setText] = useState<Text>(() => Object.fromEntries(PARTS.map(p => [p, current?.[p] ?? ''])) as Text), [reason, setReason] = useState(''), [busy, setBusy] = useState(false)
  // somebody saved meanwhile: said once, and what is typed here then follows theirs as the next version
  const [base, setBase] = useState(current?.edition ?? 0), [meanwhile, setMeanwhile] = useState<number | null>(null)
  const dirty = PARTS.some(p => text[p] !== (current?.[p] ?? '')), pass = useGuard(dirty && !busy)
  const leave = async () => { if (!dirty || await say.ask({ title: tw('dropTitle'), content: tw('dropHint'), okText: tw('drop'), danger: true })) onCancel() }
  const save = async () => {
    setBusy(true)
    try { const r = await api.post<{ edition: number }>(`/units/${unit}/swot`, { base, ...text, ...(reason.trim() ? { reason: reason.trim() } : {}) }); say.ok(tw('saved', { n: r.edition })); pass(); onDone() } catch (error) {
      setBusy(false)
      const theirs = error instanceof ApiError && error.code === 'SWOT_NEWER' ? Number(error.details.edition) : null
      if (theirs === null) { say.error(error); return }
      setBase(theirs)
      setMeanwhile(theirs)
    }
  }
  return (
    <form className="qc-panel qc-panel-pad pl-form" onSubmit={e => { e.preventDefault(); void save() }}>
      {meanwhile !== null && <p className="pl-wrong" role="alert">{tw('meanwhile', { n: meanwhile })} <a href={`/swot?unit=${unit}`} target="_blank" rel="noreferrer">{tw('seeTheirs', { n: meanwhile })}</a></p>}
      {PARTS.map((p, i) => <label key={p}>{tw(p)}<Input.TextArea autoFocus={i === 0} autoSize={{ minRows: 3, maxRows: 14 }} maxLength={p === 'strategy' ? 8000 : 4000} value={text[p]} onChange={e => setText({ ...text, [p]: e.target.value })} /></label>)}
      <label>{tw('what')}<Input maxLength={200} value={reason} onChange={e => setReason(e.target.value)} /></label>
      <div className="pl-bar"><button type="submit" className="qc-button qc-button-primary" disabled={busy || PARTS.every(p => !text[p].trim())}>{tw('save')}</button><button type="button" className="qc-button" onClick={() => void leave()}>{tw('cancel')}</button></div>
    </form>
  )
}
