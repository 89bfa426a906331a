import '../shared/shared.css'
import './repeat.css'
import { api, can, EmptyState, ErrorState, listHref, PageFrame, Skeleton, Tag, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { tr } from './texts.ts'

type Verdict = 'confirmed' | 'dismissed'
type Suspect = { kind: 'phoneNames' | 'serialPhones' | 'serialCustomers' | 'phoneRun', key: string, day: string, requests: number, reason: string, ids: string[], units: string[], verdict: { verdict: Verdict, note: string, by: string | null, at: string } | null }

type Share = { id: string, name: string, customers: number, proven: number }

/** 疑似虚假: patterns that honest data do not have, why they are listed, and what somebody found out (SP-22). */
export default function Suspects() {
  const [judging, setJudging] = useState<{ suspect: Suspect, verdict: Verdict } | null>(null)
  const read = useQuery({ queryKey: ['service', 'suspects'], queryFn: ({ signal }) => api.get<{ days: number, phones: Share[], items: Suspect[] }>('/service/suspects', { signal }) })
  const may = can('suspicion:judge')
  return (
    <PageFrame title={tr('suspects')}>
      <section className="qc-panel">
        <p className="qc-soft qc-panel-pad">{tr('suspectsHint')} {read.data && tr('days', { n: read.data.days })}</p>
        {read.isPending ? <Skeleton lines={5} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.items.length === 0 ? <EmptyState icon="check" title={tr('none')} />
          : <ul className="sv-plain">{read.data.items.map(suspect => (
            <li key={`${suspect.kind}${suspect.key}${suspect.day}`} className="re-suspect">
              <div><b>{suspect.key}</b> <span className="qc-soft">{suspect.day} · {suspect.units.join('、')}</span>
                <p>{suspect.reason}</p>
                <p><Link to={listHref('service-requests', { id: { in: suspect.ids } })}>{tr('requests', { n: suspect.requests })}</Link></p>
                {suspect.verdict && <p><Tag color={suspect.verdict.verdict === 'confirmed' ? 'red' : 'green'}>{tr(suspect.verdict.verdict)}</Tag> {suspect.verdict.note} <span className="qc-soft">{suspect.verdict.by} <When at={suspect.verdict.at} form="absolute" /></span></p>}</div>
              {may && <div className="re-acts"><button type="button" className="qc-button" onClick={() => setJudging({ suspect, verdict: 'confirmed' })}>{tr('confirm')}</button><button type="button" className="qc-button" onClick={() => setJudging({ suspect, verdict: 'dismissed' })}>{tr('dismiss')}</button></div>}
            </li>
          ))}</ul>}
      </section>
      {read.data && read.data.phones.length > 0 && <Shares days={read.data.days} lines={read.data.phones} />}
      {judging && <Judge {...judging} onClose={done => { setJudging(null); if (done) void read.refetch() }} />}
    </PageFrame>
  )
}

/** How many of those who came in gave a telephone that is theirs. */
function Shares({ days, lines }: { days: number, lines: Share[] }) {
  return (
    <section className="qc-panel re-shares"><header><h2>{tr('phones')}</h2><span className="qc-soft">{tr('days', { n: days })}</span></header>
      <div className="sv-table-wrap"><table className="sv-table"><thead><tr><th>{tr('who')}</th><th className="sv-right">{tr('customers')}</th><th className="sv-right">{tr('phonesProven')}</th><th className="sv-right">{tr('share')}</th></tr></thead>
        <tbody>{lines.map(line => <tr key={line.id}><td>{line.name}</td><td className="sv-right" data-label={tr('customers')}>{line.customers}</td><td className="sv-right" data-label={tr('phonesProven')}>{line.proven}</td><td className="sv-right" data-label={tr('share')}>{Math.round((line.proven / line.customers) * 100)}%</td></tr>)}</tbody></table></div>
    </section>
  )
}

function Judge({ suspect, verdict, onClose }: { suspect: Suspect, verdict: Verdict, onClose: (done: boolean) => void }) {
  const say = useSay()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try { await api.post('/service/suspects/judge', { kind: suspect.kind, key: suspect.key, day: suspect.day, verdict, note: note.trim() }); say.ok(tr('judged')); onClose(true) } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const title = tr(verdict === 'confirmed' ? 'confirm' : 'dismiss')
  return <Modal open title={`${title} · ${suspect.key}`} okText={title} okButtonProps={{ disabled: note.trim() === '', loading: busy }} onOk={() => void save()} onCancel={() => onClose(false)}><div className="re-form"><label><span className="qc-soft">{tr('note')}</span><Input.TextArea autoFocus rows={3} maxLength={300} value={note} onChange={event => setNote(event.target.value)} /></label></div></Modal>
}
