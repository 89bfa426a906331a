import '../shared/shared.css'
import './process.css'
import { ApiError, api, Icon, messageOf, PageFrame, queryClient, useSay } from '@quancheng/ui'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { tp } from './texts.ts'
import type { LogReport } from './types.ts'

const MAX_BYTES = 64 * 1024 * 1024

type State = { step: 'choose' | 'checking' | 'importing' } | { step: 'fine' | 'bad', report: LogReport } | { step: 'failed', message: string }

/** An event log that nobody here made: checked first, told row by row what is wrong, stored whole or not at all. */
export default function ImportLog() {
  const say = useSay()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [name, setName] = useState('')
  const [state, setState] = useState<State>({ step: 'choose' })
  const [over, setOver] = useState(false)
  const busy = state.step === 'checking' || state.step === 'importing'

  const send = async (chosen: File, called: string, check: boolean): Promise<LogReport | null> => {
    setState({ step: check ? 'checking' : 'importing' })
    try {
      return await api.upload<LogReport>('/event-logs', chosen, { query: { name: called, ...(check ? { check: 1 } : {}) } })
    } catch (error) {
      const report = error instanceof ApiError && Array.isArray(error.details.problems) ? error.details as unknown as LogReport : null
      setState(report ? { step: 'bad', report } : { step: 'failed', message: messageOf(error) })
      return null
    }
  }
  const choose = async (chosen: File | undefined) => {
    if (!chosen || busy) return
    const called = chosen.name.replace(/(\.(xes|csv))?(\.gz)?$/i, '')
    setFile(chosen)
    setName(called)
    if (chosen.size === 0 || chosen.size > MAX_BYTES) { setState({ step: 'failed', message: tp(chosen.size === 0 ? 'empty' : 'tooLarge') }); return }
    const report = await send(chosen, called, true)
    if (report) setState({ step: 'fine', report })
  }
  const store = async () => {
    if (!file || busy) return
    const report = await send(file, name.trim() || file.name, false)
    if (!report?.process) return
    await queryClient.invalidateQueries({ queryKey: ['processes'] })
    say.ok(tp('imported', { name: report.process.name }))
    await navigate(`/processes/${encodeURIComponent(report.process.key)}`)
  }
  return (
    <PageFrame title={tp('import')} back="/processes" subtitle={tp('importHint')}>
      <section className="qc-panel qc-panel-pad qc-stack sp-import">
        <div className={`sp-drop${over ? ' sp-over' : ''}`} onDragOver={event => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={event => { event.preventDefault(); setOver(false); void choose(event.dataTransfer.files[0]) }}>
          <input ref={input} type="file" hidden accept=".xes,.csv,.gz,application/gzip,text/csv,application/xml" aria-label={tp('choose')} onChange={event => { void choose(event.target.files?.[0]); event.target.value = '' }} />
          <Icon name="upload" size={28} />
          {file && <b>{file.name}</b>}
          <div className="qc-row"><button type="button" className={`qc-button${file ? '' : ' qc-button-primary'}`} disabled={busy} onClick={() => input.current?.click()}>{tp(file ? 'other' : 'choose')}</button><span className="qc-soft">{tp('drop')}</span></div>
        </div>
        <div aria-live="polite" className="qc-stack">
          {busy && <p className="sp-wait" role="status">{tp(state.step === 'checking' ? 'checking' : 'importing')}</p>}
          {state.step === 'failed' && <p className="sp-bad" role="alert"><Icon name="warn" />{state.message}</p>}
          {state.step === 'bad' && <Problems report={state.report} />}
          {state.step === 'fine' && <p className="sp-fine"><Icon name="check" />{tp('fine')} {tp('summary', { cases: state.report.cases, events: state.report.events, activities: state.report.activities, people: state.report.people })}</p>}
        </div>
        {(state.step === 'fine' || state.step === 'importing' || state.step === 'failed') && file && file.size > 0 && file.size <= MAX_BYTES && (
          <form className="sp-name" onSubmit={event => { event.preventDefault(); void store() }}>
            <label htmlFor="sp-name">{tp('logName')}</label>
            <input id="sp-name" value={name} maxLength={60} disabled={busy} onChange={event => setName(event.target.value)} />
            <button type="submit" className="qc-button qc-button-primary" disabled={busy || name.trim() === ''}>{tp('doImport')}</button>
          </form>
        )}
        {state.step === 'choose' && <p className="qc-faint">{tp('csvHint')}</p>}
      </section>
    </PageFrame>
  )
}

function Problems({ report }: { report: LogReport }) {
  return (
    <>
      <p className="sp-bad" role="alert"><Icon name="warn" />{tp('problems', { n: report.problemCount })}{report.problemCount > report.problems.length && `，${tp('firstProblems', { n: report.problems.length })}`}</p>
      <div className="sv-table-wrap">
        <table className="sv-table"><thead><tr><th className="sv-right">{tp('row')}</th><th>{tp('field')}</th><th>{tp('problem')}</th></tr></thead>
          <tbody>{report.problems.map((problem, i) => <tr key={i}><td className="sv-right">{problem.row || problem.line || '—'}</td><td>{problem.field ?? ''}</td><td>{problem.message} <span className="qc-code">{problem.code}</span></td></tr>)}</tbody></table>
      </div>
    </>
  )
}
