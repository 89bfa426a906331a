import './webhooks.css'
import { ApiError, can, EmptyState, ErrorState, Icon, PageFrame, relativeText, Skeleton, useLive, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Switch } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { again, hooksApi, hooksKey, type Choices, type Hook } from './api.ts'
import { sentence } from './names.ts'
import { tw } from './texts.ts'
import { useTurn } from './useTurn.tsx'

/** All receivers: what each is told of, and how it fares. */
export default function Webhooks() {
  const read = useQuery({ queryKey: hooksKey, queryFn: ({ signal }) => hooksApi.hooks(signal), refetchInterval: 15_000 })
  const choices = useQuery({ queryKey: [...hooksKey, 'choices'], queryFn: ({ signal }) => hooksApi.choices(signal), staleTime: 60_000 })
  useLive('webhook', () => void again())
  const add = can('webhook:edit') ? <Link className="qc-button qc-button-primary" to="/webhooks/0"><Icon name="plus" />{tw('newHook')}</Link> : undefined
  return (
    <PageFrame title={tw('title')} subtitle={tw('lead')} actions={<><Link className="qc-button" to="/webhooks/log"><Icon name="audit" />{tw('log')}</Link>{add}</>}>
      <div className="qc-stack">
        <section className="qc-panel">
          {read.isPending ? <Skeleton lines={4} height={22} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
            : read.data.items.length === 0 ? <EmptyState icon="out" title={tw('none')} hint={tw('noneHint')} action={add} />
              : <ul className="qc-plain">{read.data.items.map(hook => <Line key={hook.id} hook={hook} choices={choices.data} />)}</ul>}
        </section>
        {can('webhook:edit') && <Hosts />}
      </div>
    </PageFrame>
  )
}

function Line({ hook, choices }: { hook: Hook, choices: Choices | undefined }) {
  const { turn, busy } = useTurn(hook)
  return (
    <li className="wh-line" data-off={hook.off || undefined}>
      <Switch size="small" aria-label={`${hook.name} ${tw(hook.off ? 'off' : 'on')}`} checked={!hook.off} loading={busy} disabled={!hook.mayEdit || !can('webhook:edit')} onChange={on => void turn(on)} />
      <Link className="wh-main" to={`/webhooks/${hook.id}`}><b>{hook.name}</b><span className="qc-soft wh-url">{hook.url}</span><span className="qc-faint">{sentence(hook.subjects, choices)}</span></Link>
      <Link className="wh-health" to={`/webhooks/log?hook=${hook.id}`}><Health hook={hook} />
        {hook.waiting > 0 && <span>{tw('waitingN', { n: hook.waiting })}</span>}{hook.failed > 0 && <span className="qc-danger">{tw('failedN', { n: hook.failed })}</span>}</Link>
    </li>
  )
}

export function Health({ hook }: { hook: Hook }) {
  if (hook.asUserOff) return <span className="qc-danger">{tw('asOff')}</span>
  if (hook.off && hook.offReason) return <span className="qc-danger">{hook.offReason}</span>
  if (hook.failingSince) return <span className="qc-danger" title={hook.error ?? ''}>{tw('failing', { at: relativeText(hook.failingSince) })}</span>
  return <span className={hook.off ? 'qc-faint' : ''}>{hook.successAt ? tw('lastOk', { at: relativeText(hook.successAt) }) : tw('never')}</span>
}

/** Which hosts of the own network may be told. */
function Hosts() {
  const say = useSay()
  const read = useQuery({ queryKey: [...hooksKey, 'settings'], queryFn: ({ signal }) => hooksApi.settings(signal) })
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  if (!read.data) return null
  const save = async () => {
    try { await hooksApi.saveSettings(typed ?? ''); setTyped(null); setProblem(null); say.ok(tw('hostsSaved')); await again() }
    catch (error) { if (error instanceof ApiError && error.status > 0 && error.status < 500) setProblem(error.message); else say.error(error) }
  }
  return (
    <section className="qc-panel" id="hosts"><header><h2>{tw('hosts')}</h2></header>
      <div className="qc-panel-pad qc-stack">
        {read.data.own ? <>
          <label className="qc-soft" htmlFor="wh-hosts">{tw('hostsHint')}</label>
          <Input.TextArea id="wh-hosts" className="qc-mono" autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} placeholder={'erp.local:8080\n10.0.3.5'} value={typed ?? read.data.hosts} onChange={event => { setTyped(event.target.value); setProblem(null) }} />
          {problem && <p className="qc-danger" role="alert">{problem}</p>}
          <div><button type="button" className="qc-button" disabled={typed === null} onClick={() => void save()}>{tw('save')}</button></div>
        </> : <p className="qc-soft">{tw('hostsOperator')}</p>}
      </div>
    </section>
  )
}
