import './analysis.css'
import { api, dateText, download, EmptyState, ErrorState, Icon, messageOf, PageFrame, RefLabel, RefPicker, Skeleton, useSay, Widget, type FieldMeta } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { UnitPick } from '../shared/UnitPick.tsx'
import { Groups } from './Groups.tsx'
import { Rows } from './Rows.tsx'
import { Stages } from './Stages.tsx'
import { Summary } from './Summary.tsx'
import { ta } from './texts.ts'
import { DIMENSIONS, FILTER, type AnalysisView, type Asked, type Group } from './types.ts'

const day = (name: string): FieldMeta => ({ name, type: 'date', label: '', required: false, readOnly: false, immutable: false, custom: false, access: 'edit', filter: [], sortable: false })
const QUESTION = ['from', 'to', 'basis', 'unitId', 'productLineId', 'model', 'personId', 'faultCategoryId', 'month'] as const

/** 服务分析: where the time goes, what a request costs, by station, product, person, fault and month; every figure opens its requests (SP-24, AN-05). */
export default function Analysis() {
  const say = useSay()
  const [params, setParams] = useSearchParams()
  const [asked, setAsked] = useState<Asked | null>(null)
  const question = useMemo(() => Object.fromEntries(QUESTION.flatMap(name => params.get(name) ? [[name, params.get(name)!]] : [])) as Record<string, string>, [params])
  const by = DIMENSIONS.find(each => each === params.get('by')) ?? 'station', stage = params.get('stage')
  const query = { ...question, by, ...(stage ? { stage } : {}) }
  const read = useQuery({ queryKey: ['insight', 'service', query], queryFn: ({ signal }) => api.get<AnalysisView>('/insight/service', { query, signal, timeoutMs: 60_000 }), placeholderData: previous => previous })
  const view = read.data
  const set = (values: Record<string, string | null>) => setParams(before => { const next = new URLSearchParams(before); for (const [name, value] of Object.entries(values)) { if (value) next.set(name, value); else next.delete(name) } return next }, { preventScrollReset: true })
  const save = async () => { try { await download('/insight/service/file', query, `${ta('title')}.csv`) } catch (error) { say.error(messageOf(error)) } }
  const narrow = (group: Group) => set({ [FILTER[by]]: group.key ?? 'none' })
  return (
    <PageFrame title={ta('title')} subtitle={view && ta('subtitle', { from: dateText(`${view.from}T12:00:00Z`), to: dateText(`${view.to}T12:00:00Z`), basis: ta(view.basis) })} actions={view && view.total.requests > 0 && <button type="button" className="qc-button" onClick={() => void save()}><Icon name="download" />{ta('file')}</button>}
      bar={<div className="ia-bar">
        {(['from', 'to'] as const).map(name => <label key={name} htmlFor={`ia-${name}`}>{ta(name)}<span className="ia-date"><Widget field={day(name)} id={`ia-${name}`} value={question[name] ?? view?.[name] ?? null} onChange={value => set({ [name]: typeof value === 'string' ? value : null })} /></span></label>)}
        <Select aria-label={ta('basis')} value={params.get('basis') === 'started' ? 'started' : 'ended'} onChange={(value: string) => set({ basis: value === 'ended' ? null : value })} options={(['ended', 'started'] as const).map(value => ({ value, label: ta(value) }))} />
        <UnitPick permission="serviceRequest:rollup" label={ta('unit')} value={question.unitId ?? null} onChange={id => set({ unitId: id })} />
        <RefPicker entity="productLine" ariaLabel={ta('line')} placeholder={ta('line')} value={question.productLineId ?? null} onChange={id => set({ productLineId: typeof id === 'string' ? id : null })} style={{ width: 140 }} />
        <RefPicker entity="faultCategory" ariaLabel={ta('fault')} placeholder={ta('fault')} value={question.faultCategoryId === 'none' ? null : question.faultCategoryId ?? null} onChange={id => set({ faultCategoryId: typeof id === 'string' ? id : null })} style={{ width: 140 }} />
        <Chips question={question} onClear={name => set({ [name]: null })} />
      </div>}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !view ? <div className="qc-panel"><Skeleton lines={10} height={20} /></div> : view.total.requests === 0 ? <div className="qc-panel"><EmptyState icon="chart" title={ta('nothing')} hint={ta('nothingHint')} /></div> : (
        <div className={`ia${read.isFetching ? ' ia-busy' : ''}`}>
          <Summary view={view} onOpen={setAsked} />
          {!view.rated ? <p className="qc-notice">{ta('noRate')} <Link to="/e/labour-rates">{ta('setRates')}</Link></p> : view.total.unratedMinutes > 0 && <p className="qc-notice"><button type="button" className="qc-link" onClick={() => setAsked({ title: ta('unrated', { n: hours(view.total.unratedMinutes) }), only: 'unrated' })}>{ta('unrated', { n: hours(view.total.unratedMinutes) })}</button></p>}
          <Stages view={view} stage={stage} onStage={id => set({ stage: id })} onOpen={setAsked} />
          <Groups view={view} by={by} onBy={value => set({ by: value === 'station' ? null : value })} onNarrow={narrow} onOpen={setAsked} />
        </div>
      )}
      <Rows question={question} asked={asked} onClose={() => setAsked(null)} />
    </PageFrame>
  )
}

export const hours = (minutes: number): string => String(Math.round(minutes / 6) / 10)

/** What a click on a group has narrowed to and the bar has no field for. */
function Chips({ question, onClear }: { question: Record<string, string>, onClear: (name: string) => void }) {
  const names = (['model', 'personId', 'month'] as const).filter(name => question[name]).concat(question.faultCategoryId === 'none' ? ['faultCategoryId' as never] : [])
  return names.map(name => {
    const value = question[name]!
    return <button key={name} type="button" className="ia-chip" aria-label={ta('clear', { name: value })} onClick={() => onClear(name)}>{value === 'none' ? `${ta(name === 'personId' ? 'person' : 'fault')}：${ta('none')}` : name === 'personId' ? <RefLabel entity="user" id={value} /> : value}<Icon name="close" size={12} /></button>
  })
}
