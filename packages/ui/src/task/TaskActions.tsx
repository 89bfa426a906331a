import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal, Radio, Select } from 'antd'
import { api } from '../core/api.ts'
import { keys } from '../core/query.ts'
import { t } from '../core/texts.ts'
import type { TaskDetail } from '../core/types.ts'
import { useSay } from '../frame/say.ts'
import { ErrorState, Skeleton } from '../frame/States.tsx'
import { Icon } from '../icons.tsx'
import { claimWord } from './shown.ts'
import { tt } from './texts.ts'

/** Take, give back, pause, resume, reassign: whatever the server allows this person. */
export function TaskActions({ task, onChanged }: { task: TaskDetail, onChanged: () => Promise<unknown> }) {
  const say = useSay()
  const [dialog, setDialog] = useState<'pause' | 'reassign' | null>(null)
  const [busy, setBusy] = useState(false)
  const act = async (verb: string, body: object = {}) => {
    setBusy(true)
    try {
      await api.post(`/tasks/${task.id}/${verb}`, body)
      setDialog(null)
    } catch (error) { say.error(error) } finally { await onChanged(); setBusy(false) }
  }
  const { can } = task
  if (!can.claim && !can.release && !can.pause && !can.resume && !can.reassign) return null
  return (
    <div className="qc-row qc-task-actions">
      {can.claim && <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void act('claim')}><Icon name="check" />{tt(claimWord(task))}</button>}
      {can.resume && <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void act('resume')}><Icon name="play" />{tt('resume')}</button>}
      {can.pause && <button type="button" className="qc-button" disabled={busy} onClick={() => setDialog('pause')}><Icon name="pause" />{tt('pause')}</button>}
      {can.reassign && <button type="button" className="qc-button" disabled={busy} onClick={() => setDialog('reassign')}><Icon name="swap" />{tt('reassign')}</button>}
      {can.release && <button type="button" className="qc-button" disabled={busy} onClick={() => void act('release')}>{tt('release')}</button>}
      {dialog === 'pause' && <PauseDialog task={task} busy={busy} onOk={reason => act('pause', { reason })} onClose={() => setDialog(null)} />}
      {dialog === 'reassign' && <ReassignDialog task={task} busy={busy} onOk={body => act('reassign', body)} onClose={() => setDialog(null)} />}
    </div>
  )
}

type DialogProps<T> = { task: TaskDetail, busy: boolean, onOk: (value: T) => Promise<void>, onClose: () => void }

function PauseDialog({ task, busy, onOk, onClose }: DialogProps<string>) {
  const [reason, setReason] = useState('')
  const offered = task.pauseReasons.map(each => typeof each === 'string' ? { value: each, label: each } : each)
  return (
    <Modal open title={tt('pauseTitle')} onCancel={onClose} okText={tt('pause')} confirmLoading={busy} okButtonProps={{ disabled: reason.trim() === '' }} onOk={() => void onOk(reason.trim())}>
      {offered.length > 0
        ? <Radio.Group vertical value={reason} onChange={event => setReason(String(event.target.value))} options={offered} />
        : <Input autoFocus aria-label={t('reason')} value={reason} onChange={event => setReason(event.target.value)} />}
    </Modal>
  )
}

type Candidate = { id: string, name: string, unitName?: string, open?: number }

function ReassignDialog({ task, busy, onOk, onClose }: DialogProps<{ assigneeId: string, reason: string }>) {
  const [assigneeId, setAssignee] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const people = useQuery({ queryKey: [...keys.task(task.id), 'candidates'], queryFn: ({ signal }) => api.get<{ items: Candidate[] }>(`/tasks/${task.id}/candidates`, { signal }), select: answer => answer.items })
  return (
    <Modal open title={tt('reassignTitle')} onCancel={onClose} okText={tt('reassign')} confirmLoading={busy} okButtonProps={{ disabled: !assigneeId || reason.trim() === '' }} onOk={() => void onOk({ assigneeId: assigneeId!, reason: reason.trim() })}>
      {people.isPending ? <Skeleton lines={2} /> : people.isError ? <ErrorState error={people.error} /> : (
        <div className="qc-stack">
          <Select autoFocus aria-label={tt('reassignTitle')} showSearch={{ optionFilterProp: 'label' }} placeholder={tt('reassignTitle')} value={assigneeId} onChange={setAssignee}
            options={people.data.map(each => ({ value: each.id, label: `${each.name}${each.unitName ? ` · ${each.unitName}` : ''}${each.open === undefined ? '' : ` · ${tt('openTasks', { n: each.open })}`}` }))} />
          <Input.TextArea aria-label={t('reason')} placeholder={t('reason')} value={reason} onChange={event => setReason(event.target.value)} />
        </div>
      )}
    </Modal>
  )
}
