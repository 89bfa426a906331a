import './documents.css'
import { useQuery } from '@tanstack/react-query'
import { api, can, EmptyState, EntityPage, ErrorState, Icon, queryClient, Skeleton, useSay, type Row } from '@quancheng/ui'
import { useRef } from 'react'
import { Link, useParams } from 'react-router'
import { td } from './texts.ts'

interface Placeholder { name: string, section: boolean, within: Placeholder[] }
interface Checked { file: { id: string, name: string } | null, placeholders: Placeholder[], unknown: string[], problem: string | null, offered: Array<{ name: string, within?: string[] }> }

/** A template: its file, the placeholders found in it, and what it may ask for. */
export default function TemplatePage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="documentTemplate" id={id} back="/e/document-templates" top={row => <Template key={row.version} row={row} />} />
}

const listed = (found: Placeholder[]): string[] => found.flatMap(p => (p.section ? [`#${p.name}`, ...listed(p.within)] : [p.name]))

function Template({ row }: { row: Row }) {
  const say = useSay(), input = useRef<HTMLInputElement>(null), mayEdit = can('documentTemplate:update')
  const key = ['documents', 'placeholders', row.id, row.version]
  const checked = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Checked>(`/document-templates/${row.id}/placeholders`, { signal }) })
  const add = async (file: File | undefined): Promise<void> => {
    if (!file) return
    if (!/\.(docx|xlsx)$/i.test(file.name)) { say.error(td('onlyOffice')); return }
    try {
      const have = checked.data?.file
      const about = have ? await api.get<{ version: number }>(`/attachments/${have.id}/about`) : null
      await api.upload(have ? `/attachments/${have.id}/versions?base=${about!.version}` : `/document-templates/${row.id}/attachments`, file)
      await queryClient.invalidateQueries({ queryKey: key })
    } catch (error) { say.error(error) }
  }
  if (checked.isPending) return <Skeleton lines={3} />
  if (checked.isError) return <ErrorState error={checked.error} onRetry={() => void checked.refetch()} />
  const { file, placeholders, unknown, problem, offered } = checked.data
  const copy = (tag: string): void => { void navigator.clipboard?.writeText(tag).then(() => say.ok(td('copiedTag', { name: tag })), () => undefined) }
  const choose = <button type="button" className="qc-button" onClick={() => input.current?.click()}><Icon name="upload" size={15} />{file ? td('replaceFile') : td('uploadFile')}</button>
  return (
    <div className="dc-template">
      <section className="qc-panel"><header><h2>{td('file')}</h2>{mayEdit && file && choose}</header><div className="qc-panel-pad qc-stack">
        <input ref={input} type="file" hidden accept=".docx,.xlsx" onChange={event => { const chosen = event.target.files?.[0]; event.target.value = ''; void add(chosen) }} />
        {!file ? <EmptyState icon="attach" title={td('noFile')} hint={td('noFileHint')} action={mayEdit ? choose : undefined} /> : <>
          <p><Link to={`/documents/${file.id}`}><Icon name="attach" size={15} /> {file.name}</Link></p>
          {problem ? <p className="qc-danger" role="alert">{problem}</p> : <>
            <h3>{td('found')}</h3>
            {placeholders.length === 0 ? <p className="qc-soft">{td('noneFound')}</p> : <div className="dc-tags">{[...new Set(listed(placeholders))].map(name => <span key={name} data-unknown={unknown.includes(name)}>{name}</span>)}</div>}
            {unknown.length > 0 && <p className="qc-danger" role="alert">{td('unknown')}{unknown.join('、')}</p>}
          </>}
        </>}
      </div></section>
      <section className="qc-panel"><header><h2>{td('offered')}</h2></header><div className="qc-panel-pad qc-stack">
        <p className="qc-soft">{td('offeredHint')}</p>
        <div className="dc-tags">{offered.filter(o => !o.within).slice(0, 80).map(o => <button key={o.name} type="button" onClick={() => copy(`{{${o.name}}}`)}>{o.name}</button>)}</div>
        {offered.some(o => o.within) && <details><summary>{td('rows')}</summary>{offered.filter(o => o.within).map(o => <div key={o.name} className="qc-stack"><b>{o.name}</b><div className="dc-tags"><button type="button" onClick={() => copy(`{{#${o.name}}}{{/${o.name}}}`)}>#{o.name}</button>{o.within!.slice(0, 40).map(w => <button key={w} type="button" onClick={() => copy(`{{${w}}}`)}>{w}</button>)}</div></div>)}</details>}
      </div></section>
    </div>
  )
}
