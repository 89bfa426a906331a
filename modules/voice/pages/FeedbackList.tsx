import './voice.css'
import { api, can, EmptyState, ErrorState, Icon, listHref, PageFrame, Skeleton, useLive, useSession, When, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Register } from './Register.tsx'
import { Choice, labelOf, text } from './shared.tsx'
import { tv } from './texts.ts'

const TABS = ['mine', 'open', 'toConfirm'] as const

/** 客户反馈: what my department has to do, and what waits for the customer's word (CU-16). */
export default function FeedbackList() {
  const [params, setParams] = useSearchParams()
  const navigate = useNavigate(), session = useSession()
  const tab = TABS.find(t => t === params.get('tab')) ?? 'open'
  const go = (patch: Record<string, string | null>) => setParams(before => { const next = new URLSearchParams(before); for (const [name, value] of Object.entries(patch)) { if (value === null) next.delete(name); else next.set(name, value) } return next }, { replace: true })
  const filter = { endedAt: { isNull: true }, ...(tab === 'mine' ? { ownerId: session.user.id } : tab === 'toConfirm' ? { stage: 'confirm' } : {}) }
  const read = useQuery({ queryKey: ['entity', 'feedback', 'lines', tab], queryFn: ({ signal }) => api.get<Page<Row>>('/feedback', { query: { filter: JSON.stringify(filter), sort: 'receivedAt', limit: '200' }, signal }) })
  useLive('feedback', () => void read.refetch())
  return (
    <PageFrame title={tv('feedback')} actions={<><Link className="qc-button" to={listHref('feedback')}>{tv('all')}</Link>{can('feedback:create') && <button type="button" className="qc-button qc-button-primary" onClick={() => go({ new: '1' })}><Icon name="plus" />{tv('newFeedback')}</button>}</>}
      bar={<Segmented value={tab} onChange={value => go({ tab: value })} options={TABS.map(value => ({ value, label: tv(value) }))} />}>
      <section className="qc-panel">{read.isPending ? <Skeleton lines={8} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
        : read.data.items.length === 0 ? <EmptyState icon="check" title={tv('noFeedback')} hint={tv('noFeedbackHint')} />
          : <ul className="vo-list">{read.data.items.map(row => (
            <li key={row.id}><Link className="vo-line" to={`/e/feedback/${row.id}`}>
              <div><b>{text(row.number)}</b><br /><span className="qc-soft"><When at={text(row.receivedAt)} /></span></div>
              <div className="vo-what"><span className="vo-words">{text(row.words)}</span><span className="qc-soft">{text(row.customerName)} {labelOf(row, 'unitId')}</span></div>
              <div><Choice entity="feedback" field="category" value={row.category} /> → {text(row.department)}</div>
              <div><Choice entity="feedback" field="stage" value={row.stage} /><br /><span className="qc-soft">{labelOf(row, 'ownerId') || tv('nobody')}</span></div>
            </Link></li>))}</ul>}</section>
      {params.get('new') === '1' && can('feedback:create') && <Register what="feedback" start={{ phone: params.get('phone') ?? undefined, requestId: params.get('request') ?? undefined }} onClose={() => go({ new: null, phone: null, request: null })} onDone={made => { if (can('feedback:read')) void navigate(`/e/feedback/${made.id}`); go({ new: null }) }} />}
    </PageFrame>
  )
}
