import { api, EmptyState, ErrorState, Skeleton, type Page } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { Judged } from './Conformance.tsx'
import type { Filter } from './HeatPicture.tsx'
import { tp } from './texts.ts'
import type { ProcessLine, ReplayView } from './types.ts'

type Choice = Record<string, string | null>
const NONE = ' none', OUT = ' out'

/** An imported log against a process that somebody chooses: which activity is which step, and how well the cases fit. */
export function Replay({ processKey, filter, model, onModel }: { processKey: string, filter: Filter, model: string | null, onModel: (key: string | null) => void }) {
  const read = useQuery({ queryKey: ['processes'], queryFn: ({ signal }) => api.get<Page<ProcessLine>>('/processes', { signal }) })
  const drawn = read.data?.items.filter(p => p.kind === 'bpmn') ?? []
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton lines={4} height={20} />
  return (
    <>
      <section className="qc-panel qc-panel-pad qc-stack">
        <label className="qc-row" htmlFor="sp-model">{tp('replayModel')}<Select id="sp-model" className="sp-model" showSearch={{ optionFilterProp: 'label' }} placeholder={tp('replayChoose')} value={drawn.some(p => p.key === model) ? model : null} onChange={(key: string) => onModel(key)} options={drawn.map(p => ({ value: p.key, label: p.name }))} /></label>
        <span className="qc-faint">{tp('replayHint')}</span>
        {drawn.length === 0 && <EmptyState icon="flow" title={tp('replayNone')} />}
      </section>
      {model && drawn.some(p => p.key === model) && <OnModel key={model} processKey={processKey} filter={filter} model={model} />}
    </>
  )
}

function OnModel({ processKey, filter, model }: { processKey: string, filter: Filter, model: string }) {
  const [map, setMap] = useState<Choice>({})
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null))
  const read = useQuery({ queryKey: ['processes', processKey, 'replay', model, asked, map], queryFn: ({ signal }) => api.post<ReplayView>(`/processes/${encodeURIComponent(processKey)}/replay`, { ...asked, model, map }, { signal, quiet: true, timeoutMs: 120_000 }), placeholderData: before => before })
  const data = read.data
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!data) return <Skeleton lines={8} height={20} />
  const mapped = data.mapped.filter(m => m.node)
  const unmapped = data.mapped.filter(m => m.how === null)
  const choose = (activity: string, value: string) => setMap(before => ({ ...before, [activity]: value === NONE ? null : value === OUT ? '' : value }))
  return (
    <>
      <section className="qc-panel"><header><h2>{tp('mapping')}</h2><span className="qc-faint sp-hint">{tp('mappingHint', { n: data.mapped.length, m: mapped.length })}</span></header>
        {unmapped.length > 0 && <p className="sp-note">{tp('unmapped', { list: unmapped.map(m => m.activity).join('、') })}</p>}
        {data.missing.length > 0 && <p className="sp-note">{tp('unmatched', { list: data.missing.map(p => p.name).join('、') })}</p>}
        <div className="sv-table-wrap"><table className="sv-table">
          <thead><tr><th>{tp('activityOfLog')}</th><th className="sv-right">{tp('timesHead')}</th><th>{tp('nodeOfModel')}</th></tr></thead>
          <tbody>{data.mapped.map(m => (
            <tr key={m.activity}><th scope="row">{m.activity}</th><td className="sv-right">{m.times}</td><td>
              <Select className="sp-node" aria-label={`${m.activity} · ${tp('nodeOfModel')}`} showSearch={{ optionFilterProp: 'label' }} value={m.node ?? (m.how === 'left' ? OUT : NONE)} onChange={(value: string) => choose(m.activity, value)}
                options={[{ value: NONE, label: tp('notInModel') }, { value: OUT, label: tp('leaveOut') }, ...data.places.map(p => ({ value: p.id, label: p.name }))]} />
              {(m.how === 'name' || m.how === 'given') && <span className="qc-faint"> {tp(m.how === 'name' ? 'byName' : 'bySomebody')}</span>}
            </td></tr>
          ))}</tbody>
        </table></div>
      </section>
      <Judged data={{ ...data, version: data.model.version }} modelKey={model} />
    </>
  )
}
