import { Icon, useSay, When } from '@quancheng/ui'
import { useRef } from 'react'
import { sizeText } from './size.ts'
import { td } from './texts.ts'

export interface VersionRow { version: number, at: string, authorName: string | null, name: string, size: number, note: string | null, current: boolean }

/** Who saved what when; a click shows it, a second brings it back. */
export function Versions({ id, versions, shown, mayEdit, onShow, onRestore, onUpload }: { id: string, versions: VersionRow[], shown: number, mayEdit: boolean, onShow: (version: number) => void, onRestore: (version: number) => void, onUpload: (file: File) => void }) {
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  return (
    <aside className="dc-side">
      <header><h2>{td('versions')}</h2>{mayEdit && <>
        <input ref={input} type="file" hidden onChange={event => { const file = event.target.files?.[0]; event.target.value = ''; if (file) onUpload(file) }} />
        <button type="button" className="qc-button" onClick={() => input.current?.click()}><Icon name="upload" size={15} />{td('upload')}</button></>}</header>
      <ul className="qc-plain">{versions.map(v => (
        <li key={v.version} data-shown={v.version === shown}>
          <button type="button" className="dc-version" onClick={() => onShow(v.version)}>
            <b>{td('version', { n: v.version })}{v.current ? ` · ${td('current')}` : ''}</b>
            <span>{v.authorName ?? '—'} · <When at={v.at} form="absolute" /></span>
            <span className="qc-faint">{sizeText(v.size)}{v.note ? ` · ${v.note}` : ''}</span>
          </button>
          <div className="dc-version-acts">
            <a className="qc-icon-button" href={`/api/attachments/${id}/versions/${v.version}`} download={v.name} aria-label={`${td('download')} ${td('version', { n: v.version })}`}><Icon name="download" size={15} /></a>
            {mayEdit && !v.current && <button type="button" className="qc-icon-button" aria-label={`${td('restore')} ${td('version', { n: v.version })}`} title={td('restore')} onClick={() => void say.ask({ title: td('restoreAsk', { n: v.version }), content: td('restoreHint'), okText: td('restore') }).then(yes => { if (yes) onRestore(v.version) })}><Icon name="refresh" size={15} /></button>}
          </div>
        </li>
      ))}</ul>
    </aside>
  )
}
