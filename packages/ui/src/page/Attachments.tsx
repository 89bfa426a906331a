import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '../core/api.ts'
import { keys, queryClient } from '../core/query.ts'
import { t } from '../core/texts.ts'
import type { EntityMeta, Page } from '../core/types.ts'
import { useSay } from '../frame/say.ts'
import { EmptyState, ErrorState, Skeleton } from '../frame/States.tsx'
import { Icon } from '../icons.tsx'
import { Panels } from '../panels.tsx'
import { When } from '../time/Times.tsx'
import { itemsOf } from './Comments.tsx'
import { tp } from './texts.ts'

type Attachment = { id: string, name?: string, fileName?: string, size?: number, mime?: string, at?: string, createdAt?: string, authorName?: string | null, version?: number, changedAt?: string | null, changedByName?: string | null }

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Files of a record: choose or drop several, open, download, delete. A file that was replaced says in which version it is, since when and by whom. */
export function Attachments({ entity, id }: { entity: EntityMeta, id: string }) {
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const path = `/${entity.plural}/${id}/attachments`
  const files = useQuery({ queryKey: keys.part(entity.name, id, 'attachments'), queryFn: async ({ signal }) => itemsOf(await api.get<Attachment[] | Page<Attachment>>(path, { signal })) })
  const again = () => queryClient.invalidateQueries({ queryKey: keys.row(entity.name, id) })
  const add = async (chosen: FileList | null) => {
    setBusy(true)
    try {
      for (const file of chosen ?? []) await api.upload(path, file)
    } catch (error) { say.error(error) } finally {
      setBusy(false)
      if (input.current) input.current.value = ''
      await again()
    }
  }
  const remove = async (file: Attachment) => {
    if (!await say.ask({ title: tp('removeFile', { name: nameOf(file) }), danger: true, okText: t('remove') })) return
    try { await api.remove(`/attachments/${file.id}`); await again() } catch (error) { say.error(error) }
  }
  return (
    <div className="qc-stack qc-panel-pad" onDragOver={event => event.preventDefault()} onDrop={event => { event.preventDefault(); void add(event.dataTransfer.files) }}>
      <div className="qc-file-acts">
        <input ref={input} type="file" multiple hidden onChange={event => void add(event.target.files)} />
        <button type="button" className="qc-button" disabled={busy} onClick={() => input.current?.click()}><Icon name="upload" />{busy ? tp('uploading') : tp('upload')}</button>
        <Panels place="record.files" row={{ id, version: 0, $entity: entity.name }} />
      </div>
      {files.isPending ? <Skeleton lines={2} /> : files.isError ? <ErrorState error={files.error} onRetry={() => void files.refetch()} />
        : files.data.length === 0 ? <EmptyState icon="attach" title={tp('noAttachments')} hint={tp('noAttachmentsHint')} />
          : <ul className="qc-plain">{files.data.map(file => (
              <li key={file.id} className="qc-file">
                <Icon name="attach" /><Link className="qc-grow qc-clip" to={`/documents/${file.id}`}>{nameOf(file)}</Link>
                {(file.version ?? 1) > 1 && <span className="qc-faint" title={file.changedByName ?? ''}>{tp('fileVersion', { n: file.version! })}</span>}
                <span className="qc-faint qc-number">{file.size === undefined ? '' : sizeText(file.size)}</span><span className="qc-faint"><When at={file.changedAt ?? file.at ?? file.createdAt} form="absolute" /></span>
                <a className="qc-icon-button" href={`/api/attachments/${file.id}`} download={nameOf(file)} aria-label={`${tp('downloadFile')} ${nameOf(file)}`}><Icon name="download" /></a>
                <button type="button" className="qc-icon-button" aria-label={`${t('remove')} ${nameOf(file)}`} onClick={() => void remove(file)}><Icon name="trash" /></button>
              </li>
            ))}</ul>}
    </div>
  )
}

function nameOf(file: Attachment): string {
  return file.name ?? file.fileName ?? file.id
}
