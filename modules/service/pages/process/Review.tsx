import { api, Chart, durationText, EmptyState, ErrorState, Skeleton, usePhone } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Filter } from './HeatPicture.tsx'
import { matrixOf, weeksOf } from './reviewCharts.ts'
import { percent, Section, Table } from './Section.tsx'
import { Rework, WaitingWorking } from './TimeSpent.tsx'
import { tp } from './texts.ts'
import type { CaseQuestion, Load, ReviewView } from './types.ts'

/** How much comes in and goes out, what is done again, how work changes hands and who carries it. */
export function Review({ processKey, filter, onCases }: { processKey: string, filter: Filter, onCases: (question: CaseQuestion) => void }) {
  const read = useQuery({ queryKey: ['processes', processKey, 'review', filter], queryFn: ({ signal }) => api.get<ReviewView>(`/processes/${encodeURIComponent(processKey)}/review`, { query: filter, signal }), placeholderData: previous => previous })
  const phone = usePhone()
  const data = read.data
  const options = useMemo(() => data ? { weeks: weeksOf(data.weeks, phone), matrix: matrixOf(data.handOvers, phone) } : null, [data, phone])
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!data || !options) return <Skeleton lines={10} height={20} />
  if (data.cases === 0) return <div className="qc-panel"><EmptyState icon="chart" title={tp('nothing')} hint={tp('nothingHint')} /></div>
  const last = data.weeks.at(-1)
  // a log knows no posts
  const roles = data.roles.some(each => each.role)
  return (
    <>
      <Section title={tp('throughput')} hint={last && tp('lastWeek', { week: last.week, started: last.started, ended: last.ended, open: last.open })}>
        <Chart option={options.weeks} height={260} label={tp('throughputLabel', { list: data.weeks.slice(-12).map(w => `${w.week} ${w.started}/${w.ended}`).join('，') })} />
      </Section>
      <WaitingWorking time={data.time} onCases={onCases} />
      <div className={roles ? 'sp-two' : undefined}>
        <Rework rework={data.rework} onCases={onCases} />
        {roles && <Section title={tp('roleLoad')} hint={tp('calendarTime')} plain><LoadTable head={tp('role')} loads={data.roles.map(each => ({ ...each, label: each.name || tp('noRole') }))} /></Section>}
      </div>
      <Section title={tp('handOvers')} hint={tp('handOversHint', { n: data.handOvers.total, per: Math.round(data.handOvers.perCase * 10) / 10 })}>
        {data.handOvers.total === 0 ? <EmptyState icon="swap" title={tp('noHandOvers')} /> : <div className="sp-two sp-matrix">
          <Chart option={options.matrix} height={data.handOvers.people.length * 30 + 90} label={tp('matrixLabel', { list: data.handOvers.pairs.slice(0, 8).map(p => `${p.from} → ${p.to} ${p.count}`).join('，') })} />
          <Table head={[tp('fromPerson'), tp('toPerson'), tp('count')]}>{data.handOvers.pairs.slice(0, 10).map(p => <tr key={`${p.from}>${p.to}`}><td>{p.from}</td><td>{p.to}</td><td className="sv-right">{p.count}</td></tr>)}</Table>
        </div>}
      </Section>
      {data.people.length > 0 && <Section title={tp('personLoad')} plain><LoadTable head={tp('person')} loads={data.people.map(each => ({ ...each, label: each.person }))} person /></Section>}
    </>
  )
}

function LoadTable({ head, loads, person = false }: { head: string, loads: Array<Load & { label: string }>, person?: boolean }) {
  const most = Math.max(1, ...loads.map(each => each.steps))
  return (
    <Table head={[head, tp('count'), tp('cases'), ...(person ? [] : [tp('people')]), tp('workingSum'), tp('openSteps')]}>{loads.map(each => (
      <tr key={each.label}><th scope="row">{each.label}<i className="sp-load" aria-hidden><s style={{ width: `${100 * each.steps / most}%` }} /></i></th><td className="sv-right">{each.steps}（{percent(each.share)}）</td><td className="sv-right">{each.cases}</td>{!person && <td className="sv-right">{each.people}</td>}<td className="sv-right">{each.workingMinutes > 0 ? durationText(each.workingMinutes) : '—'}</td><td className="sv-right">{each.open}</td></tr>
    ))}</Table>
  )
}
