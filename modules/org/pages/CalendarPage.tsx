import './org.css'
import { parseCalendarFile } from '@quancheng/kernel/calendar'
import { api, dateText, EmptyState, ErrorState, forget, Icon, keys, PageFrame, Skeleton, t, useEntity, useGuard, useNow, useSay, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Select } from 'antd'
import { useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { tc } from './calendarTexts.ts'
import { count, merge, toggle, type Days } from './year.ts'
import { YearView } from './YearView.tsx'

/** What of a calendar is edited here; the names are the fields of the record. */
type Spec = { days: Days, shifts: Array<[string, string]>, workdays: number[], knownYears: number[] }

function specOf(row: Row): Spec {
  return {
    days: (row.days ?? {}) as Days,
    shifts: (row.shifts ?? []) as Array<[string, string]>,
    workdays: (row.workdays ?? [1, 2, 3, 4, 5]) as number[],
    knownYears: (row.knownYears ?? []) as number[],
  }
}

export default function CalendarPage() {
  const [params, setParams] = useSearchParams()
  const entity = useEntity('calendar')
  const read = useQuery({ queryKey: keys.list('calendar', { all: 1 }), queryFn: ({ signal }) => api.get<Page<Row>>('/calendars', { query: { limit: 100 }, signal }) })
  const rows = read.data?.items ?? []
  const row = rows.find(each => each.id === params.get('id')) ?? rows[0]
  return (
    <PageFrame title={tc('calendar')} actions={<>
      {rows.length > 1 && <Select style={{ minWidth: 180 }} aria-label={tc('calendar')} value={row?.id} onChange={id => setParams({ id })} options={rows.map(each => ({ value: each.id, label: String(each.name) }))} />}
      {entity?.actions.create && <Link className="qc-button" to="/e/calendars/new"><Icon name="plus" />{t('create')}</Link>}
    </>}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={10} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : row ? <Editor key={`${row.id}/${row.version}`} row={row} mayEdit={entity?.actions.update ?? false} /> : <EmptyState icon="calendar" title={tc('none')} hint={tc('noneHint')} />}
      </section>
    </PageFrame>
  )
}

function Editor({ row, mayEdit }: { row: Row, mayEdit: boolean }) {
  const say = useSay()
  const start = specOf(row)
  const now = useNow()
  const [spec, setSpec] = useState<Spec>(start)
  const [params, setParams] = useSearchParams()
  const file = useRef<HTMLInputElement>(null)
  const year = Number(params.get('year')) || Number(dateText(now).slice(0, 4))
  const setYear = (next: number) => setParams(before => { const params = new URLSearchParams(before); params.set('year', String(next)); return params }, { replace: true })
  const dirty = JSON.stringify(start) !== JSON.stringify(spec)
  const pass = useGuard(dirty)
  const known = spec.knownYears.includes(year)
  const put = (patch: Partial<Spec>) => setSpec(before => ({ ...before, ...patch }))
  const save = async () => {
    try {
      await api.patch(`/calendars/${row.id}`, { ...spec, version: row.version })
      pass()
      say.ok(t('saved'))
      await forget('calendar')
    } catch (error) { say.error(error) }
  }
  const read = async (chosen: File | undefined) => {
    if (!chosen) return
    const { days, years, problems } = parseCalendarFile(await chosen.text())
    if (file.current) file.current.value = ''
    const found = Object.keys(days).length
    if (found > 0) { put({ days: merge(spec.days, days) }); if (years[0] !== undefined) setYear(years[0]); say.ok(tc('imported', { n: found })) }
    if (problems.length > 0) say.warn(tc('problems', { n: problems.length, first: problems[0]!.message }))
  }
  return (
    <>
      <header><h2>{String(row.name)}</h2>
        <div className="qc-row">
          <button type="button" className="qc-icon-button" aria-label={tc('previous')} onClick={() => setYear(year - 1)}><Icon name="left" /></button><strong className="qc-number">{year}</strong><button type="button" className="qc-icon-button" aria-label={tc('next')} onClick={() => setYear(year + 1)}><Icon name="right" /></button>
          {mayEdit && <><input ref={file} type="file" hidden accept=".json,.ics,application/json,text/calendar" onChange={event => void read(event.target.files?.[0])} /><button type="button" className="qc-button" title={tc('importHint')} onClick={() => file.current?.click()}><Icon name="upload" />{tc('import')}</button></>}
        </div>
      </header>
      {dirty && <div className="qo-savebar" role="status">{tc('unsaved')}<div className="qc-grow" /><button type="button" className="qc-button" onClick={() => setSpec(start)}>{tc('undo')}</button><button type="button" className="qc-button qc-button-primary" onClick={() => void save()}>{t('save')}</button></div>}
      {!known && <div className="qo-savebar" role="alert"><Icon name="warn" />{tc('notMaintained', { year })}<div className="qc-grow" />{mayEdit && <button type="button" className="qc-button" onClick={() => put({ knownYears: [...spec.knownYears, year].sort((a, b) => a - b) })}>{tc('setMaintained')}</button>}</div>}
      <div className="qo-facts">
        <span>{tc('summary', count(spec.days, year))}</span>
        {known && <span>{tc('maintained', { year })} {mayEdit && <button type="button" className="qc-link" onClick={() => put({ knownYears: spec.knownYears.filter(each => each !== year) })}>{tc('setUnmaintained')}</button>}</span>}
        {mayEdit && <span>{tc('hint')}</span>}
      </div>
      <YearView year={year} days={spec.days} workdays={spec.workdays} onToggle={mayEdit ? date => put({ days: toggle(spec.days, date, spec.workdays) }) : undefined} />
      <div className="qo-facts" style={{ borderTop: '1px solid var(--qc-line)' }}>
        <fieldset className="qc-row" style={{ border: 0, padding: 0, margin: 0 }}><legend className="qc-sr">{tc('workdays')}</legend><span>{tc('workdays')}</span>
          <Checkbox.Group disabled={!mayEdit} value={spec.workdays} onChange={values => put({ workdays: [...values].sort((a, b) => a - b) })} options={[1, 2, 3, 4, 5, 6, 7].map(day => ({ value: day, label: tc('weekday', { d: tc('weekdays')[day - 1]! }) }))} /></fieldset>
        <div className="qc-row"><span>{tc('shifts')}</span>
          {spec.shifts.map(([from, to], i) => {
            const set = (shift: [string, string]) => put({ shifts: spec.shifts.map((each, at) => at === i ? shift : each) })
            return <span key={i} className="qc-row"><input type="time" disabled={!mayEdit} aria-label={tc('shiftFrom')} value={from} onChange={event => set([event.target.value, to])} />–<input type="time" disabled={!mayEdit} aria-label={tc('shiftTo')} value={to === '24:00' ? '00:00' : to} onChange={event => set([from, event.target.value])} />
              {mayEdit && spec.shifts.length > 1 && <button type="button" className="qc-icon-button" aria-label={tc('removeShift')} onClick={() => put({ shifts: spec.shifts.filter((_, at) => at !== i) })}><Icon name="close" /></button>}</span>
          })}
          {mayEdit && <button type="button" className="qc-link" onClick={() => put({ shifts: [...spec.shifts, ['09:00', '18:00']] })}>{tc('addShift')}</button>}
        </div>
      </div>
    </>
  )
}
