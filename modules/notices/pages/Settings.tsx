import './notices.css'
import { ApiError, ErrorState, PageFrame, Skeleton, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { noticesApi, settingsAgain, settingsKey } from './api.ts'
import { Channels } from './Channels.tsx'
import { Templates } from './Templates.tsx'
import { tn } from './texts.ts'

/** Channels, quiet hours and the words. */
export default function Settings() {
  return <PageFrame title={tn('settings')} subtitle={tn('settingsLead')} back="/notices"><div className="qc-stack"><Channels /><Quiet /><Templates /></div></PageFrame>
}

function Quiet() {
  const say = useSay()
  const read = useQuery({ queryKey: [...settingsKey, 'quiet'], queryFn: ({ signal }) => noticesApi.setting(signal) })
  const [typed, setTyped] = useState<Record<string, string>>({})
  const row = read.data?.items[0]
  const value = (name: string): string => typed[name] ?? String(row?.[name] ?? '')
  const [problem, setProblem] = useState<{ at: string, text: string } | null>(null)
  const type = (name: string, text: string) => { setTyped({ ...typed, [name]: text }); setProblem(null) }
  const save = async () => {
    // what is pasted from the browser ends with a slash
    const body = 'baseUrl' in typed ? { ...typed, baseUrl: typed.baseUrl!.trim().replace(/\/+$/, '') } : typed
    try { await noticesApi.saveSetting(row!.id, body); setTyped({}); setProblem(null); say.ok(tn('saved')); await settingsAgain() }
    catch (error) { if (error instanceof ApiError && error.status > 0 && error.status < 500) setProblem({ at: error.code === 'NOTICE_TIME' ? 'quiet' : 'baseUrl', text: error.fields[0]?.message ?? error.message }); else say.error(error) }
  }
  return (
    <section className="qc-panel"><header><h2>{tn('quiet')}</h2></header>
      {read.isPending ? <Skeleton lines={2} /> : read.isError || !row ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <div className="qc-panel-pad qc-stack">
        <div className="no-fields">
          {(['quietFrom', 'quietTo'] as const).map(name => <div key={name} className="no-field"><label htmlFor={`no-${name}`}>{tn(name)}</label><Input id={`no-${name}`} type="time" value={value(name)} onChange={e => type(name, e.target.value)} />{problem?.at === 'quiet' && name === 'quietFrom' && <p className="qc-danger" role="alert">{problem.text}</p>}</div>)}
          <div className="no-field"><label htmlFor="no-base">{tn('baseUrl')}</label><Input id="no-base" value={value('baseUrl')} placeholder="https://fw.example.com" onChange={e => type('baseUrl', e.target.value)} onPressEnter={() => void save()} />{problem?.at === 'baseUrl' ? <p className="qc-danger" role="alert">{problem.text}</p> : <p className={value('baseUrl') ? 'no-hint' : 'qc-danger'}>{tn('baseHint')}</p>}</div>
        </div>
        <div className="qc-row"><button type="button" className="qc-button qc-button-primary" disabled={!Object.keys(typed).length} onClick={() => void save()}>{tn('save')}</button><span className="qc-faint">{tn('quietHint')}</span></div>
      </div>}
    </section>
  )
}
