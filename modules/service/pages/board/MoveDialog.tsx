import { api, ErrorState, keys, messageOf, refusalOf, Skeleton, useSay, type Refusal, type TaskDetail, type TaskMove } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { BoardCard } from '../shared/types.ts'
import { tb } from './texts.ts'

type Props = { card: BoardCard, onMove: (to: string, label: string, comment: string) => Promise<void>, onClose: () => void }

/** The ways on from where a card is, for the keyboard and for fingers: what dragging does, and the ways that have no lane. */
export function MoveDialog({ card, onMove, onClose }: Props) {
  const say = useSay()
  const [comment, setComment] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: keys.task(card.taskId), queryFn: ({ signal }) => api.get<TaskDetail>(`/tasks/${card.taskId}`, { signal }), staleTime: 0 })
  const task = read.data
  const may = task !== undefined && (task.can.complete || task.can.claim)
  const go = async (move: TaskMove) => {
    if (move.requiresComment && comment.trim() === '') { setAsked(true); return }
    if (move.confirm && !await say.ask({ title: typeof move.confirm === 'string' ? move.confirm : `${card.number}：${move.label}`, danger: move.danger ?? false, okText: move.label })) return
    setBusy(true)
    try { await onMove(move.outcome, move.target?.name ?? move.label, comment.trim()) } finally { setBusy(false) }
  }
  return (
    <Modal open title={tb('moveTitle', { number: card.number })} footer={null} onCancel={onClose}>
      {read.isPending ? <Skeleton lines={3} /> : read.isError ? <ErrorState error={read.error} /> : !may ? (
        <div className="qc-stack"><p><strong>{tb('noMoves')}</strong></p><p className="qc-soft">{tb('noMovesHint', { who: card.ownerName ?? card.stage })}</p><div><Link className="qc-button" to={`/e/service-requests/${card.id}`}>{tb('goThere')}</Link></div></div>
      ) : (
        <div className="qc-stack">
          <ul className="sv-plain sb-moves">{task!.moves.map((move, i) => (
            <li key={move.outcome}><button type="button" className={`qc-button${move.danger ? ' qc-button-danger' : ''}`} autoFocus={i === 0} disabled={busy} onClick={() => void go(move)}>{move.label}{move.target && move.target.name !== move.label && <span className="qc-faint"> → {move.target.name}</span>}</button>
              {move.missing.length > 0 && <span className="sb-missing">{tb('missing', { list: move.missing.join('、') })}</span>}</li>
          ))}</ul>
          <Input.TextArea aria-label={tb('comment')} placeholder={tb('comment')} status={asked && comment.trim() === '' ? 'error' : ''} autoSize={{ minRows: 1, maxRows: 4 }} maxLength={2000} value={comment} onChange={event => setComment(event.target.value)} />
          {asked && comment.trim() === '' && <p className="qc-danger" role="alert">{tb('commentNeeded')}</p>}
          <Link to={`/e/service-requests/${card.id}`}>{tb('goThere')}</Link>
        </div>
      )}
    </Modal>
  )
}

export type Refused = { card: BoardCard, stage: string, error: unknown }

/** Why a card went back: what is missing and where it could go instead (SP-04, SP-30). */
export function RefusedDialog({ refused, onClose }: { refused: Refused, onClose: () => void }) {
  const refusal: Refusal | null = refusalOf(refused.error)
  return (
    <Modal open title={tb('refusedTitle', { number: refused.card.number, stage: refused.stage })} onCancel={onClose} footer={<div className="qc-row sb-refused-end"><Link className="qc-button" to={`/e/service-requests/${refused.card.id}`}>{tb('goThere')}</Link><button type="button" className="qc-button qc-button-primary" autoFocus onClick={onClose}>{tb('close')}</button></div>}>
      {refusal ? (
        <dl className="sv-facts" role="alert">
          {refusal.missing.length > 0 && <><dt>{tb('refusedMissing')}</dt><dd>{refusal.missing.join('、')}</dd></>}
          {refusal.allowed.length > 0 && <><dt>{tb('refusedAllowed')}</dt><dd>{refusal.allowed.join('、')}</dd></>}
        </dl>
      ) : <p role="alert">{messageOf(refused.error)}</p>}
    </Modal>
  )
}
