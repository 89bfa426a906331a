import './voice.css'
import { api, can, EmptyState, ErrorState, Icon, listHref, PageFrame, Skeleton, useLive, useNow, useSay, useSession, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useEffect } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Figures } from './Figures.tsx'
import { Register } from './Register.tsx'
import { Choice, labelOf, latenessOf, Promise, text } from './shared.tsx'
import { tv } from './texts.ts'

const TABS = ['mine', 'open', 'late', 'figures'] as const
type Tab = (typeof TABS)[number]

/** 投诉: what is mine, what is open, what is late; a new one by the keyboard (n); the figures (CU-11). */
export default function Complaints() {
  const [params, setParams] = useSearchParams()
  const navigate = useNavigate()
  const say = useSay()
  const asked = params.get('tab') as Tab | null
  const tab: Tab = asked && TABS.includes(asked) ? asked : 'open'
  const go = (patch: Record<string, string | null>) => setParams(before => { const next = new URLSearchParams(before); for (const [name, value] of Object.entries(patch)) { if (value === null) next.delete(name); else next.set(name, value) } return next }, { replace: true })
  const making = params.get('new') === '1' && can('complaint:create')
  useEffect(() => {
    const key = (event: KeyboardEvent) => { if (event.key === 'n' && !event.ctrlKey && !event.metaKey && !(event.target instanceof HTMLElement && event.target.closest('input,textarea,select,[role=dialog],[contenteditable]')) && can('complaint:create')) { event.preventDefault(); go({ new: '1' }) } }
    window.addEventListener('keydown', key)
    return () => window.removeEventListener('keydown', key)
  })
  const close = () => go({ new: null, phone: null, request: null, survey: null, channel: null })
  return (
    <PageFrame title={tv('complaints')} actions={<><Link className="qc-button" to={listHref('complaints')}>{tv('all')}</Link>{can('complaint:create') && <button type="button" className="qc-button qc-button-primary" onClick={() => go({ new: '1' })}><Icon name="plus" />{tv('newComplaint')}</button>}</>}
      bar={<Segmented value={tab} onChange={value => go({ tab: value })} options={TABS.filter(t => t !== 'figures' || can('complaint:figures')).map(value => ({ value, label: tv(value) }))} />}>
      {tab === 'figures' ? <Figures /> : <List tab={tab} />}
      {making && <Register what="complaint" start={{ phone: params.get('phone') ?? undefined, requestId: params.get('request') ?? undefined, surveyId: params.get('survey') ?? undefined, channel: params.get('channel') ?? undefined }} onClose={close} onDone={made => { say.ok(tv('tellCode', { c: made.code })); void navigate(`/e/complaints/${made.id}`) }} />}
    </PageFrame>
  )
}

function List({ tab }: { tab: Exclude<Tab, 'figures'> }) {
  const session = useSession()
  const now = useNow()
  const filter = { endedAt: { isNull: true }, ...(tab === 'mine' ? { ownerId: session.user.id } : tab === 'late' ? { answeredAt: { isNull: true }, dueAt: { lt: now.toISOString() } } : {}) }
  const read = useQuery({ queryKey: ['entity', 'complaint', 'lines', tab], queryFn: ({ signal }) => api.get<Page<Row>>('/complaints', { query: { filter: JSON.stringify(filter), sort: 'dueAt', limit: '200' }, signal }) })
  useLive('complaint', () => void read.refetch())
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={8} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  if (read.data.items.length === 0) return <section className="qc-panel"><EmptyState icon="check" title={tv(tab === 'mine' ? 'noneMine' : 'noneOpen')} hint={tv('noneHint')} /></section>
  return (
    <section className="qc-panel"><ul className="vo-list">{read.data.items.map(row => (
      <li key={row.id}><Link className="vo-line" to={`/e/complaints/${row.id}`} data-late={latenessOf(row, now)}>
        <div><b>{text(row.number)}</b><br /><Choice entity="complaint" field="category" value={row.category} /> {row.severity !== 'normal' && <Choice entity="complaint" field="severity" value={row.severity} />}</div>
        <div className="vo-what"><span className="vo-words">{text(row.words)}</span><span className="qc-soft">{text(row.customerName)} {labelOf(row, 'unitId')}</span></div>
        <div><Choice entity="complaint" field="stage" value={row.stage} />{Number(row.reopens) > 0 && <><br /><span className="qc-danger">{tv('reopened', { n: Number(row.reopens) })}</span></>}</div>
        <div><Promise row={row} /><br /><span className="qc-soft">{labelOf(row, 'ownerId') || tv('nobody')}</span></div>
      </Link></li>))}</ul></section>
  )
}
