import { useState } from 'react'
import { Button, DatePicker, Input, Modal, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useQuery } from '@tanstack/react-query'
import { api, ApiError, messageOf } from '../core/api.ts'
import { keys, queryClient } from '../core/query.ts'
import type { EntityMeta } from '../core/types.ts'
import { EmptyState, ErrorState, Skeleton } from '../frame/States.tsx'
import { useSay } from '../frame/say.ts'
import { RefPicker } from '../form/RefPicker.tsx'
import { Icon } from '../icons.tsx'
import { PersonPicker } from '../task/approval/PersonPicker.tsx'
import { tp } from './texts.ts'

type Share = { id: string, userId: string | null, unitId: string | null, name: string, level: 'read' | 'write', until: string | null, over: boolean, reason: string | null, byName: string | null, at: string }

/** Lets one more person or unit see this record, or work on it, until a day (CU-20). */
export function ShareButton({ entity, id }: { entity: EntityMeta, id: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="qc-button" onClick={() => setOpen(true)}><Icon name="share" />{tp('share')}</button>
      {open && <Modal open title={tp('shareTitle', { label: entity.label })} footer={null} onCancel={() => setOpen(false)} destroyOnHidden><Sharing entity={entity} id={id} /></Modal>}
    </>
  )
}

function Sharing({ entity, id }: { entity: EntityMeta, id: string }) {
  const say = useSay(), path = `/${entity.plural}/${id}/shares`, key = keys.part(entity.name, id, 'shares')
  const read = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<{ items: Share[] }>(path, { signal }) })
  const [to, setTo] = useState<'user' | 'unit'>('user')
  const [whom, setWhom] = useState<string | null>(null)
  const [level, setLevel] = useState<'read' | 'write'>('read')
  const [until, setUntil] = useState<Dayjs | null>(null)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<{ at: 'whom' | 'until', text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const again = () => queryClient.invalidateQueries({ queryKey: key })
  const add = async () => {
    if (!whom) { setProblem({ at: 'whom', text: tp('shareWhom') }); return }
    if (until?.isBefore(dayjs(), 'day')) { setProblem({ at: 'until', text: tp('sharePast') }); return }
    setBusy(true)
    try {
      await api.post(path, { [to === 'user' ? 'userId' : 'unitId']: whom, level, until: until?.format('YYYY-MM-DD') ?? null, reason: reason.trim() || null })
      setWhom(null); setReason(''); setProblem(null)
      await again()
    } catch (error) { setProblem({ at: error instanceof ApiError && error.code === 'SHARE_PAST' ? 'until' : 'whom', text: messageOf(error) }) } finally { setBusy(false) }
  }
  const drop = async (share: Share) => { try { await api.remove(`${path}/${share.id}`); await again() } catch (error) { say.error(error) } }
  const wrong = (at: 'whom' | 'until') => problem?.at === at && <p className="qc-danger" role="alert">{problem.text}</p>
  return (
    <div className="qc-stack">
      <p className="qc-soft">{tp('shareHint')}</p>
      <div className="qc-share">
        <Radio.Group value={to} onChange={event => { setTo(event.target.value as 'user' | 'unit'); setWhom(null); setProblem(null) }} options={[{ value: 'user', label: tp('sharePerson') }, { value: 'unit', label: tp('shareUnit') }]} />
        {to === 'user' ? <PersonPicker key="user" autoFocus label={tp('shareWith')} value={whom ? [whom] : []} onChange={ids => { setWhom(ids[0] ?? null); setProblem(null) }} />
          : <RefPicker key="unit" entity="unit" autoFocus value={whom} ariaLabel={tp('shareWith')} placeholder={tp('shareWith')} onChange={value => { setWhom(typeof value === 'string' ? value : null); setProblem(null) }} />}
        {wrong('whom')}
        <Radio.Group value={level} onChange={event => setLevel(event.target.value as 'read' | 'write')} options={[{ value: 'read', label: tp('shareRead') }, { value: 'write', label: tp('shareWrite') }]} />
        <DatePicker aria-label={tp('shareUntil')} placeholder={tp('shareUntil')} value={until} status={problem?.at === 'until' ? 'error' : ''} onChange={value => { setUntil(value); setProblem(null) }} />
        {wrong('until')}
        <Input aria-label={tp('shareReason')} placeholder={tp('shareReason')} maxLength={200} value={reason} onChange={event => setReason(event.target.value)} onPressEnter={() => void add()} />
        <Button type="primary" loading={busy} onClick={() => void add()}>{tp('share')}</Button>
      </div>
      {read.isPending ? <Skeleton lines={2} /> : read.isError ? <ErrorState error={read.error} /> : read.data.items.length === 0 ? <EmptyState icon="share" title={tp('shareNone')} />
        : <ul className="qc-plain">{read.data.items.map(share => (
            <li key={share.id} className="qc-share-line" data-over={share.over || undefined}>
              <span><b>{share.name}</b> {tp(share.level === 'write' ? 'shareWrite' : 'shareRead')}<small className="qc-faint">{share.until ? tp(share.over ? 'shareOver' : 'shareTill', { day: share.until }) : tp('shareOpen')}{share.reason ? ` · ${share.reason}` : ''}{share.byName ? ` · ${share.byName}` : ''}</small></span>
              <button type="button" className="qc-button" onClick={() => void drop(share)} aria-label={tp('shareDrop', { name: share.name })}>{tp('shareTakeBack')}</button>
            </li>))}
          </ul>}
    </div>
  )
}
