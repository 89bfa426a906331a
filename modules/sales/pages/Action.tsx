import { api, can, EmptyState, EntityForm, ErrorState, findEntity, forget, Icon, presentTime, queryClient, shortText, Skeleton, useMeta, useSay, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ts } from './texts.ts'

export type About = { leadId?: string, opportunityId?: string, customerId?: string, contactId?: string }
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** 记一次行动: what was done, what came of it, what is next; or planned, and given to somebody (CU-15, SA-23). */
export function ActionDialog({ about, plan, onClose }: { about: About, plan: boolean, onClose: () => void }) {
  const say = useSay()
  const done = async () => { await forget('engagement', 'opportunity', 'lead', 'customer'); await queryClient.invalidateQueries({ queryKey: ['sales'] }); say.ok(ts('saved')); onClose() }
  const fields = plan ? ['kind', 'at', 'subject', ...(can('engagement:assign') ? ['ownerId'] : []), 'minutes'] : ['kind', 'subject', 'result', 'nextStep', 'nextAt', 'at']
  return (
    <Modal open title={ts(plan ? 'plan' : 'addAction')} footer={null} onCancel={onClose} destroyOnHidden>
      <EntityForm entity="engagement" fields={fields} {...(plan ? {} : { initial: { at: presentTime().toISOString() } })} fixed={{ ...about, state: plan ? 'planned' : 'done' }} guard={false} onSaved={done} onCancel={onClose} />
    </Modal>
  )
}

/** What was done and what is planned for a lead, a deal or a customer, newest first; planned ones are finished here. */
export function Actions({ about }: { about: About }) {
  const [adding, setAdding] = useState<'done' | 'plan' | null>(null)
  const [finishing, setFinishing] = useState<Row | null>(null)
  const kinds = findEntity(useMeta(), 'engagement')?.fields.find(f => f.name === 'kind')?.options ?? []
  const read = useQuery({ queryKey: ['entity', 'engagement', 'about', about], queryFn: ({ signal }) => api.get<Page<Row>>('/engagements', { query: { filter: JSON.stringify(about), sort: '-at', limit: '50' }, signal }) })
  return (
    <section className="qc-panel">
      <header><h2>{ts('actions')}</h2>{can('engagement:create') && <div className="sa-right"><button type="button" className="qc-button" onClick={() => setAdding('plan')}>{ts('plan')}</button><button type="button" className="qc-button qc-button-primary" onClick={() => setAdding('done')}><Icon name="plus" />{ts('addAction')}</button></div>}</header>
      {read.isPending ? <Skeleton lines={3} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.items.length === 0 ? <EmptyState icon="comment" title={ts('noActions')} hint={ts('noActionsHint')} /> : (
        <ul className="sa-list">{read.data.items.map(row => (
          <li key={row.id}>
            <div className="sa-what"><Link to={`/e/engagements/${row.id}`}><b>{text(row.subject)}</b></Link> <span className="qc-soft">{kinds.find(k => k.value === row.kind)?.label} · {shortText(text(row.at))} · {row.$labels?.ownerId}{row.assignedById ? ` · ${ts('assignedBy', { n: row.$labels?.assignedById ?? '' })}` : ''}</span>
              {row.result ? <div>{text(row.result)}</div> : null}
              {row.nextStep || row.nextAt ? <div className="qc-soft">{ts('next')}：{text(row.nextStep)} {row.nextAt ? shortText(text(row.nextAt)) : ''}</div> : null}</div>
            {row.state === 'planned' && <button type="button" className="qc-button" onClick={() => setFinishing(row)}>{ts('finish')}</button>}
          </li>))}</ul>
      )}
      {adding && <ActionDialog about={about} plan={adding === 'plan'} onClose={() => setAdding(null)} />}
      {finishing && <FinishDialog row={finishing} onClose={() => setFinishing(null)} />}
    </section>
  )
}

function FinishDialog({ row, onClose }: { row: Row, onClose: () => void }) {
  const say = useSay()
  const [result, setResult] = useState('')
  const save = async () => {
    try { await api.patch(`/engagements/${row.id}`, { state: 'done', result: result.trim() || null }); await forget('engagement', 'opportunity', 'lead', 'task'); say.ok(ts('saved')); onClose() } catch (error) { say.error(error) }
  }
  return (
    <Modal open title={`${ts('finish')}：${text(row.subject)}`} onCancel={onClose} onOk={() => void save()} okText={ts('done')}>
      <Input.TextArea autoFocus aria-label={ts('result')} placeholder={ts('result')} maxLength={2000} autoSize={{ minRows: 3 }} value={result} onChange={event => setResult(event.target.value)} onKeyDown={event => { if (event.key === 'Enter' && event.ctrlKey) void save() }} />
    </Modal>
  )
}
