import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { api } from '../core/api.ts'
import { keys, queryClient } from '../core/query.ts'
import type { EntityMeta, Page } from '../core/types.ts'
import { useSay } from '../frame/say.ts'
import { EmptyState, ErrorState, Skeleton } from '../frame/States.tsx'
import { When } from '../time/Times.tsx'
import { tp } from './texts.ts'

type Comment = { id: string, at: string, author: string, authorName: string | null, text: string }

/** A list route may answer an array or a page. */
export function itemsOf<T>(answer: T[] | Page<T>): T[] {
  return Array.isArray(answer) ? answer : answer.items
}

export function Comments({ entity, id }: { entity: EntityMeta, id: string }) {
  const say = useSay()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const path = `/${entity.plural}/${id}/comments`
  const comments = useQuery({ queryKey: keys.part(entity.name, id, 'comments'), queryFn: async ({ signal }) => itemsOf(await api.get<Comment[] | Page<Comment>>(path, { signal })) })
  const send = async () => {
    if (text.trim() === '' || busy) return
    setBusy(true)
    try {
      await api.post(path, { text: text.trim() })
      setText('')
      await queryClient.invalidateQueries({ queryKey: keys.row(entity.name, id) })
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <div className="qc-stack qc-panel-pad">
      <div className="qc-compose">
        <Input.TextArea aria-label={tp('comments')} placeholder={tp('writeComment')} maxLength={4000} autoSize={{ minRows: 2, maxRows: 8 }} value={text} onChange={event => setText(event.target.value)}
          onKeyDown={event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send() }} />
        <button type="button" className="qc-button" disabled={busy || text.trim() === ''} onClick={() => void send()}>{tp('send')}</button>
      </div>
      {comments.isPending ? <Skeleton lines={3} /> : comments.isError ? <ErrorState error={comments.error} onRetry={() => void comments.refetch()} />
        : comments.data.length === 0 ? <EmptyState icon="comment" title={tp('noComments')} hint={tp('noCommentsHint')} />
          : <ul className="qc-plain">{comments.data.map(comment => (
              <li key={comment.id} className="qc-comment"><div><strong>{comment.authorName ?? tp('system')}</strong> <span className="qc-faint"><When at={comment.at} /></span></div><div className="qc-multiline">{comment.text}</div></li>
            ))}</ul>}
    </div>
  )
}
