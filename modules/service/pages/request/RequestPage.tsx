import '../shared/shared.css'
import './request.css'
import { api, CaseEtaText, dateTimeText, EmptyState, EntityPage, ErrorState, EtaText, fieldOf, forget, Icon, keys, Lateness, Panels, ProcessView, queryClient, Skeleton, Tag, TaskPanel, useEntity, useLive, useSession, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { PrintMenu } from '../papers/PrintMenu.tsx'
import type { CaseAnswer } from '../shared/types.ts'
import { Contacts } from './Contacts.tsx'
import { CoverBox } from './CoverBox.tsx'
import { isOpen } from './course.ts'
import { Course } from './Course.tsx'
import EstimatePanel from './EstimatePanel.tsx'
import { ForCustomer } from './ForCustomer.tsx'
import { LawBox } from './LawBox.tsx'
import { PhoneBox } from './PhoneBox.tsx'
import { tq } from './texts.ts'
import { VerifyButton } from './VerifyButton.tsx'

const ENTITY = 'serviceRequest'

const useCase = (id: string) => useQuery({ queryKey: keys.part(ENTITY, id, 'case'), queryFn: ({ signal }) => api.get<CaseAnswer>(`/cases/${ENTITY}/${id}`, { signal }) })

/** One service request: where it is, what is to be done now, how it came here, and everything that belongs to it. */
export default function RequestPage() {
  const id = useParams().id!
  // how it runs inside is not a partner's: they see where it is
  if (useSession().outside) return <EntityPage key={id} entity={ENTITY} id={id} />
  return (
    <EntityPage key={id} entity={ENTITY} id={id} hideFields={['trackToken']} actions={() => <><PrintMenu id={id} /><VerifyButton entity={ENTITY} id={id} /></>}
      top={row => <Top row={row} />} tabs={() => [{ key: 'process', label: tq('process'), content: <Picture id={id} /> }]} />
  )
}

function Top({ row }: { row: Row }) {
  const read = useCase(row.id)
  const meta = useEntity(ENTITY)
  useLive(change => change.id === row.id, () => { void forget(ENTITY, 'contactAttempt'); void queryClient.invalidateQueries({ queryKey: keys.tasks }) })
  if (read.isPending) return <div className="qc-panel sr-top"><Skeleton lines={5} /></div>
  if (read.isError) return <div className="qc-panel sr-top"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div>
  const view = read.data
  const open = view.steps.filter(isOpen)
  const stage = meta && fieldOf(meta, 'stage')?.options?.find(each => each.value === row.stage)
  const first = open[0]
  return (
    <div className="sr">
      <div className="sr-main">
        <section className="qc-panel sr-state">
          <div><span>{tq('now')}</span><b>{stage ? <Tag color={stage.color === 'default' ? undefined : stage.color}>{stage.label}</Tag> : String(row.stage)}</b></div>
          {first ? <div><span>{tq('owner')}</span><b>{first.assigneeName ?? tq('nobody')}</b></div> : <div><span>{tq('endedAt')}</span><b>{typeof row.endedAt === 'string' ? dateTimeText(row.endedAt) : '—'}</b></div>}
          {first && <div><span>{first.state === 'paused' ? tq('clock') : tq('standard')}</span><b>{first.state === 'paused' ? tq('pausedNow', { why: first.pausedFor ?? '' }) : <Lateness lateness={first.lateness} dueAt={first.dueAt ?? null} minutesLeft={first.minutesLeft ?? null} tentative={first.tentative ?? false} />}</b></div>}
          {first?.eta && <div><span>{tq('stageEta', { stage: first.name })}</span><b><EtaText eta={first.eta} /></b></div>}
          {view.eta && <div><span>{tq('caseEta')}</span><b><CaseEtaText eta={view.eta} basis /></b></div>}
        </section>
        <PhoneBox request={row} />
        <EstimatePanel row={row} />
        {open.map(step => (
          <section key={step.id} className="qc-panel qc-panel-pad"><TaskPanel taskId={step.id} onDone={() => { void read.refetch(); document.getElementById('qc-main')?.scrollTo({ top: 0 }) }} /></section>
        ))}
        {open.length === 0 && view.instance && <section className="qc-panel sr-ended"><Icon name="check" size={20} />{tq('ended', { name: view.instance.endName ?? '' })}</section>}
        <Panels place="serviceRequest.main" row={row} />
        {!view.instance && <section className="qc-panel"><EmptyState icon="flow" title={tq('noCase')} /></section>}
      </div>
      <div className="sr-side">
        {view.steps.length > 0 && <section className="qc-panel"><header><h2>{tq('course')}</h2></header><div className="qc-panel-pad"><Course view={view} /></div></section>}
        <CoverBox request={row} />
        <LawBox request={row} />
        <Panels place="serviceRequest.side" row={row} />
        <Contacts request={row} />
        <ForCustomer request={row} />
      </div>
    </div>
  )
}

function Picture({ id }: { id: string }) {
  const read = useCase(id)
  if (read.isPending) return <Skeleton lines={6} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const { xmlUrl, current, done, steps, planned } = read.data
  if (!xmlUrl) return <EmptyState icon="flow" title={tq('noCase')} />
  const seen = new Set<string>()
  const nodes = [...steps.map(({ nodeId, name }) => ({ nodeId, name })), ...planned].filter(node => !seen.has(node.nodeId) && seen.add(node.nodeId))
  return <div className="qc-panel-pad"><ProcessView xmlUrl={xmlUrl} current={current} done={done} nodes={nodes} height={420} /></div>
}
