import { ApiError, ErrorState, Skeleton, t, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { decisionApi, type Open } from '../api.ts'
import { Changes } from '../compare/Changes.tsx'
import { tx } from '../texts.ts'
import type { Checked } from './useTable.ts'

type Props = { open: Open, name: string, seen: number, checked: Checked | null, onClose: () => void, onPublished: (version: number) => Promise<void> }

/** Before it is in force: what is wrong, what changes, who asks it, and a word on why. */
export function PublishDialog({ open, name, seen, checked, onClose, onPublished }: Props) {
  const say = useSay()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  // who publishes must see the newest published version, which somebody else may just have made
  const versions = useQuery({ queryKey: ['decisions', 'versions', open.key, 'publish', seen], queryFn: ({ signal }) => decisionApi.versions(open.key, signal), gcTime: 0 })
  const over = versions.data?.items[0]?.version ?? 0
  const difference = useQuery({ queryKey: ['decisions', 'difference', open.key, over, 'draft', seen], queryFn: ({ signal }) => decisionApi.difference(open.key, over, 'draft', signal), enabled: over > 0, gcTime: 0 })
  const problems = checked?.problems ?? []
  const same = difference.data !== undefined && difference.data.changes.length === 0
  const publish = async () => {
    setBusy(true)
    try {
      const { version } = await decisionApi.publish(open.key, { seen, over, note })
      await onPublished(version)
    } catch (error) {
      say.error(error)
      setBusy(false)
      if (error instanceof ApiError && error.code === 'PUBLISHED_MEANWHILE') void versions.refetch()
    }
  }
  return (
    <Modal open title={tx('publishTitle', { name })} width={660} onCancel={onClose} onOk={() => void publish()} okText={tx('publishAs', { n: over + 1 })} cancelText={t('cancel')} confirmLoading={busy} okButtonProps={{ disabled: !versions.data || checked === null || problems.length > 0 || same }}>
      {versions.isError ? <ErrorState error={versions.error} onRetry={() => void versions.refetch()} /> : !versions.data || checked === null ? <Skeleton lines={5} /> : (
        <div className="qc-stack">
          {problems.length > 0 && <div className="qc-notice qc-notice-danger" role="alert">{tx('publishBlocked', { n: problems.length })}</div>}
          {problems.length + checked.warnings.length > 0 && <ul className="dt-dialog-list qc-plain">{problems.map((p, i) => <li key={`p${i}`}><span className="dt-mark dt-mark-bad">!</span>{p.message}</li>)}{checked.warnings.map((p, i) => <li key={`w${i}`}><span className="dt-mark">?</span>{p.message}</li>)}</ul>}
          <p>{tx(over === 0 ? 'firstTime' : 'atOnce')}</p>
          {open.usedBy.length > 0 && <p>{tx('usedNote', { names: open.usedBy.map(each => each.name).join('、') })}</p>}
          {over > 0 && <section><h3>{tx('whatChanged', { n: over })}</h3>{difference.data ? <div className="dt-dialog-changes"><Changes changes={difference.data.changes} /></div> : <Skeleton lines={3} />}</section>}
          <label className="dt-field"><span>{tx('note')}</span><textarea rows={2} value={note} maxLength={500} placeholder={tx('noteHint')} onChange={event => setNote(event.target.value)} /></label>
        </div>
      )}
    </Modal>
  )
}
