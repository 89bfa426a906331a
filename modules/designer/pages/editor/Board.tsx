import { Icon, PageFrame, SaveMark, shortText, Skeleton, useGuard, useSay, ErrorState } from '@quancheng/ui'
import { Dropdown } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { again, designApi, type OpenDesign } from '../api.ts'
import { bpmnText, keepFile } from '../fileText.ts'
import { Panel } from '../panel/Panel.tsx'
import type { Catalogue } from '../studio/types.ts'
import { td } from '../texts.ts'
import { Problems } from './Problems.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { useBoard } from './useBoard.ts'

/** The drawing board with its bar, the properties at the right and the list of problems below. */
export function Board({ design: given, catalogue, onAgain }: { design: OpenDesign, catalogue: Catalogue, onAgain: () => void }) {
  const say = useSay()
  const navigate = useNavigate()
  const place = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [publishing, setPublishing] = useState(false)
  // what is read again in the background must not replace the board under somebody's hands
  const [design] = useState(given)
  const [executed] = useState(catalogue.executed)
  const board = useBoard(place, design, executed, true)
  const { studio, save, autosave } = board
  const unsaved = save.is !== 'saved'
  const letGo = useGuard(unsaved)
  const at = `/designer/${encodeURIComponent(design.key)}`
  const leaveField = () => { if (document.activeElement instanceof HTMLElement && document.activeElement.closest('.qd-panel, .qf')) document.activeElement.blur() }
  const attempt = async (work: () => Promise<unknown>) => { try { await work() } catch (error) { say.error(error) } }
  const saveNow = async (): Promise<boolean> => {
    leaveField()
    // a field that is left tells its change in the next moment
    await new Promise(resolve => setTimeout(resolve, 0))
    return autosave ? autosave.flush() : true
  }

  // the panel comes with the studio and takes its room from the canvas
  useEffect(() => { if (studio) { studio.services.canvas.resized(); studio.fit(true) } }, [studio])

  const act = useRef({ saveNow, studio })
  useEffect(() => { act.current = { saveNow, studio } })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const name = event.key.toLowerCase()
      if (name === 's') { event.preventDefault(); void act.current.saveNow(); return }
      // in a field the keys belong to the field; on the canvas bpmn-js answers them itself
      const target = event.target as Element | null
      if (!target || target.closest('input, textarea, [contenteditable], .djs-container')) return
      const stack = act.current.studio?.services.commandStack
      if (name === 'z' && !event.shiftKey && stack?.canUndo()) { event.preventDefault(); stack.undo() }
      if ((name === 'y' || (name === 'z' && event.shiftKey)) && stack?.canRedo()) { event.preventDefault(); stack.redo() }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])

  /** By the page's own links one leaves when everything is saved; the guard asks only when it could not be. */
  const leaveTo = async (to: string) => {
    if (await saveNow()) letGo()
    await navigate(to)
  }
  const openPublish = async () => {
    if (await saveNow()) setPublishing(true)
    else if (autosave?.state().is === 'failed') say.warn(td('saveFailed'))
  }
  const replace = async (file: File | undefined) => {
    if (!file || !autosave) return
    let xml: string | null = null
    try { xml = await bpmnText(file) } catch { say.error(td('fileTooLarge')); return }
    if (!xml) { say.error(td('fileBad')); return }
    if (!await say.ask({ title: td('uploadAsk'), content: td('uploadText'), danger: true })) return
    await attempt(async () => {
      await autosave.flush()
      await designApi.save(design.key, { xml, seen: autosave.seen(), foreign: true })
      autosave.adopt(autosave.seen() + 1, null, false)
      onAgain()
    })
  }
  const drop = async () => {
    if (!autosave || !await say.ask({ title: td('dropAsk'), content: design.version ? td('dropText', { n: design.version }) : td('dropTextNew'), okText: td('dropDraft'), danger: true })) return
    await attempt(async () => {
      if (autosave.state().is === 'dirty') await autosave.flush()
      await designApi.drop(design.key, autosave.seen())
      autosave.adopt(0, null, false)
      await again()
      say.ok(td('dropped'))
      letGo()
      if (design.version) onAgain()
      else await navigate('/designer')
    })
  }
  const download = () => attempt(async () => keepFile(`${design.name}.bpmn`, await board.text()))
  const hasDraft = design.draft !== null || (autosave?.seen() ?? 0) > 0
  const menu = [
    { key: 'download', label: td('download'), onClick: () => void download() },
    { key: 'upload', label: td('upload'), onClick: () => input.current?.click() },
    ...(hasDraft ? [{ key: 'drop', danger: true, label: td('dropDraft'), onClick: () => void drop() }] : []),
  ]
  const state = [design.version ? td('version', { n: design.version }) : td('unpublished'), design.running ? td('runningCases', { n: design.running }) : null].filter(Boolean).join(' · ')
  const problems = board.checked?.problems.length ?? 0
  return (
    <div className="qd-page">
      <PageFrame title={studio?.process()?.name || design.name} documentTitle={design.name} subtitle={state} back="/designer" padded={false} actions={<>
        <SaveMark save={save} onRetry={() => void saveNow()} published={design.version !== null && !hasDraft} />
        <span className="qd-tools">
          <button type="button" className="qc-icon-button" disabled={!board.canUndo} aria-label={td('undo')} title={td('undo')} onClick={() => { leaveField(); studio?.services.commandStack.undo() }}><Turn /></button>
          <button type="button" className="qc-icon-button qd-mirror" disabled={!board.canRedo} aria-label={td('redo')} title={td('redo')} onClick={() => { leaveField(); studio?.services.commandStack.redo() }}><Turn /></button>
          <button type="button" className="qc-icon-button" aria-label={td('zoomOut')} title={td('zoomOut')} onClick={() => studio?.zoom(0.8)}><Icon name="minus" /></button>
          <button type="button" className="qc-icon-button" aria-label={td('zoomIn')} title={td('zoomIn')} onClick={() => studio?.zoom(1.25)}><Icon name="plus" /></button>
          <button type="button" className="qc-link" onClick={() => studio?.fit()}>{td('fit')}</button>
        </span>
        <Link className="qc-button" to={`${at}/versions`} onClick={event => { event.preventDefault(); void leaveTo(`${at}/versions`) }}>{td('versions')}</Link>
        <Link className="qc-button" to={`${at}/manual${hasDraft ? '?version=draft' : ''}`} onClick={event => { event.preventDefault(); void leaveTo(`${at}/manual${hasDraft || save.is === 'dirty' ? '?version=draft' : ''}`) }}>{td('manual')}</Link>
        <Dropdown menu={{ items: menu }} trigger={['click']}><button type="button" className="qc-icon-button" aria-label={td('more')} title={td('more')}><Icon name="more" /></button></Dropdown>
        <button type="button" className="qc-button qc-button-primary" disabled={!studio || save.is === 'conflict'} onClick={() => void openPublish()}>{td('publish')}</button>
      </>}>
        {save.is === 'conflict' && <div className="qc-notice qc-notice-danger qd-conflict" role="alert">
          <span>{save.gone ? td('conflictGone') : td('conflict', { name: save.name, at: save.at ? shortText(save.at) : '' })}</span>
          <button type="button" className="qc-button" onClick={() => { autosave?.adopt(save.version, save.at, false); onAgain() }}>{td('takeTheirs')}</button>
          {!save.gone && <button type="button" className="qc-button" onClick={async () => { if (await say.ask({ title: td('keepMineAsk'), content: td('keepMineText', { name: save.name }), danger: true })) autosave?.adopt(save.version, null, true) }}>{td('keepMine')}</button>}
          <button type="button" className="qc-button" onClick={() => void download()}>{td('keepFile')}</button>
        </div>}
        <input ref={input} type="file" hidden accept=".bpmn,.xml" aria-label={td('upload')} onChange={event => { void replace(event.target.files?.[0]); event.target.value = '' }} />
        <div className="qd-board">
          <div className="qd-left">
            <div ref={place} className="qd-canvas" aria-label={td('canvasLabel')} role="application">{!studio && (board.failed ? <ErrorState error={board.failed} onRetry={onAgain} /> : <Skeleton lines={8} />)}</div>
            <Problems checked={board.checked} failed={board.checkFailed} studio={studio} />
          </div>
          {studio && <Panel studio={studio} catalogue={catalogue} disabled={false} checked={board.checked} />}
        </div>
      </PageFrame>
      {publishing && autosave && <PublishDialog design={design} name={studio?.process()?.name ?? design.name} seen={autosave.seen()} checked={board.checked} onClose={() => setPublishing(false)}
        onPublished={async version => { autosave.adopt(0, null, false); letGo(); setPublishing(false); say.ok(td('published', { n: version })); await again(); await navigate(`${at}/versions`) }} />}
      <span className="qc-sr" aria-live="polite">{problems > 0 ? td('nProblems', { n: problems }) : ''}</span>
    </div>
  )
}

/** The bent arrow of undo; mirrored it is redo. */
const Turn = () => <svg className="qc-icon" width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" aria-hidden><path d="M8.500 5 4 9.500 8.500 14M4.500 9.500H14a5.500 5.500 0 0 1 0 11h-3" /></svg>
