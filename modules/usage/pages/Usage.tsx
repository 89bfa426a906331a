import './usage.css'
import { api, can, dateText, EmptyState, ErrorState, listHref, PageFrame, Skeleton, useLive, useNow } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { DatePicker, Modal, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { FollowUps } from './FollowUps.tsx'
import { NoticeDialog } from './NoticeDialog.tsx'
import { tu } from './texts.ts'

export interface Line { id: string, name: string, unitId: string | null, unitName: string, people: number, signedIn: number, due: number, kept: number, contracts: number, entered: number, deals: number, followed: number, peopleRate: number | null, dayRate: number | null, entryRate: number | null, followRate: number | null }
interface Read { from: string, until: string, rule: { id: string, title: string, edition: number } | null, total: Line, units: Line[], people: Line[] }
interface Days { missing: Array<{ kind: 'day' | 'week', day: string, short: number }>, due: number, kept: number }

/** 使用统计: sign-in, entry and follow-up of a month by block and by person. Every figure opens its rows. */
export default function Usage() {
  const now = useNow(), [params, setParams] = useSearchParams(), [open, setOpen] = useState<Line | null>(null), [notice, setNotice] = useState(false)
  const asked = params.get('month') ?? '', month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : dateText(now).slice(0, 7), tab = ['unit', 'person', 'follow'].find(key => key === params.get('tab')) ?? 'unit'
  const set = (key: string, value: string) => setParams(old => { const next = new URLSearchParams(old); next.set(key, value); if (key === 'tab') next.delete('owner'); return next }, { replace: true })
  const read = useQuery({ queryKey: ['usage', month], queryFn: ({ signal }) => api.get<Read>('/usage', { query: { month }, signal }) })
  useLive(['engagement', 'opportunity', 'lead'], () => void read.refetch())
  return (
    <PageFrame title={tu('usage')} subtitle={tu('lead')} actions={can('noticeList:make') && <button type="button" className="qc-button qc-button-primary" onClick={() => setNotice(true)}>{tu('makeNotice')}</button>}
      bar={<div className="us-bar"><Segmented value={tab} onChange={v => set('tab', v as string)} options={[{ value: 'unit', label: tu('byUnit') }, { value: 'person', label: tu('byPerson') }, { value: 'follow', label: tu('follow') }]} /><DatePicker picker="month" allowClear={false} aria-label={tu('month')} style={{ width: 130 }} value={dayjs(`${month}-01`)} onChange={picked => { if (picked) set('month', picked.format('YYYY-MM')) }} /></div>}>
      {tab === 'follow' ? <FollowUps month={month} ownerId={params.get('owner')} /> : (
        <section className="qc-panel">
          {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.people.length === 0 ? <EmptyState icon="chart" title={tu('nobody')} hint={tu('nobodyHint')} /> : <>
            <div className="us-scroll"><table className="us-table"><thead><tr><th>{tu(tab === 'unit' ? 'who' : 'person')}</th><th>{tu('people')}</th><th>{tu('days')}</th><th>{tu('entry')}</th><th>{tu('followed')}</th></tr></thead>
              <tbody>{[...(tab === 'unit' ? read.data.units : read.data.people), ...(read.data.people.length > 1 ? [read.data.total] : [])].map(l => <Row key={l.id} line={l} by={tab as 'unit' | 'person'} read={read.data} month={month} onDays={() => setOpen(l)} onPeople={() => set('tab', 'person')} />)}</tbody></table></div>
            {read.data.rule && <p className="qc-soft qc-panel-pad"><Link to={`/e/rule-documents/${read.data.rule.id}`}>{tu('by', { r: read.data.rule.title, v: read.data.rule.edition })}</Link></p>}
          </>}
        </section>)}
      {open && read.data && <DaysDialog line={open} from={read.data.from} until={read.data.until} onClose={() => setOpen(null)} />}
      {notice && <NoticeDialog onClose={() => setNotice(false)} />}
    </PageFrame>
  )
}

/** Kept of due; on a narrow screen the share stands below. */
const share = (part: number, whole: number, rate: number | null) => (whole ? <><span className="us-of">{part}/{whole}</span> · <span className="us-of">{rate} %</span></> : '—')

function Row({ line: l, by, read, month, onDays, onPeople }: { line: Line, by: 'unit' | 'person', read: Read, month: string, onDays: () => void, onPeople: () => void }) {
  const whose = l.id ? { [by === 'unit' ? 'unitId' : 'userId']: l.id } : {}, owner = l.id ? { [by === 'unit' ? 'unitId' : 'ownerId']: l.id } : {}, span = { between: [read.from, read.until] }
  return (
    <tr>
      <td>{l.id ? <>{l.name}{by === 'person' && <span className="qc-soft"> {l.unitName}</span>}</> : <b>{tu('sum')}</b>}</td>
      <td><Link to={listHref('sign-in-days', { day: span, ...whose } as never)}>{share(l.signedIn, l.people, l.peopleRate)}</Link></td>
      <td>{by === 'person' && l.id ? <button type="button" className="us-link" onClick={onDays}>{share(l.kept, l.due, l.dayRate)}</button> : <button type="button" className="us-link" onClick={onPeople}>{share(l.kept, l.due, l.dayRate)}</button>}</td>
      <td>{l.contracts && can('contract:read') ? <Link to={listHref('contracts', { signedOn: span, ...owner } as never)}>{share(l.entered, l.contracts, l.entryRate)}</Link> : share(l.entered, l.contracts, l.entryRate)}</td>
      <td><Link to={`/usage?tab=follow&month=${month}${by === 'person' && l.id ? `&owner=${l.id}` : ''}`}>{share(l.followed, l.deals, l.followRate)}</Link></td>
    </tr>
  )
}

function DaysDialog({ line, from, until, onClose }: { line: Line, from: string, until: string, onClose: () => void }) {
  const read = useQuery({ queryKey: ['usage', 'person', line.id, from], queryFn: ({ signal }) => api.get<Days>(`/usage/people/${line.id}`, { query: { from, until }, signal }) })
  return (
    <Modal open title={tu('missing', { n: line.name })} onCancel={onClose} footer={null}>
      {read.isPending ? <Skeleton lines={4} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.missing.length === 0 ? <p>{tu('allKept')}</p> : <ul className="us-list">{read.data.missing.map(m => <li key={m.day}>{tu(m.kind === 'day' ? 'dayMissing' : 'weekMissing', { d: m.day, n: m.short })}</li>)}</ul>}
      <p><Link to={listHref('sign-in-days', { day: { between: [from, until] }, userId: line.id } as never)}>{tu('rows')}</Link></p>
    </Modal>
  )
}
