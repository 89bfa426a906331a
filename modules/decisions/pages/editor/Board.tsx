import type { DecisionTable } from '@quancheng/process'
import { Icon, PageFrame, SaveMark, shortText, useGuard, useSay } from '@quancheng/ui'
import { Dropdown } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { fill, insertRules } from '../../rules/edit.ts'
import type { Place } from '../../rules/findings.ts'
import { again, decisionApi, fileHref, type Open } from '../api.ts'
import { dmnText } from '../fileText.ts'
import { Grid, type GridHandle } from '../grid/Grid.tsx'
import { only, rangeOf, type Selection } from '../grid/selection.ts'
import { choicesOf } from '../NewDialog.tsx'
import { CellPanel } from '../panel/CellPanel.tsx'
import { CheckPanel } from '../panel/CheckPanel.tsx'
import { ColumnPanel } from '../panel/ColumnPanel.tsx'
import { Late } from '../panel/Late.tsx'
import { TryPanel } from '../panel/TryPanel.tsx'
import { tx } from '../texts.ts'
import { marksOf } from './marks.ts'
import { PublishDialog } from './PublishDialog.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useTable } from './useTable.ts'

type Tab = 'edit' | 'try' | 'check'
const NONE: ReadonlySet<string> = new Set()

/** The sheet with its bar, and at the right the cell, the try-out and the check. */
export function Board({ open, onAgain }: { open: Open, onAgain: () => void }) {
  const say = useSay()
  const navigate = useNavigate()
  const grid = useRef<GridHandle>(null), upload = useRef<HTMLInputElement>(null), side = useRef<HTMLElement>(null)
  const { table, change, undo, redo, canUndo, canRedo, save, autosave, found, fresh, tryOut, variables } = useTable(open)
  const [selection, setSelection] = useState<Selection>(only(0, 0)), [tab, setTab] = useState<Tab>('edit')
  const [feel, setFeel] = useState(false), [publishing, setPublishing] = useState(false), [tried, setTried] = useState<{ table: DecisionTable, matched: string[] } | null>(null)
  const marks = useMemo(() => marksOf(table, found), [table, found])
  const matched = useMemo(() => (tab === 'try' && tried?.table === table ? new Set(tried.matched) : NONE), [tab, tried, table])
  const letGo = useGuard(save.is !== 'saved')
  const at = `/decisions/${encodeURIComponent(open.key)}`
  // undoing may take the cell away that is active
  const last = table.inputs.length + table.outputs.length
  const here: Selection = { row: Math.min(selection.row, table.rules.length - 1), column: Math.min(selection.column, last), anchorRow: Math.min(selection.anchorRow, table.rules.length - 1), anchorColumn: Math.min(selection.anchorColumn, last) }
  const range = rangeOf(here), onColumn = here.row < 0 && here.column < last
  const attempt = async (work: () => Promise<unknown>) => { try { await work() } catch (error) { say.error(error) } }
  const leaveField = () => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() }
  const saveNow = async (): Promise<boolean> => {
    leaveField()
    // a field that is left tells its change in the next moment
    await new Promise(resolve => setTimeout(resolve, 0))
    return autosave ? autosave.flush() : true
  }
  const openPublish = async () => { if (await saveNow()) setPublishing(true); else if (save.is !== 'conflict') say.warn(tx('saveFailed')) }
  const showPlace = ({ row, column, rows }: Place) => {
    if (row === null) return
    setSelection(rows.length > 1 ? { row: Math.max(...rows), anchorRow: Math.min(...rows), column: 0, anchorColumn: last } : column === null ? { row, anchorRow: row, column: 0, anchorColumn: last } : only(row, column))
    if (row < 0) setTab('edit')
    grid.current?.focus()
  }
  const fillGap = (tests: string[]) => {
    const n = table.rules.length
    change(fill(insertRules(table, n), n, 0, [tests], true))
    setSelection(only(n, table.inputs.length))
    grid.current?.focus()
  }
  const replace = async (file: File | undefined) => {
    if (!file || !autosave) return
    let xml: string | null = null
    try { xml = await dmnText(file) } catch { say.error(tx('fileTooLarge')); return }
    if (!xml) { say.error(tx('fileBad')); return }
    if (!await say.ask({ title: tx('uploadAsk'), content: tx('uploadText'), danger: true })) return
    const send = async (decisionId?: string) => {
      await autosave.flush()
      const saved = await decisionApi.replace(open.key, { xml, seen: autosave.seen(), ...(decisionId ? { decisionId } : {}) })
      autosave.adopt(saved.version, null, false)
      onAgain()
    }
    try { await send() } catch (error) {
      const choices = choicesOf(error)
      if (choices && await say.ask({ title: tx('chooseDecision'), content: choices[0]!.name })) await attempt(() => send(choices[0]!.id))
      else if (!choices) say.error(error)
    }
  }
  const drop = async () => {
    if (!autosave || !await say.ask({ title: tx('dropAsk'), content: open.version ? tx('dropText', { n: open.version }) : tx('dropTextNew'), okText: tx('dropDraft'), danger: true })) return
    await attempt(async () => {
      await autosave.flush()
      await decisionApi.drop(open.key, autosave.seen())
      autosave.adopt(0, null, false)
      say.ok(tx('dropped'))
      letGo()
      // a table that was never published is gone with its draft: nobody should ask for it again
      if (!open.version) await navigate('/decisions')
      await again()
      if (open.version) onAgain()
    })
  }
  const download = () => attempt(async () => { if (await saveNow()) location.assign(fileHref(open.key, (autosave?.seen() ?? 0) > 0 ? 'draft' : open.version!)) })
  const hasDraft = open.draft !== null || (autosave?.seen() ?? 0) > 0
  const menu = [
    { key: 'download', label: tx('download'), onClick: () => void download() }, { key: 'upload', label: tx('upload'), onClick: () => upload.current?.click() },
    ...(hasDraft ? [{ key: 'drop', danger: true, label: tx('dropDraft'), onClick: () => void drop() }] : []),
  ]
  const problems = found?.problems.length ?? 0, warnings = found?.warnings.length ?? 0
  return (
    <div className="dt-page">
      <PageFrame title={table.name} documentTitle={table.name} subtitle={[open.version ? tx('version', { n: open.version }) : tx('unpublished'), open.key].join(' · ')} back="/decisions" padded={false} actions={<>
        <SaveMark save={save} onRetry={() => void saveNow()} published={open.version !== null && !hasDraft} />
        <span className="dt-tools">
          <button type="button" className="qc-icon-button" disabled={!canUndo} aria-label={tx('undo')} title={tx('undo')} onClick={undo}><Icon name="back" /></button>
          <button type="button" className="qc-icon-button dt-mirror" disabled={!canRedo} aria-label={tx('redo')} title={tx('redo')} onClick={redo}><Icon name="back" /></button>
        </span>
        <Link className="qc-button" to={`${at}/versions`}>{tx('versions')}</Link>
        <Dropdown menu={{ items: menu }} trigger={['click']}><button type="button" className="qc-icon-button" aria-label={tx('more')} title={tx('more')}><Icon name="more" /></button></Dropdown>
        <button type="button" className="qc-button qc-button-primary" disabled={save.is === 'conflict'} onClick={() => void openPublish()}>{tx('publish')}</button>
      </>}>
        {save.is === 'conflict' && <div className="qc-notice qc-notice-danger dt-conflict" role="alert">
          <span>{save.gone ? tx('conflictGone') : tx('conflict', { name: save.name, at: save.at ? shortText(save.at) : '' })}</span>
          <button type="button" className="qc-button" onClick={() => { autosave?.adopt(save.version, save.at, false); onAgain() }}>{tx('takeTheirs')}</button>
          {!save.gone && <button type="button" className="qc-button" onClick={async () => { if (await say.ask({ title: tx('keepMineAsk'), content: tx('keepMineText', { name: save.name }), danger: true })) autosave?.adopt(save.version, null, true) }}>{tx('keepMine')}</button>}
        </div>}
        <input ref={upload} type="file" hidden accept=".dmn,.xml" aria-label={tx('upload')} onChange={event => { void replace(event.target.files?.[0]); event.target.value = '' }} />
        <Toolbar table={table} range={range} selection={here} feel={feel} onFeel={setFeel} onChange={change} onSelect={s => { setSelection(s); setTab('edit'); grid.current?.focus() }} />
        <div className="dt-board">
          <div className="dt-left">
            <Grid ref={grid} table={table} feel={feel} selection={here} matched={matched} marks={marks.cells} heads={marks.heads} onSelect={setSelection} onChange={change} onUndo={undo} onRedo={redo}
              onHead={() => { setTab('edit'); requestAnimationFrame(() => side.current?.querySelector<HTMLElement>('input')?.focus()) }} />
            <p className="dt-keys qc-faint">{tx('keys')}</p>
          </div>
          <aside ref={side} className="dt-side">
            <div className="dt-tabs" role="tablist">
              {(['edit', 'try', 'check'] as const).map(each => <button key={each} type="button" role="tab" aria-selected={tab === each} onClick={() => setTab(each)}>{tx(each === 'edit' ? 'tabEdit' : each === 'try' ? 'tabTry' : 'tabCheck')}{each === 'check' && problems + warnings > 0 && <span className={problems ? 'dt-count dt-count-bad' : 'dt-count'}>{problems || warnings}</span>}</button>)}
            </div>
            {tab === 'edit' && (onColumn ? <ColumnPanel table={table} column={here.column} onChange={change} onColumn={column => setSelection(only(-1, column))} /> : <>
              <CellPanel table={table} selection={here} marks={marks.cells} onChange={change} />
              <div className="dt-side-pad dt-name"><Late label={tx('name')} max={100} text={table.name} onText={name => { if (name.trim()) change({ ...table, name: name.trim() }) }} /></div>
            </>)}
            {tab === 'try' && <TryPanel table={table} lead={tx('tryLead')} variables={variables} run={tryOut} onTried={made => setTried(made && { table, matched: made.matched })} />}
            {tab === 'check' && <CheckPanel table={table} found={found} onShow={showPlace} onFill={fillGap} />}
          </aside>
        </div>
      </PageFrame>
      {publishing && autosave && <PublishDialog open={open} name={table.name} seen={autosave.seen()} checked={fresh ? found : null} onClose={() => setPublishing(false)}
        onPublished={async version => { autosave.adopt(0, null, false); letGo(); setPublishing(false); say.ok(tx('published', { n: version })); await again(); await navigate(`${at}/versions`) }} />}
      <span className="qc-sr" aria-live="polite">{problems > 0 ? tx('nProblems', { n: problems }) : ''}</span>
    </div>
  )
}
