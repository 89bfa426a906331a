import './cases.css'
import { api, can, download, EmptyState, ErrorState, Icon, PageFrame, PersonPicker, queryClient, shortText, Skeleton, t, useLive, useSay, type Page as ListPage, type Row } from '@quancheng/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Input, Segmented, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { ActBar } from './ActBar.tsx'
import { CaseRows } from './CaseRows.tsx'
import { Picture } from './Picture.tsx'
import { Results } from './Results.tsx'
import { AGE_FILTERS, FLAGS, SORTS, STATES } from './shown.ts'
import { AgeLegend, nameOf, StepTable } from './StepTable.tsx'
import { tc } from './texts.ts'
import type { ActedOn, CaseLine, Overview, Page, ProcessChoice } from './types.ts'
import { useFilter, type Filter } from './useFilter.ts'

/** The server counts no further. */
const CAP = 10_000
const KEY = ['cases']
const TYPING_MS = 350

/** Every case of a process: where they stand, who has them, since when; and acts on many at once. */
export default function Cases() {
  const { process, view, filter, put, clear } = useFilter()
  const choices = useQuery({ queryKey: [...KEY, 'processes'], queryFn: ({ signal }) => api.get<{ items: ProcessChoice[] }>('/case-list/processes', { signal }), staleTime: 60_000 })
  const key = process ?? choices.data?.items[0]?.key ?? null
  const scope = { key, version: filter.version, unitId: filter.unitId }
  const read = useQuery({ queryKey: [...KEY, 'steps', scope], enabled: key !== null, queryFn: ({ signal }) => api.get<Overview>('/case-list/steps', { query: scope, signal }), placeholderData: previous => previous })
  const units = useQuery({ queryKey: ['entity', 'unit', 'list', 'scope'], queryFn: ({ signal }) => api.get<ListPage<Row>>('/units', { query: { filter: { off: false }, limit: 200 }, signal }), staleTime: 5 * 60_000 })
  const shown = read.data?.process.key === key ? read.data : undefined
  const bar = choices.data && choices.data.items.length > 0 && (
    <div className="cs-bar">
      <Select className="cs-process" aria-label={tc('process')} showSearch={{ optionFilterProp: 'label' }} value={key} onChange={value => put({ process: value, version: null, node: null, age: null, flag: null })} options={choices.data.items.map(each => ({ value: each.key, label: each.name }))} />
      {shown && shown.process.versions.length > 1 && <Select aria-label={tc('version')} allowClear placeholder={tc('allVersions')} value={filter.version ?? null} onChange={(value: string | null) => put({ version: value })} options={shown.process.versions.map(n => ({ value: String(n), label: tc('versionN', { n }) }))} />}
      {(units.data?.items.length ?? 0) > 1 && <Select className="cs-unit" aria-label={tc('unit')} showSearch={{ optionFilterProp: 'label' }} allowClear placeholder={tc('allUnits')} value={filter.unitId ?? null} onChange={(value: string | null) => put({ unitId: value })} options={units.data!.items.map(unit => ({ value: unit.id, label: `${String(unit['code'])} ${String(unit['name'])}` }))} />}
    </div>
  )
  return (
    <PageFrame title={tc('title')} subtitle={shown && tc('lead', { at: shortText(shown.at) })} bar={bar} actions={<>{shown && shown.process.versions.length > 1 && can('process:migrate') && <Link className="qc-button" to={`/cases/migrate?process=${encodeURIComponent(shown.process.key)}`}><Icon name="swap" />{tc('migrate')}</Link>}<button type="button" className="qc-button" onClick={() => void queryClient.invalidateQueries({ queryKey: KEY })}><Icon name="refresh" />{tc('refresh')}</button></>}>
      {choices.isError ? <div className="qc-panel"><ErrorState error={choices.error} onRetry={() => void choices.refetch()} /></div>
        : choices.data?.items.length === 0 ? <div className="qc-panel"><EmptyState icon="flow" title={tc('noProcess')} hint={tc('noProcessHint')} /></div>
          : read.isError && !shown ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div>
            : !shown ? <div className="qc-panel"><Skeleton lines={8} height={20} /></div> : (
              <div className="cs">
                <section className="qc-panel">
                  <header><h2>{tc('where')}</h2><Segmented<'table' | 'picture'> value={view} onChange={value => put({ view: value === 'table' ? null : value })} options={[{ value: 'table', label: tc('table') }, { value: 'picture', label: tc('picture') }]} /></header>
                  {view === 'picture' ? <div className="qc-panel-pad"><Picture view={shown} version={filter.version} onNode={node => put({ node, state: null })} /></div>
                    : shown.steps.length === 0 ? <EmptyState icon="check" title={tc('noneOpen')} /> : <><StepTable view={shown} filter={filter} onFilter={change => put({ age: null, flag: null, state: null, ...change })} /><AgeLegend view={shown} /></>}
                </section>
                <List key={shown.process.key} view={shown} filter={filter} put={put} clear={clear} />
              </div>
            )}
    </PageFrame>
  )
}

type Choice = { asked: string, selected: ReadonlyMap<string, CaseLine>, acted: ActedOn | null }
const NONE: ReadonlyMap<string, CaseLine> = new Map()

function List({ view, filter, put, clear }: { view: Overview, filter: Filter, put: (change: Record<string, string | null>) => void, clear: () => void }) {
  const say = useSay()
  const query = { key: view.process.key, ...filter }
  const asked = JSON.stringify(query)
  // another question is another choice
  const [chosen, setChosen] = useState<Choice>({ asked, selected: NONE, acted: null })
  const { selected, acted } = chosen.asked === asked ? chosen : { selected: NONE, acted: null }
  const choose = (change: Partial<Pick<Choice, 'selected' | 'acted'>>) => setChosen({ asked, selected, acted, ...change })
  const ended = filter.state !== undefined && filter.state !== 'open'
  const read = useInfiniteQuery({
    queryKey: [...KEY, 'list', query], initialPageParam: '', getNextPageParam: (page: Page) => page.next,
    queryFn: ({ pageParam, signal }) => api.get<Page>('/case-list', { query: { ...query, after: pageParam, limit: 50, count: pageParam === '' }, signal }), placeholderData: previous => previous,
  })
  useLive(change => view.process.entities.includes(change.entity) || change.entity === 'task' || change.entity === 'alarm', () => void queryClient.invalidateQueries({ queryKey: KEY }), 1500)
  const rows = read.data?.pages.flatMap(page => page.items) ?? []
  const total = read.data?.pages[0]?.total
  const onSelect = (ids: string[], on: boolean) => {
    const next = new Map(selected)
    for (const id of ids) { const row = rows.find(each => each.id === id); if (on && row) next.set(id, row); else next.delete(id) }
    choose({ selected: next })
  }
  // what is on the screen is what was seen; a row that has left the list is taken as it was
  const places = [...selected.values()].map(row => rows.find(each => each.id === row.id) ?? row)
  const onDone = (answer: ActedOn) => {
    const failed = new Set(answer.results.filter(result => !result.ok).map(result => `${result.caseId}/${result.stepId ?? ''}`))
    choose({ acted: answer, selected: new Map([...selected].filter(([, row]) => failed.has(`${row.caseId}/${row.stepId ?? ''}`))) })
    if (answer.refused === 0) say.ok(tc('doneOnly', { n: answer.done }))
    void queryClient.invalidateQueries({ queryKey: KEY })
  }
  const any = Object.entries(filter).some(([name, value]) => value && name !== 'sort' && name !== 'unitId' && name !== 'version')
  return (
    <section className="qc-panel" aria-busy={read.isFetching}>
      <header><h2>{tc('list')}{total !== undefined && <span className="qc-soft cs-total">{total >= CAP ? tc('shownCap', { n: CAP }) : tc('shown', { n: total })}</span>}</h2>
        <button type="button" className="qc-button" disabled={rows.length === 0} onClick={() => void download('/case-list/file', query, 'cases.csv').catch(say.error)}><Icon name="download" size={14} />{tc('exportCsv')}</button></header>
      <Filters view={view} filter={filter} ended={ended} put={put} clear={any ? clear : undefined} />
      {acted && acted.refused > 0 && <Results acted={acted} onClose={() => choose({ acted: null })} />}
      {selected.size > 0 && !ended && <div className="cs-selected" role="toolbar" aria-label={tc('selected', { n: selected.size })}><b>{tc('selected', { n: selected.size })}</b><ActBar places={places} nodes={view.nodes} onDone={onDone} /><button type="button" className="qc-link" onClick={() => choose({ selected: NONE })}>{tc('unselect')}</button></div>}
      {read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.isPending ? <Skeleton lines={8} height={20} />
        : rows.length === 0 ? <EmptyState icon="list" title={any ? tc('none') : tc('noneOpen')} hint={any ? tc('noneHint') : undefined} action={any ? <button type="button" className="qc-button" onClick={clear}>{tc('clear')}</button> : undefined} />
          : <><CaseRows rows={rows} day={view.dayMinutes} ended={ended} selected={selected} onSelect={onSelect} />
            <footer className="cs-foot">{read.hasNextPage ? <button type="button" className="qc-button" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('loadMore')}</button> : <span />}<span className="qc-faint cs-keys">{tc('keys')}</span></footer></>}
    </section>
  )
}

function Filters({ view, filter, ended, put, clear }: { view: Overview, filter: Filter, ended: boolean, put: (change: Record<string, string | null>) => void, clear: (() => void) | undefined }) {
  const [typed, setTyped] = useState(filter.q ?? '')
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(soon.current), [])
  const type = (text: string, wait = TYPING_MS) => { setTyped(text); clearTimeout(soon.current); soon.current = setTimeout(() => put({ q: text.trim() || null }), wait) }
  const pick = (name: 'age' | 'flag' | 'state' | 'sort', values: readonly string[], empty?: 'anyAge' | 'anyFlag') => (
    <Select aria-label={tc(name)} className="cs-pick" allowClear={empty !== undefined} placeholder={empty && tc(empty)} value={filter[name] ?? (empty ? null : name === 'sort' ? (ended ? '-since' : 'since') : 'open')} onChange={(value: string | null) => put({ [name]: value })} options={values.map(value => ({ value, label: tc(value as 'open') }))} />
  )
  const line = view.steps.find(each => each.node === filter.node)
  const node = filter.node ? line ? nameOf(line) : view.nodes.find(each => each.nodeId === filter.node)?.name ?? filter.node : null
  return (
    <div className="cs-filters">
      <Input.Search className="cs-search" allowClear aria-label={tc('search')} placeholder={tc('search')} value={typed} onChange={event => type(event.target.value)} onSearch={text => type(text, 0)} maxLength={200} />
      {pick('state', STATES)}
      {!ended && pick('age', AGE_FILTERS, 'anyAge')}
      {!ended && pick('flag', FLAGS, 'anyFlag')}
      {!ended && <span className="cs-person"><PersonPicker value={filter.person ? [filter.person] : []} onChange={ids => put({ person: ids[0] ?? null })} label={tc('person')} /></span>}
      {pick('sort', SORTS)}
      {node && <span className="qc-chip qc-chip-on"><span className="qc-chip-main">{tc('nodeChip', { name: node })}</span><button type="button" aria-label={tc('clear')} onClick={() => put({ node: null })}><Icon name="close" size={12} /></button></span>}
      {clear && <button type="button" className="qc-link" onClick={() => { clearTimeout(soon.current); setTyped(''); clear() }}>{tc('clear')}</button>}
    </div>
  )
}
