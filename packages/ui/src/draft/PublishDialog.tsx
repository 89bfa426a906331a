import '../styles/draft.css'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState, type ReactNode } from 'react'
import { ApiError } from '../core/api.ts'
import { t } from '../core/texts.ts'
import { useSay } from '../frame/say.ts'
import { ErrorState, Skeleton } from '../frame/States.tsx'
import { tw } from './texts.ts'

export type Finding = { message: string }

/** Where drafts of one kind are compared and published: its part of the HTTP contract. */
export type PublishApi<V extends { version: number }, D> = {
  versions: (key: string, signal: AbortSignal) => Promise<{ items: V[] }>
  difference: (key: string, from: number, to: 'draft', signal: AbortSignal) => Promise<D>
  publish: (key: string, o: { seen: number, over: number, note: string }) => Promise<{ version: number }>
}

export type PublishDialogProps<V extends { version: number }, D> = {
  keyName: string, name: string, seen: number
  /** null while the draft is being checked */
  checked: { problems: readonly Finding[], warnings: readonly Finding[] } | null
  api: PublishApi<V, D>
  same: (difference: D) => boolean
  changes: (difference: D) => ReactNode
  /** whom it concerns; `versions` are the published ones, the newest first */
  about: (versions: readonly V[]) => ReactNode
  onClose: () => void, onPublished: (version: number) => Promise<void>
}

/** Before it is in force: what is wrong, what changes, whom it concerns, and a word on why. */
export function PublishDialog<V extends { version: number }, D>({ keyName, name, seen, checked, api, same, changes, about, onClose, onPublished }: PublishDialogProps<V, D>) {
  const say = useSay()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  // who publishes must see the newest published version, which somebody else may just have made
  const versions = useQuery({ queryKey: ['publish', 'versions', keyName, seen], queryFn: ({ signal }) => api.versions(keyName, signal), gcTime: 0 })
  const over = versions.data?.items[0]?.version ?? 0
  const difference = useQuery({ queryKey: ['publish', 'difference', keyName, over, seen], queryFn: ({ signal }) => api.difference(keyName, over, 'draft', signal), enabled: over > 0, gcTime: 0 })
  const problems = checked?.problems ?? []
  const publish = async () => {
    setBusy(true)
    try {
      const { version } = await api.publish(keyName, { seen, over, note })
      await onPublished(version)
    } catch (error) {
      say.error(error)
      setBusy(false)
      if (error instanceof ApiError && error.code === 'PUBLISHED_MEANWHILE') void versions.refetch()
    }
  }
  const unchanged = difference.data !== undefined && same(difference.data)
  return (
    <Modal open title={tw('publishTitle', { name })} width={680} onCancel={onClose} onOk={() => void publish()} okText={tw('publishAs', { n: over + 1 })} cancelText={t('cancel')} confirmLoading={busy} okButtonProps={{ disabled: !versions.data || checked === null || problems.length > 0 || unchanged }}>
      {versions.isError ? <ErrorState error={versions.error} onRetry={() => void versions.refetch()} /> : !versions.data || checked === null ? <Skeleton lines={5} /> : (
        <div className="qc-stack">
          {problems.length > 0 && <div className="qc-notice qc-notice-danger" role="alert">{tw('publishBlocked', { n: problems.length })}</div>}
          {problems.length + checked.warnings.length > 0 && <ul className="qc-findings qc-plain">{problems.map((p, i) => <li key={`p${i}`}><span className="qc-mark qc-mark-bad">!</span>{p.message}</li>)}{checked.warnings.map((p, i) => <li key={`w${i}`}><span className="qc-mark">?</span>{p.message}</li>)}</ul>}
          {about(versions.data.items)}
          {over > 0 && <section><h3>{tw('whatChanged', { n: over })}</h3>{difference.isError ? <ErrorState error={difference.error} onRetry={() => void difference.refetch()} /> : difference.data ? <div className="qc-publish-changes">{changes(difference.data)}</div> : <Skeleton lines={3} />}</section>}
          <label className="qc-publish-note"><span>{tw('note')}</span><textarea rows={2} value={note} maxLength={500} placeholder={tw('noteHint')} onChange={event => setNote(event.target.value)} /></label>
        </div>
      )}
    </Modal>
  )
}
