import './documents.css'
import { useQuery } from '@tanstack/react-query'
import { api, ApiError, ErrorState, forget, Icon, queryClient, Skeleton, Tag, useGuard, usePhone, useSay, useSession } from '@quancheng/ui'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { kindOf, type EditorHandle } from './kind.ts'
import { Preview } from './Preview.tsx'
import { td } from './texts.ts'
import { Versions, type VersionRow } from './Versions.tsx'

const SheetEditor = lazy(() => import('./SheetEditor.tsx'))
const WordEditor = lazy(() => import('./WordEditor.tsx'))

interface About { id: string, name: string, mediaType: string, size: number, version: number, plural: string, entity: string, recordId: string, recordName: string, recordLabel: string, mayEdit: boolean }
interface Opened { about: About, versions: VersionRow[], shown: number, bytes: Uint8Array | null }

async function open(id: string, wanted: number | null, signal: AbortSignal): Promise<Opened> {
  const [about, { items: versions }] = await Promise.all([api.get<About>(`/attachments/${id}/about`, { signal }), api.get<{ items: VersionRow[] }>(`/attachments/${id}/versions`, { signal })])
  const shown = wanted ?? about.version, kind = kindOf(about.name, about.mediaType)
  if (['image', 'pdf', 'other'].includes(kind)) return { about, versions, shown, bytes: null }
  const answer = await fetch(`/api/attachments/${id}/versions/${shown}`, { credentials: 'same-origin', signal })
  if (!answer.ok) throw new ApiError(answer.status, 'NOT_FOUND', td('broken'))
  return { about, versions, shown, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

/** One file of a record: shown, edited where an editor knows it, with its versions at the side. */
export default function DocumentPage() {
  const id = useParams().id!
  const [search] = useSearchParams()
  const wanted = Number(search.get('v')) || null
  // a version that was opened stays as it is until somebody asks for another: what others save must not pull the text away
  const file = useQuery({ queryKey: ['documents', id, wanted ?? 'current'], queryFn: ({ signal }) => open(id, wanted, signal), staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false })
  if (file.isPending) return <div className="dc-page"><Skeleton /></div>
  if (file.isError) return <div className="dc-page"><ErrorState error={file.error} onRetry={() => void file.refetch()} /></div>
  return <Document key={`${id} ${file.data.shown} ${file.dataUpdatedAt}`} opened={file.data} again={() => void file.refetch()} />
}

function Document({ opened, again }: { opened: Opened, again: () => void }) {
  const { about, bytes, shown } = opened
  const say = useSay(), phone = usePhone(), go = useNavigate(), who = useSession().user.name
  const [versions, setVersions] = useState(opened.versions)
  const [base, setBase] = useState(about.version)
  const [dirty, setDirty] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const editor = useRef<EditorHandle>(null)
  const agreed = useRef(false)
  const latest = useRef<() => Promise<void>>(async () => undefined)
  const pass = useGuard(dirty)
  const kind = kindOf(about.name, about.mediaType), office = kind === 'docx' || kind === 'xlsx'
  const old = shown !== about.version && shown !== base
  const readOnly = phone || old || !about.mayEdit
  useEffect(() => { document.title = `${about.name} · 全程` }, [about.name])

  const fresh = useCallback(async () => setVersions((await api.get<{ items: VersionRow[] }>(`/attachments/${about.id}/versions`)).items), [about.id])
  const fileOf = (content: Uint8Array, name = about.name): File => new File([content as Uint8Array<ArrayBuffer>], name, { type: about.mediaType })
  const copy = async (content: Uint8Array): Promise<void> => {
    const dot = about.name.lastIndexOf('.'), name = `${td('copyName', { name: about.name.slice(0, dot), who })}${about.name.slice(dot)}`
    const made = await api.upload<{ id: string }>(`/${about.plural}/${about.recordId}/attachments`, fileOf(content, name))
    say.ok(td('copied', { name }))
    pass()
    setDirty(false)
    await go(`/documents/${made.id}`)
  }
  const save = async (): Promise<void> => {
    const handle = editor.current
    if (!handle || busy || readOnly) return
    setBusy(true)
    let over = false
    try {
      const content = await handle.save(), losses = agreed.current ? null : handle.losses()
      if (losses && !await say.ask({ title: td('loseTitle'), okText: td('saveAnyway'), content: <><p>{losses.text}</p>{losses.items.length > 0 && <ul>{losses.items.map(i => <li key={i}>{i}</li>)}</ul>}<p>{td('loseKept')}</p></> })) return
      agreed.current = true
      try {
        const { version } = await api.upload<{ version: number }>(`/attachments/${about.id}/versions?base=${base}`, fileOf(content), { quiet: true })
        setBase(version)
        setDirty(false)
        say.ok(td('saved', { n: version }))
        await Promise.all([fresh(), forget(about.entity)])
      } catch (error) {
        if (error instanceof ApiError && error.code === 'ATTACHMENT_SAME') { setDirty(false); say.ok(td('same')) }
        else if (error instanceof ApiError && error.code === 'ATTACHMENT_STALE') { if (await say.ask({ title: td('stale'), content: error.message, okText: td('asCopy') })) await copy(content) }
        else throw error
      }
    } catch (error) { if (error instanceof ApiError && error.status === 401) over = true; else say.error(error) } finally { setBusy(false) }
    // the session is over, what was written is not: signed in beside, it is saved from here
    if (over && await say.ask({ title: td('sessionOver'), content: <p>{td('sessionOverHint')} <a href="/sign-in" target="_blank" rel="noreferrer">{td('signIn')}</a></p>, okText: td('saveAgain') })) await latest.current()
  }
  useEffect(() => { latest.current = save })
  useEffect(() => {
    const key = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      event.stopPropagation()
      void latest.current()
    }
    window.addEventListener('keydown', key, { capture: true })
    return () => window.removeEventListener('keydown', key, { capture: true })
  }, [])
  const show = async (version: number): Promise<void> => { await go(version === base && version === about.version ? `/documents/${about.id}` : `/documents/${about.id}?v=${version}`) }
  const after = async (): Promise<void> => {
    await forget(about.entity)
    pass()
    setDirty(false)
    queryClient.removeQueries({ queryKey: ['documents', about.id] })
    if (shown === about.version) again()
    else await go(`/documents/${about.id}`)
  }
  const restore = async (version: number): Promise<void> => { try { await api.post(`/attachments/${about.id}/versions/${version}/restore`, { base }); await after() } catch (error) { say.error(error) } }
  const replace = async (chosen: File): Promise<void> => { try { await api.upload(`/attachments/${about.id}/versions?base=${base}`, chosen); await after() } catch (error) { say.error(error) } }

  const Editor = kind === 'xlsx' ? SheetEditor : WordEditor
  return (
    <div className="dc-page">
      <header className="dc-head">
        <Link to={`/e/${about.plural}/${about.recordId}`} className="qc-icon-button" aria-label={`${about.recordLabel} ${about.recordName}`}><Icon name="back" size={18} /></Link>
        <div className="dc-title"><h1 className="qc-clip">{about.name}</h1><span className="qc-faint qc-clip">{about.recordLabel} · {about.recordName}</span></div>
        <Tag>{td('version', { n: old ? shown : base })}</Tag>
        {dirty && <span className="dc-dirty" role="status">{td('unsaved')}</span>}
        <a className="qc-button" href={`/api/attachments/${about.id}/versions/${old ? shown : base}`} download={about.name}><Icon name="download" size={15} />{td('download')}</a>
        {office && !readOnly && <button type="button" className="qc-button qc-primary" disabled={busy || !dirty} onClick={() => void save()}><Icon name="save" size={15} />{busy ? td('saving') : td('save')}</button>}
      </header>
      {(old || phone && office || !about.mayEdit && office) && <p className="dc-note">{old ? td('oldShown', { n: shown }) : phone ? td('phoneRead') : td('mayNot')}{old && <Link to={`/documents/${about.id}`}>{td('toCurrent')}</Link>}</p>}
      <div className="dc-body">
        <main className="dc-main">
          {problem ? <ErrorState error={problem} /> : office && bytes
            ? <Suspense fallback={<Skeleton />}><Editor bytes={bytes} name={about.name} readOnly={readOnly} onDirty={() => setDirty(true)} onError={setProblem} onReady={handle => { editor.current = handle }} /></Suspense>
            : <Preview kind={kind} bytes={bytes} name={about.name} address={`/api/attachments/${about.id}/versions/${shown}`} />}
        </main>
        <Versions id={about.id} versions={versions} shown={old ? shown : base} mayEdit={about.mayEdit} onShow={v => void show(v)} onRestore={v => void restore(v)} onUpload={f => void replace(f)} />
      </div>
    </div>
  )
}
