import './org.css'
import './incidents.css'
import { api, EmptyState, ErrorState, Icon, keys, PageFrame, queryClient, Skeleton, useLive, useMeta, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ti } from './incidentTexts.ts'

type Incident = {
  id: string, caseId: string, entity: string | null, recordId: string | null, title: string, process: string, version: number, caseState: string, nodeId: string | null, step: string | null
  kind: 'stuck' | 'error' | 'service' | 'job' | 'task', code: string | null, message: string, attempts: number, at: string, retryable: boolean, resolvedAt: string | null, resolvedBy: string | null, note: string | null, variables: Record<string, unknown>
}
type Answer = { items: Incident[], next: string | null, open: number }
type Doing = { incident: Incident, what: 'retry' | 'resolve' }

/** Cases that stand still because something went wrong, and what to do about each. */
export default function Incidents() {
  const [state, setState] = useState<'open' | 'resolved'>('open')
  const [limit, setLimit] = useState(50)
  const [doing, setDoing] = useState<Doing | null>(null)
  const meta = useMeta()
  const key = ['incidents', state, limit]
  const read = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Answer>(`/incidents?state=${state}&limit=${limit}`, { signal }) })
  useLive(change => change.entity === 'alarm', () => void read.refetch())
  const done = async () => { setDoing(null); await Promise.all([queryClient.invalidateQueries({ queryKey: ['incidents'] }), queryClient.invalidateQueries({ queryKey: keys.tasks })]) }
  const recordOf = (i: Incident) => { const plural = meta.entities.find(entity => entity.name === i.entity)?.plural; return plural && i.recordId ? `/e/${plural}/${i.recordId}` : null }
  return (
    <PageFrame title={ti('incidents')} actions={<button type="button" className="qc-button" onClick={() => void read.refetch()}><Icon name="refresh" />{ti('reload')}</button>}>
      <section className="qc-panel">
        <div className="qo-bar"><Segmented<'open' | 'resolved'> value={state} onChange={value => { setState(value); setLimit(50) }} options={[{ value: 'open', label: ti('open', { n: read.data?.open ?? '–' }) }, { value: 'resolved', label: ti('resolved') }]} /></div>
        {read.isPending ? <Skeleton lines={4} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : read.data.items.length === 0 ? <EmptyState icon="check" title={state === 'open' ? ti('none') : ti('noneResolved')} hint={state === 'open' ? ti('noneHint') : undefined} /> : (
            <ul className="qo-incidents">{read.data.items.map(i => {
              const record = recordOf(i)
              return <li key={i.id}>
                <div className="qo-incident-case">{record ? <Link to={record}>{i.title || i.process}</Link> : <b>{i.title || i.process}</b>}<span className="qc-soft">{ti('version', { process: i.process, version: i.version })}</span></div>
                <div className="qo-incident-what"><b>{ti(i.kind)}{i.step ?? i.nodeId ? ` · ${i.step ?? i.nodeId}` : ''}</b><span>{i.message}</span>
                  {i.attempts > 1 && <span className="qc-soft">{ti('attempts', { n: i.attempts })}</span>}
                  {i.resolvedAt && <span className="qc-soft">{i.resolvedBy} <When at={i.resolvedAt} />{i.note ? `：${i.note}` : ''}</span>}</div>
                <div className="qo-incident-since qc-soft"><When at={i.at} /></div>
                {!i.resolvedAt && <div className="qo-incident-acts">
                  {i.retryable && <button type="button" className="qc-button qc-button-primary" onClick={() => setDoing({ incident: i, what: 'retry' })}>{ti('retry')}</button>}
                  <button type="button" className="qc-button" onClick={() => setDoing({ incident: i, what: 'resolve' })}>{ti('resolve')}</button>
                </div>}
              </li>
            })}</ul>
          )}
        {read.data?.next && <p className="qc-panel-pad"><button type="button" className="qc-button" onClick={() => setLimit(n => Math.min(200, n + 50))}>{ti('more')}</button></p>}
      </section>
      {doing && <Settle key={doing.incident.id + doing.what} doing={doing} onDone={() => void done()} onClose={() => setDoing(null)} />}
    </PageFrame>
  )
}

function Settle({ doing: { incident, what }, onDone, onClose }: { doing: Doing, onDone: () => void, onClose: () => void }) {
  const say = useSay()
  const [note, setNote] = useState('')
  const [text, setText] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const put = async () => {
    let variables: Record<string, unknown> | undefined
    if (text !== null) {
      try { variables = changed(incident.variables, JSON.parse(text)) } catch { say.warn(ti('notJson')); return }
    }
    setBusy(true)
    try { await api.post(`/incidents/${incident.id}/${what}`, { note: note.trim() || (what === 'resolve' ? '' : null), ...(variables ? { variables } : {}) }); say.ok(ti(what === 'retry' ? 'retried' : 'settled')); onDone() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={ti(what === 'retry' ? 'retryTitle' : 'resolveTitle')} okText={ti(what)} okButtonProps={{ disabled: busy || (what === 'resolve' && note.trim() === '') }} onOk={() => void put()} onCancel={onClose}>
      <div className="qc-stack">
        <p className="qc-soft">{incident.message}</p>
        <p className="qc-soft">{ti(what === 'retry' ? 'retryHint' : 'resolveHint')}</p>
        <Input.TextArea aria-label={ti('note')} placeholder={ti(what === 'retry' ? 'noteOptional' : 'note')} maxLength={400} autoSize={{ minRows: 2, maxRows: 5 }} value={note} onChange={event => setNote(event.target.value)} />
        {incident.caseState === 'active' && (text === null
          ? <button type="button" className="qc-button" onClick={() => setText(JSON.stringify(incident.variables, null, 2))}><Icon name="edit" />{ti('editVariables')}</button>
          : <Input.TextArea aria-label={ti('variables')} className="qo-json" spellCheck={false} autoSize={{ minRows: 4, maxRows: 14 }} value={text} onChange={event => setText(event.target.value)} />)}
      </div>
    </Modal>
  )
}

/** Only what was changed is sent, so that what the case itself sets meanwhile stays. */
function changed(before: Record<string, unknown>, after: unknown): Record<string, unknown> {
  if (typeof after !== 'object' || after === null || Array.isArray(after)) throw new Error('not an object')
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value)))
}
