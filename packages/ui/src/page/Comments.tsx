import '../styles/page.css'
import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Mentions } from 'antd'
import { api } from '../core/api.ts'
import { keys, queryClient } from '../core/query.ts'
import { useSession } from '../core/session.ts'
import { t } from '../core/texts.ts'
import type { EntityMeta, Page } from '../core/types.ts'
import { useDebounced } from '../form/useDebounced.ts'
import { useSay } from '../frame/say.ts'
import { EmptyState, ErrorState, Skeleton } from '../frame/States.tsx'
import { useNow, When } from '../time/Times.tsx'
import { piecesOf } from './mentions.ts'
import { tp } from './texts.ts'

type Named = { id: string, name: string }
type Comment = { id: string, at: string, author: string | null, authorName: string | null, text: string, editedAt: string | null, removed: boolean, mentions: Named[] }

const EDIT_MS = 24 * 3_600_000

/** A list route may answer an array or a page. */
export function itemsOf<T>(answer: T[] | Page<T>): T[] {
  return Array.isArray(answer) ? answer : answer.items
}

/** What colleagues say about a record; with @ they call each other. */
export function Comments({ entity, id }: { entity: EntityMeta, id: string }) {
  const say = useSay()
  const me = useSession().user.id
  const now = useNow()
  const [editing, setEditing] = useState<string | null>(null)
  const path = `/${entity.plural}/${id}`
  const comments = useQuery({ queryKey: keys.part(entity.name, id, 'comments'), queryFn: async ({ signal }) => itemsOf(await api.get<Comment[] | Page<Comment>>(`${path}/comments`, { signal })) })
  const fresh = () => queryClient.invalidateQueries({ queryKey: keys.row(entity.name, id) })
  const remove = async (comment: Comment) => {
    if (!await say.ask({ title: tp('removeComment'), content: tp('removeCommentHint'), okText: t('remove'), danger: true })) return
    try { await api.remove(`/comments/${comment.id}`); await fresh() } catch (error) { say.error(error) }
  }
  return (
    <div className="qc-stack qc-panel-pad">
      <Compose path={path} label={tp('send')} onSend={async (text, mentions) => { await api.post(`${path}/comments`, { text, mentions }); await fresh() }} />
      {comments.isPending ? <Skeleton lines={3} /> : comments.isError ? <ErrorState error={comments.error} onRetry={() => void comments.refetch()} />
        : comments.data.length === 0 ? <EmptyState icon="comment" title={tp('noComments')} hint={tp('noCommentsHint')} />
          : <ul className="qc-plain">{comments.data.map(comment => (
              <li key={comment.id} className="qc-comment">
                <div><strong>{comment.authorName ?? tp('system')}</strong> <span className="qc-faint"><When at={comment.at} />{comment.editedAt && !comment.removed && ` · ${tp('edited')}`}</span>
                  {comment.author === me && !comment.removed && editing !== comment.id && <span className="qc-comment-acts">
                    {now.getTime() - new Date(comment.at).getTime() < EDIT_MS && <button type="button" className="qc-link" onClick={() => setEditing(comment.id)}>{t('edit')}</button>}
                    <button type="button" className="qc-link" onClick={() => void remove(comment)}>{t('remove')}</button>
                  </span>}</div>
                {comment.removed ? <div className="qc-faint">{tp('commentGone')}</div>
                  : editing === comment.id ? <Compose path={path} label={t('save')} first={comment.text} known={comment.mentions} onCancel={() => setEditing(null)} onSend={async (text, mentions) => { await api.patch(`/comments/${comment.id}`, { text, mentions }); setEditing(null); await fresh() }} />
                    : <div className="qc-multiline">{piecesOf(comment.text, comment.mentions.map(each => each.name)).map((piece, i) => piece.named ? <b key={i} className="qc-mention">{piece.text}</b> : piece.text)}</div>}
              </li>
            ))}</ul>}
    </div>
  )
}

type ComposeProps = { path: string, label: string, first?: string, known?: Named[], onSend: (text: string, mentions: string[]) => Promise<void>, onCancel?: () => void }

/** The box in which it is written: @ and a name or pinyin offers who may read the record. */
function Compose({ path, label, first = '', known = [], onSend, onCancel }: ComposeProps) {
  const say = useSay()
  const [text, setText] = useState(first)
  const [busy, setBusy] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const chosen = useRef(new Map(known.map(each => [each.name, each.id])))
  const q = useDebounced(typed ?? '', 200)
  const offered = useQuery<{ items: Array<Named & { unitName: string | null }> }>({ queryKey: ['mentionable', path, q], enabled: typed !== null, placeholderData: previous => previous, queryFn: ({ signal }) => api.get(`${path}/mentionable`, { query: { q }, signal }) })
  // two of one name are told apart by their unit
  const items = (offered.data?.items ?? []).map((each, _, all) => ({ ...each, value: all.filter(one => one.name === each.name).length > 1 && each.unitName ? `${each.name}(${each.unitName})` : each.name }))
  const send = async () => {
    if (text.trim() === '' || busy) return
    setBusy(true)
    try {
      const named = piecesOf(text, [...chosen.current.keys()]).flatMap(piece => piece.named ? [chosen.current.get(piece.text.slice(1))!] : [])
      await onSend(text.trim(), [...new Set(named)])
      if (!onCancel) setText('')
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <div className="qc-compose">
      <Mentions aria-label={tp('comments')} placeholder={tp('writeComment')} maxLength={4000} autoSize={{ minRows: 2, maxRows: 8 }} value={text} onChange={setText} autoFocus={onCancel !== undefined}
        filterOption={false} loading={offered.isFetching} notFoundContent={offered.isFetching ? t('loading') : tp('nobodyToMention')} onSearch={setTyped}
        onSelect={option => { const found = items.find(each => each.value === option.value); if (found) chosen.current.set(found.value, found.id) }}
        options={items.map(each => ({ value: each.value, label: <>{each.name}{each.unitName && <span className="qc-faint"> · {each.unitName}</span>}</> }))}
        onKeyDown={event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(); else if (event.key === 'Escape') onCancel?.() }} />
      <button type="button" className="qc-button" disabled={busy || text.trim() === ''} onClick={() => void send()}>{label}</button>
      {onCancel && <button type="button" className="qc-button" onClick={onCancel}>{t('cancel')}</button>}
    </div>
  )
}
