import './cases.css'
import { api, can, CaseEtaText, dateTimeText, durationText, ErrorState, EtaText, Icon, Lateness, PageFrame, ProcessView, queryClient, shortText, Skeleton, useLive, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ActBar } from './ActBar.tsx'
import { CaseMoves, MigrateLink } from './migrate/OfCase.tsx'
import type { CaseView, Step } from './caseTypes.ts'
import { Results } from './Results.tsx'
import { tc } from './texts.ts'
import type { ActedOn, ActName } from './types.ts'

/** One case, with a record or without: where it is, who has it, what happened, what it waits for, what can be done. */
export default function CasePage() {
  const id = useParams().id!
  const say = useSay()
  const [acted, setActed] = useState<ActedOn | null>(null)
  const read = useQuery({ queryKey: ['cases', 'one', id], queryFn: ({ signal }) => api.get<CaseView>(`/case-pages/${id}`, { signal }) })
  useLive(change => change.id === read.data?.recordId || change.id === id || change.entity === 'task' || change.entity === 'alarm', () => void read.refetch(), 800)
  if (read.isError) return <PageFrame title={tc('theCase')} back="/cases"><div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div></PageFrame>
  const view = read.data
  if (!view) return <PageFrame title={tc('theCase')} back="/cases"><div className="qc-panel"><Skeleton lines={10} height={20} /></div></PageFrame>
  const open = view.steps.filter(isOpen)
  const running = view.instance.state === 'active'
  const onDone = (answer: ActedOn) => { setActed(answer); if (answer.refused === 0) say.ok(tc('doneOnly', { n: answer.done })); void queryClient.invalidateQueries({ queryKey: ['cases'] }) }
  const place = (step: Step | null) => ({ caseId: id, stepId: step?.id ?? null, seen: view.seen[step?.id ?? ''] ?? '', node: step?.nodeId ?? null, pausedFor: step?.pausedFor ?? null })
  const whole: ActName[] = [...(view.can.urge ? ['urge' as const] : []), ...(view.can.cancel ? ['cancel' as const] : [])]
  return (
    <PageFrame title={view.label || view.process.name} subtitle={`${view.process.name} · ${tc('versionN', { n: view.process.version })}`} back={`/cases?process=${encodeURIComponent(view.process.key)}`}
      actions={<>{running && <MigrateLink caseId={id} process={view.process} />}{running && whole.length > 0 && <ActBar places={[place(open[0] ?? null)]} nodes={[]} only={whole} onDone={onDone} />}{view.starterName && view.entity && <Link className="qc-button" to={`/approvals/${id}`}>{tc('openApproval')}</Link>}{view.plural && <Link className="qc-button" to={`/e/${view.plural}/${view.recordId}`}>{tc('openRecord')}</Link>}</>}>
      <div className="cs">
        {acted && acted.refused > 0 && <Results acted={acted} onClose={() => setActed(null)} />}
        <section className="qc-panel qc-panel-pad"><dl className="cs-facts">
          <div><dt>{tc('state')}</dt><dd>{tc(view.instance.state as 'active')}{view.instance.endName ? ` · ${view.instance.endName}` : ''}</dd></div>
          <div><dt>{tc('began')}</dt><dd><When at={view.instance.startedAt} form="absolute" /></dd></div>
          {view.instance.endedAt && <div><dt>{tc('endedAt')}</dt><dd><When at={view.instance.endedAt} form="absolute" /></dd></div>}
          {view.nextDueAt && <div><dt>{tc('nextPromise')}</dt><dd><When at={view.nextDueAt} /></dd></div>}
          {view.eta && <div><dt>{tc('foreseenEnd')}</dt><dd><CaseEtaText eta={view.eta} basis /></dd></div>}
          {view.unitName && <div><dt>{tc('atUnit')}</dt><dd>{view.unitName}</dd></div>}
          {view.starterName && <div><dt>{tc('starter')}</dt><dd>{view.starterName}</dd></div>}
        </dl></section>
        {open.length > 0 && <section className="qc-panel"><header><h2>{tc('now')}</h2></header><ul className="cs-now">{open.map(step => <Now key={step.id} step={step} view={view} bar={only => <ActBar places={[place(step)]} nodes={[]} only={only} onDone={onDone} />} />)}</ul></section>}
        <section className="qc-panel"><header><h2>{tc('drawn')}</h2></header><div className="qc-panel-pad"><ProcessView xmlUrl={view.xmlUrl} current={view.current} done={view.done} nodes={[...new Map([...view.steps, ...view.planned].map(each => [each.nodeId, { nodeId: each.nodeId, name: each.name }])).values()]} /></div></section>
        <div className="cs-two">
          <section className="qc-panel"><header><h2>{tc('course')}</h2></header><ol className="cs-course">{view.steps.map(step => <Done key={step.id} step={step} />)}</ol></section>
          <Aside view={view} />
        </div>
      </div>
    </PageFrame>
  )
}

const isOpen = (step: Step): boolean => ['waiting', 'active', 'paused'].includes(step.state)
const whoOf = (step: Step): string => step.votes?.filter(isOpen).map(vote => vote.assigneeName).filter(Boolean).join('、') || step.assigneeName || (step.kind === 'user' ? tc('pool') : step.kind === 'service' ? tc('program') : tc('event'))

function Now({ step, view, bar }: { step: Step, view: CaseView, bar: (only: ActName[]) => React.ReactNode }) {
  const may = view.acts[step.id]
  const only: ActName[] = may ? [...(may.reassign ? ['handOver' as const] : []), ...(may.release ? ['release' as const] : []), ...(may.resume ? ['resume' as const] : [])] : []
  return (
    <li>
      <div><b>{step.name}</b> <span>{whoOf(step)}</span> <span className="qc-faint"><When at={step.enteredAt} /></span></div>
      <div className="qc-row">{step.pausedFor !== null ? <span className="qc-late"><Icon name="pause" size={13} />{tc('pausedFor', { why: step.pausedFor })}</span> : <Lateness lateness={step.lateness} dueAt={step.dueAt} minutesLeft={step.minutesLeft} tentative={step.tentative} />}
        <EtaText eta={step.eta} basis />
        {may?.complete && <Link className="qc-button qc-button-primary" to={`/tasks/${step.id}`}>{tc('openTask')}</Link>}{only.length > 0 && bar(only)}</div>
    </li>
  )
}

function Done({ step }: { step: Step }) {
  return (
    <li className={isOpen(step) ? 'cs-open' : undefined}>
      <div><b>{step.name}</b> {step.actorName ?? (isOpen(step) ? whoOf(step) : '')} <span className="qc-faint">{tc('used', { d: durationText(Math.round(step.minutesUsed)) })}</span></div>
      <div className="qc-soft"><time dateTime={step.enteredAt} title={dateTimeText(step.enteredAt)}>{shortText(step.enteredAt)}</time> – {step.finishedAt ? <time dateTime={step.finishedAt} title={dateTimeText(step.finishedAt)}>{shortText(step.finishedAt)}</time> : tc('now')}{step.outcome && <> · {tc('outcomeIs', { o: step.outcome })}</>}{step.state === 'cancelled' && <> · {tc('cancelled')}</>}{!isOpen(step) && step.lateness === 'late' && <> <span className="qc-late qc-late-late"><Icon name="warn" size={13} />{tc('late')}</span></>}</div>
      {step.comment && <div className="qc-multiline">{step.comment}</div>}
      {step.votes?.map(vote => <div key={vote.id} className="cs-vote">{vote.actorName ?? vote.assigneeName} <span className="qc-soft">{vote.outcome ?? tc('now')}</span>{vote.comment && <span> {vote.comment}</span>}</div>)}
    </li>
  )
}

function Aside({ view }: { view: CaseView }) {
  const { cases, called } = view.related
  return (
    <div className="cs">
      <CaseMoves caseId={view.instance.id} version={view.process.version} />
      {view.waits.length > 0 && <section className="qc-panel"><header><h2>{tc('waitsTitle')}</h2></header><ul className="cs-plain">{view.waits.map((wait, i) => <li key={`${wait.kind}${i}`}>{tc(wait.kind as 'message')} {wait.name}{wait.key !== null && <span className="qc-soft"> {tc('key', { k: wait.key })}</span>} <span className="qc-faint"><When at={wait.since} /></span></li>)}</ul></section>}
      {view.incidents.length > 0 && <section className="qc-panel"><header><h2>{tc('incidents')}</h2>{can('process:operate') && <Link to="/org/incidents">{tc('toIncidents')}</Link>}</header><ul className="cs-plain">{view.incidents.map(each => <li key={each.id} className={each.resolvedAt ? 'qc-soft' : undefined}>{!each.resolvedAt && <Icon name="warn" size={13} />} {each.message ?? tc('incident')} <span className="qc-faint">{each.resolvedAt ? tc('resolved') : ''} <When at={each.at} /></span></li>)}</ul></section>}
      {(cases.length > 0 || called.length > 0) && <section className="qc-panel"><header><h2>{tc('related')}</h2></header><ul className="cs-plain">
        {cases.map(each => <li key={each.id}><Link to={`/cases/${each.id}`}>{each.label || each.process}</Link> <span className="qc-soft">{each.process} · {tc(each.how)} · {tc(each.state as 'active')}</span></li>)}
        {called.map(each => <li key={each.key}>{tc('called')} <Link to={`/cases?process=${encodeURIComponent(each.key)}`}>{each.key}</Link></li>)}
      </ul></section>}
      {view.variables && Object.keys(view.variables).length > 0 && <section className="qc-panel"><header><h2>{tc('variables')}</h2></header><dl className="cs-variables">{Object.entries(view.variables).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd></div>)}</dl></section>}
    </div>
  )
}
