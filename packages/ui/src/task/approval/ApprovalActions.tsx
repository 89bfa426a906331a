import { useState } from 'react'
import { Input } from 'antd'
import { api, ApiError } from '../../core/api.ts'
import { forget, keys, queryClient } from '../../core/query.ts'
import type { TaskDetail, TaskMove } from '../../core/types.ts'
import { useSay } from '../../frame/say.ts'
import { Field } from '../../form/Field.tsx'
import { clean, type Values } from '../../form/values.ts'
import { Icon, type IconName } from '../../icons.tsx'
import { refusalOf } from '../refusal.ts'
import { AddSignerDialog, CopyDialog, HandOverDialog, SendBackDialog, WithdrawDialog } from './dialogs.tsx'
import { ta } from './texts.ts'
import { approvalKeys, type ApprovalView } from './types.ts'

type Dialog = 'sendBack' | 'handOver' | 'addSigner' | 'copy' | 'withdraw'

/** What this person may do with the approval: answer, and everything beside it. `vote` is their own, if they are asked now. */
export function ApprovalActions({ view, vote, onDone }: { view: ApprovalView, vote: TaskDetail | null, onDone?: (() => void) | undefined }) {
  const say = useSay()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [comment, setComment] = useState('')
  const [values, setValues] = useState<Values>({})
  const [busy, setBusy] = useState(false)
  const again = () => Promise.all([queryClient.invalidateQueries({ queryKey: keys.tasks }), queryClient.invalidateQueries({ queryKey: approvalKeys.all }), forget(view.entity)])
  /** Sends an act; `leaves`: the task is not mine afterwards. */
  const act = async (path: string, body: object, told: string | ((answer: never) => string), leaves = false) => {
    setBusy(true)
    try {
      const answer = await api.post<never>(path, body)
      setDialog(null)
      say.ok(typeof told === 'string' ? told : told(answer))
      if (leaves) onDone?.()
    } catch (error) {
      const missing = refusalOf(error)?.missing
      say.error(missing?.length ? missing.join('、') : error instanceof ApiError ? error : String(error))
    } finally { await again(); setBusy(false) }
  }
  const answer = async (move: TaskMove) => {
    if (move.requiresComment && comment.trim() === '') { say.warn(ta('opinionNeeded', { move: move.label })); return }
    if (typeof move.confirm === 'string' && move.confirm && !await say.ask({ title: move.confirm, danger: move.danger ?? false, okText: move.label })) return
    const fields = Object.fromEntries((vote!.form).filter(field => field.name in values).map(field => [field.name, clean(field, values[field.name])]))
    await act(`/tasks/${vote!.id}/complete`, { outcome: move.outcome, ...(Object.keys(fields).length ? { fields } : {}), ...(comment.trim() ? { comment: comment.trim() } : {}) }, ta('done', { name: move.label }), true)
  }
  const button = (name: Dialog, icon: IconName) => <button type="button" className="qc-button" disabled={busy} onClick={() => setDialog(name)}><Icon name={icon} />{ta(name)}</button>
  const editable = (vote?.form ?? []).filter(field => !field.readOnly && !field.hidden)
  const closes = { busy, onClose: () => setDialog(null) }
  return (
    <section className="qa-actions">
      {vote?.can.complete && (
        <>
          {editable.length > 0 && <div className="qc-fields">{editable.map(field => <Field key={field.name} prefix={`a-${vote.id}`} field={field} value={field.name in values ? values[field.name] : field.value} onChange={value => setValues(before => ({ ...before, [field.name]: value }))} />)}</div>}
          <Input.TextArea aria-label={ta('opinion')} placeholder={ta('opinion')} maxLength={2000} autoSize={{ minRows: 1, maxRows: 5 }} value={comment} onChange={event => setComment(event.target.value)} />
        </>
      )}
      <div className="qa-buttons">
        {vote?.can.complete && vote.moves.map((move, i) => (
          <button key={move.outcome} type="button" className={`qc-button${i === 0 && !move.danger ? ' qc-button-primary' : ''}${move.danger ? ' qc-button-danger' : ''}`} disabled={busy} onClick={() => void answer(move)}><Icon name={move.danger ? 'close' : 'check'} />{move.label}</button>
        ))}
        {vote && (vote.returnTo?.length ?? 0) > 0 && button('sendBack', 'back')}
        {vote?.can.reassign && button('handOver', 'swap')}
        {vote?.can.addSigner && button('addSigner', 'plus')}
        {view.can.copy && button('copy', 'comment')}
        {view.can.withdraw && button('withdraw', 'up')}
        {view.can.urge && <button type="button" className="qc-button" disabled={busy} onClick={() => void act(`/approvals/${view.id}/urge`, {}, (told: { told: string[] }) => ta('urged', { names: told.told.join('、') }))}><Icon name="bell" />{ta('urge')}</button>}
      </div>
      {dialog === 'sendBack' && vote && <SendBackDialog {...closes} places={vote.returnTo ?? []} onOk={body => void act(`/tasks/${vote.id}/return`, body, ta('done', { name: ta('sendBack') }), true)} />}
      {dialog === 'handOver' && vote && <HandOverDialog {...closes} onOk={body => void act(`/tasks/${vote.id}/reassign`, body, ta('done', { name: ta('handOver') }), true)} />}
      {dialog === 'addSigner' && vote && <AddSignerDialog {...closes} onOk={body => void act(`/tasks/${vote.id}/add-signer`, body, ta('done', { name: ta('addSigner') }), body.how === 'before')} />}
      {dialog === 'copy' && <CopyDialog {...closes} onOk={body => void act(`/approvals/${view.id}/copy`, body, ta('done', { name: ta('copy') }))} />}
      {dialog === 'withdraw' && <WithdrawDialog {...closes} onOk={body => void act(`/approvals/${view.id}/withdraw`, body, ta('done', { name: ta('withdraw') }))} />}
    </section>
  )
}
