import './quotes.css'
import { api, can, CasePanel, EntityPage, ErrorState, fieldOf, forget, Icon, keys, moneyText, Panels, queryClient, ReasonDialog, Skeleton, Tag, useEntity, useLive, useSay, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { DifferenceBox } from './DifferenceBox.tsx'
import { LineEditor } from './LineEditor.tsx'
import { tq } from './texts.ts'
import type { Sheet } from './types.ts'

const ENTITY = 'quote'

/** One version of a quote: its lines, what they need, what the customer said (SA-04). */
export default function QuotePage() {
  const id = useParams().id!
  return <EntityPage key={id} entity={ENTITY} id={id} actions={row => <Acts row={row} />} top={row => <Top row={row} />}
    hideFields={['approverIds']} tabs={row => (Array.isArray(row.approverIds) && row.approverIds.length ? [{ key: 'process', label: tq('process'), content: <CasePanel entity={ENTITY} recordId={row.id} /> }] : [])} />
}

function Acts({ row }: { row: Row }) {
  const say = useSay(), navigate = useNavigate()
  const [asking, setAsking] = useState(false), [busy, setBusy] = useState(false)
  const write = can('quote:update'), state = String(row.state)
  const act = async (what: string, done: (answer: Record<string, unknown>) => string, body: Record<string, unknown> = {}) => {
    setBusy(true)
    try { const answer = await api.post<Record<string, unknown>>(`/quotes/${row.id}/${what}`, body); await forget(ENTITY); say.ok(done(answer)); return answer } catch (error) { say.error(error); return null } finally { setBusy(false) }
  }
  const copy = async () => { try { const { page } = await api.post<{ page: string }>(`/quotes/${row.id}/send`, {}); await navigator.clipboard.writeText(`${location.origin}${page}`); say.ok(tq('copied')) } catch (error) { say.error(error) } }
  const again = async () => { const made = await act('new-version', a => tq('versionMade', { n: Number(a.revision) })); if (made) void navigate(`/e/quotes/${String(made.id)}`) }
  const button = (label: string, run: () => void, primary = false) => <button type="button" className={`qc-button${primary ? ' qc-button-primary' : ''}`} disabled={busy} onClick={run}>{label}</button>
  return (
    <>
      <a className="qc-button" href={`/api/quotes/${row.id}/quote.pdf?origin=${encodeURIComponent(location.origin)}`} target="_blank" rel="noreferrer"><Icon name="download" />{tq('pdf')}</a>
      {write && <>
        {state === 'draft' && button(tq('submit'), () => void act('submit', a => tq(a.state === 'approving' ? 'toApproval' : 'toSend')), true)}
        {state === 'approving' && button(tq('withdraw'), () => void act('withdraw', () => tq('backToDraft')))}
        {state === 'approved' && button(tq('send'), () => void act('send', a => tq(Number(a.told) > 0 ? 'sentTold' : 'sentOk')), true)}
        {state === 'sent' && <>{button(tq('copyLink'), () => void copy())}{button(tq('accept'), () => void act('answer', () => tq('recorded'), { answer: 'accept' }))}{button(tq('decline'), () => setAsking(true))}</>}
        {['approved', 'sent', 'declined', 'expired'].includes(state) && button(tq('newVersion'), () => void again())}
        <ReasonDialog open={asking} title={tq('whyDeclined')} onClose={() => setAsking(false)} onOk={async reason => { if (await act('answer', () => tq('recorded'), { answer: 'decline', reason })) setAsking(false) }} />
      </>}
    </>
  )
}

function Top({ row }: { row: Row }) {
  const meta = useEntity(ENTITY), editing = new URLSearchParams(useLocation().search).get('edit') === '1'
  const key = keys.part(ENTITY, row.id, `sheet-${row.version}`)
  const read = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Sheet>(`/quotes/${row.id}/sheet`, { signal }) })
  useLive(change => change.id === row.id, () => void forget(ENTITY))
  const [saved, setSaved] = useState<Sheet | null>(null)
  const sheet = saved && (!read.data || (saved.quote.version ?? 0) >= (read.data.quote.version ?? 0)) ? saved : read.data
  if (!sheet) return <div className="qc-panel">{read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Skeleton lines={6} />}</div>
  const state = meta && fieldOf(meta, 'state')?.options?.find(o => o.value === sheet.quote.state)
  const draft = sheet.quote.state === 'draft' && can('quote:update') && !editing
  return (
    <div className="qt">
      <div className="qt-main">
        <section className="qc-panel qt-state">
          <span>{state && <Tag color={state.color === 'default' ? undefined : state.color}>{state.label}</Tag>} {tq('version', { n: Number(row.revision) })}</span>
          <span><b className="qc-number">¥{moneyText(String(sheet.quote.amount))}</b> {Number(sheet.quote.rate) > 0 && <span className="qc-soft">{tq('below', { n: String(sheet.quote.rate) })}</span>}</span>
          {sheet.margin?.amount && <span className="qc-soft">{tq('margin')} {tq('marginText', { amount: moneyText(sheet.margin.amount), rate: sheet.margin.rate ?? '—', list: sheet.margin.listRate ?? '—' })}</span>}
        </section>
        {draft && <LineEditor key={row.id} sheet={sheet} onSaved={now => { setSaved(now); void queryClient.invalidateQueries({ queryKey: keys.row(ENTITY, row.id) }) }} />}
        {draft && sheet.verdict && (sheet.verdict.ask.length > 0 || sheet.verdict.most.length > 0) && <ul className="qc-panel qc-panel-pad qt-verdict">
          {sheet.verdict.most.map((x, i) => <li key={`m${i}`} className="qc-danger">{tq('willRefuse', x)}</li>)}{sheet.verdict.ask.map((x, i) => <li key={`a${i}`}>{tq('willAsk', x)}</li>)}</ul>}
        {!draft && <Lines sheet={sheet} />}
        {sheet.difference && <DifferenceBox of={sheet.difference} />}
        <Panels place="quote.main" row={row} />
      </div>
      <aside className="qt-side">
        {sheet.versions.length > 1 && <section className="qc-panel" aria-label={tq('versions')}><header><h2>{tq('versions')}</h2></header><ul className="qc-plain qc-panel-pad">{sheet.versions.map(v => (
          <li key={v.id}>{v.id === row.id ? <b>{tq('version', { n: Number(v.revision) })}</b> : <Link to={`/e/quotes/${v.id}`}>{tq('version', { n: Number(v.revision) })}</Link>} <span className="qc-soft">¥{moneyText(String(v.amount))} {meta && fieldOf(meta, 'state')?.options?.find(o => o.value === v.state)?.label}</span></li>))}</ul></section>}
        {sheet.preferences.length > 0 && <section className="qc-panel" aria-label={tq('preferences')}><header><h2>{tq('preferences')}</h2></header><dl className="qc-panel-pad qt-likes">{sheet.preferences.map(p => <div key={p.id}><dt>{p.topic}</dt><dd>{p.value}</dd></div>)}</dl></section>}
        <Panels place="quote.side" row={row} />
      </aside>
    </div>
  )
}

function Lines({ sheet }: { sheet: Sheet }) {
  return (
    <section className="qc-panel"><header><h2>{tq('lines')}</h2></header>
      {sheet.lines.length === 0 && <p className="qc-panel-pad qc-faint">{tq('empty')}</p>}
      <ul className="qc-plain qt-read">{sheet.lines.map(l => <li key={l.id}><span><b>{l.item}</b> <span className="qc-soft">{l.quantity} {l.unit} × ¥{moneyText(l.unitPrice)}{Number(l.discount) > 0 && ` − ${l.discount}%`}</span></span><span className="qc-number">¥{moneyText(l.amount)}</span></li>)}
        {Number(sheet.quote.discount) > 0 && <li className="qc-soft"><span>{tq('wholeOff', { n: String(Number(sheet.quote.discount)) })}</span></li>}</ul>
    </section>
  )
}
