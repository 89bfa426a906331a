import './hotline.css'
import { api, can, EmptyState, EntityList, ErrorState, forget, groupPhone, Icon, PageFrame, RefPicker, Skeleton, useLive, useNow, useSay, When, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { th } from './texts.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** 热线单: what waits for the station first, most urgent on top; the whole list behind it (SP-14). */
export default function Tickets() {
  const [params, setParams] = useSearchParams()
  const all = params.has('f') || params.get('tab') === 'all'
  if (params.has('f')) return <EntityList entity="hotlineTicket" />
  const tabs = <div className="ho-tabs" role="tablist">{(['tickets', 'all'] as const).map(each => <button key={each} type="button" role="tab" aria-selected={all === (each === 'all')} onClick={() => setParams(each === 'all' ? { tab: 'all' } : {})}>{th(each)}</button>)}</div>
  if (all) return <EntityList entity="hotlineTicket" actions={<button type="button" className="qc-button" onClick={() => setParams({})}>{th('tickets')}</button>} />
  return <PageFrame title={th('tickets')} actions={can('hotlineTicket:create') ? <Link className="qc-button" to="/e/hotline-tickets/new"><Icon name="plus" />{th('newTicket')}</Link> : undefined}><section className="qc-panel">{tabs}<Waiting /></section></PageFrame>
}

function Waiting() {
  const say = useSay()
  const now = useNow()
  const [asking, setAsking] = useState<{ row: Row, what: 'refuse' | 'redirect' } | null>(null)
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['hotline', 'waiting'], queryFn: ({ signal }) => api.get<Page<Row>>('/hotline-tickets', { query: { filter: { state: can('hotlineTicket:redirect') ? { in: ['waiting', 'refused'] } : 'waiting' }, sort: 'dueAt', limit: 100 }, signal }) })
  useLive('hotlineTicket', () => void read.refetch())
  if (read.isPending) return <Skeleton lines={6} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (read.data.items.length === 0) return <EmptyState icon="check" title={th('noTickets')} />
  const accept = async (row: Row) => {
    setBusy(true)
    try {
      const { number } = await api.post<{ number: string }>(`/hotline-tickets/${row.id}/accept`)
      say.ok(th('accepted', { n: number }))
      await Promise.all([read.refetch(), forget('serviceRequest', 'hotlineTicket')])
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <>
      <ul className="ho-plain">{read.data.items.map(row => {
        const late = typeof row.dueAt === 'string' && new Date(row.dueAt) < now
        return (
          <li key={row.id} className="ho-ticket">
            <div><b>{text(row.customerName)}</b> {groupPhone(text(row.phone))} <span className="qc-soft">{text(row.hotlineId)} · {(row.$labels as Record<string, string> | undefined)?.unitId ?? ''}</span>
              <p>{text(row.model)} {text(row.serialNo)} <span className="qc-soft">{text(row.faultDescription)}</span></p>
              {row.state === 'refused' ? <p className="qc-danger">{th('reason')}：{text(row.reason)}</p> : text(row.dueAt) && <p className={late ? 'qc-danger' : 'qc-soft'}><Icon name="clock" size={13} /> {th('due')} <When at={text(row.dueAt)} form="absolute" />{late && ` · ${th('late')}`}</p>}</div>
            <div className="ho-acts">
              {row.state === 'waiting' && can('hotlineTicket:accept') && <><button type="button" className="qc-button qc-button-primary" disabled={busy} aria-label={`${th('accept')} ${text(row.customerName)}`} onClick={() => void accept(row)}>{th('accept')}</button><button type="button" className="qc-button" disabled={busy} onClick={() => setAsking({ row, what: 'refuse' })}>{th('refuse')}</button></>}
              {can('hotlineTicket:redirect') && <button type="button" className="qc-button" disabled={busy} onClick={() => setAsking({ row, what: 'redirect' })}>{th('redirect')}</button>}
            </div>
          </li>
        )
      })}</ul>
      {asking && <Ask {...asking} onClose={done => { setAsking(null); if (done) void read.refetch() }} />}
    </>
  )
}

function Ask({ row, what, onClose }: { row: Row, what: 'refuse' | 'redirect', onClose: (done: boolean) => void }) {
  const say = useSay()
  const [reason, setReason] = useState('')
  const [unitId, setUnit] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      await api.post(`/hotline-tickets/${row.id}/${what}`, what === 'refuse' ? { reason: reason.trim() } : { unitId })
      say.ok(th(what === 'refuse' ? 'sentBack' : 'redirected'))
      onClose(true)
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={`${th(what)} · ${text(row.customerName)}`} okText={th(what)} okButtonProps={{ disabled: what === 'refuse' ? !reason.trim() : !unitId, loading: busy }} onOk={() => void save()} onCancel={() => onClose(false)}>
      {what === 'refuse' ? <Input.TextArea autoFocus rows={3} maxLength={200} aria-label={th('reason')} placeholder={th('reason')} value={reason} onChange={event => setReason(event.target.value)} />
        : <RefPicker entity="unit" filter={{ kind: 'station' }} ariaLabel={th('station')} placeholder={th('station')} style={{ width: '100%' }} value={unitId} onChange={value => setUnit(typeof value === 'string' ? value : null)} />}
    </Modal>
  )
}
