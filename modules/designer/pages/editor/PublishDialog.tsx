import { ApiError, ErrorState, Skeleton, t, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { designApi, type OpenDesign } from '../api.ts'
import { Changes } from '../compare/Changes.tsx'
import type { Checked } from '../studio/types.ts'
import { td } from '../texts.ts'

type Props = { design: OpenDesign, name: string, seen: number, checked: Checked | null, onClose: () => void, onPublished: (version: number) => Promise<void> }

/** Before it is in force: what is wrong, what changes, whom it concerns, and a word on why. */
export function PublishDialog({ design, name, seen, checked, onClose, onPublished }: Props) {
  const say = useSay()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  // who publishes must see the newest published version, which somebody else may just have made
  const versions = useQuery({ queryKey: ['publish', 'versions', design.key, seen], queryFn: ({ signal }) => designApi.versions(design.key, signal), gcTime: 0 })
  const over = versions.data?.items[0]?.version ?? 0
  const running = versions.data?.items.reduce((sum, each) => sum + each.running, 0) ?? 0
  const difference = useQuery({ queryKey: ['publish', 'difference', design.key, over, seen], queryFn: ({ signal }) => designApi.difference(design.key, over, 'draft', signal), enabled: over > 0, gcTime: 0 })
  const problems = checked?.problems ?? []
  const same = difference.data !== undefined && difference.data.changes.length === 0 && difference.data.moved.length === 0
  const publish = async () => {
    setBusy(true)
    try {
      const { version } = await designApi.publish(design.key, { seen, over, note })
      await onPublished(version)
    } catch (error) {
      say.error(error)
      setBusy(false)
      if (error instanceof ApiError && error.code === 'PUBLISHED_MEANWHILE') void versions.refetch()
    }
  }
  return (
    <Modal open title={td('publishTitle', { name })} width={680} onCancel={onClose} onOk={() => void publish()} okText={td('publishAs', { n: over + 1 })} cancelText={t('cancel')} confirmLoading={busy} okButtonProps={{ disabled: !versions.data || checked === null || problems.length > 0 || same }}>
      {versions.isError ? <ErrorState error={versions.error} onRetry={() => void versions.refetch()} /> : !versions.data || checked === null ? <Skeleton lines={5} /> : (
        <div className="qc-stack">
          {problems.length > 0 && <div className="qc-notice qc-notice-danger" role="alert">{td('publishBlocked', { n: problems.length })}</div>}
          {problems.length + checked.warnings.length > 0 && <ul className="qd-dialog-list">{problems.map((p, i) => <li key={`p${i}`}><span className="qd-mark qd-mark-bad">!</span>{p.message}</li>)}{checked.warnings.map((p, i) => <li key={`w${i}`}><span className="qd-mark">?</span>{p.message}</li>)}</ul>}
          <p>{over === 0 ? `${td('firstTime')}${td('stayNone')}` : running > 0 ? td('stay', { n: running }) : td('stayNone')}</p>
          {over > 0 && <section><h3>{td('whatChanged', { n: over })}</h3>{difference.data ? <div className="qd-dialog-changes"><Changes difference={difference.data} /></div> : <Skeleton lines={3} />}</section>}
          <label className="qd-field"><span>{td('note')}</span><textarea rows={2} value={note} maxLength={500} placeholder={td('noteHint')} onChange={event => setNote(event.target.value)} /></label>
        </div>
      )}
    </Modal>
  )
}
