import './sales.css'
import { api, can, CasePanel, dateText, EntityList, EntityPage, ErrorState, findEntity, forget, keys, moneyText, Panels, queryClient, Skeleton, Tag, TaskPanel, useLive, useMeta, useNow, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { Actions } from './Action.tsx'
import { Checklist } from './Checklist.tsx'
import { ts } from './texts.ts'

type Step = { step: { taskId: string, name: string, pending: boolean } | null, stage: string }
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** One deal: where it stands, what is missing to go on, who counts, what was done, what is quoted and signed. */
export default function OpportunityPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="opportunity" id={id} back="/opportunities" top={row => <Top row={row} />} tabs={row => [{ key: 'course', label: ts('process'), content: <CasePanel entity="opportunity" recordId={row.id} /> }]} />
}

function Top({ row }: { row: Row }) {
  const customerId = text(row.customerId)
  return (
    <div className="qc-stack sa-top">
      <Strip row={row} />
      <div className="sa-page">
        <div>
          {row.outcome === 'open' && <Task id={row.id} />}
          {row.outcome === 'open' && can('checklistAnswer:read') && <Checklist customerId={customerId} />}
          <Actions about={{ opportunityId: row.id }} />
          <Panels place="opportunity.main" row={row} />
        </div>
        <div>
          <section className="qc-panel"><header><h2>{ts('customer')}</h2></header><div className="qc-panel-pad qc-stack"><Link to={`/e/customers/${customerId}`}>{row.$labels?.customerId}</Link>{row.leadId ? <Link to={`/e/leads/${text(row.leadId)}`}>{ts('leadWord')} {row.$labels?.leadId}</Link> : null}</div></section>
          {can('dealContact:read') && <section><h2 className="sa-h2">{ts('people')}</h2><EntityList entity="dealContact" embedded filter={{ opportunityId: row.id }} columns={['contactId', 'role', 'stand']} createValues={{ opportunityId: row.id }} limit={10} /></section>}
          <Panels place="opportunity.side" row={row} />
        </div>
      </div>
    </div>
  )
}

function Strip({ row }: { row: Row }) {
  const now = useNow()
  const options = findEntity(useMeta(), 'opportunity')?.fields.find(f => f.name === 'stage')?.options ?? []
  const line = options.filter(o => o.value !== 'lost'), at = line.findIndex(o => o.value === row.stage)
  const amount = Number(row.amount ?? 0), chance = Number(row.chance ?? 0)
  const days = row.stageAt ? Math.floor((now.getTime() - new Date(text(row.stageAt)).getTime()) / 86_400_000) : null
  return (
    <section className="qc-panel qc-panel-pad qc-stack">
      <ol className="sa-strip" aria-label={ts('current')}>{line.map((o, i) => <li key={o.value} data-at={i < at ? 'past' : i === at ? 'now' : ''} aria-current={i === at ? 'step' : undefined}>{o.label}</li>)}{row.stage === 'lost' && <li data-at="lost" aria-current="step">{options.find(o => o.value === 'lost')?.label}</li>}</ol>
      <div className="sa-facts">
        <div><span>{ts('amount')}</span><b>¥ {moneyText(text(row.amount))}</b></div>
        <div><span>{ts('weighted')}（{chance}%）</span><b>¥ {moneyText((Math.round(amount * chance) / 100).toFixed(2))}</b></div>
        <div><span>{ts('closeOn')}</span><b>{dateText(text(row.closeOn))}</b></div>
        {row.outcome === 'open' && days !== null && <div><span>{ts('current')}</span><b>{ts('inStage', { n: days })}</b></div>}
        {row.outcome === 'lost' && row.lostTo ? <div><span>{ts('lostTo')}</span><b>{text(row.lostTo)}</b></div> : null}
      </div>
    </section>
  )
}

function Task({ id }: { id: string }) {
  const read = useQuery({ queryKey: ['sales', 'step', id], queryFn: ({ signal }) => api.get<Step>(`/opportunities/${id}/step`, { signal }) })
  useLive(change => change.id === id, () => { void read.refetch(); void queryClient.invalidateQueries({ queryKey: keys.tasks }) })
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={4} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  const { step } = read.data
  if (!step) return null
  return <section className="qc-panel qc-panel-pad">{step.pending && <p><Tag color="orange">{ts('waiting')}</Tag></p>}<TaskPanel taskId={step.taskId} onDone={() => { void forget('opportunity'); void read.refetch() }} /></section>
}
