import { api, can, fieldOf, forget, Icon, PhoneText, useEntity, useSay, When, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { failuresInARow } from './course.ts'
import { tq } from './texts.ts'

const channels = ['call', 'sms', 'wecom'] as const

/** Tries to reach the customer, and two buttons a channel to log the next one (SP-08). */
export function Contacts({ request }: { request: Row }) {
  const say = useSay()
  const meta = useEntity('contactAttempt')
  const [channel, setChannel] = useState<(typeof channels)[number]>('call')
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const read = useQuery({
    queryKey: ['entity', 'contactAttempt', 'list', { request: request.id }], enabled: meta !== undefined,
    queryFn: ({ signal }) => api.get<Page<Row>>('/contact-attempts', { query: { filter: { requestId: request.id }, sort: '-createdAt', limit: 5 }, signal }),
  })
  if (!meta) return null
  const attempts = read.data?.items ?? []
  const failures = failuresInARow(attempts)
  const log = async (succeeded: boolean) => {
    setBusy(true)
    try {
      await api.post(`/service-requests/${request.id}/contact-attempts`, { channel, succeeded, ...(note.trim() ? { note: note.trim() } : {}) })
      setNote('')
      say.ok(tq('logged'))
      await forget('contactAttempt', 'serviceRequest', 'alarm')
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const options = fieldOf(meta, 'channel')?.options
  const label = (value: unknown) => options?.find(each => each.value === value)?.label ?? String(value)
  return (
    <section className="qc-panel sr-contacts">
      <header><h2>{tq('contact')}</h2><PhoneText value={typeof request.phone === 'string' ? request.phone : null} /></header>
      <div className="qc-panel-pad qc-stack">
        {failures > 1 && <p className="qc-late qc-late-late"><Icon name="warn" size={14} />{tq('failures', { n: failures })}</p>}
        {can('contactAttempt:create') && <>
          <div className="sr-channels" role="radiogroup" aria-label={tq('contact')}>{channels.map(each => <button key={each} type="button" role="radio" aria-checked={each === channel} onClick={() => setChannel(each)}>{tq(each)}</button>)}</div>
          <Input aria-label={tq('note')} placeholder={tq('note')} maxLength={200} value={note} onChange={event => setNote(event.target.value)} />
          <div className="qc-row"><button type="button" className="qc-button qc-grow" disabled={busy} onClick={() => void log(true)}><Icon name="check" />{tq('reached')}</button><button type="button" className="qc-button qc-grow" disabled={busy} onClick={() => void log(false)}><Icon name="close" />{tq('notReached')}</button></div>
        </>}
        {attempts.length === 0 ? <p className="qc-faint">{tq('contactNone')}</p> : <ul className="sv-plain">{attempts.map(each => (
          <li key={each.id} className="sr-attempt"><Icon name={each.succeeded ? 'check' : 'close'} size={14} /><span>{label(each.channel)} {each.succeeded ? tq('reached') : tq('notReached')}</span><span className="qc-faint qc-clip">{typeof each.note === 'string' ? each.note : ''}</span><span className="qc-faint"><When at={each.createdAt} form="relative" /></span></li>
        ))}</ul>}
      </div>
    </section>
  )
}
