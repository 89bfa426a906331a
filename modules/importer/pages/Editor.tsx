import { ApiError, can, forget, Icon, listHref, PageFrame, useGuard, useMeta, useSay } from '@quancheng/ui'
import { Alert, Button, Input, Select, Table, Upload } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { importApi, type Mapping, type Plan, type PlanDraft, type Report, type Seen } from './api.ts'
import { MappingTable, targetFields } from './MappingTable.tsx'
import { ti } from './texts.ts'

function said({ total: n, created, updated, unchanged, failed, committed }: Report): string {
  if (committed) return ti('done', { created, updated, unchanged, failed })
  return failed ? ti('checkBad', { n, bad: failed }) : ti('checkGood', { n, created, updated, unchanged })
}

/** One kind of file: what it becomes, how its columns go, and a file of it: rehearsed first, then imported. */
export function Editor({ plan }: { plan?: Plan }) {
  const say = useSay(), navigate = useNavigate(), meta = useMeta()
  const before: PlanDraft = plan ?? { name: '', system: '', target: '', mapping: null, match: null, onDouble: 'update' }
  const [draft, setDraft] = useState<PlanDraft>(before)
  const [file, setFile] = useState<File | null>(null)
  const [seen, setSeen] = useState<Seen | null>(null)
  const [report, setReport] = useState<Report | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ at: 'name' | 'system' | 'target' | 'file', text: string } | null>(null)
  const [saved, setSaved] = useState(plan?.id ?? null)
  const dirty = saved === null ? seen !== null : JSON.stringify(draft) !== JSON.stringify(before)
  const pass = useGuard(dirty && !report?.committed)
  const targets = meta.entities.filter(e => e.actions.import && e.actions.create)
  const entity = meta.entities.find(e => e.name === draft.target)
  const set = (more: Partial<PlanDraft>) => { setDraft(now => ({ ...now, ...more })); setProblem(null); setReport(null) }

  const choose = async (chosen: File) => {
    setFile(chosen); setSeen(null); setReport(null); setProblem(null); setBusy(true)
    try {
      const found = await importApi.look(draft.target, chosen)
      setSeen(found)
      // what was mapped before stays as far as the file has it
      setDraft(now => ({ ...now, mapping: now.mapping && Object.values(now.mapping.fields).some(r => r.from.some(title => found.columns.some(c => c.title === title))) ? now.mapping : found.mapping, name: now.name || `${now.system || chosen.name.replace(/\.\w+$/, '')} ${entity?.label ?? ''}`.trim() }))
    } catch (error) { setFile(null); setProblem({ at: 'file', text: error instanceof ApiError ? error.message : String(error) }) } finally { setBusy(false) }
  }
  const run = async (mode: 'check' | 'commit', partial: boolean) => {
    if (!draft.name.trim()) { setProblem({ at: 'name', text: ti('needName') }); document.getElementById('im-name')?.focus(); return }
    if (!draft.system.trim()) { setProblem({ at: 'system', text: ti('needSystem') }); document.getElementById('im-system')?.focus(); return }
    if (!file) { setProblem({ at: 'file', text: ti('needFile') }); return }
    setBusy(true)
    try {
      const kept = await importApi.save(saved, { ...draft, name: draft.name.trim(), system: draft.system.trim() })
      setSaved(kept.id)
      const answer = await importApi.run(kept.id, file, mode, partial)
      setReport(answer)
      if (answer.committed) { pass(); say.ok(said(answer)); await Promise.all([forget('importPlan'), forget('importRun'), forget(draft.target)]) }
    } catch (error) {
      if (error instanceof ApiError && error.fields[0]?.field === 'name') setProblem({ at: 'name', text: error.fields[0].message })
      else if (error instanceof ApiError && error.status > 0 && error.status < 500) setProblem({ at: error.code === 'UNIQUE' ? 'name' : 'file', text: error.message })
      else say.error(error)
    } finally { setBusy(false) }
  }
  const drop = async () => {
    if (!saved || !(await say.ask({ title: ti('removeAsk'), danger: true, okText: ti('removePlan') }))) return
    try { await importApi.remove(saved); pass(); await forget('importPlan'); await navigate('/import') } catch (error) { say.error(error) }
  }
  const wrong = (at: NonNullable<typeof problem>['at']) => problem?.at === at && <p className="qc-danger" role="alert">{problem.text}</p>
  const good = report ? report.total - report.failed : 0
  return (
    <PageFrame title={plan?.name ?? ti('newPlan')} back="/import" actions={plan && can('importPlan:remove') ? <button type="button" className="qc-button" onClick={() => void drop()}><Icon name="trash" />{ti('removePlan')}</button> : undefined}>
      <div className="qc-stack">
        <section className="qc-panel im-head">
          <div><label htmlFor="im-target">{ti('target')}</label><Select id="im-target" showSearch={{ optionFilterProp: 'label', filterSort: (a, b, { searchValue }) => Number(b.label === searchValue.trim()) - Number(a.label === searchValue.trim()) }} disabled={saved !== null} placeholder={ti('pickTarget')} value={draft.target || undefined} options={targets.map(e => ({ value: e.name, label: e.label }))} onChange={target => { set({ target, mapping: null }); setFile(null); setSeen(null) }} />{wrong('target')}</div>
          <div><label htmlFor="im-system">{ti('system')}</label><Input id="im-system" maxLength={40} placeholder={ti('systemHint')} value={draft.system} onChange={event => set({ system: event.target.value })} />{wrong('system')}</div>
          <div><label htmlFor="im-name">{ti('name')}</label><Input id="im-name" maxLength={80} value={draft.name} onChange={event => set({ name: event.target.value })} />{wrong('name')}</div>
        </section>
        {draft.target && entity && <section className="qc-panel qc-panel-pad qc-stack">
          {seen && file ? <div className="qc-row-between"><b>{ti('rows', { name: file.name, n: seen.rows, c: seen.columns.length })}</b><Upload accept=".csv,.xlsx" showUploadList={false} beforeUpload={f => { void choose(f); return false }}><Button>{ti('otherFile')}</Button></Upload></div>
            : <Upload.Dragger accept=".csv,.xlsx" maxCount={1} showUploadList={false} disabled={busy} beforeUpload={f => { void choose(f); return false }}><div className="im-drop"><Icon name="upload" size={22} /><div>{file ? ti('reading', { name: file.name }) : ti('file')}</div></div></Upload.Dragger>}
          {wrong('file')}
        </section>}
        {seen && entity && draft.mapping && <>
          <section className="qc-panel"><header><h2>{ti('mapping')}</h2><span className="qc-soft">{ti('mappingHint')}</span></header>
            <MappingTable entity={entity} seen={seen} mapping={draft.mapping} onChange={(mapping: Mapping) => set({ mapping })} />
          </section>
          <section className="qc-panel im-head">
            <div><label htmlFor="im-match">{ti('match')}</label><Select id="im-match" allowClear placeholder={ti('matchNone')} value={draft.match ?? undefined} options={targetFields(entity).filter(x => ['phone', 'mail', 'code', 'text'].includes(x.type) && !x.multiline && !x.custom).map(x => ({ value: x.name, label: x.label }))} onChange={match => set({ match: match ?? null })} /></div>
            <div><label htmlFor="im-double">{ti('onDouble')}</label><Select id="im-double" value={draft.onDouble} options={[{ value: 'update', label: ti('update') }, { value: 'skip', label: ti('skip') }]} onChange={onDouble => set({ onDouble })} /></div>
            <div className="im-acts">
              {report?.committed ? <><Link className="qc-button" to={listHref(entity.plural, {})}>{ti('see')}</Link><Button type="primary" onClick={() => { setFile(null); setSeen(null); setReport(null) }}>{ti('again')}</Button></>
                : report ? (report.failed ? <Button type="primary" loading={busy} disabled={good === 0} onClick={() => void run('commit', true)}>{ti('commitGood', { n: good })}</Button> : <Button type="primary" loading={busy} onClick={() => void run('commit', false)}>{ti('commit', { n: report.total })}</Button>)
                  : <Button type="primary" loading={busy} onClick={() => void run('check', false)}>{ti('check')}</Button>}
            </div>
          </section>
          {report && <section className="qc-panel qc-panel-pad qc-stack" role="status">
            <Alert showIcon type={report.failed ? 'warning' : 'success'} title={said(report)} />
            {report.errors.length > 0 && <Table size="small" rowKey={(row, i) => `${row.line}-${i ?? 0}`} pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }} dataSource={report.errors} columns={[{ title: ti('line'), dataIndex: 'line', width: 70 }, { title: ti('field'), dataIndex: 'field', width: 150 }, { title: ti('problem'), dataIndex: 'message' }]} />}
          </section>}
        </>}
      </div>
    </PageFrame>
  )
}
